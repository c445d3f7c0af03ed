"""A list whose rows are put into another order by dragging or with Alt and the arrows."""

from __future__ import annotations

import reflex as rx
from reflex.event import passthrough_event_spec

from components.wrapped import island


class SceneOrder(rx.Component):
    """Rows carry `data-scene` and `data-position`; `on_move` tells which row goes to which position."""

    library = island("scene_order.jsx")
    tag = "InkOrder"

    editable: rx.Var[bool]
    label: rx.Var[str]
    on_move: rx.EventHandler[passthrough_event_spec(str, int)]


scene_order = SceneOrder.create
