"""States that send a page only what is different: Reflex sends a var whenever it is set, also to what it already was."""

from __future__ import annotations

from typing import Any

import reflex as rx


class Sparing(rx.State, mixin=True):
    """For states that read their page anew after every change: a var set to what it is stays unsent."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name in type(self).base_vars and getattr(self, name) == value:
            return
        super().__setattr__(name, value)
