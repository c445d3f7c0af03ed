"""A script as the page shows it: scenes of lines, what stands at their edge, people, places, notes and coverage."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from state.board import panels
from state.board.panels import SceneItem
from state.session import initials
from studio.scripts.elements import Kind
from studio.scripts.views import PersonView, PlaceView, SceneText
from studio.scripts.writing.lines import EditorLine, lines_in
from studio.storyboards.views import PanelCard

_MOST_COVERS = 60
_MOST_GAPS = 12
_THUMB_PX = 46  # a panel at the page's edge with the air it needs
_LINE_PX, _GAP_PX = 19, 15
_CHARACTERS = {Kind.DIALOGUE: 30, Kind.LYRICS: 30, Kind.PARENTHETICAL: 21, Kind.TRANSITION: 48}
_CLOSE = (Kind.CHARACTER, Kind.PARENTHETICAL)  # no gap below these
_SHOWN = (Kind.ACTION, Kind.DIALOGUE, Kind.LYRICS, Kind.CENTERED)
_CAMERA = re.compile(r"(?:FADE|CUT|DISSOLVE|SMASH CUT|MATCH CUT) (?:IN|OUT|TO)[:.]?|(?:THE )?END[.]?")
_WORD = re.compile(r"\S+")
_NOTE = re.compile(r"\[\[.*?\]\]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PageScene:
    """A scene to read and write: its raw text as the next change's base, its lines as {k, t, n, s}; `page` where it turns."""

    id: str
    position: int
    number: str
    heading: str
    page: str
    revision: int
    raw: str
    lines: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Mark:
    """The panel that hangs at the page's edge, beside a line of its scene."""

    line: int
    id: str
    label: str
    picture: str
    alt: str
    href: str


@dataclass(frozen=True, slots=True)
class Bare:
    """Words of a line that no shot shows."""

    line: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands at a scene's edge and under its words."""

    marks: list[Mark] = field(default_factory=list)
    bare: list[Bare] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Jump:
    """Where the pages are to go: a line of a scene and words of it, to `write` there. A new serial is a new wish."""

    serial: int = 0
    id: str = ""
    line: int = 0
    left: int = 0
    right: int = 0
    write: bool = False


@dataclass(frozen=True, slots=True)
class NavScene(SceneItem):
    """A scene in the navigator."""

    id: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A character in the cast list."""

    name: str
    initials: str
    tint: str
    lines: str
    about: str
    voice: str
    voiced: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the list of places."""

    name: str
    about: str
    scenes: str


@dataclass(frozen=True, slots=True)
class NoteItem:
    """A note of the script."""

    scene_id: str
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class CutScene:
    """A scene in the drawer."""

    id: str
    heading: str
    told: str


@dataclass(frozen=True, slots=True)
class Silent:
    """A spoken line of the chosen scene that nobody has voiced."""

    speaker: str
    words: str


@dataclass(frozen=True, slots=True)
class Cover:
    """A piece of the coverage bar: a shot, or words without one (no `id`); its width is in seconds."""

    id: str
    number: str
    letter: str
    seconds: float
    told: str
    picture: str
    words: str


def page_scene(text: SceneText, before: int, *, first: bool) -> PageScene:
    """A scene of the page; `before` is how many eighths come before it, `first` that it opens the pages on view."""
    scene = text.scene
    page = before // 8 + 1
    turns = first or page != max(0, before - 1) // 8 + 1
    return PageScene(
        id=scene.id,
        position=scene.position,
        number=scene.number,
        heading=scene.heading,
        page=f"{page}." if turns else "",
        revision=text.revision,
        raw=text.text,
        lines=plain(lines_in(text.text)),
    )


def plain(lines: Sequence[EditorLine]) -> list[dict[str, str]]:
    """Lines as the page holds them."""
    return [{"k": x.kind.value, "t": x.text, "n": x.number, "s": x.side.value} for x in lines if x.text.strip()]


def beside(project_id: str, text: SceneText, cards: Sequence[PanelCard]) -> Beside:
    """The panels of a scene at the lines they begin with, and the words without any."""
    lines = [line for line in lines_in(text.text) if line.text.strip()]
    marks: list[Mark] = []
    waiting = list(cards)
    room = _THUMB_PX
    for i, line in enumerate(lines):
        begun = [card for card in waiting if card.start < text.start + line.end and line.kind is not Kind.SCENE_HEADING]
        waiting = waiting[len(begun) :]
        if begun and (room >= _THUMB_PX or not marks):
            marks.append(_mark(project_id, i, begun))
            room = 0
        elif begun:
            marks[-1] = _more(marks[-1], len(begun))
        room += _height(line)
    bare = [Bare(i, left, right) for i, line in enumerate(lines) for left, right in _bare(line, text, cards)]
    return Beside(marks, bare)


def covers_of(project_id: str, text: SceneText | None, cards: Sequence[PanelCard]) -> list[Cover]:
    """The coverage bar of a scene: its shots, at most 60, and between them the words no shot shows."""
    shots = [(card.start, _cover(project_id, card)) for card in cards[:_MOST_COVERS]]
    return [cover for _, cover in sorted([*shots, *_gaps(text, cards)], key=lambda each: each[0])]


