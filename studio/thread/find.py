"""Finding things by their words in all of a person's projects."""

from __future__ import annotations

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.matching import holds, rank, words_of
from studio.projects import service as projects
from studio.projects.views import ProjectView
from studio.scripts import service as scripts
from studio.storyboards import service as storyboards
from studio.thread.views import SearchHit

MOST_HITS = 50
_PAGE = 100
_MOST_PROJECTS = 1000
_KINDS = ("project", "character", "scene", "shot")


def search(uow: UnitOfWork, actor: Actor, text: str, *, limit: int = 20) -> tuple[SearchHit, ...]:
    """Projects, scenes, shots and people of the actor's projects that hold all of these words, whatever the case and accents.

    The best come first: what begins with the words, then what has a word beginning so; at most `limit` (and 50).
    """
    words = words_of(text)
    limit = max(1, min(limit, MOST_HITS))
    if not words:
        return ()
    mine = _projects(uow, actor)
    ids = sorted(mine)
    hits = [SearchHit("project", p.id, p.id, p.name, "", "") for p in mine.values() if holds(p.name, words)]
    if ids:
        hits += [
            SearchHit("character", h.id, h.project_id, h.name, mine[h.project_id].name, "")
            for h in scripts.search_people(uow, ids, words, limit=limit)
        ]
        hits += [
            SearchHit("scene", h.id, h.project_id, h.heading, mine[h.project_id].name, h.number)
            for h in scripts.search_scenes(uow, ids, words, limit=limit)
        ]
        hits += [
            SearchHit("shot", h.id, h.project_id, h.description, mine[h.project_id].name, h.number)
            for h in storyboards.search_shots(uow, ids, words, limit=limit)
        ]
    hits.sort(key=lambda h: (_rank(h, words), _KINDS.index(h.kind)))
    return tuple(hits[:limit])


def _rank(hit: SearchHit, words: tuple[str, ...]) -> int:
    return rank(f"{hit.number} {hit.title}" if hit.kind == "shot" else hit.title, words)


def _projects(uow: UnitOfWork, actor: Actor) -> dict[str, ProjectView]:
    """The actor's projects by id, a hundred a query, at most a thousand."""
    mine: dict[str, ProjectView] = {}
    for page in range(1, _MOST_PROJECTS // _PAGE + 1):
        found = projects.list_projects(uow, actor, page=page, limit=_PAGE)
        mine |= {p.id: p for p in found.items}
        if page * _PAGE >= found.total:
            break
    return mine
