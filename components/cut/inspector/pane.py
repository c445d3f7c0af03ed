"""The pane at the right of the Cut room: head, times, groups of properties, effects."""

from __future__ import annotations

import reflex as rx

from components.cut.inspector.fields import bare_dial, field_row, fixed, options
from components.cut.inspector.joins import seams, whole_cut
from components.ui.button import button, square
from components.ui.field import ENTER_LEAVES
from components.ui.icon import icon
from components.ui.link import link
from components.wrapped.cut_desk import may_edit
from state.cut.inspector import InspectorState
from state.cut.inspector.shown import Shown
from state.cut.loudness import TARGET_LUFS, LoudnessState
from state.cut.past.lengths import BoardLengthsState

_SCOPES = {
    "": "Hidden",
    "waveform": "Waveform",
    "parade": "RGB parade",
    "vectorscope": "Vectorscope",
    "histogram": "Histogram",
}


def inspector_pane() -> rx.Component:
    """What is chosen; the cut itself while nothing is."""
    head = InspectorState.head
    return rx.el.section(
        rx.cond(
            head.count == 0,
            whole_cut(),
            rx.fragment(
                _head(),
                rx.cond(head.count == 1, _times()),
                rx.cond(BoardLengthsState.here.shot != "", _for_board()),
                rx.el.div(
                    rx.foreach(InspectorState.groups, _group),
                    rx.cond(InspectorState.pace.has, _pace()),
                    _adding(),
                    seams(),
                    class_name="ib",
                ),
            ),
        ),
        class_name="pane insp2",
        id="inspector",
        custom_attrs={"aria-label": "What is chosen"},
    )


def _head() -> rx.Component:
    head = InspectorState.head
    return rx.el.div(
        rx.el.h2(head.title, class_name="slate cut1"),
        rx.el.span(head.told, class_name="q", custom_attrs={"title": head.told}),
        rx.cond(
            head.board != "",
            link(
                icon("arrow-up-right"),
                href=head.board,
                class_name="btn sq flat end",
                id="insp-board",
                custom_attrs={"aria-label": "Open on the board", "title": "Open on the board"},
            ),
        ),
        class_name="ihead",
    )


def _times() -> rx.Component:
    times = InspectorState.times
    return rx.el.div(
        _time("in", "In", times.begins, "Where it begins in the cut; a new time trims its head"),
        _time("out", "Out", times.ends, "Where it ends in the cut; a new time trims its tail"),
        _time("length", "Length", times.lasts, "Seconds and frames, such as 4:07; what follows moves along"),
        class_name="two",
    )


def _for_board() -> rx.Component:
    """The shot is another length on the board."""
    length = BoardLengthsState.here
    return rx.el.div(
        rx.el.span("Board ", rx.el.span(length.on_board, class_name="num")),
        rx.cond(
            may_edit,
            button(
                "Give the board this length",
                kind="s",
                on_click=BoardLengthsState.give(length.shot),
                id="insp-give",
            ),
        ),
        class_name="onboard",
    )


def _time(which: str, label: str, value: rx.Var[str], told: str) -> rx.Component:
    return rx.el.label(
        rx.el.span(label),
        rx.el.input(
            default_value=value,
            on_blur=lambda typed: InspectorState.time(which, typed),
            read_only=fixed,
            key=which + value + InspectorState.turns.to_string() + InspectorState.head.clips.to_string(),
            id=f"insp-{which}",
            auto_complete="off",
            class_name="num",
            custom_attrs={"maxLength": 11, "onKeyDown": ENTER_LEAVES, "title": told},
        ),
    )


def _group(group: Shown) -> rx.Component:
    return rx.el.section(
        rx.el.h3(
            rx.el.span(group.title),
            rx.cond(group.note != "", rx.el.span(group.note, class_name="q cut1")),
            rx.cond(group.name == "transform", _keys()),
            rx.cond(may_edit, _acts(group)),
            class_name="hd",
        ),
        rx.cond(group.name == "text", _styles()),
        rx.foreach(group.fields, lambda field: field_row(group.name, field)),
        rx.cond(group.name == "colour", _grading()),
        rx.cond((group.name == "sound") & may_edit, _normalise()),
        class_name="grp",
        key=group.name,
    )


def _normalise() -> rx.Component:
    return button(
        f"Normalise to −{-TARGET_LUFS:.0f} LUFS",
        kind="s full",
        on_click=LoudnessState.normalise,
        id="insp-normalise",
        custom_attrs={"title": "Sets the gain of every chosen clip so that all are equally loud"},
    )


