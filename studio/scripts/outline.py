"""A screenplay as a film maker reads it: scenes, people, places, length, and who says what."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from studio.scripts.elements import Element, Screenplay


class IntExt(StrEnum):
    INT = "INT"
    EXT = "EXT"
    INT_EXT = "INT_EXT"
    OTHER = "OTHER"


class Off(StrEnum):
    """Where a voice comes from: seen, over the picture, or from beside it."""

    NONE = ""
    VO = "VO"
    OS = "OS"


@dataclass(frozen=True, slots=True)
class SceneOutline:
    """One scene. `index` counts from 0; `source[start:end]` is its raw text; `elements` are all of it, blanks included."""

    index: int
    number: str
    heading: str
    int_ext: IntExt
    set_name: str
    time_of_day: str
    start: int
    end: int
    eighths: int
    seconds: float
    synopsis: str
    section: str
    characters: tuple[str, ...]
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class CharacterOutline:
    """One person. `aliases` are the other spellings found; `first_scene` is an index into `Outline.scenes`."""

    name: str
    aliases: tuple[str, ...]
    cues: int
    words: int
    first_scene: int
    feminine: bool | None
    age: str


@dataclass(frozen=True, slots=True)
class LocationOutline:
    """One place. `scenes` are indexes into `Outline.scenes`."""

    name: str
    int_ext: IntExt
    scenes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    title: str
    author: str
    scenes: tuple[SceneOutline, ...]
    characters: tuple[CharacterOutline, ...]
    locations: tuple[LocationOutline, ...]
    eighths: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Speech:
    """What one person says without a break. `source[start:end]` is where the words stand.

    `dual` is true for the right column of a dual dialogue: spoken at the same time as the speech before it.
    """

    speaker: str
    off: Off
    manner: str
    text: str
    start: int
    end: int
    dual: bool
    element: Element


def outlined(screenplay: Screenplay) -> Outline:
    """The outline of a screenplay."""
    raise NotImplementedError


def said(part: Screenplay | SceneOutline) -> tuple[Speech, ...]:
    """Every speech of a screenplay or a scene, in order."""
    raise NotImplementedError
