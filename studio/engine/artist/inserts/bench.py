"""The table an INSERT is drawn on: the surface, the thing's own coordinates, the hand that holds it, and its shadow."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from studio.engine.artist.geometry import circle, polygon, rectangle, rounded
from studio.engine.artist.people.hands import HandFrame, hand_frame, hand_parts, thumb
from studio.engine.artist.people.look import Person
from studio.engine.artist.people.parts import paint
from studio.engine.artist.people.poses.shapes import Grip
from studio.engine.artist.sheet import INK, Colour, Sheet

Array = NDArray[np.float64]

SHARE = 0.6
DISTANCE = 0.7


@dataclass(frozen=True, slots=True)
class Bench:
    """Coordinates of a thing: u to the right, v down, in shares of its width, from the middle; turned by `turn` radians.

    `real` is the thing's true width in metres, which sets the size of the hand beside it.
    """

    sheet: Sheet
    real: float
    turn: float = 0.0
    shift: tuple[float, float] = (0.0, 0.0)

    @property
    def width(self) -> float:
        """The thing's width on the page in drawing units."""
        return self.sheet.camera.width * SHARE

    def at(self, points: ArrayLike) -> Array:
        """Points (n, 2) of the thing on the page."""
        uv = np.asarray(points, float).reshape(-1, 2)
        c, s = math.cos(self.turn), math.sin(self.turn)
        turned = np.stack([uv[:, 0] * c - uv[:, 1] * s, uv[:, 0] * s + uv[:, 1] * c], 1)
        middle = np.array([self.sheet.camera.width / 2, self.sheet.camera.height / 2])
        return middle + (turned + np.asarray(self.shift)) * self.width

    def area(
        self, points: ArrayLike, colour: Colour, width: float = 2.4, *, round_by: float = 0.0, raw: bool = False
    ) -> Array:
        """A filled, inked area; `round_by` rounds its corners in shares of the thing's width."""
        ring = self.at(points)
        shape = rounded(polygon(ring), round_by * self.width) if round_by else polygon(ring)
        self.sheet.fill(shape, colour, raw=raw)
        if width:
            self.sheet.outline(shape, width)
        return ring

    def slab(self, points: ArrayLike, colour: Colour, thick: float = 0.02, *, round_by: float = 0.0) -> None:
        """A flat thing with a little thickness towards the shadow, and the shadow it casts."""
        shape = polygon(self.at(points))
        shape = rounded(shape, round_by * self.width) if round_by else shape
        offset = self.sheet.light * thick * self.width
        self.shadow(shape, 2.2 * thick + 0.02)
        side = affinity.translate(shape, *offset).union(shape)
        self.sheet.fill(side, self.sheet.shade(colour, 0.62))
        self.sheet.outline(side, 2.6)
        self.sheet.fill(shape, colour)
        self.sheet.outline(shape, 2.2)

    def shadow(self, shape: BaseGeometry, reach: float) -> None:
        """The shadow of a shape on the table, `reach` in shares of the thing's width."""
        offset = self.sheet.light * reach * self.width
        self.sheet.fill(affinity.translate(shape, *offset), (52, 40, 40), 96)

    def line(
        self, points: ArrayLike, width: float = 2.0, colour: Colour = INK, alpha: float = 235, taper: float = 0.6
    ) -> None:
        """A drawn line."""
        self.sheet.ink(self.at(points), width, colour=colour, alpha=alpha, taper=taper)

    def disc(
        self, centre: tuple[float, float], radius: float, colour: Colour, width: float = 2.0, squash: float = 1.0
    ) -> Array:
        """A filled, inked ellipse."""
        ring = self.at(circle(centre, radius, 48, squash))
        self.sheet.fill(ring, colour)
        if width:
            self.sheet.ink(ring, width, closed=True)
        return ring


