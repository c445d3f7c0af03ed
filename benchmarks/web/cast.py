"""Who and what the studio holds while it is measured: people with sessions, projects with scripts, one board drawn.

Run as a program it makes them in INKREEL_HOME, before the studio starts, and prints them as JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from studio.core.settings import ROOT

if TYPE_CHECKING:
    from studio.accounts.views import Actor
    from studio.core.db import UnitOfWork

PEOPLE, PROJECTS, OWN = 500, 100, 20
_PASSWORD = "a long enough password"

_Joined: TypeAlias = "tuple[str, str, Actor]"
"""E-mail, token, actor."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody signed in: the cookie's token, and the project they work in with two of its shots."""

    token: str
    project_id: str
    script_id: str
    shots: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Cast:
    """`people[0]` owns `OWN` projects; the first is the only one whose panels get drawn."""

    people: tuple[Person, ...]


def made(home: Path, people: int = PEOPLE, projects: int = PROJECTS) -> Cast:
    """Make everybody in a data folder, in a process of its own: settings are read once in a process."""
    environment = {**os.environ, "INKREEL_HOME": str(home), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "benchmarks.web.cast", str(people), str(projects)]
    told = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
    return read(told.stdout)


def given(home: Path, name: str) -> dict[str, Any]:
    """What `benchmarks.web.<name>` prints when it is run by itself, kept in the folder; it is run when it is not there."""
    kept = home / f"{name}.json"
    if not kept.exists():
        environment = {**os.environ, "INKREEL_HOME": str(home), "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", f"benchmarks.web.{name}"]
        kept.write_bytes(subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True).stdout)
    return json.loads(kept.read_bytes())


def somebody(name: str) -> tuple[Actor, str]:
    """A new person in this process's data folder, and the token of their session."""
    from studio.accounts import service as accounts
    from studio.core.migrations import migrated
    from studio.core.settings import prepared_home, settings

    prepared_home(settings())
    migrated()
    email = f"{name.lower()}{time.time_ns()}@example.com"
    signed = accounts.register(email=email, password="a long enough password", display_name=name)
    return signed.session.actor, signed.token


def written(cast: Cast) -> bytes:
    return json.dumps(asdict(cast)).encode()


def read(text: bytes) -> Cast:
    found = json.loads(text)["people"]
    return Cast(tuple(Person(p["token"], p["project_id"], p["script_id"], tuple(p["shots"])) for p in found))


def _made_here(count: int, projects: int) -> Cast:
    """Everybody in one project each, through the services, as the pages do it."""
    from studio.accounts import service as accounts
    from studio.core.db import unit_of_work
    from studio.core.migrations import migrated
    from studio.core.settings import prepared_home, settings

    prepared_home(settings())
    migrated()

    def joined(number: int) -> _Joined:
        email = f"person{number}@example.com"
        signed = accounts.register(email=email, password=_PASSWORD, display_name=f"Person {number}")
        return email, signed.token, signed.session.actor

    first = joined(0)
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        everybody = [first, *threads.map(joined, range(1, count))]
    people: dict[int, Person] = {}
    for number in range(projects):
        team = everybody[number::projects]
        owner = everybody[0] if number < OWN else team[0]
        project_id, script_id, shots = _project(owner[2], drawn=number == 0)
        with unit_of_work() as uow:
            _fill(uow, owner, team, project_id)
        for place, member in enumerate(team):
            people[number + place * projects] = Person(member[1], project_id, script_id, shots)
    return Cast(tuple(people[i] for i in range(count)))


def _project(actor: Actor, *, drawn: bool) -> tuple[str, str, tuple[str, str]]:
    from studio.core.db import reading, unit_of_work
    from studio.projects import service as projects
    from studio.scripts import service as scripts
    from studio.storyboards import service as storyboards
    from studio.thread import service as thread

    sample = ROOT / "assets" / "samples" / "the-last-ferry.fountain"
    if drawn:
        started = thread.open_sample(actor)
        project_id, script_id = started.project_id, started.script_id
    else:
        with unit_of_work() as uow:
            project_id = projects.create_project(uow, actor, name="The Last Ferry").id
            script_id = scripts.import_script(uow, actor, project_id, data=sample.read_bytes(), name=sample.name).id
            storyboards.break_down(uow, actor, script_id)
    with reading() as uow:
        cards = storyboards.list_cards(uow, actor, script_id, page=1, limit=2).items
    return project_id, script_id, (cards[0].shot_id, cards[1].shot_id)


def _fill(uow: UnitOfWork, owner: _Joined, team: list[_Joined], project_id: str) -> None:
    from studio.projects import service as projects
    from studio.projects.views import ProjectRole

    for email, _, _ in team:
        if email != owner[0]:
            projects.add_member(uow, owner[2], project_id, email=email, role=ProjectRole.EDITOR)


if __name__ == "__main__":
    sys.stdout.buffer.write(written(_made_here(int(sys.argv[1]), int(sys.argv[2]))))
