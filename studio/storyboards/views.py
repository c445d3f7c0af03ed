"""What other rooms see of storyboards."""

from __future__ import annotations

from dataclasses import dataclass

from studio.engine.artist.spec import Move, PanelSpec
from studio.providers.port import Voice


@dataclass(frozen=True, slots=True)
class PanelBrief:
    """What a worker needs to draw one panel; width and height in pixels."""

    panel_id: str
    project_id: str
    number: str
    spec: PanelSpec
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class LineBrief:
    """What a worker needs to speak one line."""

    line_id: str
    text: str
    manner: str
    voice: Voice


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence of a line and when it is heard, in seconds from the line's start."""

    text: str
    begin_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class LineView:
    """A voiced line in a shot, `offset` frames after the shot's start."""

    speaker: str
    offset: int
    seconds: float
    sha256: str
    sentences: tuple[SentenceView, ...]


@dataclass(frozen=True, slots=True)
class ShotView:
    """A shot as the cut needs it: picture, length in frames, camera move, lines."""

    id: str
    number: str
    scene: int
    frames: int
    move: Move
    description: str
    action: str
    picture: str | None
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Who made a board's pictures and voices, and how complete they are."""

    image: str
    voice: str
    completeness: str
