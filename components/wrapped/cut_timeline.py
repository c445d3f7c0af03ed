"""The timeline of the Cut room: its island."""

from __future__ import annotations

import reflex as rx
from reflex.event import passthrough_event_spec

from components.wrapped import island


class InkTimeline(rx.NoSSRComponent):
    """Brings #cut-tl to life: #cut-scroll with #cut-heads and #cut-lanes in it, #cut-ruler, #cut-scenes, #cut-over, #cut-ph.

    Headers are made like that in #cut-head, rows of #cut-list like that in #cut-list-row. Buttons anywhere act by their
    `data-cut`; one in something with `data-media` (what the bin says of a file) lays that file down. What is dragged as
    "application/x-inkreel" may be dropped on a lane. #cut-zoom is the slider. #cut-menu and #cut-card are opened over it.
    `on_source` is told the file of a clip, and the first frame and number of frames the clip shows of it.
    """

    library = island(
        "cut_timeline.jsx", *(f"cut_{name}.jsx" for name in ("gestures", "keys", "lanes", "lines", "list", "menus"))
    )
    tag = "InkTimeline"

    project: rx.Var[str]

    on_source: rx.EventHandler[passthrough_event_spec(str, int, int)]


cut_timeline = InkTimeline.create
