"""The panels of the chosen shot in a row: chosen, put in order, timed, added, copied and taken off."""

from __future__ import annotations

import reflex as rx

from components.ui.button import button, square
from state.board.board import BoardState
from state.board.panels import Part
from state.board.row import PanelRowState
from state.project import ProjectState

_LIFT = """(e) => {
  const cell = e.target.closest?.("[data-panel]");
  if (!cell || cell.draggable === false) return;
  e.dataTransfer.effectAllowed = "move";
  e.dataTransfer.setData("text/plain", cell.dataset.panel);
  e.currentTarget.dataset.dragged = cell.dataset.panel;
}"""
_HOVER = """(e) => { if (e.currentTarget.dataset.dragged && e.target.closest?.("[data-panel]")) e.preventDefault(); }"""
_LAND = """(e) => {
  const row = e.currentTarget, cell = e.target.closest?.("[data-panel]"), form = document.getElementById("row-drop");
  if (!row.dataset.dragged || !cell || !form) return;
  e.preventDefault();
  form.elements.panel.value = row.dataset.dragged;
  form.elements.near.value = cell.dataset.panel;
  form.requestSubmit();
}"""
_LET_GO = "(e) => { delete e.currentTarget.dataset.dragged; }"
_ENTER = rx.Var("(e) => { if (e.key === 'Enter') { e.preventDefault(); e.target.blur(); } }")


def panel_row() -> rx.Component:
    """The row where there are several panels, and what can be done with them."""
    shot = BoardState.shot
    several = shot.panels.length() > 1
    dragging = {
        name: rx.Var(act)
        for name, act in (("onDragStart", _LIFT), ("onDragOver", _HOVER), ("onDrop", _LAND), ("onDragEnd", _LET_GO))
    }
    return rx.cond(
        several | ProjectState.may_edit,
        rx.fragment(
            rx.el.h3(
                "Panels",
                rx.cond(several, rx.el.span(shot.panels.length(), " in ", shot.lasts, class_name="q")),
                class_name="hd",
            ),
            rx.cond(
                several,
                rx.fragment(
                    rx.el.div(
                        rx.foreach(shot.panels, _share), class_name="shares", custom_attrs={"aria-hidden": "true"}
                    ),
                    rx.el.div(
                        rx.foreach(shot.panels, _part),
                        class_name="prow",
                        custom_attrs={"role": "group", "aria-label": "Panels of this shot", **dragging},
                    ),
                ),
            ),
            rx.cond(ProjectState.may_edit, _acts(several)),
        ),
    )


def _share(part: Part) -> rx.Component:
    return rx.el.i(class_name=rx.cond(part.on, "on", ""), style={"width": part.wide.to_string() + "%"}, key=part.id)


def _part(part: Part) -> rx.Component:
    return rx.el.div(
        rx.el.button(
            rx.el.span(
                rx.cond(part.picture != "", rx.el.img(src=part.picture, alt="", custom_attrs={"draggable": "false"})),
                class_name="pic",
            ),
            rx.el.b(part.number),
            type="button",
            class_name=rx.cond(part.on, "v on", "v"),
            on_click=PanelRowState.choose(part.id),
            custom_attrs={"aria-pressed": part.on, "aria-label": "Panel " + part.number + ", " + part.lasts},
        ),
        rx.el.label(
            rx.el.input(
                default_value=part.seconds,
                on_blur=lambda typed: PanelRowState.time(part.id, typed),
                read_only=~ProjectState.may_edit,
                auto_complete="off",
                key=part.id + part.seconds + PanelRowState.turns.to_string(),
                custom_attrs={
                    "inputMode": "decimal",
                    "maxLength": 9,
                    "onKeyDown": _ENTER,
                    "aria-label": "Seconds of " + part.number,
                },
            ),
            rx.el.span("s", class_name="q"),
            class_name="num",
        ),
        class_name="part",
        custom_attrs={"data-panel": part.id, "draggable": rx.cond(ProjectState.may_edit, "true", "false")},
        key=part.id,
    )


def _acts(several: rx.Var[bool]) -> rx.Component:
    shot = BoardState.shot
    more = button(
        rx.cond(shot.moving, "End panel", "New panel"), kind="grow", glyph="image-plus", on_click=PanelRowState.add
    )
    return rx.fragment(
        rx.el.div(
            more,
            square("copy", "Copy this panel", on_click=PanelRowState.copy_panel),
            rx.cond(
                several,
                rx.fragment(
                    square("chevron-left", "Move this panel earlier", on_click=PanelRowState.shift(-1)),
                    square("chevron-right", "Move this panel later", on_click=PanelRowState.shift(1)),
                    square("trash-2", "Delete this panel", on_click=PanelRowState.delete),
                ),
            ),
            class_name="acts row-acts",
        ),
        rx.el.form(
            rx.el.input(type="hidden", name="panel", default_value=""),
            rx.el.input(type="hidden", name="near", default_value=""),
            on_submit=PanelRowState.drop,
            id="row-drop",
            custom_attrs={"hidden": True},
        ),
    )
