"""A breakdown as its room prints it: boxes of chips, strips with the ends of days, the chart of the cast."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from state.board import panels
from studio.scripts.sheet.categories import LABELS, Category
from studio.scripts.sheet.views import BreakdownSheet, CastChart, StripView

FORM = (
    Category.CAST,
    Category.BACKGROUND,
    Category.PROPS,
    Category.WARDROBE,
    Category.MAKEUP,
    Category.STUNTS,
    Category.VEHICLES,
    Category.ANIMALS,
    Category.SPECIAL_EQUIPMENT,
    Category.SFX,
    Category.VFX,
    Category.SOUND,
    Category.MUSIC,
)
"""The boxes of the form in its order: rows of three."""
_INSIDE = {"INT": "INT", "EXT": "EXT", "INT_EXT": "INT/EXT"}
_MEANINGS = (
    ("white", "INT day"),
    ("yellow", "EXT day"),
    ("blue", "INT night"),
    ("green", "EXT night"),
    ("grey", "Not said"),
)
_MOST_PEOPLE = 120


@dataclass(frozen=True, slots=True)
class Chip:
    """An element in a box; `number` is a person's, "" for things."""

    id: str = ""
    name: str = ""
    number: str = ""
    suggested: bool = False
    category: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """One category of a sheet."""

    category: str
    label: str
    chips: list[Chip]
    count: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet of a scene; `before` and `after` are the numbers of the scenes beside it, "" at the ends."""

    position: int = -1
    number: str = ""
    place: str = ""
    set_name: str = ""
    time: str = ""
    day: str = ""
    by_hand: bool = False
    pages: str = ""
    colour: str = ""
    story: str = ""
    boxes: list[Box] = field(default_factory=list[Box])
    aside: list[Chip] = field(default_factory=list[Chip])
    waiting: int = 0
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Strip:
    """A strip of the board and a scene of the list. `ends` is what the black strip below says, "" where no day ends."""

    position: int
    number: str
    place: str
    set_name: str
    time: str
    colour: str
    pages: str
    eighths: int
    day: str
    story: str
    cast: list[str]
    told: str
    ends: str
    day_pages: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many scenes and pages of one colour there are."""

    colour: str
    meaning: str
    scenes: str
    pages: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A scene in a chart; `told` is what pointing at it says. `column` counts from 1; in the film's bar it is the length."""

    column: int
    colour: str
    number: str
    told: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in the chart, from their first scene to their last, and the scenes they are in."""

    number: str
    name: str
    scenes: str
    pages: str
    first: int
    last: int
    marks: list[Mark]


def sheet_of(sheet: BreakdownSheet, strips: Sequence[StripView]) -> Sheet:
    """A scene's sheet as it is printed."""
    strip = sheet.strip
    chips: dict[Category, list[Chip]] = {category: [] for category in FORM}
    for member in sheet.cast:
        suggested = member.origin == "suggested"
        name = panels.person(member.name)
        chips[Category.CAST].append(Chip(member.tag_id, name, str(member.number), suggested, Category.CAST.value))
    for tag in sheet.elements:
        chips[tag.category].append(Chip(tag.id, tag.name, "", tag.origin == "suggested", tag.category.value))
    at = strip.position
    return Sheet(
        position=at,
        number=strip.number,
        place=_INSIDE.get(strip.int_ext, ""),
        set_name=strip.set_name or strip.heading or "No heading",
        time=strip.time_of_day.capitalize(),
        day=strip.script_day,
        by_hand=bool(sheet.day_by_hand),
        pages=strip.pages,
        colour=strip.colour,
        story=sheet.synopsis or strip.story,
        boxes=[Box(c.value, LABELS[c], chips[c], str(len(chips[c]) or "")) for c in FORM],
        aside=[Chip(tag.id, tag.name, "", False, LABELS[tag.category]) for tag in sheet.aside],
        waiting=sum(chip.suggested for group in chips.values() for chip in group),
        before=strips[at - 1].number if at > 0 else "",
        after=strips[at + 1].number if at + 1 < len(strips) else "",
    )


def strips_of(strips: Sequence[StripView], first: int, count: int) -> list[Strip]:
    """The strips from a place on, with the ends of the days of the story among them."""
    return [_strip(strips, at) for at in range(first, min(first + count, len(strips)))]


def tallies_of(strips: Sequence[StripView]) -> list[Tally]:
    """How much there is of every colour, for those there are."""
    scenes, eighths = Counter[str](), Counter[str]()
    for strip in strips:
        scenes[strip.colour] += 1
        eighths[strip.colour] += strip.eighths
    return [
        Tally(colour, meaning, panels.counted(scenes[colour], "scene"), panels.pages(eighths[colour]))
        for colour, meaning in _MEANINGS
        if scenes[colour]
    ]


def film_of(strips: Sequence[StripView]) -> list[Mark]:
    """Every scene of the film in one bar, as long as it is in eighths."""
    return [
        Mark(s.eighths, s.colour, s.number, f"Scene {s.number}, {s.set_name or s.heading}, {s.pages}") for s in strips
    ]


def people_of(chart: CastChart) -> list[PersonRow]:
    """The people of the chart, at most 120."""
    places = {strip.position: at for at, strip in enumerate(chart.strips, start=1)}
    rows: list[PersonRow] = []
    for person in chart.people[:_MOST_PEOPLE]:
        name = panels.person(person.name)
        columns = [places[position] for position in person.scenes]
        marks = [
            Mark(column, strip.colour, strip.number, f"{name}, scene {strip.number}: {strip.set_name or strip.heading}")
            for column in columns
            for strip in (chart.strips[column - 1],)
        ]
        rows.append(
            PersonRow(
                number=str(person.number),
                name=name,
                scenes=str(len(columns)),
                pages=panels.pages(person.eighths),
                first=columns[0],
                last=columns[-1] + 1,
                marks=marks,
            )
        )
    return rows


def _strip(strips: Sequence[StripView], at: int) -> Strip:
    strip = strips[at]
    ends = at + 1 == len(strips) or strips[at + 1].script_day != strip.script_day
    return Strip(
        position=strip.position,
        number=strip.number,
        place=_INSIDE.get(strip.int_ext, ""),
        set_name=strip.set_name or strip.heading or "No heading",
        time=strip.time_of_day.capitalize(),
        colour=strip.colour,
        pages=strip.pages,
        eighths=strip.eighths,
        day=strip.script_day,
        story=strip.story,
        cast=[str(number) for number in strip.cast],
        told=f"Scene {strip.number}, {strip.pages} pages, {strip.script_day}",
        ends=f"End of {strip.script_day}" if ends else "",
        day_pages=f"{panels.pages(_day_length(strips, at))} pages" if ends else "",
    )


def _day_length(strips: Sequence[StripView], last: int) -> int:
    """Eighths of the scenes of one day that end with this one."""
    total, at = 0, last
    while at >= 0 and strips[at].script_day == strips[last].script_day:
        total += strips[at].eighths
        at -= 1
    return total
