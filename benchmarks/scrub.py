"""What it takes to show an exact frame of a proxy: a film jumped about in, dragged and stepped back; strips and waveforms."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from studio.engine.ffmpeg import program
from studio.engine.previews.filmstrip import filmstrip
from studio.engine.previews.proxies import proxied
from studio.engine.previews.scrub import Scrubber
from studio.engine.previews.waveform import waveform
from studio.engine.sound.source import sound_file
from studio.engine.sound.wave import write_wav
from studio.engine.time import Rate

GOAL_MS = 100
SECONDS = 60


def film(folder: Path) -> Path:
    """A 1080p film with much that moves."""
    path = folder / "film.mp4"
    picture = f"mandelbrot=s=1920x1080:r=30,trim=duration={SECONDS}"
    arguments = ["-f", "lavfi", "-i", picture, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
    subprocess.run([str(program.encoder()), "-v", "error", *arguments, str(path)], check=True)
    return path


def asked(scrubber: Scrubber, order: Sequence[int]) -> list[float]:
    """Milliseconds from the number of a frame to its JPEG."""
    out: list[float] = []
    for n in order:
        begun = time.perf_counter()
        scrubber.jpeg(n)
        out.append((time.perf_counter() - begun) * 1000)
    return out


def said(what: str, taken: Sequence[float]) -> bool:
    p50, p95 = np.percentile(taken, (50, 95))
    print(f"{what:12} p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   most {max(taken):6.1f} ms")
    return bool(p95 < GOAL_MS)


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = film(folder)
        begun = time.perf_counter()
        proxied(source, Rate(30), folder / "proxy.mp4", ffmpeg=program.encoder())
        size = (folder / "proxy.mp4").stat().st_size / 1e6
        print(f"proxy of {SECONDS} s of 1080p: {time.perf_counter() - begun:.1f} s, {size:.1f} MB")
        with Scrubber(folder / "proxy.mp4") as scrubber:
            frames = scrubber.frames
            dice = random.Random(1)
            jumps = [dice.randrange(frames) for _ in range(300)]
            good = said("jumping", asked(scrubber, jumps))
            good &= said("dragging", asked(scrubber, range(0, frames, 7)))
            good &= said("stepping back", asked(scrubber, range(frames - 1, max(0, frames - 200), -1)))
            begun = time.perf_counter()
            filmstrip(scrubber, 60, 54)
            print(f"strip of 60 frames: {time.perf_counter() - begun:.2f} s")
        sound = np.random.default_rng(0).uniform(-0.5, 0.5, (600 * 48_000, 2)).astype(np.float32)
        write_wav(folder / "sound.wav", sound)
        begun = time.perf_counter()
        waveform(sound_file(folder / "sound.wav"))
        print(f"waveform of 600 s of sound: {time.perf_counter() - begun:.2f} s")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
