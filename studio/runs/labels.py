"""What a run is called where people see it. Pure: its kind and wishes to a few words."""

from __future__ import annotations

from typing import Any

_PLAIN = {
    "animatic": "Record voices and music",
    "music": "Compose music",
    "segment": "Render a piece",
    "sound": "Mix the sound",
    "preview": "Render the preview of a cut",
    "piece": "Render a piece of a preview",
    "voice": "Record voices",
    "scan": "Bring in drawn sheets",
    "boards": "Bring in drawings",
}
_LONGEST = 80
_PRINTS = {
    "csv": "Write the shot list",
    "xlsx": "Write the shot list",
    "zip": "Pack the pictures",
    "gif": "Make an animatic",
    "storyboarder": "Write a Storyboarder project",
    "worksheet": "Print a worksheet",
}


def label(kind: str, config: dict[str, Any], pieces: int = 0) -> str:
    """A run in words: "Draw 32 panels", "Make the film, 1080p". `pieces` is how many runs it has started."""
    if kind == "board":
        count = pieces or int(config.get("panels", 0))
        return f"Draw {count} panel{'' if count == 1 else 's'}"
    if kind == "ink":
        return f"Keep the drawing of {config.get('number', 'a panel')}"
    if kind == "panel":
        verb = "Redraw" if "seed" in config else "Draw"
        return f"{verb} panel {config.get('number', '')}".strip()
    if kind == "media":
        return f"Bring in {config.get('name', 'a file')}"
    if kind in ("film", "render"):
        verb = "Make" if kind == "film" else "Render"
        return f"{verb} the film, {config.get('preset', '')}".rstrip(", ")
    if kind == "take":
        return f"Say anew: {config.get('text', '')}"[:_LONGEST]
    if kind == "print":
        return _PRINTS.get(config.get("format", ""), "Print the board")
    return _PLAIN.get(kind, kind.capitalize())
