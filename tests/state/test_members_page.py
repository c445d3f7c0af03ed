"""A project's settings: who may change who is in it, and what is said when they may not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from state.members import MembersState
from state.notices import NoticesState
from state.project import ProjectState
from studio.accounts.views import SignedIn
from studio.core.db import reading, unit_of_work
from studio.projects import service as projects
from studio.projects.views import ProjectRole
from tests.state.conftest import Tab, tab

pytestmark = pytest.mark.services
Register = Callable[[str], SignedIn]


@pytest.fixture
def mara(person: Register) -> SignedIn:
    return person("mara")


@pytest.fixture
def project_id(mara: SignedIn) -> str:
    with unit_of_work() as uow:
        return projects.create_project(uow, mara.session.actor, name="Night Ferry").id


def _page(who: SignedIn, project_id: str) -> Tab:
    it = tab(who.token, f"/p/{project_id}/settings", project_id=project_id)
    it.call(MembersState, "load")
    return it


def _add(page: Tab, name: str, role: str = "editor") -> None:
    page.call(MembersState, "add", form={"email": f"{name}@example.com", "role": role})


def _roles(who: SignedIn, project_id: str) -> dict[str, str]:
    with reading() as uow:
        found = projects.list_members(uow, who.session.actor, project_id)
    return {m.display_name: m.role.value for m in found}


def test_an_owner_adds_people_by_e_mail_and_changes_their_role(
    person: Register, mara: SignedIn, project_id: str
) -> None:
    tunde = person("tunde")
    page = _page(mara, project_id)
    _add(page, "tunde", "viewer")
    page.call(MembersState, "change", user_id=tunde.session.user.id, role="editor")
    assert [(r.name, r.role, r.me) for r in page.get(MembersState).rows] == [
        ("Mara", "owner", True),
        ("Tunde", "editor", False),
    ]


def test_an_unknown_e_mail_is_told_beside_the_field_which_keeps_it(mara: SignedIn, project_id: str) -> None:
    page = _page(mara, project_id)
    _add(page, "nobody")
    state = page.get(MembersState)
    assert state.problem.startswith("Nobody in this studio has this e-mail")
    assert state.email == "nobody@example.com"


def test_who_was_removed_can_be_put_back_as_they_were(person: Register, mara: SignedIn, project_id: str) -> None:
    tunde = person("tunde").session.user.id
    page = _page(mara, project_id)
    _add(page, "tunde")
    page.call(MembersState, "remove", user_id=tunde)
    assert _roles(mara, project_id) == {"Mara": "owner"}
    assert [(r.name, r.gone) for r in page.get(MembersState).rows] == [("Mara", False), ("Tunde", True)]
    page.call(MembersState, "put_back", user_id=tunde)
    assert _roles(mara, project_id) == {"Mara": "owner", "Tunde": "editor"}
    assert [r.gone for r in page.get(MembersState).rows] == [False, False]


def test_the_last_owner_cannot_leave(mara: SignedIn, project_id: str) -> None:
    page = _page(mara, project_id)
    page.call(MembersState, "leave")
    assert "owner" in page.get(NoticesState).items[-1].text
    assert _roles(mara, project_id) == {"Mara": "owner"}


def test_a_member_leaves_and_is_taken_to_the_projects(person: Register, mara: SignedIn, project_id: str) -> None:
    tunde = person("tunde")
    _add(_page(mara, project_id), "tunde")
    assert "/projects" in str(_page(tunde, project_id).call(MembersState, "leave"))
    assert _roles(mara, project_id) == {"Mara": "owner"}


@pytest.mark.parametrize(
    ("handler", "arguments"),
    [
        ("add", {"form": {"email": "lena@example.com", "role": "owner"}}),
        ("change", {"user_id": "me", "role": "owner"}),
        ("remove", {"user_id": "mara"}),
        ("put_away", {}),
        ("bring_back", {}),
    ],
)
def test_an_editor_decides_nothing_about_people_or_shelf(
    person: Register, mara: SignedIn, project_id: str, handler: str, arguments: dict[str, object]
) -> None:
    tunde = person("tunde")
    person("lena")
    _add(_page(mara, project_id), "tunde")
    ids = {"me": tunde.session.user.id, "mara": mara.session.user.id}
    page = _page(tunde, project_id)
    page.call(MembersState, handler, **{k: ids.get(str(v), v) for k, v in arguments.items()})
    assert _roles(mara, project_id) == {"Mara": "owner", "Tunde": "editor"}
    told = page.get(MembersState).problem or page.get(NoticesState).items[-1].text
    assert told.startswith("Only an owner of this project")


def test_a_viewer_cannot_rename(person: Register, mara: SignedIn, project_id: str) -> None:
    lena = person("lena")
    _add(_page(mara, project_id), "lena", "viewer")
    page = _page(lena, project_id)
    page.call(MembersState, "rename", form={"name": "Mine now"})
    assert "not change it" in page.get(MembersState).name_problem
    assert page.get(ProjectState).name == "Night Ferry"


def test_the_name_and_the_shelf_can_be_undone(mara: SignedIn, project_id: str) -> None:
    page = _page(mara, project_id)
    page.call(MembersState, "rename", form={"name": "Day Ferry"})
    assert page.get(ProjectState).name == "Day Ferry"
    page.call(MembersState, "put_away")
    assert page.get(ProjectState).away
    page.call(NoticesState, "undo", notice_id=page.get(NoticesState).items[-1].id)
    with reading() as uow:
        view = projects.get_project(uow, mara.session.actor, project_id)
    assert (view.name, view.away, view.role) == ("Day Ferry", False, ProjectRole.OWNER)


@pytest.mark.parametrize("role", ["admin", "", 1])
def test_a_forged_role_is_refused(mara: SignedIn, project_id: str, role: object) -> None:
    page = _page(mara, project_id)
    page.call(MembersState, "change", user_id=mara.session.user.id, role=role)
    assert _roles(mara, project_id) == {"Mara": "owner"}
