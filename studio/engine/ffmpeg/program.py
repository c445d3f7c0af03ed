"""Finds the ffmpeg in force and says which version it is. Running it lives in process.py."""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

from studio.core.errors import Unavailable

_VERSION_WAIT_S = 20.0


def encoder(setting: str | None = None) -> Path:
    """The ffmpeg to use: the setting, else the first on PATH that has libx264, else the one inside imageio-ffmpeg.

    Raises:
        Unavailable: with the one command that mends it.
    """
    if setting:
        return _chosen(setting)
    on_path = shutil.which("ffmpeg")
    if on_path and _encodes_h264(Path(on_path)):
        return Path(on_path)
    bundled = _bundled()
    if bundled and _encodes_h264(bundled):
        return bundled
    raise Unavailable(
        f"No ffmpeg that can write H.264 was found. Install one: {_install_command()}",
        service="ffmpeg",
        retryable=False,
    )


def version(path: Path) -> str:
    """The version as ffmpeg itself states it, e.g. '5.1.9-0+deb12u1'; asked once per installed file.

    Raises:
        Unavailable: when the file is not an ffmpeg that runs.
    """
    words = _banner(path).split()
    return words[2]


def encoders(path: Path) -> frozenset[str]:
    """The names of the encoders it was built with; asked once per installed file.

    Raises:
        Unavailable: when the file is not an ffmpeg that runs.
    """
    try:
        stat = path.stat()
    except OSError as e:
        raise _not_running(path) from e
    return _listed(path, stat.st_mtime_ns, stat.st_size)


def _chosen(setting: str) -> Path:
    found = shutil.which(str(Path(setting).expanduser()))
    if not found:
        raise Unavailable(
            f"INKREEL_FFMPEG names {setting}, which is not a program here. Take the setting away: unset INKREEL_FFMPEG",
            service="ffmpeg",
            retryable=False,
        )
    path = Path(found)
    if not _encodes_h264(path):
        raise Unavailable(
            f"The ffmpeg at {path} cannot write H.264 (libx264). Take the setting away: unset INKREEL_FFMPEG",
            service="ffmpeg",
            retryable=False,
        )
    return path


def _bundled() -> Path | None:
    try:
        import imageio_ffmpeg

        return Path(imageio_ffmpeg.get_ffmpeg_exe())
    except (ImportError, RuntimeError, OSError):
        return None


def _encodes_h264(path: Path) -> bool:
    try:
        return "--enable-libx264" in _banner(path)
    except Unavailable:
        return False


def _banner(path: Path) -> str:
    """What `ffmpeg -version` prints; asked again when the file was replaced, so an upgrade changes segment keys."""
    try:
        stat = path.stat()
    except OSError as e:
        raise _not_running(path) from e
    return _asked(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=8)
def _asked(path: Path, _modified_ns: int, _size: int) -> str:
    try:
        done = subprocess.run([str(path), "-version"], capture_output=True, timeout=_VERSION_WAIT_S, check=True)
    except (OSError, subprocess.SubprocessError) as e:
        raise _not_running(path) from e
    text = done.stdout.decode(errors="replace")
    if not text.startswith("ffmpeg version ") or len(text.split()) < 3:
        raise _not_running(path)
    return text


@lru_cache(maxsize=8)
def _listed(path: Path, _modified_ns: int, _size: int) -> frozenset[str]:
    try:
        done = subprocess.run(
            [str(path), "-hide_banner", "-encoders"], capture_output=True, timeout=_VERSION_WAIT_S, check=True
        )
    except (OSError, subprocess.SubprocessError) as e:
        raise _not_running(path) from e
    lines = (line.split() for line in done.stdout.decode(errors="replace").splitlines())
    return frozenset(words[1] for words in lines if len(words) > 1 and words[0][0] in "VAS" and words[1] != "=")


def _not_running(path: Path) -> Unavailable:
    return Unavailable(
        f"{path} does not run as ffmpeg. Install one that does: {_install_command()}", service="ffmpeg", retryable=False
    )


def _install_command() -> str:
    if shutil.which("apt-get"):
        return "sudo apt-get install -y ffmpeg"
    if shutil.which("brew"):
        return "brew install ffmpeg"
    return f"{sys.executable} -m pip install --force-reinstall imageio-ffmpeg"
