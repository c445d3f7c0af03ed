"""Projects as cards and as their own page: counts gathered from every domain in a fixed number of queries."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from threading import Lock

from studio.accounts import service as accounts
from studio.accounts.views import Actor, UserView
from studio.core.db import UnitOfWork
from studio.projects import service as projects
from studio.projects.views import MemberView, Order, ProjectView, Scope, Team
from studio.renders import service as renders
from studio.scripts import service as scripts
from studio.scripts.views import ScriptCard
from studio.storyboards import service as storyboards
from studio.storyboards.views import BoardCounts
from studio.thread.views import NextStep, ProjectCard, ProjectHome, Stage, StageState
from studio.timelines import service as timelines
from studio.timelines.views import TimelineCard

_NOTHING = BoardCounts(0, 0, 0, 0, 0, "full", None)
_NOBODY = Team((), 0)
_SHAPES = (("1.85:1", 1.85), ("2.39:1", 2.39), ("16:9", 16 / 9), ("4:3", 4 / 3), ("1:1", 1.0), ("9:16", 9 / 16))


def list_cards(
    uow: UnitOfWork, actor: Actor, *, scope: Scope = "all", order: Order = "changed", page: int = 1, limit: int = 20
) -> tuple[tuple[ProjectCard, ...], int]:
    """One page of the actor's projects as cards, and how many there are on all pages."""
    found = projects.list_projects(uow, actor, scope=scope, order=order, page=page, limit=limit)
    return _cards(uow, found.items), found.total


def get_card(uow: UnitOfWork, actor: Actor, project_id: str) -> ProjectCard:
    """One project as a card. Raises: NotFound."""
    return _cards(uow, [projects.get_project(uow, actor, project_id)])[0]


def get_home(uow: UnitOfWork, actor: Actor, project_id: str) -> ProjectHome:
    """A project's own page. Raises: NotFound."""
    project = projects.get_project(uow, actor, project_id)
    known = _gathered(uow, [project])[project_id]
    script, counts = known.script, known.counts
    latest = renders.list_renders(uow, actor, project_id, limit=1).items
    return ProjectHome(
        card=_shown(uow, [project], {project_id: known})[0],
        script=script,
        scenes=script.scenes if script else 0,
        shots=counts.shots,
        panels_drawn=counts.drawn,
        lines=counts.lines,
        lines_voiced=counts.voiced,
        timeline_frames=known.cut.frames if known.cut else 0,
        renders=known.films,
        latest_render=latest[0] if latest else None,
        next_step=next_step(script, counts, known.films),
        recent=storyboards.recent_panels(uow, actor, script.id) if script else (),
        made_by=storyboards.origin_of(uow, actor, script.id) if script and counts.drawn + counts.voiced else None,
    )


def stages_of(
    script: ScriptCard | None, counts: BoardCounts, cut: TimelineCard | None, films: int
) -> tuple[Stage, ...]:
    """How far a project is along the thread. A stage with something, but not all it needs, is in part."""
    scenes = script.scenes if script else 0
    shots_cut = counts.shots if cut else 0
    return (
        Stage("script", _state(scenes, scenes), scenes, scenes, "scenes"),
        Stage("board", _state(counts.drawn, counts.shots), counts.drawn, counts.shots, "panels"),
        Stage("cut", "done", 1, 1, "cuts")
        if cut and cut.frames and not counts.shots  # of footage, with no board
        else Stage("cut", _state(shots_cut, counts.shots), shots_cut, counts.shots, "shots"),
        Stage("render", _state(films, films), films, max(films, 1), "films"),
    )


def next_step(script: ScriptCard | None, counts: BoardCounts, films: int) -> NextStep:
    """What to do next in a project."""
    if script is None:
        return "import"
    if counts.drawn < counts.shots or not counts.shots:
        return "board"
    return "watch" if films else "film"


