"""Clips as sound: each at exact sample positions, summed on the bus of its role. Placing: tracks.py."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.engine.sound.desk.envelope import Line
from studio.engine.sound.desk.strip import balance, panned
from studio.engine.sound.source import Sound
from studio.engine.sound.wave import Samples

LOUDEST_DB = 40.0
"""The most a clip can be raised."""

_CENTRE = float(np.sqrt(0.5))


@dataclass(frozen=True, slots=True)
class Placed:
    """A clip in samples: heard from `start` to `end`, sample `start` plays sample `source` of the file; fades in samples.

    Fades are raised cosines; those of a crossfade (`crossed_in`, `crossed_out`) quarter sines, whose powers add up to one.
    Gain (a factor, or a line in dB) and pan count from sample `origin`, where the clip itself begins. `key` names the content
    of the file.
    """

    start: int
    end: int
    source: int
    gain: float | Line
    fade_in: int
    fade_out: int
    file: Sound
    key: str = ""
    pan: float | Line = 0.0
    origin: int = 0
    crossed_in: bool = False
    crossed_out: bool = False

    @property
    def heard_end(self) -> int:
        """Where its sound ends: the clip's end, or earlier when the file is shorter."""
        return min(self.end, self.start + max(0, self.file.samples - self.source))

    def seen(self, first: int, last: int) -> str:
        """Everything that decides how it sounds between two samples, told from the first of them."""
        begin, stop = max(first, self.start), min(last, self.heard_end)
        rising, falling = begin < self.start + self.fade_in, stop > self.end - self.fade_out
        told = (
            self.key,
            self.source - self.start + first,
            (begin - first, stop - first),
            (self.start - first, self.fade_in, self.crossed_in) if rising else 0,
            (self.end - first, self.fade_out, self.crossed_out) if falling else 0,
            *(
                v.seen(begin - self.origin, stop - self.origin) if isinstance(v, Line) else v
                for v in (self.gain, self.pan)
            ),
        )
        return json.dumps(told)


@dataclass(frozen=True, slots=True)
class Bus:
    """Everything of one kind, in order of start."""

    clips: tuple[Placed, ...]

    def block(self, start: int, count: int) -> Samples:
        """The sum of its clips from sample `start`, as (count, 2)."""
        out = np.zeros((count, 2), np.float32)
        for clip in self.clips:
            if clip.start >= start + count:
                break
            if clip.heard_end > start:
                _add(out, clip, start)
        return out

    def seen(self, first: int, last: int) -> list[str]:
        """What decides its sound between two samples, told from the first of them."""
        return [clip.seen(first, last) for clip in self.clips if clip.start < last and clip.heard_end > first]


def _add(out: Samples, clip: Placed, start: int) -> None:
    first, last = max(start, clip.start), min(start + len(out), clip.heard_end)
    sound = clip.file.read(clip.source + first - clip.start, last - first)
    if isinstance(clip.gain, Line):
        db = np.minimum(clip.gain.over(first - clip.origin, last - clip.origin), LOUDEST_DB)
        sound *= (10 ** (db / 20)).astype(np.float32)[:, None]
    elif clip.gain != 1:
        sound *= np.float32(clip.gain)
    _fade(sound, clip, first, last)
    if isinstance(clip.pan, Line) or clip.pan:
        sound = _turned(sound, clip, first, last)
    elif clip.file.channels == 1:
        sound *= np.float32(_CENTRE)
    out[first - start : last - start] += sound


def _turned(sound: Samples, clip: Placed, first: int, last: int) -> Samples:
    """The sound at its place between left and right."""
    pan = clip.pan.over(first - clip.origin, last - clip.origin) if isinstance(clip.pan, Line) else np.array(clip.pan)
    sides = panned(pan) if clip.file.channels == 1 else balance(pan)
    return sound * np.stack(sides, axis=-1).astype(np.float32)


def _fade(sound: Samples, clip: Placed, first: int, last: int) -> None:
    """Put the clip's fades on its sound, which is that of samples `first` to `last` of the timeline."""
    rising = min(last, clip.start + clip.fade_in) - first
    if rising > 0:
        share = np.arange(first - clip.start, first - clip.start + rising) / clip.fade_in
        sound[:rising] *= (_quarter if clip.crossed_in else _raised)(share)[:, None]
    falling = last - max(first, clip.end - clip.fade_out)
    if falling > 0:
        share = np.arange(clip.end - last + falling, clip.end - last, -1) / clip.fade_out
        sound[-falling:] *= (_quarter if clip.crossed_out else _raised)(share)[:, None]


def _raised(share: NDArray[np.float64]) -> NDArray[np.float32]:
    return (0.5 - 0.5 * np.cos(np.pi * np.clip(share, 0, 1))).astype(np.float32)


def _quarter(share: NDArray[np.float64]) -> NDArray[np.float32]:
    return np.sin(np.pi / 2 * np.clip(share, 0, 1)).astype(np.float32)
