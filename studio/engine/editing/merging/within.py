"""A value in three states of it as one, part by part: the parts of a look, the keys of a curve, effects in a row. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, cast

from studio.engine.timeline.curves import Curve
from studio.engine.timeline.model import Timeline


class Apart(Exception):
    """Both sides have made something else of the same part."""


def together(base: Any, theirs: Any, ours: Any, *, last: bool = False) -> Any:
    """`ours` with what makes `theirs` of `base`; what was nothing before is taken for what it is by default.

    Raises:
        Apart: both have made something else of the same part; with `last` what `theirs` says of it holds.
    """
    try:
        return _together(base, theirs, ours, last)
    except Apart:
        if last:
            return theirs
        raise


def _together(base: Any, theirs: Any, ours: Any, last: bool) -> Any:
    if theirs in (base, ours):
        return ours
    if ours == base:
        return theirs
    kind: Any = type(theirs)
    if type(ours) is not kind or kind is Timeline:
        raise Apart
    if kind is Curve:
        return _keys(base, theirs, ours, last)
    if is_dataclass(kind):
        was = base if type(base) is kind else _plain(kind) if base is None else None
        if was is None:
            raise Apart
        names = [each.name for each in fields(kind)]
        first, other, mine = ({n: getattr(each, n) for n in names} for each in (was, theirs, ours))
        return replace(ours, **{n: together(first[n], other[n], mine[n], last=last) for n in names})
    if kind is tuple and type(base) is tuple:
        was, other, mine = (cast("tuple[Any, ...]", each) for each in (base, theirs, ours))
        return _row(was, other, mine, last)
    raise Apart


def _plain(kind: Any) -> Any:
    try:
        return kind()
    except TypeError as e:
        raise Apart from e


def _keys(base: Any, theirs: Curve, ours: Curve, last: bool) -> Curve:
    """Keys are found by their frames."""
    if type(base) is not Curve:
        raise Apart
    was, other, mine = ({key.frame: key for key in each.keys} for each in (base, theirs, ours))
    found = [together(was.get(at), other.get(at), mine.get(at), last=last) for at in sorted({*was, *other, *mine})]
    kept = tuple(key for key in found if key is not None)
    if not kept:
        raise Apart
    return Curve(kept)


def _row(base: tuple[Any, ...], theirs: tuple[Any, ...], ours: tuple[Any, ...], last: bool) -> tuple[Any, ...]:
    """Things in a row are found by what they are and the order they stand in."""
    other, mine = _found(base, theirs), _found(base, ours)
    row: list[Any] = []
    for place, each in enumerate(ours):
        at = next((b for b, o in mine.items() if o == place), None)
        if at is None or at in other:
            row.append(each if at is None else together(base[at], theirs[other[at]], each, last=last))
        elif each != base[at]:
            raise Apart  # gone there, changed here
    if any(at not in mine and theirs[there] != base[at] for at, there in other.items()):
        raise Apart  # gone here, changed there
    for place, each in enumerate(theirs):
        if place not in other.values():
            row.insert(min(place, len(row)), each)
    return tuple(row)


def _found(base: Sequence[Any], now: Sequence[Any]) -> dict[int, int]:
    """The place of each thing of `base` in `now`: the longest row of those that are alike, the same ones first."""
    best: list[list[tuple[int, dict[int, int]]]] = [
        [(0, {}) for _ in range(len(now) + 1)] for _ in range(len(base) + 1)
    ]
    for b in range(len(base) - 1, -1, -1):
        for n in range(len(now) - 1, -1, -1):
            like = 3 if base[b] == now[n] else 2 if type(base[b]) is type(now[n]) else 0
            count, rest = best[b + 1][n + 1]
            both = (count + like, {b: n, **rest}) if like else (0, {})
            best[b][n] = max(both, best[b + 1][n], best[b][n + 1], key=lambda each: each[0])
    return best[0][0][1]
