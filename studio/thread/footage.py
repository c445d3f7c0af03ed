"""A project begun with footage has the rate and the shape of the first film that comes into it."""

from __future__ import annotations

from fractions import Fraction

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.engine.looks.facts import MediaFacts
from studio.engine.time import Rate
from studio.media import service as media
from studio.projects import service as projects
from studio.scripts import service as scripts
from studio.timelines import service as timelines

_RATES = (
    Rate(24_000, 1001), Rate(24), Rate(25), Rate(30_000, 1001), Rate(30), Rate(50), Rate(60_000, 1001), Rate(60),
)  # fmt: skip
"""Those films are shown at."""

_LONG, _SHORT = 1920, 1080
_SLOWEST, _FASTEST = 20, 62


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
    plain = (project.rate, project.width, project.height) == (projects.FILM_RATE, _LONG, _SHORT)
    if not plain or media.list_media(uow, actor, project_id, kinds=("video",), limit=1).total != 1:
        return False
    rate, (width, height) = rate_for(facts), shape_for(facts)
    if (rate, width, height) == (project.rate, project.width, project.height):
        return False
    if not timelines.match_empty(uow, actor, project_id, rate=rate, width=width, height=height):
        return False
    projects.change_format(uow, actor, project_id, rate=rate, width=width, height=height)
    return True


def rate_for(facts: MediaFacts) -> Rate:
    """The usual rate a film is cut at: of one that was shot faster or slower a half, a double and so on."""
    found = facts.rate or facts.average
    if found is None or found.fps <= 0:
        return projects.FILM_RATE
    fps = found.fps
    while fps > _FASTEST:
        fps /= 2
    while fps < _SLOWEST:
        fps *= 2
    return min(_RATES, key=lambda rate: abs(rate.fps - fps))


def shape_for(facts: MediaFacts) -> tuple[int, int]:
    """The size in pixels a film is cut at: in its shape, up to 1920 by 1080 or upright."""
    across, down = Fraction(facts.width) * max(facts.sar, Fraction(1, 100)), Fraction(facts.height)
    if not across or not down:
        return _LONG, _SHORT
    scale = min(_LONG / max(across, down), _SHORT / min(across, down))
    width, height = (max(16, round(side * scale / 2) * 2) for side in (across, down))
    return width, height
