"""The Cut room of a project."""

from __future__ import annotations

import reflex as rx

from app.page import page
from components.cut.room import cut_room
from components.layout.shell import room_page
from state.cut.room import CutRoomState


@page("/p/[project_id]/cut", title="Cut", load=CutRoomState.load)
def cut() -> rx.Component:
    return room_page(cut_room(), room="cut", keys="cut")
