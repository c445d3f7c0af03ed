"""Captions, markers and transitions of three states of a cut as one: what changed is taken, the rest follows the picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from studio.engine.editing.merging.spine import Place, Spine
from studio.engine.editing.patch import WHEN, moved
from studio.engine.timeline.checks import transition_faults
from studio.engine.timeline.model import Caption, Marker, Track, Transition
from studio.engine.timeline.reach import Available

Said = TypeVar("Said", Caption, Marker)


@dataclass(frozen=True, slots=True)
class Mark(Generic[Said]):
    """A caption or a marker where it stands in the end, and whether it was set by hand here or comes from the other side."""

    item: Said
    by_hand: bool
    came: bool


def marks(
    base: Sequence[Said], theirs: Sequence[Said], ours: Sequence[Said], *, spines: Sequence[Spine], final: Spine
) -> list[Mark[Said]]:
    """Ours, without what theirs took away and with what theirs brought, in order of time."""
    was, other, mine = (
        [_key(item, spine) for item in items] for items, spine in zip((base, theirs, ours), spines, strict=True)
    )
    known = Counter(was)
    gone, came = known - Counter(other), Counter(other) - known
    came -= Counter(mine) - known
    found: list[Mark[Said]] = []
    for key in mine:
        if gone[key]:
            gone[key] -= 1
        else:
            found.append(Mark(_at(key, final, spines[2]), key not in known, False))
    for key in other:
        if came[key]:
            came[key] -= 1
            found.append(Mark(_at(key, final, spines[1]), False, True))
    return sorted(found, key=lambda mark: _frame(mark.item))


def one_at_a_time(found: Iterable[Mark[Caption]]) -> tuple[tuple[Caption, ...], list[Caption]]:
    """Captions none of which lie over another: the earlier ends sooner, and where a person's own is in the way, the other goes."""
    kept: list[Mark[Caption]] = []
    lost: list[Caption] = []
    for mark in found:
        last = kept[-1] if kept else None
        if last is None or last.item.end <= mark.item.start:
            kept.append(mark)
        elif last.by_hand and mark.came:
            lost.append(mark.item)
        elif mark.by_hand and last.came:
            lost.append(last.item)
            kept[-1] = mark
        elif mark.item.start > last.item.start:
            kept[-1] = replace(last, item=replace(last.item, frames=mark.item.start - last.item.start))
            kept.append(mark)
        elif last.came:
            lost.append(last.item)
            kept[-1] = mark
        else:
            start = last.item.end
            item = mark.item
            kept.append(replace(mark, item=replace(item, start=start, frames=max(1, item.end - start))))
    return tuple(mark.item for mark in kept), lost


def transitions_on(
    track: Track, was: Track | None, theirs: Track | None, ours: Track | None, available: Available
) -> tuple[tuple[Transition, ...], int]:
    """The transitions of a track whose cuts are still there, and how many others there were."""
    old, other, mine = (_by_cut(each) for each in (was, theirs, ours))
    wanted = [
        other[name] if name in other and name in old and mine[name][1] == old[name][1] else mine[name]
        for name in mine
        if name in other or name not in old or theirs is None
    ]
    wanted += [other[name] for name in other if name not in mine and name not in old]
    starts = {clip.id: clip.start for clip in track.clips}
    placed = [replace(each, at=starts[clip]) for clip, each in wanted if clip in starts]
    kept: tuple[Transition, ...] = ()
    for each in sorted(placed, key=lambda transition: transition.at):
        if not list(transition_faults(replace(track, transitions=(*kept, each)), "", available)):
            kept = (*kept, each)
    return kept, len(wanted) - len(kept)


def _by_cut(track: Track | None) -> dict[str, tuple[str, Transition]]:
    """Each transition by its id, with the clip it leads to; where it lies is left out of it."""
    if track is None:
        return {}
    starts = {clip.start: clip.id for clip in track.clips}
    return {each.id: (starts.get(each.at, ""), replace(each, at=0)) for each in track.transitions}


def _key(item: Said, spine: Spine) -> tuple[Place, Said]:
    return spine.place(_frame(item)), moved(item, -_frame(item))


def _at(key: tuple[Place, Said], final: Spine, was: Spine) -> Said:
    return moved(key[1], max(0, final.frame(key[0], was)))


def _frame(item: Caption | Marker) -> int:
    return getattr(item, WHEN[type(item)])
