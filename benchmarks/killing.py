"""A server that is killed again and again: a process holds its socket, a child answers, SIGKILL ends it, the next takes over.

It answers POST requests of JSON with JSON, each in a thread. Whoever asks and gets no answer cannot know whether it was heard.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from studio.core import db
from studio.core.errors import StudioError
from studio.core.migrations import migrated
from studio.core.settings import prepared_home, settings

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_S = 5.0
T = TypeVar("T")
Answer = Callable[[dict[str, Any]], tuple[int, dict[str, Any]]]


class Server:
    """The process that holds the socket, and whichever child answers on it now."""

    def __init__(self, program: Path, *words: str) -> None:
        """`program --serve *words` calls `answering`."""
        env = os.environ | {"PYTHONPATH": str(ROOT)}
        command = [sys.executable, str(program), "--serve", *words]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env)
        self.port, self._pid = self._told(), self._told()

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def kill(self) -> None:
        os.kill(self._pid, signal.SIGKILL)
        self._pid = self._told()

    def end(self) -> None:
        self._process.terminate()
        os.kill(self._pid, signal.SIGKILL)
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def _told(self) -> int:
        assert self._process.stdout is not None
        return int(self._process.stdout.readline())


class Hands:
    """Threads that work for as long as the block lasts. `work` is told when it is over; what breaks it is raised by `well`."""

    def __init__(self, work: Callable[[T, threading.Event], None], each: Sequence[T]) -> None:
        self._over, self._failed = threading.Event(), list[BaseException]()
        self._threads = [threading.Thread(target=self._do, args=(work, one)) for one in each]

    def __enter__(self) -> Hands:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: BaseException | TracebackType | None) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()
        if kind is None:
            self.well()

    def well(self) -> None:
        """Raises: AssertionError when one of them is broken."""
        assert not self._failed, self._failed

    def _do(self, work: Callable[[T, threading.Event], None], one: T) -> None:
        try:
            work(one, self._over)
        except BaseException as e:  # noqa: BLE001 - told by the drill's own thread
            self._failed.append(e)


def drilled(drill: Callable[[int], T]) -> tuple[T, float]:
    """What a drill finds in a data folder of its own, and its seconds; how often it kills is the first word given, or 200."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory(prefix="inkreel-crash-") as folder:
        os.environ["INKREEL_HOME"] = folder
        settings.cache_clear()
        prepared_home(settings())
        migrated()
        begun = time.perf_counter()
        return drill(kills), time.perf_counter() - begun


def asked(port: int, body: dict[str, Any]) -> tuple[int, dict[str, Any]] | None:
    """Status and answer; None when there was none."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    try:
        line.request("POST", "/", json.dumps(body))
        answer = line.getresponse()
        return answer.status, json.loads(answer.read())
    except (OSError, http.client.HTTPException):
        return None
    finally:
        line.close()


def heard_again(heard: Callable[[], int]) -> None:
    """Wait until the server has answered somebody, but not for ever."""
    before, end = heard(), time.monotonic() + PATIENCE_S
    while heard() == before and time.monotonic() < end:
        time.sleep(0.005)


def answering(answer: Answer) -> None:
    """Hold the socket and say its port; fork one child after the other, each as warm as this process is, and say its id."""
    db.engine(settings().database).dispose()  # no connection is shared between processes
    listening = socket.create_server(("127.0.0.1", 0), backlog=64)
    print(listening.getsockname()[1], flush=True)
    while True:
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            _serve(listening, answer)
        print(pid, flush=True)
        os.waitpid(pid, 0)


def _serve(listening: socket.socket, answer: Answer) -> None:
    class Keep(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            try:
                status, told = answer(body)
            except StudioError as e:
                status, told = 409, {"code": e.code, "message": e.message}
            said = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing is said."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Keep, bind_and_activate=False)
    server.socket.close()
    server.socket = listening
    server.serve_forever(poll_interval=0.01)
