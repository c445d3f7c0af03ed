"""The crew: healthy when everybody is at work, and gone within the time a person waits."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from jobs import processes, queues, redis_server
from jobs.crew import Crew
from studio.core.errors import Unavailable
from studio.core.settings import Settings
from tests.support.studio import processes_of, wait_until

pytestmark = pytest.mark.programs


def test_it_is_healthy_once_every_worker_reported_and_ends_in_three_seconds(home: Settings) -> None:
    crew = Crew(home.model_copy(update={"workers": 2}))
    try:
        crew.start()
        wait_until(crew.healthy, 30)
        assert len(processes_of(home.home_folder)) == 3
    finally:
        begun = time.monotonic()
        crew.stop()
    assert time.monotonic() - begun < 3
    assert processes_of(home.home_folder) == []
    assert not crew.healthy()
    queues.redis().close()


def test_a_redis_that_answers_no_more_is_replaced(home: Settings) -> None:
    import os
    import signal

    server = redis_server.RedisServer(home)
    server.start()
    first = server.pid
    assert first
    os.kill(first, signal.SIGSTOP)
    try:
        assert not server.alive()
        server.start()
        assert server.pid != first
        assert server.alive()
    finally:
        server.stop()
    assert processes_of(home.home_folder) == []


def test_a_folder_somebody_else_laid_in_tmp_is_not_used(
    home: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "theirs")
    monkeypatch.setattr(Settings, "redis_socket", property(lambda _: tmp_path / "link" / "redis.sock"))
    with pytest.raises(Unavailable, match="belongs to somebody else"):
        redis_server.RedisServer(home).start()


def test_stubborn_programs_share_one_grace() -> None:
    stubborn = "trap '' TERM; echo; while :; do sleep 0.1; done"
    programs = [processes.started(["bash", "-c", stubborn], stdout=-1) for _ in range(4)]
    for program in programs:
        assert program.stdout
        program.stdout.readline()
    begun = time.monotonic()
    processes.all_ended(programs, grace_s=0.5)
    assert time.monotonic() - begun < 1.5
    assert [p.returncode for p in programs] == [-9] * 4
    for program in programs:
        assert program.stdout
        program.stdout.close()
