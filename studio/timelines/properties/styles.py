"""Styles for letters: how a title, a name or a caption usually looks. Words stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from studio.core.errors import Invalid
from studio.engine.editing import Edit
from studio.engine.timeline.looks import Text, TextStyle
from studio.timelines.properties.reading import Spot

_STYLES: dict[str, tuple[str, TextStyle, Text]] = {
    "title": ("Title", TextStyle(size=0.14, weight=900, leading=1.0), Text("", box=(0.5, 0.5, 0.86, 0.5))),
    "lower": (
        "Lower third",
        TextStyle(size=0.045, weight=700, align="left", background="#000000c0"),
        Text("", box=(0.3, 0.82, 0.48, 0.16), anchor="bottom"),
    ),
    "subtitle": (
        "Subtitle",
        TextStyle("inter", 0.05, 600, outline=0.06),
        Text("", box=(0.5, 0.86, 0.86, 0.2), anchor="bottom"),
    ),
    "chapter": (
        "Chapter",
        TextStyle(size=0.06, weight=800, colour="#f7b801", tracking=0.08),
        Text("", box=(0.5, 0.2, 0.86, 0.2), anchor="top"),
    ),
    "credits": ("Credits", TextStyle("inter", 0.04, 500, leading=1.6), Text("", box=(0.5, 0.5, 0.7, 0.9))),
    "typed": (
        "Typewriter",
        TextStyle("courier-prime", 0.055, 400, align="left", background="#00000080"),
        Text("", box=(0.3, 0.2, 0.5, 0.2), anchor="top"),
    ),
    "shout": (
        "Poster",
        TextStyle(size=0.2, weight=900, colour="#000000", background="#ff6b35", leading=0.95, padding=0.2),
        Text("", box=(0.5, 0.5, 0.9, 0.7)),
    ),
}

STYLES: tuple[tuple[str, str], ...] = tuple((code, words) for code, (words, _, _) in _STYLES.items())
"""Styles there are: code and words."""


def styled(spots: Sequence[Spot], code: str) -> tuple[Edit, ...]:
    """Texts in a style, where such letters usually stand. Raises: Invalid."""
    if code not in _STYLES:
        raise Invalid("There is no such style.", field="style")
    _, style, there = _STYLES[code]
    texts = [(spot.clip.id, spot.clip.made) for spot in spots if isinstance(spot.clip.made, Text)]
    if not texts:
        raise Invalid("Choose a text first.", field="clips")
    return tuple(
        Edit(
            "set_clip",
            {"clip": clip, "fields": {"made": replace(made, style=style, box=there.box, anchor=there.anchor)}},
        )
        for clip, made in texts
    )
