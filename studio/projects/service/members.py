"""Who is in a project, and with what role."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from studio.accounts import service as accounts
from studio.accounts.views import Actor, UserView
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict, LimitReached, NotFound
from studio.projects import repository
from studio.projects.events import ProjectEdited
from studio.projects.models import Member, Project
from studio.projects.service.keeping import manageable, mark_changed, visible
from studio.projects.views import MemberView, ProjectRole, Team

MOST_MEMBERS = 200
_ON_A_CARD = 5


def role_in(uow: UnitOfWork, actor: Actor, project_id: str) -> ProjectRole | None:
    """The actor's role in a project; None when they are no member (an admin too) or there is no such project."""
    member = repository.find_member(uow, project_id, actor.user_id)
    return ProjectRole(member.role) if member else None


def list_members(uow: UnitOfWork, actor: Actor, project_id: str) -> tuple[MemberView, ...]:
    """Everybody in a project (at most 200), owners first. Raises: NotFound."""
    visible(uow, actor, project_id)
    return _views(uow, repository.list_members(uow, project_id, limit=MOST_MEMBERS))


def teams_of(uow: UnitOfWork, project_ids: Collection[str]) -> dict[str, Team]:
    """The first five in each of several projects, and how many there are. The caller knows that the actor may see them."""
    if not project_ids:
        return {}
    teams: dict[str, Team] = {}
    for project_id, person, role, count in repository.list_first_members(uow, project_ids, each=_ON_A_CARD):
        before = teams[project_id].first if project_id in teams else ()
        teams[project_id] = Team((*before, (person, ProjectRole(role))), count)
    return teams


def add_member(uow: UnitOfWork, actor: Actor, project_id: str, *, email: str, role: ProjectRole) -> MemberView:
    """Let somebody who has an account here into a project.

    Raises:
        NotFound: the actor may not see the project, or nobody here has this e-mail.
        Forbidden: the actor does not own it.
        Invalid: this is no e-mail.
        Conflict: they are in it already (code "already_member").
        LimitReached: the project has 200 members.
    """
    manageable(uow, actor, project_id)
    person = accounts.find_person(uow, email)
    if person is None:
        raise NotFound(
            "Nobody in this studio has this e-mail. Ask them to sign up first, then add them here.",
            code="no_such_person",
        )
    return _let_in(uow, actor, project_id, person, role)


def restore_member(uow: UnitOfWork, actor: Actor, project_id: str, user_id: str, role: ProjectRole) -> MemberView:
    """Let somebody who was in a project into it again. Raises: as `add_member`."""
    manageable(uow, actor, project_id)
    person = accounts.list_people(uow, {user_id}).get(user_id)
    if person is None:
        raise NotFound("This person has no account here any more.", code="no_such_person")
    return _let_in(uow, actor, project_id, person, role)


def _let_in(uow: UnitOfWork, actor: Actor, project_id: str, person: UserView, role: ProjectRole) -> MemberView:
    repository.lock_project(uow, project_id)
    if repository.find_member(uow, project_id, person.id):
        raise Conflict(f"{person.display_name} is in this project already.", code="already_member")
    if repository.count_members(uow, project_id) >= MOST_MEMBERS:
        raise LimitReached(f"A project has at most {MOST_MEMBERS} members. Remove somebody first.")
    member = Member(project_id=project_id, user_id=person.id, role=role.value)
    uow.session.add(member)
    _changed(uow, actor, project_id)
    _tell(uow, actor, project_id, person, "member_added", None, role.value)
    return _view(member, person)


def change_member(uow: UnitOfWork, actor: Actor, project_id: str, user_id: str, role: ProjectRole) -> MemberView:
    """Give a member another role.

    Raises:
        NotFound: the actor may not see the project, or this person is not in it.
        Forbidden: the actor does not own it.
        Conflict: it would be left without an owner (code "last_owner").
    """
    project, _ = manageable(uow, actor, project_id)
    member = _locked_member(uow, project_id, user_id)
    if role is not ProjectRole.OWNER:
        _hand_over(uow, project, member)
    was, member.role = member.role, role.value
    _changed(uow, actor, project_id)
    if was != member.role:
        _tell(uow, actor, project_id, _person(uow, user_id), "member_role", was, member.role)
    return _views(uow, [member])[0]


def remove_member(uow: UnitOfWork, actor: Actor, project_id: str, user_id: str) -> None:
    """Take somebody out of a project; members may leave by themselves.

    Raises:
        NotFound: the actor may not see the project, or this person is not in it.
        Forbidden: the actor does not own it and this is somebody else.
        Conflict: it would be left without an owner (code "last_owner").
    """
    leaving = user_id == actor.user_id
    project, _ = visible(uow, actor, project_id) if leaving else manageable(uow, actor, project_id)
    member = _locked_member(uow, project_id, user_id)
    _hand_over(uow, project, member)
    uow.session.delete(member)
    _changed(uow, actor, project_id)
    _tell(uow, actor, project_id, _person(uow, user_id), "member_removed", member.role, None)


def _person(uow: UnitOfWork, user_id: str) -> UserView:
    return accounts.list_people(uow, {user_id})[user_id]


def _tell(
    uow: UnitOfWork, actor: Actor, project_id: str, person: UserView, action: str, was: str | None, role: str | None
) -> None:
    """Have the history written: what `person` was in the project and is now; None is no member."""
    name = person.display_name
    labels = {
        "member_added": f"let {name} in as {role}",
        "member_role": f"make {name} {role}, not {was}",
        "member_removed": f"take {name} out",
    }
    before, after = ({"user_id": person.id, "role": each} for each in (was, role))
    uow.record(ProjectEdited(project_id, actor.user_id, action, labels[action], before, after))


def _locked_member(uow: UnitOfWork, project_id: str, user_id: str) -> Member:
    repository.lock_project(uow, project_id)
    member = repository.find_member(uow, project_id, user_id)
    if member is None:
        raise NotFound("This person is not in this project.")
    return member


def _hand_over(uow: UnitOfWork, project: Project, member: Member) -> None:
    """Before an owner stops being one: another owner stands for the project. Raises: Conflict (there is none)."""
    if member.role != ProjectRole.OWNER:
        return
    other = repository.find_other_owner(uow, project.id, member.user_id)
    if other is None:
        raise Conflict("A project needs an owner. Make somebody else an owner first.", code="last_owner")
    if project.owner_id == member.user_id:
        project.owner_id = other


def _changed(uow: UnitOfWork, actor: Actor, project_id: str) -> None:
    uow.session.flush()
    mark_changed(uow, actor, project_id, "members")


def _views(uow: UnitOfWork, members: Iterable[Member]) -> tuple[MemberView, ...]:
    found = list(members)
    people = accounts.list_people(uow, {m.user_id for m in found})
    return tuple(_view(m, people[m.user_id]) for m in found)


def _view(member: Member, person: UserView) -> MemberView:
    return MemberView(person.id, person.display_name, person.email, ProjectRole(member.role))
