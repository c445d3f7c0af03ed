"""Media whose every picture carries its own number in stripes, so that a test can say which picture it sees."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np

from studio.engine.ffmpeg import program

FFMPEG = str(program.encoder())
WIDTH, HEIGHT, BITS = 64, 16, 8


def numbered(path: Path, rate: str, frames: int, *encoder: str, times: str = "") -> Path:
    """A film of `frames` pictures at `rate`; `times` is an expression of setpts that makes them uneven."""
    row = [np.repeat([255 * (n >> bit & 1) for bit in range(BITS)], WIDTH // BITS) for n in range(frames)]
    data = b"".join(np.tile(r.astype(np.uint8), (HEIGHT, 1)).tobytes() for r in row)
    uneven = ["-vf", f"setpts={times}", "-fps_mode", "vfr"] if times else []
    raw = ["-f", "rawvideo", "-pix_fmt", "gray", "-s", f"{WIDTH}x{HEIGHT}", "-r", rate, "-i", "-"]
    subprocess.run([FFMPEG, "-v", "error", *raw, *uneven, *encoder, str(path)], input=data, check=True)
    return path


def numbers(film: Path) -> list[int]:
    """What every picture of a film says, whatever size it has now."""
    small = ["-vf", f"scale={WIDTH}:{HEIGHT}:flags=area", "-f", "rawvideo", "-pix_fmt", "gray", "-"]
    done = subprocess.run([FFMPEG, "-v", "error", "-nostdin", "-i", str(film), *small], capture_output=True, check=True)
    pictures = np.frombuffer(done.stdout, np.uint8).reshape(-1, HEIGHT, WIDTH)
    middles = pictures[:, HEIGHT // 2, WIDTH // BITS // 2 :: WIDTH // BITS] > 128
    return [int(sum(1 << bit for bit in range(BITS) if row[bit])) for row in middles]
