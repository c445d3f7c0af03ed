"""What somebody did to one state of a timeline, done to another: things are found by what they are, not by where they stood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from studio.core.errors import Conflict
from studio.engine.editing.edits import Edit, Edited, apply
from studio.engine.editing.lanes import Names
from studio.engine.editing.merging.fields import Held, changed, fitting, said, woven
from studio.engine.editing.merging.standing import Standing, relaid
from studio.engine.editing.merging.within import Apart, together
from studio.engine.editing.patch import TrackChange, difference
from studio.engine.timeline.model import Clip, Timeline, Track, Transition

CODE = "changed_since"


def rebased(base: Timeline, wanted: Timeline, onto: Timeline, *, last: bool = False) -> Edited:
    """`onto` with what makes `wanted` of `base` done to it, where all it touches is there as `base` says; and the way back.

    With `last` it holds where the same field has been changed. What others put in between moves along with a ripple, and stays
    where it is otherwise. Undoing an act after others' is this with `base` the state after it and `wanted` the one before.

    Raises:
        Conflict: a clip, a caption or a track it touches has changed (code "changed_since"), is on a locked track, or there is
            no room; the message names it.
        Invalid: what would come of it cannot be.
    """
    if onto == base:
        after = wanted
    else:
        after = _Laying(base, wanted, onto, last=last).laid()
        _unlocked(onto, after)
    return apply(onto, Edit("patch", {"patch": difference(onto, after)}))


class _Laying:
    """One change laid on another state."""

    def __init__(self, base: Timeline, wanted: Timeline, onto: Timeline, *, last: bool) -> None:
        self.base, self.onto, self.last = base, onto, last
        self.wanted = _named_apart(base, wanted, onto)
        self.was, self.now, self.there = Standing(base), Standing(self.wanted), Standing(onto)
        self.kept = [i for i in self.was.clips if i in self.now.clips]
        self.patch = difference(base, self.wanted)

    def laid(self) -> Timeline:
        """The other state with the change in it. Raises: Conflict."""
        placed = self._placed()
        changes = {change.id: change for change in self.patch.tracks}
        starts = {clip.id: clip.start for clips in placed.values() for clip in clips}
        tracks = [self._track(track, placed, changes.get(track.id), starts) for track in self._tracks()]
        return replace(
            self._agreed(self.base, self.wanted, self.onto, "The timeline"),
            tracks=tuple(tracks),
            markers=relaid(self.base.markers, self.patch.markers, self.onto.markers, last=self.last),
        )

    def _tracks(self) -> list[Track]:
        """The headings of the tracks there are afterwards, in order."""
        was = {track.id: track for track in self.base.tracks}
        now = {track.id: track for track in self.wanted.tracks}
        there = [track.id for track in self.onto.tracks]
        for track in self.onto.tracks:
            foreign = [clip for clip in track.clips if clip.id not in self.was.clips]
            if track.id in was and track.id not in now and foreign:
                raise _since(f"{foreign[0].name or 'A clip'} has been put on {track.name}")
            if track.id in was and track.id not in now and track.captions != was[track.id].captions:
                raise _since(f"The captions of {track.name} have been changed")
        for each in now:
            if each in was and each not in there and was[each] != now[each]:
                raise _since(f"The track {now[each].name} has been taken away")
        order = [each for each in there if each in now or each not in was]
        steady = [each for each in there if each in was] == [each for each in was if each in there]
        if self.patch.order is not None and steady:
            order = _brought(order, [each for each in now if each in order or each not in was])
        mine = {track.id: track for track in self.onto.tracks}
        headings: list[Track] = []
        for each in order:
            if each in mine and each in was and each in now:
                headings.append(self._agreed(was[each], now[each], mine[each], mine[each].name or "A track"))
            else:
                headings.append(mine[each] if each in mine else now[each])
        return headings

    def _placed(self) -> dict[str, list[Clip]]:
        """Every clip there is afterwards, by its track."""
        placed: dict[str, list[Clip]] = {}
        moves: dict[str, int] = {}
        for each in self.was.clips:
            if each not in self.now.clips:
                self._untouched(each)
        for each in self.kept:
            if each in self.there.clips:
                track, clip = self._kept(each)
                placed.setdefault(track, []).append(clip)
                moves[each] = self.now.clips[each].start - self.was.clips[each].start
            elif self._touched(each):
                raise _since(f"{self.was.named(each)} is not there any more")
        self._foreign(placed, moves)
        done = {clip.id: clip for clips in placed.values() for clip in clips}
        for each in self.now.clips:
            if each not in self.was.clips:
                clip = self._come(each, done)
                placed.setdefault(self.now.track[each], []).append(clip)
                done[each] = clip
        return {track: sorted(clips, key=lambda clip: clip.start) for track, clips in placed.items()}

    def _untouched(self, clip: str) -> None:
        """Raises: Conflict where what is to go is gone already, or not as it was."""
        old, mine = self.was.clips[clip], self.there.clips.get(clip)
        if mine is None:
            raise _since(f"{self.was.named(clip)} is not there any more")
        if self.there.track[clip] != self.was.track[clip]:
            raise _since(f"{self.was.named(clip)} lies on another track now")
        if found := changed(old, mine):
            raise _since(f"{self.was.named(clip)} has been changed ({said(found)})")

    def _touched(self, clip: str) -> bool:
        """Whether more becomes of a clip than that it moves along."""
        same_track = self.was.track[clip] == self.now.track[clip]
        return not same_track or bool(changed(self.was.clips[clip], self.now.clips[clip]))

    def _kept(self, clip: str) -> tuple[str, Clip]:
        old, new, mine = self.was.clips[clip], self.now.clips[clip], self.there.clips[clip]
        track = self.there.track[clip]
        if self.now.track[clip] != self.was.track[clip]:
            if track != self.was.track[clip]:
                raise _since(f"{self.was.named(clip)} lies on another track now")
            track = self.now.track[clip]
        made = fitting(self._agreed(old, new, mine, self.was.named(clip)))
        return track, replace(made, start=mine.start + new.start - old.start)

    def _agreed(self, base: Held, wanted: Held, mine: Held, name: str) -> Held:
        """What a thing says with the change in it. Raises: Conflict where that has been changed since."""
        made, against = woven(base, wanted, mine, last=self.last)
        if against:
            raise _since(f"{name} has been changed ({said(against)})")
        return made

    def _foreign(self, placed: dict[str, list[Clip]], moves: dict[str, int]) -> None:
        """Put what others brought since where it belongs: with a ripple it moves as all behind it does."""
        known = [(self.there.clips[each].start, by, self.there.track[each]) for each, by in moves.items()]
        known.sort(reverse=True)
        ripples = len(self.was.clips) != len(self.kept) or len(self.now.clips) != len(self.kept)
        ripples = ripples or any(self.was.clips[i].frames != self.now.clips[i].frames for i in self.kept)
        for track in self.onto.tracks:
            ends = {clip.id: clip.end for clip in placed.get(track.id, ())}
            beside = [(at, by) for at, by, lane in known if lane == track.id]
            last = 0
            for clip in track.clips:
                if clip.id in self.was.clips:
                    last = max(last, ends.get(clip.id, 0))
                    continue
                follow = beside if beside and beside[0][0] >= clip.start else [(at, by) for at, by, _ in known]
                by = _behind(follow, clip.start) if ripples else 0
                if clip.start + by < last and self._grown(track, clip):
                    by = last - clip.start
                placed.setdefault(track.id, []).append(replace(clip, start=clip.start + by))
                last = clip.end + by

    def _grown(self, track: Track, clip: Clip) -> bool:
        """Whether a clip that came since touches one that grows, and is the last there: then it is pushed along."""
        before = next((c for c in reversed(track.clips) if c.start < clip.start), None)
        follows = any(c.start > clip.start for c in track.clips)
        return not follows and before is not None and before.end == clip.start

    def _come(self, clip: str, done: dict[str, Clip]) -> Clip:
        """A clip that is to come, as near to its neighbours as it stood to them."""
        new, beside = self.now.clips[clip], self.now.beside(clip)
        gaps = [
            (abs(new.start - other.end), done[other.id].end + new.start - other.end)
            for other in beside[:1]
            if other and other.id in done
        ]
        gaps += [
            (abs(other.start - new.end), done[other.id].start + new.start - other.start)
            for other in beside[1:]
            if other and other.id in done
        ]
        return replace(new, start=min(gaps)[1] if gaps else new.start)

    def _track(
        self, track: Track, placed: dict[str, list[Clip]], change: TrackChange | None, starts: dict[str, int]
    ) -> Track:
        clips = tuple(placed.get(track.id, ()))
        was = next((t for t in self.base.tracks if t.id == track.id), None)
        mine = next((t for t in self.onto.tracks if t.id == track.id), None)
        if was is None or mine is None:
            return replace(track, clips=clips)
        captions = relaid(was.captions, change.captions if change else None, mine.captions, last=self.last)
        return replace(track, clips=clips, captions=captions, transitions=self._transitions(was, mine, clips, starts))

    def _transitions(
        self, was: Track, mine: Track, clips: tuple[Clip, ...], starts: dict[str, int]
    ) -> tuple[Transition, ...]:
        """Transitions on their cuts; those of others that have none any more go."""
        now = next((t for t in self.wanted.tracks if t.id == was.id), was)
        old, new, there = ({t.id: t for t in track.transitions} for track in (was, now, mine))
        cuts = {b.start for a, b in pairwise(clips) if a.end == b.start}
        found: list[Transition] = []
        for each in mine.transitions:
            at = starts.get(_at_cut(mine, each), -1)
            if each.id in old and each.id not in new:
                continue
            if at in cuts and (each.id not in new or _bare(new[each.id]) == _bare(old.get(each.id))):
                found.append(replace(each, at=at))
        for each in now.transitions:
            if _bare(each) == _bare(old.get(each.id)):
                continue
            at = starts.get(_at_cut(now, each), -1)
            if at not in cuts:
                raise _since("The cut a transition lies on is not there any more")
            try:
                made = each
                if each.id in there:
                    made = together(old[each.id], each, replace(there[each.id], at=each.at), last=self.last)
            except Apart as e:
                raise _since("The transition has been changed") from e
            found.append(replace(made, at=at))
        return tuple(sorted(found, key=lambda each: each.at))


def _bare(each: Transition | None) -> Transition | None:
    return replace(each, at=0) if each else None


def _at_cut(track: Track, each: Transition) -> str:
    """The clip that begins where a transition lies."""
    return next((clip.id for clip in track.clips if clip.start == each.at), "")


def _behind(known: Sequence[tuple[int, int]], start: int) -> int:
    """By how much all that stands at a frame or later moves; 0 where it does not all move by the same. `known` is latest first."""
    moves: set[int] = set()
    for at, by in known:
        if at < start:
            break
        moves.add(by)
        if len(moves) > 1:
            return 0
    return moves.pop() if moves else 0


def _brought(order: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """The wanted order, with what it does not name behind what it stood behind."""
    found = list(wanted)
    for place, each in enumerate(order):
        if each not in wanted:
            found.insert(found.index(order[place - 1]) + 1 if place else 0, each)
    return found


def _named_apart(base: Timeline, wanted: Timeline, onto: Timeline) -> Timeline:
    """The wanted timeline with what is new in it called by names nobody has taken since."""
    was, taken = set(_names(base)), set(_names(onto))
    double = {each for each in _names(wanted) if each not in was and each in taken}
    if not double:
        return wanted
    names = Names(onto, taken=_names(wanted))
    new = {each: names.new(each) for each in sorted(double)}

    def called(clip: Clip) -> Clip:
        if clip.id not in new and clip.group not in new:
            return clip
        return replace(clip, id=new.get(clip.id, clip.id), group=new.get(clip.group, clip.group))

    return replace(
        wanted,
        tracks=tuple(
            replace(
                track,
                id=new.get(track.id, track.id),
                clips=tuple(called(clip) for clip in track.clips),
                transitions=tuple(replace(t, id=new[t.id]) if t.id in new else t for t in track.transitions),
            )
            for track in wanted.tracks
        ),
    )


def _names(timeline: Timeline) -> Iterator[str]:
    for track in timeline.tracks:
        yield track.id
        yield from (clip.id for clip in track.clips)
        yield from (each.id for each in track.transitions)
        yield from {clip.group for clip in track.clips} - {""}


def _unlocked(before: Timeline, after: Timeline) -> None:
    """Raises: Conflict where something on a track that is locked now would change."""
    now = {track.id: track for track in after.tracks}
    for track in _locked(before.tracks):
        same = now.get(track.id)
        if same is None or (same.clips, same.captions, same.transitions) != (
            track.clips,
            track.captions,
            track.transitions,
        ):
            raise Conflict(f"The track {track.name} is locked. Unlock it to change what is on it.", code="locked")


def _locked(tracks: Iterable[Track]) -> Iterator[Track]:
    return (track for track in tracks if track.locked)


def _since(what: str) -> Conflict:
    return Conflict(f"{what} since, so this cannot be done alone.", code=CODE)
