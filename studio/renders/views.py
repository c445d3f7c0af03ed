"""What other rooms see of renders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from studio.engine.presets import Group, Order, Part
from studio.engine.render.layers import Span
from studio.engine.report import Report
from studio.engine.time import Rate
from studio.runs.views import RunView


@dataclass(frozen=True, slots=True)
class RenderView:
    """A render and the order it carries out; `sha256` is the finished file's media, None until it is done."""

    id: str
    project_id: str
    timeline_id: str
    run_id: str
    preset: str
    frames: int
    sha256: str | None
    order: Order


@dataclass(frozen=True, slots=True)
class Plan:
    """What decides a render's pieces beside its order, settled once, so that every machine finds the same ones.

    `workers` it was divided for, `encoder` (a version) that makes all of it, and media that is missing and left out.
    """

    workers: int
    encoder: str
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SoundPiece:
    """The sound of one part of a film and the storage key it is kept under."""

    part: Part
    key: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One span of the picture and the storage key its segment is kept under."""

    span: Span
    key: str


@dataclass(frozen=True, slots=True)
class PieceView:
    """A stretch of a film that is being made: kept (it was in the cache), made, now (being made) or wait."""

    start: int
    frames: int
    state: Literal["kept", "made", "now", "wait"]


@dataclass(frozen=True, slots=True)
class RenderCard:
    """A film asked for, from the first panel drawn for it to the finished file.

    `id` is that of the run people asked for (`run`), whose stage, failure and message it carries; width and height in pixels;
    `timeline_id`, `size_bytes` and `sha256` are None until there is a cut and a file. `completeness` is the board's worst.
    `poster_sha256` is what has a thumbnail of the film: its own file, else a picture of its board.
    `title` and `suffix` say what kind of file it is; `level` is its report card's, "" without one, and `report` the card
    itself where one film is asked for. `took_s` are seconds from the render's start to its end.
    """

    id: str
    project_id: str
    run: RunView
    timeline_id: str | None
    preset: str
    width: int
    height: int
    frames: int
    rate: Rate
    length_s: float
    size_bytes: int | None
    sha256: str | None
    created_at: datetime
    segments: int
    completeness: str
    poster_sha256: str | None
    title: str
    suffix: str
    order: Order
    level: str
    report: Report | None
    estimated_s: float
    estimated_bytes: int
    took_s: float | None


@dataclass(frozen=True, slots=True)
class RenderPage:
    """One page of a project's films, newest first; `total` counts those of all pages."""

    items: tuple[RenderCard, ...]
    total: int


@dataclass(frozen=True, slots=True)
class PresetView:
    """A kind of output: pixels for this project's shape (0 for sound), codec, and what to expect of it.

    `learned` is how many past renders of this machine the figures come from; 0 is an estimate by codec and size.
    """

    name: str
    title: str
    group: Group
    width: int
    height: int
    codec: str
    suffix: str
    cpu_seconds_a_frame: float
    bytes_a_second: int
    workers: int
    learned: int = 0

    def estimate_s(self, frames: int) -> float:
        """Seconds to wait for a render of so many frames on this machine, from nothing in the cache."""
        return round(frames * self.cpu_seconds_a_frame / self.workers, 1)

    def estimate_bytes(self, seconds: float) -> int:
        """Size of a film so long, in bytes."""
        return round(seconds * self.bytes_a_second)


@dataclass(frozen=True, slots=True)
class FrameView:
    """A picture of a cut as it stood at a revision; `tag` is the same for two that show the same."""

    data: bytes
    tag: str
    revision: int


@dataclass(frozen=True, slots=True)
class LetteredView:
    """What letters or a shape show as a PNG with clear parts (empty when nothing is seen), and where that lies in the frame:
    left, top, width and height in shares of it."""

    png: bytes
    tag: str
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PreviewRange:
    """Frames `start` up to but without `end` of a cut that a browser does not play truly.

    `state` is heavy (not rendered), making or ready; `url` is then the film that is played instead, "" before.
    """

    start: int
    end: int
    state: Literal["heavy", "making", "ready"]
    url: str = ""


@dataclass(frozen=True, slots=True)
class PreviewView:
    """What of a cut is played as it was rendered: its ranges at a revision, and the run that makes some, None while none does.

    `said` says how much is ready and how much is left.
    """

    revision: int
    ranges: tuple[PreviewRange, ...]
    run: RunView | None
    said: str


@dataclass(frozen=True, slots=True)
class AnimaticView:
    """What the board of a cut lacks to be heard: `lines` nobody speaks yet, `music` unless there is some; `run` is making it."""

    lines: int
    music: bool
    run: RunView | None