def _grading() -> rx.Component:
    """A LUT of the bin, and the frame as a colourist reads it."""
    return rx.fragment(
        rx.cond(
            InspectorState.luts.length() > 0,
            rx.el.label(
                rx.el.span("LUT"),
                rx.el.select(
                    rx.el.option("None", value=""),
                    options(InspectorState.luts),
                    value=InspectorState.lut,
                    on_change=InspectorState.lay_lut,
                    disabled=fixed,
                    id="insp-lut",
                ),
                class_name="f3 choice",
            ),
        ),
        rx.el.label(
            rx.el.span("Scope"),
            rx.el.select(
                *[rx.el.option(words, value=code) for code, words in _SCOPES.items()],
                value=InspectorState.scope,
                on_change=InspectorState.show_scope,
                id="insp-scope",
            ),
            class_name="f3 choice",
        ),
        rx.cond(
            InspectorState.scope_link != "",
            rx.el.figure(
                rx.el.img(src=InspectorState.scope_link, alt="Scope of the frame under the playhead"),
                class_name="scopes",
            ),
        ),
    )


def _keys() -> rx.Component:
    """To the key before and the one after."""
    times = InspectorState.times
    return rx.fragment(
        *[
            rx.el.button(
                icon(glyph, "s14"),
                type="button",
                class_name="tiny",
                disabled=frame < 0,
                custom_attrs={"data-seek": frame, "title": words, "aria-label": words},
            )
            for frame, glyph, words in (
                (times.key_before, "chevron-left", "To the key before"),
                (times.key_after, "chevron-right", "To the next key"),
            )
        ]
    )


def _acts(group: Shown) -> rx.Component:
    """Back to how it was; an effect also moves and goes."""
    return rx.el.span(
        rx.cond(
            group.effect >= 0,
            rx.fragment(
                _tiny("arrow-up", "Lay it on earlier", InspectorState.move_effect(group.effect, -1), group.effect == 0),
                _tiny("arrow-down", "Lay it on later", InspectorState.move_effect(group.effect, 1), group.last),
                _tiny("x", "Take this effect off", InspectorState.remove_effect(group.effect)),
            ),
        ),
        _tiny("rotate-ccw", "As it was", InspectorState.restore(group.name, "")),
        class_name="end",
    )


def _tiny(glyph: str, words: str, act: rx.event.EventSpec, off: rx.Var[bool] | bool = False) -> rx.Component:
    return rx.el.button(
        icon(glyph, "s14"),
        type="button",
        class_name="tiny",
        on_click=act,
        disabled=off,
        custom_attrs={"title": words, "aria-label": words},
    )


def _styles() -> rx.Component:
    return rx.cond(
        may_edit,
        rx.el.label(
            rx.el.span("Style"),
            rx.el.select(
                rx.el.option("Choose one", value=""),
                options(InspectorState.styles),
                value="",
                on_change=InspectorState.restyle,
            ),
            class_name="f3 choice",
        ),
    )


def _pace() -> rx.Component:
    """How fast it runs, which way, standing still, and whether voices keep their pitch."""
    pace = InspectorState.pace
    return rx.el.section(
        rx.el.h3("Speed", class_name="hd"),
        rx.el.div(
            bare_dial(
                "Speed",
                pace.number,
                "%",
                InspectorState.turns,
                range_=(10, 400),
                mixed=pace.percent == "",
                on_set=lambda value: InspectorState.speed(value.to_string()),
                on_rest=InspectorState.speed("100"),
            ),
            class_name="f3 number",
            id="insp-speed",
        ),
        rx.el.div(
            square(
                "rewind",
                "Backwards",
                kind=rx.cond(pace.back, "s on", "s"),
                on_click=InspectorState.reverse,
                disabled=fixed,
            ),
            square(
                "snowflake",
                "Stand still",
                kind=rx.cond(pace.frozen, "s on", "s"),
                on_click=InspectorState.freeze,
                disabled=fixed,
            ),
            rx.el.button(
                "Keep pitch",
                type="button",
                class_name=rx.cond(pace.pitch, "btn s on", "btn s"),
                on_click=InspectorState.keep_pitch,
                disabled=fixed,
                custom_attrs={"aria-pressed": pace.pitch},
            ),
            class_name="pace",
        ),
        class_name="grp",
    )


def _adding() -> rx.Component:
    """Lay another effect on what is seen."""
    seen = InspectorState.groups.length() > 0
    return rx.cond(
        may_edit & seen & InspectorState.visible,
        rx.el.label(
            icon("plus", "s14"),
            rx.el.span("Add an effect"),
            rx.el.select(
                rx.el.option("Add an effect", value=""),
                options(InspectorState.effects),
                value="",
                on_change=InspectorState.add_effect,
                id="insp-effect",
                custom_attrs={"aria-label": "Add an effect"},
            ),
            class_name="btn full adds",
        ),
    )
