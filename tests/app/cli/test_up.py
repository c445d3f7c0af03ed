"""`inkreel up`: one start, one stop, nothing left behind; what dies comes back; every refusal is a sentence with its fix."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli import main as entry
from app.cli import running, up
from app.web.process import WebProcess
from jobs import redis_server
from studio.core.errors import Unavailable
from studio.core.settings import Settings, settings
from tests.support.postgres import free_port
from tests.support.studio import processes_of, refused, started, studio, wait_until

pytestmark = pytest.mark.programs


def open_websocket(port: int) -> socket.socket:
    """A tab that stays open."""
    tab = socket.create_connection(("127.0.0.1", port))
    key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    tab.sendall(f"GET /_event HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n{key}\r\n".encode())
    assert b"101" in tab.recv(1024)
    return tab


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_takes_less_than_five_seconds_and_leaves_no_process(tmp_path: Path, how: signal.Signals) -> None:
    with studio(tmp_path / "h", free_port()) as it:
        assert it.told == {
            "address": f"http://127.0.0.1:{it.port}",
            "first_run": f"http://127.0.0.1:{it.port}/signup",
        }
        assert it.answers()
        assert len(it.pids("jobs.worker")) == 1
        with open_websocket(it.port):
            begun = time.monotonic()
            assert it.stop(how) == 0
            assert time.monotonic() - begun < 5
        assert processes_of(it.home) == []
        assert (it.home / "up.lock").read_text() == ""


def test_whoever_is_killed_comes_back_on_the_same_port(tmp_path: Path) -> None:
    with studio(tmp_path / "h", free_port()) as it:
        for victim in sorted(it.pids("app.web.server")):  # granian's main process, then the worker of its successor
            assert it.answers()
            now = sorted(it.pids("app.web.server"))
            os.kill(victim if victim in now else now[-1], signal.SIGKILL)
            wait_until(lambda: not it.answers(), 2)
            wait_until(it.answers, 3)
        (worker,), (redis,) = it.pids("jobs.worker"), it.pids("redis-server")
        os.kill(worker, signal.SIGKILL)
        os.kill(redis, signal.SIGKILL)
        wait_until(lambda: len({*it.pids("redis-server"), *it.pids("jobs.worker")} - {worker, redis}) == 2, 8)
        assert it.stop() == 0
        assert processes_of(it.home) == []


def test_a_supervisor_that_is_killed_takes_everything_with_it(tmp_path: Path) -> None:
    with studio(tmp_path / "h", free_port()) as it:
        it.process.kill()
        it.process.wait()
        wait_until(lambda: not processes_of(it.home), 3)
        with studio(it.home, it.port) as next_one:  # its lock is stale, its address free
            assert next_one.answers()


def test_a_person_reads_the_address_the_first_run_link_and_how_to_stop(tmp_path: Path) -> None:
    home, port = tmp_path / "h", free_port()
    with started(home, port, "--host", "0.0.0.0", target="tests.support.standin:app") as process:
        assert process.stdout
        said: list[str] = []
        for line in process.stdout:
            said.append(line.strip())
            if line.startswith("Data: "):
                process.send_signal(signal.SIGINT)
    assert process.returncode == 0
    assert said[:2] == ["Starting", f"Inkreel is running at http://localhost:{port}"]
    assert re.fullmatch(rf"Make the first account: http://localhost:{port}/signup\?setup=[\w-]{{16}}", said[2])
    assert said[3:] == ["Stop it with Ctrl+C.", f"Data: {home}   Logs: {home}/logs", "Stopping", "Stopped."]


def test_a_second_start_says_where_the_first_one_runs(tmp_path: Path) -> None:
    with studio(tmp_path / "h", free_port()) as it:
        code, said = refused(it.home, free_port())
        assert (code, "Traceback" in said) == (75, False)
        assert f"already running here, at http://127.0.0.1:{it.port} (process {it.process.pid})" in said
        assert it.answers()


def test_a_lock_whose_holder_is_gone_is_no_lock(home: Settings) -> None:
    home.home_folder.mkdir()
    (home.home_folder / "up.lock").write_text('{"pid": 1, "address": "http://127.0.0.1:1"}')
    assert running.running_at(home) is None
    with running.sole_run(home):
        assert running.running_at(home) == home.origin
    assert running.running_at(home) is None


def test_a_taken_port_is_a_sentence_with_the_exact_command(
    told_here: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, said = refused(tmp_path / "h", port)
        assert (code, "Traceback" in said) == (69, False)
        told = re.search(r"is taken by another program\. Start with: inkreel up --port (\d+) --home (\S+)", said)
        assert told, said
        assert told[2] == str(tmp_path / "h")
        with socket.create_server(("127.0.0.1", int(told[1]))):
            pass
        code, said = told_here("--port", str(port), MAKELEVEL="1")
        assert re.search(r"Start with: make studio PORT=\d+\s", said), said


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"INKREEL_DATABASE_URL": "postgresql://127.0.0.1:1/x"}, "The database cannot be used"),
        ({"INKREEL_REDIS_URL": "redis://127.0.0.1:1/0"}, "INKREEL_REDIS_URL"),
    ],
)
def test_what_a_setting_names_and_does_not_answer_is_a_sentence(
    tmp_path: Path, environment: dict[str, str], told: str
) -> None:
    code, said = refused(tmp_path / "h", free_port(), **environment)
    assert code in (2, 65, 69)
    assert told in said
    assert "Traceback" not in said
    assert processes_of(tmp_path / "h") == []


@pytest.fixture
def told_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """The same command in this process: what it refuses before it starts anything."""

    def said(*arguments: str, home: str = "h", **environment: str) -> tuple[int, str]:
        settings.cache_clear()
        with monkeypatch.context() as patch:
            for name in [n for n in os.environ if n.startswith("INKREEL_") or n == "MAKELEVEL"]:
                patch.delenv(name)
            for name, value in {"INKREEL_HOME": "", "INKREEL_HOST": "", "INKREEL_PORT": "", **environment}.items():
                patch.setenv(name, value)
            place = ("--home", str(tmp_path / home), "--host", "127.0.0.1", "--port", str(free_port()))
            patch.setattr(sys, "argv", ["inkreel", "up", *place, *arguments])
            with pytest.raises(SystemExit) as ended:
                entry.main()
        settings.cache_clear()
        assert isinstance(ended.value.code, int)
        return ended.value.code, "".join(capsys.readouterr())

    return said


@pytest.mark.parametrize(
    ("arguments", "environment", "told"),
    [
        (("--host", "192.0.2.1"), {}, "is not one of this machine's"),
        (("--host", "no.such.host.invalid"), {}, "There is no host"),
        ((), {"INKREEL_DISK_RESERVE_MB": "999999999"}, "nearly full"),
        ((), {"INKREEL_LOG_LEVEL": "loud"}, "INKREEL_LOG_LEVEL: Input should be"),
        (("--port", "70000"), {}, "--port"),
    ],
)
def test_a_wrong_setting_is_a_sentence(
    told_here: Callable[..., tuple[int, str]],
    tmp_path: Path,
    arguments: tuple[str, ...],
    environment: dict[str, str],
    told: str,
) -> None:
    code, said = told_here(*arguments, **environment)
    assert code in (2, 65, 69)
    assert told in said
    assert "Traceback" not in said
    assert processes_of(tmp_path / "h") == []


def test_a_data_folder_that_cannot_be_written_is_a_sentence(
    told_here: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    code, said = told_here(home="file/h")
    assert (code, "Traceback" in said) == (69, False)
    assert "cannot be written" in said
    assert "INKREEL_HOME" in said


def test_a_database_of_a_newer_inkreel_is_left_alone(tmp_path: Path) -> None:
    home = tmp_path / "h"
    home.mkdir()
    with sqlite3.connect(home / "inkreel.db") as newer:
        newer.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        newer.execute("INSERT INTO alembic_version VALUES ('9999')")
    newer.close()
    code, said = refused(home, free_port())
    assert (code, "Traceback" in said) == (69, False)
    assert "made by a newer Inkreel (revision 9999)" in said
    assert processes_of(home) == []


def test_a_database_that_is_no_database_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "h").mkdir()
    (tmp_path / "h" / "inkreel.db").write_bytes(b"not a database at all" * 400)
    code, said = refused(tmp_path / "h", free_port())
    assert (code, "Traceback" in said) == (69, False)
    assert "file is not a database" in said


def test_a_studio_without_voices_starts_and_says_so(tmp_path: Path) -> None:
    home, port = tmp_path / "h", free_port()
    with started(home, port, PATH="/nonexistent") as process:
        assert process.stdout
        said = ""
        while "Data: " not in said:
            said += process.stdout.readline()
        process.send_signal(signal.SIGINT)
    assert "Without espeak-ng no film can be made here. Mend it with: apt-get install espeak-ng" in said
    assert process.returncode == 0


def test_a_data_folder_with_a_very_long_path_serves(tmp_path: Path) -> None:
    with studio(tmp_path / ("long" * 40) / "h", free_port()) as it:
        assert it.answers()
        assert it.stop() == 0


def test_pages_that_always_die_are_given_up_with_the_place_of_the_log(tmp_path: Path) -> None:
    home = tmp_path / "h"
    code, said = refused(home, free_port(), target="tests.support.standin:broken")
    assert (code, "Traceback" in said) == (69, False)
    assert f"The logs say why: {home}/logs" in said
    assert "these pages cannot be served" in (home / "logs" / "web.out").read_text()
    assert processes_of(home) == []


def test_no_redis_at_all_is_a_sentence_before_anything_starts(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis_server, "server_binary", lambda: None)
    free = home.model_copy(update={"port": free_port()})
    with pytest.raises(Unavailable, match="apt-get install redis-server"):
        up.run(free, up.Screen(silent=True), web=WebProcess(free, free.home_folder))
