"""What this machine has and lacks for films and for the studio, and the one command that mends each lack."""

from __future__ import annotations

import importlib
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.cli.running import running_at
from app.web import frontend
from app.web.process import next_free_port, port_error
from jobs import redis_server
from studio.core import migrations
from studio.core.errors import StudioError, Unavailable
from studio.core.settings import Settings, prepared_home
from studio.engine.ffmpeg import program
from studio.engine.presets import PRESETS
from studio.engine.presets.offer import lacking
from studio.engine.sandbox import ladder
from studio.engine.sound import programs

_LEAST_FREE_MB = 1024
_SYNC = "uv sync --locked"
_FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. `packages` are the Debian packages that bring it; `fix` is the command or the act that mends it."""

    name: str
    ok: bool
    needed: bool
    found: str
    fix: str = ""
    packages: tuple[str, ...] = ()


def checks(s: Settings) -> list[Check]:
    """Look at everything a film and the studio need; never raises."""
    return [
        Check("python", sys.version_info >= (3, 11), True, sys.version.split()[0], "Install Python 3.11 or newer."),
        *_needed_tools(s),
        _skia(),
        _formats(s),
        _tool("fluidsynth", programs.fluidsynth, ("fluidsynth",), needed=False),
        _tool("soundfont", programs.soundfont, ("timgm6mb-soundfont",), needed=False),
        _letters(),
        sandbox(),
        *_home(s),
        _database(),
        _pages(),
        _builder(),
        _port(s),
    ]


def checks_for_tests() -> list[Check]:
    """Look at what only the tests need."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    packages = ("chromium",)
    return [Check("browser", found is not None, False, found or "missing", _install(packages), packages)]


def lacking_tools(s: Settings) -> list[Check]:
    """What a film will miss although the studio can start."""
    return [c for c in _needed_tools(s) if not c.ok and c.name != "redis"]


BOARD = ("redis", "fonts")
"""What drawing a board needs of the tools of a film."""


def require_tools(s: Settings, what: str = "film", only: tuple[str, ...] = ()) -> None:
    """Refuse at once what would fail later; `only` names the tools that matter, if not all of a film's.

    Raises:
        Unavailable: it names what is missing and the one command that mends it.
    """
    lacking = [c for c in _needed_tools(s) if not c.ok and (not only or c.name in only)]
    if lacking:
        names = " and ".join(c.name for c in lacking)
        message = f"A {what} cannot be made here: {names} is missing. Mend it with: {mending_command(lacking)}"
        raise Unavailable(message, service=lacking[0].name, retryable=False)


def mending_command(lacking: list[Check]) -> str:
    """One command for everything a package brings, else the first thing a person must do."""
    packages = tuple(p for c in lacking for p in c.packages)
    if packages:
        return _install(packages)
    return lacking[0].fix if lacking else ""


def _needed_tools(s: Settings) -> list[Check]:
    return [
        _tool("ffmpeg", lambda: program.encoder(s.ffmpeg), ("ffmpeg",), needed=True),
        _tool("espeak-ng", programs.espeak, ("espeak-ng",), needed=True),
        _tool("redis", redis_server.server_binary, ("redis-server",), needed=True),
        _fonts(s),
    ]


def _formats(s: Settings) -> Check:
    """The kinds of output this ffmpeg can write."""
    fix = "Set INKREEL_FFMPEG to an ffmpeg that has them."
    try:
        path = program.encoder(s.ffmpeg)
        missing = {p.name: lacks for p in PRESETS.values() if (lacks := lacking(p, path))}
    except StudioError:
        return Check("formats", False, False, "none without ffmpeg", _install(("ffmpeg",)), ("ffmpeg",))
    if not missing:
        return Check("formats", True, False, f"all {len(PRESETS)}")
    told = ", ".join(f"{name} (no {encoder})" for name, encoder in missing.items())
    return Check("formats", False, False, f"{len(PRESETS) - len(missing)} of {len(PRESETS)}; not {told}", fix)


def _install(packages: tuple[str, ...]) -> str:
    return f"apt-get install {' '.join(packages)}"


def _tool(name: str, find: Callable[[], Path | None], packages: tuple[str, ...], *, needed: bool) -> Check:
    try:
        found = find()
    except StudioError:
        found = None
    return Check(name, found is not None, needed, str(found or "missing"), _install(packages), packages)


def _skia() -> Check:
    packages = ("libegl1", "libgl1")
    try:
        version = importlib.import_module("skia").__version__
    except ImportError:
        return Check("skia", False, False, "missing: panels are drawn by Pillow, slower", _install(packages), packages)
    return Check("skia", True, False, version, _install(packages), packages)


def _fonts(s: Settings) -> Check:
    count = len(list(s.fonts.glob("*.woff2"))) if s.fonts.is_dir() else 0
    return Check("fonts", count > 0, True, f"{count} in {s.fonts}", f"git checkout -- {s.fonts}")


def _letters() -> Check:
    """A font for titles in other letters than Latin ones."""
    packages = ("fonts-dejavu-core",)
    found = next((f for folder in _FONT_FOLDERS for f in sorted(folder.rglob("DejaVuSans-Bold.ttf"))), None)
    return Check(
        "letters", found is not None, False, str(found or "missing: Latin titles only"), _install(packages), packages
    )


def sandbox() -> Check:
    """How far files and code from outside are kept apart from this machine."""
    standing = ladder.standing()
    found = f"{standing.rung}: {ladder.MEANING[standing.rung]}"
    if standing.rung is ladder.Rung.ISOLATED:
        return Check("sandbox", True, False, found)
    return Check("sandbox", False, False, f"{found} ({standing.lacking})", standing.fix)


def _home(s: Settings) -> list[Check]:
    try:
        home = prepared_home(s)
    except StudioError as e:
        return [Check("data folder", False, True, e.message, "Set INKREEL_HOME to a folder you can write.")]
    free = shutil.disk_usage(home).free >> 20
    needed = max(_LEAST_FREE_MB, s.disk_reserve_mb)
    fix = "Free some space, or set INKREEL_HOME to a folder on a larger disk."
    return [
        Check("data folder", True, True, str(home)),
        Check("disk", free >= needed, True, f"{free} MB free", fix),
    ]


def _database() -> Check:
    try:
        revision = migrations.revision()
    except StudioError as e:
        return Check("database", False, True, e.message, "Choose another data folder with INKREEL_HOME.")
    return Check("database", True, True, f"revision {revision}" if revision else "made at the first start")


def _pages() -> Check:
    """The built frontend: stale is no lack where it can be built again."""
    site = frontend.current()
    found = str(site) if site else "to be built at the next start"
    return Check("pages", site is not None or frontend.builder() is not None, False, found, _SYNC)


def _builder() -> Check:
    found = frontend.builder()
    return Check("bun or node", found is not None, False, str(found or "missing: changed pages cannot be built"), _SYNC)


def _port(s: Settings) -> Check:
    if address := running_at(s):
        return Check("port", True, False, f"the studio is running at {address}")
    try:
        taken = port_error(s.host, s.port)
    except StudioError as e:
        return Check("port", False, False, e.message, "Set INKREEL_HOST to 127.0.0.1.")
    if not taken:
        return Check("port", True, False, f"{s.port} on {s.host} is free")
    free = next_free_port(s.host, max(s.port, 1023))
    return Check("port", False, False, f"{s.port} on {s.host} is taken", f"inkreel up --port {free or s.port + 1}")
