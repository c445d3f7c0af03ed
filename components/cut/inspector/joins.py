"""Transitions at the ends of what is chosen, and the cut itself while nothing is."""

from __future__ import annotations

import reflex as rx

from components.cut.inspector.fields import bare_dial, fixed
from components.ui.field import ENTER_LEAVES, choice
from components.ui.icon import icon
from components.wrapped.cut_desk import FIRST, VALUE, asks, turn
from state.cut.inspector import InspectorState
from state.cut.inspector.joins import JOINS, SIZES, JoinState
from state.cut.inspector.shown import Seam


def seams() -> rx.Component:
    """The cuts at both ends of one clip, or between neighbours."""
    return rx.cond(
        InspectorState.seams.length() > 0,
        rx.el.section(
            rx.el.h3("Transition", class_name="hd"), rx.foreach(InspectorState.seams, _seam), class_name="grp"
        ),
    )


def whole_cut() -> rx.Component:
    """Size, rate, length and background of the cut."""
    whole = JoinState.whole
    return rx.fragment(
        rx.el.div(rx.el.h2("This cut", class_name="slate"), class_name="ihead"),
        rx.el.div(
            _said("Length", whole.lasts), _said("Rate", whole.rate), _said("Clips", whole.clips), class_name="two"
        ),
        rx.el.div(
            rx.el.section(
                rx.el.h3("Picture", class_name="hd"),
                rx.el.label(
                    rx.el.span("Size"),
                    rx.el.select(
                        rx.cond(whole.odd_size != "", rx.el.option(whole.odd_size, value=whole.size)),
                        *[rx.el.option(words, value=code) for code, words in SIZES.items()],
                        default_value=whole.size,
                        key=whole.size + turn.to_string(),
                        on_change=asks("set_size", size=VALUE),
                        disabled=fixed,
                        id="cut-size",
                    ),
                    class_name="f3 choice",
                ),
                rx.el.label(
                    rx.el.span("Behind it all"),
                    rx.el.input(
                        type="color",
                        value=whole.background[:7],
                        on_change=asks(
                            "set_timeline", when="rested", label="background of the cut", fields={"background": VALUE}
                        ),
                        disabled=fixed,
                        id="cut-background",
                    ),
                    class_name="f3 hue",
                ),
                class_name="grp",
            ),
            _timecode(),
            rx.el.p(
                icon("mouse-pointer-click", "s14"),
                "Choose a clip to see what can be set on it. With Shift or a lasso you choose several.",
                class_name="hint",
            ),
            class_name="ib",
        ),
    )


def _timecode() -> rx.Component:
    whole = JoinState.whole
    return rx.el.section(
        rx.el.h3("Timecode", class_name="hd"),
        rx.el.label(
            rx.el.span("Begins at"),
            rx.el.input(
                default_value=whole.begins,
                on_blur=asks("begin_at", when="other", timecode=VALUE),
                read_only=fixed,
                key=whole.begins + turn.to_string(),
                id="cut-begins",
                class_name="in num wide",
                custom_attrs={"maxLength": 14, "onKeyDown": ENTER_LEAVES},
            ),
            class_name="f3",
        ),
        rx.cond(
            whole.drop != "",
            choice(
                "Drop-frame",
                whole.drop,
                {"off": "Off", "on": "On"},
                asks("set_timeline", label="drop of the cut", fields={"drop_frame": VALUE == "on"}),
                fixed=fixed,
                kind="f3 choice",
            ),
        ),
        class_name="grp",
    )


def _seam(seam: Seam) -> rx.Component:
    there = seam.id != ""
    return rx.el.div(
        rx.el.label(
            rx.el.span(seam.where, class_name="cut1"),
            rx.el.select(
                *[rx.el.option(words, value=code) for code, words in JOINS.items()],
                default_value=seam.kind,
                key=seam.kind + turn.to_string(),
                on_change=asks("choose_transition", track=seam.track, at=seam.at, kind=VALUE),
                disabled=fixed,
            ),
            class_name="f3 choice",
        ),
        rx.cond(
            there,
            rx.el.div(
                rx.el.div(
                    bare_dial(
                        "Length",
                        seam.frames,
                        "f",
                        range_=(2, 120),
                        on_set=asks("time_transition", transition=seam.id, frames=FIRST),
                    ),
                    class_name="f3 number grow",
                ),
                rx.cond(
                    seam.kind == "dip",
                    rx.el.input(
                        type="color",
                        value=seam.colour[:7],
                        on_change=asks(
                            "set_transition",
                            when="rested",
                            transition=seam.id,
                            fields={"colour": VALUE},
                        ),
                        disabled=fixed,
                        custom_attrs={"aria-label": "Colour of the dip"},
                    ),
                ),
                class_name="seam2",
            ),
        ),
        key=seam.track + seam.at.to_string(),
    )


def _said(label: str, value: rx.Var[str]) -> rx.Component:
    return rx.el.span(rx.el.span(label), rx.el.b(value, class_name="num"))
