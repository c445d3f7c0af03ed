"""Finds the sound programs of this machine: espeak-ng, fluidsynth and a General MIDI soundfont. It runs none of them."""

from __future__ import annotations

import shutil
from pathlib import Path

from studio.core.errors import Unavailable

ESPEAK_FIX = "apt-get install espeak-ng"
"""The command that brings espeak-ng."""

_SOUNDFONTS = ("TimGM6mb.sf2", "FluidR3_GM.sf2", "default-GM.sf2", "default.sf2", "GeneralUser-GS.sf2")
_SOUNDFONT_FOLDERS = (
    Path("/usr/share/sounds/sf2"),
    Path("/usr/share/soundfonts"),
    Path("/usr/local/share/soundfonts"),
    Path("/opt/homebrew/share/soundfonts"),
)


def espeak() -> Path:
    """The espeak-ng program on PATH.

    Raises:
        Unavailable: with the one command that mends it.
    """
    found = shutil.which("espeak-ng")
    if found:
        return Path(found)
    raise Unavailable(f"espeak-ng is not installed. Install it: {ESPEAK_FIX}", service="espeak-ng", retryable=False)


def fluidsynth() -> Path | None:
    """The fluidsynth program on PATH, or None: the built-in synth plays instead."""
    found = shutil.which("fluidsynth")
    return Path(found) if found else None


def soundfont() -> Path | None:
    """The first General MIDI soundfont in the usual folders, or None."""
    places = (folder / name for name in _SOUNDFONTS for folder in _SOUNDFONT_FOLDERS)
    return next((p for p in places if p.is_file()), None)
