"""Drawings compared: side by side, or wiped from one to the other."""

from __future__ import annotations

import reflex as rx

from components.ui.button import button, square
from state.board.comparing import ComparingState, Drawing, Side

_WIPE: rx.Var[object] = rx.Var("""(e) => e.target.closest("section").style.setProperty("--at", e.target.value + "%")""")


def compare_button() -> rx.Component:
    """Opens the comparison of the chosen shot's drawings."""
    return button(
        "Compare",
        kind="full",
        glyph="columns-2",
        on_click=ComparingState.open,
        custom_attrs={"popoverTarget": "compare"},
    )


def compare_sheet() -> rx.Component:
    """Two drawings; the two ways to look at them are kept by the page alone."""
    return rx.el.div(
        rx.el.header(
            rx.el.h2(ComparingState.shot, class_name="slate no"),
            rx.el.div(
                _way("beside", "Side by side", first=True),
                _way("wipe", "Wipe"),
                class_name="seg",
                custom_attrs={"role": "radiogroup", "aria-label": "How to compare"},
            ),
            rx.el.span(class_name="grow"),
            square("x", "Close", kind="flat", custom_attrs={"popoverTarget": "compare", "popoverTargetAction": "hide"}),
        ),
        rx.el.section(
            _side("before", ComparingState.before),
            _side("after", ComparingState.after),
            rx.el.input(
                type="range",
                min="0",
                max="100",
                default_value="50",
                class_name="wiper",
                custom_attrs={"aria-label": "How much of the first is seen", "onInput": _WIPE},
            ),
        ),
        id="compare",
        class_name="sheet compare",
        custom_attrs={"popover": "auto", "role": "dialog", "aria-label": "Compare drawings"},
    )


def _way(value: str, label: str, *, first: bool = False) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="radio", name="compare-way", id=f"compare-{value}", class_name="sr", default_checked=first),
        rx.el.span(label),
    )


def _side(side: Side, drawing: Drawing) -> rx.Component:
    def choice(one: Drawing) -> rx.Component:
        chosen = one.number == drawing.number
        return rx.el.button(
            "v",
            one.number,
            type="button",
            class_name=rx.cond(chosen, "on", ""),
            on_click=ComparingState.take(side, one.number),
            custom_attrs={"title": one.told, "aria-pressed": chosen},
            key=one.number.to_string(),
        )

    return rx.el.figure(
        rx.el.img(src=drawing.picture, alt=drawing.told),
        rx.el.figcaption(
            rx.el.div(rx.foreach(ComparingState.all, choice), class_name="seg"),
            rx.el.span(drawing.told, class_name="q cut1"),
        ),
        class_name=side,
    )
