"""The live part of every page: its jobs with time left, and who else is here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import reflex as rx

from jobs.presence import Person
from state import gate
from state.bridge import read, write
from state.gate import handler
from state.hub import News, Watch, hub
from state.session import initials
from state.sparing import Sparing
from studio.projects import service as projects
from studio.runs import service as runs
from studio.runs.views import JobView, RunView, run_view

_JOBS = 30


@dataclass(frozen=True, slots=True)
class Job:
    """One job as the drawer shows it; `state` is waiting, running, done, failed or stopped."""

    id: str
    project_id: str
    project: str
    label: str
    by: str
    state: str
    stage: str
    percent: int
    left: str
    problem: str
    when: str
    serial: int


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody with this project open, for a square in the top bar."""

    user_id: str
    initials: str
    name: str
    room: str
    tint: str


class LiveState(Sparing, rx.State):
    """What the hub tells this tab. Pages call `_follow` when they load."""

    jobs: list[Job] = []
    running: int = 0
    percent: int = 0
    left: str = ""
    here: list[Guest] = []
    _projects: tuple[str, ...] = ()

    @handler()
    async def cancel(self, run_id: str) -> None:
        await write(runs.cancel_run, run_id)
        await self._changed_here()

    @handler()
    async def retry(self, run_id: str) -> None:
        await write(runs.retry_run, run_id)
        await self._changed_here()

    async def _follow(self, project_ids: list[str], room: str, *also: type[rx.State], panel: str = "") -> None:
        """From now on keep this tab up to date about these projects; `also` are the states that hear of changes too.

        `panel` is the one it draws on, if it does.
        """
        view = gate.session()
        self._projects = tuple(project_ids)
        watch = Watch(
            token=self.router.session.client_token,
            sid=self.router.session.session_id,
            secret=gate.secret_of(self),
            projects=frozenset(project_ids),
            room=room,
            states=(LiveState, *also),
            panel=panel,
        )
        await hub.watch(watch, Person(view.user.id, view.user.display_name, room))
        await self._look()
        await self._look_round()

    async def _hear(self, news: News) -> None:
        if news.all or any(r["parent_id"] is None and not self._patched(r) for r in news.runs.values()):
            await self._look()
        else:
            self._sum_up()
        if news.here or news.all:
            await self._look_round()

    async def _changed_here(self) -> None:
        """The whole page sees what was just done in it, whether or not Redis is there to tell it."""
        await self._look()
        hub.tell_all_of(self.router.session.client_token)

    async def _look(self) -> None:
        found = await read(runs.list_jobs, list(self._projects), limit=_JOBS)
        self.jobs = [_job(j) for j in found]
        self._sum_up()

    async def _look_round(self) -> None:
        if len(self._projects) != 1:
            self.here = []
            return
        me = gate.actor().user_id
        await read(projects.get_project, self._projects[0])
        people = await hub.here(self._projects[0])
        self.here = [
            Guest(p.user_id, initials(p.name), p.name, p.room, f"a{i % 5}")
            for i, p in enumerate(people)
            if p.user_id != me
        ]

    def _patched(self, plain: dict[str, Any]) -> bool:
        """Put a newer view of a known job in its place; False when the list has to be read again."""
        view = run_view(plain)
        for i, job in enumerate(self.jobs):
            if job.id == view.id:
                if standing(view) != job.state:
                    return False
                if view.serial > job.serial:
                    self.jobs[i] = replace(
                        job, stage=stage_of(view), percent=percent_of(view), left=clock(view.eta_s), serial=view.serial
                    )
                return True
        return False

    def _sum_up(self) -> None:
        active = [j for j in self.jobs if j.state in ("running", "waiting")]
        self.running = len(active)
        self.percent = round(sum(j.percent for j in active) / len(active)) if active else 0
        self.left = max((j.left for j in active), key=lambda t: (len(t), t), default="")


def clock(seconds: float | None) -> str:
    """Seconds as m:ss, or "" when unknown."""
    if seconds is None:
        return ""
    whole = max(0, round(seconds))
    return f"{whole // 60}:{whole % 60:02d}"


def ago(at: datetime | None) -> str:
    """How long ago, in words a person uses."""
    if at is None:
        return ""
    passed = (datetime.now(UTC) - at).total_seconds()
    if passed < 60:
        return "just now"
    if passed < 3600:
        return f"{passed // 60:.0f} min ago"
    if passed < 86400:
        return f"{passed // 3600:.0f} h ago"
    days = int(passed // 86400)
    return "yesterday" if days == 1 else f"{days} days ago" if days < 7 else f"{at:%-d %b %Y}"


def _job(job: JobView) -> Job:
    view = job.run
    return Job(
        id=view.id,
        project_id=view.project_id,
        project=job.project_name,
        label=job.label,
        by=job.by,
        state=standing(view),
        stage=stage_of(view),
        percent=percent_of(view),
        left=clock(view.eta_s) if not view.ended else "",
        problem=view.error_message or "",
        when=ago(job.completed_at or job.started_at),
        serial=view.serial,
    )


def standing(view: RunView) -> str:
    """A run in one word: waiting, running, done, failed or stopped."""
    if not view.ended:
        return "running" if view.state.value == "processing" else "waiting"
    return {"completed": "done", "cancelled": "stopped"}.get(view.state.value, "failed")


def stage_of(view: RunView) -> str:
    """What a run is at."""
    return view.stage or ("Waiting for a worker" if not view.ended else "")


def percent_of(view: RunView) -> int:
    """How far a run is, 0 to 100."""
    return 100 if view.state.value == "completed" else int(view.fraction * 100)
