"""The media of the reference timelines: footage, stills, a voice and music, made from seeds, the same each time."""

from __future__ import annotations

import subprocess
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.engine.sound.wave import write_wav
from studio.engine.time import SAMPLE_RATE

FPS = 30
STREET_S, DAY_S, FILM_S = 10, 30, 600
STILLS = 12
STREET = ("street.mp4", "market.mp4", "harbour.mp4")
"""1080p, keyframes a second apart, as phones and cameras write them."""
DAY = ("day.mp4", "night.mp4")
"""720p in the very format of the output, a keyframe every KEYFRAMES frames and at no other."""
KEYFRAMES = 60
VOICE, MUSIC = "voice.wav", "music.wav"

_TAGS = ["-color_range", "tv", "-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709"]


def made(folder: Path, ffmpeg: Path) -> Path:
    """The folder with every file in it; what is there already is kept."""
    folder.mkdir(parents=True, exist_ok=True)
    for seed, name in enumerate(STREET):
        _film(folder / name, ffmpeg, seed, (1920, 1080), STREET_S, FPS)
    for seed, name in enumerate(DAY, start=10):
        _film(folder / name, ffmpeg, seed, (1280, 720), DAY_S, KEYFRAMES)
    for seed in range(STILLS):
        path = folder / f"still-{seed}.jpg"
        if not path.exists():
            Image.fromarray(scenery(seed + 20, 2560, 1440)).save(path, quality=92)
    for name, sound in ((VOICE, voice), (MUSIC, music)):
        if not (folder / name).exists():
            write_wav(folder / name, sound(FILM_S))
    return folder


def scenery(seed: int, width: int, height: int) -> NDArray[np.uint8]:
    """A picture with as much detail at every size as photographs have (1/f), and hard edges here and there."""
    random = np.random.default_rng(seed)
    total = np.zeros((height, width, 3), np.float32)
    for octave in range(2, 10):
        small = random.standard_normal((max(2, height * 2**octave // 1024), max(2, width * 2**octave // 1024), 3))
        total += cv2.resize(small.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC) / 2 ** (
            octave * 0.9
        )
    picture = np.clip(128 + total * 260, 8, 247).astype(np.uint8)
    for _ in range(40):
        x, y = int(random.integers(0, width)), int(random.integers(0, height))
        size = int(random.integers(height // 40, height // 6))
        colour = tuple(int(v) for v in random.integers(30, 220, 3))
        cv2.rectangle(picture, (x, y), (x + size, y + size // 2), colour, -1 if random.random() < 0.5 else 4)
    return picture


def voice(seconds: int) -> NDArray[np.float32]:
    """Something like speech: a buzz in words and pauses."""
    random = np.random.default_rng(1)
    t = np.arange(seconds * SAMPLE_RATE, dtype=np.float32) / SAMPLE_RATE
    pitch = 110 + 15 * np.sin(2 * np.pi * 0.31 * t)
    phase = 2 * np.pi * np.cumsum(pitch) / SAMPLE_RATE
    buzz = sum(np.sin(n * phase) / n for n in range(1, 9))
    syllables = np.repeat(random.random(seconds * 6) < 0.7, SAMPLE_RATE // 6).astype(np.float32)
    soft = np.convolve(syllables, np.hanning(2400) / np.hanning(2400).sum(), "same")
    return _stereo(0.11 * buzz * soft)


def music(seconds: int) -> NDArray[np.float32]:
    """Chords, two seconds each."""
    t = np.arange(seconds * SAMPLE_RATE, dtype=np.float32) / SAMPLE_RATE
    roots = np.array([220.0, 174.6, 261.6, 196.0])[(t // 2).astype(int) % 4]
    swell = np.minimum((t % 2) * 8, 1) * np.exp(-(t % 2))
    chord = sum(np.sin(2 * np.pi * roots * ratio * (t % 2)) for ratio in (1, 1.25, 1.5))
    return _stereo(0.12 * chord * swell)


def _film(out: Path, ffmpeg: Path, seed: int, size: tuple[int, int], seconds: int, gop: int) -> None:
    """A camera that drifts over scenery, with grain; a clock in the corner tells every frame from its neighbours."""
    if out.exists():
        return
    width, height = size
    still = out.with_suffix(".png")
    Image.fromarray(scenery(seed, width + 480, height + 270)).save(still, compress_level=1)
    drift = f"x='240+220*sin(t/{3 + seed % 3})':y='135+120*sin(t/{4 + seed % 2}+1)'"
    graph = (
        f"[0:v]format=yuv444p,scale=out_color_matrix=bt709:out_range=tv,loop=-1:size=1,setpts=N/{FPS}/TB,fps={FPS},"
        f"crop={width}:{height}:{drift},format=yuv420p,noise=alls=4:allf=t:all_seed={seed}[scene];"
        f"testsrc2=size={width // 5 // 2 * 2}x{height // 5 // 2 * 2}:rate={FPS}[clock];"
        f"[scene][clock]overlay=x=W-w-40:y=40,setsar=1,format=yuv420p[v]"
    )
    tones = f"sine=f={220 + 40 * seed}:r={SAMPLE_RATE},tremolo=f={2 + seed % 3}:d=0.9,volume=0.5"
    noise = f"anoisesrc=r={SAMPLE_RATE}:c=pink:a=0.1:seed={seed}"
    command = [ffmpeg, "-v", "error", "-y", "-i", still, "-f", "lavfi", "-i", tones, "-f", "lavfi", "-i", noise]
    command += [
        "-filter_complex",
        f"{graph};[1:a][2:a]amix=inputs=2,pan=stereo|c0=c0|c1=c0[a]",
        "-map",
        "[v]",
        "-map",
        "[a]",
    ]
    command += [
        "-c:v",
        "libx264",
        "-preset",
        "veryfast",
        "-crf",
        "20",
        "-profile:v",
        "high",
        "-g",
        gop,
        "-keyint_min",
        gop,
    ]
    command += ["-sc_threshold", "0", "-flags", "+cgop", *_TAGS, "-video_track_timescale", "15360", "-c:a", "aac"]
    part = out.with_suffix(".part")
    command += ["-b:a", "160k", "-t", seconds, "-fflags", "+bitexact", "-movflags", "+faststart", "-f", "mp4", part]
    subprocess.run([str(each) for each in command], check=True)
    still.unlink()
    part.replace(out)


def _stereo(mono: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.repeat(mono.astype(np.float32)[:, None], 2, axis=1)
