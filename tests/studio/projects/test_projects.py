"""Projects: who may do what, and what a project may be."""

from __future__ import annotations

import itertools

import pytest

from studio.accounts.views import Actor, UserRole
from studio.core.db import unit_of_work
from studio.core.errors import Invalid
from studio.projects import policy
from studio.projects import service as projects
from studio.projects.views import ProjectRole
from tests.factories.studio import make_place

SEES = {ProjectRole.OWNER, ProjectRole.EDITOR, ProjectRole.REVIEWER, ProjectRole.VIEWER}
EDITS = {ProjectRole.OWNER, ProjectRole.EDITOR}


@pytest.mark.parametrize(("user", "role"), list(itertools.product(UserRole, [*ProjectRole, None])))
def test_the_policy_is_this_table(user: UserRole, role: ProjectRole | None) -> None:
    actor = Actor("u", user)
    assert policy.may_see(actor, role) == (role in SEES or user is UserRole.ADMIN)
    assert policy.may_edit(actor, role) == (role in EDITS or user is UserRole.ADMIN)


@pytest.mark.services
@pytest.mark.usefixtures("database")
def test_a_project_needs_a_name_and_an_even_size() -> None:
    place = make_place()
    for wrong in ({"name": "  "}, {"name": "x" * 201}, {"name": "a", "width": 641}, {"name": "a", "height": 9}):
        with pytest.raises(Invalid), unit_of_work() as uow:
            projects.create_project(uow, place.actor, **wrong)  # type: ignore[arg-type]
