"""The projects page."""

from __future__ import annotations

import reflex as rx

from app.page import page
from components.layout.shell import paper_page
from components.projects.page import page as content
from state.projects.projects import ProjectsState


@page("/projects", title="Projects", load=ProjectsState.load)
def projects() -> rx.Component:
    """All projects of a person, and how to begin one."""
    return paper_page(content(), active="projects")
