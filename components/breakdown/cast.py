"""Who is in which scene: a row a person from their first scene to their last, a column a scene in the colour of its strip."""

from __future__ import annotations

import reflex as rx

from components.ui.link import link
from state.breakdown.breakdown import BreakdownState
from state.breakdown.printed import Mark, PersonRow, Strip
from state.project import ProjectState


def cast_chart() -> rx.Component:
    """The chart; names stay where they are while the scenes scroll."""
    return rx.el.section(
        rx.cond(
            BreakdownState.people.length() > 0,
            rx.el.div(
                rx.el.div(
                    rx.el.div(
                        rx.el.span("Cast"),
                        rx.el.span("Scenes", class_name="r"),
                        rx.el.span("Pages", class_name="r"),
                        class_name="name",
                    ),
                    rx.el.div(rx.foreach(BreakdownState.strips, _scene), class_name="lane"),
                    class_name="crow heads",
                ),
                rx.foreach(BreakdownState.people, _row),
                class_name="chart",
                style={"--scenes": BreakdownState.strips.length().to_string()},
                custom_attrs={"tabIndex": 0, "role": "region", "aria-label": "Cast by scene"},
            ),
            rx.el.p("Nobody is on a sheet yet. Add people to the cast of a scene.", class_name="none q"),
        ),
        class_name="desk charted",
    )


def _scene(strip: Strip) -> rx.Component:
    return link(
        rx.el.b(strip.number),
        rx.el.span(strip.day),
        href="/p/" + ProjectState.open_id + "/breakdown?scene=" + strip.number,
        class_name="sc " + strip.colour,
        custom_attrs={"title": strip.told + ", " + strip.set_name},
        key=strip.position.to_string(),
    )


def _row(person: PersonRow) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.b(person.number, class_name="num id"),
            rx.el.span(person.name, class_name="cut1 grow"),
            rx.el.span(person.scenes, class_name="num r"),
            rx.el.span(person.pages, class_name="num r"),
            class_name="name",
        ),
        rx.el.div(
            rx.el.i(
                class_name="span", style={"gridColumn": person.first.to_string() + " / " + person.last.to_string()}
            ),
            rx.foreach(person.marks, _mark),
            class_name="lane",
        ),
        class_name="crow",
        key=person.number,
    )


def _mark(mark: Mark) -> rx.Component:
    return link(
        href="/p/" + ProjectState.open_id + "/breakdown?scene=" + mark.number,
        class_name="mk " + mark.colour,
        style={"gridColumn": mark.column.to_string()},
        custom_attrs={"title": mark.told, "aria-label": mark.told},
        key=mark.column.to_string(),
    )
