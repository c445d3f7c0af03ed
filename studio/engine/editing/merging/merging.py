"""Two cuts that were made of one, as one: what the other side changed is laid on ours; what both changed stays ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from studio.core.errors import Conflict
from studio.engine.editing.lanes import Names
from studio.engine.editing.merging.fields import both, changed, fitting, said
from studio.engine.editing.merging.marks import marks, one_at_a_time, transitions_on
from studio.engine.editing.merging.spine import Spine, laid, merged_order, spine_of, with_room
from studio.engine.editing.merging.standing import Standing
from studio.engine.editing.placing import NOTHING
from studio.engine.time import Rate
from studio.engine.timeline.checks import checked, clip_faults
from studio.engine.timeline.model import Clip, Timeline, Track
from studio.engine.timeline.reach import Available

Became = Literal["came", "went", "moved", "length", "changed"]

_OF_A_PART = (
    "frames",
    "source_in",
    "motion",
    "fade_in",
    "fade_out",
    "speed",
    "transform",
    "colour",
    "effects",
    "markers",
)
"""Fields that a clip cut off another one has of its own."""


@dataclass(frozen=True, slots=True)
class Note:
    """What was taken, or was not, of a clip ("" where it is of none) in a sentence."""

    clip: str
    name: str
    became: Became
    sentence: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The timeline with both in it; what it took of the other side, and where both had changed the same, so that ours stayed."""

    timeline: Timeline
    taken: tuple[Note, ...] = ()
    conflicts: tuple[Note, ...] = ()


def merged(
    base: Timeline, theirs: Timeline, ours: Timeline, available: Available = NOTHING, *, them: str = "on the board"
) -> Merged:
    """What changed from `base` to `theirs`, laid on `ours`; nothing that was done in ours is lost. `them` says where theirs is.

    The picture keeps its order and gaps, so lengths ripple; all else stays where it stands against the picture. What has no
    room left lies on a track of its own.

    Raises:
        Conflict: theirs runs at another rate (code "other_rate").
    """
    if theirs.rate != ours.rate:
        raise Conflict(
            f"It is {theirs.rate.said} frames a second {them} and {ours.rate.said} here.",
            code="other_rate",
        )
    if theirs == base:
        return Merged(ours)
    found = _Merging(base, theirs, ours, available, them).done()
    if ours == base and not any(track.locked for track in ours.tracks):
        return replace(found, timeline=theirs)
    return found


