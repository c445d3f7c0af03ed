"""The mixer: a strip for every audio track."""

from __future__ import annotations

from typing import Any

import reflex as rx

from components.ui.button import square
from components.wrapped.cut_desk import FIRST, VALUE, asks, may_edit, turn
from components.wrapped.cut_dial import ink_dial
from state.cut.inspector.shown import Option
from state.cut.mixer import MixerState, Strip

_fixed = ~may_edit


def mixer_button() -> rx.Component:
    """Opens and closes the sheet; the timeline stays usable beside it."""
    return square("sliders-vertical", "Mixer", custom_attrs={"popoverTarget": "mixer", "data-hit": "cut.mixer"})


def mixer_sheet() -> rx.Component:
    """Each track as a strip."""
    return rx.el.section(
        rx.el.header(
            rx.el.h2("Mixer"),
            rx.el.span("Each track, from the top down: tone, pressure, place, loudness.", class_name="q"),
            square(
                "x", "Close", kind="flat end", custom_attrs={"popoverTarget": "mixer", "popoverTargetAction": "hide"}
            ),
        ),
        rx.cond(
            MixerState.strips.length() > 0,
            rx.el.div(rx.foreach(MixerState.strips, _strip), class_name="strips"),
            rx.el.p("There is no track with sound in this cut yet.", class_name="hint"),
        ),
        id="mixer",
        class_name="mixer",
        custom_attrs={"popover": "manual", "role": "dialog", "aria-label": "Mixer"},
    )


def _strip(strip: Strip) -> rx.Component:
    return rx.el.article(
        rx.el.h3(strip.name, class_name="cut1", custom_attrs={"title": strip.name}),
        rx.el.span(strip.clips, class_name="q"),
        _list(strip, "role", "Carries", strip.role, MixerState.roles, none=""),
        _list(strip, "equaliser", "Tone", strip.equaliser, MixerState.equalisers),
        _list(strip, "compressor", "Pressure", strip.compressor, MixerState.compressors),
        _list(strip, "ducked_by", "Makes room for", strip.ducked_by, MixerState.roles, none="Nobody"),
        rx.cond(
            strip.ducked_by != "",
            _dial(strip, "duck_db", "By", strip.duck_db, "dB", 0, 40),
            rx.el.span(class_name="gap"),
        ),
        _dial(strip, "pan", "Pan", strip.pan, "%", -100, 100),
        rx.el.div(
            rx.el.div(class_name="meter", custom_attrs={"data-meter": strip.id}),
            rx.el.div(_dial(strip, "gain_db", "Gain", strip.gain_db, "dB", -60, 12), class_name="fader"),
            class_name="level",
        ),
        rx.el.div(
            _switch(strip, "muted", "M", "Mute", strip.muted),
            _switch(strip, "solo", "S", "Solo", strip.solo),
            class_name="ms",
        ),
        class_name=rx.cond(strip.muted | strip.silent, "strip off", "strip"),
        key=strip.id,
    )


def _sets(strip: Strip, what: str, value: rx.Var[Any]) -> rx.Var[Any]:
    return asks("set_track", track=strip.id, fields={what: value})


def _list(
    strip: Strip, what: str, label: str, value: rx.Var[str], every: rx.Var[list[Option]], none: str = "None"
) -> rx.Component:
    return rx.el.label(
        rx.el.span(label),
        rx.el.select(
            rx.el.option(none, value="") if none else rx.fragment(),
            rx.foreach(every, lambda each: rx.el.option(each.words, value=each.code)),
            default_value=value,
            key=value + turn.to_string(),
            on_change=_sets(strip, what, VALUE),
            disabled=_fixed,
        ),
    )


def _dial(strip: Strip, what: str, label: str, value: rx.Var[float], unit: str, least: int, most: int) -> rx.Component:
    return ink_dial(
        label=label,
        unit=unit,
        value=value,
        mixed=False,
        least=least,
        most=most,
        step=0.1 if unit == "dB" else 1,
        factor=100 if unit == "%" else 1,
        whole=False,
        paths=[what],
        clips=[strip.id],
        editable=may_edit,
        on_set=_sets(strip, what, FIRST.to(float) / 100 if unit == "%" else FIRST),
    )


def _switch(strip: Strip, what: str, letter: str, words: str, on: rx.Var[bool]) -> rx.Component:
    return rx.el.button(
        letter,
        type="button",
        class_name=rx.cond(on, what + " on", what),
        on_click=_sets(strip, what, ~on),
        disabled=_fixed,
        custom_attrs={"aria-pressed": on, "aria-label": words + " " + strip.name, "title": words},
    )
