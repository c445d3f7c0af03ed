"""What a clip looks like at one of its frames, before it is laid into the film: footage, stills, letters, other timelines."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable
from math import ceil
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engine.ffmpeg.process import Stop
from studio.engine.looks.conform import conform_filters
from studio.engine.looks.facts import MediaFacts
from studio.engine.looks.lettering import drawn
from studio.engine.motion import is_still, window_at
from studio.engine.render.footage import Store, shown, time_of
from studio.engine.render.look import Looks
from studio.engine.render.picture import Picture, colour_of, cropped
from studio.engine.render.reels.pictures import pixels
from studio.engine.render.reels.reel import Reel, Source, Wanted
from studio.engine.render.stills import Frame, Still, show, still
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Window
from studio.engine.timeline.curves import greatest
from studio.engine.timeline.looks import Blur, Fit, Shape, Solid, Text

LARGEST_SIDE = 8192
"""Pixels a side that a picture is drawn with at most, however large it is shown."""
SHARPEST = 4
"""Times the frame's own size that letters are drawn at for a clip that grows."""

_ALPHA_DECODERS = {"vp8": "libvpx", "vp9": "libvpx-vp9"}


class Part(Protocol):
    """A clip ready to be drawn. `rest` is where it lies untouched: its middle and size, in pixels of the frame."""

    rest: tuple[float, float, float, float]

    def state(self, frame: int) -> Hashable:
        """The same for two frames of the clip that look the same."""
        ...

    def picture(self, frame: int) -> Picture:
        """The clip's frame; of footage they are asked for in the order of `wanted`."""
        ...


class Canvas:
    """How large the film is drawn, in pixels, and how large it was designed."""

    def __init__(self, width: int, height: int, design: tuple[int, int], rate: Rate) -> None:
        self.width, self.height, self.design, self.rate = width, height, design, rate

    def fitted(self, width: float, height: float, fit: Fit) -> tuple[float, float]:
        """The size of a picture laid into the frame."""
        if fit == "stretch":
            return self.width, self.height
        across, down = self.width / width, self.height / height
        scale = {"contain": min(across, down), "cover": max(across, down)}.get(fit, self.width / self.design[0])
        return width * scale, height * scale


class Footage:
    """A clip of moving pictures."""

    def __init__(self, clip: Clip, facts: MediaFacts, canvas: Canvas, looks: Looks) -> None:
        self._clip, self._facts, self._canvas, self._looks = clip, facts, canvas, looks
        shape = float(facts.shape) if facts.shape else 1.0
        crop = _crop(clip)
        kept = 1 - crop[0] - crop[2], 1 - crop[1] - crop[3]
        tall = float(facts.height)
        size = canvas.fitted(tall * shape * kept[0], tall * kept[1], _fit(clip))
        self.rest = (canvas.width / 2, canvas.height / 2, *size)
        # As many pixels as the largest showing needs, and no more than there are.
        dense = min(_largest(clip), max(facts.width / (size[0] / kept[0]), 1.0), LARGEST_SIDE / max(size))
        self._size = _even(size[0] / kept[0] * dense), _even(size[1] / kept[1] * dense)
        self._alpha = facts.alpha or (looks.makes_alpha and looks.apart)
        self._dense = dense
        self._frames: list[int] = []
        self._coming: deque[Hashable] = deque()
        self._held: tuple[Hashable, Picture] | None = None
        self._next: Callable[[], Picture] | None = None

    @property
    def fills(self) -> bool:
        """Whether its pictures are the film's frames as they come from the decoder, laid where they rest."""
        frame = self._canvas.width, self._canvas.height
        near = all(abs(a - b) < 1 for a, b in zip(self.rest[2:], frame, strict=True))
        return near and self._size == frame and not self._alpha and self._looks.apart and not any(_crop(self._clip))

    def state(self, frame: int) -> Hashable:
        return frame if self._looks.anew else shown(self._clip, frame, self._facts, self._canvas.rate)

    def wanted(self, frame: int, source: int) -> Wanted | None:
        """What the reel is asked for at a frame; nothing when the picture stands."""
        state = self.state(frame)
        if self._coming and self._coming[-1] == state:
            return None
        self._frames.append(frame)
        self._coming.append(state)
        number = shown(self._clip, frame, self._facts, self._canvas.rate)
        return Wanted(source, *time_of(number, self._facts))

    def source(self, store: Store) -> Source:
        """The file and its filters, when all has been asked for."""
        facts, (width, height) = self._facts, self._size
        chain: list[str] = []
        if self._looks.apart:
            chain = self._looks.filters(self._size, self._frames, alpha=facts.alpha, scale=self._dense)
        if chain:
            chain.append(f"format={'yuva420p' if self._alpha else 'yuv420p'}")
        if not _is_ours(facts, self._size):
            chain = [*conform_filters(facts, self._size, tables=store.tables), *chain]
        step = 1 / ((facts.rate or facts.average or self._canvas.rate).fps)
        before = ("bwdif=mode=send_frame:parity=auto:deint=all",) if facts.interlaced else ()
        decoder = _ALPHA_DECODERS.get(facts.video_codec, "") if facts.alpha else ""
        path = store.path(self._clip.media)
        reads = (store.tables,) if store.tables is not None and store.tables.exists() else ()
        return Source(path, self._clip.name, width, height, self._alpha, step, before, tuple(chain), decoder, reads)

    def take_from(self, reel: Reel, source: int) -> None:
        self._next = lambda: reel.next(source)

    def picture(self, frame: int) -> Picture:
        state = self.state(frame)
        if self._held is None or self._held[0] != state:
            assert self._next is not None
            come = self._next()
            while self._coming.popleft() != state:  # a frame on which the clip was not seen
                come = self._next()
            changed = come if self._looks.apart else self._looks.over(come, frame, self._dense)
            self._held = state, cropped(changed, *_crop(self._clip))
        return self._held[1]


