"""A document made to an order: values in their places, the middle stretched to the length, times in the film's rate."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from math import floor
from typing import Any, cast

from studio.engine.looks.lettering import overflows
from studio.engine.templates.model import Order, Template, Value
from studio.engine.templates.stage import FONTS, fitted
from studio.engine.timeline.curves import Curve, Key
from studio.engine.timeline.looks import Text
from studio.engine.timeline.model import Clip, Speed, Timeline, Track, Transition

_MEASURED_AT = 720


class Stretch:
    """Where moments of a document lie in the piece, both in seconds: its ends are as long as they were, the middle is not.

    When the piece is shorter than both ends together they are shortened alike.
    """

    def __init__(self, old: Fraction, new: Fraction, head: Fraction, tail: Fraction) -> None:
        less = min(Fraction(1), new / (head + tail)) if head + tail else Fraction(1)
        self._old = (head, old - tail)
        self._new = (head * less, new - tail * less)
        self._ends = (old, new)
        self._less = less

    def at(self, moment: Fraction) -> Fraction:
        """What lies before the beginning or behind the end stays as far from it."""
        if moment <= 0:
            return moment
        if moment >= self._ends[0]:
            return self._ends[1] + moment - self._ends[0]
        if moment <= self._old[0]:
            return moment * self._less
        if moment >= self._old[1]:
            return self._ends[1] - (self._ends[0] - moment) * self._less
        share = (moment - self._old[0]) / (self._old[1] - self._old[0])
        return self._new[0] + share * (self._new[1] - self._new[0])


def poured(template: Template, made: Timeline, order: Order) -> Timeline:
    """The document with the values in their places, at the film's rate and in its shape."""
    return _Pouring(template, made, order).timeline()


