"""The board of a project."""

from __future__ import annotations

import reflex as rx

from app.page import page
from components.board.board import board_room
from components.layout.shell import room_page
from state.board.board import BoardState


@page("/p/[project_id]/board", title="Board", load=BoardState.load)
def board() -> rx.Component:
    return room_page(board_room(), room="board", keys="board")
