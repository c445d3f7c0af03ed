"""Making films: ask for one, plan its pieces, keep what was made."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from typing import Any

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict, MediaMissing, NotFound
from studio.engine.pieces import pieces_of
from studio.engine.presets import Order
from studio.engine.presets.asked import checked, order_of, parts_of
from studio.engine.presets.encoding import sound_container
from studio.engine.report import Report
from studio.engine.sound.desk.tracks import content_of
from studio.engine.timeline import Timeline
from studio.media import service as media
from studio.media.views import StoredFile
from studio.projects import service as projects
from studio.projects.views import ProjectView
from studio.renders import repository
from studio.renders.models import Render
from studio.renders.service.expecting import expected, picture_weight, sound_weight
from studio.renders.service.keeping import wanted_segments
from studio.renders.views import Piece, Plan, RenderView, SoundPiece
from studio.runs import service as runs
from studio.runs.views import RunRecord, RunView
from studio.scripts import service as scripts
from studio.storyboards import service as storyboards
from studio.timelines import service as timelines

MUSIC_WEIGHT = 0.03
"""CPU seconds a second of music."""

SOUND_VERSION = "3"
"""Raise it when the mixer's output changes: old sound is then made again."""

_FINDINGS = 200
"""Findings of a card that are kept, the gravest."""


def submit_render(
    uow: UnitOfWork, actor: Actor, timeline_id: str, asked: Order | str, *, parent_id: str | None = None
) -> RenderView:
    """Ask for a timeline, as it is now, as a file: an order, or a preset's name for one as it comes.

    With a `parent_id`, asking again gives the render that is already there.

    Raises:
        Invalid: there is no such preset, or nothing in the range.
        Conflict: a shot has no picture yet.
        NotFound, Forbidden: the actor may not change the project.
    """
    order = _checked(asked)
    detail = timelines.keep_for_film(uow, actor, timeline_id)
    cut = detail.timeline
    own = replace(
        projects.editable_project(uow, actor, detail.project_id), rate=cut.rate, width=cut.width, height=cut.height
    )
    frames = sum(part.frames for part in parts_of(order, cut))
    key = f"{parent_id}:render:{timeline_id}:{order.preset}" if parent_id else None
    run = runs.submit_run(
        uow,
        actor,
        detail.project_id,
        "render",
        {"timeline_id": detail.id, **order.plain()},
        parent_id=parent_id,
        idem_key=key,
        weight=picture_weight(frames, order.kind, own.width, own.height) + sound_weight(frames),
    )
    render = repository.find_by_run(uow, run.id)
    if render is None:
        seconds, size = expected(uow, own, order, frames)
        render = Render(
            project_id=detail.project_id,
            timeline_id=detail.id,
            timeline_revision=detail.revision,
            run_id=run.id,
            preset=order.preset,
            frames=frames,
            wanted=order.plain(),
            length_s=float(cut.rate.seconds(frames)),
            estimated_s=seconds,
            estimated_bytes=size,
        )
        uow.session.add(render)
        uow.session.flush()
    return _view(render)


def get_render(uow: UnitOfWork, actor: Actor, run_id: str) -> RenderView:
    """The render a run makes. Raises: NotFound."""
    render = repository.get_by_run(uow, run_id)
    projects.get_project(uow, actor, render.project_id)
    return _view(render)


def find_plan(uow: UnitOfWork, actor: Actor, run_id: str) -> Plan | None:
    """How a render is divided, None before it is. Raises: NotFound."""
    render = repository.get_by_run(uow, run_id)
    projects.get_project(uow, actor, render.project_id)
    kept = render.plan
    return Plan(kept["workers"], kept["encoder"], tuple(kept["without"])) if kept else None


def keep_plan(uow: UnitOfWork, actor: Actor, run_id: str, plan: Plan) -> None:
    """Settle how a render is divided. Raises: NotFound, Forbidden."""
    render = repository.get_by_run(uow, run_id)
    projects.editable_project(uow, actor, render.project_id)
    render.plan = asdict(plan)
    uow.session.add(render)


def pieces(timeline: Timeline, asked: Order | str, *, workers: int, encoder_version: str) -> tuple[Piece, ...]:
    """The spans a timeline is rendered in, each within one part of the order, with the key its segment is stored under.

    `timeline` has its burned captions in it.
    """
    order = _checked(asked)
    made = pieces_of(timeline, order, workers=workers, encoder_version=encoder_version)
    return tuple(Piece(span, f"segments/{name}") for each in made for span, name in each.files)


def sounds(timeline: Timeline, asked: Order | str, *, encoder_version: str) -> tuple[SoundPiece, ...]:
    """The parts of an order with the keys their sound is stored under: everything heard is in a key, nothing seen."""
    order = _checked(asked)
    kind = order.kind
    if not kind.has_sound:
        return ()
    heard = content_of(timeline)
    version = [SOUND_VERSION, encoder_version, str(timeline.rate), timeline.frames]
    quality = [kind.sound, kind.audio_bitrate, kind.target_lufs, kind.max_true_peak_db]
    return tuple(
        SoundPiece(
            part, f"segments/{_sha256([version, quality, part.start, part.frames, heard])}.{sound_container(kind)}"
        )
        for part in parts_of(order, timeline)
    )


