"""A picture brought in as a panel: the sheet that takes the file and asks how it is to fit."""

from __future__ import annotations

import reflex as rx

from components.ui.button import button, square
from components.ui.icon import icon
from state.board.board import BoardState
from state.project import ProjectState

_KINDS = "PNG, JPEG, WebP or PSD, up to 40 MB"
ACCEPTED = ".png,.jpg,.jpeg,.webp,.psd,image/png,image/jpeg,image/webp"


def bring_button() -> rx.Component:
    """Opens the sheet."""
    return button("Upload", kind="grow", glyph="upload", custom_attrs={"popoverTarget": "bring-panel"})


def bring_sheet() -> rx.Component:
    """File, fit, and whether it is a scan; sent as a plain form, answered with the board."""
    return rx.el.div(
        rx.el.form(
            rx.el.header(
                rx.el.h2("A picture for ", BoardState.shot.panel_number),
                square(
                    "x",
                    "Close",
                    kind="flat",
                    custom_attrs={"popoverTarget": "bring-panel", "popoverTargetAction": "hide"},
                ),
            ),
            rx.el.input(type="hidden", name="project", value=ProjectState.open_id, read_only=True),
            rx.el.input(type="hidden", name="shot", value=BoardState.shot.id, read_only=True),
            rx.el.input(type="hidden", name="panel", value=BoardState.shot.panel, read_only=True),
            rx.el.label(
                icon("upload", "l"),
                rx.el.span(rx.el.b("Choose a picture"), rx.el.span(_KINDS, class_name="q"), class_name="col"),
                rx.el.input(type="file", name="file", accept=ACCEPTED, required=True),
                class_name="pick",
            ),
            rx.el.fieldset(
                rx.el.legend("In the frame"),
                _option("fit", "whole", "Whole", "All of it, with paper round it", checked=True),
                _option("fit", "fill", "Filled", "No paper, what sticks out is cut off"),
            ),
            rx.el.label(
                rx.el.input(type="checkbox", name="scan", value="yes"),
                rx.el.span(
                    rx.el.b("It is a scan or a photo of paper"),
                    rx.el.span("Set it straight and cut the empty margin away", class_name="q"),
                    class_name="col",
                ),
                class_name="opt",
            ),
            button("Bring it in", kind="go full", glyph="image-plus", type="submit"),
            method="post",
            action="/auth/panel",
            enc_type="multipart/form-data",
            on_submit=None,  # else Reflex would keep the browser from sending it
        ),
        id="bring-panel",
        class_name="drawer bring",
        custom_attrs={"popover": "auto", "role": "dialog", "aria-label": "Bring a picture in"},
    )


def _option(name: str, value: str, label: str, about: str, *, checked: bool = False) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="radio", name=name, value=value, default_checked=checked),
        rx.el.span(rx.el.b(label), rx.el.span(about, class_name="q"), class_name="col"),
        class_name="opt",
    )
