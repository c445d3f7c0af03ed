"""Projects: who may do what, what a project may be, and how it is listed, renamed and put away."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
import time_machine

from studio.accounts.views import Actor, UserRole
from studio.core import clock, events
from studio.core.db import UnitOfWork, reading, unit_of_work
from studio.core.errors import Conflict, Forbidden, Invalid, NotFound
from studio.projects import policy
from studio.projects import service as projects
from studio.projects.events import ProjectChanged
from studio.projects.models import Member
from studio.projects.views import ProjectRole
from tests.factories.studio import Place, make_place, make_stranger

OWNER, EDITOR, REVIEWER, VIEWER = ProjectRole

# Whether an ordinary person in this role may: see, edit, manage.
ROLES = {
    OWNER: (True, True, True),
    EDITOR: (True, True, False),
    REVIEWER: (True, False, False),
    VIEWER: (True, False, False),
    None: (False, False, False),
}


@pytest.fixture
def place(database: str) -> Place:
    return make_place()


def joined(uow: UnitOfWork, place: Place, role: ProjectRole) -> Actor:
    """Somebody else with this role in the place's project."""
    actor = make_stranger(uow)
    uow.session.add(Member(project_id=place.project_id, user_id=actor.user_id, role=role.value))
    return actor


@pytest.mark.parametrize(("user", "role"), list(itertools.product(UserRole, [*ProjectRole, None])))
def test_the_policy_is_this_table(user: UserRole, role: ProjectRole | None) -> None:
    actor = Actor("u", user)
    given = (policy.may_see(actor, role), policy.may_edit(actor, role), policy.may_manage(actor, role))
    assert given == ((True, True, True) if user is UserRole.ADMIN else ROLES[role])


ACTIONS = {
    "get": lambda uow, actor, pid: projects.get_project(uow, actor, pid),
    "list members": lambda uow, actor, pid: projects.list_members(uow, actor, pid),
    "edit": lambda uow, actor, pid: projects.editable_project(uow, actor, pid),
    "rename": lambda uow, actor, pid: projects.rename_project(uow, actor, pid, "Another"),
    "put away": lambda uow, actor, pid: projects.put_away(uow, actor, pid),
    "bring back": lambda uow, actor, pid: projects.bring_back(uow, actor, pid),
    "add": lambda uow, actor, pid: projects.add_member(uow, actor, pid, email="nobody@example.com", role=VIEWER),
    "change": lambda uow, actor, pid: projects.change_member(uow, actor, pid, "nobody", VIEWER),
    "remove": lambda uow, actor, pid: projects.remove_member(uow, actor, pid, "nobody"),
}
NEEDS = {"get": 0, "list members": 0, "edit": 1, "rename": 1}  # all others: 2, to manage


def outcome_of(action: str, actor: Actor, project_id: str) -> str:
    try:
        with unit_of_work() as uow:
            ACTIONS[action](uow, actor, project_id)
    except Forbidden:
        return "forbidden"
    except NotFound as e:
        return "no project" if "no such project" in e.message else "done"  # no such person: past the gate
    return "done"


@pytest.mark.services
@pytest.mark.parametrize("role", [*ROLES])
def test_every_service_asks_the_policy(place: Place, role: ProjectRole | None) -> None:
    with unit_of_work() as uow:
        actor = joined(uow, place, role) if role else make_stranger(uow)
    refused = "forbidden" if role else "no project"
    expected = {action: "done" if ROLES[role][NEEDS.get(action, 2)] else refused for action in ACTIONS}
    assert {action: outcome_of(action, actor, place.project_id) for action in ACTIONS} == expected


@pytest.mark.services
def test_a_project_that_is_not_there_is_not_found(place: Place) -> None:
    assert {outcome_of(action, place.actor, "nothing") for action in ACTIONS} == {"no project"}


@pytest.mark.services
def test_a_project_needs_a_name(place: Place) -> None:
    for wrong in (" \x00 ", "x" * 201):
        with pytest.raises(Invalid), unit_of_work() as uow:
            projects.create_project(uow, place.actor, name=wrong)


@pytest.mark.services
def test_an_admin_sees_a_project_without_being_in_it(place: Place) -> None:
    with unit_of_work() as uow:
        stranger = make_stranger(uow)
        theirs = projects.create_project(uow, stranger, name="Theirs")
        assert theirs.role is OWNER
        assert projects.get_project(uow, place.actor, theirs.id).role is None
        assert projects.role_in(uow, place.actor, theirs.id) is None
        assert projects.role_in(uow, stranger, theirs.id) is OWNER
        assert [p.name for p in projects.list_projects(uow, place.actor).items] == ["A film"]


