"""A timeline as a CMX3600 edit decision list: one picture track, four of sound, cuts, dissolves, wipes, fades, speed, markers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import count

from studio.core.errors import Invalid
from studio.engine.interchange.formats import COLOURS, Loss, Media, Written, known, name_of
from studio.engine.interchange.losses import missing
from studio.engine.interchange.timecode import counted, drops, timecode
from studio.engine.timeline import PICTURE, Clip, Timeline, Track, Transition

CHANNELS = ("A", "A2", "A3", "A4")
WIPES = {"wipe_right": "W001", "wipe_down": "W002"}
"""By SMPTE's numbers: 1 opens from left to right, 2 from top to bottom."""

_COLOURS = ("red", "green", "blue", "cyan", "magenta", "yellow", "black", "white")
RATE, START = "FRAME RATE", "TIMELINE START"
"""Comments of ours: what a list does not say otherwise."""

_CARRIES = {
    "the ease of a camera move",
    "a clip without a file",
    "a marker",
    "a fade",
    "speed",
    "a crossfade",
    "a wipe right",
    "a wipe down",
    "the colour of a marker",
}
_BLACK, _NO_REEL = "BL", "AX"
_MOST_EVENTS = 9999
_FORM = "EDL"


@dataclass(slots=True)
class _List:
    """The list being written."""

    timeline: Timeline
    media: Mapping[str, Media]
    lines: list[str] = field(default_factory=list[str])
    losses: list[Loss] = field(default_factory=list[Loss])
    reels: dict[str, str] = field(default_factory=dict[str, str])
    events: Iterator[int] = field(default_factory=lambda: count(1))
    spans: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    """Line number after each picture event, and its last frame: where markers go."""

    def code(self, frames: int) -> str:
        return timecode(frames, self.timeline.rate, drop=self.timeline.drop_frame)

    def record(self, frame: int) -> str:
        return self.code(self.timeline.first_frame + frame)

    def reel(self, media: Media) -> str:
        """Eight letters and digits, another for each file that has one."""
        if media.key in self.reels:
            return self.reels[media.key]
        whole = re.sub(r"[^A-Z0-9_]", "", (media.reel or media.name.rpartition(".")[0] or media.name).upper())
        reel, number = whole[:8] or _NO_REEL, 1
        while whole and (reel in self.reels.values() or reel in (_BLACK, _NO_REEL)):
            number += 1
            reel = f"{whole[: 7 - len(str(number))]}_{number}"
        self.reels[media.key] = reel
        return reel


def written(timeline: Timeline, media: Mapping[str, Media]) -> Written:
    """The timeline as an EDL; its further picture tracks are lost.

    Raises:
        Invalid: it has more events than a list can number.
    """
    out = _List(timeline, media)
    drop = timeline.drop_frame and drops(timeline.rate)
    out.lines = [f"TITLE: {_line(timeline.name)[:70]}", f"FCM: {'DROP FRAME' if drop else 'NON-DROP FRAME'}", ""]
    out.lines += [f"* {RATE}: {timeline.rate}", f"* {START}: {out.record(0)}"]
    out.losses.extend(missing(timeline, _FORM, _CARRIES))
    seen = [t for t in timeline.tracks if t.kind in PICTURE and t.kind != "effect" and t.clips]
    heard = [t for t in timeline.tracks if t.kind == "audio" and t.clips]
    for track in seen[1:]:
        out.losses.append(Loss(f"Track '{track.name}'", f"a second track of pictures is not in {_FORM}"))
    for track in heard[len(CHANNELS) :]:
        out.losses.append(Loss(f"Track '{track.name}'", f"a fifth track of sound is not in {_FORM}"))
    if seen:
        _track(out, seen[0], "V")
    marked = _with_markers(out)
    for channel, track in zip(CHANNELS, heard, strict=False):
        _track(out, track, channel)
    if next(out.events) > _MOST_EVENTS + 1:
        raise Invalid(f"An EDL has at most {_MOST_EVENTS} events. Export this timeline as OTIO, FCPXML or FCP 7 XML.")
    if marked is not None:
        out.lines[marked:marked] = _markers(out)
    return Written("\r\n".join([*out.lines, ""]).encode(), tuple(out.losses))


def _with_markers(out: _List) -> int | None:
    """The line behind the last picture event, where all markers stand."""
    return len(out.lines) if out.timeline.markers else None


def _markers(out: _List) -> list[str]:
    lines: list[str] = []
    for marker in out.timeline.markers:
        name = name_of(marker.colour, _COLOURS) if marker.colour else "white"
        if marker.colour and (name == "white" or COLOURS[name] != marker.colour):
            out.losses.append(Loss(f"Marker '{marker.name}'", f"the colour {marker.colour} is {name} in {_FORM}"))
        lines.append(f"* LOC: {out.record(marker.frame)} {name.upper():7} {_line(marker.name)}")
    return lines


