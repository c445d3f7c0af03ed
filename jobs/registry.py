"""Which function does which step of which kind of run, and what a step may answer."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from jobs.work import Work


@dataclass(frozen=True, slots=True)
class Done:
    """The run is finished; `result` is plain JSON."""

    result: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class Wait:
    """The run has started others: its next step follows when they have all ended. `stage` says what they do."""

    stage: str


Step = Callable[[Work], Done | Wait]

_KINDS = {
    "board": "jobs.steps.storyboards:BOARD",
    "print": "jobs.steps.storyboards:PRINT",
    "scan": "jobs.steps.storyboards:SCAN",
    "boards": "jobs.steps.storyboards:BOARDS",
    "panel": "jobs.steps.storyboards:PANEL",
    "voice": "jobs.steps.storyboards:VOICE",
    "take": "jobs.steps.timelines:TAKE",
    "ink": "jobs.steps.storyboards:INK",
    "media": "jobs.steps.media:MEDIA",
    "music": "jobs.steps.media:MUSIC",
    "animatic": "jobs.steps.film:ANIMATIC",
    "film": "jobs.steps.film:FILM",
    "render": "jobs.steps.renders:RENDER",
    "segment": "jobs.steps.renders:SEGMENT",
    "sound": "jobs.steps.renders:SOUND",
    "preview": "jobs.steps.previews:PREVIEW",
    "piece": "jobs.steps.previews:PIECE",
}


def steps(kind: str) -> tuple[Step, ...]:
    """The steps of a kind of run, in order."""
    module, _, name = _KINDS[kind].partition(":")
    return getattr(importlib.import_module(module), name)


def warm() -> None:
    """Import everything jobs need once, in the parent, so that each child starts in milliseconds."""
    for kind in _KINDS:
        steps(kind)
    for heavy in ("numpy", "cv2", "shapely", "skia", "av", "PIL.ImageDraw", "PIL.ImageFilter", "PIL.ImageFont"):
        try:
            importlib.import_module(heavy)
        except ImportError:
            continue
