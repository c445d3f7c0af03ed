"""Keys on the page, as the person has them now: on a cap, in a tooltip, in a row of the sheet."""

from __future__ import annotations

import reflex as rx

from state.keys.table import KeysState


def _first(act: str) -> tuple[rx.Var[bool], rx.Var[str]]:
    keys = KeysState.keys[act]
    return keys.length() > 0, keys[0]


def key_of(act: str) -> rx.Component:
    """The first key of an act as it is named; nothing where it has none."""
    has, key = _first(act)
    return rx.cond(has, rx.el.kbd(key))


def cap(act: str, unsaid: str = "") -> rx.Component:
    """The first key of an act on one small cap, or `unsaid` where it has none. Held keys are told by their marks."""
    has, key = _first(act)
    short = key.replace("Shift ", "⇧").replace("Ctrl ", "⌃").replace("Alt ", "⌥")
    none = rx.el.kbd(unsaid) if unsaid else rx.fragment()
    return rx.cond(has, rx.el.kbd(short), none)


def titled(label: str | rx.Var[str], act: str) -> rx.Var[str]:
    """A tooltip with the key in it: "Split at the playhead (S)"."""
    has, key = _first(act)
    words = label if isinstance(label, rx.Var) else rx.Var.create(label)
    return rx.cond(has, words + " (" + key + ")", words)


def caps(key: rx.Var[str]) -> rx.Component:
    """One key with what is held, each on a cap of its own."""
    return rx.el.span(rx.foreach(key.split(" "), lambda part: rx.el.kbd(part)), class_name="caps")


def all_caps(act: str) -> rx.Component:
    """Every key of an act."""
    return rx.fragment(rx.foreach(KeysState.keys[act], caps))


def shown_where_it_has_a_key(act: str, *inside: rx.Component) -> rx.Component:
    """What is there only while the act has a key."""
    return rx.cond(KeysState.keys[act].length() > 0, rx.fragment(*inside))
