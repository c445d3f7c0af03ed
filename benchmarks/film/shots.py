"""A reference timeline as the peers are told it: clips with the media their dissolves need, letters as pictures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from studio.engine.looks.lettering import drawn
from studio.engine.motion import window_at
from studio.engine.render.footage import FONTS
from studio.engine.timeline import Clip, Timeline, Track, Window
from studio.engine.timeline.curves import at
from studio.engine.timeline.looks import Text


@dataclass(frozen=True, slots=True)
class Shot:
    """A clip of the lowest track from frame `start` up to `end`, dissolving in over its first `into` frames."""

    clip: Clip
    start: int
    end: int
    into: int

    @property
    def frames(self) -> int:
        return self.end - self.start

    @property
    def source_in(self) -> int:
        return self.clip.source_in + self.start - self.clip.start

    def window(self, frame: int, fps: float) -> Window:
        """What of a still is seen at the shot's own frame."""
        return window_at(self.clip.motion, frame + self.start - self.clip.start, self.clip.frames, fps=fps)


@dataclass(frozen=True, slots=True)
class Letters:
    """A text as a picture, and where its left top corner lies."""

    path: Path
    clip: Clip
    x: int
    y: int
    across: int
    """The film's width, which its `moved` counts in."""

    def left(self, frame: int) -> float:
        """Its left edge at the clip's own frame."""
        return self.x + (at(self.clip.transform.x, frame) * self.across if self.clip.transform else 0)


@dataclass(frozen=True, slots=True)
class Inset:
    """A small picture over the film: left top corner and size, all even."""

    clip: Clip
    x: int
    y: int
    width: int
    height: int


def tracks(timeline: Timeline, kind: str) -> list[Track]:
    return [t for t in timeline.tracks if t.kind == kind]


def shots(timeline: Timeline) -> list[Shot]:
    """The lowest track."""
    lowest = tracks(timeline, "video")[0]
    begins = {t.at: t for t in lowest.transitions}
    out: list[Shot] = []
    for clip in lowest.clips:
        head, tail = begins.get(clip.start), begins.get(clip.end)
        start = clip.start - (head.before if head else 0)
        out.append(Shot(clip, start, clip.end + (tail.after if tail else 0), head.before + head.after if head else 0))
    return out


def insets(timeline: Timeline) -> list[Inset]:
    """The clips of the tracks above it."""
    out: list[Inset] = []
    for clip in (c for t in tracks(timeline, "video")[1:] for c in t.clips):
        assert clip.transform is not None
        width, height = (
            round(side * at(clip.transform.scale_x, 0) / 2) * 2 for side in (timeline.width, timeline.height)
        )
        x = (timeline.width - width) / 2 + at(clip.transform.x, 0) * timeline.width
        y = (timeline.height - height) / 2 + at(clip.transform.y, 0) * timeline.height
        out.append(Inset(clip, round(x / 2) * 2, round(y / 2) * 2, width, height))
    return out


def letters(timeline: Timeline, folder: Path) -> list[Letters]:
    """The texts, drawn by us into `folder`: every peer shows the same letters, and none pays for drawing them."""
    folder.mkdir(parents=True, exist_ok=True)
    out: list[Letters] = []
    for clip in (c for t in tracks(timeline, "text") for c in t.clips):
        assert isinstance(clip.made, Text)
        lettered = drawn(clip.made, timeline.width, timeline.height, FONTS)
        assert lettered is not None
        path = folder / f"{clip.id}.png"
        path.write_bytes(lettered.png)
        out.append(Letters(path, clip, lettered.x, lettered.y, timeline.width))
    return out


def sounds(timeline: Timeline) -> list[Clip]:
    return [c for t in tracks(timeline, "audio") for c in t.clips]
