"""What other rooms see of the stage. Metres and degrees as in `PanelSpec`: x to the right, z away; 0 faces away, 90 right."""

from __future__ import annotations

from dataclasses import dataclass

from studio.engine.artist.people.look import Colour
from studio.engine.artist.spec import Angle, Expression, Pose


def hexed(colour: Colour) -> str:
    """#rrggbb."""
    return "#" + "".join(f"{round(part):02x}" for part in colour)


@dataclass(frozen=True, slots=True)
class FloorFigure:
    """Somebody on the plan. `placed` says that a person put them there; `told` why the picture does not show them just so."""

    name: str
    x: float
    z: float
    facing: float
    pose: Pose
    expression: Expression
    prop: str | None
    looks_at: str | None
    seated: bool
    placed: bool
    told: str


@dataclass(frozen=True, slots=True)
class FloorCamera:
    """Where the camera stands (y is its height) and looks to (`facing`), and how wide it sees (`view`, degrees).

    `azimuth` turns it round the `centre`; `height` is what a person asked for, None where the angle decides.
    """

    x: float
    y: float
    z: float
    facing: float
    view: float
    azimuth: float
    centre_x: float
    centre_z: float
    lens_mm: float
    angle: Angle
    height: float | None


@dataclass(frozen=True, slots=True)
class FloorPlan:
    """The stage of a panel from above: a square of `reach` metres to each side of the middle of its place.

    `digest` names what the panel is to show; `redraws` says that its picture follows (nobody drew or brought it by hand);
    `notes` are sentences about what the picture cannot show.
    """

    shot_id: str
    panel_id: str
    project_id: str
    number: str
    place: str
    reach: float
    figures: tuple[FloorFigure, ...]
    camera: FloorCamera
    notes: tuple[str, ...]
    redraws: bool
    digest: str


@dataclass(frozen=True, slots=True)
class FigurePlacing:
    """What is to be changed of a figure; None stays, "" takes the thing from the hand, or lets them look at nobody."""

    name: str
    x: float | None = None
    z: float | None = None
    facing: float | None = None
    pose: Pose | None = None
    expression: Expression | None = None
    prop: str | None = None
    looks_at: str | None = None
    seated: bool | None = None


@dataclass(frozen=True, slots=True)
class CameraPlacing:
    """What is to be changed of the camera; None stays, a height of 0 leaves it to the angle again."""

    azimuth: float | None = None
    lens_mm: float | None = None
    height: float | None = None
    angle: Angle | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """A small picture of what a panel is to show now; `tag` names its content."""

    png: bytes
    tag: str


@dataclass(frozen=True, slots=True)
class LookFields:
    """What is to be changed of how somebody looks; None stays. Metres; build 1 is average; colours '#rrggbb'."""

    feminine: bool | None = None
    age: str | None = None
    stature: float | None = None
    build: float | None = None
    hair: str | None = None
    hair_style: str | None = None
    hat: bool | None = None
    garment: str | None = None
    top: str | None = None
    bottom: str | None = None
    skin: str | None = None


@dataclass(frozen=True, slots=True)
class PersonLook:
    """How somebody looks in the `panels` they are in; `chosen` says that a person decided on it. Fields as in `LookFields`."""

    name: str
    panels: int
    chosen: bool
    feminine: bool
    age: str
    stature: float
    build: float
    hair: str
    hair_style: str
    hat: bool
    garment: str
    top: str
    bottom: str
    skin: str


@dataclass(frozen=True, slots=True)
class LikenessView:
    """How alike the drawings of a person are: the two farthest apart of those `compared`, of `panels` that show them.

    0 is the same drawn alike; up to `bound` it is the same person. None where fewer than two show enough of them.
    """

    name: str
    panels: int
    compared: int
    farthest: float | None
    bound: float
    first_number: str
    second_number: str
