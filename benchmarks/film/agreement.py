"""Whether a film is the one that was asked for: every frame there, the right pictures, the right sound. Before it counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

LEAST_SSIM = 0.9
"""Of every looked-at frame with the exact one, both at LOOKED_AT: what the encoder loses costs less, a wrong picture more."""
LEAST_CORRELATION = 0.8
"""Less than 0.9: melt cuts the sound of footage at its packets, a little off at every cut; another sound is near 0."""
LOOKED_AT = (480, 270)
LOOKS = 24

_RATE = 8_000
_LONGEST_LAG_S = 0.06
"""AAC encoders begin late by a packet or two."""
_END_S = 0.1


@dataclass(frozen=True, slots=True)
class Film:
    """A film as far as it is compared: how many frames, some of them grey and small, and its sound (mono, 8 kHz)."""

    frames: int
    looks: dict[int, NDArray[np.uint8]]
    sound: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How near a film comes, and why it does not count ("" when it does)."""

    ssim: float
    correlation: float
    fault: str


def looked_at(frames: int) -> list[int]:
    """Frames spread evenly over a film."""
    return sorted({(2 * i + 1) * frames // (2 * LOOKS) for i in range(LOOKS)})


def watched(path: Path, looks: Iterable[int]) -> Film:
    """Decode a film."""
    wanted, seen = set(looks), dict[int, NDArray[np.uint8]]()
    count = 0
    with av.open(str(path)) as container:
        container.streams.video[0].thread_type = "AUTO"
        for frame in container.decode(video=0):
            if count in wanted:
                seen[count] = small(frame.to_ndarray(format="yuv420p")[: frame.height, : frame.width])
            count += 1
    return Film(count, seen, heard(path))


def small(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Brightness at the size pictures are compared at."""
    return np.asarray(cv2.resize(grey, LOOKED_AT, interpolation=cv2.INTER_AREA), np.uint8)


def heard(path: Path) -> NDArray[np.float32]:
    """A file's sound; nothing where it has none."""
    with av.open(str(path)) as container:
        if not container.streams.audio:
            return np.zeros(0, np.float32)
        resampler = av.AudioResampler("flt", "mono", _RATE)
        frames = [part for frame in container.decode(audio=0) for part in resampler.resample(frame)]
        frames += resampler.resample(None)
        return np.concatenate([f.to_ndarray()[0] for f in frames]) if frames else np.zeros(0, np.float32)


def compared(found: Film, expected: Film, seconds: float) -> Agreement:
    """Hold a film against the one that was asked for, which is `seconds` long."""
    ssims = [ssim(found.looks[n], look) for n, look in expected.looks.items() if n in found.looks]
    least, likeness = min(ssims, default=0.0), correlation(found.sound, expected.sound)
    apart = abs(len(found.sound) / _RATE - seconds)
    faults = [
        (found.frames != expected.frames, f"{found.frames} frames, not {expected.frames}"),
        (len(ssims) < len(expected.looks) or least < LEAST_SSIM, f"wrong picture: SSIM {least:.3f}"),
        (apart > _END_S, f"its sound ends {apart:.2f} s off"),
        (likeness < LEAST_CORRELATION, f"wrong sound: correlation {likeness:.2f}"),
    ]
    return Agreement(least, likeness, "; ".join(said for wrong, said in faults if wrong))


def ssim(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """Structural similarity. Source: Wang et al., 2004, with its 11 x 11 Gaussian window."""

    def soft(x: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(cv2.GaussianBlur(x, (11, 11), 1.5))

    a, b = one.astype(np.float64), other.astype(np.float64)
    mean_a, mean_b = soft(a), soft(b)
    spread_a, spread_b = soft(a * a) - mean_a**2, soft(b * b) - mean_b**2
    both = soft(a * b) - mean_a * mean_b
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    near = (2 * mean_a * mean_b + c1) * (2 * both + c2)
    return float((near / ((mean_a**2 + mean_b**2 + c1) * (spread_a + spread_b + c2))).mean())


def correlation(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """How alike two sounds are, however loud, at the lag that suits them best; 0 when either is silent."""
    count = min(len(one), len(other))
    if not count:
        return 0.0
    a, b = one[:count] - one[:count].mean(), other[:count] - other[:count].mean()
    size = 1 << (2 * count - 1).bit_length()
    crossed = np.fft.irfft(np.fft.rfft(a, size) * np.conj(np.fft.rfft(b, size)), size)
    lags = int(_RATE * _LONGEST_LAG_S)
    best = max(crossed[: lags + 1].max(), crossed[-lags:].max())
    power = float(np.sqrt(float(a @ a) * float(b @ b)))
    return float(best) / power if power > 1e-6 * count else 0.0
