"""What every set is built from: the scene's light and seed, walls to draw on, ground, sky, pieces that stand among the people."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from studio.engine.artist.geometry import rectangle
from studio.engine.artist.sheet import Colour, Sheet
from studio.engine.artist.spec import Light

Array = NDArray[np.float64]

FAR = 300.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A thing that stands among the people: where it is (metres), its reach from there, and how it is drawn.

    `tall` things would hide people when they come between them and the camera; `always` marks what must stay (a seat in use);
    `spare` is the place's own bed, which gives way to the one somebody lies in.
    """

    x: float
    z: float
    reach: float
    tall: bool
    draw: Callable[[], None]
    always: bool = False
    spare: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """The sheet to draw on and what the place is like; `place` seeds every choice, so a place never changes."""

    sheet: Sheet
    place: str
    kind: str
    light: Light
    interior: bool
    weather: str = "clear"

    @property
    def dark(self) -> bool:
        """Whether lamps are on."""
        return self.light in (Light.NIGHT, Light.DUSK)

    def rng(self, what: str) -> np.random.Generator:
        """Chance that depends on the place and on `what` is chosen, never on the panel."""
        digest = hashlib.sha256(f"{self.place.strip().upper()}|{self.kind}|{what}".encode()).digest()
        return np.random.default_rng(int.from_bytes(digest[:8], "big"))

    def choice(self, what: str, options: Sequence[Colour]) -> Colour:
        """One of some colours, by the place."""
        return options[int(self.rng(what).integers(len(options)))]

    def number(self, what: str, low: float, high: float) -> float:
        """A measure between two bounds, by the place."""
        return float(self.rng(what).uniform(low, high))


@dataclass(frozen=True, slots=True)
class Wall:
    """An upright plane to draw on: `u` metres run along it from `origin` (x, z), `out` metres stand off it inwards."""

    sheet: Sheet
    origin: tuple[float, float]
    along: tuple[float, float]
    inward: tuple[float, float]

    def point(self, u: float, y: float, out: float = 0.0) -> Array:
        """A point of the wall in metres."""
        return np.array(
            [
                self.origin[0] + self.along[0] * u + self.inward[0] * out,
                y,
                self.origin[1] + self.along[1] * u + self.inward[1] * out,
            ]
        )

    def faces_camera(self) -> bool:
        """Whether the camera stands on the side the wall is drawn on."""
        x, _, z = self.sheet.camera.position
        return (x - self.origin[0]) * self.inward[0] + (z - self.origin[1]) * self.inward[1] > 0.05

    def quad(self, u0: float, y0: float, u1: float, y1: float, out: float = 0.0) -> Array:
        """A rectangle of the wall as four points (4, 3)."""
        return np.array(
            [self.point(u0, y0, out), self.point(u1, y0, out), self.point(u1, y1, out), self.point(u0, y1, out)]
        )

    def panel(
        self,
        u0: float,
        y0: float,
        u1: float,
        y1: float,
        colour: Colour,
        out: float = 0.02,
        width: float = 1.4,
        line: bool = True,
        hatch: float = 0,
        raw: bool = False,
        overshoot: float = 2.0,
        alpha: float = 255,
    ) -> Array | None:
        """A painted rectangle on the wall."""
        return self.sheet.face3(self.quad(u0, y0, u1, y1, out), colour, width, line, alpha, hatch, overshoot, raw)

    def line(
        self, u0: float, y0: float, u1: float, y1: float, width: float = 1.0, alpha: float = 120, out: float = 0.03
    ) -> None:
        """A drawn line on the wall."""
        self.sheet.line3(self.point(u0, y0, out), self.point(u1, y1, out), width, alpha)

    def yaw(self) -> float:
        """The turn in radians that lays a box's width along the wall."""
        return math.atan2(-self.along[1], self.along[0])

    def box(
        self, u: float, y: float, size: Sequence[float], colour: Colour, out: float = 0.0, width: float = 1.4
    ) -> None:
        """A box against the wall, its middle at `u`, its foot at `y`, `out` metres off the wall."""
        x, _, z = self.point(u, 0, out + size[2] / 2)
        self.sheet.box([x, y, z], size, self.yaw(), colour, width)


def times(colour: Colour, factor: float) -> Colour:
    """A colour made lighter or darker by a factor."""
    red, green, blue = (min(max(c * factor, 0.0), 255.0) for c in colour)
    return red, green, blue


def mixed(colour: Colour, other: Colour, share: float) -> Colour:
    """A colour moved towards another by a share."""
    red, green, blue = (a * (1 - share) + b * share for a, b in zip(colour, other, strict=True))
    return red, green, blue


def page(sheet: Sheet, colour: Colour, raw: bool = False) -> None:
    """The whole page in one colour."""
    sheet.fill(rectangle(-9, -9, sheet.camera.width + 9, sheet.camera.height + 9), colour, raw=raw)


def floor(sheet: Sheet, left: float, near: float, right: float, far: float, colour: Colour, y: float = 0.0) -> None:
    """A level rectangle without lines."""
    sheet.face3([[left, y, near], [right, y, near], [right, y, far], [left, y, far]], colour, line=False)


def lamp_glow(sheet: Sheet, at: ArrayLike, metres: float, alpha: float = 130, colour: Colour = (255, 214, 130)) -> None:
    """The light round a lamp at `at` (3,) metres."""
    xy, depth = sheet.camera.projected(at)
    if depth[0] > 0.4:
        sheet.glow(xy[0], min(sheet.camera.scale / float(depth[0]) * metres, 900.0), colour, alpha)


def in_front(sheet: Sheet, at: ArrayLike, least: float = 0.4) -> bool:
    """Whether a point (3,) lies at least `least` metres before the camera."""
    return bool(sheet.camera.seen(at)[0, 2] > least)