def measures_key(project_id: str, of: str) -> str:
    """Where what was measured of a project's films, their "sound" or "picture", is kept for the next."""
    return f"segments/{_sha256(['measures', of, project_id])}.zip"


def request_pieces(
    uow: UnitOfWork, actor: Actor, render: RenderView, wanted: tuple[Piece, ...], heard: tuple[SoundPiece, ...]
) -> int:
    """Ask for the segments and the sound that are not in the cache, longest first, one run each; how many were asked for.

    The sound of all parts is one run: it is mixed once.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
    """
    known = wanted_segments(uow, [p.key for p in wanted] + [s.key for s in heard])
    project = projects.get_project(uow, actor, render.project_id)
    asked = 0
    if any(s.key not in known for s in heard):
        config = {"render_run": render.run_id, "key": heard[0].key}
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
            weight=picture_weight(piece.span.frames, render.order.kind, project.width, project.height),
        )
        asked += 1
    return asked


def finish_render(
    uow: UnitOfWork, actor: Actor, run_id: str, film: StoredFile, segments: int, report: Report | None = None
) -> RenderView:
    """Make the finished file part of the project, with its report card and what it took. Raises: NotFound, Forbidden."""
    render = repository.get_by_run(uow, run_id)
    media.add_media(uow, actor, render.project_id, film)
    render.sha256, render.segments, render.size_bytes = film.sha256, segments, film.size
    if report is not None:
        render.report = replace(report, findings=report.findings[:_FINDINGS]).plain()
    made = [*_children(uow, run_id, "segment"), *_children(uow, run_id, "sound")]
    render.made_frames = sum(int(r.config.get("frames", 0)) for r in made)
    render.work_s = sum(
        (r.completed_at - r.started_at).total_seconds() for r in made if r.completed_at and r.started_at
    )
    uow.session.add(render)
    projects.mark_changed(uow, actor, render.project_id, "film")
    return _view(render)


def submit_film(uow: UnitOfWork, actor: Actor, script_id: str, asked: Order | str) -> RunView:
    """Ask for the whole film of a script that has shots: panels, voices, music, cut, render. Its result names the file.

    It is made as ordered, or by a preset's name as that comes. While one of the same script and order is being made, that
    one is given: a second click starts nothing.

    Raises:
        Invalid: there is no such preset.
        Conflict: the script has no shots, or their drawings are being brought in.
        NotFound, Forbidden: the actor may not change the project.
    """
    order = _checked(asked)
    script = scripts.get_card(uow, actor, script_id)
    project = projects.editable_project(uow, actor, script.project_id)
    if live := runs.find_live(uow, project.id, "film", {"script_id": script_id, **order.plain()}):
        return live
    frames, making = animatic_weight(uow, actor, script_id, project)
    weight = making + picture_weight(frames, order.kind, project.width, project.height) + sound_weight(frames)
    config = {"script_id": script_id, "frames": frames, **order.plain()}
    return runs.submit_run(uow, actor, project.id, "film", config, weight=weight)


def animatic_weight(uow: UnitOfWork, actor: Actor, script_id: str, project: ProjectView) -> tuple[int, float]:
    """The frames of a board, and the CPU seconds its panels, voices and music are expected to take.

    Raises:
        Conflict: the script has no shots, or their drawings are being brought in.
    """
    shots = storyboards.list_board(uow, actor, script_id)
    if not shots:
        raise Conflict("This script has no shots yet. Break it down first.")
    if storyboards.coming_pictures(uow, actor, project.id, script_id):
        raise Conflict("The drawings of this board are being brought in. Go on when they are there.")
    frames = sum(s.frames for s in shots)
    weight = storyboards.board_weight(uow, script_id) + MUSIC_WEIGHT * float(project.rate.seconds(frames))
    return frames, weight


def submit_rest(uow: UnitOfWork, actor: Actor, render_id: str) -> RunView:
    """Ask once more for a film that was refused because files are missing, without the clips that need them.

    Raises:
        Conflict: nothing was missing from it.
        NotFound, Forbidden: the actor may not change the project.
    """
    record = runs.get_record(uow, actor, render_id)
    if record.run.kind not in ("film", "render") or record.run.parent_id:
        raise NotFound("There is no such film.")
    if record.run.error_code != MediaMissing.code:
        raise Conflict("Nothing was missing from this film. Make it again as it is.")
    order = replace(order_of(record.config), rest=True)
    if record.run.kind == "film":
        return submit_film(uow, actor, record.config["script_id"], order)
    made = submit_render(uow, actor, record.config["timeline_id"], order)
    return runs.get_run(uow, actor, made.run_id)


def _view(render: Render) -> RenderView:
    return RenderView(
        render.id,
        render.project_id,
        render.timeline_id,
        render.run_id,
        render.preset,
        render.frames,
        render.sha256,
        order_of({**render.wanted, "preset": render.preset}),
    )


def _checked(asked: Order | str) -> Order:
    return checked(Order(asked) if isinstance(asked, str) else asked)


def _sha256(parts: list[Any]) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _children(uow: UnitOfWork, run_id: str, kind: str) -> list[RunRecord]:
    return runs.children_of(uow, [run_id], kind).get(run_id, [])
