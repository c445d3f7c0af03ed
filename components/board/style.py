"""The style of the whole board: four hands, below the scenes."""

from __future__ import annotations

import reflex as rx

from state.board.editing import BoardEditState
from state.board.panels import STYLES
from state.board.undoable import UndoState


def style_choice() -> rx.Component:
    """One of four; the panels Inkreel drew are drawn again, which can be undone."""
    return rx.el.section(
        rx.el.h2("Style", class_name="hd14"),
        rx.el.div(
            *[
                rx.el.button(
                    rx.el.i(class_name=f"hand {style}", custom_attrs={"aria-hidden": "true"}),
                    style.capitalize(),
                    type="button",
                    class_name=rx.cond(UndoState.style == style, "on", ""),
                    on_click=BoardEditState.restyle(style),
                    custom_attrs={"aria-pressed": UndoState.style == style, "title": says},
                )
                for style, says in STYLES.items()
            ],
            class_name="hands",
        ),
        class_name="style",
        custom_attrs={"aria-label": "Style of the board"},
    )
