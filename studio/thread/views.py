"""What pages and routes see of a project as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from studio.projects.views import MemberView
from studio.renders.views import RenderCard
from studio.scripts.views import ScriptCard
from studio.storyboards.views import Origin, PanelThumb

StageName = Literal["script", "board", "cut", "render", "review"]
StageState = Literal["none", "part", "done"]
NextStep = Literal["import", "board", "film", "watch"]
HitKind = Literal["project", "scene", "shot", "character"]


@dataclass(frozen=True, slots=True)
class Stage:
    """How far one stage is: `count` of `total` in `unit` (scenes, panels, shots, films)."""

    name: StageName
    state: StageState
    count: int
    total: int
    unit: str


@dataclass(frozen=True, slots=True)
class ProjectCard:
    """A project on the projects page. `frames` at `rate` ("24/1") is the cut's length, else the board's; aspect like "16:9"."""

    id: str
    name: str
    role: str
    away: bool
    frames: int
    rate: str
    length_s: float
    aspect: str
    poster_sha256: str | None
    members: tuple[MemberView, ...]
    member_count: int
    changed_at: datetime
    changed_by: str
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class ProjectHome:
    """A project's own page: counts along the thread, the newest panels, and what to do next."""

    card: ProjectCard
    script: ScriptCard | None
    scenes: int
    shots: int
    panels_drawn: int
    lines: int
    lines_voiced: int
    timeline_frames: int
    renders: int
    latest_render: RenderCard | None
    next_step: NextStep
    recent: tuple[PanelThumb, ...]
    made_by: Origin | None


@dataclass(frozen=True, slots=True)
class SearchHit:
    """Something found by its words; `number` is a scene's or shot's, else empty."""

    kind: HitKind
    id: str
    project_id: str
    title: str
    detail: str
    number: str


@dataclass(frozen=True, slots=True)
class Brought:
    """A board that was brought in with its script: how many shots it has, and panels in them; the run that brings in their
    drawings, if there are any."""

    project_id: str
    script_id: str
    shots: int
    panels: int
    run_id: str | None


@dataclass(frozen=True, slots=True)
class Started:
    """A project just made from a script: how many shots it has and the run that draws them."""

    project_id: str
    script_id: str
    shots: int
    run_id: str


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A sentence a cut says in a clip from a frame on, and the line as the script has it.

    `was` are the words of it that the new ones (`now`) stand for; "" where the script has changed there since.
    """

    clip: str
    start: int
    says: str
    now: str
    was: str
