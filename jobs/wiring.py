"""Who acts on which event: the only place where the product meets the queue."""

from __future__ import annotations

import json

from jobs import queues
from studio.core import events
from studio.core.db import unit_of_work
from studio.runs import service as runs
from studio.runs.events import RunAbandoned, RunChanged, RunReady

CHANNEL = "inkreel:project:{project_id}"


def wire() -> None:
    """Subscribe everything; calling it twice changes nothing."""
    events.subscribe(RunReady, _send)
    events.subscribe(RunAbandoned, _cancel_children)
    events.subscribe(RunChanged, _publish)


def _send(happened: RunReady) -> None:
    queues.send(happened.run_id)


def _cancel_children(happened: RunAbandoned) -> None:
    with unit_of_work() as uow:
        runs.abandon_children(uow, happened.run_id)


def _publish(happened: RunChanged) -> None:
    queues.redis().publish(CHANNEL.format(project_id=happened.project_id), json.dumps(happened.view))
