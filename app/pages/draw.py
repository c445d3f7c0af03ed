"""The drawing room of a panel."""

from __future__ import annotations

import reflex as rx

from app.page import page
from components.draw.room import draw_room, saved_sign
from components.draw.tools import tool_rail
from components.layout.shell import room_page
from state.drawing import DrawState


@page("/p/[project_id]/draw/[shot_id]", title="Draw", load=DrawState.load)
def draw() -> rx.Component:
    return room_page(draw_room(), room="board", rail=tool_rail(), sign=saved_sign(), keys="draw")
