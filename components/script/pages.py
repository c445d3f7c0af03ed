"""The printed pages: Courier, the margins of the trade, and each panel at the line it begins with."""

from __future__ import annotations

import reflex as rx

from components.ui.button import button
from components.ui.link import link
from state.project import ProjectState
from state.script.printed import Line, Sheet
from state.script.script import ScriptState

_NEAR_THE_END = rx.Var(
    """(e) => {
  const pages = e.currentTarget, more = document.getElementById("script-later");
  if (!more || pages.scrollHeight - pages.scrollTop - pages.clientHeight > 500 || more.dataset.asked === more.dataset.from) return;
  more.dataset.asked = more.dataset.from;
  more.click();
}"""
)


def pages() -> rx.Component:
    """The sheets on view; scrolling on brings the next ones."""
    turn = ScriptState.turn
    return rx.el.div(
        rx.cond(
            turn.earlier != "",
            rx.el.div(button(turn.earlier, glyph="arrow-up", on_click=ScriptState.earlier), class_name="turn"),
        ),
        rx.foreach(ScriptState.sheets, _sheet),
        rx.cond(
            turn.later != "",
            rx.el.div(
                button(
                    turn.later,
                    glyph="arrow-down",
                    on_click=ScriptState.later,
                    id="script-later",
                    custom_attrs={"data-from": turn.later},
                ),
                class_name="turn",
            ),
            rx.el.p("THE END", class_name="over"),
        ),
        class_name="pg",
        key=ScriptState.jumped.to_string(),
        custom_attrs={"onScroll": _NEAR_THE_END, "tabIndex": 0, "role": "region", "aria-label": "Pages"},
    )


def page_skeleton() -> rx.Component:
    """A sheet of the final size until the words are here."""
    return rx.el.div(
        rx.el.div(*[rx.el.div(class_name="sk") for _ in range(9)], class_name="sheetp"),
        class_name="pg",
        custom_attrs={"aria-busy": "true"},
    )


def _sheet(sheet: Sheet) -> rx.Component:
    return rx.el.article(
        rx.el.span(sheet.page, class_name="pn", custom_attrs={"aria-label": "Page " + sheet.page}),
        rx.foreach(sheet.lines, _line),
        class_name="sheetp",
        key=sheet.id,
    )


def _line(line: Line) -> rx.Component:
    return rx.match(
        line.kind,
        (
            "heading",
            rx.el.h2(
                rx.el.i(line.number),
                line.text,
                rx.el.i(line.number, class_name="r", custom_attrs={"aria-hidden": "true"}),
                _mark(line),
                class_name="ln heading",
                key=line.id,
            ),
        ),
        rx.el.div(rx.el.p(line.text), _mark(line), class_name="ln " + line.kind, key=line.id),
    )


def _mark(line: Line) -> rx.Component:
    mark = line.mark
    return rx.cond(
        mark.id != "",
        link(
            rx.cond(
                mark.picture != "",
                rx.el.span(rx.el.img(src=mark.picture, alt=mark.alt, loading="lazy"), class_name="pic"),
                rx.el.span(class_name="pic todo"),
            ),
            rx.el.b(mark.label, class_name="slate"),
            href="/p/" + ProjectState.open_id + "/board?shot=" + mark.id,
            class_name="mk2",
            custom_attrs={"aria-label": "Panel " + mark.label + " on the board"},
        ),
    )
