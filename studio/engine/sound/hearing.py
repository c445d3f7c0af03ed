"""How loud a timeline is as its faders have it, before it is mastered, and how loud one of its clips is alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from studio.engine.ffmpeg.process import never
from studio.engine.sound.desk.mixer import Levels, balanced, desk, energies
from studio.engine.sound.desk.tracks import Files, Media
from studio.engine.sound.loudness import Meter, gated_loudness
from studio.engine.sound.master import blocks, checked
from studio.engine.timeline import Clip, Timeline, Track


@dataclass(frozen=True, slots=True)
class Loudness:
    """Integrated loudness (LUFS; -70 for silence) and true peak (dBTP)."""

    lufs: float
    peak_dbtp: float


def mix_loudness(timeline: Timeline, media: Media, folder: Path, *, stop: Callable[[], bool] = never) -> Loudness:
    """How loud a whole timeline is before mastering; `folder` is for sound that is made on the way.

    Raises:
        UnsupportedMedia, Invalid, Cancelled: as `mixed`.
    """
    mixer, samples = desk(timeline, Files(media, folder), stop), timeline.rate.samples(timeline.frames)
    levels = balanced(mixer, samples, 0.0, stop=stop) if mixer.music else Levels()
    meter = Meter(2)
    for start, count in blocks(samples, stop):
        meter.add(mixer.block(start, count, levels))
        checked(stop)
    return Loudness(meter.integrated_lufs, meter.peak_dbtp)


def clip_loudness(
    clip: Clip, timeline: Timeline, media: Media, folder: Path, *, stop: Callable[[], bool] = never
) -> float:
    """How loud a clip of a timeline is with its own gain, fades and speed and nothing else (LUFS; -70 for silence).

    Raises:
        UnsupportedMedia, Cancelled: as `mixed`.
    """
    alone = replace(
        timeline, tracks=(Track("alone", "audio", "Alone", "sound", (replace(clip, start=0, enabled=True),)),)
    )
    lanes = desk(alone, Files(media, folder), stop).others
    return gated_loudness(energies(lanes, timeline.rate.samples(clip.frames), stop=stop))
