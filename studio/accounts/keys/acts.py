"""The table of acts: everything a key may do, room by room. Key sheet, buttons, palette and the browser read this one."""

from __future__ import annotations

from collections.abc import Mapping

from studio.accounts.keys.act import Act
from studio.accounts.keys.cut import CUT
from studio.accounts.keys.rooms import BOARD, DRAW, SHELL

ACTS: tuple[Act, ...] = (*CUT, *DRAW, *BOARD, *SHELL)
BY_ID: Mapping[str, Act] = {act.id: act for act in ACTS}
ROOM_NAMES: Mapping[str, str] = {"cut": "Cut", "draw": "Draw", "board": "Board", "shell": "Everywhere"}


def of_room(room: str) -> tuple[Act, ...]:
    """The acts of a room in the order in which they are shown."""
    return tuple(act for act in ACTS if act.room == room)


def meet(one: Act, other: Act) -> bool:
    """Whether the same key could mean both: in one room, or one of them everywhere."""
    return one.id != other.id and (one.room == other.room or "shell" in (one.room, other.room))
