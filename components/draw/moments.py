"""Below the sheet: the slider over all moments of the drawing, with posts where versions were made. The sheet fills it."""

from __future__ import annotations

import reflex as rx

from components.ui.icon import icon
from state.drawing import DrawState, Post

_BARS = 120


def moments() -> rx.Component:
    """A bar for each stretch of strokes; dragging shows the drawing as it was."""
    return rx.el.div(
        rx.el.div(
            rx.el.h2("Strokes", class_name="hd"),
            rx.el.span("Drag to any moment of this drawing. Nothing after it is lost.", class_name="q wide-only"),
            rx.el.span(id="draw-count", class_name="num end"),
            class_name="th",
        ),
        rx.el.div(
            rx.el.button(
                icon("play"),
                icon("square"),
                type="button",
                class_name="btn sq light play",
                custom_attrs={"data-draw": "play", "aria-label": "Replay", "title": "Replay"},
            ),
            rx.el.div(
                *[rx.el.i() for _ in range(_BARS)],
                rx.foreach(DrawState.versions, _post),
                rx.el.u(rx.el.b(id="draw-clock", class_name="num"), class_name="past"),
                rx.el.input(
                    id="draw-moment", type="range", min="0", custom_attrs={"aria-label": "Moment of the drawing"}
                ),
                class_name="bars",
            ),
            _act("restore", "Restore this moment", "go hands past"),
            _act("now", "Back to now", "past"),
            class_name="tr2",
        ),
        id="draw-time",
        custom_attrs={"data-past": "false"},
    )


def _post(post: Post) -> rx.Component:
    left = "min(100% - 24px, 100% * " + post.seq.to_string() + " / var(--total, 1))"
    return rx.el.span("v", post.number, class_name="ver", style={"left": left}, key=post.number.to_string())


def _act(act: str, label: str, kind: str) -> rx.Component:
    return rx.el.button(label, type="button", class_name=f"btn {kind}", custom_attrs={"data-draw": act})
