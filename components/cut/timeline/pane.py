"""The lower pane of the Cut room: tools, headers, ruler, lanes and the whole film. The island draws the cut in it."""

from __future__ import annotations

import json

import reflex as rx

from components.cut.timeline.listed import clip_list
from components.cut.timeline.menus import joins_button, menus
from components.ui.icon import icon
from components.ui.keycaps import cap, titled
from components.wrapped.cut_desk import may_edit
from components.wrapped.cut_timeline import cut_timeline
from state.cut.bin import SourceState
from state.cut.inspector.shown import MOVING
from state.project import ProjectState

_TOOLS = (
    ("select", "Select and move", "mouse-pointer-2"),
    ("trim", "Trim: what follows keeps touching; on a cut, roll it", "unfold-horizontal"),
    ("razor", "Cut where you click", "scissors"),
    ("slip", "Slip: another part of the file in the same place", "arrow-left-right"),
    ("slide", "Slide between its neighbours", "move-horizontal"),
    ("stretch", "Stretch: slower or faster", "timer"),
)
_TRACKS = (
    ("video", "Picture", "film"),
    ("text", "Titles", "type"),
    ("effect", "Effects", "sparkles"),
    ("audio", "Sound", "audio-lines"),
    ("captions", "Captions", "captions"),
)


def timeline_pane(*more: rx.Component, beside: rx.Component | None = None) -> rx.Component:
    """The pane; `more` stands in its bar, `beside` (the meters) at its right."""
    return rx.el.section(
        rx.el.i(
            id="cut-divide", class_name="divide", custom_attrs={"title": "Drag: more or less room for the timeline"}
        ),
        _bar(*more),
        rx.el.div(
            rx.el.div(_corner(), _above(), _heads(), _lanes(), id="cut-scroll", class_name="tscroll"),
            rx.el.div(
                rx.el.i(id="cut-guide", class_name="guide"),
                rx.el.div(rx.el.b(class_name="num"), id="cut-ph", class_name="phd"),
                class_name="tover",
            ),
            clip_list(),
            beside,
            id="cut-tl",
            class_name="tg" if beside is None else "tg metered",
        ),
        _whole(),
        menus(),
        cut_timeline(project=ProjectState.open_id, on_source=SourceState.open_at),
        class_name="pane tl",
        custom_attrs={"aria-label": "Timeline"},
    )


def _bar(*more: rx.Component) -> rx.Component:
    return rx.el.div(
        rx.cond(may_edit, _editing()),
        *more,
        rx.el.span(class_name="grow"),
        _switch("list", "List", "list", "The cut as a table"),
        _act("wider", "Wider", "zoom-out", bare=True),
        rx.el.input(
            id="cut-zoom",
            type="range",
            min="0",
            max="100",
            step="1",
            default_value="0",
            custom_attrs={"aria-label": "How close"},
        ),
        _act("closer", "Closer", "zoom-in", bare=True),
        _act("fit", "Fit", ""),
        class_name="tbar",
    )


def _editing() -> rx.Component:
    """What those who only watch have no use for."""
    return rx.fragment(
        rx.el.span(
            *[_tool(*each) for each in _TOOLS],
            class_name="seg tools",
            custom_attrs={"role": "group", "aria-label": "Tools"},
        ),
        _switch("snap", "Snap", "magnet", "Edges, playhead and markers attract"),
        _switch("linked", "Linked", "link", "Picture and its sound go together; Alt takes one alone"),
        _act("split", "Split at the playhead", "square-split-horizontal", bare=True),
        _act("marker", "Marker", "bookmark"),
        joins_button(),
        _act("link", "Link or unlink what is chosen", "link-2", bare=True),
        _more_tracks(),
    )


def _tool(name: str, label: str, glyph: str) -> rx.Component:
    pressed = "true" if name == "select" else "false"
    return rx.el.button(
        icon(glyph),
        type="button",
        custom_attrs={
            "data-cut": name,
            "aria-label": label,
            "title": titled(label, f"cut.{name}"),
            "aria-pressed": pressed,
        },
    )


