"""What a clip's colours and effects do to its pictures: as filters for the decoder, or over a picture that is here."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np
from av.video.frame import VideoFrame

from studio.core.errors import UnsupportedMedia
from studio.engine.looks import cube
from studio.engine.looks.colour import colour_filters
from studio.engine.looks.effects import effect_filters, makes_alpha
from studio.engine.render.filters import Chain, planes
from studio.engine.render.footage import Store
from studio.engine.render.layers import Span
from studio.engine.render.picture import Picture
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Curve
from studio.engine.timeline.looks import Blur, FrameFunction, Grain, Pixelate

_GRAIN_BEFORE = 1 << 16
"""Added to a clip's frames where grain counts them, for in a transition they may lie before its first."""


class Looks:
    """The colours and effects of one clip in one window: `span` is the window in frames of the clip's timeline."""

    def __init__(self, clip: Clip, span: Span, rate: Rate, store: Store, height: int) -> None:
        self._clip, self._rate, self._store, self._height = clip, rate, store, height
        self._until = span.end - clip.start
        self.any = clip.colour is not None or bool(clip.effects)
        self.makes_alpha = any(makes_alpha(effect) for effect in clip.effects)
        self.anew = _changes(clip.colour) or _changes(clip.effects)
        """Whether the same picture looks different on every frame."""
        self._chain: Chain | None = None

    def filters(self, size: tuple[int, int], *, first: int, alpha: bool, scale: float = 1.0) -> list[str]:
        """The chain for pictures of this size, the first of which is the clip's frame `first`.

        `scale` is how many of their pixels lie in one of the frame's: radii are shares of the frame's height.
        """
        frames = max(self._until - first, 1) if self.anew else 1
        out: list[str] = []
        if self._clip.colour is not None:
            table = self._table()
            out += colour_filters(
                self._clip.colour, rate=self._rate, first=first, frames=frames, alpha=alpha, table=table
            )
        for i, effect in enumerate(self._clip.effects):
            if isinstance(effect, FrameFunction):
                continue
            radial = isinstance(effect, Blur | Pixelate)
            out += effect_filters(
                effect,
                (size[0], round(self._height * scale)) if radial else size,
                rate=self._rate,
                film_frame=first + _GRAIN_BEFORE,
                first=first,
                frames=frames,
                alpha=alpha,
                name=f"e{i}",
            )
            alpha = alpha or makes_alpha(effect)
        return out

    def over(self, picture: Picture, frame: int, scale: float = 1.0) -> Picture:
        """The picture as the clip's frame, changed; frames that differ are asked for one after another."""
        if not self.any:
            return picture
        had, has = picture.alpha is not None, picture.alpha is not None or self.makes_alpha
        if self._chain is None:
            size = picture.width, picture.height
            told = self.filters(size, first=frame, alpha=had, scale=scale)
            colours = "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
            self._chain = Chain([colours, *told, f"format={'yuva420p' if has else 'yuv420p'}"], 1 / self._rate.fps)
        data = b"".join(planes(self._chain.through(_frame(picture))))
        return Picture.of_bytes(np.frombuffer(data, np.uint8), picture.width, picture.height, alpha=has)

    def _table(self) -> Path | None:
        """The clip's table of colours as a file that filters may be given."""
        colour = self._clip.colour
        if colour is None or not colour.lut or self._store.tables is None:
            return None
        try:
            data = self._store.path(colour.lut).read_bytes()
        except OSError as e:
            raise UnsupportedMedia(
                f"The table of colours of the clip “{self._clip.name}” is missing. Choose another and render again."
            ) from e
        return cube.prepared(data, self._clip.name, colour.lut_mix, self._store.tables)


def _changes(value: Any) -> bool:
    """Whether there is a curve in it, or something drawn anew for every frame."""
    if isinstance(value, Curve | Grain | FrameFunction):
        return True
    if isinstance(value, tuple):
        return any(_changes(each) for each in value)  # pyright: ignore[reportUnknownVariableType]
    return is_dataclass(value) and any(_changes(getattr(value, f.name)) for f in fields(value))


def _frame(picture: Picture) -> VideoFrame:
    """The picture as FFmpeg's filters take it."""
    clear = picture.alpha is not None
    frame = VideoFrame(picture.width, picture.height, "yuva420p" if clear else "yuv420p")
    given = [picture.y, picture.u, picture.v, *([picture.alpha] if picture.alpha is not None else [])]
    for plane, samples in zip(frame.planes, given, strict=True):
        rows = np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)  # pyright: ignore[reportArgumentType]
        rows[:, : plane.width] = samples
    return frame
