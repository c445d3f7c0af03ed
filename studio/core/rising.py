"""Which items of a list kept their order: the most of them that still follow one another as they did. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def longest_rising(items: Sequence[str], places: Sequence[int]) -> list[str]:
    """The longest part of the items whose places only rise, in order; each place is there once."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for i, place in enumerate(places):
        at = bisect_left(tails, place)
        before.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(place)
            ends.append(i)
        else:
            tails[at], ends[at] = place, i
    found: list[str] = []
    i = ends[-1] if ends else -1
    while i >= 0:
        found.append(items[i])
        i = before[i]
    return found[::-1]