def _switch(name: str, label: str, glyph: str, title: str) -> rx.Component:
    worded = name == "snap"
    return rx.el.button(
        icon(glyph),
        label if worded else None,
        cap(f"cut.{name}") if worded else None,
        type="button",
        class_name="btn turn" if worded else "btn turn sq",
        custom_attrs={
            "data-cut": name,
            "title": titled(title if worded else f"{label}: {title}", f"cut.{name}"),
            "aria-label": label,
            "aria-pressed": "false" if name == "list" else "true",
        },
    )


def _act(name: str, label: str, glyph: str, *, bare: bool = False) -> rx.Component:
    return rx.el.button(
        icon(glyph) if glyph else None,
        None if bare else label,
        None if bare else cap(f"cut.{name}"),
        type="button",
        class_name="btn flat sq" if bare else "btn flat",
        custom_attrs={
            "data-cut": name,
            "title": titled(label, f"cut.{name}"),
            **({"aria-label": label} if bare else {}),
        },
    )


def _more_tracks() -> rx.Component:
    return rx.fragment(
        rx.el.button(
            icon("plus"),
            "Track",
            type="button",
            class_name="btn flat",
            custom_attrs={"popoverTarget": "cut-tracks-new", "title": "Add a track"},
        ),
        rx.el.div(
            rx.el.h2("A new track"),
            *[
                rx.el.button(
                    icon(glyph),
                    label,
                    type="button",
                    class_name="btn full",
                    custom_attrs={
                        "data-cut": f"track-{kind}",
                        "data-stop": "",
                        "popoverTarget": "cut-tracks-new",
                        "popoverTargetAction": "hide",
                    },
                )
                for kind, label, glyph in _TRACKS
            ],
            id="cut-tracks-new",
            class_name="sheet cuts",
            custom_attrs={"popover": "auto", "role": "dialog", "aria-label": "A new track", "data-list": ""},
        ),
    )


def _corner() -> rx.Component:
    return rx.el.div(rx.el.span(id="cut-tracks", class_name="num"), class_name="hrul")


def _above() -> rx.Component:
    """Ruler, and the row of scenes and markers; they stay while the tracks are scrolled."""
    return rx.el.div(
        rx.el.div(
            rx.el.u(id="cut-io", class_name="io"), id="cut-ruler", class_name="ruler", custom_attrs={"data-ruler": ""}
        ),
        rx.el.div(id="cut-made", class_name="madeline", custom_attrs={"role": "img", "title": "Rendered preview"}),
        rx.el.div(
            id="cut-scenes", class_name="scn", custom_attrs={"role": "group", "aria-label": "Scenes and markers"}
        ),
        class_name="rulers",
    )


def _heads() -> rx.Component:
    """Headers of tracks, made like the one that is hidden."""
    return rx.el.div(
        rx.el.div(id="cut-heads"),
        rx.el.div(
            rx.el.div(
                rx.el.u(),
                rx.el.b(),
                rx.el.span(class_name="name cut1"),
                _toggle("remove", "Remove this track", icon("x", "s14")),
                _toggle("muted", "Hide or mute", rx.fragment(icon("eye", "s14"), rx.el.em("M"))),
                _toggle("solo", "Solo", rx.el.em("S")),
                _toggle("locked", "Lock", icon("lock", "s14")),
                rx.el.i(class_name="edge"),
                rx.el.div(class_name="kn"),
                class_name="thd",
            ),
            id="cut-head",
            hidden=True,
            custom_attrs={"data-words": json.dumps(MOVING)},
        ),
        class_name="heads",
    )


def _toggle(name: str, label: str, inside: rx.Component) -> rx.Component:
    return rx.el.button(
        inside,
        type="button",
        class_name=f"tb {name}",
        custom_attrs={"data-head": name, "title": label, "aria-label": label},
    )


def _lanes() -> rx.Component:
    return rx.el.div(
        rx.el.div(id="cut-layer", class_name="layer"),
        rx.el.i(id="cut-lasso", class_name="lasso"),
        rx.el.p("Drag film, pictures and sound from the bin onto a track", class_name="hint"),
        id="cut-lanes",
        class_name="lanes",
    )


def _whole() -> rx.Component:
    return rx.el.div(
        rx.el.span("Whole film", class_name="hd q"),
        rx.el.div(
            rx.el.canvas(),
            rx.el.u(),
            rx.el.b(),
            id="cut-over",
            class_name="ov",
            custom_attrs={"title": "Drag to go elsewhere"},
        ),
        class_name="over",
    )
