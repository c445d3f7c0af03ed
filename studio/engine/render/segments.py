"""Renders one segment of a timeline to a file that joins with its like. What its frames show: film.py; which segments: plan.py."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from studio.core.errors import EncoderFailed, Invalid
from studio.engine.ffmpeg.process import FrameWriter, Stop, never
from studio.engine.presets import Preset
from studio.engine.presets.encoding import COLOURS, framing, picture_arguments
from studio.engine.render.footage import Store
from studio.engine.render.layers import Span
from studio.engine.time import Rate
from studio.engine.timeline import Timeline


def render_segment(
    timeline: Timeline,
    span: Span,
    preset: Preset,
    store: Store,
    out: Path,
    *,
    ffmpeg: Path,
    hold: bool = False,
    threads: int = 1,
    on_frame: Callable[[int], None] | None = None,
    stop: Stop = never,
) -> None:
    """Write frames `span` of the timeline to `out`, an MP4 that joins with its like without re-encoding.

    Where every frame is a picture of footage as it is, the decoder's pictures go straight to the encoder; else they are drawn.

    With `hold` a clip longer than its media stands on its last picture. `on_frame` hears how many frames have gone to the
    encoder. `out` appears complete or not at all.

    Raises:
        UnsupportedMedia: naming the clip whose media is missing, cannot be read or is too short.
        EncoderFailed: when ffmpeg fails, hangs or writes another number of frames.
        Cancelled: when `stop()` says so.
        SandboxRefused: when this machine cannot keep media from outside apart.
        Invalid: when the span lies outside the timeline.
    """
    from studio.engine.render.film import drawn
    from studio.engine.render.reels.reel import poured
    from studio.engine.render.straight import straight

    if span.frames < 1 or span.start < 0 or span.end > timeline.frames:
        raise Invalid(f"Frames {span.start} to {span.end} are not all in a film of {timeline.frames} frames.")
    width, height = preset.frame_size(timeline.width, timeline.height)
    if store.tables is None:
        store = replace(store, tables=out.parent / "tables")
    temporary = out.with_name(f".{out.name}.{os.getpid()}.{secrets.token_hex(4)}.part")
    shape = framing(preset, timeline.width, timeline.height)
    arguments = segment_arguments(
        ffmpeg, width, height, timeline.rate, preset, threads=threads, out=temporary, shape=shape
    )
    doing = f"rendering frames {span.start} to {span.end - 1}"
    try:
        if (plain := straight(timeline, span, (width, height), store, hold=hold)) is not None:
            written = poured(*plain, arguments, doing=doing, stop=stop, on_frame=on_frame)
        else:
            frames = drawn(timeline, span, (width, height), store, hold=hold, stop=stop)
            with closing(frames), FrameWriter(arguments, doing=doing, stop=stop) as writer:
                for done, picture in enumerate(frames, start=1):
                    writer.write(picture.data)
                    if on_frame:
                        on_frame(done)
            written = writer.frames
        if written != span.frames:
            raise EncoderFailed(
                f"ffmpeg wrote {written} of {span.frames} frames while {doing}. Render again; if it stays, update ffmpeg."
            )
        temporary.replace(out)
    finally:
        temporary.unlink(missing_ok=True)


def segment_arguments(
    ffmpeg: Path, width: int, height: int, rate: Rate, preset: Preset, *, threads: int, out: Path, shape: str = ""
) -> list[str]:
    """The ffmpeg that takes raw 4:2:0 frames on its standard input and writes one segment, shaped by the filter of `framing`."""
    final = preset.shape if shape and preset.shape else (width, height)
    return [
        *(str(ffmpeg), "-f", "rawvideo", "-pixel_format", "yuv420p"),
        *("-video_size", f"{width}x{height}", "-framerate", str(rate), "-i", "pipe:0"),
        *("-map", "0:v:0", "-vf", ",".join(filter(None, (shape, f"setparams={COLOURS}", "setsar=1")))),
        *picture_arguments(preset, *final, rate, threads=threads),
        str(out),
    ]
