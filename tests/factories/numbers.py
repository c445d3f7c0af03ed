"""A cut whose every frame says which it is, with no script behind it."""

from __future__ import annotations

import wave
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from studio.core.db import unit_of_work
from studio.core.storage import storage
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Timeline, Track
from studio.media import service as media
from tests.factories.laid import add_cut
from tests.factories.studio import Place
from tests.support.numbered import numbered


def make_numbered_cut(place: Place, folder: Path, runs_of: Sequence[range]) -> str:
    """A cut of a film whose pictures carry their numbers (0 to 239), those runs of it one after another; its id."""
    film, tone = numbered(folder / "numbered.mp4", "25", 240, "-g", "12"), folder / "tone.wav"
    with wave.open(str(tone), "wb") as out:
        out.setparams((1, 2, 48_000, 0, "NONE", ""))
        out.writeframes((np.sin(np.arange(48_000) / 17) * 9_000).astype("<i2").tobytes())
    files = [
        media.stored(storage(), film, kind="video", mime="video/mp4", name="Numbered.mp4"),
        media.stored(storage(), tone, kind="audio", mime="audio/wav", name="Tone.wav"),
    ]
    clips: list[Clip] = []
    for shown in runs_of:
        at = clips[-1].end if clips else 0
        clips.append(Clip(f"c{at}", f"Run {shown.start}", files[0].sha256, at, len(shown), shown.start))
    sound = Clip("tone", "Tone", files[1].sha256, 0, min(25, clips[-1].end))
    tracks = (
        Track("picture", "video", "Picture", "picture", tuple(clips)),
        Track("tone", "audio", "Tone", "sound", (sound,)),
    )
    timeline = Timeline("Numbers", Rate(25), 64, 36, tracks)
    with unit_of_work() as uow:
        media.add_all(uow, place.actor, place.project_id, files)
        return add_cut(uow, place.project_id, timeline, "kept")
