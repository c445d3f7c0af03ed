"""What is marked on the board and what is done to it: the bar and dragging. Keys press what carries them (`data-hit`)."""

from __future__ import annotations

import reflex as rx

from components.ui.button import button, square
from components.ui.icon import icon
from components.ui.keycaps import titled
from state.board.board import BoardState
from state.board.editing import BoardEditState
from state.board.panels import SceneItem
from state.board.undoable import UndoState
from state.project import ProjectState

_LIFT = """(e) => {
  const cell = e.target.closest?.("[data-shot]");
  if (!cell || cell.draggable === false) return;
  e.dataTransfer.effectAllowed = "move";
  e.dataTransfer.setData("text/plain", cell.dataset.shot);
  e.currentTarget.dataset.dragged = cell.dataset.shot;
  cell.classList.add("dragged");
}"""

_HOVER = """(e) => {
  const all = e.currentTarget, cell = e.target.closest?.("[data-shot]");
  if (!all.dataset.dragged || !cell) return;
  e.preventDefault();
  const box = cell.getBoundingClientRect(), after = e.clientX > box.left + box.width / 2;
  for (const other of all.querySelectorAll("[data-shot]")) if (other !== cell) other.classList.remove("drop-before", "drop-after");
  cell.classList.toggle("drop-after", after);
  cell.classList.toggle("drop-before", !after);
}"""

_LAND = """(e) => {
  const all = e.currentTarget, cell = e.target.closest?.("[data-shot]"), form = document.getElementById("board-drop");
  if (!all.dataset.dragged || !cell || !form) return;
  e.preventDefault();
  form.elements.shot.value = all.dataset.dragged;
  form.elements.near.value = cell.dataset.shot;
  form.elements.side.value = cell.classList.contains("drop-after") ? "after" : "before";
  form.requestSubmit();
}"""

_LET_GO = """(e) => {
  delete e.currentTarget.dataset.dragged;
  const marks = ["drop-before", "drop-after", "dragged"];
  e.currentTarget.querySelectorAll("[data-shot]").forEach((cell) => cell.classList.remove(...marks));
}"""

dragging: dict[str, rx.Var[object]] = {
    "onDragStart": rx.Var(_LIFT),
    "onDragOver": rx.Var(_HOVER),
    "onDrop": rx.Var(_LAND),
    "onDragEnd": rx.Var(_LET_GO),
}
"""Handlers of what holds the cells: one event on drop, sent by the form of `drop_form`."""


def drop_form() -> rx.Component:
    """What was dragged, to which neighbour, on which side of it."""
    return rx.el.form(
        *[rx.el.input(type="hidden", name=name, default_value="") for name in ("shot", "near", "side")],
        on_submit=BoardEditState.drop,
        id="board-drop",
        custom_attrs={"hidden": True},
    )


def undo_buttons() -> rx.Component:
    """Undo with the name of the act, redo, and what was kept last."""
    return rx.cond(
        ProjectState.may_edit,
        rx.el.div(
            rx.el.button(
                icon("undo-2"),
                rx.el.span("Undo", rx.el.span(" ", UndoState.undo, class_name="of")),
                type="button",
                id="board-undo",
                class_name="btn",
                on_click=BoardEditState.undo,
                disabled=UndoState.undo == "",
                custom_attrs={"data-hit": "board.undo", "title": titled("Undo " + UndoState.undo, "board.undo")},
            ),
            square(
                "redo-2",
                "Do again",
                id="board-redo",
                on_click=BoardEditState.redo,
                disabled=UndoState.redo == "",
                custom_attrs={"data-hit": "board.redo", "title": titled("Do again", "board.redo")},
            ),
            class_name="undoing",
        ),
    )


def kept_sign() -> rx.Component:
    """What was kept last; it is said once it is stored."""
    return rx.cond(
        UndoState.saved != "",
        rx.el.span(icon("check", "s14"), UndoState.saved, class_name="kept", custom_attrs={"role": "status"}),
    )


def marked_bar() -> rx.Component:
    """What can be done to all marked panels at once."""
    count = BoardEditState.marked.length()
    return rx.cond(
        count > 0,
        rx.el.div(
            rx.el.b(count, " marked", class_name="num"),
            button("Duplicate", glyph="copy", on_click=BoardEditState.duplicate("")),
            button("Merge", glyph="combine", on_click=BoardEditState.merge, disabled=count < 2),
            rx.el.label(
                rx.el.span("Move to", class_name="q"),
                rx.el.select(
                    rx.el.option("Scene", value=""),
                    rx.foreach(BoardState.scenes, _scene),
                    value="",
                    on_change=BoardEditState.move_to,
                    custom_attrs={"aria-label": "Move to scene"},
                ),
                class_name="pick",
            ),
            button("Redraw", glyph="refresh-cw", on_click=BoardEditState.redraw),
            button("Delete", glyph="trash-2", on_click=BoardEditState.delete("")),
            square(
                "x",
                "Mark nothing",
                kind="flat",
                id="board-unmark",
                on_click=BoardEditState.unmark,
                custom_attrs={"data-hit": "board.unmark"},
            ),
            class_name="marked-bar",
            custom_attrs={"role": "toolbar", "aria-label": "Marked panels"},
        ),
    )


def _scene(item: SceneItem) -> rx.Component:
    return rx.el.option(item.number + " " + item.heading, value=item.position.to_string())
