"""The foot of the cut: take it to another program, and read what that cannot hold."""

from __future__ import annotations

import reflex as rx

from components.ui.icon import icon
from state.renders.export import CutExportState, Lost

_FORMATS = (
    ("otio", "OpenTimelineIO (.otio)"),
    ("fcpxml", "Final Cut Pro, Resolve (.fcpxml)"),
    ("fcp7", "Premiere, Resolve (.xml)"),
    ("edl", "EDL, CMX3600 (.edl)"),
    ("srt", "Captions, SubRip (.srt)"),
    ("vtt", "Captions, WebVTT (.vtt)"),
    ("ass", "Captions, SubStation (.ass)"),
)


def cut_export() -> rx.Component:
    """A format, its file, its losses."""
    return rx.el.div(
        rx.el.label(
            rx.el.span("Take the cut to", class_name="q"),
            rx.el.select(
                rx.el.option("another program", value=""),
                *[rx.el.option(label, value=form) for form, label in _FORMATS],
                value=CutExportState.form,
                on_change=CutExportState.choose,
                id="cut-export",
            ),
        ),
        rx.cond(
            CutExportState.address != "",
            rx.el.a(
                icon("download"),
                "Download",
                href=CutExportState.address,
                class_name="btn end",
                id="cut-file",
                custom_attrs={"download": "", "reloadDocument": True},
            ),
        ),
        rx.cond(CutExportState.address != "", _losses()),
        class_name="tools2 taking",
    )


def _losses() -> rx.Component:
    return rx.cond(
        CutExportState.losses.length() > 0,
        rx.el.div(
            rx.el.p("Not in this file:", class_name="q"),
            rx.el.ul(rx.foreach(CutExportState.losses, _loss)),
            rx.cond(
                CutExportState.more > 0,
                rx.el.p("and ", CutExportState.more.to_string(), " other things", class_name="q"),
            ),
            class_name="unkept",
            id="cut-losses",
        ),
        rx.el.p("Everything in the cut is in this file.", class_name="q", id="cut-losses"),
    )


def _loss(loss: Lost) -> rx.Component:
    return rx.el.li(rx.el.b(loss.what), rx.el.span(loss.where, class_name="q"))
