"""The strip board: a coloured strip a scene, black ones where a day of the story ends, and the whole film in one bar."""

from __future__ import annotations

import reflex as rx

from components.ui.button import button
from components.ui.link import link
from state.breakdown.breakdown import BreakdownState
from state.breakdown.printed import Mark, Strip, Tally
from state.project import ProjectState


def strip_board() -> rx.Component:
    """The board, with what the colours mean and how much there is of each."""
    turn = BreakdownState.turn
    return rx.el.section(
        rx.el.div(rx.foreach(BreakdownState.tallies, _tally), class_name="tally"),
        rx.el.div(
            rx.foreach(BreakdownState.film, _block),
            class_name="film",
            custom_attrs={"role": "group", "aria-label": "The whole film, scenes as long as they are"},
        ),
        rx.cond(
            turn.earlier != "",
            rx.el.div(button(turn.earlier, on_click=BreakdownState.turn_strips(-1)), class_name="turn"),
        ),
        rx.el.div(
            rx.el.div(
                *[rx.el.span(label) for label in ("Scene", "", "Set", "Cast", "Day", "Pages")],
                class_name="cols",
                custom_attrs={"aria-hidden": "true"},
            ),
            rx.foreach(BreakdownState.strips, _strip),
            class_name="strips",
            custom_attrs={"data-list": ""},
        ),
        rx.cond(
            turn.later != "",
            rx.el.div(button(turn.later, on_click=BreakdownState.turn_strips(1)), class_name="turn"),
        ),
        class_name="desk striped",
        custom_attrs={"aria-label": "Strip board"},
    )


def _tally(tally: Tally) -> rx.Component:
    return rx.el.div(
        rx.el.i(class_name="sw " + tally.colour),
        rx.el.span(
            rx.el.b(tally.meaning),
            rx.el.span(tally.scenes, " · ", rx.el.span(tally.pages, class_name="num"), class_name="q"),
            class_name="col",
        ),
        key=tally.colour,
    )


def _block(mark: Mark) -> rx.Component:
    return link(
        href="/p/" + ProjectState.open_id + "/breakdown?view=strips&scene=" + mark.number,
        class_name=mark.colour,
        style={"flexGrow": mark.column.to_string()},
        custom_attrs={"title": mark.told, "aria-label": mark.told, "tabIndex": -1},
        key=mark.number,
    )


def _strip(strip: Strip) -> rx.Component:
    return rx.fragment(
        link(
            rx.el.b(strip.number, class_name="slate"),
            rx.el.span(rx.el.b(strip.place), rx.el.span(strip.time), class_name="col when"),
            rx.el.span(
                rx.el.b(strip.set_name, class_name="cut1"),
                rx.el.span(strip.story, class_name="cut1"),
                class_name="col what",
            ),
            rx.el.span(
                rx.foreach(strip.cast, lambda number: rx.el.b(number)),
                class_name="who num",
                custom_attrs={"aria-label": "Cast"},
            ),
            rx.el.span(strip.day, class_name="num dy"),
            rx.el.span(strip.pages, class_name="num pp"),
            href="/p/" + ProjectState.open_id + "/breakdown?scene=" + strip.number,
            class_name="strip " + strip.colour,
            custom_attrs={"data-stop": "", "aria-label": strip.told + ", " + strip.set_name},
        ),
        rx.cond(
            strip.ends != "",
            rx.el.div(rx.el.span(strip.ends), rx.el.span(strip.day_pages, class_name="num"), class_name="ends"),
        ),
        key=strip.position.to_string(),
    )
