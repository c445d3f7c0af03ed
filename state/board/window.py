"""Which part of a long board a page holds: whole scenes where they fit, never more than `MOST` panels."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

WANTED = 24
MOST = 36


def starts_of(counts: Sequence[int]) -> list[int]:
    """The place of each scene's first panel, and after them the number of all panels."""
    return [0, *accumulate(counts)]


def end_of(first: int, counts: Sequence[int]) -> int:
    """Where the window from panel `first` on ends: about `WANTED` panels, at the end of a scene if one is near."""
    starts = starts_of(counts)
    total = starts[-1]
    if total - first <= MOST:
        return total
    ends = [place for place in starts if first < place <= first + MOST]
    near = [place for place in ends if place - first >= WANTED]
    if near:
        return near[0]
    return ends[-1] if ends else first + WANTED


def before(first: int, counts: Sequence[int]) -> int:
    """Where the window that ends at panel `first` begins."""
    starts = starts_of(counts)
    near = [place for place in starts if first - MOST <= place < first]
    far = [place for place in near if first - place >= WANTED]
    if far:
        return far[-1]
    return near[0] if near else max(0, first - WANTED)


def scene_at(place: int, counts: Sequence[int]) -> int:
    """The scene that holds the panel at a place."""
    starts = starts_of(counts)
    return max((i for i in range(len(counts)) if starts[i] <= place and counts[i]), default=0)


def next_of(first: int, counts: Sequence[int], wanted: Sequence[bool]) -> int | None:
    """The first place from `first` on that lies in a wanted scene; None when there is none."""
    for start, count, want in zip(starts_of(counts), counts, wanted, strict=False):
        if want and start + count > first:
            return max(start, first)
    return None
