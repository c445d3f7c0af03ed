"""The history of a cut: a slider over all its revisions, acts by the hour, versions with names, and what differs between two."""

from __future__ import annotations

import reflex as rx

from components.ui.button import button, square
from components.ui.history import act_told, drawer_head
from components.ui.history import history_button as opens
from components.ui.icon import icon
from components.wrapped.cut_desk import may_edit
from components.wrapped.cut_past import cut_past
from state.cut.past.comparing import CutCompareState, Difference
from state.cut.past.history import CutHistoryState, Line, Version
from state.cut.room import CutRoomState


def history_button() -> rx.Component:
    """Opens the sheet."""
    return opens("cut-history", "History and versions of this cut", on_click=CutHistoryState.show, act="cut.history")


def history_sheet() -> rx.Component:
    """A native popover at the right, which stays while one looks at the timeline; and a bar that says when it is the past."""
    return rx.fragment(
        cut_past(cut=CutRoomState.cut, at=CutHistoryState.at, on_seen=CutHistoryState.see),
        rx.cond(CutHistoryState.at > 0, _on_view()),
        rx.el.aside(
            drawer_head("History", "cut-history"),
            rx.el.div(
                rx.cond(CutHistoryState.latest > 1, _slider()),
                _versions(),
                _comparison(),
                _acts(),
                class_name="list",
            ),
            id="cut-history",
            class_name="drawer room cut-history",
            custom_attrs={"popover": "manual", "aria-label": "History of this cut"},
        ),
    )


def _on_view() -> rx.Component:
    """Over the room while it shows how the cut was."""
    return rx.el.div(
        icon("history"),
        rx.el.span(rx.el.b("As it was"), " · ", CutHistoryState.told, class_name="grow cut1"),
        rx.cond(may_edit, button("Put back", kind="go", glyph="rotate-ccw", on_click=CutHistoryState.put_back)),
        button("Back to now", kind="light", on_click=CutHistoryState.see(0)),
        class_name="cut-was",
        role="status",
    )


def _slider() -> rx.Component:
    return rx.el.label(
        rx.el.span("The cut from its beginning to now", class_name="q"),
        rx.el.input(
            type="range",
            id="cut-past",
            min=1,
            max=CutHistoryState.latest,
            default_value=rx.cond(CutHistoryState.at > 0, CutHistoryState.at, CutHistoryState.latest).to_string(),
            key=CutHistoryState.at.to_string() + "/" + CutHistoryState.latest.to_string(),
            custom_attrs={"aria-valuetext": rx.cond(CutHistoryState.at > 0, CutHistoryState.told, "Now")},
        ),
        class_name="whole",
    )


def _versions() -> rx.Component:
    return rx.el.section(
        rx.el.h3("Versions"),
        rx.cond(
            may_edit,
            rx.el.form(
                rx.el.input(
                    name="name",
                    placeholder="Name of how it is now",
                    required=True,
                    max_length=200,
                    class_name="in t grow",
                    custom_attrs={"aria-label": "Name of a new version", "autoComplete": "off"},
                ),
                button("Keep", type="submit", glyph="bookmark"),
                class_name="row",
                on_submit=CutHistoryState.keep,
                reset_on_submit=True,
            ),
        ),
        rx.el.ul(rx.foreach(CutHistoryState.versions, _version), class_name="past"),
    )


def _version(version: Version) -> rx.Component:
    return rx.el.li(
        icon("bookmark"),
        rx.el.span(rx.el.b(version.name), rx.el.span(version.told, class_name="q"), class_name="col grow"),
        _see(version.revision, version.name),
        rx.cond(
            may_edit,
            square(
                "copy",
                "Open a copy of " + version.name,
                kind="flat",
                on_click=CutHistoryState.open_copy(version.revision),
            ),
        ),
        key=version.id,
    )


def _comparison() -> rx.Component:
    return rx.el.section(
        rx.el.h3("What is different"),
        rx.el.form(
            _choice("first", "From", "1"),
            _choice("second", "To", "0"),
            button("Compare", type="submit", glyph="git-compare"),
            class_name="row wrap",
            on_submit=CutCompareState.compare,
        ),
        rx.cond(
            CutCompareState.summary != "",
            rx.el.div(
                rx.el.div(
                    rx.el.b(CutCompareState.summary, class_name="grow num"),
                    square("x", "Close the comparison", kind="flat", on_click=CutCompareState.close),
                    class_name="row",
                    role="status",
                ),
                rx.el.ul(rx.foreach(CutCompareState.differences, _difference), class_name="past"),
            ),
        ),
    )


def _choice(name: str, label: str, chosen: str) -> rx.Component:
    return rx.el.select(
        rx.el.option("Now", value="0"),
        rx.cond(CutHistoryState.at > 0, rx.el.option("What is on view", value=CutHistoryState.at.to_string())),
        rx.foreach(CutHistoryState.versions, _option),
        rx.el.option("As it was begun", value="1"),
        name=name,
        default_value=chosen,
        class_name="in t grow",
        custom_attrs={"aria-label": label},
    )


def _option(version: Version) -> rx.Component:
    return rx.el.option(version.name, value=version.revision.to_string())


def _difference(each: Difference) -> rx.Component:
    return rx.el.li(
        rx.cond(
            each.picture != "",
            rx.el.img(src=each.picture, alt="", class_name="thumb", loading="lazy"),
            rx.el.span(class_name="thumb none"),
        ),
        rx.el.span(rx.el.b(each.name), rx.el.span(each.told, class_name="q num"), class_name="col grow"),
        class_name=each.became,
        key=each.clip,
    )


def _acts() -> rx.Component:
    return rx.el.section(
        rx.el.h3("Acts"),
        rx.cond(
            CutHistoryState.lines.length() > 0,
            rx.el.ol(rx.foreach(CutHistoryState.lines, _line), class_name="past"),
            rx.cond(
                CutHistoryState.loaded, rx.el.p("Nothing has been changed yet. What is done in this cut is kept here.")
            ),
        ),
        rx.cond(CutHistoryState.more, button("Older", kind="flat full", on_click=CutHistoryState.older)),
    )


def _line(line: Line) -> rx.Component:
    return rx.fragment(
        rx.cond(line.hour != "", rx.el.li(line.hour, class_name="hour num")),
        rx.el.li(
            act_told(line),
            rx.cond(line.mine & may_edit, button("Undo", kind="s", on_click=CutHistoryState.undo(line.revision))),
            _see(line.revision, line.told),
            class_name=rx.cond(line.off, "off", rx.cond(line.revision == CutHistoryState.at, "on", "")),
        ),
        key=line.revision.to_string(),
    )


def _see(revision: rx.Var[int] | int, told: rx.Var[str] | str) -> rx.Component:
    """Shows the cut as it was then; the island hears it."""
    return square("eye", "See the cut as it was: " + told, kind="flat", custom_attrs={"data-past": revision})
