"""How far something is."""

from __future__ import annotations

import reflex as rx


def meter(percent: rx.Var[int], label: rx.Var[str] | str, class_name: str = "meter") -> rx.Component:
    """A bar filled to so many per cent; `label` says what it is of, for whoever cannot see it."""
    return rx.el.div(
        rx.el.i(style={"width": percent.to_string() + "%"}),
        class_name=class_name,
        custom_attrs={
            "role": "progressbar",
            "aria-valuenow": percent,
            "aria-valuemin": 0,
            "aria-valuemax": 100,
            "aria-label": label,
        },
    )
