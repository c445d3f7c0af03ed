"""Frames of timelines one after another, as they will be rendered: the decoders of the last walks stay open for the next frame.

One frame is drawn at a time, whoever asks; what was drawn is remembered by what it shows.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Generator
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import TYPE_CHECKING

from studio.core.errors import Invalid, StudioError, Unavailable
from studio.engine.presets import Preset
from studio.engine.render.footage import Store, missing
from studio.engine.render.keys import segment_key
from studio.engine.render.layers import Span
from studio.engine.timeline import PICTURE, Timeline, Track

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from studio.engine.render.stills import Frame

_AHEAD = 24
"""Frames a walk goes on for at most."""
_BEHIND = 6
"""Frames a walk begins earlier by for somebody who steps backwards."""
_LEAP = 6
"""Frames a walk goes to reach one; farther ahead another begins there."""
_WALKS = 2
_IDLE_S = 15.0
_WAIT_S = 10.0
_KEPT_BYTES = 48 << 20
_QUALITY = 88


@dataclass(frozen=True, slots=True)
class Looked:
    """A frame as a JPEG; `tag` is the same for two frames that show the same."""

    jpeg: bytes
    tag: str


@dataclass(slots=True)
class _Walk:
    """Frames being drawn one after another: `at` is the next of them."""

    name: str
    size: tuple[int, int]
    frames: Generator[Frame]
    at: int
    end: int

    def reaches(self, name: str, size: tuple[int, int], frame: int) -> bool:
        same = self.name == name and self.size == size
        return same and self.at <= frame < min(self.end, self.at + _LEAP)


@dataclass(slots=True)
class Viewer:
    """Shows frames; for all threads."""

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _walks: list[_Walk] = field(default_factory=list[_Walk])
    _kept: OrderedDict[str, bytes] = field(default_factory=OrderedDict[str, bytes])
    _bytes: int = 0
    _last: tuple[str, int] = ("", 0)
    _idle: threading.Timer | None = None

    def look(self, timeline: Timeline, name: str, frame: int, size: tuple[int, int], store: Store) -> Looked:
        """A frame of a timeline at a size (both even); `name` says which timeline, as it is now.

        Raises:
            Invalid: there is no such frame.
            UnsupportedMedia: naming the clip whose media is missing, damaged or too short.
            EncoderFailed, SandboxRefused: as `film.drawn`.
            Unavailable: too many wait already.
        """
        if not 0 <= frame < timeline.frames:
            raise Invalid(f"There is no frame {frame} in a film of {timeline.frames} frames.", field="frame")
        tag = _tag(timeline, frame, size)
        back, self._last = self._last == (name, frame + 1), (name, frame)
        if (known := self._kept.get(tag)) is not None:
            return Looked(known, tag)
        if not self._lock.acquire(timeout=_WAIT_S):
            raise Unavailable("Too many frames are asked for at once. Wait a moment.", service="frames")
        try:
            if tag not in self._kept:
                self._draw(timeline, name, frame, size, store, back=back)
            self._kept.move_to_end(tag)
            return Looked(self._kept[tag], tag)
        finally:
            self._lock.release()

    def rest(self) -> None:
        """Close the decoders; the next frame opens them anew."""
        with self._lock:
            self._end(list(self._walks))

    def _draw(
        self, timeline: Timeline, name: str, frame: int, size: tuple[int, int], store: Store, *, back: bool
    ) -> None:
        walk = next((each for each in self._walks if each.reaches(name, size, frame)), None)
        try:
            if walk is None:
                begin = max(frame - _BEHIND, 0) if back else frame
                walk = self._begun(timeline, name, Span(begin, min(_AHEAD, timeline.frames - begin)), size, store)
            self._go(walk, timeline, frame)
        except StudioError:
            # What comes before or after may be what cannot be drawn: this frame alone is what was asked for.
            alone = self._begun(timeline, name, Span(frame, 1), size, store)
            self._go(alone, timeline, frame)
        self._wait()

    def _begun(self, timeline: Timeline, name: str, span: Span, size: tuple[int, int], store: Store) -> _Walk:
        from studio.engine.render.film import drawn

        self._end(self._walks[: max(len(self._walks) - _WALKS + 1, 0)])
        walk = _Walk(name, size, drawn(around(timeline, span), span, size, store), span.start, span.end)
        self._walks.append(walk)
        return walk

    def _go(self, walk: _Walk, timeline: Timeline, frame: int) -> None:
        """As far as the frame; all on the way is remembered."""
        try:
            while walk.at <= frame:
                self._keep(_tag(timeline, walk.at, walk.size), jpeg(rgb(next(walk.frames))))
                walk.at += 1
        except BaseException:
            self._end([walk])
            raise
        if walk.at >= walk.end:
            self._end([walk])

    def _keep(self, tag: str, data: bytes) -> None:
        self._bytes += len(data) - len(self._kept.get(tag, b""))
        self._kept[tag] = data
        self._kept.move_to_end(tag)
        while self._bytes > _KEPT_BYTES and len(self._kept) > 1:
            self._bytes -= len(self._kept.popitem(last=False)[1])

    def _end(self, walks: list[_Walk]) -> None:
        for walk in walks:
            walk.frames.close()
            if walk in self._walks:
                self._walks.remove(walk)

    def _wait(self) -> None:
        """Decoders nobody goes on with are not kept."""
        if self._idle is not None:
            self._idle.cancel()
        self._idle = threading.Timer(_IDLE_S, self.rest)
        self._idle.daemon = True
        self._idle.start()


def around(timeline: Timeline, span: Span) -> Timeline:
    """The timeline with the clips alone that a window shows: where there are thousands, the others cost time."""
    seen = (t for t in timeline.tracks if t.kind in PICTURE)
    return replace(timeline, tracks=tuple(_around(track, span) for track in seen))


def _around(track: Track, span: Span) -> Track:
    joins = [t for t in track.transitions if t.start < span.end and span.start < t.end]
    low = min([span.start, *(t.at - 1 for t in joins)])
    high = max([span.end, *(t.at + 1 for t in joins)])
    edges = {e for clip in track.clips if clip.start < high and low < clip.end for e in (clip.start, clip.end)}
    joins = [t for t in track.transitions if t.at in edges]  # a clip that goes over into another does not fade as well
    low, high = min([low, *(t.at - 1 for t in joins)]), max([high, *(t.at + 1 for t in joins)])
    clips = tuple(clip for clip in track.clips if clip.start < high and low < clip.end)
    return replace(track, clips=clips, captions=(), transitions=tuple(joins))


def explained(timeline: Timeline, frame: int, store: Store) -> str:
    """Why a frame cannot be shown, by the clip that has no picture or whose file is not there; "" when it can."""
    near = around(timeline, Span(frame, 1))
    bare = (
        c for t in near.tracks if t.kind != "effect" for c in t.clips if c.enabled and not c.media and c.made is None
    )
    if (clip := next(bare, None)) is not None:
        return f"{clip.name}: It has no picture yet."
    return next(iter(missing(near, store).values()), "")


def size_of(timeline: Timeline, width: int, *, most: int = 1920) -> tuple[int, int]:
    """A frame's size in pixels, both even: as wide as asked, no side above `most`, never larger than the film is designed."""
    scale = min(width / timeline.width, most / timeline.height, 1.0)
    return max(2, round(timeline.width * scale / 2) * 2), max(2, round(timeline.height * scale / 2) * 2)


def rgb(frame: Frame) -> NDArray[np.uint8]:
    """A drawn frame's pixels, height x width x 3."""
    from studio.engine.render.picture import Picture

    return Picture.of_frame(frame).rgb()


def jpeg(pixels: NDArray[np.uint8]) -> bytes:
    """RGB pixels as a JPEG."""
    from PIL import Image

    out = BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def _tag(timeline: Timeline, frame: int, size: tuple[int, int]) -> str:
    near, only = around(timeline, Span(frame, 1)), Span(frame, 1)
    key = segment_key(near, only, Preset("looked at", height=size[1]), encoder_version="")
    return f"{key[:32]}-{size[0]}"
