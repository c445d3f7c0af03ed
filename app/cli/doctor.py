"""`inkreel doctor`: what is present, what is missing, and the one command that mends it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from app.cli import health
from studio.core.errors import EXIT_CODE
from studio.core.settings import settings


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    packages: Annotated[
        bool, typer.Option("--packages", help="Only the Debian packages that are missing, on one line.")
    ] = False,
    tests: Annotated[bool, typer.Option("--tests", help="Look at what the tests need, too.")] = False,
) -> None:
    """Look at this machine. Exit code 0 when films can be made, 69 when something needed is missing."""
    found = health.checks(settings()) + (health.checks_for_tests() if tests else [])
    lacking = [c for c in found if not c.ok]
    fix = health.mending_command(lacking)
    if packages:
        print(" ".join(p for c in lacking for p in c.packages))
        return
    ready = all(c.ok or not c.needed for c in found)
    if as_json:
        print(json.dumps({"ok": ready, "fix": fix, "checks": [asdict(c) for c in found]}, ensure_ascii=False))
    else:
        for c in found:
            mark = "ok     " if c.ok else ("MISSING" if c.needed else "better ")
            print(f"{mark}  {c.name:12} {c.found}")
        if fix:
            print(f"\nMend it with: {fix}")
    if not ready:
        raise typer.Exit(EXIT_CODE["unavailable"])
