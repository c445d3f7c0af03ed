"""A project's own page put together."""

from __future__ import annotations

import reflex as rx

from components.thread.head import head, put_away_band
from components.thread.rope import rope
from components.thread.side import side
from components.thread.work import work


def page() -> rx.Component:
    """Head, thread and work at the left; the side column at the right."""
    return rx.el.div(
        rx.el.div(head(), put_away_band(), rope(), work(), class_name="mainly"),
        side(),
        class_name="home",
    )
