"""Renders one segment of a timeline to a file: stills filmed by their moves, fades, black gaps. Which segments: plan.py."""

from __future__ import annotations

import os
import secrets
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studio.core.errors import EncoderFailed, Invalid
from studio.engine.ffmpeg.process import FrameWriter, Stop, never
from studio.engine.motion import is_still, window_at
from studio.engine.plan import Shown, Span, shown, within
from studio.engine.presets import Preset
from studio.engine.presets.encoding import COLOURS, framing, picture_arguments
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Timeline, Window
from studio.engine.words import Letters

if TYPE_CHECKING:
    from studio.engine.stills import Frame, Still

_KEPT_STILLS = 4


def render_segment(
    timeline: Timeline,
    span: Span,
    preset: Preset,
    media: Callable[[str], Path],
    out: Path,
    *,
    ffmpeg: Path,
    threads: int = 1,
    fonts: Path | None = None,
    on_frame: Callable[[int], None] | None = None,
    stop: Stop = never,
) -> None:
    """Write frames `span` of the timeline to `out`, an MP4 that joins with its like without re-encoding.

    `media` gives the file of a media hash; `on_frame` hears how many frames have gone to the encoder. `out` appears
    complete or not at all. Texts need the folder of `fonts`.

    Raises:
        UnsupportedMedia: naming the clip whose picture cannot be read.
        EncoderFailed: when ffmpeg fails, hangs or writes another number of frames.
        Cancelled: when `stop()` says so.
        Invalid: when the span lies outside the timeline.
    """
    from studio.engine.stills import Frame

    if span.frames < 1 or span.start < 0 or span.end > timeline.frames:
        raise Invalid(f"Frames {span.start} to {span.end} are not all in a film of {timeline.frames} frames.")
    width, height = preset.frame_size(timeline.width, timeline.height)
    camera = _Camera(media, Frame(width, height), float(timeline.rate.fps))
    letters = Letters(timeline, width, height, fonts) if fonts else None
    sheet = Frame(width, height)
    temporary = out.with_name(f".{out.name}.{os.getpid()}.{secrets.token_hex(4)}.part")
    shape = framing(preset, timeline.width, timeline.height)
    arguments = segment_arguments(
        ffmpeg, width, height, timeline.rate, preset, threads=threads, out=temporary, shape=shape
    )
    doing = f"rendering frames {span.start} to {span.end - 1}"
    try:
        with FrameWriter(arguments, doing=doing, stop=stop) as writer:
            for done, picture in enumerate(camera.filmed(within(shown(timeline), span)), start=1):
                writer.write(
                    _lettered(picture, sheet, letters, span.start + done - 1).data if letters else picture.data
                )
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


def _lettered(picture: Frame, sheet: Frame, letters: Letters, at: int) -> Frame:
    """The picture with its texts, on a sheet of its own: the picture itself may be shown again."""
    sheet.copy(picture)
    letters.over(sheet, at)
    return sheet


def gain_at(clip: Clip, frame: int) -> float:
    """The light of the clip's own frame `frame`: from 0 on the first of `fade_in` frames, to 0 on its last frame."""
    rise = frame / clip.fade_in if clip.fade_in > 0 else 1.0
    fall = (clip.frames - 1 - frame) / clip.fade_out if clip.fade_out > 0 else 1.0
    return min(max(min(rise, fall), 0.0), 1.0)


@dataclass(slots=True)
class _Camera:
    """Films stretches of a timeline into one frame buffer, drawing only when the picture changes."""

    media: Callable[[str], Path]
    frame: Frame
    fps: float

    def filmed(self, parts: tuple[Shown, ...]) -> Iterator[Frame]:
        """The frame buffer, once for every frame, each time showing the next."""
        stills: OrderedDict[tuple[str, float, float], Still] = OrderedDict()
        for part in parts:
            if part.clip is None:
                self.frame.blacken()
                for _ in range(part.start, part.end):
                    yield self.frame
            else:
                yield from self._clip(part.clip, part.start, part.end, stills)

    def _clip(
        self, clip: Clip, start: int, end: int, stills: OrderedDict[tuple[str, float, float], Still]
    ) -> Iterator[Frame]:
        from studio.engine.stills import show

        picture = self._picture(clip, stills)
        before: tuple[Window, float] | None = None
        for frame in range(start - clip.start, end - clip.start):
            now = window_at(clip.motion, frame, clip.frames, fps=self.fps), gain_at(clip, frame)
            if now != before:
                show(picture, now[0], self.frame)
                self.frame.dim(now[1])
                before = now
            yield self.frame

    def _picture(self, clip: Clip, stills: OrderedDict[tuple[str, float, float], Still]) -> Still:
        from studio.engine.stills import still

        tightest, widest = _widths(clip)
        key = clip.media, tightest, widest
        if key not in stills:
            while len(stills) >= _KEPT_STILLS:
                stills.popitem(last=False)
            stills[key] = still(
                self.media(clip.media),
                clip=clip.name,
                width=self.frame.width,
                height=self.frame.height,
                tightest=tightest,
                widest=widest,
            )
        stills.move_to_end(key)
        return stills[key]


def _widths(clip: Clip) -> tuple[float, float]:
    """The narrowest and the widest window of the clip's whole move, so that every segment of it has the same pixels."""
    if is_still(clip.motion):
        only = window_at(clip.motion, 0, 1).width
        return only, only
    ends = [window_at(clip.motion, frame, clip.frames).width for frame in (0, max(clip.frames - 1, 0))]
    return min(ends), max(ends)
