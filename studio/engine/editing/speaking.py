"""Something said anew: another recording in the place of a part of a clip, longer or shorter, and all else in step with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from studio.core.errors import Invalid
from studio.engine.editing.edits import op
from studio.engine.editing.lanes import Names, covered, parted, spots, tailed
from studio.engine.editing.patch import moved
from studio.engine.editing.placing import NOTHING
from studio.engine.timeline.model import PICTURE, Caption, Clip, Marker, Speed, Timeline, Track
from studio.engine.timeline.reach import Available, endless, reach


@dataclass(frozen=True, slots=True)
class Stretch:
    """The frames from `start` to before `end` become `frames`: where each frame of a timeline is afterwards."""

    start: int
    end: int
    frames: int

    @property
    def by(self) -> int:
        """How much later everything behind it is."""
        return self.frames - (self.end - self.start)

    def at(self, frame: int) -> int:
        if frame <= self.start:
            return frame
        if frame >= self.end:
            return frame + self.by
        return self.start + (frame - self.start) * self.frames // (self.end - self.start)


@op
def respeak(
    timeline: Timeline,
    clip: str,
    start: int,
    end: int,
    media: str,
    frames: int,
    source_in: int = 0,
    *,
    available: Available = NOTHING,
) -> Timeline:
    """From frame `start` to before `end` of the timeline a clip of sound lets hear other media, for `frames`.

    All that follows moves along, on every track that is not locked. The picture under it is held or trimmed at its end; where
    its media has no more, it runs slower. Captions and markers keep their place in what is said.
    """
    spot = spots(timeline, [clip], alone=True)[0]
    old = spot.clip
    if timeline.tracks[spot.track].kind != "audio":
        raise Invalid(f"{old.name or 'This clip'} is not heard. Choose a clip of a voice.", field="clip")
    if not old.start <= start < end <= old.end:
        raise Invalid("What is said anew lies within its clip.", field="start")
    if frames < 1:
        raise Invalid("A recording lasts one frame or more.", field="frames")
    stretch = Stretch(start, end, frames)
    said = _said_anew(old, stretch, media, source_in, Names(timeline), available)
    tracks = tuple(
        track if track.locked and place != spot.track else _in_step(track, stretch, available, {old.id: said})
        for place, track in enumerate(timeline.tracks)
    )
    return replace(timeline, tracks=tracks, markers=tuple(_marked(m, stretch) for m in timeline.markers))


def _said_anew(
    clip: Clip, stretch: Stretch, media: str, source_in: int, names: Names, available: Available
) -> tuple[Clip, ...]:
    """What stays of a clip in front, the new recording, what stays behind it."""
    before: tuple[Clip, ...] = ()
    behind: tuple[Clip, ...] = ()
    if clip.start < stretch.start:
        left, clip = parted(clip, stretch.start, names, available)
        before = (left,)
    if stretch.end < clip.end:
        clip, right = parted(clip, stretch.end, names, available)
        behind = (moved(right, stretch.by),)
    new = tailed(clip, stretch.frames - clip.frames)
    return (*before, replace(new, media=media, source_in=source_in, speed=None, made=None, markers=()), *behind)


def _in_step(track: Track, stretch: Stretch, available: Available, instead: dict[str, tuple[Clip, ...]]) -> Track:
    """A track as it is after a stretch; what stands in the place of some clips is given."""
    kept: list[Clip] = []
    for clip in track.clips:
        if clip.id in instead:
            kept += instead[clip.id]
        elif track.kind in PICTURE or clip.group:
            kept += _seen(clip, stretch, available, _needed(track, clip))
        else:
            kept.append(_heard(clip, stretch, available))
    return replace(
        track,
        clips=tuple(kept) if track.kind in PICTURE else tuple(_apart(kept)),
        captions=tuple(_shown(track.captions, stretch)),
    )


def _seen(clip: Clip, stretch: Stretch, available: Available, more: int) -> Iterator[Clip]:
    """A picture, or sound that belongs to one: both its ends go along; one of which nothing is left goes."""
    start, end = stretch.at(clip.start), stretch.at(clip.end)
    if start < end:
        yield replace(_lasting(clip, end - start, available, more), start=start)


def _heard(clip: Clip, stretch: Stretch, available: Available) -> Clip:
    """Sound goes along from its beginning; what plays on over all of it gets longer, if there is more of it, or shorter."""
    new = replace(clip, start=stretch.at(clip.start))
    if not (clip.start <= stretch.start and clip.end >= stretch.end):
        return new
    longer = tailed(new, stretch.by)
    asked = reach(longer, available)
    if stretch.by <= 0 or (asked is not None and not asked.beyond):
        return longer
    return new


def _lasting(clip: Clip, frames: int, available: Available, more: int) -> Clip:
    """A clip of so many frames: trimmed, held, or slower where its media has no more."""
    new = tailed(clip, frames - clip.frames)
    ramped = clip.speed is not None and clip.speed.ramp is not None
    if frames <= clip.frames or ramped or endless(clip, available):
        return new
    asked = reach(new, available, after=more)
    if asked is not None and not asked.beyond:
        return new
    factor = covered(clip) / frames
    if clip.speed is not None and clip.speed.factor < 0:
        factor = -factor
    kept = clip.speed.keep_pitch if clip.speed is not None else True
    return replace(new, speed=Speed(Fraction(factor), None, kept))


def _needed(track: Track, clip: Clip) -> int:
    """Frames of its media a clip must have left for the transition behind it."""
    return next((each.after for each in track.transitions if each.at == clip.end), 0)


def _apart(clips: list[Clip]) -> Iterator[Clip]:
    """Sounds of which none reaches into the next."""
    for clip, after in pairwise([*clips, None]):
        assert clip is not None
        if after is not None and clip.end > after.start:
            if after.start > clip.start:
                yield tailed(clip, after.start - clip.end, cut=True)
        else:
            yield clip


def _shown(captions: tuple[Caption, ...], stretch: Stretch) -> Iterator[Caption]:
    for caption in captions:
        start, end = stretch.at(caption.start), stretch.at(caption.end)
        if start < end:
            yield (
                caption
                if (start, end) == (caption.start, caption.end)
                else replace(caption, start=start, frames=end - start)
            )


def _marked(marker: Marker, stretch: Stretch) -> Marker:
    start, end = stretch.at(marker.frame), stretch.at(marker.frame + marker.frames)
    return (
        marker
        if (start, end - start) == (marker.frame, marker.frames)
        else replace(marker, frame=start, frames=end - start)
    )
