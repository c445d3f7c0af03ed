"""The balance of a film's music told by what is kept of its media: what the mixer finds by hearing, without reading a sample.

Tones and compressors of tracks are not counted, and crossfades are taken for fades; else it is what `mixer.balanced` finds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from studio.engine.sound.desk.ducking import Ducking, gain_over
from studio.engine.sound.desk.mixer import Levels, groups, levels_of
from studio.engine.sound.loudness import STEP, Energies
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Timeline, Track

Steps = Callable[[str], Energies | None]
"""The K-weighted mean square of every 100 ms of a medium, channels summed; None where nobody has measured it yet."""


def balance(timeline: Timeline, steps: Steps, ducking: Ducking, target_lufs: float) -> Levels:
    """The levels of music that names nothing it is ducked by; as recorded where a sound of the film has not been measured."""
    count = timeline.rate.samples(timeline.frames) // STEP
    heard: list[Energies] = []
    for group in groups(timeline):
        found = _group(group, timeline.rate, count, steps)
        if found is None:
            return Levels()
        heard.append(found)
    return levels_of(heard, ducking, target_lufs)


def _group(tracks: Iterable[Track], rate: Rate, count: int, steps: Steps) -> Energies | None:
    out = np.zeros(count)
    for track in tracks:
        for clip in track.clips:
            if clip.enabled and not _added(out, clip, track.gain_db, rate, steps):
                return None
    return out


def _added(out: Energies, clip: Clip, track_db: float, rate: Rate, steps: Steps) -> bool:
    """Add a clip where it lies; False where that cannot be told."""
    energy = steps(clip.media) if clip.media else None
    factor = 1.0 if clip.speed is None else float(clip.speed.factor)
    if energy is None or (clip.speed is not None and clip.speed.ramp is not None):
        return False
    start, end = rate.samples(clip.start), rate.samples(clip.end)
    first, last = max(0, start // STEP), min(len(out), -(-end // STEP))
    if last <= first or not factor or not len(energy):
        return True
    edges = np.arange(first, last + 1, dtype=np.float64) * STEP
    share = (np.minimum(edges[1:], end) - np.maximum(edges[:-1], start)) / STEP
    own = np.clip((edges[:-1] + edges[1:]) / 2 - start, 0, end - start)
    places = ((rate.samples(max(0, clip.source_in)) + own * factor) // STEP).astype(np.int64)
    inside = (places >= 0) & (places < len(energy))
    found = np.where(inside, energy[np.clip(places, 0, len(energy) - 1)], 0.0)
    out[first:last] += found * share * 10 ** ((gain_over(clip, rate, own, end - start) + track_db) / 10)
    return True
