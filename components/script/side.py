"""Beside the pages: cast, places and notes, what covers the chosen scene, what has no voice, and its panels."""

from __future__ import annotations

import reflex as rx

from components.ui.icon import icon
from components.ui.link import link
from state.project import ProjectState
from state.script.printed import Cover, NoteItem, Person, Place, Silent
from state.script.script import ScriptState
from state.script.side import ScriptSideState


def side() -> rx.Component:
    """The right pane; which list is open is kept by the page alone."""
    return rx.el.aside(
        rx.el.div(
            rx.el.div(
                _tab("cast", "Cast", ScriptSideState.people.length(), first=True),
                _tab("places", "Locations", ScriptSideState.places.length()),
                _tab("notes", "Notes", ScriptSideState.note_count),
                class_name="tabs",
                custom_attrs={"role": "radiogroup", "aria-label": "Cast, locations or notes"},
            ),
            class_name="phead",
        ),
        rx.el.div(
            rx.el.ul(rx.foreach(ScriptSideState.people, _person), class_name="of-cast"),
            rx.el.ul(rx.foreach(ScriptSideState.places, _place), class_name="of-places"),
            _notes(),
            _coverage(),
            _silent(),
            _panels(),
            class_name="rest",
        ),
        class_name="pane side",
        custom_attrs={"aria-label": "Cast, locations, notes and coverage"},
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
            rx.el.span(person.lines, class_name="num"),
            rx.el.span(person.voice, class_name=rx.cond(person.voiced, "q", "warned")),
            class_name="col r",
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


def _notes() -> rx.Component:
    def note(item: NoteItem) -> rx.Component:
        return rx.el.li(
            rx.el.button(
                rx.el.b(item.number, class_name="slate"),
                rx.el.span(item.text),
                type="button",
                on_click=ScriptState.go(item.scene_id, item.text),
            )
        )

    return rx.el.ul(
        rx.foreach(ScriptSideState.notes, note),
        rx.cond(
            ScriptSideState.note_count == 0,
            rx.el.li(
                "Write [[a note]] anywhere on the page. It is never printed, and it is listed here.",
                class_name="none q",
            ),
        ),
        class_name="of-notes",
    )


def _coverage() -> rx.Component:
    def block(cover: Cover) -> rx.Component:
        return rx.el.button(
            rx.el.b(cover.letter),
            type="button",
            style={"flexGrow": cover.seconds.to_string()},
            class_name=rx.cond(cover.number == "", "gap", rx.cond(cover.picture != "", "ok", "no")),
            on_click=ScriptState.go_to(cover.words),
            custom_attrs={"title": cover.told, "aria-label": cover.told},
            key=cover.id,
        )

    scene = ScriptState.chosen
    return rx.cond(
        ScriptSideState.covers.length() > 0,
        rx.el.section(
            rx.el.div(
                rx.el.h2("Coverage, scene ", scene.number, class_name="hd"),
                rx.el.span(ScriptSideState.covered.to_string() + " %", class_name="end num"),
                class_name="row",
            ),
            rx.el.div(
                rx.foreach(ScriptSideState.covers, block),
                class_name="cov",
                custom_attrs={"role": "group", "aria-label": scene.panels + ", " + scene.told},
            ),
            rx.el.div(
                rx.el.span(rx.el.i(class_name="key ok"), "Drawn"),
                rx.el.span(rx.el.i(class_name="key no"), "To draw"),
                rx.cond(ScriptSideState.gaps > 0, rx.el.span(rx.el.i(class_name="key gap"), "No shot")),
                rx.el.span(scene.lasts, class_name="num end"),
                class_name="keys q",
            ),
            class_name="sect",
        ),
    )


def _silent() -> rx.Component:
    def line(item: Silent) -> rx.Component:
        return rx.el.li(
            rx.el.button(
                rx.el.b(item.speaker),
                rx.el.span(item.words, class_name="q cut1"),
                type="button",
                on_click=ScriptState.go_to(item.words),
            )
        )

    return rx.cond(
        ScriptSideState.silent.length() > 0,
        rx.el.section(
            rx.el.h2(
                "Lines without a voice ",
                rx.el.span(ScriptSideState.silent.length(), class_name="num q"),
                class_name="hd",
            ),
            rx.el.ul(rx.foreach(ScriptSideState.silent, line), class_name="silent"),
            class_name="sect",
        ),
    )


def _panels() -> rx.Component:
    def panel(cover: Cover) -> rx.Component:
        return rx.cond(
            cover.number != "",
            link(
                rx.el.span(
                    rx.cond(cover.picture != "", rx.el.img(src=cover.picture, alt="", loading="lazy")),
                    class_name=rx.cond(cover.picture != "", "pic", "pic todo"),
                ),
                rx.el.b(cover.number),
                href="/p/" + ProjectState.open_id + "/board?shot=" + cover.id,
                custom_attrs={"aria-label": "Panel " + cover.told},
                key=cover.id,
            ),
        )

    return rx.cond(
        ScriptSideState.covers.length() > 0,
        rx.el.section(
            rx.el.h2("This scene on the board", class_name="hd"),
            rx.el.div(rx.foreach(ScriptSideState.covers, panel), class_name="mg"),
            class_name="sect",
        ),
    )
