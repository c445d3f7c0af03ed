"""What this machine has and lacks for making films, and the one command that mends each lack."""

from __future__ import annotations

import importlib
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from jobs import redis_server
from studio.core.errors import StudioError, Unavailable
from studio.core.settings import Settings, prepared_home
from studio.engine.ffmpeg import program
from studio.engine.sound import programs

_LEAST_FREE_MB = 1024
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
    """Look at everything a film needs; never raises."""
    return [
        Check("python", sys.version_info >= (3, 11), True, sys.version.split()[0], "Install Python 3.11 or newer."),
        *_needed_tools(s),
        _skia(),
        _tool("fluidsynth", programs.fluidsynth, ("fluidsynth",), needed=False),
        _tool("soundfont", programs.soundfont, ("timgm6mb-soundfont",), needed=False),
        _letters(),
        *_home(s),
    ]


def require_tools(s: Settings) -> None:
    """Refuse at once what would fail later. Raises: Unavailable, naming what is missing and the one command that mends it."""
    lacking = [c for c in _needed_tools(s) if not c.ok]
    if lacking:
        names = " and ".join(c.name for c in lacking)
        message = f"A film cannot be made here: {names} is missing. Mend it with: {mending_command(lacking)}"
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


def _home(s: Settings) -> list[Check]:
    try:
        home = prepared_home(s)
    except StudioError as e:
        return [Check("data folder", False, True, e.message, "Set INKREEL_HOME to a folder you can write.")]
    free = shutil.disk_usage(home).free >> 20
    fix = "Free some space, or set INKREEL_HOME to a folder on a larger disk."
    return [
        Check("data folder", True, True, str(home)),
        Check("disk", free >= _LEAST_FREE_MB, True, f"{free} MB free", fix),
    ]
