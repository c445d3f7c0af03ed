"""The breakdown room: its three views as tabs, the way out to paper, and what it says while there is nothing to show."""

from __future__ import annotations

import reflex as rx

from components.board.scenes import scene_skeletons
from components.breakdown.cast import cast_chart
from components.breakdown.sheet import scene_column, sheet_page
from components.breakdown.strips import strip_board
from components.ui.button import button
from components.ui.icon import icon
from components.ui.link import link
from state.breakdown.breakdown import BreakdownState
from state.project import ProjectState

_TABS = (("sheet", "Sheet", "clipboard-list"), ("strips", "Strips", "rows-3"), ("cast", "Cast by scene", "table-2"))
_FILES = (
    ("pdf", "PDF", "Sheets and strips, to print", "file-text"),
    ("xlsx", "Excel", "Sheets, strips, cast by scene", "sheet"),
    ("csv", "CSV", "One row an element", "file-spreadsheet"),
)

# Arrow keys turn to the scene before and after; in a field they move the cursor. The room takes the focus when it opens.
_KEYS = rx.Var(
    """(e) => {
  if (e.altKey || e.ctrlKey || e.metaKey || /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName)) return;
  const to = { ArrowLeft: "scene-before", ArrowRight: "scene-after" }[e.key];
  const link = to && document.getElementById(to);
  if (link) { e.preventDefault(); link.click(); }
}"""
)
_TAKE_FOCUS = rx.Var(
    "(room) => { if (room && document.activeElement === document.body) room.focus({ preventScroll: true }); }"
)


def breakdown_room() -> rx.Component:
    """Skeletons, an empty state that teaches, or the breakdown."""
    return rx.cond(
        BreakdownState.loaded,
        rx.cond(BreakdownState.missing, _no_script(), rx.cond(BreakdownState.empty, _not_yet(), _breakdown())),
        _waiting(),
    )


def _breakdown() -> rx.Component:
    return rx.el.div(
        _head(),
        rx.match(
            BreakdownState.view,
            ("strips", strip_board()),
            ("cast", cast_chart()),
            rx.el.div(scene_column(), sheet_page(), class_name="two"),
        ),
        class_name="bkd",
        custom_attrs={"onKeyDown": _KEYS, "tabIndex": -1, "ref": _TAKE_FOCUS},
    )


def _head() -> rx.Component:
    return rx.el.header(
        rx.el.h1(BreakdownState.title, class_name="hd14 cut1 sr-phone"),
        rx.el.span(BreakdownState.facts, class_name="q num cut1 wide-only"),
        rx.el.nav(
            *[_tab(name, label, glyph) for name, label, glyph in _TABS],
            class_name="seg",
            custom_attrs={"aria-label": "Views of the breakdown"},
        ),
        rx.el.span(class_name="grow"),
        rx.cond(
            ProjectState.may_edit,
            rx.el.button(
                icon("wand-sparkles"),
                rx.el.span("Suggest from the script", class_name="wide-only"),
                type="button",
                on_click=BreakdownState.suggest,
                class_name="btn",
                custom_attrs={
                    "aria-label": "Suggest from the script",
                    "title": "Read the script again for what is new. What you kept or removed stays so.",
                },
            ),
        ),
        rx.el.button(
            icon("download"),
            rx.el.span("Export", class_name="wide-only"),
            icon("chevron-down", "s14"),
            type="button",
            class_name="btn",
            custom_attrs={"popoverTarget": "breakdown-files", "aria-label": "Export the breakdown"},
        ),
        rx.el.div(
            *[_file(*entry) for entry in _FILES],
            id="breakdown-files",
            class_name="files",
            custom_attrs={"popover": "auto", "data-list": ""},
        ),
        class_name="phead dh",
    )


def _tab(name: str, label: str, glyph: str) -> rx.Component:
    on = BreakdownState.view == name
    return link(
        icon(glyph),
        rx.el.span(label, class_name="wide-only"),
        rx.el.span(label.partition(" ")[0], class_name="phone-only"),
        href=_address(name),
        class_name=rx.cond(on, "on", ""),
        custom_attrs={"aria-current": rx.cond(on, "page", "false")},
    )


def _address(view: str) -> rx.Var[str]:
    return "/p/" + ProjectState.open_id + f"/breakdown?view={view}&scene=" + BreakdownState.sheet.number


def _file(suffix: str, label: str, about: str, glyph: str) -> rx.Component:
    return rx.el.a(
        icon(glyph, "s20"),
        rx.el.span(rx.el.b(label), rx.el.span(about, class_name="q"), class_name="col"),
        href=BreakdownState.files + suffix,
        custom_attrs={"download": "", "reloadDocument": True, "data-stop": ""},
    )


def _waiting() -> rx.Component:
    return rx.el.div(
        rx.el.header(class_name="phead dh"),
        rx.el.div(
            rx.el.section(scene_skeletons(), class_name="pane list"),
            rx.el.section(rx.el.div(rx.el.div(class_name="sk"), class_name="form"), class_name="desk"),
            class_name="two",
        ),
        class_name="bkd",
        custom_attrs={"aria-busy": "true"},
    )


def _not_yet() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.p("1   EXT. HARBOUR PIER - DUSK   5/8", class_name="scr-line"),
            rx.el.h1("What does it take?"),
            rx.el.p(
                "A breakdown lists what every scene needs: people, props, cars, rain. Inkreel reads the script and "
                "suggests; you keep what is right, remove what is not, and add what only you know. "
                "Then print the sheets or take them to your scheduler."
            ),
            rx.cond(
                ProjectState.may_edit,
                button("Break down the script", kind="go", glyph="wand-sparkles", on_click=BreakdownState.suggest),
                rx.el.p("Nobody has broken this script down yet. An editor of the project can.", class_name="q"),
            ),
            class_name="teach",
        ),
        rx.el.div(
            *[
                rx.el.div(
                    rx.el.b(number, class_name="slate"),
                    rx.el.span(rx.el.b(name), rx.el.span(about), class_name="col grow"),
                    rx.el.span(pages, class_name="num"),
                    class_name="strip " + colour,
                )
                for number, name, about, pages, colour in (
                    ("1", "EXT. HARBOUR PIER", "Ferry, rope, long blue coat", "5/8", "yellow"),
                    ("2", "INT. HARBOUR CAFE", "Tea, old letter, rain on the window", "6/8", "blue"),
                    ("3", "EXT. HARBOUR PIER", "Boat, lamp, dark water", "3/8", "green"),
                )
            ],
            class_name="sample",
            custom_attrs={"aria-hidden": "true"},
        ),
        class_name="bkd nothing",
    )


def _no_script() -> rx.Component:
    return rx.el.div(
        rx.el.p("INT. BLANK PAGE - NIGHT", class_name="scr-line"),
        rx.el.h1("No words yet"),
        rx.el.p("A breakdown begins with a screenplay. Bring one in, or write a page: plain text is enough."),
        link("Bring in a script", href="/projects", class_name="btn go"),
        class_name="teach",
    )
