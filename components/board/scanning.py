"""Drawn worksheets brought in: the sheet that takes scans and photos of them, and what came of every page."""

from __future__ import annotations

import reflex as rx

from components.ui.button import button, square
from components.ui.icon import icon
from components.ui.meter import meter
from state.board.board import BoardState
from state.board.scanning import Brought, ScanState, SheetLine
from state.live import LiveState
from state.project import ProjectState

_KINDS = "PDF, JPEG, PNG or WebP, up to 40 MB together"
_ACCEPTED = ".pdf,.jpg,.jpeg,.png,.webp,application/pdf,image/jpeg,image/png,image/webp"


def scan_button() -> rx.Component:
    """Opens the sheet."""
    return button(
        "Bring in drawn sheets",
        kind="full",
        glyph="scan",
        on_click=ScanState.show,
        custom_attrs={"popoverTarget": "scan-sheets"},
    )


def scan_sheets() -> rx.Component:
    """Files, where blank sheets begin, and the last ones brought in."""
    return rx.el.aside(
        rx.el.header(
            rx.el.h2("Drawn sheets"),
            square(
                "x", "Close", kind="flat", custom_attrs={"popoverTarget": "scan-sheets", "popoverTargetAction": "hide"}
            ),
        ),
        rx.el.div(rx.cond(ProjectState.may_edit, _form()), _scans(), class_name="list"),
        id="scan-sheets",
        class_name="drawer room printing bring",
        custom_attrs={"popover": "auto", "aria-label": "Drawn sheets"},
    )


def _form() -> rx.Component:
    """Sent as a plain form, answered with the board."""
    return rx.el.form(
        rx.el.p(
            "Print a worksheet, draw in its frames, then scan or photograph the whole page. Every drawing becomes the newest "
            "version of its shot; blank frames are passed over.",
            class_name="q say",
        ),
        rx.el.input(type="hidden", name="project", value=ProjectState.open_id, read_only=True),
        rx.el.input(type="hidden", name="script", value=ScanState.script_id, read_only=True),
        rx.el.label(
            icon("scan", "l"),
            rx.el.span(rx.el.b("Choose scans or photos"), rx.el.span(_KINDS, class_name="q"), class_name="col"),
            rx.el.input(type="file", name="file", accept=_ACCEPTED, multiple=True, required=True),
            class_name="pick",
        ),
        rx.cond(
            BoardState.shot.id != "",
            rx.el.label(
                rx.el.input(type="checkbox", name="first_shot", value=BoardState.shot.id),
                rx.el.span(
                    rx.el.b("Blank sheets begin with shot ", BoardState.shot.number),
                    rx.el.span("Their drawings go to this shot and those after it", class_name="q"),
                    class_name="col",
                ),
                class_name="opt",
            ),
        ),
        button("Bring them in", kind="go full", glyph="image-plus", type="submit"),
        method="post",
        action="/auth/scans",
        enc_type="multipart/form-data",
        on_submit=None,  # else Reflex would keep the browser from sending it
    )


def _scans() -> rx.Component:
    return rx.cond(
        ScanState.scans.length() > 0,
        rx.el.section(
            rx.el.h3("Last brought in", class_name="hd"),
            rx.foreach(ScanState.scans, _scan),
            class_name="prints",
            custom_attrs={"aria-live": "polite"},
        ),
    )


def _scan(item: Brought) -> rx.Component:
    at_work = (item.state == "running") | (item.state == "waiting")
    return rx.el.article(
        rx.el.div(
            rx.el.b(item.label, class_name="cut1", title=item.label),
            rx.el.span(item.told, class_name="q num cut1"),
            class_name="col grow",
        ),
        rx.cond(at_work, button("Cancel", kind="s", glyph="x", on_click=LiveState.cancel(item.id))),
        rx.cond(
            (item.state == "failed") & ProjectState.may_edit,
            button("Try again", kind="s", glyph="rotate-cw", on_click=LiveState.retry(item.id)),
        ),
        rx.cond(
            at_work,
            meter(item.percent, item.label),
        ),
        rx.cond(item.problem != "", rx.el.p(item.problem, class_name="problem")),
        rx.cond(item.pages.length() > 0, rx.el.ul(rx.foreach(item.pages, _page), class_name="came")),
        class_name="job " + item.state,
        key=item.id,
    )


def _page(line: SheetLine) -> rx.Component:
    return rx.el.li(rx.el.b(line.page, class_name="cut1", title=line.page), rx.el.span(line.told))
