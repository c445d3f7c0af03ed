"""The breakdown of a script: its sheets, its strips, its cast by scene."""

from __future__ import annotations

import reflex as rx

from app.page import page
from components.breakdown.room import breakdown_room
from components.layout.shell import room_page
from state.breakdown.breakdown import BreakdownState


@page("/p/[project_id]/breakdown", title="Breakdown", load=BreakdownState.load)
def breakdown() -> rx.Component:
    return room_page(breakdown_room(), room="breakdown")
