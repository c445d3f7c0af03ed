"""A film of over a hundred segments whose frames carry their numbers and whose sound is one tone: no hole, no seam."""

from __future__ import annotations

import random
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from unittest.mock import patch

import av
import numpy as np
from numpy.typing import NDArray

from benchmarks.drills.fuzz import exported
from benchmarks.drills.shelf import Shelf
from benchmarks.drills.watching import faults, played
from studio.engine.presets import PRESETS, Order, Preset
from studio.engine.render.plan import planned
from studio.engine.sound.chunks import CHUNK, Aim
from studio.engine.sound.chunks import planned as sound_planned
from studio.engine.sound.wave import write_wav
from studio.engine.time import SAMPLE_RATE, Rate
from studio.engine.timeline import Clip, Timeline, Track

RATE, SEGMENTS, EACH = Rate(30_000, 1001), 101, 30
SMALL = Preset("joins", 180)
BITS, TONE_HZ = 16, 997.0
LOUDER_AT_MOST = 1.25
"""What the encoder left wrong near a join, to the most it did anywhere else."""
TURNED_AT_MOST = 0.02
"""Radians the tone's phase may be off around a join."""

_SOURCE_FRAMES = 900
_WIDE, _HIGH = 320, 180
_NEAR = 1024
"""Samples on either side of a join that are held against all others."""


def joins(folder: Path, ffmpeg: Path) -> tuple[list[str], str]:
    """Render the film and prove it; what is wrong, and the figures."""
    shelf, film = _shelf(folder, ffmpeg), timeline()
    with patch.dict(PRESETS, {SMALL.name: SMALL}), tempfile.TemporaryDirectory(prefix="inkreel-joins-") as name:
        made, pieces = exported(film, Order(SMALL.name), shelf, Path(name), ffmpeg)
        segments = len(pieces[0].files)
        out = Path(name) / "film"
        wrong = list(faults(played(out), film.frames, RATE))
        wrong += list(_numbers(out, film))
        if segments < SEGMENTS or made.frames != film.frames:
            wrong.append(f"{segments} segments and {made.frames} frames")
        heard = _tone(out, film, shelf, Path(name), ffmpeg)
    more, told = heard
    return [*wrong, *more], f"{segments} segments, {film.frames} frames, {told}"


def timeline() -> Timeline:
    """As many takes as segments, each from another place; the tone runs through, cut with every picture."""
    dice, seen, heard = random.Random(8), list[Clip](), list[Clip]()
    for i in range(SEGMENTS):
        seen.append(Clip(f"v{i}", f"Take {i}", "numbers.mp4", i * EACH, EACH, dice.randrange(_SOURCE_FRAMES - EACH)))
        heard.append(Clip(f"a{i}", f"Tone {i}", "tone.wav", i * EACH, EACH, i * EACH))
    film = Timeline("Joins", RATE, _WIDE, _HIGH, (
        Track("v", "video", "V", "picture", tuple(seen)), Track("a", "audio", "A", "sound", tuple(heard)),
    ))  # fmt: skip
    assert len(planned(film, workers=2)) >= SEGMENTS
    return film


