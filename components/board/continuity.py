"""Continuity warnings: the line in the board's tools, the sheet that explains them, and the mark on a card."""

from __future__ import annotations

import reflex as rx

from components.ui.button import button, square
from components.ui.icon import icon
from state.board.board import BoardState
from state.board.continuity import ContinuityState, Item
from state.project import ProjectState


def continuity_line() -> rx.Component:
    """How many warnings there are, as a button that opens their sheet; nothing while there are none."""
    opens = {"popoverTarget": "continuity", "title": "Show what does not cut together"}
    warned = rx.el.button(
        icon("triangle-alert", "s14"), ContinuityState.told, type="button", class_name="warned", custom_attrs=opens
    )
    meant = rx.el.button(
        icon("check", "s14"), "Continuity, all meant", type="button", class_name="warned calm", custom_attrs=opens
    )
    return rx.cond(
        ContinuityState.told != "", warned, rx.cond(ContinuityState.meant.length() > 0, meant, rx.fragment())
    )


def continuity_mark(shot_id: rx.Var[str]) -> rx.Component:
    """What is wrong with the cut to this shot, over its picture."""
    mark = ContinuityState.marks[shot_id]
    return rx.cond(mark, rx.el.span(icon("triangle-alert", "s12"), mark, class_name="breaks"))


def continuity_sheet() -> rx.Component:
    """The warnings one by one: which shots, why, and a way to say that it is meant."""
    return rx.el.div(
        rx.el.header(
            rx.el.h2("Continuity"),
            square(
                "x", "Close", kind="flat", custom_attrs={"popoverTarget": "continuity", "popoverTargetAction": "hide"}
            ),
        ),
        rx.el.div(
            rx.foreach(ContinuityState.items, _warning),
            rx.cond(
                ContinuityState.meant.length() > 0,
                rx.fragment(rx.el.h3("Meant so", class_name="hd"), rx.foreach(ContinuityState.meant, _meant)),
            ),
            class_name="list",
        ),
        id="continuity",
        class_name="drawer continuity",
        custom_attrs={"popover": "auto", "role": "dialog", "aria-label": "Continuity warnings"},
    )


def _head(item: Item) -> rx.Component:
    return rx.el.button(
        rx.el.b(item.pair, class_name="slate no"),
        rx.el.span(item.mark, class_name="q"),
        type="button",
        class_name="plain go-to",
        on_click=BoardState.select(item.shot_id),
        custom_attrs={"title": "Show this shot", "popoverTarget": "continuity", "popoverTargetAction": "hide"},
    )


def _warning(item: Item) -> rx.Component:
    field = rx.el.input(
        name="reason",
        placeholder="Why it is meant",
        max_length=500,
        required=True,
        class_name="field",
        custom_attrs={"aria-label": "Why it is meant", "autoComplete": "off"},
    )
    return rx.el.article(
        _head(item),
        rx.el.p(item.told),
        rx.cond(
            ProjectState.may_edit,
            rx.el.form(
                rx.el.input(type="hidden", name="warning_id", value=item.id, read_only=True),
                field,
                button("It is meant", kind="s", type="submit"),
                on_submit=ContinuityState.dismiss,
                class_name="meant",
            ),
        ),
        key=item.id,
    )


def _meant(item: Item) -> rx.Component:
    return rx.el.article(
        _head(item),
        rx.el.p(item.meant, class_name="q"),
        rx.cond(ProjectState.may_edit, button("Warn again", kind="s flat", on_click=ContinuityState.recall(item.id))),
        key=item.id,
    )
