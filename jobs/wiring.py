"""Who acts on which event: the only place where the product meets the queue."""

from __future__ import annotations

import json

from jobs import queues
from studio.accounts.events import SessionsEnded
from studio.core import events
from studio.core.db import unit_of_work
from studio.drawing.events import StrokesKept
from studio.projects.events import ProjectChanged
from studio.runs import service as runs
from studio.runs.events import RunAbandoned, RunChanged, RunReady

PROGRESS = "inkreel:project:{project_id}"
"""Channel of a project's runs: each message is the plain view of a run."""

LIVE = "inkreel:live:{project_id}"
"""Channel of everything else that open pages of a project want to know."""

SESSIONS = "inkreel:sessions"
"""Channel on which ended sessions are told."""


def wire() -> None:
    """Subscribe everything; calling it twice changes nothing."""
    events.subscribe(RunReady, _send)
    events.subscribe(RunAbandoned, _cancel_children)
    events.subscribe(RunChanged, _publish)
    events.subscribe(ProjectChanged, _tell_pages)
    events.subscribe(StrokesKept, _tell_drawers)
    events.subscribe(SessionsEnded, _tell_ended)


def _send(happened: RunReady) -> None:
    queues.send(happened.run_id, asked=happened.asked, later=happened.later)


def _cancel_children(happened: RunAbandoned) -> None:
    with unit_of_work() as uow:
        runs.abandon_children(uow, happened.run_id)


def _publish(happened: RunChanged) -> None:
    queues.redis(queues.TELLING_S).publish(PROGRESS.format(project_id=happened.project_id), json.dumps(happened.view))


def _tell_pages(happened: ProjectChanged) -> None:
    message = {"changed": happened.what, "by": happened.actor_id}
    queues.redis(queues.TELLING_S).publish(LIVE.format(project_id=happened.project_id), json.dumps(message))


def _tell_drawers(happened: StrokesKept) -> None:
    message = {"strokes": happened.seq, "panel": happened.panel_id}
    queues.redis(queues.TELLING_S).publish(LIVE.format(project_id=happened.project_id), json.dumps(message))


def _tell_ended(happened: SessionsEnded) -> None:
    queues.redis(queues.TELLING_S).publish(SESSIONS, json.dumps({"sessions": list(happened.session_ids)}))
