"""The history of the board: who did what and when; one's own acts are undone here, a scene put back to a moment."""

from __future__ import annotations

import reflex as rx

from components.ui.button import button, square
from components.ui.history import act_told, drawer_head
from components.ui.history import history_button as opens
from state.board.board import BoardState
from state.board.history import BoardHistoryState, Entry
from state.project import ProjectState


def history_button() -> rx.Component:
    """Opens the sheet."""
    return opens("board-history", "History of this project", on_click=BoardHistoryState.show)


def history_sheet() -> rx.Component:
    """A native popover at the right."""
    return rx.el.aside(
        drawer_head("History", "board-history"),
        rx.el.div(
            rx.cond(
                BoardHistoryState.entries.length() > 0,
                rx.el.ol(rx.foreach(BoardHistoryState.entries, _entry), class_name="past"),
                rx.cond(
                    BoardHistoryState.loaded,
                    rx.el.p("Nothing has been changed by hand yet. What you change in this project is kept here."),
                ),
            ),
            rx.cond(BoardHistoryState.more, button("Older", kind="flat full", on_click=BoardHistoryState.older)),
            class_name="list",
        ),
        id="board-history",
        class_name="drawer room",
        custom_attrs={"popover": "auto", "aria-label": "History of this project"},
    )


def _entry(entry: Entry) -> rx.Component:
    return rx.el.li(
        act_told(entry),
        rx.cond(
            ProjectState.may_edit,
            rx.fragment(
                rx.cond(entry.mine, button("Undo", kind="s", on_click=BoardHistoryState.undo(entry.seq))),
                square(
                    "rotate-ccw",
                    "Put scene " + BoardState.head.number + " back to this moment",
                    kind="flat",
                    on_click=BoardHistoryState.rewind(entry.seq),
                ),
            ),
        ),
        key=entry.seq.to_string(),
    )
