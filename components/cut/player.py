"""The player of the Cut room: the picture, what plays it, and the meters."""

from __future__ import annotations

from typing import Any

import reflex as rx

from components.ui.button import button, square
from components.ui.icon import icon
from components.ui.keycaps import titled
from components.wrapped.cut_desk import may_edit
from components.wrapped.cut_player import cut_player
from components.wrapped.cut_previews import cut_previews
from state.cut.previews import PreviewsState
from state.cut.room import CutRoomState
from state.project import ProjectState

_QUALITIES = (("proxy", "Proxy 540p"), ("full", "Full"), ("exact", "Exact"))
_EDGES = (("out", "Out"), ("in", "In"), ("first", "First"), ("last", "Last"))
"""The pictures shown while a cut is moved; the last two stay as they are."""


def player_pane(title: rx.Component) -> rx.Component:
    """The picture with its head, which begins with what is played, and its transport."""
    return rx.el.section(
        _head(title),
        _view(),
        _transport(),
        cut_player(project=ProjectState.open_id),
        cut_previews(turn=PreviewsState.turn, on_begin=PreviewsState.begin),
        class_name="pane play",
        custom_attrs={"aria-label": "Player"},
    )


def meters() -> rx.Component:
    """How loud it is while it plays, left and right, with the last peak in dBFS."""
    return rx.el.div(
        rx.el.div(_bar("master-left"), _bar("master-right"), class_name="bars"),
        rx.el.span("−∞", id="cut-peak", class_name="num"),
        class_name="meters",
        custom_attrs={"role": "img", "aria-label": "Loudness of the cut, left and right"},
    )


def _bar(name: str) -> rx.Component:
    return rx.el.i(custom_attrs={"data-meter": name})


def _head(title: rx.Component) -> rx.Component:
    return rx.el.div(
        title,
        rx.el.span(id="cut-facts", class_name="q num"),
        rx.el.span(
            rx.el.span("Proxy", id="cut-sign", class_name="sign", custom_attrs={"title": "What is shown now"}),
            rx.el.span(class_name="sep"),
            _rendering(),
            rx.el.select(
                *[rx.el.option(words, value=name) for name, words in _QUALITIES],
                id="cut-quality",
                default_value="proxy",
                custom_attrs={"aria-label": "Picture while it plays"},
            ),
            rx.el.span(id="cut-scale", class_name="q num", custom_attrs={"title": "Size of the picture"}),
            _act("frame", "Safe areas", "safe", pressed=True),
            _act("maximize", "Full screen", "full"),
            class_name="end row",
        ),
        class_name="phead",
    )


def _rendering() -> rx.Component:
    """Opens what is said of the parts a browser cannot play truly; not there where it plays everything."""
    return rx.fragment(
        rx.el.button(
            icon("hourglass"),
            rx.el.span(rx.cond(PreviewsState.making, "Preview", "Render preview"), class_name="words"),
            rx.cond(PreviewsState.making, rx.el.span(f"{PreviewsState.percent} %", class_name="num")),
            type="button",
            id="cut-heavy",
            class_name=rx.cond(PreviewsState.making, "btn flat makes", "btn flat"),
            hidden=True,
            custom_attrs={
                "popoverTarget": "cut-previews",
                "title": "Render what a browser cannot play truly",
                "aria-label": "Render preview",
            },
        ),
        rx.el.div(
            rx.el.h2("Rendered preview"),
            rx.el.p(
                "A browser cannot play everything as the film will show it: some effects and blends, ramps of speed, many "
                "films at once. Those parts, marked over the ruler, are rendered small in the background and played from there."
            ),
            rx.el.p(id="cut-left", class_name="num left", custom_attrs={"role": "status"}),
            rx.cond(PreviewsState.refused != "", rx.el.p(PreviewsState.refused, class_name="refused")),
            rx.cond(may_edit, _begun()),
            id="cut-previews",
            class_name="sheet previews",
            custom_attrs={"popover": "auto", "role": "dialog", "aria-label": "Rendered preview"},
        ),
    )


