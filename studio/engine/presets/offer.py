"""Which presets this machine's ffmpeg can make, and what it lacks for the others."""

from __future__ import annotations

from pathlib import Path

from studio.core.errors import Unavailable
from studio.engine.ffmpeg import program
from studio.engine.presets.encoding import ENCODERS
from studio.engine.presets.kinds import PRESETS, Preset


def lacking(preset: Preset, ffmpeg: Path) -> str:
    """The encoder this ffmpeg does not have for a preset; "" when it has all. Raises: Unavailable."""
    known = program.encoders(ffmpeg)
    wanted = [ENCODERS[codec] for codec in (preset.codec, preset.sound) if codec]
    wanted += ["gif"] if preset.makes == "gif" else []
    return next((name for name in wanted if name not in known), "")


def offered(ffmpeg: Path) -> tuple[Preset, ...]:
    """The presets that can be made here. Raises: Unavailable."""
    return tuple(p for p in PRESETS.values() if not lacking(p, ffmpeg))


def require(preset: Preset, ffmpeg: Path) -> None:
    """Refuse a preset that cannot be made here.

    Raises:
        Unavailable: naming the encoder that is missing.
    """
    if missing := lacking(preset, ffmpeg):
        raise Unavailable(
            f"{preset.title or preset.name} cannot be made here: this ffmpeg has no {missing}. "
            "Choose another format, or set INKREEL_FFMPEG to an ffmpeg that has it.",
            service="ffmpeg",
            retryable=False,
        )
