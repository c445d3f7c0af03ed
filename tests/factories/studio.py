"""People, projects and runs to test with."""

from __future__ import annotations

from dataclasses import dataclass

from studio.accounts import service as accounts
from studio.accounts.models import User
from studio.accounts.views import Actor, UserRole
from studio.core.db import UnitOfWork, unit_of_work
from studio.projects import service as projects
from studio.runs import service as runs
from studio.runs.views import RunView


@dataclass(frozen=True)
class Place:
    """An owner and their project."""

    actor: Actor
    project_id: str


def make_place() -> Place:
    with unit_of_work() as uow:
        actor = accounts.ensure_owner(uow)
        return Place(actor, projects.create_project(uow, actor, name="A film").id)


def make_stranger(uow: UnitOfWork) -> Actor:
    user = User(email="s@example.invalid", username="stranger", display_name="S", role="user")
    uow.session.add(user)
    uow.session.flush()
    return Actor(user.id, UserRole.USER)


def submit(
    place: Place, kind: str = "panel", *, parent: str | None = None, key: str | None = None, weight: float = 1.0
) -> RunView:
    with unit_of_work() as uow:
        return runs.submit_run(
            uow, place.actor, place.project_id, kind, {"n": 1}, parent_id=parent, idem_key=key, weight=weight
        )