def percent_of(text: SceneText | None, cards: Sequence[PanelCard]) -> int:
    """How much of a scene's words its shots show, by letters."""
    if text is None:
        return 0
    lines = [line for line in lines_in(text.text) if line.kind in _SHOWN]
    letters = sum(len(line.text) for line in lines)
    gone = sum(right - left for line in lines for left, right in _bare(line, text, cards))
    return round(100 * (letters - gone) / letters) if letters else 100


def line_with(text: SceneText, words: str) -> tuple[int, int, int]:
    """The first line of a scene that holds some words, and where in it; the scene's first line when none does."""
    wanted = " ".join(words.casefold().split())
    for i, line in enumerate(x for x in lines_in(text.text) if x.text.strip()):
        at = line.text.replace("\n", " ").casefold().find(wanted)
        if wanted and at >= 0:
            return i, at, at + len(wanted)
    return 0, 0, 0


def person(index: int, found: PersonView) -> Person:
    """A character of the cast."""
    name = panels.person(found.name)
    return Person(
        name=name,
        initials=initials(name),
        tint=f"a{index % 5}",
        lines=panels.counted(found.lines, "line"),
        about="" if found.age == "adult" else found.age.capitalize(),
        voice=f"Voice: {found.voice}" if found.voice else "No voice yet",
        voiced=bool(found.voice),
    )


def place(found: PlaceView) -> Place:
    """A place of the list."""
    inside = {"INT": "Inside", "EXT": "Outside", "INT_EXT": "Inside and outside"}.get(found.int_ext, "")
    return Place(panels.person(found.name), inside, panels.counted(found.scenes, "scene"))


def nav_scene(item: SceneItem, scene_id: str) -> NavScene:
    """A scene of the navigator."""
    return NavScene(**{name: getattr(item, name) for name in SceneItem.__slots__}, id=scene_id)


def _mark(project_id: str, line: int, begun: list[PanelCard]) -> Mark:
    first = begun[0]
    more = f" +{len(begun) - 1}" if len(begun) > 1 else ""
    return Mark(
        line=line,
        id=first.shot_id,
        label=f"{first.number}{more}",
        picture=panels.thumbnail(project_id, first),
        alt=f"Panel {first.number}",
        href=f"/p/{project_id}/board?shot={first.shot_id}",
    )


def _more(mark: Mark, count: int) -> Mark:
    """Panels that begin too close below another one are counted in its label."""
    number, _, counted = mark.label.partition(" +")
    return Mark(mark.line, mark.id, f"{number} +{int(counted or 0) + count}", mark.picture, mark.alt, mark.href)


def _height(line: EditorLine) -> int:
    wide = _CHARACTERS.get(line.kind, 48)
    rows = sum(max(1, -(-len(row) // wide)) for row in line.text.split("\n"))
    return rows * _LINE_PX + (0 if line.kind in _CLOSE else _GAP_PX)


def _cover(project_id: str, card: PanelCard) -> Cover:
    return Cover(
        id=card.shot_id,
        number=card.number,
        seconds=round(card.seconds, 2),
        letter=card.number.lstrip("0123456789") or card.number,
        told=f"{card.number}, {panels.seconds(card.seconds)}{'' if card.sha256 else ', not drawn yet'}",
        picture=panels.thumbnail(project_id, card),
        words=card.dialogue or card.action or card.description,
    )


def _gaps(text: SceneText | None, cards: Sequence[PanelCard]) -> list[tuple[int, Cover]]:
    if text is None:
        return []
    found: list[tuple[int, Cover]] = []
    for line in lines_in(text.text):
        for left, right in _bare(line, text, cards):
            words = line.text[left:right]
            seconds = round(max(0.5, len(words.split()) / 2.5), 2)
            at = text.start + line.start + left
            found.append((at, Cover(f"gap-{at}", "", "", seconds, f"No shot: {words}", "", words)))
    return found[:_MOST_GAPS]


def _bare(line: EditorLine, text: SceneText, cards: Sequence[PanelCard]) -> list[tuple[int, int]]:
    """Runs of words of a line that lie in no shot's span."""
    if line.kind not in _SHOWN or not cards or _CAMERA.fullmatch(line.text.strip()):
        return []
    notes = [match.span() for match in _NOTE.finditer(line.text)]
    found: list[tuple[int, int]] = []
    joined = False
    for left, right, at in _words(line, text):
        hidden = any(a <= left < b for a, b in notes) or not any(c.isalnum() for c in line.text[left:right])
        if hidden:
            continue
        shown = any(card.start <= at < card.end for card in cards)
        if not shown and joined:
            found[-1] = (found[-1][0], right)
        elif not shown:
            found.append((left, right))
        joined = not shown
    return found


def _words(line: EditorLine, text: SceneText) -> Iterator[tuple[int, int, int]]:
    """Every word of a line: where it stands in the line, and its offset in the source."""
    raw = text.text[line.start : line.end]
    at = 0
    for match in _WORD.finditer(line.text):
        at = raw.find(match[0], at)
        if at < 0:
            return
        mark = next((i for i, letter in enumerate(match[0]) if letter.isalnum()), 0)  # past what emphasises it
        yield match.start(), match.end(), text.start + line.start + at + mark
        at += len(match[0])
