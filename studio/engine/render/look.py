"""What a clip's colours and effects do to its pictures: as filters for the decoder, or over a picture that is here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np
from av.video.frame import VideoFrame

from studio.core.errors import UnsupportedMedia
from studio.engine.looks import cube
from studio.engine.looks.colour import colour_filters
from studio.engine.looks.effects import BEFORE, effect_filters, makes_alpha
from studio.engine.looks.functions import function
from studio.engine.render.footage import Store
from studio.engine.render.picture import Picture
from studio.engine.render.reels.filters import Chain, planes
from studio.engine.timeline import Clip, Curve
from studio.engine.timeline.curves import at
from studio.engine.timeline.looks import Blur, Colour, Effect, FrameFunction, Grain, Pixelate

_BT709 = "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"


class Looks:
    """The colours and effects of one clip in one window: `frames` are the clip's own, in the order the window shows them."""

    def __init__(self, clip: Clip, frames: Sequence[int], store: Store, height: int) -> None:
        self._clip, self._frames, self._store, self._height = clip, list(frames), store, height
        self.any = clip.colour is not None or bool(clip.effects)
        self.makes_alpha = any(makes_alpha(effect) for effect in clip.effects)
        self.anew = _changes(clip.colour) or _changes(clip.effects)
        """Whether the same picture looks different on every frame."""
        self.apart = not any(isinstance(effect, FrameFunction) for effect in clip.effects)
        """Whether filters alone do it, so that the decoder can."""
        self._steps: list[Chain | FrameFunction] | None = None
        self._first = self._at = 0
        self._held: tuple[int, Picture] | None = None

    def filters(self, size: tuple[int, int], frames: Sequence[int], *, alpha: bool, scale: float = 1.0) -> list[str]:
        """The chain for pictures of this size, each of which is one of the clip's `frames`; no frame function is in it.

        `scale` is how many of their pixels lie in one of the frame's: radii are shares of the frame's height.
        """
        return self._told(list(enumerate(self._clip.effects)), self._clip.colour, size, frames, alpha, scale)

    def over(self, picture: Picture, frame: int, scale: float = 1.0) -> Picture:
        """The picture as the clip's frame, changed; frames are asked for in the window's order, any of them left out."""
        if not self.any:
            return picture
        if self._held is not None and self._held[0] == frame:
            return self._held[1]
        self._at = self._frames.index(frame, self._at)
        if self._steps is None:
            self._first = self._at
            self._steps = list(self._stepped(picture, scale))
        self._held = frame, self._changed(picture, frame, self._steps)
        return self._held[1]

    def _changed(self, picture: Picture, frame: int, steps: Sequence[Chain | FrameFunction]) -> Picture:
        for step in steps:
            if isinstance(step, Chain):
                out = step.through(_frame(picture), self._at - self._first)
                data = np.frombuffer(b"".join(planes(out)), np.uint8)
                picture = Picture.of_bytes(data, picture.width, picture.height, alpha=out.format.name == "yuva420p")
            else:
                amount = min(max(at(step.amount, frame), 0.0), 1.0)
                done = Picture.of_rgb(function(step.name)(picture.rgb(), frame + BEFORE, amount))
                picture = Picture(done.y, done.u, done.v, picture.alpha)
        return picture

    def _stepped(self, picture: Picture, scale: float) -> Iterator[Chain | FrameFunction]:
        """Chains of filters, and between them the functions no filter can express."""
        size, clear = (picture.width, picture.height), picture.alpha is not None
        frames = self._frames[self._first :]
        colour, run = self._clip.colour, list[tuple[int, Effect]]()
        for i, effect in [*enumerate(self._clip.effects), (0, None)]:
            if effect is not None and not isinstance(effect, FrameFunction):
                run.append((i, effect))
                continue
            if told := self._told(run, colour, size, frames, clear, scale):
                clear = clear or any(makes_alpha(each) for _, each in run)
                last = f"format={'yuva420p' if clear else 'yuv420p'}"
                yield Chain([_BT709, *told, last])
            if effect is not None:
                yield effect
            colour, run = None, []

    def _told(
        self,
        effects: Sequence[tuple[int, Effect]],
        colour: Colour | None,
        size: tuple[int, int],
        frames: Sequence[int],
        alpha: bool,
        scale: float,
    ) -> list[str]:
        frames = frames if self.anew else frames[:1]
        out: list[str] = []
        if colour is not None:
            out += colour_filters(colour, frames=frames, alpha=alpha, table=self._table())
        for i, effect in effects:
            if isinstance(effect, FrameFunction):
                continue
            out += effect_filters(
                effect,
                (size[0], round(self._height * scale)) if isinstance(effect, Blur | Pixelate) else size,
                frames=frames,
                alpha=alpha,
                name=f"e{i}",
            )
            alpha = alpha or makes_alpha(effect)
        return out

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
        room: Any = plane
        rows = np.frombuffer(room, np.uint8).reshape(plane.height, plane.line_size)
        rows[:, : plane.width] = samples
    return frame
