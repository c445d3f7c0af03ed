"""The script of a project."""

from __future__ import annotations

import reflex as rx

from app.page import page
from components.layout.shell import room_page
from components.script.script import script_room
from state.script.script import ScriptState


@page("/p/[project_id]/script", title="Script", load=ScriptState.load)
def script() -> rx.Component:
    return room_page(script_room(), room="script")
