"""Cuts a timeline into segments that can be rendered apart and kept. What names them: keys.py; what they show: layers.py."""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from studio.engine.render.layers import Span, Stretch, stretches, within
from studio.engine.timeline import Timeline

MIN_FRAMES = 30
MAX_FRAMES = 240
SEGMENTS_PER_WORKER = 3
"""Two unequal pieces leave a worker idle; three apiece even out."""


def planned(timeline: Timeline, *, workers: int) -> tuple[Span, ...]:
    """Segments that cover the whole timeline in order, 30 to 240 frames each (fewer only when the film is shorter).

    Boundaries lie where a picture, a text or a change of look begins or ends, never inside a transition, except where a
    long run without one is split evenly; they depend on what is near them, so an edit moves only the segments around it.
    Short films are split further until every worker has three.
    """
    seen = stretches(timeline)
    held = _transitions(seen)
    groups = _grouped(_runs(seen, held))
    pieces = [-(-frames // MAX_FRAMES) for frames in groups]
    _split_for(max(workers, 1) * SEGMENTS_PER_WORKER, groups, pieces)
    return tuple(_laid(0, groups, pieces, held))


def divided(timeline: Timeline, runs: Sequence[Span]) -> tuple[Span, ...]:
    """Parts of a timeline, each divided as `planned` divides a film, whatever lies before it and after it.

    `runs` are in order and do not overlap.
    """
    seen = stretches(timeline)
    held = _transitions(seen)
    out: list[Span] = []
    for run in runs:
        groups = _grouped(_runs(within(seen, run), held))
        out += _laid(run.start, groups, [-(-frames // MAX_FRAMES) for frames in groups], held)
    return tuple(out)


def _laid(start: int, groups: Sequence[int], pieces: Sequence[int], held: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """The spans of groups that follow each other from `start`, each cut evenly into so many."""
    for frames, count in zip(groups, pieces, strict=True):
        even = [start + frames * i // count for i in range(1, count)]
        inner = sorted({_freed(at, held) for at in even if start < _freed(at, held) < start + frames})
        yield from (Span(a, b - a) for a, b in pairwise([start, *inner, start + frames]))
        start += frames


def _transitions(seen: Sequence[Stretch]) -> list[tuple[int, int]]:
    """Where transitions run, in order of time, those that overlap as one."""
    out: list[tuple[int, int]] = []
    for part in seen:
        for layer in part.layers:
            if (t := layer.transition) is None:
                continue
            if out and t.start < out[-1][1]:
                out[-1] = min(out[-1][0], t.start), max(out[-1][1], t.end)
            else:
                out.append((t.start, t.end))
    return out


def _runs(seen: Sequence[Stretch], held: Sequence[tuple[int, int]]) -> list[int]:
    """Lengths between the places a segment may end at."""
    if not seen:
        return []
    edges = [seen[0].start, *(p.start for p in seen[1:] if _freed(p.start, held) == p.start)]
    return [b - a for a, b in pairwise([*edges, seen[-1].end])]


def _freed(at: int, held: Sequence[tuple[int, int]]) -> int:
    """The frame itself, or the nearer end of the transition it lies inside."""
    i = bisect_right(held, at, key=lambda run: run[0]) - 1
    if i < 0 or not held[i][0] < at < held[i][1]:
        return at
    start, end = held[i]
    return max(start, 0) if at - start <= end - at else end


def _grouped(runs: Sequence[int]) -> list[int]:
    """Lengths of runs added up, each group closed at the first cut that makes it long enough."""
    groups: list[int] = []
    open_frames = 0
    for frames in runs:
        open_frames += frames
        if open_frames >= MIN_FRAMES:
            groups.append(open_frames)
            open_frames = 0
    if open_frames and groups:
        groups[-1] += open_frames
    elif open_frames:
        groups.append(open_frames)
    return groups


def _split_for(wanted: int, groups: Sequence[int], pieces: list[int]) -> None:
    """Raise the counts in `pieces`, the longest pieces first, until there are `wanted` or none can be halved."""
    longest = [(-frames / count, i) for i, (frames, count) in enumerate(zip(groups, pieces, strict=True))]
    heapq.heapify(longest)
    total = sum(pieces)
    while longest and total < wanted:
        _, i = heapq.heappop(longest)
        if groups[i] // (pieces[i] + 1) >= MIN_FRAMES:
            pieces[i] += 1
            total += 1
            heapq.heappush(longest, (-groups[i] / pieces[i], i))
