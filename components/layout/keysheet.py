"""The sheet that `?` opens: the keys of the page and those of every page, as the person has them."""

from __future__ import annotations

from itertools import groupby

import reflex as rx

from components.ui.button import link_button
from components.ui.keycaps import all_caps, shown_where_it_has_a_key
from state.keys.table import ROOM_NAMES, Act, of_room
from state.session import SessionState


def key_sheet(room: str = "") -> rx.Component:
    """The acts of a room that have a key, then those of every page. `room` is "" where it has none of its own."""
    rooms = [name for name in (room, "shell") if name]
    return rx.el.div(
        rx.el.div(
            rx.el.h2("Keys"),
            rx.cond(
                SessionState.user_id != "", link_button("Change keys", "/account/keys", kind="s end", glyph="keyboard")
            ),
            class_name="top-row",
        ),
        rx.el.div(*[part for name in rooms for part in _room(name)], class_name="keys-of"),
        id="keys",
        class_name="sheet keysheet" + (" wide" if room in ("cut", "draw") else ""),
        custom_attrs={"popover": "auto", "aria-label": "Keys", "role": "dialog", "tabIndex": -1, "autoFocus": True},
    )


def _room(name: str) -> list[rx.Component]:
    groups = [(group, list(acts)) for group, acts in groupby(of_room(name), key=lambda act: act.group)]
    return [
        rx.el.section(
            rx.el.h3(group),
            rx.el.dl(*[_row(act) for act in acts]),
            custom_attrs={"aria-label": f"{ROOM_NAMES[name]}: {group}"},
        )
        for group, acts in groups
    ]


def _row(act: Act) -> rx.Component:
    return shown_where_it_has_a_key(act.id, rx.el.dt(all_caps(act.id)), rx.el.dd(act.words))