class _Pouring:
    def __init__(self, template: Template, made: Timeline, order: Order) -> None:
        self._made, self._order = made, order
        length = next((order.values[p.name] for p in template.parameters if p.kind == "length"), template.seconds)
        old = made.rate.seconds(made.frames)
        whole = max(1, order.rate.frames(float(length)))
        seconds = made.rate.seconds
        self._stretch = Stretch(old, order.rate.seconds(whole), seconds(template.head), seconds(template.tail))
        self._faster = order.rate.fps / made.rate.fps
        self._values: dict[str, dict[str, Value]] = {}
        for parameter in template.parameters:
            for place in parameter.of:
                clip, _, path = place.partition(".")
                self._values.setdefault(clip, {})[path] = order.values[parameter.name]
        short = min(order.width, order.height) / order.height
        self._smaller = short / (min(made.width, made.height) / made.height)

    def timeline(self) -> Timeline:
        order = self._order
        tracks = tuple(map(self._track, self._made.tracks))
        return replace(self._made, tracks=tracks, rate=order.rate, width=order.width, height=order.height)

    def _track(self, track: Track) -> Track:
        clips: list[Clip] = []
        for each in track.clips:
            if not self._emptied(each):
                clip = self._clip(each)
                start = max(clip.start, clips[-1].end if clips else 0)  # halves of frames go up, and two may meet
                clips.append(replace(clip, start=start, frames=max(1, clip.end - start)))
        ends, starts = {clip.end for clip in clips}, {clip.start for clip in clips}
        mapped = [self._transition(each, clips) for each in track.transitions]
        transitions = tuple(each for each in mapped if each.at in ends and each.at in starts)
        return replace(track, clips=self._held(clips, transitions), captions=(), transitions=transitions)

    def _emptied(self, clip: Clip) -> bool:
        """A clip whose place for media is left empty on purpose is not there."""
        return self._values.get(clip.id, {}).get("media") == ""

    def _frame(self, frame: int) -> int:
        return floor(self._stretch.at(self._made.rate.seconds(frame)) * self._order.rate.fps + Fraction(1, 2))

    def _frames(self, frames: int) -> int:
        """A length that is not stretched."""
        return self._order.rate.frames(self._made.rate.seconds(frames))

    def _clip(self, clip: Clip) -> Clip:
        first = self._frame(clip.start)
        frames = max(1, self._frame(clip.end) - first)
        was = clip.media
        made = clip.made
        for path, value in self._values.get(clip.id, {}).items():
            clip = with_value(clip, path, value)
        if isinstance(clip.made, Text):
            clip = replace(clip, made=self._text(clip.made, made))
        shown = cast("Clip", self._rekeyed(clip, clip.start, first))
        return replace(
            shown,
            start=first,
            frames=frames,
            source_in=0 if clip.media != was else self._frames(clip.source_in),
            speed=self._speed(clip, first),
            fade_in=min(self._frames(clip.fade_in), frames),
            fade_out=min(self._frames(clip.fade_out), frames),
            markers=(),
        )

    def _rekeyed(self, held: Any, start: int, first: int) -> Any:
        """Everything in it with its keys where they lie in the piece."""
        if isinstance(held, Curve):
            keys: dict[int, Key] = {}
            for key in held.keys:
                frame = self._frame(start + key.frame) - first
                keys[frame] = replace(key, frame=frame)
            return Curve(tuple(keys[frame] for frame in sorted(keys)))
        if isinstance(held, tuple):
            return tuple(self._rekeyed(each, start, first) for each in cast("tuple[Any, ...]", held))
        if is_dataclass(held) and not isinstance(held, Timeline | type | Speed):
            changed = {f.name: self._rekeyed(getattr(held, f.name), start, first) for f in fields(held)}
            return replace(held, **changed)
        return held

    def _speed(self, clip: Clip, first: int) -> Speed | None:
        if clip.speed is None or clip.speed.ramp is None:
            return clip.speed
        ramp = cast("Curve", self._rekeyed(clip.speed.ramp, clip.start, first))
        faster = float(self._faster)
        keys = tuple(replace(key, value=key.value * faster) for key in ramp.keys)
        return replace(clip.speed, ramp=Curve(keys))

    def _text(self, text: Text, before: object) -> Text:
        """As large beside the frame's shorter side as it was, and smaller where new words or a new shape leave less room."""
        size = text.style.size * self._smaller
        sized = replace(text, style=replace(text.style, size=size))
        design = self._made.width / self._made.height
        overflowed = isinstance(before, Text) and overflows(before, _across(design), _MEASURED_AT, FONTS)
        if overflowed or (text == before and self._smaller == 1.0):
            return sized
        return fitted(sized, size, self._order.width, self._order.height)

    def _transition(self, each: Transition, clips: list[Clip]) -> Transition:
        at = self._frame(each.at)
        room = {clip.end: clip.frames for clip in clips}.get(at, 0), {c.start: c.frames for c in clips}.get(at, 0)
        before, after = (min(self._frames(n), most) for n, most in zip((each.before, each.after), room, strict=True))
        return replace(each, at=at, before=before, after=max(after, 0 if before else 1))

    def _held(self, clips: list[Clip], transitions: tuple[Transition, ...]) -> tuple[Clip, ...]:
        """Footage that ends before its clip does stands on its last picture."""
        before = {t.at: t.before for t in transitions}
        after = {t.at: t.after for t in transitions}
        return tuple(
            held(clip, self._order, before.get(clip.start, 0), after.get(clip.end, 0)) if clip.media else clip
            for clip in clips
        )


def held(clip: Clip, order: Order, early: int, late: int) -> Clip:
    """The clip with a speed that never leaves its media, also `early` frames before it begins and `late` after it ends."""
    source = order.sources.get(clip.media)
    factor = clip.speed.factor if clip.speed else Fraction(1)
    if source is None or source.frames is None or factor <= 0 or (clip.speed and clip.speed.ramp):
        return clip
    begins = min(clip.source_in, max(source.frames - 1, 0))
    last = source.frames - 1 - begins
    if begins - early * factor >= 0 and (clip.frames - 1 + late) * factor <= last:
        return replace(clip, source_in=begins)
    runs = max(floor(last / factor), 0)
    keys = (Key(0, 0.0), Key(runs, float(runs * factor))) if runs else (Key(0, 0.0),)
    return replace(
        clip, source_in=begins, speed=Speed(factor, Curve(keys), clip.speed is None or clip.speed.keep_pitch)
    )


def with_value(held: Any, path: str, value: Value) -> Any:
    """A dataclass with a value at a path like "made.style.colour"; a path that leads nowhere changes nothing."""
    name, _, rest = path.partition(".")
    if held is None or not hasattr(held, name):
        return held
    inner = with_value(getattr(held, name), rest, value) if rest else value
    return replace(held, **{name: inner})


def _across(shape: float) -> int:
    return max(2, round(_MEASURED_AT * shape))
