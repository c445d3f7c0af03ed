"""A number of the Cut room's inspector: a slider, a field and a word to pull on, kept when the hand lets go."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex.event import passthrough_event_spec

from components.wrapped import island


class InkDial(rx.NoSSRComponent):
    """`value` from `least` to `most`; `mixed` has none. While it is turned the cut in the browser has `value / factor` at the
    `paths` of its `clips`. `on_set` says the value once, `on_rest` that it is to be as it was at first. With another
    `turn` what was tried is forgotten.
    """

    library = island("cut_dial.jsx")
    tag = "InkDial"

    label: rx.Var[str]
    unit: rx.Var[str]
    value: rx.Var[Any]
    mixed: rx.Var[bool]
    least: rx.Var[Any]
    most: rx.Var[Any]
    step: rx.Var[Any]
    factor: rx.Var[Any]
    whole: rx.Var[bool]
    paths: rx.Var[list[str]]
    clips: rx.Var[list[str]]
    editable: rx.Var[bool]
    turn: rx.Var[int]
    on_set: rx.EventHandler[passthrough_event_spec(float)]
    on_rest: rx.EventHandler[rx.event.no_args_event_spec]


ink_dial = InkDial.create
