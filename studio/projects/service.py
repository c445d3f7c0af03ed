"""Use cases of projects."""

from __future__ import annotations

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Forbidden, Invalid, NotFound
from studio.engine.time import Rate
from studio.projects import policy, repository
from studio.projects.models import Member, Project
from studio.projects.views import ProjectRole, ProjectView

_LONGEST_NAME = 200
FILM_RATE = Rate(24)


def create_project(
    uow: UnitOfWork, actor: Actor, *, name: str, rate: Rate = FILM_RATE, width: int = 1920, height: int = 1080
) -> ProjectView:
    """A new project owned by the actor; width and height in pixels, both even.

    Raises:
        Invalid: a name is missing or too long, or the size is not an even number of pixels from 16 to 7680.
    """
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST_NAME:
        raise Invalid(f"A project needs a name of 1 to {_LONGEST_NAME} characters.", field="name")
    if not all(16 <= side <= 7680 and side % 2 == 0 for side in (width, height)):
        raise Invalid("Width and height must be even numbers of pixels from 16 to 7680.", field="size")
    project = Project(owner_id=actor.user_id, name=name, rate=str(rate), width=width, height=height)
    uow.session.add(project)
    uow.session.flush()
    uow.session.add(Member(project_id=project.id, user_id=actor.user_id, role=ProjectRole.OWNER.value))
    uow.session.flush()
    return _view(project)


def get_project(uow: UnitOfWork, actor: Actor, project_id: str) -> ProjectView:
    """A project the actor may see. Raises: NotFound (also when it is somebody else's)."""
    return _view(_visible(uow, actor, project_id)[0])


def editable_project(uow: UnitOfWork, actor: Actor, project_id: str) -> ProjectView:
    """A project the actor may change.

    Raises:
        NotFound: it is not there, or the actor may not see it.
        Forbidden: the actor may see it, not change it.
    """
    project, role = _visible(uow, actor, project_id)
    if not policy.may_edit(actor, role):
        raise Forbidden("You can see this project but not change it. Ask its owner to make you an editor.")
    return _view(project)


def _visible(uow: UnitOfWork, actor: Actor, project_id: str) -> tuple[Project, ProjectRole | None]:
    found = repository.find_project_for(uow, project_id, actor.user_id)
    if found is None or not policy.may_see(actor, found[1]):
        raise NotFound("There is no such project.")
    return found


def _view(project: Project) -> ProjectView:
    return ProjectView(project.id, project.name, Rate.parse(project.rate), project.width, project.height)
