"""Small labelled controls whose every change is kept at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import reflex as rx

ENTER_LEAVES = rx.Var("(e) => { if (e.key === 'Enter') { e.preventDefault(); e.target.blur(); } }")
"""For a field of one line: Enter keeps what was typed."""


def choice(
    label: str,
    value: rx.Var[str],
    options: Mapping[str, str],
    change: Callable[[rx.Var[str]], Any],
    *,
    fixed: rx.Var[bool],
    kind: str = "pick",
    **also: Any,
) -> rx.Component:
    """One of a few; `options` are words by what is kept."""
    return rx.el.label(rx.el.span(label), select(value, options, change, fixed=fixed, **also), class_name=kind)


def select(
    value: rx.Var[str],
    options: Mapping[str, str],
    change: Callable[[rx.Var[str]], Any],
    *,
    fixed: rx.Var[bool],
    **also: Any,
) -> rx.Component:
    """The list of `choice` without its label."""
    return rx.el.select(
        *[rx.el.option(words, value=code) for code, words in options.items()],
        value=value,
        on_change=change,
        disabled=fixed,
        **also,
    )


def number(
    label: str,
    value: rx.Var[str],
    unit: str,
    change: Callable[[rx.Var[str]], Any],
    *,
    fixed: rx.Var[bool],
    key: rx.Var[str],
    hint: rx.Var[str] | str = "",
) -> rx.Component:
    """A number with its unit, kept when the field is left; with another `key` it begins anew."""
    return rx.el.label(
        rx.el.span(label),
        rx.el.input(
            default_value=value,
            placeholder=hint,
            on_blur=change,
            read_only=fixed,
            auto_complete="off",
            key=key,
            custom_attrs={"inputMode": "decimal", "maxLength": 9, "onKeyDown": ENTER_LEAVES, "aria-label": label},
        ),
        rx.el.span(unit, class_name="q"),
        class_name="num",
    )
