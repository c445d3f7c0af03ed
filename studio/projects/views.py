"""What other rooms see of projects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from studio.engine.time import Rate

Scope = Literal["all", "mine", "shared", "away"]
Order = Literal["changed", "name", "created"]


class ProjectRole(StrEnum):
    OWNER = "owner"
    EDITOR = "editor"
    REVIEWER = "reviewer"
    VIEWER = "viewer"


_FILM_RATE = Rate(24)


@dataclass(frozen=True, slots=True)
class FilmFormat:
    """What a film is told in: its frame rate, and its design size in pixels, both sides even."""

    rate: Rate = _FILM_RATE
    width: int = 1920
    height: int = 1080


@dataclass(frozen=True, slots=True)
class ProjectView:
    """A project: its frame rate, its design size in pixels, and the actor's role (None for an admin who is no member)."""

    id: str
    name: str
    rate: Rate
    width: int
    height: int
    role: ProjectRole | None
    away: bool
    changed_at: datetime
    changed_by_id: str | None

    @property
    def film(self) -> FilmFormat:
        return FilmFormat(self.rate, self.width, self.height)


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """One page of a list of projects, and how many there are in all."""

    items: tuple[ProjectView, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Team:
    """The first few members of a project by id and role, owners first, and how many there are."""

    first: tuple[tuple[str, ProjectRole], ...]
    count: int


@dataclass(frozen=True, slots=True)
class MemberView:
    """Somebody with a role in a project."""

    user_id: str
    display_name: str
    email: str
    role: ProjectRole
