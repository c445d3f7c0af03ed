"""The board's changes, before they are laid on the cut."""

from __future__ import annotations

import reflex as rx

from components.ui.button import button
from components.ui.icon import icon
from components.wrapped.cut_desk import may_edit
from state.cut.past.merging import BoardMergeState
from state.cut.room import CutRoomState


def board_button() -> rx.Component:
    """How many shots the board has otherwise by now; nothing where there are none."""
    return rx.cond(
        CutRoomState.facts.behind > 0,
        rx.fragment(
            rx.el.button(
                icon("history"),
                CutRoomState.facts.behind,
                " new on the board",
                type="button",
                class_name="btn stl",
                on_click=BoardMergeState.look,
                custom_attrs={"popoverTarget": "cut-merge", "title": "What has changed on the board since"},
            ),
            _sheet(),
        ),
    )


def _sheet() -> rx.Component:
    return rx.el.div(
        rx.el.h2("From the board"),
        rx.el.p("What you did by hand stays. Laying these on the cut is one act, and can be undone.", class_name="q"),
        rx.cond(
            BoardMergeState.loaded,
            rx.fragment(
                _list("What comes", BoardMergeState.taken),
                _list("What stays as you have it", BoardMergeState.kept),
                rx.cond(BoardMergeState.more > 0, rx.el.p("and ", BoardMergeState.more, " more", class_name="q")),
            ),
            rx.el.p("Looking at the board", class_name="q", custom_attrs={"aria-busy": "true"}),
        ),
        rx.cond(
            may_edit & (BoardMergeState.taken.length() > 0),
            button(
                "Take them",
                kind="go",
                glyph="check",
                on_click=BoardMergeState.take,
                custom_attrs={"popoverTarget": "cut-merge", "popoverTargetAction": "hide"},
            ),
        ),
        id="cut-merge",
        class_name="sheet cuts",
        custom_attrs={"popover": "auto", "role": "dialog", "aria-label": "What has changed on the board"},
    )


def _list(title: str, sentences: rx.Var[list[str]]) -> rx.Component:
    return rx.cond(
        sentences.length() > 0,
        rx.fragment(rx.el.h3(title, class_name="hd"), rx.el.ul(rx.foreach(sentences, lambda each: rx.el.li(each)))),
    )
