"""Between people and place: actors with their eyelines, seats under those who sit, furniture cleared from before the lens."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from shapely.geometry import MultiPoint
from shapely.geometry.base import BaseGeometry

from studio.engine.artist.camera import WIDTH, Camera
from studio.engine.artist.cast.casting import DRIVERS_SIDE
from studio.engine.artist.compose import Composition, Placed, acting
from studio.engine.artist.people.draw import Table, eye_point
from studio.engine.artist.people.pose import LOW, Actor, sits
from studio.engine.artist.sets.kit import fixtures, furniture, vehicle
from studio.engine.artist.sets.kit.stage import Piece, Scene
from studio.engine.artist.sheet import Colour, Sheet
from studio.engine.artist.spec import Pose

EITHER_HAND = (Pose.STAND, Pose.TALK, Pose.THINK, Pose.POINT, Pose.REACH, Pose.GIVE, Pose.OPEN)
"""Poses struck with whichever hand the camera sees better."""
SHADOWED = (0.32, 1.0)
"""How far from its middle a thing must reach to have a patch of shadow under it, in metres: no rails, no cars."""
AT_THE_HEAD = (Pose.PHONE, Pose.LISTEN, Pose.SALUTE, Pose.PEER, Pose.WAVE)
"""Poses struck with the hand nearer to the camera: the head would hide the other."""
CAR_FLOOR, CAR_SEAT = 0.32, 0.19
"""Metres from the road to a car's floor, and from there to its seats."""
BED_COVERS: tuple[Colour, ...] = ((150, 92, 80), (96, 116, 124), (164, 134, 84), (104, 124, 96))
CARS: tuple[Colour, ...] = ((164, 66, 54), (70, 98, 128), (206, 192, 160), (88, 110, 90))
CHAIRS: tuple[Colour, ...] = ((126, 92, 68), (98, 84, 78), (150, 116, 84))
OUTDOORS = ("street", "field", "forest", "rooftop", "waterfront")


def actor_of(one: Placed, composition: Composition) -> Actor:
    """The actor for a placed figure, looking at whom its figure looks at."""
    name = one.figure.looks_at
    target = next((other for other in composition.cast if other.figure.name == name and other is not one), None)
    gaze: tuple[float, float, float] | None = None
    if target is not None and math.dist((one.x, one.z), (target.x, target.z)) > 0.2:
        x, y, z = (float(v) for v in eye_point(acting(target.figure, target.person, None, target.floor)))
        gaze = (x, y, z)
    figure = one.figure
    if one.foreground and figure.pose not in LOW:
        # What the one in front does with the hands must not come up before the face we look at.
        figure = replace(figure, prop=None, pose=Pose.SIT if sits(figure.pose, figure.seated) else Pose.STAND)
    actor = acting(figure, one.person, gaze, one.floor)
    actor = actor if one.foreground else replace(actor, beat=one.beat)
    if one.in_car:
        actor = replace(actor, floor=CAR_FLOOR, seat=CAR_SEAT)
    left_is_far = _left_is_far(figure.facing, composition.camera)
    if figure.pose in AT_THE_HEAD:
        actor = replace(actor, mirrored=not left_is_far)
    elif figure.prop is None and figure.pose in EITHER_HAND:
        actor = replace(actor, mirrored=left_is_far)
    return actor


def _left_is_far(facing: float, camera: Camera) -> bool:
    """Whether the left hand is the one away from the camera: it stands clear of the body, so it is the one that speaks."""
    yaw = math.radians(facing)
    return -math.cos(yaw) * float(camera.basis[2][0]) + math.sin(yaw) * float(camera.basis[2][2]) > 0


def seats(scene: Scene, composition: Composition) -> list[Piece]:
    """Something to sit on under everyone who sits, its back drawn before or after the sitter as the camera stands."""
    if scene.kind == "car" and scene.interior:
        return []
    pieces: list[Piece] = []
    for one in composition.cast:
        if one.floor and not one.foreground:
            pieces.append(_bed(scene, one))
        if one.thing or one.foreground or not sits(one.figure.pose, one.figure.seated):
            continue
        if one.in_car:
            pieces.extend(_own_car(scene, one) if one.figure.pose is Pose.DRIVE else ())
            continue
        pieces.extend(_seat(scene, one))
    return pieces


