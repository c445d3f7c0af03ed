"""Which media the cuts of a project use, and which cuts those are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.projects import service as projects
from studio.timelines import repository


def media_in_use(uow: UnitOfWork, actor: Actor, project_id: str) -> dict[str, tuple[str, ...]]:
    """The names of the cuts that use a media, by its hash; copies kept of films do not count. Raises: NotFound."""
    projects.get_project(uow, actor, project_id)
    found: dict[str, dict[str, None]] = {}
    for name, document in repository.list_documents(uow, project_id):
        for sha256 in set(_media(document)):
            found.setdefault(sha256, {})[name] = None
    return {sha256: tuple(names) for sha256, names in found.items()}


def _media(said: Any) -> Iterator[str]:
    """What clips anywhere in a document name as their media, those of nested timelines too."""
    if isinstance(said, dict):
        for key, value in cast(dict[str, Any], said).items():
            if key == "media" and isinstance(value, str):
                if value:
                    yield value
            else:
                yield from _media(value)
    elif isinstance(said, list):
        for each in cast(list[Any], said):
            yield from _media(each)
