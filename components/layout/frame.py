"""What every page carries: skip link, notices, key sheet, the keyboard, and the sign that the studio is out of reach."""

from __future__ import annotations

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from components.ui.notices import notices
from components.wrapped.keys import shell_keys

Keys = tuple[tuple[str, str], ...]
"""Keys, parted by spaces, and what they do."""

_KEYS = (
    ("Ctrl K", "Find anything, or run a command"),
    ("?", "These keys"),
    ("g p", "Go to the projects"),
    ("g h", "Go to the project's thread"),
    ("g s", "Go to the script"),
    ("g d", "Go to the breakdown"),
    ("g b", "Go to the board"),
    ("g c", "Go to the cut"),
    ("g r", "Go to the renders"),
    ("Ctrl Z", "On the board: undo what you did last"),
    ("Alt →", "On the board: move the panel on"),
    ("Del", "On the board: take out what is marked"),
    ("Esc", "Close what is open"),
)


def framed(*content: rx.Component, look: str, keys: Keys = ()) -> rx.Component:
    """A whole page: `look` is paper or room shell; `keys` are those of its own."""
    return rx.el.div(
        rx.el.a("Skip to the content", href="#main", class_name="skip"),
        *content,
        notices(),
        key_sheet(keys),
        unreachable(),
        shell_keys(),
        class_name=look,
    )


def key_sheet(own: Keys) -> rx.Component:
    """The keys of the page and of the shell, opened with `?`."""
    rows = [
        part
        for keys, meaning in (*own, *_KEYS)
        for part in (rx.el.dt(*[rx.el.kbd(k) for k in keys.split(" ")]), rx.el.dd(meaning))
    ]
    return rx.el.div(
        rx.el.h2("Keys"),
        rx.el.dl(*rows),
        id="keys",
        class_name="sheet",
        custom_attrs={"popover": "auto", "aria-label": "Keys", "role": "dialog", "tabIndex": -1, "autoFocus": True},
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
