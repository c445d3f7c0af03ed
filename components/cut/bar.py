"""The bar under the timeline: what is wrong before the film is made, each a press away, and the film."""

from __future__ import annotations

import reflex as rx
from reflex.vars.function import FunctionStringVar

from components.ui.button import link_button
from components.ui.icon import icon
from components.wrapped.cut_desk import marked_range
from state.cut.checks import Check, ChecksState
from state.cut.room import CutRoomState

_WHEN = FunctionStringVar.create(
    """((said) => {
  const at = new Date(said), today = at.toDateString() === new Date().toDateString();
  return today ? at.toTimeString().slice(0, 8) : at.toLocaleDateString("en", { day: "numeric", month: "short" });
})"""
)
"""A moment by the clock on the wall of whoever looks; before today, the day."""


def cut_bar() -> rx.Component:
    """A press on a finding puts the playhead there (the desk hears `data-seek`)."""
    return rx.el.section(
        rx.el.h2("Before the film", class_name="hd"),
        rx.el.div(
            rx.cond(
                ChecksState.found.length() > 0,
                rx.foreach(ChecksState.found, _found),
                rx.el.span(
                    icon("check", "s14"),
                    "Every file is here, nothing is empty, every word can be read",
                    class_name="d ok",
                ),
            ),
            class_name="ds grow",
            tab_index=0,  # what does not fit is scrolled to, by keys as well
            role="group",
            custom_attrs={"aria-label": "What was found"},
        ),
        rx.cond(
            CutRoomState.saved != "",
            rx.el.span(
                icon("check", "s14"), "Saved ", _WHEN.call(CutRoomState.saved), class_name="num q kept", id="cut-saved"
            ),
        ),
        rx.el.b(id="cut-unsaved", class_name="kept", hidden=True, role="status"),
        link_button(
            "Render",
            rx.cond(ChecksState.render != "", ChecksState.render + marked_range, ""),
            kind="go",
            glyph="film",
            id="cut-render",
            custom_attrs={"data-hit": "cut.render"},
        ),
        class_name="pass",
        custom_attrs={"aria-label": "Before the film"},
    )


def _found(check: Check) -> rx.Component:
    return rx.el.button(
        icon("triangle-alert", "s14"),
        check.told,
        rx.cond(check.times > 1, rx.el.b("× " + check.times.to_string(), class_name="num")),
        type="button",
        class_name=rx.cond(check.grave, "d bad", "d warn"),
        custom_attrs={"data-seek": check.frame.to(str), "title": "Go there"},
    )
