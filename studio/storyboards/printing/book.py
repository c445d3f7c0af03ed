"""What is printed of a board: its scenes and panels as plain values. What they look like on paper is elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

STAND_IN = "stand-in"
"""The `origin` of a picture that stands in for a better one."""
ANGLES = {
    "EYE": "Eye level",
    "HIGH": "High",
    "LOW": "Low",
    "OVERHEAD": "Overhead",
    "WORM": "Worm's eye",
    "DUTCH": "Dutch",
}


@dataclass(frozen=True, slots=True)
class BookPanel:
    """A panel with its picture: the only one of its shot, or one of `parts`, `part` counting from 1.

    `size`, `angle` and `move` are the codes of the shot, `lens_mm` is in millimetres, `dialogue` is (speaker, words) line by line.
    `seconds` are the panel's own, `shot_seconds` those of all panels of its shot; the words stand with the first of them.
    `sha256` is the picture's and `picture` a file of it on this machine; both are None before it is drawn.
    """

    number: str
    size: str
    angle: str
    move: str
    lens_mm: float
    seconds: float
    action: str = ""
    dialogue: tuple[tuple[str, str], ...] = ()
    cast: tuple[str, ...] = ()
    sha256: str | None = None
    picture: Path | None = None
    version: int | None = None
    origin: str | None = None
    panel_id: str = ""
    part: int = 1
    parts: int = 1
    shot: str = ""
    shot_seconds: float = 0.0

    @property
    def shot_number(self) -> str:
        """The number of its shot."""
        return self.shot or self.number


@dataclass(frozen=True, slots=True)
class BookScene:
    """A scene with its panels in order; `eighths` of a page, where they are known."""

    number: str
    heading: str
    seconds: float
    panels: tuple[BookPanel, ...]
    eighths: int | None = None

    @property
    def shots(self) -> tuple[BookPanel, ...]:
        """The first panel of each shot."""
        return tuple(panel for panel in self.panels if panel.part == 1)


@dataclass(frozen=True, slots=True)
class BoardBook:
    """A board to be printed; `aspect` is the width of its pictures over their height, `fps` its frames in a second."""

    title: str
    author: str
    date: date
    scenes: tuple[BookScene, ...]
    aspect: float = 16 / 9
    fps: float = 24.0
    script_id: str = ""

    @property
    def panels(self) -> tuple[BookPanel, ...]:
        """All panels in order."""
        return tuple(panel for scene in self.scenes for panel in scene.panels)

    @property
    def shots(self) -> tuple[BookPanel, ...]:
        """The first panel of each shot in order."""
        return tuple(panel for scene in self.scenes for panel in scene.shots)

    @property
    def seconds(self) -> float:
        return sum(scene.seconds for scene in self.scenes)

    @property
    def drawn(self) -> int:
        """How many panels have a picture."""
        return sum(panel.picture is not None or panel.sha256 is not None for panel in self.panels)

    @property
    def stand_ins(self) -> int:
        """How many panels have a picture that only stands in for one."""
        return sum(panel.origin == STAND_IN for panel in self.panels)


def shot_terms(panel: BookPanel) -> tuple[str, str]:
    """Size, angle, move and lens in words, and once more in the fewest letters."""
    angle = ANGLES.get(panel.angle, _worded(panel.angle))
    long = (panel.size, angle, _worded(panel.move), f"{panel.lens_mm:g} mm")
    short = (panel.size, panel.angle, panel.move.replace("_", " "), f"{panel.lens_mm:g}mm")
    return " · ".join(filter(None, long)), " ".join(filter(None, short))


def move_word(panel: BookPanel) -> str:
    """The camera move in words: Push in."""
    return _worded(panel.move)


def clock(seconds: float) -> str:
    """A length as minutes and seconds: 1:05."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"


def spread(panels: tuple[BookPanel, ...], most: int) -> Iterator[BookPanel]:
    """At most so many of these panels that have a picture, evenly from the first to the last."""
    found = [panel for panel in panels if panel.picture is not None]
    count = min(most, len(found))
    for at in range(count):
        yield found[round(at * (len(found) - 1) / max(1, count - 1))]


def _worded(code: str) -> str:
    return code.replace("_", " ").capitalize()
