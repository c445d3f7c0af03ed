"""The cuts of a project: which one is open, its name, another one, and what the board has new for it."""

from __future__ import annotations

import reflex as rx

from components.ui.button import button, square
from components.ui.icon import icon
from components.ui.keycaps import titled
from components.wrapped.cut_desk import may_edit
from state.cut.room import CutItem, CutRoomState


def cuts_menu() -> rx.Component:
    """The name of the open cut; a press shows the others."""
    return rx.fragment(
        rx.el.button(
            rx.el.span(CutRoomState.facts.name, class_name="hd14 cut1"),
            icon("chevrons-up-down", "s14"),
            type="button",
            class_name="cuts-open",
            custom_attrs={"popoverTarget": "cuts", "data-hit": "cut.cuts", "title": "The cuts of this project"},
        ),
        _sheet(),
    )


def undo_buttons() -> rx.Component:
    """One's own last act by its name, and the one that can be done again."""
    undo, redo = CutRoomState.undoing.undo, CutRoomState.undoing.redo
    return rx.fragment(
        rx.el.button(
            icon("undo-2"),
            "Undo",
            rx.cond(undo != "", rx.el.b(undo, class_name="cut1")),
            type="button",
            class_name="btn undo",
            disabled=undo == "",
            on_click=CutRoomState.undo,
            custom_attrs={"data-cut-undo": "", "title": titled("Undo", "cut.undo")},
        ),
        rx.el.button(
            icon("redo-2"),
            "Redo",
            type="button",
            class_name="btn",
            disabled=redo == "",
            on_click=CutRoomState.redo,
            custom_attrs={
                "data-cut-redo": "",
                "title": titled(rx.cond(redo != "", "Redo " + redo, "Redo"), "cut.redo"),
            },
        ),
    )


def _sheet() -> rx.Component:
    return rx.el.div(
        rx.el.h2("Cuts"),
        rx.el.div(rx.foreach(CutRoomState.cuts, _cut), class_name="col", custom_attrs={"data-list": ""}),
        rx.cond(
            may_edit,
            rx.fragment(
                rx.el.label(
                    rx.el.span("Name of this cut", class_name="q"),
                    rx.el.input(
                        default_value=CutRoomState.facts.name,
                        key=CutRoomState.cut + CutRoomState.facts.name,
                        max_length=200,
                        on_blur=CutRoomState.rename,
                        class_name="in",
                    ),
                ),
                rx.el.div(
                    button("A copy of this", glyph="copy", on_click=CutRoomState.begin("copy")),
                    rx.cond(
                        CutRoomState.script,
                        button("New from the board", glyph="layout-grid", on_click=CutRoomState.begin("board")),
                    ),
                    button("New, empty", glyph="plus", on_click=CutRoomState.begin("empty")),
                    square("trash-2", "Delete this cut", kind="flat", on_click=CutRoomState.delete),
                    class_name="row wrap",
                ),
            ),
        ),
        id="cuts",
        class_name="sheet cuts",
        custom_attrs={"popover": "auto", "role": "dialog", "aria-label": "The cuts of this project"},
    )


def _cut(item: CutItem) -> rx.Component:
    return rx.el.button(
        rx.el.b(item.name),
        rx.el.span(item.told, class_name="q num"),
        type="button",
        class_name=rx.cond(item.on, "pick on", "pick"),
        on_click=CutRoomState.open_cut(item.id),
        custom_attrs={"data-stop": "", "aria-current": rx.cond(item.on, "true", "false")},
    )
