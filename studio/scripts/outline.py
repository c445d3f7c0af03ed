"""A screenplay as a film maker reads it: scenes, people, places, length, and who says what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from studio.scripts.elements import Element, Kind, Screenplay, Side, source_offset
from studio.scripts.headings import IntExt, heading_of
from studio.scripts.layout import SECONDS_AN_EIGHTH, eighths
from studio.scripts.people import (
    Impressions,
    KnownNames,
    Mention,
    action_texts,
    guessed_names,
    introduced_names,
    other_names,
    person_name,
)

__all__ = [
    "CharacterOutline",
    "IntExt",
    "LocationOutline",
    "Off",
    "Outline",
    "SceneOutline",
    "Speech",
    "outlined",
    "said",
]


class Off(StrEnum):
    """Where a voice comes from: seen, over the picture, or from beside it."""

    NONE = ""
    VO = "VO"
    OS = "OS"


@dataclass(frozen=True, slots=True)
class SceneOutline:
    """One scene. `index` counts from 0; `source[start:end]` is its raw text; `elements` are all of it, blanks included.

    The scenes tile the script after its title page. Text before the first heading belongs to the first scene; a section
    that opens a scene belongs to that scene, and `section` is the path of sections it is in ("Act One / The Bank").
    """

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
    `text` is the text of `element`, so that `source_offset(element, index)` finds each of its words.
    """

    speaker: str
    off: Off
    manner: str
    text: str
    start: int
    end: int
    dual: bool
    element: Element


_SHOWN = frozenset({Kind.SCENE_HEADING, Kind.ACTION, Kind.CHARACTER, Kind.CENTERED, Kind.LYRICS})
_WITHIN_SPEECH = frozenset({Kind.PARENTHETICAL, Kind.DIALOGUE, Kind.LYRICS, Kind.NOTE, Kind.BONEYARD})
_OVER = re.compile(r"VO\b|VOICE ?OVER\b|NARRAT")
_BESIDE = re.compile(
    r"O[SC]\b|OFF\b|(?:ON|OVER|THROUGH|FROM) .*\b(?:RADIO|TV|TELEVISION|INTERCOM|(?:LOUD)?SPEAKERS?|PA)\b"
)


def outlined(screenplay: Screenplay) -> Outline:
    """The outline of a screenplay; a script with words but no scene heading is one scene with the heading "".

    Lengths are estimates from the layout, in eighths of a page of 7.5 seconds each.
    """
    body = [element for element in screenplay.elements if element.kind is not Kind.TITLE]
    parts = _parts(body)
    people = _People(body)
    casts = [people.cast_of(part) for part in parts]
    numbers = _numbers([_heading(part).number for part in parts])
    sections = _sections(parts)
    scenes = tuple(
        _scene(index, part, numbers[index], sections[index], casts[index]) for index, part in enumerate(parts)
    )
    total = sum(scene.eighths for scene in scenes)
    return Outline(
        title=" ".join(screenplay.title_value("title").split()),
        author=" ".join(screenplay.title_value("author", "authors", "writer", "writers", "written by").split()),
        scenes=scenes,
        characters=people.outlines(casts),
        locations=_locations(scenes),
        eighths=total,
        seconds=total * SECONDS_AN_EIGHTH,
    )


def said(part: Screenplay | SceneOutline) -> tuple[Speech, ...]:
    """Every speech of a screenplay or a scene, in order; a parenthetical or a note within a speech makes two of it."""
    speeches: list[Speech] = []
    cue: Element | None = None
    manner: list[str] = []
    for element in part.elements:
        if element.kind is Kind.CHARACTER:
            cue = element
            manner = []
        elif element.kind not in _WITHIN_SPEECH:
            cue = None
        elif cue and element.kind is Kind.PARENTHETICAL:
            manner.append(" ".join(element.text.split()))
        elif cue and element.kind in (Kind.DIALOGUE, Kind.LYRICS) and element.text.strip():
            if element.kind is Kind.LYRICS:
                manner.append("singing")
            speeches.append(_speech(cue, ", ".join(manner), element))
            manner = []
    return tuple(speeches)


def _speech(cue: Element, manner: str, element: Element) -> Speech:
    return Speech(
        speaker=person_name(cue.name),
        off=_off(cue),
        manner=manner,
        text=element.text,
        start=source_offset(element, 0),
        end=source_offset(element, len(element.text)),
        dual=element.side is Side.RIGHT,
        element=element,
    )


def _off(cue: Element) -> Off:
    tail = cue.name.upper().removeprefix(person_name(cue.name))
    for extension in (*cue.extensions, tail):
        words = extension.upper().replace(".", "").replace("-", " ").strip()
        if _OVER.match(re.sub(r"^V O\b", "VO", words)):
            return Off.VO
        if _BESIDE.match(re.sub(r"^O ([SC])\b", r"O\1", words)):
            return Off.OS
    return Off.NONE


def _parts(body: list[Element]) -> list[list[Element]]:
    """The elements of each scene."""
    starts = [_opening(body, at) for at, element in enumerate(body) if element.kind is Kind.SCENE_HEADING]
    if not starts:
        return [body] if any(element.kind in _SHOWN and element.text.strip() for element in body) else []
    bounds = [0, *starts[1:], len(body)]
    return [body[left:right] for left, right in pairwise(bounds)]


