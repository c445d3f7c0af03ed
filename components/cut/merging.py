"""A cut and its board: the board's changes before they are laid on the cut, and lengths the cut has for the board."""

from __future__ import annotations

import reflex as rx

from components.ui.button import button
from components.ui.icon import icon
from components.wrapped.cut_desk import may_edit
from state.cut.past.lengths import BoardLengthsState, Length
from state.cut.past.merging import BoardMergeState
from state.cut.room import CutRoomState


def board_button() -> rx.Component:
    """How many shots the board has otherwise by now, or has at other lengths; nothing where there are none."""
    behind = CutRoomState.facts.behind
    return rx.cond(
        (behind > 0) | (BoardLengthsState.total > 0),
        rx.fragment(
            rx.el.button(
                rx.cond(behind > 0, icon("history"), icon("ruler")),
                rx.cond(
                    behind > 0,
                    behind.to_string() + " new on the board",
                    BoardLengthsState.total.to_string() + rx.cond(BoardLengthsState.total == 1, " length", " lengths"),
                ),
                type="button",
                class_name="btn stl",
                on_click=BoardMergeState.look,
                custom_attrs={
                    "popoverTarget": "cut-merge",
                    "title": rx.cond(
                        behind > 0, "What has changed on the board since", "Shots the board has at other lengths"
                    ),
                },
            ),
            rx.el.div(
                rx.cond(behind > 0, _coming()),
                rx.cond(BoardLengthsState.total > 0, _lengths()),
                id="cut-merge",
                class_name="sheet cuts",
                custom_attrs={"popover": "auto", "role": "dialog", "aria-label": "This cut and its board"},
            ),
        ),
    )


def _lengths() -> rx.Component:
    """What the cut has to give."""
    return rx.el.section(
        rx.el.h2("For the board"),
        rx.el.p(
            "These shots have another length here. Giving it is one act on the board, undone there.", class_name="q"
        ),
        rx.el.ul(rx.foreach(BoardLengthsState.shown, _length), class_name="lengths"),
        rx.cond(
            BoardLengthsState.total > BoardLengthsState.shown.length(),
            rx.el.p("and ", BoardLengthsState.total - BoardLengthsState.shown.length(), " more", class_name="q"),
        ),
        rx.cond(
            may_edit,
            button(
                rx.cond(BoardLengthsState.total == 1, "Give it to the board", "Give all to the board"),
                kind="go",
                glyph="ruler",
                on_click=BoardLengthsState.give(""),
                id="give-lengths",
            ),
        ),
        class_name="for-board",
    )


def _length(length: Length) -> rx.Component:
    return rx.el.li(
        rx.el.b(length.number, class_name="slate"),
        rx.el.span(length.on_board, class_name="num q"),
        icon("arrow-right", "s12"),
        rx.el.span(length.in_cut, class_name="num"),
        rx.cond(
            may_edit & (BoardLengthsState.total > 1),
            button(
                "Give",
                kind="s light",
                on_click=BoardLengthsState.give(length.shot),
                custom_attrs={"aria-label": "Give the board the length of " + length.number},
            ),
        ),
        key=length.shot,
    )


def _coming() -> rx.Component:
    return rx.el.section(
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
    )


def _list(title: str, sentences: rx.Var[list[str]]) -> rx.Component:
    return rx.cond(
        sentences.length() > 0,
        rx.fragment(rx.el.h3(title, class_name="hd"), rx.el.ul(rx.foreach(sentences, lambda each: rx.el.li(each)))),
    )
