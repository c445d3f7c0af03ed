"""Making films: ask for one, plan its pieces, keep what was made."""

from __future__ import annotations

import hashlib
import json

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict
from studio.engine import presets
from studio.engine.render.keys import segment_keys
from studio.engine.render.plan import planned
from studio.engine.timeline import Timeline, to_document
from studio.media import service as media
from studio.media.views import StoredFile
from studio.projects import service as projects
from studio.renders import repository
from studio.renders.models import Render
from studio.renders.service.keeping import wanted_segments
from studio.renders.views import Piece, RenderView
from studio.runs import service as runs
from studio.runs.views import RunView
from studio.scripts import service as scripts
from studio.storyboards import service as storyboards
from studio.timelines import service as timelines

MUSIC_WEIGHT = 0.03
"""CPU seconds a second of music."""

SOUND_VERSION = "1"
"""Raise it when the mixer's output changes: old sound is then made again."""


def submit_render(
    uow: UnitOfWork, actor: Actor, timeline_id: str, preset: str, *, parent_id: str | None = None
) -> RenderView:
    """Ask for a timeline, as it is now, as a file. With a `parent_id`, asking again gives the render that is already there.

    Raises:
        Invalid: there is no such preset.
        Conflict: a shot has no picture yet.
        NotFound, Forbidden: the actor may not change the project.
    """
    chosen = presets.preset(preset)
    detail = timelines.keep_for_film(uow, actor, timeline_id)
    key = f"{parent_id}:render:{timeline_id}:{preset}" if parent_id else None
    run = runs.submit_run(
        uow,
        actor,
        detail.project_id,
        "render",
        {"timeline_id": detail.id, "preset": preset},
        parent_id=parent_id,
        idem_key=key,
        weight=picture_weight(detail.timeline.frames, chosen.height) + sound_weight(detail.timeline.frames),
    )
    render = repository.find_by_run(uow, run.id)
    if render is None:
        render = Render(
            project_id=detail.project_id,
            timeline_id=detail.id,
            timeline_revision=detail.revision,
            run_id=run.id,
            preset=preset,
            frames=detail.timeline.frames,
        )
        uow.session.add(render)
        uow.session.flush()
    return _view(render)


def get_render(uow: UnitOfWork, actor: Actor, run_id: str) -> RenderView:
    """The render a run makes. Raises: NotFound."""
    render = repository.get_by_run(uow, run_id)
    projects.get_project(uow, actor, render.project_id)
    return _view(render)


def pieces(timeline: Timeline, preset: str, *, workers: int, encoder_version: str) -> tuple[Piece, ...]:
    """The spans a timeline is rendered in, each with the key its segment is stored under."""
    chosen = presets.preset(preset)
    spans = planned(timeline, workers=workers)
    keys = segment_keys(timeline, spans, chosen, encoder_version=encoder_version)
    return tuple(Piece(span, f"segments/{key}.mp4") for span, key in zip(spans, keys, strict=True))


def sound_key(timeline: Timeline, preset: str, *, encoder_version: str) -> str:
    """The key the mixed sound of a timeline is stored under: everything heard is in it, nothing seen."""
    document = to_document(timeline)
    heard = [
        [t["role"], [{k: v for k, v in c.items() if k not in ("id", "name", "link", "motion")} for c in t["clips"]]]
        for t in document["tracks"]
        if t["kind"] == "audio"
    ]
    chosen = presets.preset(preset)
    parts = [
        SOUND_VERSION,
        encoder_version,
        str(timeline.rate),
        timeline.frames,
        chosen.audio_bitrate,
        chosen.target_lufs,
        heard,
    ]
    return f"segments/{hashlib.sha256(json.dumps(parts).encode()).hexdigest()}.m4a"


def request_pieces(uow: UnitOfWork, actor: Actor, render: RenderView, wanted: tuple[Piece, ...], sound: str) -> int:
    """Ask for the segments and the sound that are not in the cache, longest first, one run each; how many were asked for.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
    """
    known = wanted_segments(uow, [p.key for p in wanted] + [sound])
    height = presets.preset(render.preset).height
    asked = 0
    if sound not in known:
        config = {"render_run": render.run_id, "key": sound}
        weight = sound_weight(render.frames)
        runs.submit_run(
            uow,
            actor,
            render.project_id,
            "sound",
            config,
            parent_id=render.run_id,
            idem_key=f"{render.run_id}:sound",
            weight=weight,
        )
        asked += 1
    for piece in sorted(wanted, key=lambda p: -p.span.frames):
        if piece.key in known:
            continue
        known.add(piece.key)
        config = {"render_run": render.run_id, "key": piece.key, "start": piece.span.start, "frames": piece.span.frames}
        runs.submit_run(
            uow,
            actor,
            render.project_id,
            "segment",
            config,
            parent_id=render.run_id,
            idem_key=f"{render.run_id}:segment:{piece.span.start}",
            weight=picture_weight(piece.span.frames, height),
        )
        asked += 1
    return asked


def finish_render(uow: UnitOfWork, actor: Actor, run_id: str, film: StoredFile, segments: int) -> RenderView:
    """Make the finished film part of the project. Raises: NotFound, Forbidden."""
    render = repository.get_by_run(uow, run_id)
    media.add_media(uow, actor, render.project_id, film)
    render.sha256, render.segments = film.sha256, segments
    uow.session.add(render)
    projects.mark_changed(uow, actor, render.project_id, "film")
    return _view(render)


def picture_weight(frames: int, height: int) -> float:
    """CPU seconds expected for so many frames: 17 ms each at 720p, 33 ms at 1080p (benchmarks/render.py)."""
    return frames * 0.017 * (height / 720) ** 1.65


def sound_weight(frames: int) -> float:
    """CPU seconds expected for mixing and encoding so many frames of sound."""
    return frames * 0.003


def submit_film(uow: UnitOfWork, actor: Actor, script_id: str, preset: str) -> RunView:
    """Ask for the whole film of a script that has shots: panels, voices, music, cut, render. Its result names the file.

    While a film of the same script and preset is being made, that one is given: a second click starts nothing.

    Raises:
        Invalid: there is no such preset.
        Conflict: the script has no shots, or their drawings are being brought in.
        NotFound, Forbidden: the actor may not change the project.
    """
    chosen = presets.preset(preset)
    script = scripts.get_card(uow, actor, script_id)
    project = projects.editable_project(uow, actor, script.project_id)
    if live := runs.find_live(uow, project.id, "film", {"script_id": script_id, "preset": preset}):
        return live
    shots = storyboards.list_board(uow, actor, script_id)
    if not shots:
        raise Conflict("This script has no shots yet. Break it down first.")
    if storyboards.coming_pictures(uow, actor, project.id, script_id):
        raise Conflict("The drawings of this board are being brought in. Make the film when they are there.")
    frames = sum(s.frames for s in shots)
    making = storyboards.board_weight(uow, script_id) + MUSIC_WEIGHT * float(project.rate.seconds(frames))
    weight = making + picture_weight(frames, chosen.height) + sound_weight(frames)
    config = {"script_id": script_id, "preset": preset, "frames": frames}
    return runs.submit_run(uow, actor, project.id, "film", config, weight=weight)


def _view(render: Render) -> RenderView:
    return RenderView(
        render.id, render.project_id, render.timeline_id, render.run_id, render.preset, render.frames, render.sha256
    )