def _shelf(folder: Path, ffmpeg: Path) -> Shelf:
    """Footage whose frames are bar codes of their numbers, and the tone."""
    for each in ("sounds", "tables"):
        (folder / each).mkdir(parents=True, exist_ok=True)
    t = np.arange(int((SEGMENTS + 1) * EACH * SAMPLE_RATE / 29), dtype=np.float64) / SAMPLE_RATE
    tone = (0.25 * np.sin(2 * np.pi * TONE_HZ * t)).astype(np.float32)
    write_wav(folder / "tone.wav", np.stack([tone, tone], axis=1))
    command = f"-f rawvideo -pix_fmt gray -s {_WIDE}x{_HIGH} -r {RATE} -i - -c:v libx264 -crf 12 -g 24 -pix_fmt yuv420p"
    bars = [np.repeat(16 + 219 * _bits(number), _WIDE // BITS).astype(np.uint8) for number in range(_SOURCE_FRAMES)]
    frames = b"".join(np.tile(row, (_HIGH, 1)).tobytes() for row in bars)
    words = [str(ffmpeg), "-v", "error", "-y", *command.split(), "-colorspace", "bt709", str(folder / "numbers.mp4")]
    subprocess.run(words, input=frames, check=True)
    return Shelf(folder)


def _bits(number: int) -> NDArray[np.int64]:
    """Its sixteen bits; two numbers that follow each other differ in many of them."""
    return (number * 40_503 % 65_536) >> np.arange(BITS) & 1


def _numbers(path: Path, film: Timeline) -> Iterator[str]:
    """Whether every frame shows the picture that was asked for."""
    codes = {tuple(_bits(number)): number for number in range(_SOURCE_FRAMES)}
    wanted = [clip.source_in + own for clip in film.tracks[0].clips for own in range(clip.frames)]
    found: list[int] = []
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            grey = frame.to_ndarray(format="gray")[40:140].mean(axis=0).reshape(BITS, -1)[:, 5:-5].mean(axis=1)
            found.append(codes.get(tuple((grey > 128).astype(int)), -1))
    if wrong := [i for i, (a, b) in enumerate(zip(found, wanted, strict=False)) if a != b]:
        some = [(i, found[i], wanted[i]) for i in wrong[:8]]
        yield f"{len(wrong)} frames show another picture (frame, shown, asked for): {some}"


def _tone(path: Path, film: Timeline, shelf: Shelf, folder: Path, ffmpeg: Path) -> tuple[list[str], str]:
    """What is wrong with the sound around the joins of its chunks and around cuts, and the figures."""
    aim = Aim(SMALL.target_lufs, SMALL.max_true_peak_db, SMALL.audio_bitrate)
    plan = sound_planned(film, shelf.samples, folder, aim, ffmpeg=ffmpeg)
    mix = plan.finished(0, plan.samples // 32 * 32)[:, 0].astype(np.float64)
    heard = _decoded(path)[: len(mix)]
    mix = mix[: len(heard)]
    chunks = range(CHUNK, len(mix) - _NEAR, CHUNK)
    cuts = [RATE.samples(clip.start) for clip in film.tracks[1].clips[1:]]
    wrong, told = list[str](), list[str]()
    left = np.square(heard - mix)
    windows = np.convolve(left, np.ones(_NEAR) / _NEAR, "same")
    edge = 4 * _NEAR  # the film's own beginning and end, where the encoder starts and stops
    near = np.zeros(len(mix), bool)
    for at in (*chunks, *cuts):
        near[max(at - _NEAR, 0) : at + _NEAR] = True
    elsewhere = float(windows[edge:-edge][~near[edge:-edge]].max())
    for name, places in (("chunks", chunks), ("cuts", cuts)):
        ratio = max(float(windows[at - _NEAR : at + _NEAR].max()) for at in places if edge < at < len(mix) - edge)
        turned = max(_turned(heard, mix, at) for at in places)
        told.append(
            f"{len(places)} {name}: residual {ratio / elsewhere:.2f} x the most elsewhere, phase {turned:.4f} rad"
        )
        if ratio > LOUDER_AT_MOST * elsewhere or turned > TURNED_AT_MOST:
            wrong.append(f"a seam is heard at {name}: {told[-1]}")
    noise = 10 * np.log10(left[edge:-edge].mean() / np.square(mix).mean())
    return wrong, f"{'; '.join(told)}; residual {noise:.1f} dB under the tone"


def _decoded(path: Path) -> NDArray[np.float64]:
    with av.open(str(path)) as container:
        parts = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
    return np.concatenate(parts).astype(np.float64)


def _turned(heard: Sequence[float] | NDArray[np.float64], mix: NDArray[np.float64], at: int) -> float:
    """How far the tone is turned against the mix's in 5 ms steps around a place, in radians."""
    most, step = 0.0, SAMPLE_RATE // 200
    for begin in range(max(at - 4 * step, 0), min(at + 4 * step, len(mix) - step), step):
        wave = np.exp(-2j * np.pi * TONE_HZ * np.arange(step) / SAMPLE_RATE) * np.hanning(step)
        angles = [np.angle(np.dot(np.asarray(x[begin : begin + step]), wave)) for x in (heard, mix)]
        most = max(most, abs(float(np.angle(np.exp(1j * (angles[0] - angles[1]))))))
    return most
