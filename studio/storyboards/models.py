"""Tables of storyboards."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Text, UniqueConstraint
from sqlmodel import Field

from studio.core.db import Row


class Shot(Row, table=True):
    """One shot of a script; its fields are those of `ShotPlan`, lengths in whole frames at the project's rate.

    What a person `edited` the rules leave alone when the script changes; a length that a person has `timed` stays unless
    its voices need more. A shot whose number is locked keeps it. A shot taken off the board stays with all its drawings,
    so that it can come back: then it has no script and no scene, and no query of a board meets it.
    """

    __table_args__ = (UniqueConstraint("script_id", "position"),)

    project_id: str = Field(foreign_key="project.id", index=True, max_length=36)
    script_id: str = Field(foreign_key="script.id", index=True, max_length=36, nullable=True)
    scene_id: str = Field(foreign_key="scene.id", index=True, max_length=36, nullable=True)
    scene_position: int
    position: int
    number: str = Field(max_length=40)
    size: str = Field(max_length=8)
    type: str = Field(max_length=8)
    angle: str = Field(max_length=8)
    move: str = Field(max_length=10)
    role: str = Field(max_length=10)
    lens_mm: float
    rule: str = Field(max_length=300)
    description: str = Field(sa_type=Text)
    subject: str | None = Field(default=None, max_length=200)
    foreground: str | None = Field(default=None, max_length=200)
    cast: list[str] = Field(default_factory=list, sa_type=JSON)
    azimuth: float
    side: int
    start_at: int
    end_at: int
    action: str = Field(sa_type=Text)
    insert_thing: str | None = Field(default=None, max_length=200)
    tension: float
    seconds: float
    frames: int
    holds: list[float] = Field(default_factory=list, sa_type=JSON)
    explicit: bool = False
    edited: bool = False
    timed: bool = False
    number_locked: bool = False


class Line(Row, table=True):
    """Words spoken in a shot and, once voiced, the sound of them. `sentences` are [start, end, begin_s, end_s] in `text`."""

    __table_args__ = (UniqueConstraint("shot_id", "position"),)

    shot_id: str = Field(foreign_key="shot.id", index=True, max_length=36)
    position: int
    speaker: str = Field(max_length=200)
    text: str = Field(sa_type=Text)
    manner: str = Field(max_length=500)
    off: str = Field(max_length=4)
    start_at: int
    end_at: int
    voice_sha256: str | None = Field(default=None, max_length=64)
    voice_seconds: float | None = None
    sentences: list[list[float]] = Field(default_factory=list, sa_type=JSON)
    provider: str | None = Field(default=None, max_length=60)
    completeness: str | None = Field(default=None, max_length=12)


class Panel(Row, table=True):
    """A picture of a shot: what to draw (a stored `PanelSpec`) and which version is shown.

    A shot has a row of panels at the positions 0, 1, 2 ..., each shown for its `share` of the shot's frames; one without a
    position was taken off its shot and waits, with all its drawings, for an undo. `stale` says that what is shown was made
    before the shot changed.
    """

    __table_args__ = (UniqueConstraint("shot_id", "position"),)

    shot_id: str = Field(foreign_key="shot.id", index=True, max_length=36)
    position: int | None = None
    spec: dict[str, Any] = Field(sa_type=JSON)
    current: int | None = None
    stale: bool = False
    share: int = 1


class PanelVersion(Row, table=True):
    """One drawing of a panel. Never changed; a newer one is put on top."""

    __table_args__ = (UniqueConstraint("panel_id", "number"),)

    panel_id: str = Field(foreign_key="panel.id", index=True, max_length=36)
    number: int
    sha256: str = Field(max_length=64)
    plate_sha256: str | None = Field(default=None, max_length=64)
    svg_sha256: str | None = Field(default=None, max_length=64)
    width: int
    height: int
    origin: str = Field(max_length=12)
    provider: str = Field(max_length=60)
    completeness: str = Field(max_length=12)
    parameters: dict[str, Any] = Field(sa_type=JSON)


class Dismissal(Row, table=True):
    """A continuity warning somebody meant to happen, with the reason. `warning` is the id of a `ContinuityWarning`."""

    __table_args__ = (UniqueConstraint("script_id", "warning"),)

    script_id: str = Field(foreign_key="script.id", index=True, max_length=36)
    warning: str = Field(max_length=16)
    reason: str = Field(max_length=500)
    by_id: str = Field(foreign_key="user_account.id", index=True, max_length=36)
