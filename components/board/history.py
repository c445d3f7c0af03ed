"""The history of the board: who did what and when; one's own acts are undone here, a scene put back to a moment."""

from __future__ import annotations

import reflex as rx

from components.ui.button import button, square
from components.ui.icon import icon
from state.board.board import BoardState
from state.board.history import BoardHistoryState, Entry
from state.project import ProjectState


def history_button() -> rx.Component:
    """Opens the sheet."""
    return rx.el.button(
        icon("history"),
        rx.el.span("History", class_name="sr"),
        type="button",
        class_name="btn sq",
        on_click=BoardHistoryState.show,
        custom_attrs={"popoverTarget": "board-history", "title": "History of this project"},
    )


def history_sheet() -> rx.Component:
    """A native popover at the right."""
    return rx.el.aside(
        rx.el.header(
            rx.el.h2("History"),
            square(
                "x",
                "Close",
                kind="flat",
                custom_attrs={"popoverTarget": "board-history", "popoverTargetAction": "hide"},
            ),
        ),
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
        rx.el.span(entry.initials, class_name="av sm", custom_attrs={"aria-hidden": "true"}),
        rx.el.span(
            rx.el.b(entry.told),
            rx.el.span(entry.by, ", ", entry.when, class_name="q"),
            class_name="col grow",
        ),
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
