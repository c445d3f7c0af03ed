"""Shows any frame of a proxy at once: a decoder that stays open, and the frames it passed on the way."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from studio.core.errors import Invalid, UnsupportedMedia
from studio.engine.previews.proxies import GOP
from studio.engine.probe import OPTIONS

if TYPE_CHECKING:
    from av import VideoFrame

_KEPT = 2 * GOP
_QUALITY = 82

Picture = NDArray[np.uint8]
"""(height, width, 3), blue, green, red."""


class Scrubber:
    """An open proxy; use as a context manager. Not for several threads at once."""

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises:
            UnsupportedMedia: it is no proxy of ours.
        """
        import av
        from av.error import FFmpegError

        self._name = path.name
        self._held = ExitStack()
        self._kept: OrderedDict[int, VideoFrame] = OrderedDict()
        self._next = 0
        try:
            self._container: Any = self._held.enter_context(av.open(str(path), "r", options=dict(OPTIONS)))
            self._stream: Any = self._container.streams.video[0]
            self._rate = Fraction(self._stream.average_rate)
            self.frames = int(self._stream.frames)
        except (FFmpegError, OSError, IndexError, TypeError) as error:
            self._held.close()
            raise UnsupportedMedia(f"{path.name} cannot be read. Have it made again.") from error
        self._stream.codec_context.thread_count = 1
        self._coming = self._decoded()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._held.close()

    def frame(self, n: int) -> VideoFrame:
        """Frame `n`, exactly.

        Raises:
            Invalid: there is none. UnsupportedMedia: it does not decode.
        """
        from av.error import FFmpegError

        if not 0 <= n < self.frames:
            raise Invalid(f"{self._name} has {self.frames} frames; {n} is none of them.", field="frame")
        if n in self._kept:
            self._kept.move_to_end(n)
            return self._kept[n]
        try:
            return self._found(n)
        except (FFmpegError, StopIteration) as error:
            raise UnsupportedMedia(f"Frame {n} of {self._name} cannot be read. Have it made again.") from error

    def picture(self, n: int) -> Picture:
        """Frame `n` as pixels."""
        shown: Any = self.frame(n)
        return shown.reformat(format="bgr24", src_colorspace="ITU709", dst_colorspace="ITU709").to_ndarray()

    def jpeg(self, n: int) -> bytes:
        """Frame `n` as a JPEG."""
        return jpeg(self.picture(n))

    def _found(self, n: int) -> VideoFrame:
        if not self._next <= n < self._next + GOP:
            base = Fraction(self._stream.time_base)
            self._container.seek(int(n / self._rate / base), stream=self._stream, backward=True)
            self._coming = self._decoded()
        while True:
            found = next(self._coming)
            at = round(found.pts * Fraction(found.time_base) * self._rate)
            self._next = at + 1
            self._kept[at] = found
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            if at >= n:
                return found

    def _decoded(self) -> Iterator[Any]:
        return iter(self._container.decode(self._stream))


def jpeg(picture: Picture) -> bytes:
    """Pixels as a JPEG."""
    import cv2

    return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1].tobytes()
