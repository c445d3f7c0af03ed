"""Beside the pages: cast and places, what covers the chosen scene, its panels, and the way out."""

from __future__ import annotations

import reflex as rx

from components.ui.icon import icon
from components.ui.link import link
from state.project import ProjectState
from state.script.printed import Cover, Person, Place
from state.script.script import ScriptState


def side() -> rx.Component:
    """The right pane; which list is open is kept by the page alone."""
    return rx.el.aside(
        rx.el.div(
            rx.el.div(
                _tab("cast", "Cast", ScriptState.people.length(), first=True),
                _tab("places", "Places", ScriptState.places.length()),
                class_name="tabs",
                custom_attrs={"role": "radiogroup", "aria-label": "Cast or places"},
            ),
            class_name="phead",
        ),
        rx.el.div(
            rx.el.ul(rx.foreach(ScriptState.people, _person), class_name="of-cast"),
            rx.el.ul(rx.foreach(ScriptState.places, _place), class_name="of-places"),
            _coverage(),
            _panels(),
            _export(),
            class_name="rest",
        ),
        class_name="pane side",
        custom_attrs={"aria-label": "Cast, places and panels"},
    )


def _tab(name: str, label: str, count: rx.Var[int], *, first: bool = False) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="radio", name="script-side", id=f"script-{name}", class_name="sr", default_checked=first),
        label,
        rx.el.span(count, class_name="num"),
    )


def _person(person: Person) -> rx.Component:
    return rx.el.li(
        rx.el.span(person.initials, class_name="av face " + person.tint, custom_attrs={"aria-hidden": "true"}),
        rx.el.span(rx.el.b(person.name), rx.el.span(person.about, class_name="q"), class_name="grow col"),
        rx.el.span(
            rx.el.span(person.lines, class_name="num"), rx.el.span(person.voice, class_name="q"), class_name="col r"
        ),
        class_name="cc",
        key=person.name,
    )


def _place(place: Place) -> rx.Component:
    return rx.el.li(
        icon("map-pin"),
        rx.el.span(rx.el.b(place.name), rx.el.span(place.about, class_name="q"), class_name="grow col"),
        rx.el.span(place.scenes, class_name="num"),
        class_name="cc",
        key=place.name,
    )


def _coverage() -> rx.Component:
    def block(cover: Cover) -> rx.Component:
        return rx.el.i(
            rx.el.b(cover.letter),
            style={"flexGrow": cover.seconds.to_string()},
            class_name=rx.cond(cover.picture != "", "ok", "no"),
            custom_attrs={"title": cover.told},
            key=cover.id,
        )

    scene = ScriptState.chosen
    return rx.cond(
        ScriptState.covers.length() > 0,
        rx.el.section(
            rx.el.div(
                rx.el.h2("Coverage, scene ", scene.number, class_name="hd"),
                rx.el.span(scene.percent.to_string() + " %", class_name="end num"),
                class_name="row",
            ),
            rx.el.div(
                rx.foreach(ScriptState.covers, block),
                class_name="cov",
                custom_attrs={"role": "img", "aria-label": scene.panels + ", " + scene.told},
            ),
            rx.el.div(
                rx.el.span(rx.el.i(class_name="key ok"), "Drawn"),
                rx.el.span(rx.el.i(class_name="key no"), "To draw"),
                rx.el.span(scene.lasts, class_name="num end"),
                class_name="keys q",
            ),
            class_name="sect",
        ),
    )


def _panels() -> rx.Component:
    def panel(cover: Cover) -> rx.Component:
        return link(
            rx.el.span(
                rx.cond(cover.picture != "", rx.el.img(src=cover.picture, alt="", loading="lazy")),
                class_name=rx.cond(cover.picture != "", "pic", "pic todo"),
            ),
            rx.el.b(cover.number),
            href="/p/" + ProjectState.open_id + "/board?shot=" + cover.id,
            custom_attrs={"aria-label": "Panel " + cover.told},
            key=cover.id,
        )

    return rx.cond(
        ScriptState.covers.length() > 0,
        rx.el.section(
            rx.el.h2("This scene on the board", class_name="hd"),
            rx.el.div(rx.foreach(ScriptState.covers, panel), class_name="mg"),
            class_name="sect",
        ),
    )


def _export() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Take it along", class_name="hd"),
        rx.el.p("The file exactly as it came in, byte for byte.", class_name="q"),
        rx.el.a(
            icon("download"),
            "Export the script",
            href=ScriptState.export,
            class_name="btn",
            custom_attrs={"download": "", "reloadDocument": True},
        ),
        class_name="sect",
    )
