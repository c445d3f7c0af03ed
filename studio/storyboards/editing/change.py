"""A change of a board as it is written down: how scenes stood and fields were before, and after. Swapped, it is its inverse.

The stored form is JSON: {"shots": ids, "scenes": {scene: [[shot, number, locked], ...]}, "rows": {"shot:ID": {field: value}}},
once for before and once for after. `shots` are those the act was about; both forms name the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

UNDER_WAY = frozenset({"seconds", "frames", "holds", "stale", "current"})
"""Fields that jobs set too (voices, drawings): an undo puts them back whatever they are now."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A shot in its scene: its number, and whether that is locked."""

    shot_id: str
    number: str
    locked: bool


Scenes = dict[str, tuple[Standing, ...]]
Rows = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Side:
    """How it was, or how it is then."""

    scenes: Scenes = field(default_factory=Scenes)
    rows: Rows = field(default_factory=Rows)


@dataclass(frozen=True, slots=True)
class Change:
    """A step from `before` to `after`; both have the same scenes, rows and fields."""

    shots: tuple[str, ...]
    before: Side
    after: Side

    @property
    def empty(self) -> bool:
        return self.before == self.after

    @property
    def inverse(self) -> Change:
        return Change(self.shots, self.after, self.before)


def side_document(shots: tuple[str, ...], side: Side) -> dict[str, Any]:
    """The stored form of one side of a change."""
    scenes = {scene: [[s.shot_id, s.number, s.locked] for s in standing] for scene, standing in side.scenes.items()}
    return {"shots": list(shots), "scenes": scenes, "rows": side.rows}


def change_from(before: Mapping[str, Any], after: Mapping[str, Any]) -> Change:
    """A change from its stored form."""
    return Change(tuple(after["shots"]), _side(before), _side(after))


def _side(document: Mapping[str, Any]) -> Side:
    scenes = {scene: tuple(Standing(*each) for each in standing) for scene, standing in document["scenes"].items()}
    return Side(scenes, dict(document["rows"]))
