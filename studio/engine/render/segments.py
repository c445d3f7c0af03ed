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
from studio.engine.render.footage import Store
from studio.engine.render.layers import Span
from studio.engine.time import Rate
from studio.engine.timeline import Timeline

KEYFRAME_S = 2
"""Seconds between keyframes at most: what a player must decode to show a frame it jumped to."""

# Macroblocks a frame and a second. Source: ITU-T H.264 table A-1.
_LEVELS = (
    ("3.1", 3_600, 108_000),
    ("3.2", 5_120, 216_000),
    ("4.0", 8_192, 245_760),
    ("4.2", 8_704, 522_240),
    ("5.1", 36_864, 983_040),
    ("5.2", 36_864, 2_073_600),
    ("6.2", 139_264, 16_711_680),
)


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

    if span.frames < 1 or span.start < 0 or span.end > timeline.frames:
        raise Invalid(f"Frames {span.start} to {span.end} are not all in a film of {timeline.frames} frames.")
    width, height = preset.frame_size(timeline.width, timeline.height)
    if store.tables is None:
        store = replace(store, tables=out.parent / "tables")
    temporary = out.with_name(f".{out.name}.{os.getpid()}.{secrets.token_hex(4)}.part")
    arguments = segment_arguments(ffmpeg, width, height, timeline.rate, preset, threads=threads, out=temporary)
    doing = f"rendering frames {span.start} to {span.end - 1}"
    try:
        frames = drawn(timeline, span, (width, height), store, hold=hold, stop=stop)
        with closing(frames), FrameWriter(arguments, doing=doing, stop=stop) as writer:
            for done, picture in enumerate(frames, start=1):
                writer.write(picture.data)
                if on_frame:
                    on_frame(done)
        if writer.frames != span.frames:
            raise EncoderFailed(
                f"ffmpeg wrote {writer.frames} of {span.frames} frames while {doing}. Render again; if it stays, update ffmpeg."
            )
        temporary.replace(out)
    finally:
        temporary.unlink(missing_ok=True)


def segment_arguments(
    ffmpeg: Path, width: int, height: int, rate: Rate, preset: Preset, *, threads: int, out: Path
) -> list[str]:
    """The ffmpeg that takes raw 4:2:0 frames on its standard input and writes one segment.

    Everything a decoder is told before the first frame (profile, level, shape of pixels, colours, timescale) is fixed
    here, so that any two segments of a film can follow each other in one stream.
    """
    colours = "range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
    return [
        *(str(ffmpeg), "-f", "rawvideo", "-pixel_format", "yuv420p"),
        *("-video_size", f"{width}x{height}", "-framerate", str(rate), "-i", "pipe:0"),
        *("-map", "0:v:0", "-vf", f"setparams={colours},setsar=1"),
        *("-c:v", "libx264", "-preset", preset.x264_preset, "-crf", str(preset.crf), "-pix_fmt", "yuv420p"),
        *("-profile:v", "high", "-level:v", h264_level(width, height, rate)),
        *("-g", str(rate.frames(KEYFRAME_S)), "-flags", "+cgop", "-threads", str(threads)),
        *("-color_range", "tv", "-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709"),
        *("-chroma_sample_location", "left", "-video_track_timescale", str(timescale(rate))),
        *("-fflags", "+bitexact", "-f", "mp4", str(out)),
    ]


def timescale(rate: Rate) -> int:
    """Ticks a second of a video track in which every frame is a whole number of ticks."""
    ticks = rate.num
    while ticks < 10_000:
        ticks *= 2
    return ticks


def h264_level(width: int, height: int, rate: Rate) -> str:
    """The lowest H.264 level that holds such frames at such a rate."""
    blocks = -(-width // 16) * -(-height // 16)
    return next((name for name, frame, second in _LEVELS if blocks <= frame and blocks * rate.fps <= second), "6.2")