def _begun() -> rx.Component:
    """Render or stop, and whether it begins by itself."""
    return rx.fragment(
        rx.cond(
            PreviewsState.making,
            rx.el.div(
                rx.el.progress(value=PreviewsState.percent, max=100, custom_attrs={"aria-label": "Rendered"}),
                button("Stop", glyph="x", on_click=PreviewsState.stop),
                class_name="row",
            ),
            button("Render preview", kind="go", glyph="hourglass", on_click=PreviewsState.begin(False)),
        ),
        rx.el.label(
            rx.el.input(type="checkbox", id="cut-idle", default_checked=True),
            "Begin by itself when I rest for a moment",
            class_name="tick",
        ),
    )


def _view() -> rx.Component:
    """The stage; the island sizes the frame and lays the clips into it."""
    return rx.el.div(
        rx.el.div(
            rx.el.div(id="cut-layers"),
            rx.el.img(id="cut-exact", alt="", custom_attrs={"draggable": "false"}),
            rx.el.div(
                *[rx.el.div(custom_attrs={"data-side": side, "data-said": said}) for side, said in _EDGES],
                id="cut-two",
                hidden=True,
            ),
            rx.el.i(class_name="safe-action"),
            rx.el.i(class_name="safe-title"),
            rx.el.p(id="cut-caption", hidden=True),
            id="cut-frame",
            hidden=True,
            custom_attrs={"data-shown": "near"},
        ),
        rx.el.p(id="cut-said", hidden=True, custom_attrs={"role": "status"}),
        rx.cond((CutRoomState.cut != "") & (CutRoomState.facts.frames == 0) & may_edit, _first_step()),
        id="cut-view",
        class_name="view",
    )


def _first_step() -> rx.Component:
    """What to do first in an empty cut, where its picture will be."""
    return rx.el.div(
        rx.el.b("Drag a file onto the timeline"),
        rx.el.p(
            "Its picture comes on one track, its sound on another. Double-click a file to choose a part of it first."
        ),
        class_name="first-step",
    )


def _transport() -> rx.Component:
    return rx.el.div(
        _time(),
        _playing(),
        _around(),
        class_name="trans",
        custom_attrs={"role": "toolbar", "aria-label": "Playing"},
    )


def _time() -> rx.Component:
    """The playhead's timecode, which can be typed, and how fast it plays when that is not as it is."""
    return rx.el.div(
        rx.el.input(
            id="cut-timecode",
            default_value="00:00:00:00",
            class_name="tcode num",
            max_length=16,
            custom_attrs={
                "aria-label": "Playhead: type a timecode, or +12 for frames",
                "title": "Type a timecode, 4407 for 44:07, or +12",
                "inputmode": "numeric",
                "autocomplete": "off",
                "spellcheck": "false",
            },
        ),
        rx.el.b(id="cut-speed", class_name="num speed"),
        class_name="row",
    )


def _playing() -> rx.Component:
    toggle: dict[str, Any] = {"data-play": "toggle", "aria-label": "Play", "aria-pressed": "false"}
    toggle |= {"title": titled("Play or stop", "cut.toggle")}
    return rx.el.div(
        _act("skip-back", "Previous cut", "prev-cut"),
        _act("step-back", "One frame back", "frame-back"),
        rx.el.button(icon("play"), icon("pause"), type="button", class_name="btn sq light playb", custom_attrs=toggle),
        _act("step-forward", "One frame on", "frame-on"),
        _act("skip-forward", "Next cut", "next-cut"),
        class_name="row mid",
    )


def _around() -> rx.Component:
    """In and out, going round, volume, and how long it is."""
    return rx.el.div(
        _act("arrow-left-to-line", "Mark in", "mark-in"),
        _act("arrow-right-to-line", "Mark out", "mark-out"),
        _act("repeat", "Go round between in and out", "loop", pressed=True),
        rx.el.span(
            _act("volume-2", "Sound off", "mute", pressed=True),
            rx.el.input(
                id="cut-volume",
                type="range",
                min=0,
                max=1,
                step=0.05,
                default_value="1",
                custom_attrs={"aria-label": "Volume of the player"},
            ),
            class_name="vol",
        ),
        rx.el.span("00:00:00:00", id="cut-length", class_name="num q", custom_attrs={"title": "Length"}),
        class_name="row rt",
    )


def _act(glyph: str, label: str, act: str, *, pressed: bool = False) -> rx.Component:
    attrs: dict[str, Any] = {"data-play": act, "title": titled(label, f"cut.{act}")}
    attrs |= {"aria-pressed": "false"} if pressed else {}
    return square(glyph, label, kind="flat", custom_attrs=attrs)
