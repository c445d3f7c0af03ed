"""Buttons and links that look like buttons."""

from __future__ import annotations

from typing import Any

import reflex as rx

from components.ui.icon import icon
from components.ui.link import link


def button(label: str | rx.Var[str], *, kind: str = "", glyph: str = "", **props: Any) -> rx.Component:
    """A button. `kind` is a space-separated list of looks: go (the one main act), ok, light, stl, s, xl, full, flat."""
    return rx.el.button(*_inside(label, glyph), class_name=f"btn {kind}".strip(), **{"type": "button", **props})


def link_button(
    label: str | rx.Var[str], href: str | rx.Var[str], *, kind: str = "", glyph: str = "", **props: Any
) -> rx.Component:
    """A link inside the studio that looks like a button."""
    return link(*_inside(label, glyph), href=href, class_name=f"btn {kind}".strip(), **props)


def square(glyph: str, label: str, *, kind: str = "", **props: Any) -> rx.Component:
    """A button that shows only an icon; `label` is what readers hear and the tooltip says."""
    attrs = {"aria-label": label, "title": label, **props.pop("custom_attrs", {})}
    return rx.el.button(
        icon(glyph), class_name=f"btn sq {kind}".strip(), custom_attrs=attrs, **{"type": "button", **props}
    )


def _inside(label: str | rx.Var[str], glyph: str) -> list[rx.Component | rx.Var[str] | str]:
    return [icon(glyph), label] if glyph else [label]
