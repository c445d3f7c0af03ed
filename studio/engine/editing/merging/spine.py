"""The picture as the spine of a cut: the order and gaps of three states of it as one, and where all else stands against it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from studio.core.rising import longest_rising
from studio.engine.timeline.model import PICTURE, Clip, Timeline, Track


@dataclass(frozen=True, slots=True)
class Place:
    """Frames after the start of a clip of the spine (or after its end), or of the film where `clip` is empty."""

    clip: str
    frames: int
    after: bool = False


def spine_of(*states: Timeline) -> str:
    """The track all states have that the picture lies on; empty when there is none."""
    for track in states[0].tracks:
        shared = all(any(t.id == track.id for t in state.tracks) for state in states[1:])
        if shared and track.kind in PICTURE and track.role == "picture":
            return track.id
    return ""


class Spine:
    """One state of the picture."""

    def __init__(self, timeline: Timeline, track_id: str) -> None:
        track = next((t for t in timeline.tracks if t.id == track_id), None)
        self.clips: tuple[Clip, ...] = track.clips if track else ()
        self.by_id = {clip.id: clip for clip in self.clips}
        self.order = [clip.id for clip in self.clips]
        self._starts = [clip.start for clip in self.clips]
        self._links: dict[str, Clip] = {}
        for clip in reversed(self.clips):
            if clip.link:
                self._links[clip.link] = clip
        ends = [0, *(clip.end for clip in self.clips)]
        self.gaps = {clip.id: clip.start - ends[n] for n, clip in enumerate(self.clips)}

    def place(self, start: int, link: str = "") -> Place:
        """Where something stands: against the clip that shows the same shot, else the one it begins over or behind."""
        if link in self._links:
            return Place(self._links[link].id, start - self._links[link].start)
        at = bisect_right(self._starts, start) - 1
        if at < 0:
            return Place("", start)
        clip = self.clips[at]
        return Place(clip.id, start - clip.start) if start < clip.end else Place(clip.id, start - clip.end, True)

    def frame(self, place: Place, was: Spine) -> int:
        """The frame a place of another state is at here; what its clip is gone from stands behind the one before."""
        if not place.clip:
            return place.frames
        clip = self.by_id.get(place.clip)
        if clip is not None:
            return (clip.end if place.after else clip.start) + place.frames
        for each in reversed(was.order[: was.order.index(place.clip)]):
            if each in self.by_id:
                return self.by_id[each].end
        return 0


def laid(order: Sequence[str], made: Mapping[str, Clip], gaps: Mapping[str, int]) -> list[tuple[Clip, int]]:
    """Clips one behind the other, each with the frame it begins at."""
    out: list[tuple[Clip, int]] = []
    end = 0
    for each in order:
        start = end + max(0, gaps[each])
        out.append((made[each], start))
        end = start + made[each].frames
    return out


def merged_order(
    base: Sequence[str], theirs: Sequence[str], ours: Sequence[str], kept: Collection[str]
) -> tuple[list[str], frozenset[str], frozenset[str]]:
    """Ours with what theirs brought and moved, of those that are `kept`; then what theirs moved, and what both did, elsewhere."""
    mine = _moved(base, ours)
    moved = {each for each in _moved(base, theirs) if each in kept}
    fought = frozenset(each for each in moved & mine if _before(theirs, each) != _before(ours, each))
    take = moved - mine
    order = [each for each in ours if each in kept]
    there = set(order)
    for place, each in enumerate(theirs):
        if each not in kept or not (each in take or each not in there):
            continue
        if each in there:
            order.remove(each)
        order.insert(_behind(order, theirs[:place], set(theirs)), each)
        there.add(each)
    return order, frozenset(take), fought


def _moved(base: Sequence[str], state: Sequence[str]) -> set[str]:
    """The fewest that stand elsewhere among those of the base that are still there."""
    place = {each: n for n, each in enumerate(base)}
    stayed = [each for each in state if each in place]
    return set(stayed) - set(longest_rising(stayed, [place[each] for each in stayed]))


def _behind(order: Sequence[str], before: Sequence[str], theirs: set[str]) -> int:
    """The place behind the nearest of those before it, and behind what was cut off that."""
    for each in reversed(before):
        if each in order:
            place = order.index(each) + 1
            while place < len(order) and order[place] not in theirs and _root(order[place]) == _root(each):
                place += 1
            return place
    return 0


def _before(state: Sequence[str], each: str) -> str:
    place = state.index(each)
    return state[place - 1] if place else ""


def _root(name: str) -> str:
    return name.split("~")[0]


def with_room(tracks: Sequence[Track], clips: Mapping[str, list[Clip]], theirs: Collection[str]) -> list[Clip]:
    """Take off the tracks what would lie over something else: what came from the other side, else the later of two."""
    off: list[Clip] = []
    for track in tracks:
        kept: list[Clip] = []
        for clip in sorted(clips.get(track.id, ()), key=lambda c: c.start):
            if kept and clip.start < kept[-1].end:
                off.append(kept.pop() if kept[-1].id in theirs and clip.id not in theirs else clip)
                if off[-1] is clip:
                    continue
            kept.append(clip)
        if track.id in clips:
            clips[track.id][:] = kept
    return off
