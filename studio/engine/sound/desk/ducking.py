"""Ducking: where a voice is really heard, told by the levels of its media, and the curve that presses music down there.

Levels are those a waveform is drawn of: the largest distance from silence in every 1/50 s, in 127ths of full. They are kept with
the media, so that the player and the render have the same curve without hearing anything again. See docs/decisions/0026.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from studio.engine.sound.desk.envelope import Line, line
from studio.engine.sound.source import Sound
from studio.engine.time import SAMPLE_RATE, Rate
from studio.engine.timeline import Clip, Track

CELL = SAMPLE_RATE // 50
"""Samples that share one level."""

FULL = 127

_BUCKET = 256
"""Samples whose highest is taken first, as in a waveform (`previews/waveform.py`)."""

_FULL_16, _TO_8 = 32_767, 258
_SLOPE_STEPS = 6

Listen = Callable[[str, int, int], NDArray[np.uint8] | None]
"""Levels of a medium (SHA-256) of the cells first up to last; silence outside it, None where nobody has listened to it yet."""

Span = tuple[int, int]
"""Samples of the film, from and to."""


@dataclass(frozen=True, slots=True)
class Sense:
    """What counts as heard (dBFS), and how the gain moves, in ms: down ahead of a voice, held after it, up again."""

    threshold_db: float
    attack_ms: float
    hold_ms: float
    release_ms: float

    @classmethod
    def of(cls, track: Track) -> Sense:
        return cls(track.duck_threshold_db, track.duck_attack_ms, track.duck_hold_ms, track.duck_release_ms)


BY_ITSELF = Sense.of(Track("", "audio", "", "music"))
"""That of music which is balanced by itself."""


@dataclass(frozen=True, slots=True)
class Ducking:
    """How far music is pressed down: `share` 0 (not at all) to 1 (fully) at samples `at`, eased between, in dB."""

    at: NDArray[np.float64]
    share: NDArray[np.float64]

    def curve(self, samples: NDArray[np.float64], depth_db: float) -> NDArray[np.float32]:
        """The gain factor at each of the samples for a full depth in dB."""
        return (10 ** (-depth_db / 20 * self._eased(samples))).astype(np.float32)

    def seen(self, first: int, last: int) -> list[float]:
        """What decides it between two samples, told from the first of them."""
        return Line(self.at, self.share).seen(first, last)

    def points(self, depth_db: float) -> list[tuple[int, float]]:
        """The gain as (sample, dB), straight between: its slopes in six steps each."""
        if len(self.at) < 2:
            return []
        steps = np.arange(_SLOPE_STEPS) / _SLOPE_STEPS
        moves = (np.diff(self.share) != 0)[:, None]
        between = self.at[:-1, None] + np.diff(self.at)[:, None] * steps * moves
        at = np.unique(np.append(between, self.at[-1]).round())
        return [(int(x), 0.0 - round(depth_db * float(y), 2)) for x, y in zip(at, self._eased(at), strict=True)]

    def _eased(self, samples: NDArray[np.float64]) -> NDArray[np.float64]:
        pressed = np.interp(samples, self.at, self.share, left=0.0, right=0.0)
        return pressed * pressed * (3 - 2 * pressed)


def ducked_under(heard: Iterable[Span], sense: Sense = BY_ITSELF) -> Ducking:
    """Ducking under what is heard. It is down when a voice begins, and between two comes up as far as there is time for."""
    attack, hold, release = (
        max(1, round(ms * SAMPLE_RATE / 1000)) for ms in (sense.attack_ms, sense.hold_ms, sense.release_ms)
    )
    spans: list[Span] = []
    for begin, end in sorted(heard):
        if spans and begin <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end + hold))
        else:
            spans.append((begin, end + hold))
    if not spans:
        return Ducking(np.zeros(1), np.zeros(1))
    knots: list[tuple[float, float]] = [(spans[0][0] - attack, 0.0), (spans[0][0], 1.0)]
    for (_, end), (begin, _) in pairwise(spans):
        knots.append((end, 1.0))
        if begin - end >= attack + release:
            knots += [(end + release, 0.0), (begin - attack, 0.0)]
        else:
            share = (begin - end) / (attack + release)
            knots.append((round(end + share * release), 1 - share))
        knots.append((begin, 1.0))
    knots += [(spans[-1][1], 1.0), (spans[-1][1] + release, 0.0)]
    at, shares = zip(*knots, strict=True)
    return Ducking(np.array(at, np.float64), np.array(shares, np.float64))


def heard_spans(tracks: Iterable[Track], rate: Rate, levels: Listen, threshold_db: float) -> list[Span]:
    """Where some tracks are louder than a threshold, in samples of the film; clip and track gains and fades count.

    A clip is heard throughout where that cannot be told: nobody has listened to it, it holds a timeline, stands still or is ramped.
    """
    return [
        span
        for track in tracks
        for clip in track.clips
        if clip.enabled and (clip.media or clip.made)
        for span in _of_clip(clip, rate, levels, threshold_db - track.gain_db)
    ]


def _of_clip(clip: Clip, rate: Rate, levels: Listen, threshold_db: float) -> list[Span]:
    start, end = rate.samples(clip.start), rate.samples(clip.end)
    factor = 1.0 if clip.speed is None else float(clip.speed.factor)
    if not clip.media or not factor or (clip.speed is not None and clip.speed.ramp is not None):
        return [(start, end)]
    origin = rate.samples(max(0, clip.source_in) + (factor < 0)) - (factor < 0)
    low, high = sorted((origin, origin + (end - start) * factor))
    first, last = max(0, int(low) // CELL), max(0, -int(-high // CELL))
    found = levels(clip.media, first, last)
    if found is None:
        return [(start, end)]
    places = (np.arange(first, first + len(found)) + 0.5) * CELL
    own: NDArray[np.float64] = np.clip((places - origin) / factor, 0, end - start).astype(np.float64)
    loud = 20 * np.log10(np.maximum(found, 1e-9) / FULL) + gain_over(clip, rate, own, end - start) >= threshold_db
    edges = np.flatnonzero(np.diff(np.concatenate(([False], loud, [False])).astype(np.int8)))
    sides = ((edges + first) * CELL - origin) / factor + start
    spans = [sorted((round(float(a)), round(float(b)))) for a, b in zip(sides[::2], sides[1::2], strict=True)]
    return sorted((max(start, a), min(end, b)) for a, b in spans if a < end and b > start)


def gain_over(clip: Clip, rate: Rate, own: NDArray[np.float64], length: int) -> NDArray[np.float64]:
    """The gain of a clip in dB at samples from its start, its fades with it."""
    gain = line(clip.gain_db, rate)
    out = np.interp(own, gain.at, gain.values) if isinstance(gain, Line) else np.full(len(own), float(gain))
    for frames, along in ((clip.fade_in, own), (clip.fade_out, length - own)):
        if frames > 0:
            share = np.clip(along / rate.samples(frames), 0, 1)
            out = out + 20 * np.log10(np.maximum(0.5 - 0.5 * np.cos(np.pi * share), 1e-9))
    return out


def levels_of(sound: Sound, first: int, last: int) -> NDArray[np.uint8]:
    """The levels of a sound, cells `first` up to `last`: the very numbers its waveform gives.

    Raises:
        UnsupportedMedia: its file can no longer be read.
    """
    begin = first * CELL // _BUCKET
    buckets = -(-last * CELL // _BUCKET) - begin
    heard = np.abs(sound.read(begin * _BUCKET, buckets * _BUCKET)[:, [0, -1]])
    peaks = np.rint(np.minimum(heard.reshape(buckets, -1).max(axis=1), 1) * np.float32(_FULL_16))
    edges = np.arange(first, last + 1) * CELL
    starts, ends = edges[:-1] // _BUCKET - begin, -(-edges[1:] // _BUCKET) - begin
    widest = int((ends - starts).max(initial=1))
    of = np.minimum(starts[:, None] + np.arange(widest), ends[:, None] - 1)
    return np.clip(np.rint(peaks[of].max(axis=1) / np.float32(_TO_8)), 0, FULL).astype(np.uint8)


def levels_in(waveform: bytes, first: int, last: int) -> NDArray[np.uint8]:
    """The levels of the cells first up to last from a medium's waveform: two signed bytes (lowest, highest) a cell."""
    out = np.zeros(last - first, np.uint8)
    pairs = np.frombuffer(waveform, np.int8, 2 * (len(waveform) // 2)).reshape(-1, 2)[first:last]
    out[: len(pairs)] = np.abs(pairs.astype(np.int16)).max(axis=1, initial=0)
    return out
