"""The renders room: make the film, watch it, take it home."""

from __future__ import annotations

import reflex as rx

from app.page import page
from components.layout.shell import room_page
from components.renders.make import make_pane
from components.renders.player import player
from components.renders.queue import queue
from state.renders.renders import RendersState


@page("/p/[project_id]/renders", title="Renders", load=RendersState.load)
def renders() -> rx.Component:
    return room_page(rx.el.div(make_pane(), queue(), player(), class_name="ren"), room="renders")
