"""What cannot be in a timeline: each fault with its place and a sentence.

The document (document.py) says what is well-formed, this what makes sense.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from studio.core.errors import Invalid
from studio.engine.timeline.look_checks import Fault, colour_faults, look_faults
from studio.engine.timeline.looks import CAPTION_LOOKS, Nested
from studio.engine.timeline.model import Caption, Clip, Marker, Timeline, Track, Transition
from studio.engine.timeline.reach import Available, reach

MOST_CLIPS = 100_000
DEEPEST = 8
LARGEST_SIDE = 16_384
FASTEST_FPS = 1_000
LONGEST_NOTE = 2_000
LONGEST = 2**31
"""Frames a timeline may have: more than two years at 30 a second."""

_MS = (0, 10_000, "Attack, hold and release are 0 to 10,000 ms.")
_BAND = (-18, 18, "A band of the equaliser is -18 to 18 dB.")
_NUMBERS: dict[str, tuple[float, float, str]] = {
    "gain_db": (-120, 40, "A gain is -120 to 40 dB."),
    "pan": (-1, 1, "Pan is -1 to 1."),
    "duck_db": (0, 120, "Ducking is 0 to 120 dB."),
    "duck_threshold_db": (-42, 0, "The threshold of ducking is -42 to 0 dB."),
    **dict.fromkeys(("duck_attack_ms", "duck_hold_ms", "duck_release_ms"), _MS),
    **dict.fromkeys(("eq_low_db", "eq_mid_db", "eq_high_db"), _BAND),
}
"""What the numbers of a track may be."""


def faults(timeline: Timeline, available: Available | None = None) -> tuple[Fault, ...]:
    """Everything that cannot be, in order of places; with what is `available`, also where media is not long enough."""
    clips = _count(timeline, 1)
    if clips is None:
        return (Fault("tracks", f"Timelines are nested at most {DEEPEST} deep."),)
    if clips > MOST_CLIPS:
        return (Fault("tracks", f"A timeline has at most {MOST_CLIPS:,} clips, and this one has {clips:,}."),)
    return tuple(_faults(timeline, "", available or {}))


def checked(timeline: Timeline, available: Available | None = None) -> Timeline:
    """The timeline itself. Raises: Invalid with its first fault."""
    for fault in faults(timeline, available):
        raise Invalid(f"{fault.sentence} ({fault.place})", field=fault.place)
    return timeline


def _count(timeline: Timeline, depth: int) -> int | None:
    """All clips in it and in what it holds; None when that goes too deep, or round in a circle."""
    if depth > DEEPEST:
        return None
    total = 0
    for track in timeline.tracks:
        total += len(track.clips)
        for clip in track.clips:
            if isinstance(clip.made, Nested):
                inside = _count(clip.made.timeline, depth + 1)
                if inside is None:
                    return None
                total += inside
    return total


def _faults(timeline: Timeline, at: str, available: Available) -> Iterator[Fault]:
    yield from heading_faults(timeline, at)
    seen: set[str] = set()
    for number, track in enumerate(timeline.tracks):
        place = f"{at}tracks[{number}]"
        yield from id_faults([track.id], place, seen)
        yield from track_faults(track, place, available)
        yield from id_faults((clip.id for clip in track.clips), f"{place}.clips", seen)
        yield from id_faults((each.id for each in track.transitions), f"{place}.transitions", seen)
        for index, clip in enumerate(track.clips):
            yield from clip_faults(clip, track, f"{place}.clips[{index}]", available)
            if isinstance(clip.made, Nested):
                yield from _nested_faults(clip.made, timeline, f"{place}.clips[{index}].made.timeline", available)


def _nested_faults(nested: Nested, outer: Timeline, place: str, available: Available) -> Iterator[Fault]:
    if nested.timeline.rate != outer.rate:
        yield Fault(f"{place}.rate", "A timeline in another one runs at its rate.")
    yield from _faults(nested.timeline, f"{place}.", available)


def heading_faults(timeline: Timeline, at: str = "") -> Iterator[Fault]:
    """What is wrong with the timeline as a whole: size, rate, background, markers."""
    for name in ("width", "height"):
        if not 1 <= getattr(timeline, name) <= LARGEST_SIDE:
            yield Fault(f"{at}{name}", f"A side is 1 to {LARGEST_SIDE:,} pixels.")
    if not 1 <= timeline.rate.fps <= FASTEST_FPS:
        yield Fault(f"{at}rate", f"A rate is 1 to {FASTEST_FPS} frames a second.")
    if not 0 <= timeline.first_frame <= LONGEST:
        yield Fault(f"{at}first_frame", "The timecode begins at frame 0 or later.")
    yield from colour_faults(timeline.background, f"{at}background")
    yield from marker_faults(timeline.markers, f"{at}markers")


def id_faults(ids: Iterable[str], place: str, seen: set[str]) -> Iterator[Fault]:
    """Ids that are there twice, or empty; `seen` is added to."""
    for number, each in enumerate(ids):
        if not each or each in seen:
            where = place if place.endswith("]") else f"{place}[{number}]"
            yield Fault(f"{where}.id", f"There are two of the id {each}." if each else "An id is missing.")
        seen.add(each)


def track_faults(track: Track, place: str, available: Available | None = None) -> Iterator[Fault]:
    """What is wrong with a track, but for the inside of its clips."""
    for name, (least, most, sentence) in _NUMBERS.items():
        if not least <= getattr(track, name) <= most:
            yield Fault(f"{place}.{name}", sentence)
    yield from colour_faults(track.colour, f"{place}.colour", may_be_none=True)
    if track.look not in CAPTION_LOOKS:
        yield Fault(
            f"{place}.look", f"Captions look like one of these: {', '.join(name for name in CAPTION_LOOKS if name)}."
        )
    if track.kind == "captions" and track.clips:
        yield Fault(f"{place}.clips", "A track of captions holds no clips.")
    if track.kind != "captions" and track.captions:
        yield Fault(f"{place}.captions", "Captions stand on a track of captions.")
    yield from _order_faults(track.clips, f"{place}.clips")
    yield from _order_faults(track.captions, f"{place}.captions")
    for number, caption in enumerate(track.captions):
        if caption.start < 0 or caption.frames < 1 or caption.end > LONGEST:
            yield Fault(f"{place}.captions[{number}]", "A caption begins at 0 or later and lasts a frame or more.")
    if track.transitions:
        yield from transition_faults(track, place, available or {})


def _order_faults(items: Sequence[Clip] | Sequence[Caption], place: str) -> Iterator[Fault]:
    spans = [(each.start, each.end) for each in items]
    for number, ((_, end), (start, _)) in enumerate(pairwise(spans), start=1):
        if start < end:
            yield Fault(f"{place}[{number}].start", "This begins before the one in front of it on the track has ended.")


def clip_faults(clip: Clip, track: Track, place: str, available: Available | None = None) -> Iterator[Fault]:
    """What is wrong with one clip of a track."""
    if not 0 <= clip.start <= LONGEST:
        yield Fault(f"{place}.start", "A clip begins at frame 0 or later.")
    if not 1 <= clip.frames <= LONGEST:
        yield Fault(f"{place}.frames", "A clip lasts one frame or more.")
    if not 0 <= clip.source_in <= LONGEST:
        yield Fault(f"{place}.source_in", "A clip's in point is at the start of its media or later.")
    for name in ("fade_in", "fade_out"):
        if not 0 <= getattr(clip, name) <= clip.frames:
            yield Fault(f"{place}.{name}", "A fade is as long as its clip at most.")
    if clip.made is not None and (clip.media or track.kind in ("effect", "captions")):
        yield Fault(f"{place}.made", "A clip shows a file or what is made, and on an effect track neither.")
    if clip.media and track.kind in ("effect", "captions"):
        yield Fault(f"{place}.media", "A clip of an effect track shows no file: it changes what lies below.")
    if clip.made is not None and track.kind == "audio" and not isinstance(clip.made, Nested):
        yield Fault(f"{place}.made", "A picture cannot be heard: it does not belong on an audio track.")
    yield from marker_faults(clip.markers, f"{place}.markers")
    yield from look_faults(clip, place)
    if available is not None:
        yield from media_faults(clip, place, available)


def media_faults(clip: Clip, place: str, available: Available) -> Iterator[Fault]:
    """Whether a clip asks for more than its media has."""
    used = reach(clip, available)
    if used is not None and used.beyond:
        yield Fault(f"{place}.frames", used.sentence(clip.name))


def transition_faults(track: Track, place: str, available: Available) -> Iterator[Fault]:
    """Transitions that lie on no cut, are longer than what they lead over, or have no media for the other's part."""
    ends = {clip.end: clip for clip in track.clips}
    starts = {clip.start: clip for clip in track.clips}
    last = 0
    for number, each in enumerate(track.transitions):
        here = f"{place}.transitions[{number}]"
        yield from colour_faults(each.colour, f"{here}.colour")
        before, after = ends.get(each.at), starts.get(each.at)
        if before is None or after is None:
            yield Fault(f"{here}.at", "A transition lies on a cut between two clips that touch.")
        elif fault := _leading_fault(each, before, after, here, available):
            yield fault
        elif each.start < last:
            yield Fault(f"{here}.before", "This transition begins before the one in front of it has ended.")
        last = each.end


