"""The cut as it was at any revision, shown while a slider is moved."""

from __future__ import annotations

import reflex as rx
from reflex.event import passthrough_event_spec

from components.wrapped import island


class InkPast(rx.NoSSRComponent):
    """Brings #cut-past, a range of revisions, and buttons with [data-past] to life; its greatest value is now.

    `at` is the revision on view as the server knows it: when that becomes 0, the page shows what is now.
    """

    library = island("cut_past.jsx")
    tag = "InkPast"

    cut: rx.Var[str]
    at: rx.Var[int]
    on_seen: rx.EventHandler[passthrough_event_spec(int)]


cut_past = InkPast.create
