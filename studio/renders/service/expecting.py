"""What a render of each preset takes and weighs: by codec and size at first, then as past renders of this machine came out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Unavailable
from studio.core.settings import settings
from studio.engine.ffmpeg import program
from studio.engine.presets import PRESETS, Order, Preset, preset
from studio.engine.presets.offer import offered, require
from studio.projects import service as projects
from studio.projects.views import ProjectView
from studio.renders import repository
from studio.renders.models import Render
from studio.renders.views import PresetView

_REMEMBERED = 100
_OF_EACH = 5
"""Renders a preset's figures are the mean of: enough to even out a busy machine, few enough to follow a new one."""

_WORK = {"h264": 1.0, "hevc": 2.9, "av1": 2.8, "vp9": 1.0, "prores": 5.3, "": 0.0}
"""CPU of each encoder against our H.264's, one thread, measured at 1080p on the sample film's panels (ffmpeg 5.1)."""

_BITS_A_PIXEL = {"h264": 0.036, "hevc": 0.016, "av1": 0.014, "vp9": 0.03, "prores": 3.7, "": 0.0}
"""Measured on panels with slow moves at 24 frames a second."""

_PICTURE_BITS = {"gif": 1.6, "png": 8.0, "stills": 0.02}
"""Bits a pixel of the film, for what is pictures; a still comes once a shot."""

_NAMES = {
    "h264": "H.264",
    "hevc": "HEVC",
    "av1": "AV1",
    "vp9": "VP9",
    "prores": "ProRes",
    "gif": "GIF",
    "png": "PNG",
    "stills": "JPEG",
    "pcm": "48 kHz, 16 bit",
    "mp3": "192 kbit/s",
}


@dataclass(frozen=True, slots=True)
class Learned:
    """What past renders of a preset took: CPU seconds a frame (None: all were in the cache), bytes a second, and their number."""

    cpu_seconds_a_frame: float | None
    bytes_a_second: int
    renders: int


def offered_presets() -> tuple[str, ...]:
    """The names of the presets this machine can make. It may run ffmpeg: call it outside of transactions."""
    try:
        return tuple(p.name for p in offered(program.encoder(settings().ffmpeg)))
    except (
        Unavailable
    ):  # without any ffmpeg the room shows what Inkreel always makes; asking for it says what is missing
        return tuple(p.name for p in PRESETS.values() if p.codec == "h264")


def require_preset(name: str) -> None:
    """Refuse what cannot be made here. It may run ffmpeg: call it outside of transactions.

    Raises:
        Invalid: there is no such preset.
        Unavailable: this machine's ffmpeg lacks its encoder.
    """
    require(preset(name), program.encoder(settings().ffmpeg))


def list_presets(
    uow: UnitOfWork, actor: Actor, project_id: str, names: Iterable[str] = tuple(PRESETS)
) -> tuple[PresetView, ...]:
    """These kinds of output in the shape of a project, with what to expect of each on this machine. Raises: NotFound."""
    project = projects.get_project(uow, actor, project_id)
    known = learned(uow)
    return tuple(preset_view(preset(name), project, known.get(name)) for name in names)


def learned(uow: UnitOfWork) -> dict[str, Learned]:
    """What the newest renders of each preset took, by name."""
    by_name: dict[str, list[Render]] = {}
    for render in repository.finished_by_preset(uow, _REMEMBERED):
        by_name.setdefault(render.preset, []).append(render)
    return {name: _mean(renders[:_OF_EACH]) for name, renders in by_name.items()}


def expected(uow: UnitOfWork, project: ProjectView, order: Order, frames: int) -> tuple[float, int]:
    """Seconds and bytes a render of so many frames is expected to take."""
    view = preset_view(order.kind, project, learned(uow).get(order.preset))
    return view.estimate_s(frames), view.estimate_bytes(float(project.rate.seconds(frames)))


def preset_view(kind: Preset, project: ProjectView, known: Learned | None) -> PresetView:
    """A preset as it is for a project."""
    across, down = kind.file_size(project.width, project.height) if kind.has_picture else (0, 0)
    work, size = picture_weight(1, kind, project.width, project.height) + sound_weight(1), _bytes(kind, project)
    if known:
        work, size = known.cpu_seconds_a_frame or work, known.bytes_a_second or size
    return PresetView(
        name=kind.name,
        title=kind.title,
        group=kind.group,
        width=across,
        height=down,
        codec=_NAMES[kind.codec if kind.makes == "film" else kind.sound if kind.makes == "sound" else kind.makes],
        suffix=kind.container,
        cpu_seconds_a_frame=work,
        bytes_a_second=size,
        workers=settings().workers,
        learned=known.renders if known else 0,
    )


def picture_weight(frames: int, kind: Preset, width: int = 1920, height: int = 1080) -> float:
    """CPU seconds expected for so many frames: 17 ms each at 720p, 33 ms at 1080p in H.264 (benchmarks/render.py)."""
    if not kind.has_picture:
        return 0.0
    across, down = kind.frame_size(width, height)
    return frames * 0.017 * (across * down / (1280 * 720)) ** 0.825 * (0.4 + 0.6 * _WORK[kind.codec])


def sound_weight(frames: int) -> float:
    """CPU seconds expected for mixing and encoding so many frames of sound."""
    return frames * 0.003


def _bytes(kind: Preset, project: ProjectView) -> int:
    """Bytes a second by codec and size."""
    sound = 0 if not kind.has_sound else 1_536_000 if kind.sound == "pcm" else kind.audio_bitrate
    if not kind.has_picture:
        return sound // 8
    across, down = kind.file_size(project.width, project.height)
    bits = _BITS_A_PIXEL[kind.codec] if kind.makes == "film" else _PICTURE_BITS[kind.makes]
    return round((across * down * float(project.rate.fps) / kind.every(project.rate) * bits + sound) / 8)


def _mean(renders: list[Render]) -> Learned:
    made, seconds = sum(r.made_frames for r in renders), sum(r.length_s for r in renders)
    return Learned(
        sum(r.work_s for r in renders) / made if made else None,
        round(sum(r.size_bytes for r in renders) / seconds) if seconds else 0,
        len(renders),
    )
