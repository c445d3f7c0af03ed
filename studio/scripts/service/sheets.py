"""Reading a breakdown: a scene's sheet, the strips, who is in which scene, and all of it for a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import NotFound
from studio.scripts import repository
from studio.scripts.models import Scene, Script, Tag
from studio.scripts.outline import SceneOutline
from studio.scripts.service.reading import outline_of, project_of
from studio.scripts.sheet import queries
from studio.scripts.sheet.categories import Category
from studio.scripts.sheet.days import ScriptDay, Timed, script_days
from studio.scripts.sheet.strips import in_pages, story_of, strip_colour
from studio.scripts.sheet.views import (
    Breakdown,
    BreakdownSheet,
    CastChart,
    CastMember,
    CastRow,
    StripView,
    TagView,
)

_ORDER = {category: place for place, category in enumerate(Category)}


def list_sheet(uow: UnitOfWork, actor: Actor, script_id: str, position: int) -> BreakdownSheet:
    """The breakdown sheet of the scene at a position. Raises: NotFound."""
    board = _board(uow, actor, script_id)
    if not 0 <= position < len(board.scenes):
        raise NotFound("There is no such scene in this script.")
    return board.sheet(position, queries.list_scene_tags(uow, board.scenes[position].id))


def list_strips(uow: UnitOfWork, actor: Actor, script_id: str) -> tuple[StripView, ...]:
    """The strip board: one strip a scene, in order. Raises: NotFound."""
    return _board(uow, actor, script_id).strips


def days_by_scene(uow: UnitOfWork, actor: Actor, script_id: str) -> dict[int, str]:
    """The day of the story each scene plays on ("D2", "N3"), by the scene's position. Raises: NotFound."""
    project_of(uow, actor, script_id)
    scenes = repository.list_scenes(uow, script_id)
    days = script_days(Timed(s.heading, s.time_of_day, s.script_day) for s in scenes)
    return {scene.position: day.label for scene, day in zip(scenes, days, strict=True)}


def cast_by_scene(uow: UnitOfWork, actor: Actor, script_id: str) -> CastChart:
    """Who is in which scene; who is in most scenes comes first. Raises: NotFound."""
    return _board(uow, actor, script_id).chart()


def count_tags(uow: UnitOfWork, actor: Actor, script_id: str) -> int:
    """How many elements the sheets of a script hold, those put aside too: 0 before it was ever broken down. Raises: NotFound."""
    project_of(uow, actor, script_id)
    return queries.count_tags(uow, script_id)


def get_tag(uow: UnitOfWork, actor: Actor, tag_id: str) -> TagView:
    """One element of a sheet the actor may see. Raises: NotFound."""
    tag, script_id = queries.get_tag(uow, tag_id)
    project_of(uow, actor, script_id)
    return tag_view(tag)


def read_breakdown(uow: UnitOfWork, actor: Actor, script_id: str) -> Breakdown:
    """The whole breakdown, to be written to a file. Raises: NotFound."""
    board = _board(uow, actor, script_id)
    tags: dict[str, list[Tag]] = defaultdict(list)
    for tag in queries.list_tags(uow, script_id):
        tags[tag.scene_id].append(tag)
    sheets = tuple(board.sheet(i, tags[scene.id]) for i, scene in enumerate(board.scenes))
    return Breakdown(board.script.title or board.script.name, board.script.author, sheets, board.chart())


def tag_view(tag: Tag) -> TagView:
    """The view of a tag's row."""
    return TagView(tag.id, Category(tag.category), tag.name, tag.origin)


@dataclass(frozen=True, slots=True)
class _Board:
    """A script's scenes with what all sheets, strips and charts share."""

    script: Script
    scenes: Sequence[Scene]
    outlines: dict[int, SceneOutline]
    strips: tuple[StripView, ...]
    numbers: dict[str, int]

    def sheet(self, position: int, tags: Iterable[Tag]) -> BreakdownSheet:
        ordered = sorted(tags, key=lambda tag: _ORDER[Category(tag.category)])
        shown = [tag for tag in ordered if not tag.dismissed]
        people = [tag for tag in shown if tag.category == Category.CAST]
        cast = [CastMember(self.numbers.get(tag.name, 0), tag.name, tag.id, tag.origin) for tag in people]
        outline = self.outlines.get(self.scenes[position].position)
        return BreakdownSheet(
            script_id=self.script.id,
            strip=self.strips[position],
            day_by_hand=self.scenes[position].script_day,
            synopsis=" ".join(outline.synopsis.split()) if outline else "",
            cast=tuple(sorted(cast, key=lambda member: member.number)),
            elements=tuple(tag_view(tag) for tag in shown if tag.category != Category.CAST),
            aside=tuple(tag_view(tag) for tag in ordered if tag.dismissed),
        )

    def chart(self) -> CastChart:
        rows = [
            CastRow(
                number,
                name,
                tuple(strip.position for strip in self.strips if number in strip.cast),
                sum(strip.eighths for strip in self.strips if number in strip.cast),
            )
            for name, number in self.numbers.items()
        ]
        return CastChart(self.strips, tuple(rows))


def _board(uow: UnitOfWork, actor: Actor, script_id: str) -> _Board:
    project_of(uow, actor, script_id)
    script = repository.get_script(uow, script_id)
    scenes = repository.list_scenes(uow, script_id)
    days = script_days(Timed(s.heading, s.time_of_day, s.script_day) for s in scenes)
    outlines = {scene.index: scene for scene in outline_of(script.source).scenes}
    cast: dict[str, list[str]] = defaultdict(list)
    for scene_id, name in queries.list_cast(uow, script_id):
        cast[scene_id].append(name)
    numbers = _numbers([cast[scene.id] for scene in scenes])
    strips = tuple(
        _strip(scene, day, outlines.get(scene.position), sorted(numbers[name] for name in cast[scene.id]))
        for scene, day in zip(scenes, days, strict=True)
    )
    return _Board(script, scenes, outlines, strips, numbers)


def _numbers(casts: Sequence[Sequence[str]]) -> dict[str, int]:
    """The number of each person: by how many scenes they are in, then by who comes first."""
    counts: dict[str, int] = {}
    for cast in casts:
        for name in cast:
            counts[name] = counts.get(name, 0) + 1
    ranked = sorted(counts, key=lambda name: -counts[name])
    return {name: place for place, name in enumerate(ranked, start=1)}


def _strip(scene: Scene, day: ScriptDay, outline: SceneOutline | None, cast: list[int]) -> StripView:
    return StripView(
        scene_id=scene.id,
        position=scene.position,
        number=scene.number,
        heading=scene.heading,
        int_ext=scene.int_ext,
        set_name=scene.set_name,
        time_of_day=scene.time_of_day,
        colour=strip_colour(scene.int_ext, dark=day.dark),
        eighths=scene.eighths,
        pages=in_pages(scene.eighths),
        script_day=day.label,
        story=story_of(outline) if outline else "",
        cast=tuple(cast),
    )
