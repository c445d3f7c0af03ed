"""What is seen on every frame: runs of frames with the same pictures one over another. Pure data; nothing is drawn here."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from studio.engine.timeline import PICTURE, Clip, Timeline, Track, Transition
from studio.engine.timeline.looks import Transform

_UNMOVED = Transform()


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Frames `start` up to but without `end` of a timeline."""

    start: int
    frames: int

    @property
    def end(self) -> int:
        return self.start + self.frames


@dataclass(frozen=True, slots=True)
class Layer:
    """One track's part of what is seen: a clip, or while a transition lasts its first clip going over into `into`.

    `adjusts` says that the clip shows nothing and changes the look of all that lies below it.
    """

    clip: Clip
    into: Clip | None = None
    transition: Transition | None = None
    adjusts: bool = False

    @property
    def clips(self) -> tuple[Clip, ...]:
        return (self.clip,) if self.into is None else (self.clip, self.into)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Frames that show the same layers, from the lowest to the highest; none at all shows the background."""

    start: int
    end: int
    layers: tuple[Layer, ...]


def stretches(timeline: Timeline) -> tuple[Stretch, ...]:
    """What is seen from frame 0 to the end: stretches without hole or overlap, later tracks over earlier ones."""
    lanes = [_Lane(track) for track in seen_tracks(timeline)]
    length = max(timeline.frames, 0)
    edges = {0, length}
    for lane in lanes:
        edges.update(edge for edge in lane.edges if 0 < edge < length)
    out: list[Stretch] = []
    for start, end in pairwise(sorted(edges)):
        layers = _uncovered([layer for lane in lanes if (layer := lane.at(start)) is not None])
        if out and _same(out[-1].layers, layers):
            out[-1] = Stretch(out[-1].start, end, layers)
        else:
            out.append(Stretch(start, end, layers))
    return tuple(out)


def within(parts: Sequence[Stretch], span: Span) -> tuple[Stretch, ...]:
    """The stretches of `parts` cut to the span."""
    first = max(bisect_right(parts, span.start, key=lambda p: p.start) - 1, 0)
    out: list[Stretch] = []
    for part in parts[first:]:
        if part.start >= span.end:
            break
        if part.end > span.start:
            out.append(Stretch(max(part.start, span.start), min(part.end, span.end), part.layers))
    return tuple(out)


def seen_tracks(timeline: Timeline) -> list[Track]:
    """The picture tracks that are on, from the lowest to the highest; where some are solo, only those."""
    tracks = [t for t in timeline.tracks if t.kind in PICTURE and not t.muted]
    return [t for t in tracks if t.solo] or tracks


def covers(layer: Layer) -> bool:
    """Whether nothing below can be seen, as far as the timeline alone tells: a still that is filmed fills the frame."""
    return not layer.adjusts and all(_fills(clip) for clip in layer.clips)


def bare(layer: Layer, part: Stretch) -> bool:
    """Whether a layer is media laid as it is, fully seen on every frame of a stretch; effects it may have."""
    clip = layer.clip
    laid = layer.into is None and not layer.adjusts and clip.blend == "normal" and clip.opacity == 1.0
    unmoved = clip.transform is None or replace(clip.transform, fit=_UNMOVED.fit) == _UNMOVED
    lit = part.start - clip.start >= clip.fade_in and clip.end - part.end >= clip.fade_out
    return laid and unmoved and lit and clip.made is None and clip.motion is None


def _fills(clip: Clip) -> bool:
    whole = clip.opacity == 1.0 and clip.blend == "normal" and not clip.fade_in and not clip.fade_out
    filmed = clip.motion is not None and clip.made is None
    return whole and filmed and clip.transform is None and clip.crop is None and not clip.effects


def _uncovered(layers: list[Layer]) -> tuple[Layer, ...]:
    """The layers from the highest that hides all below it."""
    lowest = next((i for i in range(len(layers) - 1, -1, -1) if covers(layers[i])), 0)
    return tuple(layers[lowest:])


def _same(some: tuple[Layer, ...], others: tuple[Layer, ...]) -> bool:
    return len(some) == len(others) and all(
        a.clip is b.clip and a.into is b.into and a.transition is b.transition
        for a, b in zip(some, others, strict=True)
    )


class _Lane:
    """One track, ready to be asked what it shows."""

    def __init__(self, track: Track) -> None:
        clips = sorted((c for c in track.clips if c.frames > 0 and c.enabled), key=lambda c: c.start)
        self._clips = clips
        self._starts = [c.start for c in clips]
        self._adjusts = track.kind == "effect"
        for t in track.transitions:
            self._unfade(t)
        self._mixed = [m for t in sorted(track.transitions, key=lambda t: t.start) if (m := self._mix(t)) is not None]
        self._mixed_starts = [begun for begun, _, _ in self._mixed]
        self.edges = {edge for clip in clips for edge in (clip.start, clip.end)}
        self.edges.update(edge for begun, ended, _ in self._mixed for edge in (begun, ended))

    def at(self, frame: int) -> Layer | None:
        """What is seen at `frame`; where two clips overlap, the one that started later."""
        i = bisect_right(self._mixed_starts, frame) - 1
        if i >= 0 and self._mixed[i][1] > frame:
            return self._mixed[i][2]
        clip = self._at(frame)
        return Layer(clip, adjusts=self._adjusts) if clip is not None else None

    def _at(self, frame: int) -> Clip | None:
        i = bisect_right(self._starts, frame) - 1
        return self._clips[i] if i >= 0 and self._clips[i].end > frame else None

    def _unfade(self, transition: Transition) -> None:
        """Where a clip goes over into another it does not fade as well."""
        i = bisect_right(self._starts, transition.at - 1) - 1
        if self._mix(transition) is not None:
            self._clips[i] = replace(self._clips[i], fade_out=0) if self._clips[i].fade_out else self._clips[i]
            after = self._clips[i + 1]
            self._clips[i + 1] = replace(after, fade_in=0) if after.fade_in else after

    def _mix(self, transition: Transition) -> tuple[int, int, Layer] | None:
        """A transition between the two clips that meet at its cut; nothing where there are not two."""
        before, after = self._at(transition.at - 1), self._at(transition.at)
        if before is None or after is None or before is after or self._adjusts or transition.end <= transition.start:
            return None
        return transition.start, transition.end, Layer(before, after, transition)
