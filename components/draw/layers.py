"""Beside the sheet: its layers and how near one looks. The sheet itself fills the rows, from the model of one here."""

from __future__ import annotations

import reflex as rx

from components.board.shot.bringing import ACCEPTED
from components.draw.tools import key_button
from components.ui.icon import icon
from state.drawing import DrawState
from state.project import ProjectState


def layers() -> rx.Component:
    """The pane on the right."""
    return rx.el.aside(
        rx.el.div(
            rx.el.h2("Layers", class_name="hd14"),
            rx.el.button(
                icon("plus"),
                type="button",
                class_name="btn sq flat end hands",
                custom_attrs={"data-draw": "add", "aria-label": "Add a layer", "title": "Add a layer"},
            ),
            class_name="phead",
        ),
        rx.el.div(_row(), id="draw-layer", hidden=True),
        rx.el.div(id="draw-layers"),
        rx.el.div(
            rx.el.label("Opacity", html_for="draw-opacity"),
            rx.el.input(id="draw-opacity", type="range", min="0", max="100", step="5"),
            rx.el.label("Blend", html_for="draw-blend"),
            rx.el.select(
                *[rx.el.option(blend.capitalize(), value=blend) for blend in ("normal", "multiply", "screen")],
                id="draw-blend",
            ),
            class_name="lset f hands",
        ),
        _references(),
        _view(),
        rx.cond(
            ProjectState.may_edit,
            "",
            rx.el.p(
                "You can look at this drawing and replay it. To draw, ask its owner to make you an editor.",
                class_name="q ask",
            ),
        ),
        class_name="pane side2",
        custom_attrs={"aria-label": "Layers"},
    )


def _row() -> rx.Component:
    return rx.el.div(
        _act("hidden", "Show or hide", "eye", "eye-off"),
        rx.el.button(
            rx.el.canvas(class_name="pic", custom_attrs={"width": 108, "height": 60, "aria-hidden": "true"}),
            type="button",
            class_name="pick",
            custom_attrs={"data-draw": "use", "title": "Draw on"},
        ),
        rx.el.span(
            rx.el.input(custom_attrs={"aria-label": "Name of the layer", "maxLength": 60}),
            rx.el.span(class_name="q"),
            class_name="grow",
        ),
        _act("raise", "Move up", "arrow-up"),
        _act("locked", "Lock or unlock", "lock-open", "lock"),
        class_name="lay",
    )


def _act(act: str, label: str, glyph: str, turned: str = "") -> rx.Component:
    return rx.el.button(
        icon(glyph),
        *([icon(turned)] if turned else []),
        type="button",
        class_name="btn sq flat",
        custom_attrs={"data-draw": act, "title": label},
    )


def _references() -> rx.Component:
    """Pictures to draw over; one more comes as a plain form, answered with this page."""
    return rx.el.div(
        rx.el.h2("Draw over", class_name="hd"),
        rx.el.div(id="draw-references", class_name="rg"),
        rx.el.form(
            rx.el.input(type="hidden", name="project", value=ProjectState.open_id, read_only=True),
            rx.el.input(type="hidden", name="shot", value=DrawState.sheet.shot, read_only=True),
            rx.el.input(type="hidden", name="panel", value=DrawState.sheet.id, read_only=True),
            rx.el.label(
                icon("image-plus"),
                "A picture from a file",
                rx.el.input(type="file", name="file", accept=ACCEPTED, required=True),  # the stage sends it at once
                class_name="btn",
            ),
            method="post",
            action="/auth/reference",
            enc_type="multipart/form-data",
            on_submit=None,  # else Reflex would keep the browser from sending it
        ),
        class_name="refs hands",
    )


def _view() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.h2("View", class_name="hd"), rx.el.span(id="draw-zoom", class_name="num end"), class_name="row"
        ),
        rx.el.div(
            key_button("farther", "Zoom out", "−"),
            key_button("closer", "Zoom in", "+"),
            key_button("fit", "Show all of it", "↔"),
            rx.el.span("Space and drag to move", class_name="q"),
            class_name="row wide-only",
        ),
        class_name="navi",
    )