@pytest.mark.services
def test_the_lists_hold_what_their_names_say(place: Place) -> None:
    with unit_of_work() as uow:
        joined_one = joined(uow, place, VIEWER)
        for name in ("own", "away"):
            made = projects.create_project(uow, joined_one, name=name)
        projects.put_away(uow, joined_one, made.id)
        projects.create_project(uow, place.actor, name="not theirs")
        shared = projects.create_project(uow, place.actor, name="shared, away")
        uow.session.add(Member(project_id=shared.id, user_id=joined_one.user_id, role=EDITOR.value))
        projects.put_away(uow, place.actor, shared.id)
    with reading() as uow:
        listed = {
            scope: sorted(p.name for p in projects.list_projects(uow, joined_one, scope=scope).items)
            for scope in ("all", "mine", "shared", "away")
        }
        assert listed == {
            "all": ["A film", "own"],
            "mine": ["own"],
            "shared": ["A film"],
            "away": ["away", "shared, away"],
        }
        assert projects.count_projects(uow, joined_one) == {s: len(names) for s, names in listed.items()}
        assert projects.list_projects(uow, joined_one, scope="shared").items[0].role is VIEWER


@pytest.mark.services
def test_a_list_is_ordered_as_asked_and_paged(place: Place) -> None:
    with unit_of_work() as uow:
        actor = make_stranger(uow)
    began = clock.now()
    made: dict[str, str] = {}
    for n, name in enumerate(("beta", "Alpha", "gamma")):
        with time_machine.travel(began + timedelta(seconds=n), tick=False), unit_of_work() as uow:
            made[name] = projects.create_project(uow, actor, name=name).id
    with time_machine.travel(began + timedelta(seconds=9), tick=False), unit_of_work() as uow:
        projects.mark_changed(uow, actor, made["Alpha"])

    def names(**how: object) -> list[str]:
        with reading() as uow:
            page = projects.list_projects(uow, actor, **how)
        assert page.total == 3
        return [p.name for p in page.items]

    assert names() == ["Alpha", "gamma", "beta"]
    assert names(order="name") == ["Alpha", "beta", "gamma"]
    assert names(order="created") == ["gamma", "Alpha", "beta"]
    assert [names(order="name", page=p, limit=2) for p in (1, 2, 3)] == [["Alpha", "beta"], ["gamma"], []]
    assert names(order="name", page=-5, limit=0) == ["Alpha"]
    assert names(page=10**30, limit=10**30) == []


@pytest.mark.services
def test_a_page_holds_at_most_a_hundred(place: Place) -> None:
    with unit_of_work() as uow:
        for n in range(101):
            projects.create_project(uow, place.actor, name=f"Film {n}")
        page = projects.list_projects(uow, place.actor, limit=500)
    assert (len(page.items), page.total) == (100, 102)


@pytest.mark.services
def test_a_project_put_away_is_read_but_not_changed_until_it_is_back(place: Place) -> None:
    with unit_of_work() as uow:
        assert projects.put_away(uow, place.actor, place.project_id).away
    for change in ("edit", "rename"):
        with pytest.raises(Conflict, match="Bring it back first") as refused, unit_of_work() as uow:
            ACTIONS[change](uow, place.actor, place.project_id)
        assert refused.value.code == "put_away"
    with unit_of_work() as uow:
        assert projects.get_project(uow, place.actor, place.project_id).away
        assert not projects.bring_back(uow, place.actor, place.project_id).away
        projects.rename_project(uow, place.actor, place.project_id, "Back")


@pytest.mark.services
def test_every_change_is_told_once_and_dated(place: Place) -> None:
    told: list[ProjectChanged] = []
    events.subscribe(ProjectChanged, told.append)
    with unit_of_work() as uow:
        editor = joined(uow, place, EDITOR)
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=False):
        with unit_of_work() as uow:
            renamed = projects.rename_project(uow, editor, place.project_id, " The  Last Ferry ")
            projects.mark_changed(uow, editor, place.project_id)
            for _ in range(2):
                projects.put_away(uow, place.actor, place.project_id)
            for _ in range(2):
                projects.bring_back(uow, place.actor, place.project_id)
            projects.create_project(uow, place.actor, name="New")
        assert (renamed.name, renamed.changed_at, renamed.changed_by_id) == (
            "The Last Ferry",
            clock.now(),
            editor.user_id,
        )
    assert [(e.what, e.actor_id) for e in told] == [
        ("name", editor.user_id),
        ("content", editor.user_id),
        ("away", place.actor.user_id),
        ("back", place.actor.user_id),
        ("created", place.actor.user_id),
    ]


@pytest.mark.services
def test_what_is_not_there_cannot_be_marked_changed(place: Place) -> None:
    with pytest.raises(NotFound), unit_of_work() as uow:
        projects.mark_changed(uow, place.actor, "nothing")
