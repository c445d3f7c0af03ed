"""How a scene is printed on a strip board: its colour, its length in pages and eighths, its story in a line."""

from __future__ import annotations

import re
from typing import Literal

from studio.scripts.elements import Kind
from studio.scripts.headings import IntExt
from studio.scripts.outline import SceneOutline

StripColour = Literal["white", "yellow", "blue", "green", "grey"]
_STORY = 160


def strip_colour(int_ext: str, *, dark: bool) -> StripColour:
    """White inside by day, yellow outside by day, blue inside by night, green outside by night; grey when not said.

    A scene inside and outside counts as outside: what it needs is daylight.
    """
    if int_ext == IntExt.OTHER:
        return "grey"
    if int_ext == IntExt.INT:
        return "blue" if dark else "white"
    return "green" if dark else "yellow"


def in_pages(eighths: int) -> str:
    """A length as a breakdown counts it: 12 eighths are "1 4/8"."""
    whole, rest = divmod(eighths, 8)
    return " ".join(part for part in (str(whole) if whole else "", f"{rest}/8" if rest else "") if part) or "0"


def story_of(scene: SceneOutline) -> str:
    """The synopsis a writer gave the scene, else the first sentence of what is seen, at most 160 characters."""
    if scene.synopsis.strip():
        return _short(" ".join(scene.synopsis.split()))
    action = next((e.text for e in scene.elements if e.kind is Kind.ACTION and re.search(r"\w[^:]*$", e.text)), "")
    return _short(re.split(r"(?<=[.!?…])\s", " ".join(action.split()), maxsplit=1)[0])


def _short(text: str) -> str:
    if len(text) <= _STORY:
        return text
    return text[: _STORY - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