SKIES: dict[Light, tuple[Colour, Colour]] = {
    Light.DAY: ((168, 198, 220), (226, 234, 232)),
    Light.DAWN: ((150, 170, 206), (250, 214, 186)),
    Light.DUSK: ((92, 92, 142), (244, 164, 116)),
    Light.NIGHT: ((30, 36, 66), (74, 88, 128)),
}

OVERCAST: Colour = (196, 200, 202)


def sky_colours(scene: Scene) -> tuple[Colour, Colour]:
    """Colours at the zenith and at the horizon."""
    top, low = SKIES[scene.light]
    if scene.weather == "clear":
        return top, low
    grey = times(OVERCAST, {Light.DAY: 0.96, Light.DAWN: 0.86, Light.DUSK: 0.62}.get(scene.light, 0.3))
    return mixed(top, grey, 0.7), mixed(low, grey, 0.6)


def sky(scene: Scene) -> None:
    """The sky over the whole page: bands to the horizon, clouds by day, sun low at dawn and dusk, moon and stars at night."""
    sheet = scene.sheet
    top, low = sky_colours(scene)
    horizon = min(max(sheet.camera.horizon, 60.0), sheet.camera.height + 200)
    reach = horizon + sheet.camera.width * abs(math.sin(sheet.camera.roll)) * 0.6
    page(sheet, low, raw=True)
    bands = 10
    for index in range(bands):
        share = index / bands
        sheet.fill(
            rectangle(-9, reach * share - 9, sheet.camera.width + 9, reach * (index + 1) / bands - 8),
            mixed(top, low, share),
            raw=True,
        )
    if scene.weather != "clear":
        return
    if scene.light is Light.NIGHT:
        _night_sky(scene, horizon)
    else:
        _day_sky(scene, horizon)


def _bearing(scene: Scene, what: str, low: float, high: float, height: float) -> tuple[Array, float]:
    """Where a far thing of the sky stands on the page, within view when it can be: (2,) and its depth."""
    bearing = scene.number(what, low, high)
    at = scene.sheet.camera.position + np.array([math.sin(bearing), height, math.cos(bearing)]) * 1000
    xy, depth = scene.sheet.camera.projected(at)
    return xy[0], float(depth[0])


def _night_sky(scene: Scene, horizon: float) -> None:
    sheet = scene.sheet
    rng = scene.rng("stars")
    bearings = rng.uniform(-math.pi, math.pi, 340)
    heights = rng.uniform(0.05, 0.9, 340)
    far = np.stack([np.sin(bearings), heights, np.cos(bearings)], 1) * 1000 + sheet.camera.position
    xy, depth = sheet.camera.projected(far)
    seen = (depth > 1) & (xy[:, 0] > 0) & (xy[:, 0] < sheet.camera.width) & (xy[:, 1] > 0) & (xy[:, 1] < horizon)
    sizes = rng.uniform(0.9, 1.9, 340)
    sheet.fill_all(
        [rectangle(x - s, y - s, x + s, y + s) for (x, y), s in zip(xy[seen], sizes[seen], strict=True)],
        (222, 226, 240),
        raw=True,
    )
    moon, depth_of_moon = _bearing(scene, "moon", -0.55, 0.55, scene.number("moon height", 0.16, 0.26))
    if depth_of_moon > 0:
        sheet.glow(moon, 190, (226, 232, 250), 110)
        turn = np.linspace(0, 2 * math.pi, 40, endpoint=False)
        disc = moon + np.stack([np.cos(turn), np.sin(turn)], 1) * 30
        sheet.fill(disc, (240, 238, 220), raw=True)
        sheet.ink(disc, 1.2, closed=True, alpha=90)


def _day_sky(scene: Scene, horizon: float) -> None:
    sheet = scene.sheet
    rng = scene.rng("clouds")
    if scene.light in (Light.DAWN, Light.DUSK):
        sun, depth = _bearing(scene, "sun", -0.4, 0.4, 0.05)
        if depth > 0:
            sheet.glow(sun, 330, (255, 226, 168), 170)
            sheet.glow(sun, 60, (255, 246, 214), 255)
    cloud: Colour = {Light.DAWN: (252, 226, 208), Light.DUSK: (226, 146, 128)}.get(scene.light, (240, 242, 240))
    for _ in range(9):
        bearing, height, size = rng.uniform(-math.pi, math.pi), rng.uniform(0.12, 0.5), rng.uniform(60, 120)
        at = sheet.camera.position + np.array([math.sin(bearing), height, math.cos(bearing)]) * 1000
        xy, depth = sheet.camera.projected(at)
        lumps = rng.uniform(0.5, 1.0, 4)
        if depth[0] > 1 and xy[0, 1] < horizon - 20:
            _cloud(sheet, xy[0], size, lumps, cloud)


def _cloud(sheet: Sheet, xy: Array, size: float, lumps: Array, colour: Colour) -> None:
    """A flat-bottomed cloud of four lumps, drawn with an open line on top."""
    turn = np.linspace(math.pi, 2 * math.pi, 33)
    bulge = 0.72 + 0.28 * np.abs(np.sin(turn * 2)) * np.repeat(lumps, 9)[: len(turn)]
    crest = np.stack([np.cos(turn) * size * 1.7, np.sin(turn) * size * 0.45 * bulge], 1) + xy
    sheet.fill(crest, colour, 190, raw=True)
    sheet.ink(crest, 1.2, alpha=90)


def ground(scene: Scene, colour: Colour) -> None:
    """Level ground to the horizon."""
    centre = scene.sheet.camera.position
    floor(scene.sheet, centre[0] - FAR, centre[2] - FAR, centre[0] + FAR, centre[2] + FAR, colour)
