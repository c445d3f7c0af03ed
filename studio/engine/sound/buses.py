"""The clips of a timeline as sound: every clip at exact sample positions on the bus of its role, music ducked under voices."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from studio.engine.sound.loudness import amplitude
from studio.engine.sound.wave import Samples, WavFile, opened
from studio.engine.time import SAMPLE_RATE, Rate
from studio.engine.timeline import Clip, Timeline, Track
from studio.engine.timeline.curves import at, greatest

_DECLICK = 144
_CENTRE = float(np.sqrt(0.5))
_INAUDIBLE_DB = -60.0
_ATTACK_S = 0.35
_RELEASE_S = 0.8


@dataclass(frozen=True, slots=True)
class Placed:
    """A clip in samples: heard from `start` to `end`, sample `start` plays sample `source` of the file; fades in samples."""

    start: int
    end: int
    source: int
    gain: float
    fade_in: int
    fade_out: int
    file: WavFile

    @property
    def heard_end(self) -> int:
        """Where its sound ends: the clip's end, or earlier when the file is shorter."""
        return min(self.end, self.start + max(0, self.file.samples - self.source))


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


def bus(timeline: Timeline, role: str | None, media: Callable[[str], Path]) -> Bus:
    """All audio clips of a role; None means every role but voice and music.

    Raises:
        UnsupportedMedia: a clip's file is not a 48 kHz 16-bit PCM WAV.
    """
    files: dict[str, WavFile] = {}
    placed: list[Placed] = []
    for track in timeline.tracks:
        if track.kind != "audio" or not _matches(track, role):
            continue
        ends = {(c.end, c.media, c.source_in + c.frames) for c in track.clips}
        starts = {(c.start, c.media, c.source_in) for c in track.clips}
        for clip in track.clips:
            if greatest(clip.gain_db) <= _INAUDIBLE_DB or clip.frames <= 0:
                continue
            if clip.media not in files:
                files[clip.media] = opened(media(clip.media))
            joined_before = (clip.start, clip.media, clip.source_in) in ends
            joined_after = (clip.end, clip.media, clip.source_in + clip.frames) in starts
            placed.append(_placed(clip, timeline.rate, files[clip.media], joined_before, joined_after))
    return Bus(tuple(sorted(placed, key=lambda p: p.start)))


def _matches(track: Track, role: str | None) -> bool:
    return track.role == role if role else track.role not in ("voice", "music")


def _placed(clip: Clip, rate: Rate, file: WavFile, joined_before: bool, joined_after: bool) -> Placed:
    """The clip in samples. A cut in the middle of sound gets 3 ms of fade against the click, unless the sound runs on."""
    start, end = rate.samples(clip.start), rate.samples(clip.end)
    fade_in = rate.samples(clip.start + max(0, clip.fade_in)) - start
    fade_out = end - rate.samples(clip.end - max(0, clip.fade_out))
    return Placed(
        start=start,
        end=end,
        source=rate.samples(max(0, clip.source_in)),
        gain=amplitude(min(at(clip.gain_db, 0), 40.0)),
        fade_in=max(fade_in, 0 if joined_before or clip.source_in <= 0 else _DECLICK),
        fade_out=max(fade_out, 0 if joined_after else _DECLICK),
        file=file,
    )


def _add(out: Samples, clip: Placed, start: int) -> None:
    first, last = max(start, clip.start), min(start + len(out), clip.heard_end)
    sound = clip.file.read(clip.source + first - clip.start, last - first)
    curve = clip.gain * _fades(clip, first, last)
    if clip.file.channels == 1:
        sound = sound * np.float32(_CENTRE)
    out[first - start : last - start] += sound * curve[:, None]


def _fades(clip: Placed, first: int, last: int) -> NDArray[np.float32]:
    """Raised-cosine fades of the clip over samples `first` to `last` of the timeline."""
    out = np.ones(last - first, np.float32)
    at = np.arange(first, last)
    if clip.fade_in and first < clip.start + clip.fade_in:
        out *= _raised((at - clip.start) / clip.fade_in)
    if clip.fade_out and last > clip.end - clip.fade_out:
        out *= _raised((clip.end - at) / clip.fade_out)
    return out


def _raised(share: NDArray[np.float64]) -> NDArray[np.float32]:
    return (0.5 - 0.5 * np.cos(np.pi * np.clip(share, 0, 1))).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Ducking:
    """How far music is pressed down: `share` 0 (not at all) to 1 (fully) at samples `at`, straight lines in dB between."""

    at: NDArray[np.float64]
    share: NDArray[np.float64]

    def curve(self, samples: NDArray[np.float64], depth_db: float) -> NDArray[np.float32]:
        """The gain factor at each of the samples for a full depth in dB."""
        pressed = np.interp(samples, self.at, self.share, left=0.0, right=0.0)
        eased = pressed * pressed * (3 - 2 * pressed)
        return (10 ** (-depth_db / 20 * eased)).astype(np.float32)


def ducking(voices: Iterable[Placed]) -> Ducking:
    """Down within 0.35 s before a voice, up over 0.8 s after it; it stays down through pauses that are shorter than both."""
    attack, release = round(_ATTACK_S * SAMPLE_RATE), round(_RELEASE_S * SAMPLE_RATE)
    spans: list[tuple[int, int]] = []
    for voice in voices:
        if voice.heard_end <= voice.start:
            continue
        if spans and voice.start - spans[-1][1] <= attack + release:
            spans[-1] = (spans[-1][0], max(spans[-1][1], voice.heard_end))
        else:
            spans.append((voice.start, voice.heard_end))
    at = [x for begin, end in spans for x in (begin - attack, begin, end, end + release)] or [0]
    share = [x for _ in spans for x in (0.0, 1.0, 1.0, 0.0)] or [0.0]
    return Ducking(np.array(at, np.float64), np.array(share, np.float64))