class Filmed:
    """A still the camera moves over: it fills the frame."""

    def __init__(self, clip: Clip, canvas: Canvas, store: Store, looks: Looks, stop: Stop) -> None:
        self._clip, self._canvas, self._store, self._looks, self._stop = clip, canvas, store, looks, stop
        self.rest = (canvas.width / 2, canvas.height / 2, float(canvas.width), float(canvas.height))
        self._still: Still | None = None

    @property
    def plain(self) -> bool:
        """Whether it can be shown straight into a frame."""
        return not self._looks.any and self._clip.crop is None

    def state(self, frame: int) -> Hashable:
        return frame if self._looks.anew else self.window(frame)

    def window(self, frame: int) -> Window:
        return window_at(self._clip.motion, frame, self._clip.frames, fps=float(self._canvas.rate.fps))

    def show(self, frame: int, into: Frame) -> None:
        if self._still is None:
            tightest, widest = _widths(self._clip)
            size = {"width": self._canvas.width, "height": self._canvas.height}
            self._still = still(_pixels(self._clip, self._store, self._stop), **size, tightest=tightest, widest=widest)
        show(self._still, self.window(frame), into)

    def picture(self, frame: int) -> Picture:
        out = Frame(self._canvas.width, self._canvas.height)
        self.show(frame, out)
        picture = self._looks.over(Picture.of_frame(out), frame)
        return cropped(picture, *_crop(self._clip))


class Drawn:
    """A picture that does not move by itself: a still as it is, letters, a shape, a colour."""

    def __init__(self, clip: Clip, canvas: Canvas, store: Store, looks: Looks, stop: Stop) -> None:
        self._clip, self._canvas, self._looks = clip, canvas, looks
        self._held: tuple[Hashable, Picture] | None = None
        if clip.made is None:
            self._plain, self.rest = _placed_still(clip, canvas, _pixels(clip, store, stop))
        else:
            self._plain, self.rest = _made(clip, canvas, store)

    def state(self, frame: int) -> Hashable:
        return frame if self._looks.anew else 0

    def picture(self, frame: int) -> Picture:
        if self._held is None or self._held[0] != self.state(frame):
            scale = self._plain.width / self.rest[2]
            self._held = self.state(frame), self._looks.over(self._plain, frame, scale)
        return self._held[1]


def _is_ours(facts: MediaFacts, size: tuple[int, int]) -> bool:
    """Whether the file's pictures are the film's as they are."""
    colours = facts.colours
    told = (colours.matrix, colours.wide, colours.primaries in ("", "bt709"), colours.transfer in ("", "bt709"))
    upright = not facts.turned and not facts.mirrored and facts.sar == 1
    return (
        told == ("bt709", False, True, True)
        and upright
        and facts.pix_fmt == "yuv420p"
        and size
        == (
            facts.width,
            facts.height,
        )
    )


def _pixels(clip: Clip, store: Store, stop: Stop) -> NDArray[np.uint8]:
    return pixels(store.path(clip.media), clip.name, ours=store.ours(clip.media), stop=stop)