def things(scene: Scene, composition: Composition) -> list[Piece]:
    """The machines of the cast that stand on the stage: a box on the ground, or on a small table indoors."""
    return [
        Piece(one.x, one.z, 0.3, False, partial(_machine, scene, one), always=True)
        for one in composition.cast
        if one.thing
    ]


def _machine(scene: Scene, one: Placed) -> None:
    sheet, yaw = scene.sheet, math.radians(one.figure.facing)
    foot = 0.0
    if scene.interior:
        foot = 0.72
        furniture.table(sheet, one.x, one.z, yaw=yaw, size=(0.7, 0.6), colour=scene.choice("dining table", CHAIRS))
    front = np.array([math.sin(yaw), 0.0, math.cos(yaw)]) * 0.19
    sheet.box([one.x, foot, one.z], (0.50, 0.24, 0.38), yaw, (188, 188, 184), 1.5)
    sheet.box([one.x + front[0], foot + 0.07, one.z + front[2]], (0.34, 0.03, 0.20), yaw, (246, 244, 236), 1.0)
    sheet.box([one.x, foot + 0.24, one.z], (0.36, 0.05, 0.26), yaw, (206, 206, 202), 1.1)


def _own_car(scene: Scene, one: Placed) -> list[Piece]:
    """The car round somebody who drives out of doors: open behind them, closed before them."""
    yaw = math.radians(one.figure.facing)
    view = scene.sheet.camera.basis[2] * np.array([1.0, 0.0, 1.0])
    x, z = one.x + DRIVERS_SIDE * math.cos(yaw), one.z - DRIVERS_SIDE * math.sin(yaw)
    colour = scene.choice("own car", CARS)
    return [
        Piece(one.x + float(view[0]) * way, one.z + float(view[2]) * way, 0.3, False, draw, always=True)
        for way, draw in (
            (1.2, partial(vehicle.car_behind, scene, x, z, yaw, colour)),
            (-1.2, partial(vehicle.car_before, scene, x, z, yaw, colour)),
        )
    ]


def _bed(scene: Scene, one: Placed) -> Piece:
    """The bed under somebody who lies on it, its head behind theirs."""
    yaw = math.radians(one.figure.facing)
    x, z = furniture.placed(one.x, one.z, yaw, 0.0, -0.62 * one.person.stature)
    cover = scene.choice("cover", BED_COVERS)
    bed = fixtures.hospital_bed if scene.kind == "hospital" else fixtures.bed
    away = scene.sheet.camera.basis[2] * 0.6
    draw = partial(bed, scene.sheet, x, z, yaw, cover)
    return Piece(one.x + float(away[0]), one.z + float(away[2]), 0.3, False, draw, always=True)


def _seat(scene: Scene, one: Placed) -> list[Piece]:
    yaw = math.radians(one.figure.facing)
    camera = scene.sheet.camera
    view = camera.basis[2] * np.array([1.0, 0.0, 1.0])
    view = view / max(float(np.linalg.norm(view)), 1e-6)
    behind_x, behind_z = one.x + float(view[0]) * 0.12, one.z + float(view[2]) * 0.12
    if scene.kind in OUTDOORS or not scene.interior:
        draw = partial(furniture.bench, scene.sheet, one.x, one.z, yaw)
        return [Piece(behind_x, behind_z, 0.5, False, draw, always=True)]
    colour = scene.choice("chairs", CHAIRS)
    ahead = math.sin(yaw) * float(view[0]) + math.cos(yaw) * float(view[2])
    # The back of a chair is nearer than the sitter when the sitter looks away from the camera.
    offset = -0.3 if ahead > 0.25 else 0.14
    back_x, back_z = one.x + float(view[0]) * offset, one.z + float(view[2]) * offset
    return [
        Piece(
            behind_x,
            behind_z,
            0.3,
            False,
            partial(furniture.chair_seat, scene.sheet, one.x, one.z, yaw, colour),
            always=True,
        ),
        Piece(
            back_x,
            back_z,
            0.3,
            False,
            partial(furniture.chair_back, scene.sheet, one.x, one.z, yaw, colour),
            always=True,
        ),
    ]


