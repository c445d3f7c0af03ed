"""The whole drawing room: what is drawn, the sheet, its layers, its moments and the panels beside it."""

from __future__ import annotations

from typing import Any

import reflex as rx

from components.draw.layers import layers
from components.draw.moments import moments
from components.draw.tools import pen_bar
from components.ui.button import link_button
from components.ui.icon import icon
from components.ui.keycaps import cap, titled
from components.ui.link import link
from components.wrapped.draw import ink_sheet
from state.board.board import BoardState
from state.drawing import Beside, DrawState
from state.keys.table import BY_ID
from state.project import ProjectState

_REST_S = 30
"""Seconds without a stroke after which a version of the panel is made."""


def draw_room() -> rx.Component:
    """The sheet, or a sentence where there is none to draw on."""
    return rx.cond(
        DrawState.loaded,
        rx.cond(DrawState.missing, _no_panel(), _room()),
        rx.el.div(class_name="draw", custom_attrs={"aria-busy": "true"}),
    )


def saved_sign() -> rx.Component:
    """What is stored, and what is not yet."""
    return rx.el.div(
        icon("check"),
        rx.el.span(" "),
        id="draw-saved",
        class_name="topstat saved",
        custom_attrs={"role": "status", "data-state": "ok"},
    )


def draw_button() -> rx.Component:
    """On the board: the way in, for the chosen panel."""
    shot = BoardState.shot
    panel = rx.cond(shot.panels.length() > 1, "?panel=" + shot.panel, "")
    href = "/p/" + ProjectState.open_id + "/draw/" + shot.id + panel
    return link_button(rx.cond(ProjectState.may_edit, "Draw", "Drawing"), href, glyph="pen-tool", kind="light")


def _room() -> rx.Component:
    return rx.el.div(
        rx.el.section(
            _head(),
            rx.el.div(_stage(), rx.cond(ProjectState.may_edit, pen_bar()), class_name="canvas"),
            rx.el.div(moments(), _strip(), class_name="time"),
            class_name="stage",
        ),
        layers(),
        ink_sheet(
            panel=DrawState.sheet,
            last=DrawState.last,
            me=DrawState.me,
            editable=ProjectState.may_edit,
            on_done=DrawState.done,
        ),
        class_name=rx.cond(ProjectState.may_edit, "draw", "draw looking"),
    )


def _head() -> rx.Component:
    return rx.el.header(
        rx.el.h1(DrawState.shot_number, class_name="slate big"),
        rx.el.div(rx.el.b(DrawState.facts), rx.el.span(DrawState.words, class_name="q cut1"), class_name="grow col"),
        rx.el.span(
            _act("undo", "Undo", "undo-2", hands=True),
            _act("redo", "", "redo-2", hands=True, told="Redo"),
            _act("onion", "Onion skin", "layers", turns=True),
            _act("grid", "Lens grid", "grid-3x3", turns=True),
            _act("flip", "Flip", "flip-horizontal-2", turns=True),
            rx.cond(ProjectState.may_edit, _act("done", "Done", "check", kind="light", hands=True)),
            class_name="row acts",
        ),
        class_name="sbar",
    )


def _act(
    act: str, label: str, glyph: str, *, kind: str = "", hands: bool = False, told: str = "", turns: bool = False
) -> rx.Component:
    known = f"draw.{act}" in BY_ID
    title = titled(told or label, f"draw.{act}") if known else told or label
    attrs: dict[str, Any] = {"data-draw": act, "title": title, "aria-label": told or label}
    if turns:
        attrs |= {"data-hit": f"draw.{act}", "aria-pressed": "false"}
    return rx.el.button(
        icon(glyph),
        *([rx.el.span(label, class_name="word")] if label else []),
        *([cap(f"draw.{act}")] if turns else []),
        type="button",
        class_name=f"btn {kind} {'hands' if hands else ''}".strip(),
        custom_attrs=attrs,
    )


def _stage() -> rx.Component:
    sheet = DrawState.sheet
    shape = sheet.width.to_string() + " / " + sheet.height.to_string()

    def skin(picture: rx.Var[str], index: int) -> rx.Component:
        return rx.cond(
            picture != "",
            rx.el.img(src=picture, alt="", class_name="skin s" + index.to_string(), draggable=False),
        )

    return rx.el.div(
        rx.el.div(
            rx.el.div(id="draw-under"),
            rx.el.div(id="draw-films"),
            rx.el.div(rx.foreach(DrawState.neighbours, skin), class_name="skins"),
            *[rx.el.div(class_name=kind) for kind in ("lines", "depth", "axis")],
            rx.el.div(id="draw-pick", hidden=True),
            id="draw-sheet",
            style={"aspectRatio": shape, "--shape": shape},
        ),
        rx.el.textarea(id="draw-words", hidden=True, rows="1", custom_attrs={"aria-label": "Words on the drawing"}),
        rx.el.p(
            "On a phone you can look at this drawing and replay it. Open it on a larger screen to draw.",
            class_name="phone-only phone-note",
        ),
        id="draw-stage",
        custom_attrs={"aria-label": "The drawing", "role": "application", "data-rest": _REST_S},
    )


def _strip() -> rx.Component:
    def beside(panel: Beside) -> rx.Component:
        return link(
            rx.el.span(
                rx.cond(panel.picture != "", rx.el.img(src=panel.picture, alt="", loading="lazy")), class_name="pic"
            ),
            rx.el.b(panel.number, class_name="slate"),
            href=panel.href,
            class_name=rx.cond(panel.on, "th2 on", "th2"),
            custom_attrs={
                "aria-current": rx.cond(panel.on, "page", "false"),
                "aria-label": "Panel " + panel.number,
                "data-hit": panel.hit,
            },
            key=panel.id,
        )

    return rx.el.nav(
        rx.foreach(DrawState.strip, beside),
        rx.cond(
            ProjectState.may_edit,
            rx.el.span(
                _make("New", "New panel after this one", "after", DrawState.add("after")),
                _make("Before", "New panel before this one", "before", DrawState.add("before")),
                _make("Copy", "This panel once more", "copy", DrawState.duplicate),
                _make("Shot", "New shot after this one", "shot", DrawState.add_shot),
                class_name="new2 hands",
            ),
        ),
        class_name="strip",
        custom_attrs={"aria-label": "Panels beside this one"},
    )


def _make(label: str, told: str, name: str, act: Any) -> rx.Component:
    return rx.el.button(
        label,
        cap(f"draw.{name}"),
        type="button",
        on_click=act,
        custom_attrs={"data-hit": f"draw.{name}", "title": titled(told, f"draw.{name}"), "aria-label": told},
    )


def _no_panel() -> rx.Component:
    return rx.el.div(
        rx.el.p("INT. EMPTY TABLE - NIGHT", class_name="scr-line"),
        rx.el.h1("No such panel"),
        rx.el.p(
            "The script may have changed since: this shot is not on the board any more. What was drawn on it is kept."
        ),
        link("Back to the board", href="/p/" + ProjectState.open_id + "/board", class_name="btn go"),
        class_name="teach",
    )
