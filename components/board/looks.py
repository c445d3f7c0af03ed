"""How the people of a board look, on a sheet: who there is, one of them from head to foot, and what can be changed."""

from __future__ import annotations

from collections.abc import Mapping

import reflex as rx

from components.ui.button import button, square
from components.ui.field import ENTER_LEAVES, choice
from components.ui.icon import icon
from state.board.stage.looks import SWATCHES, Looker, LooksState
from state.project import ProjectState

_fixed = ~ProjectState.may_edit
_AGES = {"child": "Child", "adult": "Adult", "old": "Old"}
_SEXES = {"yes": "Woman", "no": "Man"}
_HATS = {"yes": "Yes", "no": "No"}
_CUTS = {
    "short": "Short",
    "side": "Parted",
    "curly": "Curly",
    "long": "Long",
    "bob": "Bob",
    "bun": "Bun",
    "pony": "Ponytail",
    "bald": "Bald",
}
_CLOTHES = {"coat": "Coat", "jacket": "Jacket", "tshirt": "T-shirt", "dress": "Dress", "skirt": "Skirt"}


def looks_button() -> rx.Component:
    """Opens the sheet."""
    return button(
        "How people look",
        kind="full",
        glyph="shirt",
        on_click=LooksState.show(""),
        custom_attrs={"popoverTarget": "looks"},
    )


def looks_sheet() -> rx.Component:
    """The sheet. Every change is kept at once, and redraws the panels that show the person."""
    who = LooksState.open
    return rx.el.div(
        rx.el.header(
            rx.el.h2("How people look"),
            rx.el.span(class_name="grow"),
            square("x", "Close", kind="flat", custom_attrs={"popoverTarget": "looks", "popoverTargetAction": "hide"}),
        ),
        rx.cond(
            who.name != "",
            rx.el.section(
                rx.el.nav(
                    rx.foreach(LooksState.people, _person), class_name="list", custom_attrs={"aria-label": "People"}
                ),
                rx.el.figure(
                    rx.el.img(src=who.portrait, alt=who.spoken + " from head to foot"),
                    rx.el.figcaption(_likeness()),
                ),
                _fields(),
            ),
            rx.el.p("Nobody is in a panel of this board yet.", class_name="none q"),
        ),
        id="looks",
        class_name="sheet looks",
        custom_attrs={"popover": "auto", "role": "dialog", "aria-label": "How people look"},
    )


def _person(one: Looker) -> rx.Component:
    on = one.name == LooksState.open.name
    return rx.el.button(
        rx.el.b(one.spoken, class_name="cut1"),
        rx.el.span(one.panels, class_name="q num"),
        type="button",
        class_name=rx.cond(on, "on", ""),
        on_click=LooksState.show(one.name),
        custom_attrs={"aria-pressed": on},
        key=one.name,
    )


def _likeness() -> rx.Component:
    return rx.fragment(
        button(
            rx.cond(LooksState.comparing, "Comparing the drawings", "Compare the drawings"),
            kind="full",
            glyph="scan-face",
            on_click=LooksState.compare,
            disabled=LooksState.comparing,
        ),
        rx.cond(
            LooksState.alike != "",
            rx.el.p(
                rx.cond(LooksState.apart, icon("triangle-alert", "s14"), icon("check", "s14")),
                LooksState.alike,
                class_name=rx.cond(LooksState.apart, "alike apart", "alike"),
                custom_attrs={"role": "status"},
            ),
            rx.el.p("How far apart any two drawings of this face and figure are.", class_name="alike q"),
        ),
    )


def _fields() -> rx.Component:
    who = LooksState.open
    return rx.el.div(
        rx.el.div(
            rx.el.h3(who.spoken),
            rx.el.span(rx.cond(who.decided, "Decided here", "As the script tells"), class_name="q"),
            class_name="whose",
        ),
        rx.el.div(
            _choice("feminine", "Sex", who.feminine, _SEXES),
            _choice("age", "Age", who.age, _AGES),
            _number("stature", "Height", who.stature, "m"),
            _number("build", "Build", who.build, "×"),
            _choice("hair_style", "Hair", who.hair_style, _CUTS),
            _choice("hat", "Hat", who.hat, _HATS),
            _choice("garment", "Wears", who.garment, _CLOTHES),
            class_name="rows",
        ),
        _colours("top", "Top", who.top),
        _colours("bottom", "Bottom", who.bottom),
        _colours("hair", "Hair colour", who.hair),
        _colours("skin", "Skin", who.skin),
        class_name="fields",
    )


def _choice(name: str, label: str, value: rx.Var[str], options: Mapping[str, str]) -> rx.Component:
    return choice(label, value, options, lambda chosen: LooksState.change(name, chosen), fixed=_fixed, kind="")


def _number(name: str, label: str, value: rx.Var[str], unit: str) -> rx.Component:
    return rx.el.label(
        rx.el.span(label),
        rx.el.span(
            rx.el.input(
                default_value=value,
                on_blur=lambda typed: LooksState.change(name, typed),
                read_only=_fixed,
                auto_complete="off",
                key=_key(name, value),
                custom_attrs={"inputMode": "decimal", "maxLength": 9, "onKeyDown": ENTER_LEAVES, "aria-label": label},
            ),
            rx.el.span(unit, class_name="q"),
        ),
    )


def _colours(name: str, label: str, value: rx.Var[str]) -> rx.Component:
    """Swatches, and a field for any other colour."""
    return rx.el.fieldset(
        rx.el.legend(label),
        *[_swatch(name, label, value, colour) for colour in SWATCHES[name]],
        rx.el.input(
            default_value=value,
            on_blur=lambda typed: LooksState.change(name, typed),
            read_only=_fixed,
            auto_complete="off",
            key=_key(name, value),
            custom_attrs={"maxLength": 7, "onKeyDown": ENTER_LEAVES, "aria-label": label + ", any colour"},
        ),
    )


def _swatch(name: str, label: str, value: rx.Var[str], colour: str) -> rx.Component:
    return rx.el.button(
        type="button",
        style={"background": colour},
        class_name=rx.cond(value == colour, "on", ""),
        on_click=LooksState.change(name, colour),
        disabled=_fixed,
        custom_attrs={"aria-label": f"{label} {colour}", "aria-pressed": value == colour, "title": colour},
    )


def _key(name: str, value: rx.Var[str]) -> rx.Var[str]:
    return name + LooksState.open.name + value + LooksState.turns.to_string()
