"""What other rooms see of scripts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

PrintedKind = Literal["heading", "action", "character", "parenthetical", "dialogue", "lyric", "transition", "centered"]


@dataclass(frozen=True, slots=True)
class SceneView:
    """A scene: number and heading and what it names, length in eighths of a page and seconds."""

    id: str
    position: int
    number: str
    heading: str
    eighths: int
    seconds: float
    int_ext: str = "OTHER"
    set_name: str = ""
    time_of_day: str = ""


@dataclass(frozen=True, slots=True)
class ScriptDetail:
    """A script with its scenes in order and the names of its people."""

    id: str
    project_id: str
    title: str
    author: str
    eighths: int
    seconds: float
    scenes: tuple[SceneView, ...]
    characters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScriptCard:
    """A script at a glance; `name` is the file it came from, `scenes` how many it has, lengths as in `SceneView`."""

    id: str
    project_id: str
    title: str
    author: str
    name: str
    scenes: int
    eighths: int
    seconds: float
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ElementView:
    """One printed part of a scene: its words without any markup, and where they stand in the source."""

    kind: PrintedKind
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ScenePage:
    """A scene as it is printed."""

    scene: SceneView
    elements: tuple[ElementView, ...]


@dataclass(frozen=True, slots=True)
class PersonView:
    """A character of the project: cues in the newest script, age (child, adult, old), the name of their voice once cast."""

    name: str
    lines: int
    age: str
    voice: str | None


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place of the project and in how many scenes of the newest script it is."""

    name: str
    int_ext: str
    scenes: int


@dataclass(frozen=True, slots=True)
class SceneHit:
    """A scene found by its heading."""

    id: str
    project_id: str
    position: int
    number: str
    heading: str


@dataclass(frozen=True, slots=True)
class PersonHit:
    """A character found by name."""

    id: str
    project_id: str
    name: str
    age: str
