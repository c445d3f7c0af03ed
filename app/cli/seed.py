"""`inkreel seed`: the sample project, made for whoever owns this studio."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from app.cli.running import running_at
from jobs import wiring
from studio.accounts import service as accounts
from studio.core import log
from studio.core.db import unit_of_work
from studio.core.migrations import migrated
from studio.core.settings import prepared_home, settings
from studio.thread import service as thread


def seed(
    _sample: Annotated[bool, typer.Option("--sample", help="The sample project: what is made unless said.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Make the sample project for the first account, else for the owner of this machine.

    The panels are drawn by the running studio; without one the work waits in the database for the next start.
    """
    s = settings()
    logs = prepared_home(s) / "logs"
    logs.mkdir(exist_ok=True)
    log.configured(s.log_level, logs / "seed.jsonl")
    migrated()
    wiring.wire()
    with unit_of_work() as uow:
        owner = accounts.ensure_owner(uow)
    made = thread.open_sample(owner)
    running = running_at(s)
    address = f"{running or s.origin}/p/{made.project_id}"
    if as_json:
        print(json.dumps({"ok": True, "project_id": made.project_id, "address": address, "running": bool(running)}))
        return
    print(f"The sample is made: {address}")
    print(f"Its {made.shots} panels are being drawn." if running else "Its panels are drawn when the studio starts.")
