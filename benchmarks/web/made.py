"""What a page is measured on: somebody with a project, made once in a data folder by a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.core.settings import ROOT

if TYPE_CHECKING:
    from studio.accounts.views import Actor


def made(home: Path, name: str) -> dict[str, Any]:
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
