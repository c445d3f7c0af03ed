"""The web process seen from outside: its port, its start, its health, its deaths and its end."""

from __future__ import annotations

import errno
import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from app.web.frontend import workshop
from jobs import processes
from studio.core import log
from studio.core.errors import Invalid, Unavailable
from studio.core.settings import ROOT, Settings, prepared_home

_log = log.logger("app.web")
_SHORTEST_DELAY_S, _LONGEST_DELAY_S = 0.2, 5.0
_QUICK_S = 10.0  # whoever dies younger than this dies quickly
_GRACE_S = 2.5
_PORTS_TRIED = 50


def delay_before(restart: int) -> float:
    """Seconds to wait before quick restart number `restart` (1 is the first)."""
    return min(_LONGEST_DELAY_S, _SHORTEST_DELAY_S * 2 ** (restart - 1))


def port_error(host: str, port: int) -> int:
    """Why nobody could listen there now, as an errno; 0 when one could. Raises: Invalid, for a host that is not ours."""
    try:
        family, _, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
            probe.listen(1)
    except socket.gaierror:
        raise Invalid(f"There is no host {host}. Use 127.0.0.1, or 0.0.0.0 for all.", field="host") from None
    except OSError as e:
        if e.errno == errno.EADDRNOTAVAIL:
            message = f"The address {host} is not one of this machine's. Use 127.0.0.1, or 0.0.0.0 for all."
            raise Invalid(message, field="host") from None
        return e.errno or errno.EADDRINUSE
    return 0


def next_free_port(host: str, port: int) -> int | None:
    """The next port above on which one could listen."""
    above = range(port + 1, min(port + _PORTS_TRIED, 65535) + 1)
    return next((p for p in above if not port_error(host, p)), None)


class WebProcess:
    """Granian over one build of the pages; what dies is started again after a pause that grows while it dies quickly."""

    def __init__(self, s: Settings, site: Path, target: str | None = None) -> None:
        self._settings = s
        self._site = site
        self._target = target
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._due_at = 0.0
        self.quick_deaths = 0

    @property
    def log_file(self) -> Path:
        return self._settings.home_folder / "logs" / "web.out"

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start it; `healthy` says when it answers. Raises: Unavailable, when not even a process can be made."""
        (prepared_home(self._settings) / "logs").mkdir(exist_ok=True)
        command = [sys.executable, "-m", "app.web.server", *([self._target] if self._target else [])]
        try:
            with self.log_file.open("ab") as out:
                self._process = processes.started(
                    command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=self._environment()
                )
        except OSError as e:
            raise Unavailable(f"The web process could not be started ({e.strerror}).", service="web") from e
        self._started_at = time.monotonic()

    def tend(self) -> None:
        """Start it again if it has died. To be called often; it never waits."""
        moment = time.monotonic()
        if self._process is not None and self._process.poll() is not None:
            lived = moment - self._started_at
            self.quick_deaths = self.quick_deaths + 1 if lived < _QUICK_S else 1
            self._due_at = moment + delay_before(self.quick_deaths)
            _log.warning(
                "web process died", pid=self._process.pid, code=self._process.returncode, lived_s=round(lived, 1)
            )
            self._process = None
        if self._process is None and moment >= self._due_at:
            self.start()

    def healthy(self) -> bool:
        """Whether it answers now."""
        host = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}.get(self._settings.host, self._settings.host)  # noqa: S104 - compared
        connection = http.client.HTTPConnection(host, self._settings.port, timeout=2)
        try:
            connection.request("GET", "/health")
            return connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def ask_to_end(self) -> None:
        """Begin the end, without waiting for it."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def stop(self) -> None:
        """End it, gently for as long as open sockets deserve."""
        if self._process is not None:
            processes.ended(self._process, grace_s=_GRACE_S)
            self._process = None

    def _environment(self) -> dict[str, str]:
        """Production, no compiling, the built pages served from the same port (the names with __ are Reflex's own)."""
        return {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "OPENBLAS_NUM_THREADS": "1",
            "INKREEL_HOME": str(self._settings.home_folder),
            "INKREEL_HOST": self._settings.host,
            "INKREEL_PORT": str(self._settings.port),
            "REFLEX_ENV_MODE": "prod",
            "__REFLEX_SKIP_COMPILE": "true",
            "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
            "REFLEX_WEB_WORKDIR": str(self._site),
            "REFLEX_DIR": str(workshop() / "reflex"),
            "REFLEX_UPLOADED_FILES_DIR": str(self._settings.home_folder / "uploads"),
            "REFLEX_TELEMETRY_ENABLED": "false",
            "REFLEX_CHECK_LATEST_VERSION": "false",
        }
