"""The cut as a table: one row is the form of all; the island fills it."""

from __future__ import annotations

import reflex as rx

from components.ui.icon import icon

_ACTS = (
    ("go", "Go there", "crosshair"),
    ("split", "Split at the playhead", "scissors"),
    ("earlier", "Move before the clip in front of it", "arrow-up"),
    ("later", "Move after the next clip", "arrow-down"),
    ("delete", "Delete and close the gap", "trash-2"),
)
_COLUMNS = ("Track", "Clip", "Start", "End", "Length", "Acts")


def clip_list() -> rx.Component:
    """Hidden until it is asked for; it has all that the lanes can do to one clip."""
    return rx.el.div(
        rx.el.div(
            rx.el.span(id="cut-list-count", class_name="num q", custom_attrs={"role": "status"}),
            rx.el.span("Type a timecode, or +12 and -12 for frames", class_name="q"),
            rx.el.span(class_name="grow"),
            _act("before", "The clips before these", "chevron-left"),
            _act("after", "The clips after these", "chevron-right"),
            class_name="row lhead",
        ),
        rx.el.table(
            rx.el.caption("Clips of this cut, track by track", class_name="sr-only"),
            rx.el.thead(rx.el.tr(*[rx.el.th(name, scope="col") for name in _COLUMNS])),
            rx.el.tbody(),
        ),
        rx.el.table(rx.el.tbody(_row()), id="cut-list-row", hidden=True),
        id="cut-list",
        class_name="clist",
        hidden=True,
        custom_attrs={"role": "region", "aria-label": "The cut as a list", "data-holds": ""},
    )


def _row() -> rx.Component:
    return rx.el.tr(
        rx.el.td(class_name="cut1", custom_attrs={"data-is": "track"}),
        rx.el.th(class_name="cut1", scope="row", custom_attrs={"data-is": "name"}),
        *[
            rx.el.td(
                rx.el.input(
                    name=name, type="text", class_name="in num", auto_complete="off", custom_attrs={"aria-label": name}
                )
            )
            for name in ("start", "end", "length")
        ],
        rx.el.td(*[_act(*act) for act in _ACTS], class_name="acts"),
    )


def _act(name: str, label: str, glyph: str) -> rx.Component:
    return rx.el.button(
        icon(glyph, "s14"),
        type="button",
        class_name="tb",
        custom_attrs={"data-list-act": name, "title": label, "aria-label": label},
    )
