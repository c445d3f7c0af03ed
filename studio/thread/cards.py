"""Projects as cards and as their own page: counts gathered from every domain in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from studio.accounts import service as accounts
from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.projects import service as projects
from studio.projects.views import MemberView, Order, ProjectView, Scope
from studio.renders import service as renders
from studio.scripts import service as scripts
from studio.scripts.views import ScriptCard
from studio.storyboards import service as storyboards
from studio.storyboards.views import BoardCounts
from studio.thread.views import NextStep, ProjectCard, ProjectHome, Stage, StageState
from studio.timelines import service as timelines
from studio.timelines.views import TimelineCard

_NOTHING = BoardCounts(0, 0, 0, 0, 0, "full", None)
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
    known = _gathered(uow, [project_id])
    script, cut = known.scripts.get(project_id), known.cuts.get(project_id)
    counts, finished = known.counts(project_id), known.films.get(project_id, 0)
    latest = renders.list_renders(uow, actor, project_id, limit=1).items
    return ProjectHome(
        card=_shown(uow, [project], known)[0],
        script=script,
        scenes=script.scenes if script else 0,
        shots=counts.shots,
        panels_drawn=counts.drawn,
        lines=counts.lines,
        lines_voiced=counts.voiced,
        timeline_frames=cut.frames if cut else 0,
        renders=finished,
        latest_render=latest[0] if latest else None,
        next_step=next_step(script, counts, finished),
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
        Stage("cut", _state(shots_cut, counts.shots), shots_cut, counts.shots, "shots"),
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
class _Gathered:
    """What the domains below say of several projects, by project (boards by script)."""

    scripts: dict[str, ScriptCard]
    boards: dict[str, BoardCounts]
    cuts: dict[str, TimelineCard]
    films: dict[str, int]

    def counts(self, project_id: str) -> BoardCounts:
        script = self.scripts.get(project_id)
        return self.boards.get(script.id, _NOTHING) if script else _NOTHING


def _gathered(uow: UnitOfWork, ids: Sequence[str]) -> _Gathered:
    written = scripts.latest_by_project(uow, ids)
    return _Gathered(
        written,
        storyboards.counts_by_script(uow, [s.id for s in written.values()]),
        timelines.latest_by_project(uow, ids),
        renders.counts_by_project(uow, ids),
    )


def _cards(uow: UnitOfWork, found: Sequence[ProjectView]) -> tuple[ProjectCard, ...]:
    return _shown(uow, found, _gathered(uow, [p.id for p in found]))


def _shown(uow: UnitOfWork, found: Sequence[ProjectView], known: _Gathered) -> tuple[ProjectCard, ...]:
    ids = [p.id for p in found]
    members, member_counts = projects.members_of(uow, ids), projects.count_members(uow, ids)
    people = accounts.list_people(uow, {p.changed_by_id for p in found if p.changed_by_id})
    return tuple(
        _card(
            project,
            members=(members.get(project.id, ()), member_counts.get(project.id, 0)),
            changed_by=people[by].display_name if (by := project.changed_by_id) and by in people else "",
            script=known.scripts.get(project.id),
            counts=known.counts(project.id),
            cut=known.cuts.get(project.id),
            films=known.films.get(project.id, 0),
        )
        for project in found
    )


def _card(
    project: ProjectView,
    *,
    members: tuple[tuple[MemberView, ...], int],
    changed_by: str,
    script: ScriptCard | None,
    counts: BoardCounts,
    cut: TimelineCard | None,
    films: int,
) -> ProjectCard:
    frames = cut.frames if cut else counts.frames
    return ProjectCard(
        id=project.id,
        name=project.name,
        role=project.role.value if project.role else "",
        away=project.away,
        frames=frames,
        rate=str(project.rate),
        length_s=float(project.rate.seconds(frames)),
        aspect=aspect_of(project.width, project.height),
        poster_sha256=counts.poster,
        members=members[0],
        member_count=members[1],
        changed_at=project.changed_at,
        changed_by=changed_by,
        stages=stages_of(script, counts, cut, films),
    )


def _state(count: int, total: int) -> StageState:
    if not count:
        return "none"
    return "done" if count >= total else "part"
