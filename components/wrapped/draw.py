"""The drawing room's island: the sheet one draws on."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex.event import no_args_event_spec

from components.wrapped import island


class InkSheet(rx.NoSSRComponent):
    """Brings #draw-stage to life: #draw-sheet with #draw-under and #draw-films in it, #draw-pick and #draw-words.

    Buttons anywhere act by `data-tool`, `data-colour` and `data-draw`, and are pressed by keys as their `data-hit` says. It
    fills #draw-layers with rows like that in #draw-layer, #draw-references with pictures to draw over, and the bars and slider
    of #draw-time. #draw-saved tells what is kept, #draw-said why nothing happens. After `data-rest` seconds without a stroke a
    version is made. `last` is the newest op the server has told of.
    """

    library = island("draw_surface.jsx", "draw_ink.jsx", "draw_journal.jsx", "draw_shown.jsx")
    tag = "InkSheet"

    panel: rx.Var[Any]
    last: rx.Var[int]
    me: rx.Var[str]
    editable: rx.Var[bool]
    on_done: rx.EventHandler[no_args_event_spec]


ink_sheet = InkSheet.create
