"""Mixes the sound of a timeline to a loudness and encodes it; where clips lie is in buses.py, levels of files are in master.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from studio.engine.ffmpeg import process
from studio.engine.sound.buses import Bus, Ducking, bus, ducking
from studio.engine.sound.loudness import SILENCE_LUFS, STEP, Energies, StepEnergies, amplitude, gated_loudness
from studio.engine.sound.master import blocks, checked, ignored, mastered
from studio.engine.sound.wave import Samples
from studio.engine.timeline import Timeline

MUSIC_UNDER_VOICE_LU = 8.0
"""How far music lies under the voices even where nobody speaks, unless the film is mostly music."""

DUCK_DB = 8.0
"""How much further it goes down under speech."""

_RISE_AT_MOST_LU = 7
_VOICE_OVER_TARGET_LU = 3.0
_MEASURING_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class MixReport:
    """What was written: integrated loudness (LUFS; -70 for silence), true peak (dBTP), length in frames and in samples."""

    integrated_lufs: float
    peak_dbtp: float
    frames: int
    samples: int


@dataclass(frozen=True, slots=True)
class _Levels:
    """Gains of the mix before mastering: the music's in dB, how deep it ducks, and the mastering gain to begin with."""

    music_db: float
    duck_db: float
    master_db: float


@dataclass(frozen=True, slots=True)
class _Desk:
    """The buses of a film and its ducking."""

    voice: Bus
    music: Bus
    effects: Bus
    ducking: Ducking

    def block(self, start: int, count: int, levels: _Levels) -> Samples:
        out = self.voice.block(start, count)
        if self.effects.clips:
            out += self.effects.block(start, count)
        if self.music.clips:
            at = np.arange(start, start + count, dtype=np.float64)
            curve = self.ducking.curve(at, levels.duck_db) * np.float32(amplitude(levels.music_db))
            out += self.music.block(start, count) * curve[:, None]
        return out


def mixed(
    timeline: Timeline,
    media: Callable[[str], Path],
    out: Path,
    *,
    target_lufs: float,
    peak_dbtp: float = -1.0,
    on_progress: Callable[[float], None] | None = None,
    stop: Callable[[], bool] = process.never,
) -> MixReport:
    """Write the film's sound as a 48 kHz stereo WAV of exactly `rate.samples(timeline.frames)` samples.

    Voices, music and other audio tracks are summed at exact sample positions; music lies 8 LU under the voices and ducks
    8 dB more while they speak; the whole is brought to `target_lufs` with true peaks under `peak_dbtp`. `on_progress` hears
    shares of 0 to 1. Memory does not grow with the length of the film.

    Raises:
        UnsupportedMedia: a clip's file is not a 48 kHz 16-bit PCM WAV.
        Cancelled: `stop()` said so; nothing is left at `out`.
    """
    report = on_progress or ignored
    samples = timeline.rate.samples(timeline.frames)
    checked(stop)
    voice = bus(timeline, "voice", media)
    desk = _Desk(voice, bus(timeline, "music", media), bus(timeline, None, media), ducking(voice.clips))
    levels = _balanced(desk, samples, target_lufs, lambda x: report(x * _MEASURING_SHARE), stop)
    measured = mastered(
        lambda start, count: desk.block(start, count, levels),
        samples,
        out,
        target_lufs=target_lufs,
        peak_dbtp=peak_dbtp,
        gain_db=levels.master_db,
        on_progress=lambda x: report(_MEASURING_SHARE + x * (1 - _MEASURING_SHARE)),
        stop=stop,
    )
    return MixReport(measured.integrated_lufs, measured.peak_dbtp, timeline.frames, samples)


def encoded_aac(
    wav: Path, out: Path, *, ffmpeg: Path, bitrate: int = 160_000, stop: Callable[[], bool] = process.never
) -> None:
    """Encode a WAV as AAC in MP4 at `bitrate` bits a second; the edit list hides the encoder's priming, so it starts on time.

    Raises:
        EncoderFailed, Cancelled, Unavailable: nothing is left at `out`.
    """
    part = out.with_name(f".{out.stem}.part.m4a")
    arguments = ["-i", str(wav), "-map", "0:a:0", "-map_metadata", "-1", "-c:a", "aac", "-b:a", str(bitrate)]
    exact = ["-ar", "48000", "-ac", "2", "-fflags", "+bitexact", "-flags:a", "+bitexact", "-movflags", "+faststart"]
    try:
        command = [str(ffmpeg), "-f", "wav", *arguments, *exact, str(part)]
        process.run(command, doing="encoding the sound", stop=stop)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


def _balanced(
    desk: _Desk, samples: int, target_lufs: float, on_progress: Callable[[float], None], stop: Callable[[], bool]
) -> _Levels:
    """Levels from one hearing of the buses apart.

    Speech may be rare: with music 8 LU under it, reaching the target would then make the voices shout. So the music rises,
    and ducks as much deeper, until the voices end up within 3 LU of the target.
    """
    voice, music, effects = _heard(desk, samples, on_progress, stop)
    voice_lufs, music_lufs = gated_loudness(voice), gated_loudness(music)
    centres = (np.arange(len(voice), dtype=np.float64) + 0.5) * STEP
    levels = _Levels(0.0, DUCK_DB, 0.0)
    for rise in range(_RISE_AT_MOST_LU + 1):
        alone = voice_lufs <= SILENCE_LUFS or music_lufs <= SILENCE_LUFS
        music_db = 0.0 if alone else voice_lufs - MUSIC_UNDER_VOICE_LU + rise - music_lufs
        duck_db = DUCK_DB + rise
        curve = desk.ducking.curve(centres, duck_db) * amplitude(music_db)
        whole = gated_loudness(voice + effects + music * np.square(curve))
        master_db = 0.0 if whole <= SILENCE_LUFS else target_lufs - whole
        levels = _Levels(music_db, duck_db, master_db)
        if alone or voice_lufs + master_db <= target_lufs + _VOICE_OVER_TARGET_LU:
            break
    return levels


def _heard(
    desk: _Desk, samples: int, on_progress: Callable[[float], None], stop: Callable[[], bool]
) -> tuple[Energies, Energies, Energies]:
    """K-weighted energies of voice, music (not ducked) and effects, one value per 100 ms."""
    heard: list[Energies] = []
    for i, lane in enumerate((desk.voice, desk.music, desk.effects)):
        heard.append(_energies(lane, samples, lambda x, i=i: on_progress((i + x) / 3), stop))
    return heard[0], heard[1], heard[2]


def _energies(
    lane: Bus, samples: int, on_progress: Callable[[float], None], stop: Callable[[], bool]
) -> NDArray[np.float64]:
    if not lane.clips:
        return np.zeros(samples // STEP)
    meter = StepEnergies(2)
    steps: list[Energies] = []
    for start, count in blocks(samples, stop):
        steps.append(meter.add(lane.block(start, count)))
        checked(stop)
        on_progress((start + count) / samples)
    return np.concatenate(steps) if steps else np.zeros(0)
