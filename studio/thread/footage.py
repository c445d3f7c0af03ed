"""A project begun with footage has the rate and the shape of the first film that comes into it."""

from __future__ import annotations

from fractions import Fraction

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.engine.looks.facts import MediaFacts
from studio.engine.time import Rate
from studio.media import service as media
from studio.projects import service as projects
from studio.projects.views import FilmFormat
from studio.scripts import service as scripts
from studio.timelines import service as timelines


def match_footage(uow: UnitOfWork, actor: Actor, project_id: str, sha256: str) -> bool:
    """Give a project the rate and the shape of a film in its bin, if nothing is told in those it has: whether it was done.

    It is the first film there, there is no script, nobody has done anything in a cut, and nobody has chosen another rate or size.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
    """
    project = projects.editable_project(uow, actor, project_id)
    facts = media.facts_of(uow, [sha256]).get(sha256)
    if facts is None or facts.kind != "video" or scripts.latest_script(uow, actor, project_id):
        return False
    if project.film != FilmFormat() or media.list_media(uow, actor, project_id, kinds=("video",), limit=1).total != 1:
        return False
    film = FilmFormat(rate_for(facts), *shape_for(facts))
    if film == project.film or not timelines.match_empty(uow, actor, project_id, film):
        return False
    projects.change_format(uow, actor, project_id, film)
    return True


def rate_for(facts: MediaFacts) -> Rate:
    """The usual rate a film is cut at: of one that was shot faster or slower a half, a double and so on."""
    found = facts.rate or facts.average
    return projects.nearest_rate(found.fps) if found else FilmFormat().rate


def shape_for(facts: MediaFacts) -> tuple[int, int]:
    """The size in pixels a film is cut at: in its shape, up to 1920 by 1080 or upright."""
    across, down = Fraction(facts.width) * max(facts.sar, Fraction(1, 100)), Fraction(facts.height)
    return projects.size_of(across / down if across and down else Fraction(16, 9))
