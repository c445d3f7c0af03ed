"""What really comes out of a file when all of it is played: every picture's time, and where sound and picture end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av

from studio.engine.time import SAMPLE_RATE, Rate

PACKET_S = Fraction(1024, SAMPLE_RATE)
"""Sound cannot end between two AAC packets."""
_OPUS_S = Fraction(27, 1000)
"""Opus begins with 6.5 ms that are not heard and goes in packets of 20."""


@dataclass(frozen=True, slots=True)
class Played:
    """The times of all pictures, and how long the sound is (None without any), in seconds."""

    stamps: tuple[Fraction, ...]
    sound_s: Fraction | None


def played(path: Path) -> Played:
    """Decode every picture and every sample; what does not decode raises."""
    stamps: list[Fraction] = []
    samples, has_sound = 0, False
    with av.open(str(path)) as container:
        video = container.streams.video[0]
        video.codec_context.options = {"err_detect": "explode"}
        for frame in container.decode(video):
            if frame.is_corrupt or frame.pts is None:
                raise ValueError("a picture does not decode")
            stamps.append(frame.pts * Fraction(frame.time_base or 0))
    with av.open(str(path)) as container:
        has_sound = bool(container.streams.audio)
        if has_sound:
            samples = sum(frame.samples for frame in container.decode(audio=0))
    return Played(tuple(stamps), Fraction(samples, SAMPLE_RATE) if has_sound else None)


def faults(found: Played, frames: int, rate: Rate, *, webm: bool = False) -> Iterator[str]:
    """What is not as it should be: the number of pictures, their distances, where the sound ends."""
    if len(found.stamps) != frames:
        yield f"{len(found.stamps)} pictures, not {frames}"
    step, near = rate.seconds(1), Fraction(1, 500) if webm else Fraction(1, 1_000_000)
    begins = found.stamps[0] if found.stamps else Fraction(0)
    if any(abs(at - begins - number * step) > near for number, at in enumerate(found.stamps)):
        yield "its pictures are not evenly spaced"
    if begins > (Fraction(1, 100) if webm else 0):
        yield f"it begins at {float(begins):.4f} s"
    if found.sound_s is not None:
        apart = abs(found.sound_s - rate.seconds(frames))
        if apart > max(step, _OPUS_S if webm else PACKET_S):
            yield f"sound and picture end {float(apart):.4f} s apart"
