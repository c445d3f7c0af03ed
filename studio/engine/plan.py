"""Cuts a timeline into segments that can be rendered apart and kept, and names each by what it shows. Nothing is rendered here."""

from __future__ import annotations

import hashlib
import heapq
import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

from studio.engine.motion import is_still
from studio.engine.presets import Preset
from studio.engine.presets.encoding import picture_key
from studio.engine.timeline import Clip, Timeline
from studio.engine.timeline.looks import Text

ENGINE_VERSION = 1
"""Raised whenever the same timeline would give other pixels: every kept segment is then made anew."""

MIN_FRAMES = 30
MAX_FRAMES = 240
SEGMENTS_PER_WORKER = 3
"""Two unequal pieces leave a worker idle; three apiece even out."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Frames `start` up to but without `end` of a timeline."""

    start: int
    frames: int

    @property
    def end(self) -> int:
        return self.start + self.frames


@dataclass(frozen=True, slots=True)
class Shown:
    """A stretch of the timeline that shows one clip, or black when `clip` is None."""

    start: int
    end: int
    clip: Clip | None


def shown(timeline: Timeline) -> tuple[Shown, ...]:
    """What is on screen from frame 0 to the end: stretches without hole or overlap, later video tracks over earlier ones."""
    lanes = [_Lane(t.clips) for t in timeline.tracks if t.kind == "video"]
    length = max(timeline.frames, 0)
    edges = {0, length}
    for lane in lanes:
        edges.update(edge for clip in lane.clips for edge in (clip.start, clip.end) if 0 < edge < length)
    out: list[Shown] = []
    for start, end in pairwise(sorted(edges)):
        clip = next((c for c in (lane.at(start) for lane in reversed(lanes)) if c), None)
        if out and out[-1].clip is clip:
            out[-1] = Shown(out[-1].start, end, clip)
        else:
            out.append(Shown(start, end, clip))
    return tuple(out)


def planned(timeline: Timeline, *, workers: int) -> tuple[Span, ...]:
    """Segments that cover the whole timeline in order, 30 to 240 frames each (fewer only when the film is shorter).

    Boundaries lie at cuts, except where a long run without one is split evenly; they depend on what is near them, so an
    edit moves only the segments around it. Short films are split further until every worker has three.
    """
    groups = _grouped([s.end - s.start for s in shown(timeline)])
    pieces = [-(-frames // MAX_FRAMES) for frames in groups]
    _split_for(max(workers, 1) * SEGMENTS_PER_WORKER, groups, pieces)
    out: list[Span] = []
    start = 0
    for frames, count in zip(groups, pieces, strict=True):
        for first, last in pairwise(start + frames * i // count for i in range(count + 1)):
            out.append(Span(first, last - first))
        start += frames
    return tuple(out)


def segment_key(timeline: Timeline, span: Span, preset: Preset, *, encoder_version: str) -> str:
    """SHA-256 (hex) of everything that decides the segment's pixels and of nothing else.

    Positions count from the segment's own start, and names, ids, links and sound stay out, so a segment that was only
    moved or renamed keeps its key.
    """
    content = {
        "engine": ENGINE_VERSION,
        "encoder": encoder_version,
        "size": preset.frame_size(timeline.width, timeline.height),
        "quality": picture_key(preset),
        "rate": str(timeline.rate),
        "frames": span.frames,
        "shown": [_seen(part) for part in within(shown(timeline), span)],
    }
    if texts := _texts(timeline, span):
        content["texts"] = texts
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def within(parts: Sequence[Shown], span: Span) -> tuple[Shown, ...]:
    """The stretches of `parts` cut to the span."""
    return tuple(
        Shown(max(p.start, span.start), min(p.end, span.end), p.clip)
        for p in parts
        if p.start < span.end and p.end > span.start
    )


def _seen(part: Shown) -> dict[str, Any]:
    """One stretch as its pixels depend on it."""
    out: dict[str, Any] = {"frames": part.end - part.start}
    clip = part.clip
    if clip is None:
        return out
    out["media"] = clip.media
    first, last = part.start - clip.start, part.end - clip.start
    fades = [clip.fade_in if first < clip.fade_in else 0, clip.fade_out if last > clip.frames - clip.fade_out else 0]
    if clip.motion is not None:
        out["motion"] = asdict(clip.motion)
    if any(fades):
        out["fades"] = fades
    if any(fades) or not is_still(clip.motion):
        out["at"] = [first, clip.frames]
    return out


def _texts(timeline: Timeline, span: Span) -> list[Any]:
    """The texts over a span, from its first frame."""
    return [
        [max(clip.start, span.start) - span.start, min(clip.end, span.end) - span.start, asdict(clip.made)]
        for track in timeline.tracks
        if track.kind == "text"
        for clip in track.clips
        if isinstance(clip.made, Text) and clip.start < span.end and clip.end > span.start
    ]


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


class _Lane:
    """One video track, ready to be asked what it shows."""

    def __init__(self, clips: Sequence[Clip]) -> None:
        self.clips = sorted((c for c in clips if c.frames > 0), key=lambda c: c.start)
        self._starts = [c.start for c in self.clips]

    def at(self, frame: int) -> Clip | None:
        """The clip under `frame`; where two overlap, the one that started later."""
        i = bisect_right(self._starts, frame) - 1
        return self.clips[i] if i >= 0 and self.clips[i].end > frame else None
