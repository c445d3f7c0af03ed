"""The settings of a project: its name, its people, its shelf."""

from __future__ import annotations

import reflex as rx

from app.page import page
from components.layout.shell import project_page
from components.members.page import page as content
from state.members import MembersState


@page("/p/[project_id]/settings", title="Settings", load=MembersState.load)
def settings() -> rx.Component:
    """A project's name, people and shelf."""
    return project_page(content(), room="settings")
