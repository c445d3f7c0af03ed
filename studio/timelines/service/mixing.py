"""What a player needs to sound as the film will: where each track is ducked, its tone, its compressor. No sample is read here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import NotFound
from studio.core.storage import Storage
from studio.engine.presets import PRESETS
from studio.engine.time import SAMPLE_RATE
from studio.engine.timeline import Timeline, Track
from studio.media import service as media
from studio.media.views import LOUDNESS, WAVEFORM, MediaView
from studio.timelines.service.reading import get_timeline
from studio.timelines.views import CompressorView, MixView, ToneView, TrackMix, Voiced

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from studio.engine.sound.desk.balance import Steps
    from studio.engine.sound.desk.ducking import Ducking, Listen


def voiced(uow: UnitOfWork, actor: Actor, timeline_id: str) -> Voiced:
    """A cut the actor may see with the files of its audio tracks. Raises: NotFound, Invalid."""
    found = get_timeline(uow, actor, timeline_id)
    heard = {c.media for t in found.timeline.tracks if t.kind == "audio" for c in t.clips if c.media}
    return Voiced(found.timeline, found.revision, media.files_of(uow, found.project_id, sorted(heard)))


def mix_of(cut: Voiced, store: Storage) -> MixView:
    """How its tracks sound. It asks the store: not within a transaction. Raises: Unavailable."""
    from studio.engine.sound.desk.balance import balance
    from studio.engine.sound.desk.mixer import Levels, duckings

    ducks, tracks = duckings(cut.timeline, _listening(cut.files, store)), dict[str, TrackMix]()
    aim = PRESETS["1080p"].target_lufs
    levels = balance(cut.timeline, _measured(cut.files, store), ducks[""], aim) if "" in ducks else Levels()
    for track in cut.timeline.tracks:
        if track.kind == "audio":
            itself = track.role == "music" and not track.ducked_by
            duck = ducks.get("" if itself else track.id)
            gain_db, depth_db = (levels.music_db, levels.duck_db) if itself else (0.0, track.duck_db)
            tracks[track.id] = _track(track, gain_db, duck, depth_db, cut.timeline)
    return MixView(cut.revision, tracks)


def _track(track: Track, gain_db: float, duck: Ducking | None, depth_db: float, timeline: Timeline) -> TrackMix:
    from studio.engine.sound.desk.mixer import strip_of
    from studio.engine.sound.desk.strip import COMPRESSORS

    strip, press = strip_of(track), COMPRESSORS.get(track.compressor)
    frame = float(SAMPLE_RATE / timeline.rate.fps)
    return TrackMix(
        gain_db=round(gain_db, 2),
        duck=tuple((round(at / frame, 2), db) for at, db in duck.points(depth_db)) if duck else (),
        tone=tuple(ToneView(band.kind, band.hertz, band.db, band.q) for band in strip.tone),
        compressor=CompressorView(**asdict(press)) if press else None,
    )


def _listening(files: dict[str, MediaView], store: Storage) -> Listen:
    """Levels of the waveforms that are kept; nothing is known of files that have none yet."""
    from studio.engine.sound.desk.ducking import levels_in

    waveform = _kept(files, store, WAVEFORM)

    def levels(sha256: str, first: int, last: int) -> NDArray[np.uint8] | None:
        found = waveform(sha256)
        return None if found is None else levels_in(found, first, last)

    return levels


def _measured(files: dict[str, MediaView], store: Storage) -> Steps:
    """The loudness of the media that is kept."""
    import numpy as np

    loudness = _kept(files, store, LOUDNESS)

    def steps(sha256: str) -> NDArray[np.float64] | None:
        found = loudness(sha256)
        return None if found is None else np.frombuffer(found, "<f4").astype(np.float64)

    return steps


def _kept(files: dict[str, MediaView], store: Storage, kind: str) -> Callable[[str], bytes | None]:
    """A form of the media by hash, read once; None where it is not made."""

    @cache
    def data(sha256: str) -> bytes | None:
        try:
            path = media.find_form(store, files[sha256], kind) if sha256 in files else None
        except NotFound:
            return None
        return path.read_bytes() if path else None

    return data
