"""One frame of a timeline as it will be rendered, for looking at: the same drawing as a segment's, without the encoder."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from studio.core.errors import Invalid
from studio.engine.ffmpeg.process import Stop, never
from studio.engine.render.footage import Store
from studio.engine.render.layers import Span
from studio.engine.timeline import Timeline

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def frame_at(
    timeline: Timeline, frame: int, size: tuple[int, int], store: Store, *, hold: bool = False, stop: Stop = never
) -> NDArray[np.uint8]:
    """A frame as RGB pixels, height x width x 3; `size` is width and height, both even.

    Raises:
        Invalid: the film has no such frame.
        UnsupportedMedia, EncoderFailed, Cancelled, SandboxRefused: as `film.drawn`.
    """
    from studio.engine.render.film import drawn
    from studio.engine.render.picture import Picture

    if not 0 <= frame < timeline.frames:
        raise Invalid(f"There is no frame {frame} in a film of {timeline.frames} frames.", field="frame")
    with closing(drawn(timeline, Span(frame, 1), size, store, hold=hold, stop=stop)) as frames:
        return Picture.of_frame(next(frames)).rgb()


def jpeg_at(
    timeline: Timeline,
    frame: int,
    size: tuple[int, int],
    store: Store,
    *,
    quality: int = 85,
    hold: bool = False,
    stop: Stop = never,
) -> bytes:
    """The same as a JPEG file. Raises: as `frame_at`."""
    from io import BytesIO

    from PIL import Image

    out = BytesIO()
    Image.fromarray(frame_at(timeline, frame, size, store, hold=hold, stop=stop)).save(out, "JPEG", quality=quality)
    return out.getvalue()