class _Merging:
    """One merge; notes are made on the way."""

    def __init__(self, base: Timeline, theirs: Timeline, ours: Timeline, available: Available, them: str) -> None:
        self.base, self.theirs, self.ours, self.available, self.them = base, theirs, ours, available, them
        self.was, self.other, self.mine = Standing(base), Standing(theirs), Standing(ours)
        self.locked = {track.id for track in ours.tracks if track.locked}
        track = spine_of(theirs, base, ours)
        self.spine = "" if track in self.locked else track
        self.spines = tuple(Spine(each, self.spine) for each in (base, theirs, ours))
        self.taken: list[Note] = []
        self.conflicts: list[Note] = []

    def done(self) -> Merged:
        """All of it. Raises: Invalid if ours could not be."""
        made = self._contents()
        clips, final = self._placed(made)
        tracks = self._tracks(clips)
        tracks = [self._filled(track, clips.get(track.id, []), final) for track in tracks]
        heading, against = both(self.base, self.theirs, self.ours, without=("name",))
        if against:
            self._against("", "The film", f"The film's {said(against)} is different {self.them}. Yours stays.")
        found = marks(self.base.markers, self.theirs.markers, self.ours.markers, spines=self.spines, final=final)
        markers = tuple(mark.item for mark in found)
        timeline = checked(replace(heading, tracks=tuple(tracks), markers=markers))
        return Merged(timeline, tuple(self.taken), tuple(self.conflicts))

    def _contents(self) -> dict[str, Clip]:
        """Every clip there will be, by its id, with what it says; where it stands comes later."""
        made: dict[str, Clip] = {}
        for name, clip in self.mine.clips.items():
            found = self._ours(name, clip)
            if found is not None:
                made[name] = found
        for name, clip in self.other.clips.items():
            if name in self.mine.clips or self.other.track[name] in self.locked:
                continue
            if name not in self.was.clips:
                made[name] = clip
                self._took(clip, "came", f"{self.other.named(name)} is new.")
            elif changed(self.was.clips[name], clip):
                self._against(name, clip.name, f"{clip.name} was changed {self.them}, but is not in this cut any more.")
        return made

    def _ours(self, name: str, clip: Clip) -> Clip | None:
        """What becomes of a clip of ours; None where it goes as theirs did."""
        if self.mine.track[name] in self.locked:
            return clip
        was, other = self.was.clips.get(name), self.other.clips.get(name)
        if was is None:
            return self._part(name, clip) if other is None else clip
        if other is None:
            if changed(was, clip):
                told = f"{clip.name} is gone {self.them}, but was changed here ({said(changed(was, clip))}). It stays."
                self._against(name, clip.name, told)
                return clip
            self._took(was, "went", f"{self.was.named(name)} is gone.")
            return None
        made, against = both(was, other, clip)
        made = fitting(made)
        if against:
            self._against(name, clip.name, self._quarrel(clip, other, against))
        if made is not clip and self._faulty(name, made) and not self._faulty(name, clip):
            self._against(name, clip.name, f"What is new of {clip.name} does not fit what was done here. Yours stays.")
            return clip
        self._tell(clip, made)
        return made

    def _faulty(self, name: str, clip: Clip) -> bool:
        track = next(t for t in self.ours.tracks if t.id == self.mine.track[name])
        return next(clip_faults(clip, track, "", self.available), None) is not None

    def _part(self, name: str, clip: Clip) -> Clip:
        """A clip cut off one of the base by hand shows what that shows now."""
        root = name.split("~")[0]
        was, other = self.was.clips.get(root), self.other.clips.get(root)
        if root == name or was is None or other is None or was.link != clip.link:
            return clip
        return fitting(both(was, other, clip, without=_OF_A_PART)[0])

    def _placed(self, made: dict[str, Clip]) -> tuple[dict[str, list[Clip]], Spine]:
        """Where each stands: the picture one behind the other, all else against it."""
        base, theirs, ours = self.spines
        on_spine = {name for name in made if self._track_of(name) == self.spine}
        order, moved, fought = merged_order(base.order, theirs.order, ours.order, on_spine)
        order += [name for name in made if name in on_spine and name not in set(order)]
        gaps = {name: self._gap(name) for name in order}
        picture = [replace(clip, start=start) for clip, start in laid(order, made, gaps)]
        for name in moved:
            self._took(made[name], "moved", f"{self.other.named(name)} stands elsewhere.")
        for name in fought:
            told = f"{made[name].name} has another place {self.them} and here. It stays where you put it."
            self._against(name, made[name].name, told)
        final = Spine(Timeline("", Rate(1), 1, 1, (Track("s", "video", "", "", clips=tuple(picture)),)), "s")
        clips: dict[str, list[Clip]] = {self.spine: picture} if self.spine else {}
        for name, clip in made.items():
            if name not in on_spine or not self.spine:
                track = self._track_of(name)
                start = clip.start if track in self.locked else max(0, self._start(name, final))
                clips.setdefault(track, []).append(replace(clip, start=start))
        return clips, final

    def _track_of(self, name: str) -> str:
        """The track a clip lies on: theirs where only they moved it."""
        mine, other, was = (each.track.get(name) for each in (self.mine, self.other, self.was))
        if mine is None:
            return other or ""
        if other is None or other == was or mine != was or mine in self.locked or other in self.locked:
            return mine
        return other

    def _gap(self, name: str) -> int:
        was, other, mine = (each.gaps.get(name) for each in self.spines)
        if mine is None:
            return other or 0
        return other if other is not None and mine == was else mine

    def _start(self, name: str, final: Spine) -> int:
        """The frame a clip that is not of the picture begins at."""
        was, other, mine = (
            spine.place(clip.start, clip.link) if (clip := standing.clips.get(name)) else None
            for spine, standing in zip(self.spines, (self.was, self.other, self.mine), strict=True)
        )
        if mine is None:
            assert other is not None
            return final.frame(other, self.spines[1])
        if other is None or other == was or mine != was:
            if other not in (None, was, mine) and was is not None and mine != was:
                named = self.mine.named(name)
                self._against(name, named, f"{named} stands elsewhere {self.them} and here. It stays where you put it.")
            return final.frame(mine, self.spines[2])
        return final.frame(other, self.spines[1])

    def _tracks(self, clips: dict[str, list[Clip]]) -> list[Track]:
        """The headings there are, in order; what finds no room is given a track of its own."""
        was, other = ({t.id: t for t in each.tracks} for each in (self.base, self.theirs))
        found: list[Track] = []
        for track in self.ours.tracks:
            here = other.get(track.id)
            if track.id in was and here is None and not clips.get(track.id) and not track.captions and not track.locked:
                continue
            if here is None or track.id not in was:
                found.append(track)
                continue
            made, against = both(was[track.id], here, track)
            if against:
                told = f"The track {track.name} has another {said(against)} {self.them}. Yours stays."
                self._against("", track.name, told)
            found.append(made)
        named = {track.id for track in found}
        for place, track in enumerate(self.theirs.tracks):
            if track.id not in named and (track.id not in was or clips.get(track.id)):
                before = [t.id for t in self.theirs.tracks[:place]]
                at = max((n + 1 for n, t in enumerate(found) if t.id in before), default=0)
                found.insert(at, replace(track, clips=(), captions=(), transitions=()))
        theirs = {name for name in self.other.clips if name not in self.mine.clips}
        for clip in with_room(found, clips, theirs):
            self._lay_apart(found, clips, clip)
        return found

    def _lay_apart(self, tracks: list[Track], clips: dict[str, list[Clip]], clip: Clip) -> None:
        """Put a clip on another track of its kind where there is room, or on a new one."""
        home = next(t for t in tracks if t.id == self._track_of(clip.id))
        for track in tracks:
            if (track.kind, track.role, track.locked) == (home.kind, home.role, False) and track.id != self.spine:
                there = clips.setdefault(track.id, [])
                if all(each.end <= clip.start or each.start >= clip.end for each in there):
                    there.append(clip)
                    return
        taken = [*clips, *(c.id for each in clips.values() for c in each), *(t.id for t in tracks)]
        name = Names(self.ours, taken=taken).new(home.id)
        new = replace(home, id=name, clips=(), captions=(), transitions=(), locked=False)
        tracks.insert(tracks.index(home) + 1, new)
        clips[name] = [clip]
        self._took(clip, "moved", f"{clip.name} lies on a track of its own, for there was no room for it.")

    def _filled(self, track: Track, clips: list[Clip], final: Spine) -> Track:
        """A track with all that stands on it."""
        if track.id in self.locked:
            return next(each for each in self.ours.tracks if each.id == track.id)
        was, other, mine = (
            next((t for t in each.tracks if t.id == track.id), None) for each in (self.base, self.theirs, self.ours)
        )
        found = marks(*(each.captions if each else () for each in (was, other, mine)), spines=self.spines, final=final)
        captions, lost = one_at_a_time(found)
        for each in lost:
            self._against("", "", f"There was no room for the caption “{each.text[:60]}” of the other side.")
        filled = replace(
            track, clips=tuple(sorted(clips, key=lambda clip: clip.start)), captions=captions, transitions=()
        )
        transitions, dropped = transitions_on(filled, was, other, mine, self.available)
        if dropped:
            self._against(
                "", track.name, f"{dropped} transitions of {track.name} had no cut left, or too little media."
            )
        return replace(filled, transitions=transitions)

    def _quarrel(self, mine: Clip, other: Clip, against: Sequence[str]) -> str:
        """In a sentence, what both changed of a clip."""
        if "frames" in against:
            rate = self.ours.rate
            here, there = length(mine.frames, rate), length(other.frames, rate)
            return f"{mine.name} is {there} {self.them}, {here} here. Yours stays."
        return f"{mine.name} has another {said(against)} {self.them} and here. Yours stays."

    def _tell(self, before: Clip, after: Clip) -> None:
        """Write down what a clip has become."""
        news = changed(before, after)
        if "frames" in news:
            rate = self.ours.rate
            told = f"{after.name} is {length(after.frames, rate)} (was {length(before.frames, rate)})."
            self._took(after, "length", told)
        elif news == ("name",):
            self._took(after, "changed", f"{before.name} is called {after.name} now.")
        elif news:
            self._took(after, "changed", f"{after.name} has another {said(news)}.")

    def _took(self, clip: Clip, became: Became, sentence: str) -> None:
        self.taken.append(Note(clip.id, clip.name, became, sentence))

    def _against(self, clip: str, name: str, sentence: str) -> None:
        self.conflicts.append(Note(clip, name, "changed", sentence))


def length(frames: int, rate: Rate) -> str:
    """A length as editors say it, seconds and frames: "3:12"."""
    a_second = max(1, round(rate.fps))
    return f"{frames // a_second}:{frames % a_second:02}"
