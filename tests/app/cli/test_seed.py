"""`inkreel seed`: the sample for whoever owns the studio, whether it runs or not."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.support.postgres import free_port
from tests.support.studio import inkreel, studio, wait_until

pytestmark = pytest.mark.programs


def seed(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return inkreel("seed", *arguments, cwd=home.parent, INKREEL_HOME=str(home))


def asked(home: Path, query: str) -> list[Any]:
    """What the database of a data folder answers."""
    connection = sqlite3.connect(home / "inkreel.db", timeout=10)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_without_a_studio_the_work_waits_in_the_database(tmp_path: Path) -> None:
    home = tmp_path / "h"
    done = seed(home, "--sample", "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, done.stderr, told["ok"], told["running"]) == (0, "", True, False)
    assert told["address"] == f"http://127.0.0.1:3200/p/{told['project_id']}"
    assert asked(home, "SELECT id FROM project") == [(told["project_id"],)]
    assert {state for (state,) in asked(home, "SELECT state FROM run")} <= {"pending", "queued"}


@pytest.mark.film
def test_a_running_studio_draws_the_sample_at_once(tmp_path: Path) -> None:
    with studio(tmp_path / "h", free_port()) as it:
        done = seed(it.home)
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith(f"The sample is made: http://127.0.0.1:{it.port}/p/")
        assert "panels are being drawn." in done.stdout
        wait_until(lambda: asked(it.home, "SELECT id FROM run WHERE kind = 'panel' AND state = 'completed'"), 60)
        assert it.stop() == 0
        assert asked(it.home, "SELECT id FROM run WHERE lease_owner IS NOT NULL") == []  # given back, not lost
