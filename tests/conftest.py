"""Databases, stores and settings for every test: nothing outside a temporary folder and loopback is ever touched."""

from __future__ import annotations

import gc
import os
import shutil
import socket
import sqlite3
import sys
import tempfile
from collections import defaultdict
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import structlog
from sqlalchemy import event
from sqlalchemy.pool import Pool

from jobs import queues
from studio.core import db, events
from studio.core.db import unit_of_work
from studio.core.migrations import migrated
from studio.core.settings import Settings, prepared_home, settings

if TYPE_CHECKING:
    from tests.support.postgres import Migrated

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# As in the Makefile: the programs that tests start are not to compile the same two thousand files each time.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_collection_finish() -> None:
    """What is imported by now stays until the end: the garbage collector need not go over it again and again."""
    gc.collect()
    gc.freeze()


@event.listens_for(Pool, "checkout")
def not_waiting_for_the_disk(connection: Any, *_: object) -> None:
    """What a test process writes need not outlive the machine; what the programs it starts write is kept as always."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that reaches for another machine fails."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def no_subscribers(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one test subscribes to, the next does not hear."""
    monkeypatch.setattr(events, "_subscribers", defaultdict(list))


@pytest.fixture(autouse=True)
def no_log_kept() -> Generator[None]:
    """Where one test sends its logs, the next sends none."""
    yield
    structlog.reset_defaults()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Settings]:
    """A data folder of its own for this process's settings."""
    for name in [n for n in os.environ if n.startswith("INKREEL_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("INKREEL_HOME", str(tmp_path / "home"))
    settings.cache_clear()
    yield settings()
    queues.redis.cache_clear()
    db.engine(settings().database).dispose()
    settings.cache_clear()


@pytest.fixture(scope="session")
def postgres() -> Generator[str]:
    """The URL of a PostgreSQL server started for this test process; not below pytest's folder, which the next run locks."""
    from tests.support.postgres import running_server

    with tempfile.TemporaryDirectory(prefix="inkreel-pg-") as folder, running_server(Path(folder)) as url:
        yield url


@pytest.fixture(scope="session")
def s3_server() -> Generator[str]:
    from tests.support.s3 import running_server

    with running_server() as url:
        yield url


@pytest.fixture
def s3(s3_server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URL of an S3 server, with credentials it takes."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    return s3_server


@pytest.fixture(scope="session")
def migrated_postgres(postgres: str) -> Migrated:
    """The database of this test process on the server, to be had empty."""
    from tests.support.postgres import Migrated, fresh_database

    url = fresh_database(postgres)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INKREEL_DATABASE_URL", url)
        settings.cache_clear()
        migrated()
        db.engine(settings().database).dispose()
    settings.cache_clear()
    return Migrated(postgres, url.rpartition("/")[2])


@pytest.fixture
def embedded(home: Settings, tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    """A migrated SQLite database; migrated once, copied afterwards. For tests to which the kind of database is nothing."""
    kept = tmp_path_factory.getbasetemp() / "migrated.db"
    ours = prepared_home(home) / "inkreel.db"
    if kept.exists():
        shutil.copy(kept, ours)
    else:
        migrated()
        db.engine(home.database).dispose()
        shutil.copy(ours, kept)
    yield home.database
    db.engine(home.database).dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, home: Settings, monkeypatch: pytest.MonkeyPatch) -> Generator[str]:
    """An empty, migrated database of either kind, in force in the settings."""
    if request.param == "sqlite":
        yield request.getfixturevalue("embedded")
        return
    monkeypatch.setenv("INKREEL_DATABASE_URL", request.getfixturevalue("migrated_postgres").empty())
    settings.cache_clear()
    yield settings().database
    db.engine(settings().database).dispose()


@pytest.fixture
def uow(database: str) -> Generator[db.UnitOfWork]:
    """One write transaction on it."""
    with unit_of_work() as unit:
        yield unit


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Every test by itself to whoever is free, but to one worker those that share a studio or what they have read."""
    from xdist.scheduler import LoadScopeScheduling

    class Sharing(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            together = ("tests/e2e/", "tests/jobs/test_workers.py", "tests/test_architecture.py")
            return next((each for each in together if nodeid.startswith(each)), nodeid)

    return Sharing(config, log)
