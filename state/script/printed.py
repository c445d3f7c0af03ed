"""A script as it is printed: sheets of lines with the panels that begin at them, people, places, coverage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from state.board import panels
from state.session import initials
from studio.scripts.views import ElementView, PersonView, PlaceView, ScenePage
from studio.storyboards.views import PanelCard

_MOST_COVERS = 60
_THUMB_PX = 46  # a panel at the page's edge with the air it needs
_LINE_PX, _GAP_PX = 19, 15
_CHARACTERS = {"dialogue": 30, "lyric": 30, "parenthetical": 21, "transition": 48}
_CLOSE = ("character", "parenthetical")  # no gap below these


@dataclass(frozen=True, slots=True)
class Mark:
    """The panel that hangs at the page's edge; an empty `id` means none."""

    id: str = ""
    label: str = ""
    picture: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A printed part of a scene; `number` is that of the scene for a heading."""

    id: str
    kind: str
    text: str
    number: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Sheet:
    """The scenes that begin on one page of the script."""

    id: str
    page: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Person:
    """A character in the cast list."""

    name: str
    initials: str
    tint: str
    lines: str
    about: str
    voice: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the list of places."""

    name: str
    about: str
    scenes: str


@dataclass(frozen=True, slots=True)
class Cover:
    """A shot of the chosen scene: a block of the coverage bar and a small picture."""

    id: str
    number: str
    letter: str
    seconds: float
    told: str
    picture: str


def sheets_of(project_id: str, pages: Sequence[ScenePage], cards: Sequence[PanelCard], before: int) -> list[Sheet]:
    """Scenes by the page they begin on; `before` is how many eighths of a page come before the first of them."""
    placed: list[tuple[int, ScenePage]] = []
    for page in pages:
        placed.append((before // 8 + 1, page))
        before += page.scene.eighths
    sheets: list[Sheet] = []
    for number, group in groupby(placed, key=lambda entry: entry[0]):
        lines = [line for _, page in group for line in _lines(project_id, page, cards)]
        sheets.append(Sheet(f"page-{number}", f"{number}.", lines))
    return sheets


def covers_of(project_id: str, cards: Sequence[PanelCard]) -> list[Cover]:
    """The shots of a scene, at most 60."""
    return [
        Cover(
            id=card.shot_id,
            number=card.number,
            seconds=round(card.seconds, 2),
            letter=card.number.lstrip("0123456789") or card.number,
            told=f"{card.number}, {panels.seconds(card.seconds)}{'' if card.sha256 else ', not drawn yet'}",
            picture=panels.thumbnail(project_id, card),
        )
        for card in cards[:_MOST_COVERS]
    ]


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
    )


def place(found: PlaceView) -> Place:
    """A place of the list."""
    inside = {"INT": "Inside", "EXT": "Outside", "INT_EXT": "Inside and outside"}.get(found.int_ext, "")
    return Place(panels.person(found.name), inside, panels.counted(found.scenes, "scene"))


def _lines(project_id: str, page: ScenePage, cards: Sequence[PanelCard]) -> list[Line]:
    waiting = [card for card in cards if card.scene == page.scene.position]
    lines: list[Line] = []
    room = _THUMB_PX
    for i, element in enumerate(page.elements):
        begun = [card for card in waiting if card.start < element.end and element.kind != "heading"]
        waiting = waiting[len(begun) :]
        mark = Mark()
        if begun and (room >= _THUMB_PX or not _more(lines, len(begun))):
            mark, room = _mark(project_id, begun), 0
        room += _height(element)
        number = page.scene.number if element.kind == "heading" else ""
        lines.append(Line(f"{page.scene.position}-{i}", element.kind, element.text, number, mark))
    return lines


def _more(lines: list[Line], count: int) -> bool:
    """Count panels that begin too close below another one into its label; False when there is none above."""
    for i in range(len(lines) - 1, -1, -1):
        mark = lines[i].mark
        if mark.id:
            name, _, more = mark.label.partition(" +")
            counted = Mark(mark.id, f"{name} +{int(more or 0) + count}", mark.picture, mark.alt)
            lines[i] = Line(lines[i].id, lines[i].kind, lines[i].text, lines[i].number, counted)
            return True
    return False


def _mark(project_id: str, begun: list[PanelCard]) -> Mark:
    first = begun[0]
    more = f" +{len(begun) - 1}" if len(begun) > 1 else ""
    return Mark(first.shot_id, f"{first.number}{more}", panels.thumbnail(project_id, first), f"Panel {first.number}")


def _height(element: ElementView) -> int:
    wide = _CHARACTERS.get(element.kind, 48)
    rows = sum(max(1, -(-len(row) // wide)) for row in element.text.split("\n"))
    return rows * _LINE_PX + (0 if element.kind in _CLOSE else _GAP_PX)
