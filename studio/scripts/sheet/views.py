"""What pages, routes and files see of a breakdown."""

from __future__ import annotations

from dataclasses import dataclass

from studio.scripts.sheet.categories import LABELS, Category
from studio.scripts.sheet.strips import StripColour

CATEGORY_LABELS: dict[str, str] = {category.value: label for category, label in LABELS.items()}
"""The name of every category as it is printed, by its value."""


@dataclass(frozen=True, slots=True)
class TagView:
    """Something a scene needs; `origin` is suggested (by the rules, not looked at yet) or hand."""

    id: str
    category: Category
    name: str
    origin: str


@dataclass(frozen=True, slots=True)
class CastMember:
    """A person on a sheet, under the number they have all through the script: who is in most scenes is 1."""

    number: int
    name: str
    tag_id: str
    origin: str


@dataclass(frozen=True, slots=True)
class StripView:
    """A scene as one strip of the board: lengths in eighths of a page and as "1 4/8", people by their numbers."""

    scene_id: str
    position: int
    number: str
    heading: str
    int_ext: str
    set_name: str
    time_of_day: str
    colour: StripColour
    eighths: int
    pages: str
    script_day: str
    story: str
    cast: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BreakdownSheet:
    """The sheet of one scene: the strip's facts, its people, its elements in the order of the categories.

    `day_by_hand` is empty where the day comes from the headings; `aside` is what a person put aside and may bring back.
    """

    script_id: str
    strip: StripView
    day_by_hand: str
    synopsis: str
    cast: tuple[CastMember, ...]
    elements: tuple[TagView, ...]
    aside: tuple[TagView, ...]


@dataclass(frozen=True, slots=True)
class CastRow:
    """A person and the positions of the scenes they are in; eighths are those of these scenes together."""

    number: int
    name: str
    scenes: tuple[int, ...]
    eighths: int


@dataclass(frozen=True, slots=True)
class CastChart:
    """Who is in which scene: the scenes in order, the people by number."""

    strips: tuple[StripView, ...]
    people: tuple[CastRow, ...]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The whole breakdown of a script, to be written to a file."""

    title: str
    author: str
    sheets: tuple[BreakdownSheet, ...]
    chart: CastChart