def _track(out: _List, track: Track, channel: str) -> None:
    clips = sorted((c for c in track.clips if c.enabled and c.made is None), key=lambda c: c.start)
    into = {t.at: t for t in track.transitions}
    before: Clip | None = None
    for clip in clips:
        joins = before is not None and before.end == clip.start
        opening = into.get(clip.start) if joins else None
        following = next((c for c in clips if c.start == clip.end), None)
        closing = into.get(clip.end) if following is not None else None
        _clip(out, channel, clip, opening=opening, closing=closing, before=before, sound=track.kind == "audio")
        before = clip


def _clip(
    out: _List,
    channel: str,
    clip: Clip,
    *,
    opening: Transition | None,
    closing: Transition | None,
    before: Clip | None,
    sound: bool,
) -> None:
    """One clip's event: what it comes from, its own line, its comments, and its fade to black."""
    fade_in, fade_out = (0 if opening else clip.fade_in), (0 if closing else clip.fade_out)
    if fade_in + fade_out >= clip.frames and fade_out:
        out.losses.append(Loss(f"Clip '{clip.name}'", f"a fade out right after the fade in is not in {_FORM}"))
        fade_out = 0
    start = clip.start - (opening.before if opening else 0)
    end = clip.end - (closing.before if closing else 0) - fade_out
    number = f"{next(out.events):03d}"
    media = known(out.media, clip.media)
    reel = out.reel(media)
    how = "C"
    if opening is not None and before is not None:
        at = _source(out, before, start)
        out.lines.append(
            _event(number, out.reel(known(out.media, before.media)), channel, "C", at, at, out, start, start)
        )
        wipe = None if sound else WIPES.get(opening.kind)
        how = f"{wipe or 'D'} {opening.before + opening.after:03d}"
    elif fade_in:
        out.lines.append(_event(number, _BLACK, channel, "C", 0, 0, out, start, start))
        how = f"D {fade_in:03d}"
    factor = _factor(out, clip)
    source = _source(out, clip, start)
    length = end - start if factor == 1 else max(1, round((end - start) * abs(factor)))
    if factor < 0:
        source = max(0, source + 1 - length)
    out.lines.append(_event(number, reel, channel, how, source, source + length, out, start, end))
    if factor != 1:
        out.lines.append(f"M2   {reel:8}  {_speed(out, clip, factor)}       {out.code(source)}")
    out.lines.extend(_comments(clip, media, reel, before.name if opening and before else None))
    if fade_out:
        number = f"{next(out.events):03d}"
        at = source + length
        out.lines.append(_event(number, reel, channel, "C", at, at, out, end, end))
        out.lines.append(_event(number, _BLACK, channel, f"D {fade_out:03d}", 0, fade_out, out, end, end + fade_out))


def _comments(clip: Clip, media: Media, reel: str, before: str | None) -> Iterator[str]:
    if before is not None:
        yield f"* FROM CLIP NAME: {_line(before)}"
    yield f"* {'TO' if before is not None else 'FROM'} CLIP NAME: {_line(clip.name)}"
    if media.path or media.name:
        yield f"* SOURCE FILE: {_line(media.path or media.name)}"
    if media.reel and media.reel != reel:
        yield f"* REEL NAME: {_line(media.reel)}"


def _event(
    number: str, reel: str, channel: str, how: str, source_in: int, source_out: int, out: _List, start: int, end: int
) -> str:
    codes = f"{out.code(source_in)} {out.code(source_out)} {out.record(start)} {out.record(end)}"
    return f"{number}  {reel:8} {channel:5} {how:8} {codes}"


def _source(out: _List, clip: Clip, frame: int) -> int:
    """The frame of the media's timecode that is shown at a frame of the timeline."""
    passed = frame - clip.start
    return max(0, known(out.media, clip.media).start + clip.source_in + round(passed * _factor(out, clip, tell=False)))


def _factor(out: _List, clip: Clip, *, tell: bool = True) -> Fraction:
    """The speed of a clip; of a ramp the mean, which is told."""
    if clip.speed is None:
        return Fraction(1)
    ramp = clip.speed.ramp
    if ramp is None:
        return clip.speed.factor
    return Fraction((ramp.at(clip.frames) - ramp.at(0)) / max(1, clip.frames)).limit_denominator(1000)


def _speed(out: _List, clip: Clip, factor: Fraction) -> str:
    """Source frames a second, as M2 has them."""
    exact = factor * counted(out.timeline.rate)
    text = f"{float(exact):06.1f}" if exact * 10 == round(exact * 10) else f"{float(exact):08.4f}"
    if abs(Fraction(text) - exact) > Fraction(1, 20_000):
        out.losses.append(Loss(f"Clip '{clip.name}'", f"its exact speed is not in {_FORM}"))
    return text


def _line(text: str) -> str:
    """One line of text."""
    return " ".join(text.split())
