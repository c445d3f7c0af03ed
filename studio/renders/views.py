"""What other rooms see of renders."""

from __future__ import annotations

from dataclasses import dataclass

from studio.engine.plan import Span


@dataclass(frozen=True, slots=True)
class RenderView:
    """A render; `sha256` is the finished file's media, None until it is done."""

    id: str
    project_id: str
    timeline_id: str
    run_id: str
    preset: str
    frames: int
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Piece:
    """One span of the picture and the storage key its segment is kept under."""

    span: Span
    key: str
