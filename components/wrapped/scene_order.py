"""A list whose rows are put into another order by dragging or with Alt and the arrows."""

from __future__ import annotations

import reflex as rx
from reflex.event import passthrough_event_spec

_jsx = rx.asset("scene_order.jsx", shared=True)


class SceneOrder(rx.Component):
    """Rows carry `data-scene` and `data-position`; `on_move` tells which row goes to which position."""

    library = _jsx.importable_path
    tag = "InkOrder"

    editable: rx.Var[bool]
    label: rx.Var[str]
    on_move: rx.EventHandler[passthrough_event_spec(str, int)]


scene_order = SceneOrder.create
