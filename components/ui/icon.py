"""Icons and the mark."""

from __future__ import annotations

import reflex as rx


def icon(name: str, size: str = "") -> rx.Component:
    """A lucide icon, drawn with our stroke; `size` is one of "", "s", "s12", "s14", "s20", "l". Decoration: hidden from readers."""
    return rx.icon(name, class_name=f"i {size}".strip(), custom_attrs={"aria-hidden": "true"})


def mark(size: int = 30, label: str = "") -> rx.Component:
    """The reel."""
    hidden = {"aria-label": label, "role": "img"} if label else {"aria-hidden": "true"}
    holes = ((17, 8.4), (9.5, 21.4), (24.5, 21.4))
    return rx.el.svg(
        rx.el.svg.path(d="M17 31.5H36", stroke="var(--mark,#000)", stroke_width="5"),
        rx.el.svg.circle(cx="17", cy="17", r="17", fill="var(--mark,#000)"),
        *[rx.el.svg.circle(cx=str(x), cy=str(y), r="4.2", fill="#FF6B35") for x, y in holes],
        rx.el.svg.circle(cx="17", cy="17", r="1.8", fill="#FFFDF7"),
        width=str(size),
        height=str(size),
        view_box="0 0 36 36",
        custom_attrs=hidden,
    )


def logo() -> rx.Component:
    """The mark with the name, a link to the front."""
    return rx.el.a(
        mark(30), rx.el.span("Inkreel"), class_name="logo", href="/", custom_attrs={"aria-label": "Inkreel, front page"}
    )
