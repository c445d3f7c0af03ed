"""Loudness and true peak, held against ffmpeg's ebur128."""

import re
import subprocess
from pathlib import Path

import numpy as np
import pytest

from studio.engine.ffmpeg import program
from studio.engine.sound.limiter import MARGIN, levelled_peaks, limited
from studio.engine.sound.loudness import Meter, amplitude, decibels, loudness, true_peak
from studio.engine.sound.wave import Samples, write_wav

pytestmark = pytest.mark.programs


def sine(hertz: float, level: float, seconds: float, *, channels: int = 2, phase: float = 0.0) -> Samples:
    time = np.arange(round(seconds * 48_000)) / 48_000
    edges = np.clip(np.minimum(time, time[::-1]) * 100, 0, 1)  # a hard edge makes every meter ring differently
    wave = level * edges * np.sin(2 * np.pi * hertz * time + phase)
    return np.repeat(wave[:, None], channels, axis=1).astype(np.float32)


def bursts(seconds: float, seed: int = 1) -> Samples:
    count = round(seconds * 48_000)
    noise = np.random.default_rng(seed).standard_normal((count, 2)) * 0.12
    return (noise * np.where(np.arange(count) % 96_000 < 40_000, 1.0, 0.02)[:, None]).astype(np.float32)


def by_ffmpeg(path: Path) -> tuple[float, float]:
    words = [
        str(program.encoder()),
        "-hide_banner",
        "-nostats",
        "-i",
        str(path),
        "-af",
        "ebur128=peak=true",
        "-f",
        "null",
        "-",
    ]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stderr
    return float(re.findall(r"I:\s+(-?[\d.]+) LUFS", said)[-1]), float(re.findall(r"Peak:\s+(-?[\d.]+)", said)[-1])


@pytest.mark.parametrize(
    "sound",
    [
        sine(997, 0.1, 5),
        sine(60, 0.3, 5),
        sine(9000, 0.2, 5, channels=1),
        bursts(12),
        np.concatenate((bursts(6), bursts(6, 2) * np.float32(0.05))),
    ],
    ids=["1 kHz", "bass", "treble, mono", "bursts", "loud then quiet"],
)
def test_loudness_and_true_peak_agree_with_ffmpeg(tmp_path: Path, sound: Samples) -> None:
    write_wav(tmp_path / "a.wav", sound)
    integrated, peak = by_ffmpeg(tmp_path / "a.wav")
    assert loudness(sound) == pytest.approx(integrated, abs=0.3)
    assert true_peak(sound) == pytest.approx(peak, abs=0.3)


def test_a_full_scale_stereo_sine_of_997_hz_measures_zero() -> None:
    assert loudness(sine(997, 1.0, 2)) == pytest.approx(0.0, abs=0.05)


def test_a_peak_between_samples_is_found() -> None:
    sound = sine(12_000, 0.5, 1, phase=np.pi / 4)
    assert decibels(float(np.abs(sound).max())) < -9
    assert true_peak(sound) == pytest.approx(decibels(0.5), abs=0.3)


def test_measuring_in_blocks_of_any_size_gives_what_the_whole_gives() -> None:
    sound = bursts(5)
    meter = Meter(2)
    for piece in np.array_split(sound, [17, 48_000, 48_001, 100_000]):
        meter.add(piece)
    assert meter.integrated_lufs == pytest.approx(loudness(sound), abs=0.01)
    assert meter.peak_dbtp == pytest.approx(true_peak(sound), abs=0.01)


@pytest.mark.parametrize("samples", [0, 1, 100, 19_200, 96_000])
def test_silence_of_any_length_measures_the_floor(samples: int) -> None:
    silent = np.zeros((samples, 2), np.float32)
    assert loudness(silent) == -70
    assert true_peak(silent) == -120


def test_a_sound_too_short_to_gate_is_measured_whole() -> None:
    assert loudness(sine(997, 0.1, 0.3)) == pytest.approx(-20, abs=0.3)


def test_the_limiter_holds_true_peaks_and_leaves_quiet_sound_alone() -> None:
    sound = bursts(4) * np.float32(6)
    held = levelled_peaks(sound, amplitude(-3))
    assert true_peak(sound) > 0
    assert true_peak(held) <= -2.95
    quiet = bursts(1) * np.float32(0.1)
    assert np.array_equal(levelled_peaks(quiet, 0.9), quiet)


def test_limited_blocks_join_without_a_seam() -> None:
    padded = np.pad(bursts(4) * np.float32(5), ((MARGIN, MARGIN), (0, 0)))
    whole = limited(padded, 0.7)
    step = 24_000
    pieces = [limited(padded[at : at + step + 2 * MARGIN], 0.7) for at in range(0, len(whole), step)]
    assert np.abs(np.concatenate(pieces) - whole).max() < 1e-6