def table_for(scene: Scene, group: Sequence[Placed]) -> Table | None:
    """The table people sit at: between two who face each other, or before one who sits alone where one eats, drinks or works."""
    sitters = [one for one in group if sits(one.figure.pose, one.figure.seated)]
    if not sitters or not scene.interior or scene.kind not in ("kitchen", "bar", "office", "room"):
        return None
    if len(sitters) == 1:
        if scene.kind == "room" or len(group) > 1:
            return None
        yaw = math.radians(sitters[0].figure.facing)
        x, z = furniture.placed(sitters[0].x, sitters[0].z, yaw, 0.0, 0.62)
        return Table(partial(_table, scene, x, z, yaw, (1.15, 0.66)))
    one, other = sitters[0], sitters[1]
    apart = math.dist((one.x, one.z), (other.x, other.z))
    yaw = math.atan2(other.x - one.x, other.z - one.z)
    facing = (
        math.cos(math.radians(one.figure.facing) - yaw) > 0.5
        and math.cos(math.radians(other.figure.facing) - yaw) < -0.5
    )
    if not facing or not 0.9 < apart < 2.4:
        return None
    middle_x, middle_z = (one.x + other.x) / 2, (one.z + other.z) / 2
    return Table(partial(_table, scene, middle_x, middle_z, yaw, (0.8, apart - 0.5)))


def _table(scene: Scene, x: float, z: float, yaw: float, size: tuple[float, float]) -> BaseGeometry | None:
    """Draw a table with two cups; gives the area it hides."""
    sheet = scene.sheet
    half_w, half_d = size[0] / 2, size[1] / 2
    corners = [furniture.placed(x, z, yaw, a * half_w, b * half_d) for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    if min(float(sheet.camera.seen([a, 0.7, b])[0, 2]) for a, b in corners) < 0.3:
        return None
    furniture.table(sheet, x, z, yaw=yaw, size=size, colour=scene.choice("dining table", CHAIRS))
    for share in (-0.5, 0.5):
        cup_x, cup_z = furniture.placed(x, z, yaw, half_w * 0.4 * share, half_d * share)
        furniture.cup(sheet, cup_x, 0.76, cup_z)
    page = sheet.camera.projected([[a, y, b] for a, b in corners for y in (0.76, 0.71)])[0]
    return MultiPoint(page).convex_hull


def contact_shadow(sheet: Sheet, piece: Piece, sun: tuple[float, float, float]) -> None:
    """A soft dark patch on the floor under a thing that stands there, away from the light."""
    if not SHADOWED[0] <= piece.reach <= SHADOWED[1] or sheet.camera.position[1] < 0.2:
        return
    x, z = piece.x + sun[0] * 0.12, piece.z + sun[2] * 0.12
    turn = np.linspace(0, 2 * math.pi, 20, endpoint=False)
    for share, alpha in ((1.0, 26), (0.8, 30)):
        reach = piece.reach * share
        ring = sheet.ring3(np.stack([x + np.cos(turn) * reach, turn * 0 + 0.004, z + np.sin(turn) * reach], 1))
        if ring is not None:
            sheet.fill(ring, (40, 38, 52), alpha)


def standing_clear(pieces: Sequence[Piece], camera: Camera, composition: Composition) -> list[Piece]:
    """The pieces that neither stand in the lens, nor in people's places, nor between the camera and those it frames."""
    kept: list[Piece] = []
    target = float(camera.seen([composition.centre[0], 1.0, composition.centre[1]])[0, 2])
    lying = any(one.floor and not one.foreground for one in composition.cast)
    for piece in pieces:
        if piece.spare and lying:
            continue
        if piece.always:
            kept.append(piece)
            continue
        depth = float(camera.seen([piece.x, 0.5, piece.z])[0, 2])
        if depth < 0.6 + piece.reach or any(
            math.dist((piece.x, piece.z), (one.x, one.z)) < piece.reach + 0.28 for one in composition.cast
        ):
            continue
        if not composition.cast:
            if piece.tall and depth < target * 0.45:
                continue
        elif any(_hides(camera, piece, depth, one) for one in composition.cast):
            continue
        kept.append(piece)
    return kept


def _hides(camera: Camera, piece: Piece, depth: float, one: Placed) -> bool:
    """Whether a piece before a person would cover it."""
    seen, away = camera.projected([[one.x, 1.0, one.z], [piece.x, 0.5, piece.z]])
    if depth > float(away[0]) - 0.1:
        return False
    reach = (piece.reach + 0.15) * camera.scale / max(depth, 0.3)
    figure = 0.24 * one.person.stature * camera.scale / max(float(away[0]), 0.3)
    close = abs(float(seen[0, 0] - seen[1, 0])) < reach + figure
    return close and (piece.tall or depth < float(away[0]) * 0.75 or reach > WIDTH * 0.2)
