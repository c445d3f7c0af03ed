"""How a page is made: its address, its title, what it loads, and who may be on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import reflex as rx


def page(
    link: str, *, title: str, load: Any = None, about: str = ""
) -> Callable[[Callable[[], rx.Component]], Callable[[], rx.Component]]:
    """Register a page function. `load` is a gated handler: it decides who may be here and fetches what the page shows."""

    def registered(made: Callable[[], rx.Component]) -> Callable[[], rx.Component]:
        rx.page(route=link, title=f"{title} · Inkreel", description=about or None, on_load=load)(made)
        return made

    return registered
