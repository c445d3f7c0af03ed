"""Weather drawn over a finished place: rain, snow, fog. Indoors it shows through nothing and is left out."""

from __future__ import annotations

import math

import numpy as np

from studio.engine.artist.geometry import rectangle
from studio.engine.artist.sheet import PAPER, Line, Sheet

RAIN = ("rain", "storm", "thunder", "downpour", "drizzle")
SNOW = ("snow", "blizzard", "sleet")
FOG = ("fog", "mist", "haze", "smoke")


def weather_kind(words: str) -> str:
    """rain, snow, fog or clear, from whatever words a spec carries."""
    lowered = words.lower()
    for kind, names in (("rain", RAIN), ("snow", SNOW), ("fog", FOG)):
        if any(name in lowered for name in names):
            return kind
    return "clear"


def behind(sheet: Sheet, kind: str) -> None:
    """What lies between the people and the distance: fog banks, falling drops far away."""
    if kind == "fog":
        _fog(sheet, 120)
    elif kind == "rain":
        _rain(sheet, 170, 26, 0.9, 80)
    elif kind == "snow":
        _snow(sheet, 130, 1.3, 2.6)


def before(sheet: Sheet, kind: str) -> None:
    """What falls between the people and the lens."""
    if kind == "fog":
        _fog(sheet, 46)
    elif kind == "rain":
        _rain(sheet, 90, 60, 1.5, 110)
    elif kind == "snow":
        _snow(sheet, 70, 3.0, 6.5)


def _fog(sheet: Sheet, alpha: float) -> None:
    """Bands of paper over the horizon, thickest there."""
    width, height = sheet.camera.width, sheet.camera.height
    horizon = min(max(sheet.camera.horizon, height * 0.2), height * 0.75)
    tone = tuple(c * 0.97 for c in PAPER)
    for spread in (0.62, 0.42, 0.26, 0.13):
        x = np.linspace(-20, width + 20, 25)
        wave = np.sin(x / width * 9 + spread * 20) * height * 0.02
        top = np.stack([x, horizon - height * spread * 0.55 + wave], 1)
        bottom = np.stack([x, horizon + height * spread * 0.8 - wave], 1)[::-1]
        sheet.fill(np.concatenate([top, bottom]), (tone[0], tone[1], tone[2]), alpha * 0.55)
    sheet.fill(rectangle(-9, -9, width + 9, height + 9), (tone[0], tone[1], tone[2]), alpha * 0.3)


def _rain(sheet: Sheet, count: int, length: float, width: float, alpha: int) -> None:
    """Slanting strokes."""
    slant = np.array([-math.sin(0.2), math.cos(0.2)])
    start = sheet.rng.uniform((-40, -60), (sheet.camera.width + 80, sheet.camera.height), (count, 2))
    reach = sheet.rng.uniform(0.6, 1.4, (count, 1)) * length
    paint = (236, 240, 246, min(alpha + 60, 255)) if float(sheet.gain.mean()) < 0.8 else (70, 84, 104, alpha)
    sheet.ops.append(Line(np.stack([start, start + slant * reach], 1), width, paint))


def _snow(sheet: Sheet, count: int, low: float, high: float) -> None:
    """Soft flakes of two sizes."""
    at = sheet.rng.uniform((0, 0), (sheet.camera.width, sheet.camera.height), (count, 2))
    sizes = sheet.rng.uniform(low, high, count)
    turn = np.linspace(0, 2 * math.pi, 9, endpoint=False)
    unit = np.stack([np.cos(turn), np.sin(turn)], 1)
    sheet.fill_all([xy + unit * size for xy, size in zip(at, sizes, strict=True)], (252, 252, 255), 225, raw=True)
