"""Which pictures of which media a clip shows at each of its frames, and whether the media has them. Nothing is decoded here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from math import floor
from pathlib import Path

from studio.core.errors import StudioError, UnsupportedMedia
from studio.engine.looks.facts import MediaFacts
from studio.engine.render.layers import Layer, Span, stretches, within
from studio.engine.sandbox.probing import probed_apart
from studio.engine.time import Rate
from studio.engine.timeline import PICTURE, Clip, Timeline
from studio.engine.timeline.looks import Nested

Facts = Callable[[str], MediaFacts]
"""What the media of a hash is."""

FONTS = Path(__file__).parents[3] / "assets" / "fonts"

_SLACK = Fraction(1, 1000)
"""Frames a place that was worked out in floating point may lie before its frame."""

_STILLS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


def _nothing(media: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Store:
    """Where media is found by its hash: the file, and what it is where that is known already.

    `ours` says which stills the studio made itself, and may read in this process; all others are decoded apart.
    `tables` is a folder for the tables of colours that filters read, `fonts` the one of the studio's fonts.
    """

    path: Callable[[str], Path]
    known: Facts | None = None
    tables: Path | None = None
    fonts: Path = FONTS
    ours: Callable[[str], bool] = _nothing

    def facts(self, media: str) -> MediaFacts:
        """What the media is. Raises: UnsupportedMedia, SandboxRefused, and what `known` raises."""
        return self.known(media) if self.known is not None else _read(self.path(media))


@lru_cache(maxsize=256)
def _read(path: Path) -> MediaFacts:
    return probed_apart(path)


def is_picture(path: Path) -> bool:
    """Whether a file is a PNG or JPEG, by its first bytes alone."""
    try:
        with path.open("rb") as file:
            begun = file.read(8)
    except OSError:
        return False
    return begun.startswith(_STILLS)


def place(clip: Clip, frame: int) -> Fraction:
    """Where the clip's frame lies in its media, in frames of the timeline; before its first and after its last, as it would."""
    if clip.speed is None:
        return Fraction(clip.source_in + frame)
    if clip.speed.ramp is not None:
        return clip.source_in + Fraction(clip.speed.ramp.at(frame)).limit_denominator(1_000_000)
    return clip.source_in + clip.speed.factor * frame


def shown(clip: Clip, frame: int, facts: MediaFacts, rate: Rate) -> int:
    """The number of the picture the clip's frame shows: the one whose time holds the frame's; the nearest there is."""
    return facts.shown(max(place(clip, frame) + _SLACK, Fraction(0)) / rate.fps)


def time_of(number: int, facts: MediaFacts) -> tuple[Fraction, Fraction]:
    """The time stamps that picture may have, from the first up to the second."""
    if facts.variable or facts.rate is None:
        at, half = facts.first + facts.stamps[number], facts.tick / 2
    else:
        step = 1 / facts.rate.fps
        at, half = facts.first + number * step, step / 2
    return at - half, at + half


def missing(timeline: Timeline, store: Store) -> dict[str, str]:
    """Media that is wanted but is not there, or is seen and cannot be read, in order of its first clip: "name: why"."""
    out: dict[str, str] = {}
    fine: set[tuple[str, bool]] = set()
    for clip, seen in _clips(timeline):
        if clip.media in out or (clip.media, seen) in fine:
            continue
        if why := _unread(clip, store, seen=seen):
            out[clip.media] = f"{clip.name}: {why}"
        fine.add((clip.media, seen))
    return out


def without(timeline: Timeline, media: Collection[str]) -> Timeline:
    """The timeline with every clip of these media switched off."""
    if not media:
        return timeline
    tracks = (replace(t, clips=tuple(_without(clip, media) for clip in t.clips)) for t in timeline.tracks)
    return replace(timeline, tracks=tuple(tracks))


def media_of(timeline: Timeline) -> tuple[str, ...]:
    """The media of every clip that is on, each once."""
    return tuple(dict.fromkeys(clip.media for clip, _ in _clips(timeline)))


def _without(clip: Clip, media: Collection[str]) -> Clip:
    if isinstance(clip.made, Nested):
        return replace(clip, made=replace(clip.made, timeline=without(clip.made.timeline, media)))
    return replace(clip, enabled=False) if clip.media in media else clip


def _clips(timeline: Timeline) -> Iterator[tuple[Clip, bool]]:
    """The clips with media that are on, and whether they are seen."""
    for track in timeline.tracks:
        for clip in track.clips:
            if clip.enabled and isinstance(clip.made, Nested):
                yield from _clips(clip.made.timeline)
            elif clip.enabled and clip.media:
                yield clip, track.kind in PICTURE


def _unread(clip: Clip, store: Store, *, seen: bool) -> str:
    try:
        path = store.path(clip.media)
        if not path.exists():
            return "The file is missing."
        if seen and not is_picture(path) and store.facts(clip.media).width == 0:
            return "It has no picture."
    except StudioError as error:
        return error.message
    return ""


def check_ranges(timeline: Timeline, span: Span, store: Store) -> None:
    """Refuse a window in which a clip goes on after its media has ended, or begins before it.

    Raises:
        UnsupportedMedia: naming the clip.
    """
    for part in within(stretches(timeline), span):
        for layer in part.layers:
            for clip in layer.clips:
                _check(timeline, layer, clip, Span(part.start - clip.start, part.end - part.start), store)


def _check(timeline: Timeline, layer: Layer, clip: Clip, own: Span, store: Store) -> None:
    first, last = place(clip, own.start), place(clip, own.end - 1)
    ramped = clip.speed is not None and clip.speed.ramp is not None
    places = [place(clip, f) for f in range(own.start, own.end)] if ramped else [first, last]
    if isinstance(clip.made, Nested):
        inner = clip.made.timeline
        length = Fraction(inner.frames) * timeline.rate.fps / inner.rate.fps
    elif clip.media and not layer.adjusts and clip.motion is None and not is_picture(store.path(clip.media)):
        facts = store.facts(clip.media)
        if facts.kind == "still" or not facts.width:
            return
        length = facts.video_seconds * timeline.rate.fps
    else:
        return
    if min(places) < 0 or floor(max(places)) >= length + _SLACK:
        raise UnsupportedMedia(
            f"The clip “{clip.name}” needs frames {floor(min(places))} to {floor(max(places))} of its media, which has "
            f"{floor(length + _SLACK)}. Shorten the clip, or move where it begins."
        )
