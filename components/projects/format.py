"""The format of the next film: chosen once, sent along by every way to begin one."""

from __future__ import annotations

import reflex as rx

from components.ui.icon import icon
from state.projects.format import RATES, SHAPES, FormatState


def format_choice() -> rx.Component:
    """Two lists: the shape of the picture, drawn beside it, and its rate."""
    return rx.el.div(
        rx.el.i(
            class_name="shape",
            style={"aspectRatio": FormatState.shape.replace(":", " / ")},
            custom_attrs={"aria-hidden": "true"},
        ),
        _list("Shape of the picture", FormatState.shape, SHAPES, FormatState.choose_shape),
        _list("Frames a second", FormatState.rate, RATES, FormatState.choose_rate),
        class_name="told-in",
        custom_attrs={"role": "group", "aria-label": "Format of the new film"},
    )


def format_fields() -> tuple[rx.Component, ...]:
    """The choice as fields of a form the browser sends by itself."""
    return (
        rx.el.input(type="hidden", name="shape", value=FormatState.shape, read_only=True),
        rx.el.input(type="hidden", name="rate", value=FormatState.rate, read_only=True),
    )


def _list(label: str, value: rx.Var[str], options: dict[str, str], change: rx.EventHandler) -> rx.Component:
    return rx.el.span(
        rx.el.select(
            *[rx.el.option(words, value=name) for name, words in options.items()],
            value=value,
            on_change=change,
            class_name="chip",
            custom_attrs={"aria-label": label},
        ),
        icon("chevron-down", "s"),
        class_name="one",
    )
