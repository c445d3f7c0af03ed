"""Projects: made, listed, renamed, put away and brought back."""

from __future__ import annotations

from studio.accounts.views import Actor
from studio.core import clock
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict, Forbidden, Invalid, NotFound
from studio.core.text import one_line
from studio.engine.time import Rate
from studio.projects import policy, repository
from studio.projects.events import ProjectChanged, ProjectEdited
from studio.projects.models import Member, Project
from studio.projects.service import formats
from studio.projects.views import FilmFormat, Order, ProjectPage, ProjectRole, ProjectView, Scope

_LONGEST_NAME = 200
_LARGEST_PAGE = 100
_LAST_PAGE = 1_000_000


def create_project(uow: UnitOfWork, actor: Actor, *, name: str, film: FilmFormat | None = None) -> ProjectView:
    """A new project owned by the actor; 16:9 at 24 frames a second unless another format is given.

    Raises:
        Invalid: a name is missing or too long, or no project has such a rate or size.
    """
    name, film = _checked_name(name), film or FilmFormat()
    formats.check(film)
    project = Project(
        owner_id=actor.user_id,
        changed_by_id=actor.user_id,
        name=name,
        rate=str(film.rate),
        width=film.width,
        height=film.height,
    )
    uow.session.add(project)
    uow.session.flush()
    uow.session.add(Member(project_id=project.id, user_id=actor.user_id, role=ProjectRole.OWNER.value))
    uow.session.flush()
    uow.record(ProjectChanged(project.id, "created", actor.user_id))
    return _view(project, ProjectRole.OWNER)


def change_format(uow: UnitOfWork, actor: Actor, project_id: str, film: FilmFormat) -> ProjectView:
    """Give a project another format; the caller has seen to it that nothing in it is told in the old ones.

    Raises:
        Invalid: no project has such a rate or size.
        NotFound, Forbidden, Conflict: the actor may not change the project, or it is put away.
    """
    project, role = _editable(uow, actor, project_id)
    formats.check(film)
    project.rate, project.width, project.height = str(film.rate), film.width, film.height
    uow.session.add(project)
    return _view(project, role)


def get_project(uow: UnitOfWork, actor: Actor, project_id: str) -> ProjectView:
    """A project the actor may see. Raises: NotFound (also when it is somebody else's)."""
    return _view(*visible(uow, actor, project_id))


def name_of(uow: UnitOfWork, project_id: str) -> str:
    """What a project is called, for whoever has the data folder at hand. Raises: NotFound."""
    name = repository.find_name(uow, project_id)
    if name is None:
        raise NotFound("There is no such project.")
    return name


def editable_project(uow: UnitOfWork, actor: Actor, project_id: str) -> ProjectView:
    """A project the actor may change.

    Raises:
        NotFound: it is not there, or the actor may not see it.
        Forbidden: the actor may see it, not change it.
        Conflict: it is put away (code "put_away").
    """
    return _view(*_editable(uow, actor, project_id))


def list_projects(
    uow: UnitOfWork, actor: Actor, *, scope: Scope = "all", order: Order = "changed", page: int = 1, limit: int = 20
) -> ProjectPage:
    """A page of the projects the actor is a member of: "mine" and "shared" part "all"; "away" holds those put away."""
    limit = max(1, min(limit, _LARGEST_PAGE))
    first = (max(1, min(page, _LAST_PAGE)) - 1) * limit
    found, total = repository.list_projects_of(uow, actor.user_id, scope, order, first=first, limit=limit)
    return ProjectPage(tuple(_view(project, ProjectRole(role)) for project, role in found), total)


def count_projects(uow: UnitOfWork, actor: Actor) -> dict[str, int]:
    """How many projects the actor has under all, mine, shared and away."""
    return repository.count_projects_of(uow, actor.user_id)


