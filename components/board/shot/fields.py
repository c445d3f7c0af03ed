"""The fields of the chosen shot as controls: each change is kept as soon as it is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import reflex as rx

from components.board.looks import looks_button
from components.ui.button import button
from components.ui.field import choice, number, select
from components.ui.icon import icon
from state.board.board import BoardState
from state.board.editing import BoardEditState
from state.board.panels import ANGLES, LIGHTS, MOVES, SIZES, TYPES, Person
from state.project import ProjectState

_ENTER = rx.Var("(e) => { if (e.key === 'Enter' && !e.shiftKey) { e.preventDefault(); e.target.blur(); } }")
_fixed = ~ProjectState.may_edit


def shot_fields() -> rx.Component:
    """Size as chips; angle, move, lens, length and framing; what is seen in words."""
    fields = BoardState.shot.fields
    return rx.fragment(
        rx.el.h3("Shot", class_name="hd"),
        _sizes(),
        rx.el.div(
            _choice("angle", "Angle", fields.angle, {code: words for code, (_, words) in ANGLES.items()}),
            _choice("move", "Move", fields.move, MOVES),
            _number("lens", "Lens", fields.lens, "mm"),
            _number("seconds", "Length", fields.seconds, "s"),
            _choice("type", "Framing", fields.type, TYPES),
            class_name="quad",
        ),
        rx.cond(
            ProjectState.may_edit & fields.timed,
            button(
                "Length follows the voice",
                kind="s full",
                glyph="audio-lines",
                on_click=BoardEditState.follow_voice,
                id="shot-follow",
                custom_attrs={"title": "Somebody set this length. Let it be as long as what is said, now and later."},
            ),
        ),
        rx.el.label(
            rx.el.span("What is seen", class_name="sr"),
            rx.el.textarea(
                default_value=fields.description,
                on_blur=lambda value: BoardEditState.change("description", value),
                read_only=_fixed,
                rows=3,
                max_length=2000,
                placeholder="What is seen",
                class_name="seen",
                key=_key("words", fields.description),
                custom_attrs={"onKeyDown": _ENTER},
            ),
        ),
    )


def shot_cast() -> rx.Component:
    """Who is in the shot, where it is, and its light."""
    shot = BoardState.shot
    return rx.fragment(
        rx.el.h3("Cast and light", class_name="hd"),
        rx.el.div(
            rx.foreach(shot.fields.there, _present),
            rx.cond(
                ProjectState.may_edit & (shot.fields.others.length() > 0),
                rx.el.label(
                    icon("plus", "s14"),
                    rx.el.span("Put somebody in", class_name="sr"),
                    rx.el.select(
                        rx.el.option("", value=""),
                        rx.foreach(shot.fields.others, lambda person: rx.el.option(person.spoken, value=person.name)),
                        value="",
                        on_change=BoardEditState.cast,
                    ),
                    class_name="chip add",
                    custom_attrs={"title": "Put somebody in"},
                ),
            ),
            rx.el.span(icon("map-pin", "s14"), rx.el.span(shot.place, class_name="cut1"), class_name="chip"),
            rx.cond(
                shot.fields.light != "",
                rx.el.label(
                    icon("sun-moon", "s14"),
                    rx.el.span("Light", class_name="sr"),
                    select(
                        shot.fields.light, LIGHTS, _changes("light"), fixed=_fixed, key=_key("light", shot.fields.light)
                    ),
                    class_name="chip pick",
                ),
            ),
            class_name="cast",
        ),
        looks_button(),
    )


def _sizes() -> rx.Component:
    shot = BoardState.shot
    return rx.el.div(
        *[
            rx.el.button(
                "INS" if size == "INSERT" else size,
                type="button",
                class_name=rx.cond(shot.size == size, "on", ""),
                on_click=BoardEditState.change("size", size),
                disabled=_fixed,
                custom_attrs={"title": meaning, "aria-label": meaning, "aria-pressed": shot.size == size},
            )
            for size, meaning in SIZES.items()
        ],
        class_name="sc5",
        custom_attrs={"role": "group", "aria-label": "Size"},
    )


def _choice(name: str, label: str, value: rx.Var[str], options: Mapping[str, str]) -> rx.Component:
    return choice(label, value, options, _changes(name), fixed=_fixed, key=_key(name, value))


def _number(name: str, label: str, value: rx.Var[str], unit: str) -> rx.Component:
    return number(label, value, unit, _changes(name), fixed=_fixed, key=_key(name, value))


def _changes(name: str) -> Callable[[rx.Var[str]], Any]:
    return lambda value: BoardEditState.change(name, value)


def _key(name: str, value: rx.Var[str]) -> rx.Var[str]:
    """A field begins anew with another shot, another value from elsewhere, or a value that was refused."""
    return name + BoardState.shot.id + value + BoardEditState.turns.to_string()


def _present(person: Person) -> rx.Component:
    return rx.el.button(
        icon("user", "s14"),
        person.spoken,
        rx.cond(ProjectState.may_edit, icon("x", "s12")),
        type="button",
        class_name="chip who1",
        on_click=BoardEditState.cast(person.name),
        disabled=_fixed,
        custom_attrs={"title": "Take " + person.spoken + " out of the shot"},
        key=person.name,
    )
