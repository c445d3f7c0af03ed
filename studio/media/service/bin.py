"""The bin: the files of a project that are there to be cut, found, named, sorted into folders, taken out and put back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import Any, Literal, cast

from studio.accounts.views import Actor
from studio.core import clock
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict, Invalid, NotFound
from studio.engine.looks.facts import MediaFacts
from studio.engine.time import Rate
from studio.media import repository
from studio.media.models import Media
from studio.media.repository import Asked
from studio.media.service import files
from studio.media.service.uploads import KIND
from studio.media.views import MediaCard, MediaPage, State
from studio.projects import service as projects
from studio.runs import service as runs
from studio.runs.views import RunView

_MOST = 600
_STOPPED = "Preparing it was stopped. It can be cut all the same; prepare it again to see it move."


def list_media(
    uow: UnitOfWork,
    actor: Actor,
    project_id: str,
    *,
    search: str = "",
    kinds: Collection[str] = (),
    folder: str | None = None,
    used: Mapping[str, int] | None = None,
    only: Literal["", "used", "unused"] = "",
    also: Collection[str] = (),
    page: int = 1,
    limit: int = 50,
) -> MediaPage:
    """One page of what was brought in, newest first; `also` are hashes of what the studio made that stand among it.

    `used` says in how many cuts a media is, by its hash (what is not in it is in none); whoever knows the cuts says it.

    Raises:
        NotFound: the actor may not see the project.
    """
    project = projects.get_project(uow, actor, project_id)
    counts = used or {}
    asked = Asked(
        search=search.strip()[:200],
        kinds=tuple(kinds),
        folder=folder,
        also=tuple(also),
        among=tuple(counts) if only == "used" else None,
        not_among=tuple(counts) if only == "unused" else (),
    )
    limit = max(1, min(limit, _MOST))
    rows, total = repository.list_media(uow, project_id, asked, offset=(page - 1) * limit, limit=limit)
    hashes = [row.sha256 for row in rows]
    facts, forms = files.facts_of(uow, hashes), repository.forms_of(uow, hashes) if hashes else {}
    live = {run.id: run for run in runs.list_live(uow, project_id, KIND)}
    cards = tuple(
        _card(row, project.rate, facts.get(row.sha256), forms.get(row.sha256, {}), live, counts.get(row.sha256, 0))
        for row in rows
    )
    return MediaPage(cards, total, tuple(repository.list_folders(uow, project_id)))


def get_card(uow: UnitOfWork, actor: Actor, project_id: str, sha256: str) -> MediaCard:
    """One file as the bin shows it, without in how many cuts it is. Raises: NotFound."""
    project = projects.get_project(uow, actor, project_id)
    row = repository.get_media(uow, project_id, sha256)
    live = {run.id: run for run in runs.list_live(uow, project_id, KIND)}
    facts, forms = files.facts_of(uow, [sha256]), repository.forms_of(uow, [sha256])
    return _card(row, project.rate, facts.get(sha256), forms.get(sha256, {}), live, 0)


def rename_media(uow: UnitOfWork, actor: Actor, project_id: str, sha256: str, name: str) -> None:
    """Call a file something else; clips that have a name of their own keep it.

    Raises:
        NotFound, Forbidden: there is no such file, or the actor may not change the project. Invalid: the name is empty.
    """
    name = " ".join(name.split())[:200]
    if not name:
        raise Invalid("A file needs a name.", field="name")
    row = _editable(uow, actor, project_id, sha256)
    row.name = name
    _changed(uow, actor, row)


def move_media(uow: UnitOfWork, actor: Actor, project_id: str, sha256: str, folder: str) -> None:
    """Put a file into a folder of the bin, which begins with its first file; "" is the bin itself.

    Raises:
        NotFound, Forbidden: there is no such file, or the actor may not change the project.
    """
    row = _editable(uow, actor, project_id, sha256)
    row.folder = " ".join(folder.split())[:200]
    _changed(uow, actor, row)


def rename_folder(uow: UnitOfWork, actor: Actor, project_id: str, folder: str, name: str) -> int:
    """Call a folder of the bin something else; "" takes it apart: what was in it lies in the bin itself. How many files moved.

    Raises:
        NotFound, Forbidden: there is no such folder, or the actor may not change the project.
    """
    projects.editable_project(uow, actor, project_id)
    called = " ".join(name.split())[:200]
    moved = repository.rename_folder(uow, project_id, folder, called) if folder else 0
    if not moved:
        raise NotFound("There is no such folder.")
    projects.mark_changed(uow, actor, project_id, "media")
    return moved


def remove_media(
    uow: UnitOfWork, actor: Actor, project_id: str, sha256: str, *, used_in: Collection[str] = (), sure: bool = False
) -> None:
    """Take a file out of the bin; what is cut with it goes on showing it. `used_in` are the names of cuts that do.

    Raises:
        NotFound, Forbidden: there is no such file, or the actor may not change the project.
        Conflict: cuts use it, and the actor is not `sure`.
    """
    row = _editable(uow, actor, project_id, sha256)
    if used_in and not sure:
        names = ", ".join(sorted(used_in)[:3]) + (f" and {len(used_in) - 3} more" if len(used_in) > 3 else "")
        raise Conflict(
            f"{row.name} is used in {names}. Those cuts keep it, but it will not be in the bin any more.",
            code="media_used",
        )
    row.removed_at = clock.now()
    _changed(uow, actor, row)


def bring_back(uow: UnitOfWork, actor: Actor, project_id: str, sha256: str) -> None:
    """Put a file that was taken out back into the bin.

    Raises:
        NotFound, Forbidden: there is no such file, or the actor may not change the project.
    """
    row = _editable(uow, actor, project_id, sha256)
    row.removed_at = None
    _changed(uow, actor, row)


def _editable(uow: UnitOfWork, actor: Actor, project_id: str, sha256: str) -> Media:
    projects.editable_project(uow, actor, project_id)
    return repository.get_media(uow, project_id, sha256)


def _changed(uow: UnitOfWork, actor: Actor, row: Media) -> None:
    uow.session.add(row)
    uow.session.flush()
    projects.mark_changed(uow, actor, row.project_id, "media")


def _card(
    row: Media,
    rate: Rate,
    facts: MediaFacts | None,
    forms: dict[str, dict[str, Any]],
    live: Mapping[str, RunView],
    used: int,
) -> MediaCard:
    run = live.get(row.run_id or "")
    state, problem = cast(State, row.state), row.problem
    if state == "preparing" and run is None:
        state, problem = "failed", _STOPPED
    own = (facts.rate or facts.average) if facts else None
    return MediaCard(
        id=row.id,
        sha256=row.sha256,
        kind=row.kind,
        name=row.name,
        size=row.size,
        seconds=float(facts.seconds) if facts else 0.0,
        frames=_frames(row.kind, facts, rate),
        width=facts.width if facts else 0,
        height=facts.height if facts else 0,
        rate=str(own) if own else "",
        sound=bool(facts.sounds) if facts else row.kind == "audio",
        created_at=row.brought_at or row.created_at,
        state=state,
        percent=100 if state == "ready" else int(run.fraction * 100) if run else 0,
        problem=problem,
        run_id=row.run_id or "",
        folder=row.folder,
        used=used,
        made=row.brought_at is None,
        forms=forms,
    )


def _frames(kind: str, facts: MediaFacts | None, rate: Rate) -> int | None:
    """How many of the project's frames a file has; None for a still, and 0 where nobody has read it yet."""
    if kind in ("image", "lut") or (facts is not None and facts.kind == "still"):
        return None
    if facts is None:
        return 0
    if facts.kind == "audio":
        return int(facts.seconds * rate.fps + Fraction(1, 1000))
    return facts.lasting(rate)
