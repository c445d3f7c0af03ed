"""Which media the cuts of a project use, and which cuts those are."""

from __future__ import annotations

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.projects import service as projects
from studio.timelines import repository
from studio.timelines.asked import media_in


def media_in_use(uow: UnitOfWork, actor: Actor, project_id: str) -> dict[str, tuple[str, ...]]:
    """The names of the cuts that use a media, by its hash; copies kept of films do not count. Raises: NotFound."""
    projects.get_project(uow, actor, project_id)
    found: dict[str, dict[str, None]] = {}
    for name, document in repository.list_documents(uow, project_id):
        for sha256 in {sha256 for sha256, _ in media_in(document)}:
            found.setdefault(sha256, {})[name] = None
    return {sha256: tuple(names) for sha256, names in found.items()}
