"""Jobs of renders: plan and join a film, make one segment of it, mix its sound."""

from __future__ import annotations

from pathlib import Path

from jobs.registry import Done, Step, Wait
from jobs.work import Work
from studio.core.db import reading, unit_of_work
from studio.core.settings import settings
from studio.core.storage import media_key, storage
from studio.engine import presets
from studio.engine.ffmpeg import program
from studio.engine.render.footage import Store
from studio.engine.render.join import checked, joined
from studio.engine.render.layers import Span
from studio.engine.render.segments import render_segment
from studio.engine.sound.mix import encoded_aac, mixed
from studio.engine.timeline import Timeline
from studio.media import service as media
from studio.renders import service as renders
from studio.renders.views import RenderView
from studio.timelines import service as timelines


def plan_film(work: Work) -> Wait:
    """Ask for every segment and the sound that the cache does not have."""
    render, timeline = _render(work, work.claim.run_id)
    version = program.version(_ffmpeg())
    wanted = renders.pieces(timeline, render.preset, workers=settings().workers, encoder_version=version)
    sound = renders.sound_key(timeline, render.preset, encoder_version=version)
    with work.committing() as uow:
        renders.request_pieces(uow, work.actor, render, wanted, sound)
    return Wait("Rendering")


def join_film(work: Work) -> Done:
    """Join the segments without re-encoding, check the file frame by frame, and keep it."""
    render, timeline = _render(work, work.claim.run_id)
    version = program.version(_ffmpeg())
    store = storage()
    wanted = renders.pieces(timeline, render.preset, workers=settings().workers, encoder_version=version)
    segments = [(store.fetch(p.key), p.span.frames) for p in wanted]
    sound = store.fetch(renders.sound_key(timeline, render.preset, encoder_version=version))
    film = work.folder / "film.mp4"
    work.report("Joining", 0.98)
    joined(
        segments,
        sound,
        timeline.captions(),
        timeline.markers,
        timeline.rate,
        film,
        ffmpeg=_ffmpeg(),
        title=timeline.name,
        stop=work.stopped,
    )
    checked(film, timeline.frames, timeline.rate)
    file = media.stored(store, film, kind="video", mime="video/mp4", name=f"{timeline.name}.mp4")
    with work.committing() as uow:
        renders.finish_render(uow, work.actor, work.claim.run_id, file, len(segments))
    return Done({"sha256": file.sha256, "frames": timeline.frames, "rate": str(timeline.rate), "size": file.size})


def make_segment(work: Work) -> Done:
    """Render one span of the picture into the cache."""
    config = work.claim.config
    store = storage()
    if not store.exists(config["key"]):
        render, timeline = _render(work, config["render_run"])
        span = Span(config["start"], config["frames"])
        out = work.folder / "segment.mp4"
        render_segment(
            timeline,
            span,
            presets.preset(render.preset),
            Store(_media, fonts=settings().fonts),
            out,
            ffmpeg=_ffmpeg(),
            threads=1,
            on_frame=lambda frame: work.report("Rendering", frame / span.frames),
            stop=work.stopped,
        )
        store.put(config["key"], out)
    return _kept(work, config["key"], config["frames"])


def mix_sound(work: Work) -> Done:
    """Mix everything heard, at the preset's loudness, into the cache."""
    key = work.claim.config["key"]
    render, timeline = _render(work, work.claim.config["render_run"])
    store = storage()
    if not store.exists(key):
        preset = presets.preset(render.preset)
        wav, out = work.folder / "mix.wav", work.folder / "mix.m4a"
        mixed(
            timeline,
            _media,
            wav,
            target_lufs=preset.target_lufs,
            on_progress=lambda share: work.report("Mixing the sound", share),
            stop=work.stopped,
        )
        encoded_aac(wav, out, ffmpeg=_ffmpeg(), bitrate=preset.audio_bitrate)
        store.put(key, out)
    return _kept(work, key, timeline.frames)


def trim_cache() -> int:
    """Bring the cache of segments, and this machine's copies of stored files, within the budget; how many files went."""
    budget, store = settings().cache_gb << 30, storage()
    with unit_of_work() as uow:
        gone = renders.forget_segments(uow, budget)
    with reading() as uow:
        back = renders.known_segments(uow, gone)
    for key in (away := set(gone) - back):
        store.delete(key)
    return len(away) + store.trim(budget)


def _kept(work: Work, key: str, frames: int) -> Done:
    size = storage().fetch(key).stat().st_size
    with work.committing() as uow:
        renders.add_segment(uow, key, frames=frames, size=size)
    return Done({"key": key})


def _render(work: Work, run_id: str) -> tuple[RenderView, Timeline]:
    with reading() as uow:
        render = renders.get_render(uow, work.actor, run_id)
        return render, timelines.get_timeline(uow, work.actor, render.timeline_id).timeline


def _media(sha256: str) -> Path:
    return storage().fetch(media_key(sha256))


def _ffmpeg() -> Path:
    return program.encoder(settings().ffmpeg)


RENDER: tuple[Step, ...] = (plan_film, join_film)
SEGMENT: tuple[Step, ...] = (make_segment,)
SOUND: tuple[Step, ...] = (mix_sound,)