def box_of(u0: float, v0: float, u1: float, v1: float) -> Array:
    """The corners of a rectangle in a thing's coordinates."""
    return rectangle(u0, v0, u1, v1)


def table_top(sheet: Sheet, colour: Colour = (150, 112, 80)) -> None:
    """A wooden table seen from above: boards and grain."""
    width, height = sheet.camera.width, sheet.camera.height
    sheet.fill(rectangle(-9, -9, width + 9, height + 9), colour)
    for y in np.arange(-20, height + 60, 108):
        sheet.ink([(-20, y + 26), (width / 2, y + 6), (width + 20, y - 18)], 2.0, alpha=130)
    for x, y in sheet.rng.uniform((0, 0), (width, height), (46, 2)):
        sheet.ink([(x, y), (x + 90, y - 3), (x + 190, y - 8)], 1.1, alpha=60, taper=0.05)


def soft_back(sheet: Sheet, colour: Colour) -> None:
    """A plain, out-of-focus background: two tones and a little hatching in a corner."""
    width, height = sheet.camera.width, sheet.camera.height
    sheet.fill(rectangle(-9, -9, width + 9, height + 9), colour)
    dark = sheet.shade(colour, 0.86)
    sheet.fill([(width * 0.55, -9), (width + 9, -9), (width + 9, height + 9), (width * 0.82, height + 9)], dark)
    sheet.hatch([(width * 0.7, -9), (width + 9, -9), (width + 9, height * 0.8)], -0.95, 14, 1.0, 40)


@dataclass(frozen=True, slots=True)
class Hold:
    """A hand on a thing: wrist in metres from its middle (right, up), where fingers and palm point, its grip."""

    wrist: tuple[float, float]
    aim: tuple[float, float, float]
    face: tuple[float, float, float]
    grip: Grip
    right: bool = True


def hand_behind(bench: Bench, person: Person, hold: Hold) -> None:
    """Forearm and hand under the thing."""
    sheet = bench.sheet
    frame, wrist = _frame(bench, person, hold)
    away = -np.asarray(hold.aim, float)
    away[2] = 0
    away /= max(float(np.linalg.norm(away)), 1e-6)
    size = person.stature
    arm = sheet.chain([wrist + away * 0.004, wrist + away * 0.06], [0.0155 * size, 0.0170 * size], 18)
    sheet.fill(arm, person.skin)
    sheet.outline(arm, 2.4)
    for part in hand_parts(sheet, frame, hold.grip, person.skin, DISTANCE):
        paint(sheet, part, ())
    cuff = sheet.chain([wrist + away * 0.045, wrist + away * 0.07], [0.0195 * size, 0.020 * size], 18)
    sheet.fill(cuff, person.shirt)
    sheet.outline(cuff, 2.2)
    sleeve = sheet.chain([wrist + away * 0.075, wrist + away * 0.5], [0.0235 * size, 0.034 * size], 18)
    sheet.fill(sleeve, person.top)
    sheet.outline(sleeve, 2.8)


def thumb_before(bench: Bench, person: Person, hold: Hold) -> None:
    """The thumb of the same hand, over the thing."""
    sheet = bench.sheet
    frame, _ = _frame(bench, person, hold)
    size = person.stature
    shape = sheet.chain(thumb(frame, hold.grip), np.array([0.0128, 0.0100, 0.0076]) * size, 22)
    sheet.fill(shape, person.skin)
    sheet.outline(shape, 2.4)


def _frame(bench: Bench, person: Person, hold: Hold) -> tuple[HandFrame, Array]:
    camera = bench.sheet.camera
    depth = bench.real / SHARE * camera.scale / camera.width
    middle = camera.position + camera.basis[2] * depth
    wrist = middle + camera.basis[0] * hold.wrist[0] + camera.basis[1] * hold.wrist[1]
    return hand_frame(
        wrist, np.asarray(hold.aim, float), np.asarray(hold.face, float), hold.right, person.stature
    ), wrist
