"""What is measured, started and ended: the whole studio, and beside it the least a peer costs (bare Granian, bare Reflex)."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.web import frontend
from studio.core.settings import ROOT

COOKIE = "inkreel"
SERVED, ASKED = {0}, {1}
"""Cores: whoever answers, and whoever asks. With one core they share it, and the figures say so."""

_STUDIO = "from app.cli.main import main; main()"
_HELLO_ASGI = """
async def app(scope, receive, send):
    headers = [(b"content-type", b"text/plain"), (b"content-length", b"5")]
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"hello"})
"""
_HELLO_CONFIG = """
import os
import reflex as rx
from reflex.plugins import SitemapPlugin

origin = "http://127.0.0.1:" + os.environ.get("HELLO_PORT", "3000")
config = rx.Config(
    app_name="hello", api_url=origin, deploy_url=origin, state_manager_mode=os.environ.get("HELLO_STATE", "memory"),
    redis_url=os.environ.get("HELLO_REDIS") or None, cors_allowed_origins=[origin], telemetry_enabled=False,
    show_built_with_reflex=False, disable_plugins=[SitemapPlugin],
)
"""
_HELLO_REFLEX = """
import reflex as rx

class Count(rx.State):
    n: int = 0

    @rx.event
    async def inc(self):
        self.n += 1

@rx.page(route="/", title="Hello")
def index() -> rx.Component:
    return rx.el.main(rx.el.h1("Hello"), rx.el.button(Count.n, on_click=Count.inc))

app = rx.App(app_wraps={}, toaster=None, reset_style=False)
"""


@dataclass(frozen=True, slots=True)
class Served:
    """Something that answers on a port, and the processes that do."""

    port: int
    pids: tuple[int, ...]
    home: Path

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def studio(home: Path, *, redis_url: str = "") -> Generator[Served]:
    """`inkreel up` with one worker, healthy when the block begins, gone when it ends."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("INKREEL_")}
    settings = {"PYTHONPATH": str(ROOT)} | ({"INKREEL_REDIS_URL": redis_url} if redis_url else {})
    port = free_port()
    command = [
        sys.executable,
        "-c",
        _STUDIO,
        "up",
        "--json",
        "--home",
        str(home),
        "--port",
        str(port),
        "--workers",
        "1",
    ]
    with subprocess.Popen(command, cwd=ROOT, env=clean | settings, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            told = process.stdout.readline()
            if '"address"' not in told:
                raise SystemExit(f"The studio did not start: {told.strip()}. Its logs: {home / 'logs'}")
            web = next(pid for pid in _below(process.pid) if b"app.web.server" in _command(pid))
            yield Served(port, (web, *_below(web)), home)
        finally:
            process.send_signal(signal.SIGINT)


@contextmanager
def hello_asgi(folder: Path) -> Generator[Served]:
    """Granian with five bytes behind it: what any answer of a Python server costs here."""
    (folder / "hello_asgi.py").write_text(_HELLO_ASGI)
    with _granian(folder, "hello_asgi:app", {}) as served:
        yield served


@contextmanager
def hello_reflex(*, redis_url: str = "") -> Generator[Served]:
    """Reflex with one heading and one counter, built and served as the studio is."""
    root = frontend.workshop() / "hello"
    site = _hello_site(root)
    environment = {
        "REFLEX_ENV_MODE": "prod",
        "__REFLEX_SKIP_COMPILE": "true",
        "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
        "REFLEX_WEB_WORKDIR": str(site),
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "HELLO_STATE": "redis" if redis_url else "memory",
        "HELLO_REDIS": redis_url,
    }
    with _granian(root, "hello.hello:app", environment, "--factory") as served:
        yield served


@contextmanager
def redis(folder: Path) -> Generator[tuple[str, int]]:
    """A Redis of our own on a loopback port: its URL and its process."""
    port, folder = free_port(), folder / "redis-tcp"
    folder.mkdir(exist_ok=True)
    binary = shutil.which("redis-server") or shutil.which("valkey-server")
    assert binary, "redis-server is missing"
    command = [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        _await_port(port, process)
        try:
            yield f"redis://127.0.0.1:{port}/0", process.pid
        finally:
            process.terminate()


def pinned(pids: Iterable[int], cores: set[int]) -> None:
    """Keep processes and their threads to these cores, where the machine has them."""
    cores = cores & set(range(os.cpu_count() or 1)) or {0}
    for pid in pids:
        for thread in Path(f"/proc/{pid}/task").iterdir():
            os.sched_setaffinity(int(thread.name), cores)


def ask(served: Served, path: str, token: str, body: dict[str, Any] | None = None) -> Any:
    """The data of one of the studio's routes: GET, or POST of a body."""
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=10)
    headers = {"Cookie": f"{COOKIE}={token}", "Origin": served.origin, "Content-Type": "application/json"}
    connection.request("GET" if body is None else "POST", path, json.dumps(body) if body else None, headers)
    answer = connection.getresponse()
    told = answer.read()
    connection.close()
    assert answer.status < http.HTTPStatus.BAD_REQUEST, (path, answer.status, told[:200])
    return json.loads(told)["data"]


def board_drawn(served: Served, script_id: str, token: str, limit_s: float = 300) -> None:
    """Wait until every panel of a board is drawn."""
    until = time.monotonic() + limit_s
    while any(s["drawn"] < s["shots"] for s in ask(served, f"/api/v1/scripts/{script_id}/board", token)):
        assert time.monotonic() < until, "the board was not drawn"
        time.sleep(1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def _granian(root: Path, target: str, environment: dict[str, str], *options: str) -> Generator[Served]:
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "asgi", *options, "--port", str(port), target]
    settings = {**environment, "PYTHONPATH": str(root), "HELLO_PORT": str(port)}
    with subprocess.Popen(command, cwd=root, env=os.environ | settings, stdout=subprocess.DEVNULL) as process:
        _await_port(port, process)
        try:
            yield Served(port, (process.pid, *_below(process.pid)), root)
        finally:
            process.terminate()


def _hello_site(root: Path) -> Path:
    """The built pages of the Reflex peer; kept from one benchmark to the next."""
    for name, text in {"rxconfig.py": _HELLO_CONFIG, "hello/hello.py": _HELLO_REFLEX, "hello/__init__.py": ""}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    kept = sorted((root / ".web-build").glob("site-*"), key=lambda s: s.stat().st_mtime)
    return kept[-1] if kept else frontend.built(root)


def _await_port(port: int, process: subprocess.Popen[Any], limit_s: float = 60) -> None:
    until = time.monotonic() + limit_s
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert process.poll() is None and time.monotonic() < until, "it did not start"
            time.sleep(0.05)
        else:
            return


def _below(pid: int) -> list[int]:
    """Every process that one has started, and theirs."""
    try:
        lists = [task.joinpath("children").read_text() for task in Path(f"/proc/{pid}/task").iterdir()]
    except OSError:
        return []
    own = [int(word) for told in lists for word in told.split()]
    return own + [deeper for child in own for deeper in _below(child)]


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
