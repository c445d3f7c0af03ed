"""Rendered previews: the parts of a cut a browser cannot play truly, made small in pieces that are kept by what they show.

A piece is a segment like any other; an edit makes other pieces of what it touches, and leaves the rest as it is.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import NotFound
from studio.core.links import preview_link
from studio.core.settings import settings
from studio.engine.ffmpeg import program
from studio.engine.previews import heavy
from studio.engine.render.footage import media_of
from studio.engine.time import Rate
from studio.engine.timeline import Timeline
from studio.media import service as media
from studio.media.views import proxy
from studio.projects import service as projects
from studio.projects.views import ProjectView
from studio.renders.service.expecting import picture_weight
from studio.renders.service.keeping import known_segments, wanted_segments
from studio.renders.views import Piece, PreviewRange, PreviewView
from studio.runs import service as runs
from studio.runs.views import RunView, Wanted
from studio.timelines import service as timelines
from studio.timelines.views import TimelineCard

_EXPORTS = ("film", "render")
_REMEMBERED = 16
_EXACT_S = 10.0
_Known = tuple[str, int, str, frozenset[str], frozenset[str]]
_divided: OrderedDict[_Known, tuple[Piece, ...]] = OrderedDict()
_read: OrderedDict[tuple[str, int], tuple[Timeline, tuple[str, ...]]] = OrderedDict()
_lock = threading.Lock()


def encoder_version() -> str:
    """What makes pieces here. It may run ffmpeg: call it outside of transactions. Raises: Unavailable."""
    return program.version(program.encoder(settings().ffmpeg))


def preview_ranges(uow: UnitOfWork, actor: Actor, timeline_id: str, *, encoder: str) -> PreviewView:
    """Where a cut as it is now is not played truly, and what of that is rendered or being rendered. Raises: NotFound."""
    card, found = _pieces(uow, actor, timeline_id, encoder)
    made = known_segments(uow, [piece.key for piece in found])
    live = _live(uow, card)
    coming = _coming(uow, live, [piece for piece in found if piece.key not in made])
    ranges = tuple(
        PreviewRange(p.span.start, p.span.end, "ready", preview_link(card.id, name_of(p.key)))
        if p.key in made
        else PreviewRange(p.span.start, p.span.end, "making" if p.key in coming else "heavy")
        for p in found
    )
    return PreviewView(card.revision, ranges, live[0] if live else None, _said(ranges, card.rate))


def preview_pieces(
    uow: UnitOfWork, actor: Actor, timeline_id: str, *, encoder: str, start: int = 0, end: int | None = None
) -> tuple[Piece, ...]:
    """The pieces a cut as it is now would be rendered in, those that lie in a range of it. Raises: NotFound."""
    _, found = _pieces(uow, actor, timeline_id, encoder)
    return tuple(p for p in found if p.span.end > start and (end is None or p.span.start < end))


def preview_key(uow: UnitOfWork, actor: Actor, timeline_id: str, name: str, *, encoder: str) -> str:
    """Where a piece of a cut as it is now is stored. Raises: NotFound, also of a piece the cut no longer has."""
    wanted = f"segments/{name}"
    if not any(piece.key == wanted for piece in preview_pieces(uow, actor, timeline_id, encoder=encoder)):
        raise NotFound("This cut has no such piece. It has been edited since.")
    return wanted


def start_preview(
    uow: UnitOfWork, actor: Actor, timeline_id: str, *, start: int = 0, end: int | None = None, idle: bool = False
) -> RunView | None:
    """Ask for what a browser cannot play truly of a cut, or of a range of it; while that is made already, the run there is.

    `idle` asks only where no film of the project is being made; None says that one is.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
    """
    card = timelines.get_card(uow, actor, timeline_id)
    project = projects.editable_project(uow, actor, card.project_id)
    if idle and any(runs.list_live(uow, project.id, kind) for kind in _EXPORTS):
        return None
    if live := _live(uow, card):
        return live[0]
    config = {"timeline_id": card.id, "start": start, "end": end}
    return runs.submit_run(uow, actor, project.id, "preview", config, weight=_weight(project, card.frames))


def stop_preview(uow: UnitOfWork, actor: Actor, timeline_id: str) -> None:
    """Make no more of a cut's preview; what is made stays. Raises: NotFound, Forbidden."""
    card = timelines.get_card(uow, actor, timeline_id)
    projects.editable_project(uow, actor, card.project_id)
    for run in _live(uow, card):
        runs.cancel_run(uow, actor, run.id)


