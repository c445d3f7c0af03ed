"""What a person places on the stage: figures put and turned, what they do, and where the camera stands."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from studio.core.errors import Invalid
from studio.engine.artist.people.pose import sits
from studio.engine.artist.people.poses.holding import HOLDS, SYNONYMS
from studio.engine.artist.spec import Angle, Figure, PanelSpec, Pose
from studio.storyboards.editing.fields import LONGEST_LENS, SHORTEST_LENS
from studio.storyboards.stage.views import CameraPlacing, FigurePlacing
from studio.storyboards.staging import EMPTY_HANDED, WITH_HANDS

FARTHEST = 15.0
"""Metres from the middle of the stage."""
LOWEST, HIGHEST = 0.12, 12.0
_OPENED = 35.0
"""Degrees somebody who turns to another stays open to the camera."""
_ON_THE_WAY = (Pose.WALK, Pose.RUN)


def with_placing(spec: PanelSpec, figures: Sequence[FigurePlacing], camera: CameraPlacing) -> PanelSpec:
    """The panel with these things changed; what was placed is marked, so that staging anew leaves it.

    Raises:
        Invalid: somebody is not in the shot, or a value is out of bounds.
    """
    spec = _with_camera(spec, camera)
    for placing in figures:
        spec = _with_figure(spec, placing)
    return spec


def _with_camera(spec: PanelSpec, camera: CameraPlacing) -> PanelSpec:
    if camera.azimuth is not None:
        turned = _bounded(camera.azimuth, -360.0, 360.0, "azimuth", "The camera turns up to 360 degrees.")
        spec = replace(spec, azimuth=_turn(turned), camera_placed=True)
    if camera.lens_mm is not None:
        told = f"A lens has {SHORTEST_LENS:g} to {LONGEST_LENS:g} mm."
        spec = replace(spec, lens_mm=_bounded(camera.lens_mm, SHORTEST_LENS, LONGEST_LENS, "lens_mm", told))
    if camera.angle is not None:
        spec = replace(spec, angle=Angle(camera.angle), camera_height=None)
    if camera.height is not None:
        told = f"The camera stands {LOWEST:g} to {HIGHEST:g} m high. Leave it empty to go by the angle."
        height = None if camera.height == 0 else round(_bounded(camera.height, LOWEST, HIGHEST, "height", told), 2)
        spec = replace(spec, camera_height=height)
    return spec


def _with_figure(spec: PanelSpec, placing: FigurePlacing) -> PanelSpec:
    before = next((each for each in spec.figures if each.name == placing.name), None)
    if before is None:
        raise Invalid(f"{placing.name[:60]} is not in this shot. Put them in first.", field="name")
    figure = _doing(_standing(before, placing), placing)
    figure = _looking(spec, figure, placing)
    if figure.travels is not None or (figure.pose in _ON_THE_WAY and figure.pose is not before.pose):
        figure = replace(figure, travels=figure.facing if figure.pose in _ON_THE_WAY else None)
    where = (figure.x, figure.z, figure.facing, figure.looks_at)
    if where != (before.x, before.z, before.facing, before.looks_at):
        figure = replace(figure, placed=True)
    return replace(spec, figures=tuple(figure if each is before else each for each in spec.figures))


def _standing(figure: Figure, placing: FigurePlacing) -> Figure:
    told = f"People stand at most {FARTHEST:g} m from the middle."
    new: dict[str, Any] = {}
    if placing.x is not None:
        new["x"] = round(_bounded(placing.x, -FARTHEST, FARTHEST, "x", told), 2)
    if placing.z is not None:
        new["z"] = round(_bounded(placing.z, -FARTHEST, FARTHEST, "z", told), 2)
    if placing.facing is not None:
        turned = _bounded(placing.facing, -3600.0, 3600.0, "facing", "A direction is in degrees.")
        new["facing"] = round(turned % 360, 1) % 360
    return replace(figure, **new) if new else figure


def _doing(figure: Figure, placing: FigurePlacing) -> Figure:
    """Pose, face, thing in the hand and seat; who does something new with the hands sits on where they sat."""
    if placing.pose is not None:
        sat = sits(figure.pose, figure.seated)
        pose = Pose(placing.pose)
        prop = None if pose in EMPTY_HANDED else figure.prop
        figure = replace(figure, pose=pose, seated=sat and pose in WITH_HANDS, prop=prop)
    if placing.seated is not None:
        figure = replace(figure, seated=placing.seated)
    if placing.expression is not None:
        figure = replace(figure, expression=placing.expression)
    if placing.prop is not None:
        figure = replace(figure, prop=_thing(placing.prop))
    return figure


def _thing(word: str) -> str | None:
    word = word.strip().casefold()
    thing = SYNONYMS.get(word, word)
    if thing and thing not in HOLDS:
        raise Invalid(f"Nobody can be drawn holding that. There are: {', '.join(HOLDS)}.", field="prop")
    return thing or None


def _looking(spec: PanelSpec, figure: Figure, placing: FigurePlacing) -> Figure:
    """Whom they look at; the body turns there too, open to the camera, unless it is turned by itself."""
    if placing.looks_at is None:
        return figure
    if placing.looks_at == "":
        return replace(figure, looks_at=None)
    target = next((each for each in spec.figures if each.name == placing.looks_at and each.name != figure.name), None)
    if target is None:
        raise Invalid(f"{placing.looks_at[:60]} is not in this shot to be looked at.", field="looks_at")
    if placing.facing is None:
        towards = math.degrees(math.atan2(target.x - figure.x, target.z - figure.z))
        opened = min(max(_turn(180.0 - spec.azimuth - towards), -_OPENED), _OPENED)
        figure = replace(figure, facing=round((towards + opened) % 360, 1) % 360)
    return replace(figure, looks_at=target.name)


def _turn(degrees: float) -> float:
    """The same turn between -180 and 180 degrees, to a tenth."""
    return round((degrees + 180.0) % 360.0 - 180.0, 1)


def _bounded(value: float, low: float, high: float, field: str, told: str) -> float:
    if not (math.isfinite(value) and low <= value <= high):
        raise Invalid(told, field=field)
    return value