def _placed_still(
    clip: Clip, canvas: Canvas, rgba: NDArray[np.uint8]
) -> tuple[Picture, tuple[float, float, float, float]]:
    height, width = rgba.shape[:2]
    left, top, right, bottom = _crop(clip)
    rgba = rgba[
        round(top * height) : height - round(bottom * height), round(left * width) : width - round(right * width)
    ]
    height, width = max(rgba.shape[0], 1), max(rgba.shape[1], 1)
    size = canvas.fitted(width, height, _fit(clip))
    dense = min(_largest(clip), max(width / size[0], 1.0), LARGEST_SIDE / max(size))
    across, down = _even(size[0] * dense), _even(size[1] * dense)
    way = cv2.INTER_AREA if across <= width else cv2.INTER_CUBIC
    clear = rgba.shape[2] == 4
    if clear:  # colours count as much as they are seen
        weight = np.asarray(rgba[..., 3:], np.float32) / 255
        seen = cv2.resize(np.dstack([rgba[..., :3] * weight, weight * 255]), (across, down), interpolation=way)
        share = np.maximum(np.asarray(seen)[..., 3:], 1e-3) / 255
        sized = np.dstack([np.asarray(seen)[..., :3] / share, np.asarray(seen)[..., 3:]])
    else:
        sized = np.asarray(cv2.resize(np.ascontiguousarray(rgba), (across, down), interpolation=way))
    pixels = np.clip(np.rint(sized), 0, 255).astype(np.uint8)
    return Picture.of_rgb(pixels), (canvas.width / 2, canvas.height / 2, *size)


def _made(clip: Clip, canvas: Canvas, store: Store) -> tuple[Picture, tuple[float, float, float, float]]:
    width, height = canvas.width, canvas.height
    if isinstance(clip.made, Solid):
        y, u, v, opaque = colour_of(clip.made.colour)
        half = height // 2, width // 2
        alpha = np.full((height, width), opaque, np.uint8) if opaque < 255 else None
        picture = Picture(
            np.full((height, width), y, np.uint8), np.full(half, u, np.uint8), np.full(half, v, np.uint8), alpha
        )
        return picture, (width / 2, height / 2, float(width), float(height))
    assert isinstance(clip.made, Text | Shape)
    dense = max(min(ceil(_largest(clip)), SHARPEST, LARGEST_SIDE // max(width, height)), 1)
    lettered = drawn(clip.made, width * dense, height * dense, store.fonts)
    if lettered is None:
        return Picture.of_rgb(np.zeros((2, 2, 4), np.uint8)), (0.0, 0.0, 2.0, 2.0)
    room = (LARGEST_SIDE - max(lettered.width, lettered.height)) // 4 * 2
    rim = min(_rim(clip, height * dense), max(room, 0))
    picture = Picture.of_rgb(_rimmed(lettered.pixels, rim))
    rest = ((lettered.x - rim + picture.width / 2) / dense, (lettered.y - rim + picture.height / 2) / dense)
    return picture, (*rest, picture.width / dense, picture.height / dense)


def _rim(clip: Clip, height: int) -> int:
    """Pixels around what is drawn that a blur reaches."""
    reached = [3 * greatest(effect.radius) * height for effect in clip.effects if isinstance(effect, Blur)]
    return ceil(min(max(sum(reached), 0.0), height) / 2) * 2


def _rimmed(rgba: NDArray[np.uint8], rim: int) -> NDArray[np.uint8]:
    """The picture with so many clear pixels on every side, in the colours of its edge."""
    if not rim:
        return rgba
    wide = np.pad(rgba, ((rim, rim), (rim, rim), (0, 0)), "edge")
    alpha = np.zeros(wide.shape[:2], np.uint8)
    alpha[rim:-rim, rim:-rim] = rgba[..., 3]
    wide[..., 3] = alpha
    return wide


def _widths(clip: Clip) -> tuple[float, float]:
    """The narrowest and the widest window of the clip's whole move, so that every segment of it has the same pixels."""
    if is_still(clip.motion):
        only = window_at(clip.motion, 0, 1).width
        return only, only
    ends = [window_at(clip.motion, frame, clip.frames).width for frame in (0, max(clip.frames - 1, 0))]
    return min(ends), max(ends)


def _crop(clip: Clip) -> tuple[float, float, float, float]:
    """What is cut off left, top, right and bottom; something is always left."""
    if clip.crop is None:
        return 0.0, 0.0, 0.0, 0.0
    left, top = min(max(clip.crop.left, 0.0), 0.98), min(max(clip.crop.top, 0.0), 0.98)
    return left, top, min(max(clip.crop.right, 0.0), 0.99 - left), min(max(clip.crop.bottom, 0.0), 0.99 - top)


def _fit(clip: Clip) -> Fit:
    return clip.transform.fit if clip.transform is not None else "contain"


def _largest(clip: Clip) -> float:
    """How much larger than at rest the clip is shown at most."""
    if clip.transform is None:
        return 1.0
    return max(greatest(clip.transform.scale_x), greatest(clip.transform.scale_y), 1.0)


def _even(pixels: float) -> int:
    return max(2, round(pixels / 2) * 2)
