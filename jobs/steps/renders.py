"""Jobs of renders: plan and join a film, make one segment of it, mix its sound."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from jobs.registry import Done, Step, Wait
from jobs.work import Work
from studio.core.db import reading, unit_of_work
from studio.core.errors import MediaMissing, NotFound, Unavailable
from studio.core.settings import settings
from studio.core.storage import rendition_key, storage
from studio.engine.delivery import Reel, delivered
from studio.engine.ffmpeg import program
from studio.engine.pieces import part_of_mix
from studio.engine.presets import burned_in
from studio.engine.presets.asked import parts_of
from studio.engine.presets.encoding import MIME
from studio.engine.presets.offer import require
from studio.engine.render.footage import Store, missing, without
from studio.engine.render.layers import Span
from studio.engine.render.segments import render_segment
from studio.engine.report.listened import heard_of, listened, write_heard
from studio.engine.report.notes import notes_of, watch_piece, write_notes
from studio.engine.sound.chunks import Aim, encode_chunk, joined_aac, planned
from studio.engine.sound.measures import Measures, packed, unpacked
from studio.engine.sound.mix import mixed
from studio.engine.sound.recording import recorded
from studio.engine.sound.source import Sound
from studio.engine.timeline import Timeline
from studio.media import service as media
from studio.renders import service as renders
from studio.renders.views import Piece, Plan, RenderView, SoundPiece
from studio.timelines import service as timelines


def plan_film(work: Work) -> Wait:
    """Settle how the film is divided, and ask for every segment and the sound that the cache does not have.

    Raises:
        MediaMissing: files it needs are missing, named with their clips, and the rest alone was not ordered.
    """
    run_id = work.claim.run_id
    render, timeline = _render(work, run_id)
    require(render.order.kind, _ffmpeg())
    gone = missing(timeline, _store(work, timeline))
    if gone and not render.order.rest:
        raise MediaMissing(
            f"{len(gone)} of its files cannot be used. {' '.join([*gone.values()][:5])} "
            "Bring them back and try again, or render the rest without them."
        )
    with work.committing() as uow:
        plan = renders.find_plan(uow, work.actor, run_id)
        if plan is None:
            plan = Plan(settings().workers, program.version(_ffmpeg()), tuple(gone))
            renders.keep_plan(uow, work.actor, run_id, plan)
        wanted, heard = _divided(render, without(timeline, plan.without), plan)
        renders.request_pieces(uow, work.actor, render, wanted, heard)
    return Wait("Rendering")


def join_film(work: Work) -> Done:
    """Put the pieces together without re-encoding, check the file frame by frame, measure it, and keep it."""
    render, timeline = _render(work, work.claim.run_id)
    store, kind = storage(), render.order.kind
    wanted, heard = _planned(work, render, timeline)
    sounds = {each.part: (store.fetch(each.key), _fetched(heard_of(each.key))) for each in heard}
    reels = [
        Reel(
            part,
            tuple((store.fetch(p.key), p.span.frames) for p in mine),
            sound,
            tuple(_fetched(notes_of(p.key)) or work.folder / "none" for p in mine),
            listened_to,
        )
        for part in parts_of(render.order, timeline)
        for sound, listened_to in [sounds.get(part, (None, None))]
        for mine in [[p for p in wanted if part.start <= p.span.start < part.end]]
    ]
    out = work.folder / "film"
    made = delivered(
        reels,
        timeline,
        render.order,
        out,
        ffmpeg=_ffmpeg(),
        fonts=settings().fonts,
        store=_store(work, timeline),
        stop=work.stopped,
        on_progress=work.report,
    )
    name, mime = f"{timeline.name}.{made.suffix}", MIME[made.suffix]
    file = media.stored(store, out, kind="video" if mime.startswith("video") else "file", mime=mime, name=name)
    if kind.has_picture:
        poster = work.folder / "poster"
        poster.write_bytes(renders.film_poster(timeline, render.order, _store(work, timeline), stop=work.stopped))
        store.put(rendition_key(file.sha256, media.THUMBNAIL), poster)
    with work.committing() as uow:
        if kind.has_picture:
            media.keep_form(uow, file.sha256, media.THUMBNAIL, {})
        renders.finish_render(uow, work.actor, work.claim.run_id, file, len(wanted), made.report)
    return Done(
        {
            "sha256": file.sha256,
            "frames": made.frames,
            "rate": str(timeline.rate),
            "size": file.size,
            "suffix": made.suffix,
            "preset": kind.name,
            "level": made.report.level if made.report else "",
        }
    )


def make_segment(work: Work) -> Done:
    """Render one span of the picture into the cache, and watch it for the report card."""
    config, made = work.claim.config, dict[str, int]()
    store, notes = storage(), notes_of(config["key"])
    if not store.exists(config["key"]):
        render, timeline = _render(work, config["render_run"])
        span = Span(config["start"], config["frames"])
        out = work.folder / "segment"
        render_segment(
            timeline,
            span,
            render.order.kind,
            _store(work, timeline),
            out,
            ffmpeg=_ffmpeg(),
            threads=1,
            on_frame=lambda frame: work.report("Rendering", frame / span.frames),
            stop=work.stopped,
        )
        if render.order.kind.makes != "stills":
            seen = work.folder / "seen"
            write_notes(watch_piece(out, timeline, span, stop=work.stopped), out, seen)
            store.put(notes, seen)
            made[notes] = 0
        store.put(config["key"], out)
    _keep(work, {config["key"]: config["frames"], **made})
    return Done({"key": config["key"]})


def mix_sound(work: Work) -> Done:
    """Mix everything heard, at the preset's loudness, and keep the sound of every part in the cache.

    AAC of a whole film is made in chunks that are kept, too: after an edit only those it is heard in are made again.
    """
    render, timeline = _render(work, work.claim.config["render_run"])
    kind, store = render.order.kind, storage()
    heard = renders.sounds(timeline, render.order, encoder_version=program.version(_ffmpeg()))
    if not all(store.exists(each.key) for each in heard):
        if kind.sound == "aac" and [each.part.frames for each in heard] == [timeline.frames]:
            _chunked_sound(work, render, timeline, heard[0])
        else:
            _whole_sound(work, render, timeline, heard)
    _keep(work, {each.key: each.part.frames for each in heard})
    return Done({"key": work.claim.config["key"]})


def _whole_sound(work: Work, render: RenderView, timeline: Timeline, heard: tuple[SoundPiece, ...]) -> None:
    """One mix, cut and encoded for every part."""
    kind, wav, out = render.order.kind, work.folder / "mix.wav", work.folder / "sound"
    mixed(
        timeline,
        _samples(work),
        wav,
        target_lufs=kind.target_lufs,
        peak_dbtp=kind.max_true_peak_db,
        folder=work.folder,
        on_progress=lambda share: work.report("Mixing the sound", share),
        stop=work.stopped,
    )
    for each in heard:
        part_of_mix(wav, out, kind, each.part, timeline, ffmpeg=_ffmpeg(), stop=work.stopped)
        storage().put(each.key, out)


def _chunked_sound(work: Work, render: RenderView, timeline: Timeline, whole: SoundPiece) -> None:
    """Chunks from the cache, and those it has not, as one file; what was measured on the way is kept for the next time."""
    kind, store, measures = render.order.kind, storage(), renders.measures_key(render.project_id)
    with suppress(NotFound):
        unpacked(store.fetch(measures), work.folder)
    aim = Aim(kind.target_lufs, kind.max_true_peak_db, kind.audio_bitrate)
    plan = planned(
        timeline,
        _samples(work),
        work.folder,
        aim,
        ffmpeg=_ffmpeg(),
        on_progress=lambda share: work.report("Mixing the sound", 0.4 * share),
        stop=work.stopped,
    )
    parts: list[Path] = []
    keys = [f"segments/{chunk.key}.aac" for chunk in plan.chunks]
    with unit_of_work() as uow:
        there = renders.wanted_segments(uow, [*keys, measures])
    for i, (chunk, key) in enumerate(zip(plan.chunks, keys, strict=True)):
        part = _fetched(key) if key in there else None
        if part is None:
            part = work.folder / f"{chunk.key}.aac"
            encode_chunk(plan, chunk, part, ffmpeg=_ffmpeg(), stop=work.stopped)
            _stored(work, key, part)
        parts.append(part)
        work.report("Mixing the sound", 0.4 + 0.6 * (i + 1) / len(keys))
    sound, notes, known = work.folder / "sound.m4a", work.folder / "heard", Measures(work.folder)
    joined_aac(parts, sound, ffmpeg=_ffmpeg(), stop=work.stopped)
    write_heard(listened(sound, known, stop=work.stopped), sound, notes)
    _stored(work, heard_of(whole.key), notes)
    pack = work.folder / "measures.zip"
    packed(work.folder, [*plan.measures, *known.used], pack)
    _stored(work, measures, pack)
    store.put(whole.key, sound)


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


def _planned(work: Work, render: RenderView, timeline: Timeline) -> tuple[tuple[Piece, ...], tuple[SoundPiece, ...]]:
    with reading() as uow:
        plan = renders.find_plan(uow, work.actor, render.run_id)
    assert plan is not None, "a render is joined that was never planned"
    return _divided(render, timeline, plan)


def _divided(render: RenderView, timeline: Timeline, plan: Plan) -> tuple[tuple[Piece, ...], tuple[SoundPiece, ...]]:
    wanted = renders.pieces(timeline, render.order, workers=plan.workers, encoder_version=plan.encoder)
    return wanted, renders.sounds(timeline, render.order, encoder_version=plan.encoder)


def _keep(work: Work, frames: dict[str, int]) -> None:
    sizes = {key: storage().fetch(key).stat().st_size for key in frames}
    with work.committing() as uow:
        for key, size in sizes.items():
            renders.add_segment(uow, key, frames=frames[key], size=size)


def _stored(work: Work, key: str, file: Path) -> None:
    """Put a piece of sound into the cache, where it counts as segments do."""
    storage().put(key, file)
    with work.committing() as uow:
        renders.add_segment(uow, key, frames=0, size=file.stat().st_size)


def _fetched(key: str) -> Path | None:
    try:
        return storage().fetch(key)
    except NotFound:
        return None


def _samples(work: Work) -> Callable[[str], Sound]:
    """The sound of a medium, decoded where it is heard into the folder that goes with the job."""
    return lambda sha256: recorded(renders.media_file(sha256), sha256, work.folder, stop=work.stopped)


def _render(work: Work, run_id: str) -> tuple[RenderView, Timeline]:
    """A render and its timeline as it is planned: without what is missing, with the captions that are to be burned in.

    Raises:
        Unavailable: it is planned for another FFmpeg than this machine's.
    """
    with reading() as uow:
        render = renders.get_render(uow, work.actor, run_id)
        plan = renders.find_plan(uow, work.actor, run_id)
        timeline = timelines.get_timeline(uow, work.actor, render.timeline_id).timeline
    if plan and plan.encoder != (ours := program.version(_ffmpeg())):
        raise Unavailable(
            f"This film was begun with FFmpeg {plan.encoder}, and a machine that renders has {ours}. "
            "Put the same on all of them, or make the film anew.",
            service="ffmpeg",
        )
    if plan:
        timeline = without(timeline, plan.without)
    if render.order.captions == "burned" and render.order.kind.has_picture:
        timeline = burned_in(timeline, render.order.kind)
    return render, timeline


def _store(work: Work, timeline: Timeline) -> Store:
    return renders.media_store(work.claim.project_id, timeline, stop=work.stopped)


def _ffmpeg() -> Path:
    return program.encoder(settings().ffmpeg)


RENDER: tuple[Step, ...] = (plan_film, join_film)
SEGMENT: tuple[Step, ...] = (make_segment,)
SOUND: tuple[Step, ...] = (mix_sound,)
