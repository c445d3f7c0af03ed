"""A project's own page."""

from __future__ import annotations

import reflex as rx

from app.page import page
from components.layout.shell import project_page
from components.thread.page import page as content
from state.home.home import HomeState


@page("/p/[project_id]", title="Thread", load=HomeState.load)
def home() -> rx.Component:
    """The thread of a project."""
    return project_page(content(), room="home")
