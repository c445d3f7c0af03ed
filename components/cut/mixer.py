"""The mixer: a strip for every audio track, and one for all of them together."""

from __future__ import annotations

import reflex as rx

from components.ui.button import button, square
from components.wrapped.cut_desk import may_edit
from components.wrapped.cut_dial import ink_dial
from state.cut.inspector.shown import Option
from state.cut.loudness import LoudnessState
from state.cut.mixer import MixerState, Strip

_fixed = ~may_edit
_RESET = rx.Var(
    "(event) => event.target.type === 'range' && event.currentTarget.querySelector('.pull')"
    ".dispatchEvent(new MouseEvent('dblclick', { bubbles: true }))"
)
"""A double click on a fader is one on its word."""


def mixer_button() -> rx.Component:
    """Opens and closes the sheet; the timeline stays usable beside it."""
    return square("sliders-vertical", "Mixer", custom_attrs={"popoverTarget": "mixer", "data-hit": "cut.mixer"})


def mixer_sheet() -> rx.Component:
    """Each track as a strip, and what comes of all of them."""
    return rx.el.section(
        rx.el.header(
            rx.el.h2("Mixer"),
            rx.el.span("Double click a fader, or the word before a number, to reset it.", class_name="q"),
            square(
                "x", "Close", kind="flat end", custom_attrs={"popoverTarget": "mixer", "popoverTargetAction": "hide"}
            ),
        ),
        rx.cond(
            MixerState.strips.length() > 0,
            rx.el.div(rx.foreach(MixerState.strips, _strip), _master(), class_name="strips"),
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
        _list(strip, "role", "Role", strip.role, MixerState.roles, none=""),
        rx.el.fieldset(
            _list(strip, "equaliser", "EQ", strip.equaliser, MixerState.equalisers),
            *[
                _dial(strip, f"eq_{band}_db", band.capitalize(), value, "dB", -18, 18)
                for band, value in (("low", strip.eq_low_db), ("mid", strip.eq_mid_db), ("high", strip.eq_high_db))
            ],
        ),
        rx.el.fieldset(
            _list(strip, "compressor", "Compressor", strip.compressor, MixerState.compressors),
            rx.cond(strip.press != "", _reduction(strip), rx.el.span(class_name="gr")),
        ),
        _ducking(strip),
        rx.el.div(
            _dial(strip, "pan", "Pan", strip.pan, "%", -100, 100),
            _level(strip),
            rx.el.div(
                _switch(strip, "muted", "M", "Mute", strip.muted),
                _switch(strip, "solo", "S", "Solo", strip.solo),
                class_name="ms",
            ),
            class_name="out",
        ),
        class_name=rx.cond(strip.muted | strip.silent, "strip off", "strip"),
        key=strip.id,
    )


def _reduction(strip: Strip) -> rx.Component:
    """How much the compressor takes away now: the whole bar is 24 dB."""
    return rx.el.span(
        rx.el.i(custom_attrs={"data-meter": strip.press}),
        "GR",
        class_name="gr",
        custom_attrs={"title": "Gain reduction; the whole bar is 24 dB"},
    )


def _ducking(strip: Strip) -> rx.Component:
    numbers = (
        ("duck_threshold_db", "Threshold", strip.duck_threshold_db, "dB", -42, 0, -36),
        ("duck_db", "Duck by", strip.duck_db, "dB", 0, 40, 12),
        ("duck_attack_ms", "Attack", strip.duck_attack_ms, "ms", 0, 2000, 250),
        ("duck_hold_ms", "Hold", strip.duck_hold_ms, "ms", 0, 3000, 300),
        ("duck_release_ms", "Release", strip.duck_release_ms, "ms", 0, 4000, 600),
    )
    return rx.el.fieldset(
        _list(
            strip,
            "ducked_by",
            "Ducked by",
            strip.ducked_by,
            MixerState.roles,
            none=rx.cond(strip.itself, "Voice, by itself", "Nobody"),
        ),
        rx.cond(
            strip.ducked_by != "",
            rx.fragment(*[_dial(strip, what, *said, least, most, rest) for what, *said, least, most, rest in numbers]),
        ),
    )


def _level(strip: Strip) -> rx.Component:
    """Meter and fader on one scale."""
    return rx.el.div(
        rx.el.div(class_name="meter", custom_attrs={"data-meter": strip.id}),
        _scale(),
        rx.el.div(
            _dial(strip, "gain_db", "Gain", strip.gain_db, "dB", -60, 12),
            class_name="fader",
            custom_attrs={"onDoubleClick": _RESET, "title": "Double click to reset"},
        ),
        class_name="level",
    )


def _scale() -> rx.Component:
    """The dB beside a fader, which goes from -60 to 12."""
    return rx.el.span(
        *[
            rx.el.i(str(db).replace("-", "−"), style={"bottom": f"{100 * (db + 60) / 72:.1f}%"})
            for db in (12, 6, 0, -6, -12, -24, -36, -48, -60)
        ],
        class_name="scale num",
        custom_attrs={"aria-hidden": True},
    )


def _master() -> rx.Component:
    """All together, and how loud it is when asked."""
    return rx.el.article(
        rx.el.h3("Master"),
        rx.el.span("Before it is mastered", class_name="q"),
        rx.el.dl(
            rx.el.dt("Integrated"),
            rx.el.dd(rx.cond(LoudnessState.lufs != "", LoudnessState.lufs, "–"), " LUFS", id="mixer-lufs"),
            rx.el.dt("True peak"),
            rx.el.dd(rx.cond(LoudnessState.peak != "", LoudnessState.peak, "–"), " dBTP", id="mixer-peak"),
            class_name=rx.cond(LoudnessState.stale, "num stale", "num"),
        ),
        button("Measure loudness", kind="s", on_click=LoudnessState.measure, id="mixer-measure"),
        rx.cond(LoudnessState.stale, rx.el.p("The cut has changed since.", class_name="q")),
        rx.el.div(
            rx.el.div(
                rx.el.div(class_name="meter", custom_attrs={"data-meter": "master-left"}),
                rx.el.div(class_name="meter", custom_attrs={"data-meter": "master-right"}),
                _scale(),
                class_name="level",
            ),
            class_name="out",
        ),
        class_name="strip master",
    )


def _list(
    strip: Strip,
    what: str,
    label: str,
    value: rx.Var[str],
    every: rx.Var[list[Option]],
    none: rx.Var[str] | str = "None",
) -> rx.Component:
    return rx.el.label(
        rx.el.span(label),
        rx.el.select(
            rx.fragment() if isinstance(none, str) and not none else rx.el.option(none, value=""),
            rx.foreach(every, lambda each: rx.el.option(each.words, value=each.code)),
            value=value,
            on_change=lambda name: MixerState.choose(strip.id, what, name),
            disabled=_fixed,
        ),
    )


def _dial(
    strip: Strip, what: str, label: str, value: rx.Var[float], unit: str, least: int, most: int, rest: int = 0
) -> rx.Component:
    return ink_dial(
        label=label,
        unit=unit,
        value=value,
        mixed=False,
        least=least,
        most=most,
        step={"dB": 0.1, "ms": 10}.get(unit, 1),
        factor=100 if unit == "%" else 1,
        whole=False,
        paths=[what],
        clips=[strip.id],
        editable=may_edit,
        turn=MixerState.turns,
        on_set=lambda number: MixerState.turn(strip.id, what, number),
        on_rest=MixerState.turn(strip.id, what, rest),
    )


def _switch(strip: Strip, what: str, letter: str, words: str, on: rx.Var[bool]) -> rx.Component:
    return rx.el.button(
        letter,
        type="button",
        class_name=rx.cond(on, what + " on", what),
        on_click=MixerState.switch(strip.id, what),
        disabled=_fixed,
        custom_attrs={"aria-pressed": on, "aria-label": words + " " + strip.name, "title": words},
    )
