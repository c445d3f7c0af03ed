"""What a planned shot and the words spoken in it are, before any row is stored. No rules here: those make these values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from studio.engine.artist.spec import Angle, Move, ShotType, Size


class Role(StrEnum):
    """What a shot does for its scene."""

    ESTABLISH = "ESTABLISH"
    MASTER = "MASTER"
    COVERAGE = "COVERAGE"
    REACTION = "REACTION"
    INSERT = "INSERT"
    POV = "POV"


@dataclass(frozen=True, slots=True)
class Line:
    """Words spoken in one shot, verbatim. `off` is V.O., O.S. or empty; `start`..`end` are offsets into the script's source."""

    speaker: str
    text: str
    manner: str
    off: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ShotPlan:
    """One shot as the rules planned it.

    `scene` is the index of its scene and `order` its place in the film. `azimuth` is in degrees from the normal of the scene's
    axis (0 looks along +z, positive to the camera's right); `side` is the side of the axis the camera stands on (+1 or -1).
    `cast` names the people visible, from left to right as they stand on the axis. `start`..`end` is the source span it covers;
    the spans of a film never overlap, and a silent reaction covers nothing. `action` is the script text it shows. `holds` are
    the seconds of action before each line and after the last one (one more than `lines`); `seconds` is the whole length as
    estimated or voiced, `frames` the same in whole frames, exact in sum over the film. `explicit` says the script asked for it.
    """

    scene: int
    order: int
    number: str
    size: Size
    type: ShotType
    angle: Angle
    move: Move
    role: Role
    lens_mm: float
    rule: str
    description: str
    subject: str | None
    foreground: str | None
    cast: tuple[str, ...]
    azimuth: float
    side: int
    start: int
    end: int
    lines: tuple[Line, ...]
    action: str
    insert: str | None
    tension: float
    seconds: float
    frames: int
    holds: tuple[float, ...] = ()
    explicit: bool = False