def rename_project(uow: UnitOfWork, actor: Actor, project_id: str, name: str) -> ProjectView:
    """Give a project another name.

    Raises:
        Invalid: the name is missing or too long.
        NotFound, Forbidden, Conflict: as `editable_project`.
    """
    project, role = _editable(uow, actor, project_id)
    name = _checked_name(name)
    repository.lock_project(uow, project_id)
    was, project.name = project.name, name
    project.changed_at, project.changed_by_id = clock.now(), actor.user_id
    uow.session.flush()
    if was != name:
        told = f"rename “{was}” to “{name}”"
        uow.record(ProjectEdited(project.id, actor.user_id, "rename", told, {"name": was}, {"name": name}))
    uow.record(ProjectChanged(project.id, "name", actor.user_id))
    return _view(project, role)


def put_away(uow: UnitOfWork, actor: Actor, project_id: str) -> ProjectView:
    """Take a project out of the lists, readable but not changeable until it is brought back.

    Raises:
        NotFound, Forbidden: the actor may not manage it.
    """
    project, role = manageable(uow, actor, project_id)
    repository.lock_project(uow, project_id)
    if project.away_at is None:
        project.away_at = clock.now()
        uow.session.flush()
        told = "put the project away"
        uow.record(ProjectEdited(project.id, actor.user_id, "put_away", told, {"away": False}, {"away": True}))
        uow.record(ProjectChanged(project.id, "away", actor.user_id))
    return _view(project, role)


def bring_back(uow: UnitOfWork, actor: Actor, project_id: str) -> ProjectView:
    """Put a project that was put away back among the others. Raises: NotFound, Forbidden."""
    project, role = manageable(uow, actor, project_id)
    repository.lock_project(uow, project_id)
    if project.away_at is not None:
        project.away_at = None
        uow.session.flush()
        told = "bring the project back"
        uow.record(ProjectEdited(project.id, actor.user_id, "bring_back", told, {"away": True}, {"away": False}))
        uow.record(ProjectChanged(project.id, "back", actor.user_id))
    return _view(project, role)


def mark_changed(uow: UnitOfWork, actor: Actor, project_id: str, what: str = "content") -> None:
    """Note that the actor has just changed something in a project; the caller has checked that they may.

    Raises:
        NotFound: there is no such project.
    """
    if not repository.mark_changed(uow, project_id, actor.user_id, clock.now()):
        raise NotFound("There is no such project.")
    uow.record(ProjectChanged(project_id, what, actor.user_id))


def visible(uow: UnitOfWork, actor: Actor, project_id: str) -> tuple[Project, ProjectRole | None]:
    """A project the actor may see, with their role. Raises: NotFound."""
    key = ("project", project_id, actor.user_id)
    found = uow.once(key, lambda: repository.find_project_for(uow, project_id, actor.user_id))
    if found is None or not policy.may_see(actor, found[1]):
        raise NotFound("There is no such project.")
    return found


def manageable(uow: UnitOfWork, actor: Actor, project_id: str) -> tuple[Project, ProjectRole | None]:
    """A project whose members and shelf the actor decides on. Raises: NotFound, Forbidden."""
    project, role = visible(uow, actor, project_id)
    if not policy.may_manage(actor, role):
        raise Forbidden("Only an owner of this project can do that. Ask one of them.")
    return project, role


def _editable(uow: UnitOfWork, actor: Actor, project_id: str) -> tuple[Project, ProjectRole | None]:
    project, role = visible(uow, actor, project_id)
    if not policy.may_edit(actor, role):
        raise Forbidden("You can see this project but not change it. Ask its owner to make you an editor.")
    if project.away_at is not None:
        raise Conflict("This project is put away. Bring it back first, then change it.", code="put_away")
    return project, role


def _checked_name(text: str) -> str:
    name = one_line(text)
    if not name or len(name) > _LONGEST_NAME:
        raise Invalid(f"A project needs a name of 1 to {_LONGEST_NAME} characters.", field="name")
    return name


def _view(project: Project, role: ProjectRole | None) -> ProjectView:
    return ProjectView(
        project.id,
        project.name,
        Rate.parse(project.rate),
        project.width,
        project.height,
        role,
        project.away_at is not None,
        project.changed_at,
        project.changed_by_id,
    )
