"""A panel's stage from above: who stands where, where the camera is, and in sentences what the picture cannot show."""

from __future__ import annotations

import math
from collections.abc import Iterator

from studio.engine.artist.camera import SENSOR_WIDTH_MM, WIDTH
from studio.engine.artist.compose import Composition, Placed, composed
from studio.engine.artist.spec import Figure, PanelSpec, SetKind, ShotType, Size
from studio.storyboards.stage.views import FloorCamera, FloorFigure

_NEAREST, _WIDEST = 4.0, 12.0
_MARGIN = 0.8
_ASIDE = 0.06
"""Metres beside their place from which on somebody is said to stand elsewhere."""


def floor_of(spec: PanelSpec, height: float) -> tuple[tuple[FloorFigure, ...], FloorCamera, tuple[str, ...], float]:
    """Figures, camera, notes and reach in metres of a panel whose page is `height` units high."""
    composition = composed(spec, height)
    camera = _camera(spec, composition)
    figures = tuple(_figure(spec, each, composition) for each in spec.figures)
    farthest = max(abs(v) for each in (*figures, camera) for v in (each.x, each.z))
    reach = float(math.ceil(min(max(farthest + _MARGIN, _NEAREST), _WIDEST)))
    return figures, camera, tuple(_notes(spec, composition)), reach


def _camera(spec: PanelSpec, composition: Composition) -> FloorCamera:
    camera = composition.camera
    x, y, z = (round(float(v), 2) for v in camera.position)
    return FloorCamera(
        x=x,
        y=y,
        z=z,
        facing=round(math.degrees(camera.yaw) % 360, 1),
        view=round(math.degrees(2 * math.atan(SENSOR_WIDTH_MM / 2 / camera.focal_mm)), 1),
        azimuth=spec.azimuth,
        centre_x=round(composition.centre[0], 2),
        centre_z=round(composition.centre[1], 2),
        lens_mm=spec.lens_mm,
        angle=spec.angle,
        height=spec.camera_height,
    )


def _figure(spec: PanelSpec, figure: Figure, composition: Composition) -> FloorFigure:
    shown = next((each for each in composition.cast if each.figure.name == figure.name), None)
    return FloorFigure(
        name=figure.name,
        x=figure.x,
        z=figure.z,
        facing=figure.facing,
        pose=figure.pose,
        expression=figure.expression,
        prop=figure.prop,
        looks_at=figure.looks_at,
        seated=figure.seated,
        placed=figure.placed,
        told=_missing(spec, figure, composition) if shown is None else _otherwise(spec, figure, shown, composition),
    )


def _missing(spec: PanelSpec, figure: Figure, composition: Composition) -> str:
    """Why somebody is not in the picture at all."""
    who = titled(figure.name)
    if spec.size is Size.INSERT or spec.type is ShotType.EMPTY:
        return f"{who} is not seen: this shot shows {'a thing' if spec.size is Size.INSERT else 'the place alone'}."
    if spec.type is ShotType.POV and figure.name == spec.foreground:
        return f"{who} is not seen: the picture is what they see."
    if composition.camera.seen([figure.x, 1.0, figure.z])[0, 2] < 0.45:
        return f"{who} stands behind the camera and is not seen. Bring them before it, or turn it."
    seen = " and ".join(titled(each.figure.name) for each in composition.focus)
    return f"{who} would hide {seen or 'the view'} or be cut off by the frame, and is left out. Put them aside."


def _otherwise(spec: PanelSpec, figure: Figure, shown: Placed, composition: Composition) -> str:
    """What is different in the picture of somebody who is in it."""
    who = titled(figure.name)
    if spec.set_kind is SetKind.CAR and spec.interior:
        return f"{who} sits in a seat of the car, wherever they are put."
    if shown.foreground:
        return f"{who} is seen from behind at the edge of the picture, near the camera: over their shoulder we look."
    if math.dist((shown.x, shown.z), (figure.x, figure.z)) > _ASIDE:
        return f"{who} is drawn a step aside: somebody else stands there."
    page, depth = composition.camera.projected([[figure.x, shown.top * 0.8, figure.z]])
    if depth[0] < 0.1 or not 0 <= page[0, 0] <= WIDTH:
        return f"{who} stands outside the frame. Bring them nearer to the middle, or take a wider lens or size."
    return ""


def _notes(spec: PanelSpec, composition: Composition) -> Iterator[str]:
    asked, stands = spec.camera_height, float(composition.camera.position[1])
    if spec.size is Size.INSERT:
        yield "An insert is drawn by itself: where people and camera stand does not change it."
        return
    if spec.type is ShotType.POV and spec.foreground is not None:
        yield f"The camera is {titled(spec.foreground)}'s eyes: move them to move it."
    if asked is not None and abs(stands - asked) > 0.05:
        yield f"The camera stands {stands:.1f} m high: from {asked:g} m this lens cannot show this size."


def titled(name: str) -> str:
    """A name as it is spoken: MARA is Mara."""
    return name.title().replace("'S", "'s") if name == name.upper() else name
