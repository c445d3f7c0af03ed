"""What every page carries: skip link, notices, key sheet, the keyboard, and the sign that the studio is out of reach."""

from __future__ import annotations

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from components.layout.keysheet import key_sheet
from components.ui.notices import notices
from components.wrapped.keys import shell_keys
from state.keys.table import KeysState


def framed(*content: rx.Component, look: str, keys: str = "") -> rx.Component:
    """A whole page: `look` is paper or room shell; `keys` is the room whose keys it has."""
    return rx.el.div(
        rx.el.a("Skip to the content", href="#main", class_name="skip"),
        *content,
        notices(),
        key_sheet(keys),
        unreachable(),
        shell_keys(keys=KeysState.keys),
        class_name=look,
    )


def unreachable() -> rx.Component:
    """Shown while the socket is down; the browser keeps trying."""
    return rx.cond(
        has_connection_errors,
        rx.el.div(
            "The studio does not answer. What was saved is safe; trying again.",
            class_name="offline",
            custom_attrs={"role": "alert"},
        ),
    )
