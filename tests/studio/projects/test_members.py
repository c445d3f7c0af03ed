"""Members: let in, given roles, taken out, and never without an owner."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event

from studio.accounts import service as accounts
from studio.accounts.models import User
from studio.accounts.views import Actor
from studio.core import db, events
from studio.core.db import UnitOfWork, reading, unit_of_work
from studio.core.errors import Conflict, Forbidden, Invalid, LimitReached, NotFound
from studio.core.settings import settings
from studio.projects import repository
from studio.projects import service as projects
from studio.projects.events import ProjectChanged
from studio.projects.models import Member, Project
from studio.projects.service import members
from studio.projects.views import ProjectRole

pytestmark = [pytest.mark.services, pytest.mark.usefixtures("database")]

OWNER, EDITOR, REVIEWER, VIEWER = ProjectRole


def person(name: str) -> Actor:
    made = accounts.register(email=f"{name}@example.com", password="the ferry at dawn", display_name=name.title())
    return made.session.actor


@pytest.fixture
def mara(database: str) -> Actor:
    person("admin")
    return person("mara")


@pytest.fixture
def ben(database: str) -> Actor:
    return person("ben")


@pytest.fixture
def project_id(mara: Actor) -> str:
    with unit_of_work() as uow:
        return projects.create_project(uow, mara, name="The Last Ferry").id


def add(actor: Actor, project_id: str, email: str, role: ProjectRole) -> None:
    with unit_of_work() as uow:
        projects.add_member(uow, actor, project_id, email=email, role=role)


def roles(actor: Actor, project_id: str) -> dict[str, ProjectRole]:
    with reading() as uow:
        return {m.display_name: m.role for m in projects.list_members(uow, actor, project_id)}


def test_an_owner_lets_people_in_by_their_e_mail(mara: Actor, ben: Actor, project_id: str) -> None:
    with unit_of_work() as uow:
        added = projects.add_member(uow, mara, project_id, email=" BEN@example.com ", role=EDITOR)
    assert (added.user_id, added.display_name, added.email, added.role) == (
        ben.user_id,
        "Ben",
        "ben@example.com",
        EDITOR,
    )
    with reading() as uow:
        assert projects.role_in(uow, ben, project_id) is EDITOR
        assert projects.editable_project(uow, ben, project_id).role is EDITOR
    assert roles(ben, project_id) == {"Mara": OWNER, "Ben": EDITOR}


def test_who_cannot_be_let_in_is_told_why(mara: Actor, ben: Actor, project_id: str) -> None:
    with pytest.raises(NotFound, match="sign up first"):
        add(mara, project_id, "nobody@example.com", VIEWER)
    with pytest.raises(Invalid, match="e-mail address"):
        add(mara, project_id, "ben", VIEWER)
    add(mara, project_id, "ben@example.com", VIEWER)
    with pytest.raises(Conflict, match="Ben is in this project already"):
        add(mara, project_id, "ben@example.com", EDITOR)
    with pytest.raises(Forbidden):
        add(ben, project_id, "admin@example.com", VIEWER)
    assert roles(mara, project_id) == {"Mara": OWNER, "Ben": VIEWER}


def test_a_project_has_a_most_members(
    mara: Actor, ben: Actor, project_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(members, "MOST_MEMBERS", 1)
    with pytest.raises(LimitReached, match="at most 1 members"):
        add(mara, project_id, "ben@example.com", VIEWER)


def test_a_role_changes_what_one_may(mara: Actor, ben: Actor, project_id: str) -> None:
    add(mara, project_id, "ben@example.com", VIEWER)
    with pytest.raises(Forbidden), unit_of_work() as uow:
        projects.change_member(uow, ben, project_id, ben.user_id, OWNER)
    with unit_of_work() as uow:
        assert projects.change_member(uow, mara, project_id, ben.user_id, EDITOR).role is EDITOR
        projects.rename_project(uow, ben, project_id, "By Ben")


def test_members_leave_by_themselves_and_owners_take_out_others(mara: Actor, ben: Actor, project_id: str) -> None:
    add(mara, project_id, "ben@example.com", VIEWER)
    with pytest.raises(Forbidden), unit_of_work() as uow:
        projects.remove_member(uow, ben, project_id, mara.user_id)
    with unit_of_work() as uow:
        projects.remove_member(uow, ben, project_id, ben.user_id)
    with pytest.raises(NotFound), reading() as uow:
        projects.get_project(uow, ben, project_id)
    with pytest.raises(NotFound, match="not in this project"), unit_of_work() as uow:
        projects.remove_member(uow, mara, project_id, ben.user_id)
    add(mara, project_id, "ben@example.com", VIEWER)
    with unit_of_work() as uow:
        projects.remove_member(uow, mara, project_id, ben.user_id)
    assert roles(mara, project_id) == {"Mara": OWNER}


def test_the_last_owner_stays_one(mara: Actor, ben: Actor, project_id: str) -> None:
    add(mara, project_id, "ben@example.com", EDITOR)
    with pytest.raises(Conflict, match="needs an owner"), unit_of_work() as uow:
        projects.remove_member(uow, mara, project_id, mara.user_id)
    with pytest.raises(Conflict, match="needs an owner"), unit_of_work() as uow:
        projects.change_member(uow, mara, project_id, mara.user_id, EDITOR)
    with unit_of_work() as uow:
        projects.change_member(uow, mara, project_id, mara.user_id, OWNER)
    assert roles(mara, project_id) == {"Mara": OWNER, "Ben": EDITOR}


def test_another_owner_stands_for_the_project_when_the_first_leaves(mara: Actor, ben: Actor, project_id: str) -> None:
    add(mara, project_id, "ben@example.com", OWNER)
    with unit_of_work() as uow:
        projects.remove_member(uow, mara, project_id, mara.user_id)
    with reading() as uow:
        assert uow.session.get_one(Project, project_id).owner_id == ben.user_id
    assert roles(ben, project_id) == {"Ben": OWNER}


def test_two_owners_who_leave_at_once_do_not_both(
    mara: Actor, ben: Actor, project_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(mara, project_id, "ben@example.com", OWNER)
    ready = threading.Barrier(2)
    look = repository.find_other_owner

    def slowly(uow: UnitOfWork, project_id: str, user_id: str) -> str | None:
        found = look(uow, project_id, user_id)
        time.sleep(0.3)  # long enough for the other to look too, if nothing keeps it
        return found

    monkeypatch.setattr(repository, "find_other_owner", slowly)

    def leave(actor: Actor) -> str:
        ready.wait(20)
        try:
            with unit_of_work() as uow:
                projects.remove_member(uow, actor, project_id, actor.user_id)
        except Conflict as e:
            return e.code
        return "left"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(leave, (mara, ben))) == ["last_owner", "left"]


def test_every_change_of_members_is_told(mara: Actor, ben: Actor, project_id: str) -> None:
    told: list[ProjectChanged] = []
    events.subscribe(ProjectChanged, told.append)
    add(mara, project_id, "ben@example.com", VIEWER)
    with unit_of_work() as uow:
        projects.change_member(uow, mara, project_id, ben.user_id, EDITOR)
    with unit_of_work() as uow:
        projects.remove_member(uow, ben, project_id, ben.user_id)
    assert told == [ProjectChanged(project_id, "members", a.user_id) for a in (mara, mara, ben)]


def test_the_teams_of_many_projects_take_one_query_however_many(mara: Actor) -> None:
    with unit_of_work() as uow:
        users = [User(email=f"u{n}@example.com", username=f"u{n}", display_name=f"U{n}", role="user") for n in range(7)]
        uow.session.add_all(users)
        made = [projects.create_project(uow, mara, name=f"Film {n}").id for n in range(20)]
        uow.session.add_all([Member(project_id=made[0], user_id=u.id, role="viewer") for u in users])
    asked: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    engine = db.engine(settings().database)
    event.listen(engine, "before_cursor_execute", note)
    counts: list[int] = []
    for ids in (made[:1], made):
        with reading() as uow:
            found = projects.teams_of(uow, ids)
        assert list(found) == ids
        counts.append(len([a for a in asked if a.startswith(("SELECT", "WITH"))]))
        asked.clear()
    event.remove(engine, "before_cursor_execute", note)
    assert counts == [1, 1]
    assert found[made[0]].first[0] == (mara.user_id, OWNER)
    assert [user for user, _ in found[made[0]].first[1:]] == [u.id for u in users[:4]]
    assert found[made[1]].first == ((mara.user_id, OWNER),)
    assert [found[each].count for each in made[:2]] == [8, 1]
    with reading() as uow:
        assert projects.teams_of(uow, []) == {}