def _leading_fault(each: Transition, before: Clip, after: Clip, place: str, available: Available) -> Fault | None:
    if min(each.before, each.after) < 0 or each.before + each.after < 1:
        return Fault(f"{place}.before", "A transition lasts one frame or more, and nothing of it is less than 0.")
    if each.before > before.frames or each.after > after.frames:
        return Fault(
            f"{place}.at", "A transition cannot be longer than what is left of its clips. Shorten it or take it away."
        )
    for clip, more in ((before, (0, each.after)), (after, (each.before, 0))):
        used = reach(clip, available, before=more[0], after=more[1])
        if used is not None and used.beyond:
            return Fault(f"{place}.at", used.sentence(clip.name, "for this transition"))
    return None


def marker_faults(markers: tuple[Marker, ...], place: str) -> Iterator[Fault]:
    """Markers before the beginning, or in no colour."""
    for number, marker in enumerate(markers):
        if not (0 <= marker.frame <= LONGEST and 0 <= marker.frames <= LONGEST):
            yield Fault(f"{place}[{number}].frame", "A marker stands at frame 0 or later.")
        if len(marker.note) > LONGEST_NOTE:
            yield Fault(f"{place}[{number}].note", f"A note has {LONGEST_NOTE:,} characters at most.")
        yield from colour_faults(marker.colour, f"{place}[{number}].colour", may_be_none=True)