def aspect_of(width: int, height: int) -> str:
    """The shape of a picture as film people say it: "16:9", "2.39:1"."""
    share = width / height
    near = next((name for name, shape in _SHAPES if abs(share - shape) / shape < 0.01), None)
    if near:
        return near
    exact = Fraction(width, height)
    if exact.numerator <= 21 and exact.denominator <= 21:
        return f"{exact.numerator}:{exact.denominator}"
    return f"{share:.2f}:1" if share >= 1 else f"1:{1 / share:.2f}"


@dataclass(frozen=True, slots=True)
class _Known:
    """What the domains below say of one project."""

    script: ScriptCard | None
    counts: BoardCounts
    cut: TimelineCard | None
    films: int
    poster: str | None
    team: Team


_MOST_REMEMBERED = 5_000
_remembered: OrderedDict[str, tuple[datetime, _Known]] = OrderedDict()
_remembering = Lock()


def _gathered(uow: UnitOfWork, found: Sequence[ProjectView]) -> dict[str, _Known]:
    """What is known of each project, by id. This process remembers it until something in the project changes.

    Whoever changes what is counted here notes it on the project in the same transaction (`projects.mark_changed`).
    """
    known: dict[str, _Known] = {}
    if not uow.writes:  # a transaction may change things after it noted the change
        with _remembering:
            for project in found:
                at, what = _remembered.get(project.id, (None, None))
                if what and at == project.changed_at:
                    known[project.id] = what
    asked = [p for p in found if p.id not in known]
    if asked:
        fresh = _asked(uow, [p.id for p in asked])
        known |= fresh
        with _remembering:
            for project in () if uow.writes else asked:
                _remembered[project.id] = (project.changed_at, fresh[project.id])
                _remembered.move_to_end(project.id)
            while len(_remembered) > _MOST_REMEMBERED:
                _remembered.popitem(last=False)
    return known


def _asked(uow: UnitOfWork, ids: Sequence[str]) -> dict[str, _Known]:
    written = scripts.latest_by_project(uow, ids)
    boards = storyboards.counts_by_script(uow, [s.id for s in written.values()])
    cuts, films = timelines.latest_by_project(uow, ids), renders.counts_by_project(uow, ids)
    teams, posters = projects.teams_of(uow, ids), renders.posters_by_project(uow, ids)
    return {
        each: _Known(
            script=(script := written.get(each)),
            counts=boards.get(script.id, _NOTHING) if script else _NOTHING,
            cut=cuts.get(each),
            films=films.get(each, 0),
            poster=(boards[script.id].poster if script and script.id in boards else None) or posters.get(each),
            team=teams.get(each, _NOBODY),
        )
        for each in ids
    }


def _cards(uow: UnitOfWork, found: Sequence[ProjectView]) -> tuple[ProjectCard, ...]:
    return _shown(uow, found, _gathered(uow, found))


def _shown(uow: UnitOfWork, found: Sequence[ProjectView], known: dict[str, _Known]) -> tuple[ProjectCard, ...]:
    named = {p.changed_by_id for p in found if p.changed_by_id}
    people = accounts.list_people(uow, named.union(*({user for user, _ in known[p.id].team.first} for p in found)))
    return tuple(_card(project, known[project.id], people) for project in found)


def _card(project: ProjectView, known: _Known, people: dict[str, UserView]) -> ProjectCard:
    changed_by = people.get(project.changed_by_id or "")
    frames = known.cut.frames if known.cut else known.counts.frames
    return ProjectCard(
        id=project.id,
        name=project.name,
        role=project.role.value if project.role else "",
        away=project.away,
        frames=frames,
        rate=str(project.rate),
        length_s=float(project.rate.seconds(frames)),
        aspect=aspect_of(project.width, project.height),
        poster_sha256=known.poster,
        members=tuple(
            MemberView(user, people[user].display_name, people[user].email, role)
            for user, role in known.team.first
            if user in people
        ),
        member_count=known.team.count,
        changed_at=project.changed_at,
        changed_by=changed_by.display_name if changed_by else "",
        stages=stages_of(known.script, known.counts, known.cut, known.films),
    )


def _state(count: int, total: int) -> StageState:
    if not count:
        return "none"
    return "done" if count >= total else "part"