def find_preview(uow: UnitOfWork, actor: Actor, timeline_id: str) -> RunView | None:
    """The run that makes the preview of a cut; None while none does. Raises: NotFound."""
    live = _live(uow, timelines.get_card(uow, actor, timeline_id))
    return live[0] if live else None


def request_preview(uow: UnitOfWork, actor: Actor, run_id: str, wanted: Sequence[Piece]) -> int:
    """Ask for those of these pieces that are not kept, in order of time, one run each; how many were asked for.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
    """
    record = runs.get_record(uow, actor, run_id)
    project = projects.get_project(uow, actor, record.run.project_id)
    known = wanted_segments(uow, [piece.key for piece in wanted])
    new = [
        Wanted(
            {"timeline_id": record.config["timeline_id"], "key": piece.key, "frames": piece.span.frames},
            f"{run_id}:{piece.key}",
            _weight(project, piece.span.frames),
        )
        for piece in wanted
        if piece.key not in known
    ]
    return runs.submit_many(uow, actor, project.id, "piece", new, parent_id=run_id)


def name_of(key: str) -> str:
    """A piece's file name, of the key it is stored under."""
    return key.rpartition("/")[2]


def _said(ranges: Sequence[PreviewRange], rate: Rate) -> str:
    whole = sum(each.end - each.start for each in ranges)
    left = sum(each.end - each.start for each in ranges if each.state != "ready")
    if not ranges:
        return "A browser plays all of it as it is."
    if not left:
        return f"All {_seconds(whole, rate)} of it are ready."
    if left == whole:
        return f"{_seconds(left, rate)} are to be rendered."
    return f"{_seconds(whole - left, rate)} of {_seconds(whole, rate)} are ready, {_seconds(left, rate)} are left."


def _seconds(frames: int, rate: Rate) -> str:
    seconds = float(rate.seconds(frames))
    return f"{seconds:.1f} s" if seconds < _EXACT_S else f"{seconds:.0f} s"


def _live(uow: UnitOfWork, card: TimelineCard) -> list[RunView]:
    live = runs.find_live(uow, card.project_id, "preview", {"timeline_id": card.id})
    return [live] if live else []


def _coming(uow: UnitOfWork, live: Sequence[RunView], missing: Sequence[Piece]) -> set[str]:
    """The keys of those pieces that are being made, or will be."""
    if not live or not missing:
        return set()
    asked = runs.children_of(uow, [run.id for run in live], "piece")
    if not asked:  # it has not been looked at yet what there is to make
        return {piece.key for piece in missing}
    return {each.config["key"] for parts in asked.values() for each in parts if not each.run.ended}


def _pieces(uow: UnitOfWork, actor: Actor, timeline_id: str, encoder: str) -> tuple[TimelineCard, tuple[Piece, ...]]:
    """The cut, and its pieces as it is now; found anew only when it, or what is known of its media, has changed."""
    card = timelines.get_card(uow, actor, timeline_id)
    project = projects.get_project(uow, actor, card.project_id)
    timeline, named = _timeline(uow, actor, card)
    form = proxy(card.rate) if card.rate == project.rate else ""
    small = frozenset(sha256 for sha256, forms in media.forms_of(uow, named).items() if form in forms)
    gone = frozenset(set(named) - media.files_of(uow, project.id, named).keys())
    at = (card.id, card.revision, encoder, small, gone)
    with _lock:
        found = _divided.get(at)
    if found is None:
        known = heavy.Known(media.facts_of(uow, named), small, gone)
        spans = heavy.pieces(timeline, known, encoder_version=encoder)
        found = tuple(Piece(span, f"segments/{key}.mp4") for span, key in spans)
        _remember(_divided, at, found)
    return card, found


def _timeline(uow: UnitOfWork, actor: Actor, card: TimelineCard) -> tuple[Timeline, tuple[str, ...]]:
    """A cut and its media, read once a revision."""
    at = (card.id, card.revision)
    with _lock:
        found = _read.get(at)
    if found is None:
        detail = timelines.get_timeline(uow, actor, card.id)
        found = detail.timeline, media_of(detail.timeline)
        _remember(_read, at, found)
    return found


def _remember(kept: OrderedDict[Any, Any], at: object, what: object) -> None:
    with _lock:
        kept[at] = what
        while len(kept) > _REMEMBERED:
            kept.popitem(last=False)


def _weight(project: ProjectView, frames: int) -> float:
    return picture_weight(frames, heavy.PREVIEW, project.width, project.height)
