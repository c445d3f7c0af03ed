"""One property as a row: a dial, a list, a colour, a switch or words; and its keyframes."""

from __future__ import annotations

from typing import Any

import reflex as rx

from components.ui.icon import icon
from components.wrapped.cut_desk import may_edit
from components.wrapped.cut_dial import ink_dial
from state.cut.inspector import InspectorState
from state.cut.inspector.shown import Field, Option

_WAYS = (("linear", "move-up-right", "Straight"), ("hold", "corner-up-right", "Hold"), ("bezier", "spline", "Ease"))
fixed = ~may_edit


def field_row(group: rx.Var[str], field: Field) -> rx.Component:
    """A property with its keyframe."""
    return rx.el.div(
        rx.match(
            field.kind,
            ("number", _number(group, field)),
            ("choice", _choice(group, field)),
            ("colour", _colour(group, field)),
            ("flag", _flag(group, field)),
            _words(group, field),
        ),
        rx.cond(field.moves, _diamond(group, field)),
        rx.cond(field.keyed == "here", _ways(group, field)),
        class_name="f3 " + field.kind,
        key=group + field.name,
    )


def options(every: rx.Var[list[Option]]) -> rx.Component:
    """The entries of a list."""
    return rx.foreach(every, lambda each: rx.el.option(each.words, value=each.code))


def _number(group: rx.Var[str], field: Field) -> rx.Component:
    return ink_dial(
        label=field.label,
        unit=field.unit,
        value=field.number,
        mixed=field.mixed,
        least=field.least,
        most=field.most,
        step=field.step,
        factor=field.factor,
        whole=field.whole,
        paths=field.paths,
        clips=InspectorState.head.clips,
        editable=may_edit,
        turn=InspectorState.turns,
        on_set=lambda value: InspectorState.change(group, field.name, value),
        on_rest=InspectorState.restore(group, field.name),
    )


def bare_dial(
    label: str,
    value: rx.Var[Any],
    unit: str,
    turn: rx.Var[int],
    *,
    range_: tuple[int, int],
    mixed: rx.Var[bool] | bool = False,
    **acts: Any,
) -> rx.Component:
    """A dial of whole numbers of what has no place in a clip: the page does not try it while it turns."""
    return ink_dial(
        label=label,
        unit=unit,
        value=value,
        mixed=mixed,
        least=range_[0],
        most=range_[1],
        step=1,
        factor=1,
        whole=True,
        paths=[],
        clips=InspectorState.head.clips,
        editable=may_edit,
        turn=turn,
        **acts,
    )


def _choice(group: rx.Var[str], field: Field) -> rx.Component:
    return rx.el.label(
        rx.el.span(field.label),
        rx.el.select(
            rx.cond(field.mixed, rx.el.option("differ", value="")),
            options(field.options),
            value=field.value,
            on_change=lambda value: InspectorState.change(group, field.name, value),
            disabled=fixed,
        ),
    )


def _colour(group: rx.Var[str], field: Field) -> rx.Component:
    """The picker gives a colour, the field also how clear it is; an empty field is none."""
    return rx.el.div(
        rx.el.span(field.label, class_name="lab"),
        rx.el.input(
            type="color",
            value=field.value[:7],
            on_change=lambda value: InspectorState.change(group, field.name, value).debounce(400),
            disabled=fixed,
            custom_attrs={"aria-label": field.label},
        ),
        rx.el.input(
            default_value=field.value,
            placeholder=rx.cond(field.mixed, "differ", "none"),
            on_blur=lambda value: InspectorState.change(group, field.name, value),
            read_only=fixed,
            key=field.value + InspectorState.turns.to_string(),
            class_name="in num",
            custom_attrs={"maxLength": 9, "aria-label": field.label + " as #rrggbb", "spellCheck": "false"},
        ),
        class_name="hue",
    )


def _flag(group: rx.Var[str], field: Field) -> rx.Component:
    return rx.el.label(
        rx.el.span(field.label),
        rx.el.input(
            type="checkbox",
            checked=field.value == "on",
            on_change=InspectorState.change(group, field.name, field.value != "on"),
            disabled=fixed,
        ),
    )


def _words(group: rx.Var[str], field: Field) -> rx.Component:
    return rx.el.label(
        rx.el.span(field.label, class_name="sr"),
        rx.el.textarea(
            default_value=field.value,
            placeholder=rx.cond(field.mixed, "The texts differ", "What it says"),
            on_blur=lambda value: InspectorState.change(group, field.name, value),
            read_only=fixed,
            rows=3,
            max_length=4000,
            key=field.value + InspectorState.turns.to_string() + InspectorState.head.clips.to_string(),
            class_name="said",
            custom_attrs={"data-tries": field.name},
        ),
    )


def _diamond(group: rx.Var[str], field: Field) -> rx.Component:
    """A key on the playhead: full when there is one, half when keys stand elsewhere."""
    here = field.keyed == "here"
    return rx.el.button(
        rx.el.i(),
        type="button",
        class_name="kf " + field.keyed,
        on_click=InspectorState.turn_key(group, field.name),
        disabled=fixed | ~InspectorState.times.on_clip,
        custom_attrs={
            "title": rx.cond(here, "Take the key away", "Put a key on the playhead"),
            "aria-label": rx.cond(here, "Take the key of ", "Key of ") + field.label,
            "aria-pressed": here,
        },
    )


def _ways(group: rx.Var[str], field: Field) -> rx.Component:
    """How the value goes on from the key on the playhead."""
    return rx.el.div(
        *[
            rx.el.button(
                icon(glyph, "s12"),
                words,
                type="button",
                class_name=rx.cond(field.way == way, "on", ""),
                on_click=InspectorState.go_on(group, field.name, way),
                disabled=fixed,
                custom_attrs={"aria-pressed": field.way == way},
            )
            for way, glyph, words in _WAYS
        ],
        class_name="ways",
        custom_attrs={"role": "group", "aria-label": "From this key on"},
    )
