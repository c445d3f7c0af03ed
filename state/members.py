"""The settings of the open project: its name, who is in it with which role, and putting it away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import reflex as rx

from state.bridge import read, write
from state.gate import actor, handler
from state.hub import News
from state.notices import NoticesState
from state.project import ProjectState
from state.session import initials
from studio.core.errors import StudioError
from studio.projects import service as projects
from studio.projects.views import MemberView, ProjectRole

Choice = Literal["owner", "editor", "viewer"]


@dataclass(frozen=True, slots=True)
class Row:
    """One member, or one who was removed just now and may be put back."""

    user_id: str
    initials: str
    name: str
    email: str
    role: str
    tint: str
    me: bool
    gone: bool


class MembersState(rx.State):
    """What the settings page shows."""

    loaded: bool = False
    rows: list[Row] = []
    email: str = ""
    problem: str = ""
    name_problem: str = ""
    _shown: str = ""
    _gone: dict[str, Row] = {}

    @handler()
    async def load(self) -> None:
        project = await self.get_state(ProjectState)
        if str(getattr(self, "project_id", "")) != self._shown:
            self.loaded, self.rows = False, []
        self._gone, self.problem, self.email, self.name_problem = {}, "", "", ""
        home = await project._enter("Settings", MembersState)
        self._shown = home.card.id if home else ""
        if home is not None:
            await self._look()
        self.loaded = True

    @handler()
    async def rename(self, form: dict[str, Any]) -> None:
        project = await self.get_state(ProjectState)
        old = project.name
        try:
            view = await write(projects.rename_project, self._shown, str(form.get("name", "")))
        except StudioError as e:
            self.name_problem = e.message
            return
        self.name_problem = ""
        await project._read(self._shown)
        if view.name != old:
            told = f"Renamed to {view.name}."
            await self._tell(told, undo="Undo", act="rename_project", args=[self._shown, old])

    @handler()
    async def add(self, form: dict[str, Any]) -> None:
        """Let somebody in by e-mail; what is wrong is said beside the field, which keeps what was typed."""
        email, role = str(form.get("email", "")).strip(), str(form.get("role", ""))
        if role not in ("owner", "editor", "viewer"):
            role = "viewer"
        try:
            member = await write(projects.add_member, self._shown, email=email, role=ProjectRole(role))
        except StudioError as e:
            self.problem, self.email = e.message, email
            return
        self.problem, self.email = "", ""
        self._gone.pop(member.user_id, None)
        await self._tell(f"{member.display_name} is in, as {_a(role)}.")
        await self._look()

    @handler()
    async def change(self, user_id: str, role: Choice) -> None:
        try:
            member = await write(projects.change_member, self._shown, user_id, ProjectRole(role))
            await self._tell(f"{member.display_name} is {_a(role)} now.")
        finally:
            await self._look()

    @handler()
    async def remove(self, user_id: str) -> None:
        row = next((r for r in self.rows if r.user_id == user_id), None)
        await write(projects.remove_member, self._shown, user_id)
        if row is not None:
            self._gone[user_id] = row
        await self._look()

    @handler()
    async def put_back(self, user_id: str) -> None:
        row = self._gone.get(user_id)
        if row is not None:
            await write(projects.add_member, self._shown, email=row.email, role=ProjectRole(row.role))
            self._gone.pop(user_id, None)
        await self._look()

    @handler()
    async def leave(self) -> rx.event.EventSpec:
        project = await self.get_state(ProjectState)
        await write(projects.remove_member, self._shown, actor().user_id)
        await self._tell(f"You left {project.name}.")
        self._shown = ""
        return rx.redirect("/projects")

    @handler()
    async def put_away(self) -> None:
        view = await write(projects.put_away, self._shown)
        await self._refresh()
        told = f"{view.name} is put away. Nothing of it is lost."
        await self._tell(told, undo="Undo", act="bring_back", args=[self._shown])

    @handler()
    async def bring_back(self) -> None:
        view = await write(projects.bring_back, self._shown)
        await self._refresh()
        await self._tell(f"{view.name} is back among your projects.")

    async def _hear(self, news: News) -> None:
        project = await self.get_state(ProjectState)
        if self._shown and project.open_id == self._shown and (news.all or "members" in news.changed):
            await self._look()

    async def _refresh(self) -> None:
        await (await self.get_state(ProjectState))._read(self._shown)

    async def _look(self) -> None:
        me = actor().user_id
        found = await read(projects.list_members, self._shown)
        rows = [_row(m, i, me) for i, m in enumerate(found)]
        here = {r.user_id for r in rows}
        self._gone = {k: r for k, r in self._gone.items() if k not in here}
        gone = [Row(r.user_id, r.initials, r.name, r.email, r.role, r.tint, False, True) for r in self._gone.values()]
        if [*rows, *gone] != self.rows:
            self.rows = [*rows, *gone]

    async def _tell(self, text: str, *, undo: str = "", act: str = "", args: list[Any] | None = None) -> None:
        (await self.get_state(NoticesState))._tell("ok", text, undo=undo, act=act, args=args)


def _row(member: MemberView, index: int, me: str) -> Row:
    return Row(
        user_id=member.user_id,
        initials=initials(member.display_name),
        name=member.display_name,
        email=member.email,
        role=member.role.value,
        tint=f"a{index % 5 + 1}",
        me=member.user_id == me,
        gone=False,
    )


def _a(role: str) -> str:
    return f"{'an' if role[0] in 'aeiou' else 'a'} {role}"
