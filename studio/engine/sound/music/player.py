"""Plays a score into a WAV file of exactly its length and a set loudness: by fluidsynth where it is, else by the built-in synth."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import numpy as np

from studio.core.errors import StudioError
from studio.engine.sound import programs
from studio.engine.sound.master import Source, blocks, checked, mastered, never
from studio.engine.sound.music.midi import midi
from studio.engine.sound.music.score import Score
from studio.engine.sound.music.synth import Synth
from studio.engine.sound.wave import Samples, WavFile, WavWriter, opened
from studio.engine.time import SAMPLE_RATE

Player = Literal["fluidsynth", "numpy"]

MUSIC_LUFS = -23.0
"""Loudness of a cue. Source: EBU R 128."""

_PEAK_DBTP = -1.5
_FADE_OUT_S = 0.8
_FADE_IN_S = 0.004
_HEADROOM = 0.3


class _PlayFailed(Exception):
    """fluidsynth is there but did not play; the built-in synth takes over."""


def played(
    score: Score,
    out: Path,
    *,
    lufs: float = MUSIC_LUFS,
    fluidsynth: Path | None = None,
    soundfont: Path | None = None,
    stop: Callable[[], bool] = never,
) -> Player:
    """Write the score as a 48 kHz stereo WAV of exactly `round(score.seconds * 48000)` samples at `lufs`; who played it.

    With `fluidsynth` and a `soundfont` those play; without either, or if they fail, the built-in synth does.

    Raises:
        Cancelled: `stop()` said so; nothing is left at `out`.
    """
    if fluidsynth and soundfont:
        try:
            with tempfile.TemporaryDirectory(dir=out.parent, prefix=".cue-") as folder:
                raw = _rendered(score, Path(folder), fluidsynth, soundfont)
                _finished(score, raw.read, out, lufs, stop)
            return "fluidsynth"
        except _PlayFailed:
            pass
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".cue-") as folder:
        raw = _synthesised(score, Path(folder), stop)
        _finished(score, raw.read, out, lufs, stop)
    return "numpy"


def available() -> tuple[Path, Path] | tuple[None, None]:
    """fluidsynth and a soundfont when both are on this machine."""
    program, font = programs.fluidsynth(), programs.soundfont()
    return (program, font) if program and font else (None, None)


def _rendered(score: Score, folder: Path, fluidsynth: Path, soundfont: Path) -> WavFile:
    tune, raw = folder / "cue.mid", folder / "cue.wav"
    tune.write_bytes(midi(score))
    options = [
        "-n",
        "-i",
        "-q",
        "-g",
        "0.5",
        "-r",
        str(SAMPLE_RATE),
        "-o",
        "synth.cpu-cores=1",
        "-T",
        "wav",
        "-O",
        "s16",
    ]
    try:
        subprocess.run(
            [str(fluidsynth), *options, "-F", str(raw), str(soundfont), str(tune)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60 + score.seconds,
            check=True,
        )
        file = opened(raw)
    except (OSError, subprocess.SubprocessError, StudioError) as e:
        raise _PlayFailed from e
    if file.channels != 2 or file.samples < SAMPLE_RATE // 100:
        raise _PlayFailed
    return file


def _synthesised(score: Score, folder: Path, stop: Callable[[], bool]) -> WavFile:
    """The built-in synth's sound in a file, well under full scale: levelling reads it more than once."""
    synth = Synth(score)
    raw = folder / "cue.wav"
    with WavWriter(raw, channels=2) as file:
        for start, count in blocks(round(score.seconds * SAMPLE_RATE), stop):
            file.write(synth.block(start, count) * np.float32(_HEADROOM))
            checked(stop)
    return opened(raw)


def _finished(score: Score, source: Source, out: Path, lufs: float, stop: Callable[[], bool]) -> None:
    samples = max(1, round(score.seconds * SAMPLE_RATE))
    rise = min(samples // 2, round(_FADE_IN_S * SAMPLE_RATE))
    fall = min(samples // 2, round(_FADE_OUT_S * SAMPLE_RATE))

    def cut(start: int, count: int) -> Samples:
        at = np.arange(start, start + count)
        fade = np.clip(np.minimum((at + 1) / max(1, rise), (samples - 1 - at) / max(1, fall)), 0, 1)
        return source(start, count) * np.sin(np.pi / 2 * fade).astype(np.float32)[:, None] ** 2

    mastered(cut, samples, out, target_lufs=lufs, peak_dbtp=_PEAK_DBTP, stop=stop)
