"""What the doctor says of the studio: pages, builder, port, database, disk."""

from __future__ import annotations

import socket
from collections.abc import Generator

import pytest

from app.cli import health, running
from app.cli.health import Check
from app.web import frontend
from studio.core.settings import Settings
from studio.engine.sandbox import ladder
from studio.engine.sandbox.ladder import Rung, Standing
from tests.support.postgres import free_port


@pytest.fixture
def place(home: Settings) -> Generator[Settings]:
    home.home_folder.mkdir()
    yield home.model_copy(update={"port": free_port()})


def found(s: Settings, name: str) -> Check:
    return next(c for c in health.checks(s) if c.name == name)


def test_pages_that_can_be_built_are_no_lack(place: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frontend, "current", lambda: None)
    assert found(place, "pages").ok
    assert found(place, "pages").found == "to be built at the next start"
    monkeypatch.setattr(frontend, "builder", lambda: None)
    assert not found(place, "pages").ok
    assert (found(place, "bun or node").ok, found(place, "bun or node").fix) == (False, "uv sync --locked")


def test_a_port_is_free_or_taken_or_our_own(place: Settings) -> None:
    assert found(place, "port").found == f"{place.port} on 127.0.0.1 is free"
    with socket.create_server(("127.0.0.1", place.port)):
        assert not found(place, "port").ok
        assert found(place, "port").fix.startswith("inkreel up --port ")
        with running.sole_run(place):
            assert found(place, "port").found == f"the studio is running at {place.origin}"


def test_a_database_that_cannot_be_read_is_told(place: Settings) -> None:
    assert found(place, "database").found == "made at the first start"
    (place.home_folder / "inkreel.db").write_bytes(b"no database" * 500)
    assert not found(place, "database").ok
    assert "INKREEL_HOME" in found(place, "database").fix


def test_the_reserve_counts_as_needed_space(place: Settings) -> None:
    assert found(place, "disk").ok
    assert not found(place.model_copy(update={"disk_reserve_mb": 10**9}), "disk").ok


def test_what_only_tests_need_is_asked_for_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    (browser,) = health.checks_for_tests()
    assert (browser.ok, browser.needed, browser.packages) == (False, False, ("chromium",))


@pytest.mark.parametrize(
    ("standing", "ok", "words"),
    [
        (Standing(Rung.ISOLATED), True, "isolated: files, processes and network of its own"),
        (Standing(Rung.LANDLOCK, "denied", "a command"), False, "(denied)"),
        (Standing(Rung.LIMITS, "denied", "a command"), False, "limits: only limits of memory and time"),
    ],
)
def test_how_far_the_sandbox_holds_is_told(
    standing: Standing, ok: bool, words: str, place: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ladder, "standing", lambda: standing)
    told = found(place, "sandbox")
    assert (told.ok, told.fix) == (ok, standing.fix)
    assert words in told.found
