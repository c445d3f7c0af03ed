"""What other rooms see of projects."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from studio.engine.time import Rate


class ProjectRole(StrEnum):
    OWNER = "owner"
    EDITOR = "editor"
    REVIEWER = "reviewer"
    VIEWER = "viewer"


@dataclass(frozen=True, slots=True)
class ProjectView:
    """A project: its frame rate and its design size in pixels."""

    id: str
    name: str
    rate: Rate
    width: int
    height: int