def _opening(body: list[Element], heading: int) -> int:
    """Where the scene of a heading opens: at the first section of those right above it, else at the heading itself."""
    opening = at = heading
    while at and body[at - 1].kind in (Kind.BLANK, Kind.SECTION, Kind.SYNOPSIS):
        at -= 1
        if body[at].kind is Kind.SECTION:
            opening = at
    return opening


_NO_HEADING = Element(Kind.SCENE_HEADING, 0, 0, "")


def _heading(part: Sequence[Element]) -> Element:
    return next((element for element in part if element.kind is Kind.SCENE_HEADING), _NO_HEADING)


def _numbers(given: list[str]) -> list[str]:
    """The number of each scene: its own, else the next whole number that no scene has."""
    taken = {number.casefold() for number in given if number}
    numbers: list[str] = []
    following = 1
    for number in given:
        if not number:
            while str(following) in taken:
                following += 1
            number = str(following)
            following += 1
        numbers.append(number)
    return numbers


def _sections(parts: list[list[Element]]) -> list[str]:
    """The path of sections each scene opens in."""
    path: dict[int, str] = {}
    found: list[str] = []
    for part in parts:
        opened = False
        for element in part:
            if element.kind is Kind.SECTION:
                path = {depth: name for depth, name in path.items() if depth < element.depth}
                path[element.depth] = element.text
            if element.kind is Kind.SCENE_HEADING:
                found.append(" / ".join(path.values()))
                opened = True
        if not opened:
            found.append(" / ".join(path.values()))
    return found


def _scene(index: int, part: list[Element], number: str, section: str, cast: list[str]) -> SceneOutline:
    heading = _heading(part)
    place = heading_of(heading.text)
    length = eighths(part)
    synopses = [each.text for each in part if each.kind is Kind.SYNOPSIS and each.start >= heading.start]
    return SceneOutline(
        index=index,
        number=number,
        heading=heading.text,
        int_ext=place.int_ext,
        set_name=place.set_name,
        time_of_day=place.time_of_day,
        start=part[0].start,
        end=part[-1].end,
        eighths=length,
        seconds=length * SECONDS_AN_EIGHTH,
        synopsis=" ".join(synopses),
        section=section,
        characters=tuple(cast),
        elements=tuple(part),
    )


class _People:
    """Who is in a script: those who speak, those brought in by name, and, where nobody is either, those who act."""

    def __init__(self, body: list[Element]) -> None:
        self._spellings: dict[str, dict[str, None]] = {}
        self._cues: dict[str, int] = {}
        self._words: dict[str, int] = {}
        actions = action_texts(body)
        for element in body:
            if element.kind is Kind.CHARACTER and (name := person_name(element.name)):
                self._cues[name] = self._cues.get(name, 0) + 1
                self._spellings.setdefault(name, {})[element.name] = None
        for speech in said(Screenplay("", tuple(body))):
            self._words[speech.speaker] = self._words.get(speech.speaker, 0) + len(speech.text.split())
        introduced = introduced_names(actions)
        others = other_names(list(self._cues), introduced)
        silent = [name for name in introduced if name not in others]
        names = list(dict.fromkeys([*self._cues, *silent])) or guessed_names(actions)
        for other, name in others.items():
            self._spellings.setdefault(name, {})[other] = None
        self._known = KnownNames({**others, **{name: name for name in names}})
        self._impressions = Impressions(names)

    def cast_of(self, part: list[Element]) -> list[str]:
        """The people of a scene in order of appearance. Reads the scene; scenes must come in order."""
        cast: dict[str, None] = {}
        for element in part:
            if element.kind is Kind.CHARACTER and (name := person_name(element.name)):
                cast[name] = None
            elif element.kind is Kind.ACTION:
                mentions: list[Mention] = self._known.mentions(element.text)
                self._impressions.read(element.text, mentions)
                cast.update(dict.fromkeys(mention.name for mention in mentions))
        return list(cast)

    def outlines(self, casts: list[list[str]]) -> tuple[CharacterOutline, ...]:
        """Everyone, in order of appearance."""
        first: dict[str, int] = {}
        for index, cast in enumerate(casts):
            for name in cast:
                first.setdefault(name, index)
        return tuple(
            CharacterOutline(
                name=name,
                aliases=tuple(spelling for spelling in self._spellings.get(name, {}) if spelling != name),
                cues=self._cues.get(name, 0),
                words=self._words.get(name, 0),
                first_scene=scene,
                feminine=self._impressions.feminine(name),
                age=self._impressions.age(name),
            )
            for name, scene in first.items()
        )


def _locations(scenes: Sequence[SceneOutline]) -> tuple[LocationOutline, ...]:
    """Places by set name, in order; one seen from inside and outside is INT_EXT."""
    found: dict[str, list[SceneOutline]] = {}
    for scene in scenes:
        if scene.set_name:
            found.setdefault(scene.set_name, []).append(scene)
    return tuple(
        LocationOutline(name, _shared(seen), tuple(scene.index for scene in seen)) for name, seen in found.items()
    )


def _shared(scenes: list[SceneOutline]) -> IntExt:
    kinds = {scene.int_ext for scene in scenes} - {IntExt.OTHER}
    if not kinds:
        return IntExt.OTHER
    return kinds.pop() if len(kinds) == 1 else IntExt.INT_EXT
