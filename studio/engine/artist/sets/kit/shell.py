"""The shell of an interior: floor, ceiling, four walls; and what hangs on walls: doors, windows, pictures, shelves, skirting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from studio.engine.artist.geometry import hull_chain
from studio.engine.artist.sets.kit.stage import Scene, Wall, lamp_glow, mixed, page, sky_colours, times
from studio.engine.artist.sheet import Colour
from studio.engine.artist.spec import Light

Side = Literal["far", "near", "left", "right"]

BEYOND = 24.0
# How far light through a window falls inwards and aside for each metre of height, its colour and strength.
SHAFTS: dict[Light, tuple[float, float, Colour, float]] = {
    Light.DAY: (0.95, 0.35, (255, 240, 204), 120),
    Light.DAWN: (1.6, 0.7, (255, 222, 178), 110),
    Light.DUSK: (1.7, -0.7, (255, 190, 130), 105),
    Light.NIGHT: (1.0, -0.4, (196, 210, 250), 40),
}
WOOD: tuple[Colour, ...] = ((150, 118, 90), (126, 92, 68), (172, 138, 100), (110, 84, 70))
FABRIC: tuple[Colour, ...] = ((150, 92, 80), (96, 116, 124), (164, 134, 84), (104, 124, 96), (122, 98, 122))


@dataclass(frozen=True, slots=True)
class Shell:
    """An interior of `width` x `depth` x `height` metres with its middle at (0, 0); walls nearer than the action are left out."""

    scene: Scene
    width: float
    depth: float
    height: float

    def wall(self, side: Side) -> Wall:
        """One wall; u runs left to right as seen from inside, from 0 to its length."""
        x, z = self.width / 2, self.depth / 2
        sheet = self.scene.sheet
        if side == "far":
            return Wall(sheet, (-x, z), (1, 0), (0, -1))
        if side == "near":
            return Wall(sheet, (x, -z), (-1, 0), (0, 1))
        if side == "left":
            return Wall(sheet, (-x, -z), (0, 1), (1, 0))
        return Wall(sheet, (x, z), (0, -1), (-1, 0))

    def length(self, side: Side) -> float:
        """The length of a wall in metres."""
        return self.width if side in ("far", "near") else self.depth

    def seen(self) -> list[Side]:
        """The walls the camera sees from inside."""
        sides: tuple[Side, ...] = ("far", "near", "left", "right")
        return [side for side in sides if self.wall(side).faces_camera()]

    def draw(
        self,
        wall: Colour,
        floor_colour: Colour,
        *,
        ceiling: Colour | None = (228, 222, 208),
        dado: float = 0,
        boards: bool = True,
    ) -> list[Side]:
        """Draw floor, ceiling and the walls that face the camera; those on the shadow side darker. Gives the walls drawn."""
        sheet = self.scene.sheet
        page(sheet, wall)
        seen = self.seen()
        # A wall left out opens the room towards the camera, as on a studio stage.
        left = -self.width / 2 - (0 if "left" in seen else BEYOND)
        right = self.width / 2 + (0 if "right" in seen else BEYOND)
        near = -self.depth / 2 - (0 if "near" in seen else BEYOND)
        far = self.depth / 2 + (0 if "far" in seen else BEYOND)
        sheet.face3([[left, 0, near], [right, 0, near], [right, 0, far], [left, 0, far]], floor_colour, line=False)
        if boards:
            for x in np.arange(-self.width / 2 - 3, self.width / 2 + 3.01, 0.52):
                if left <= x <= right:
                    sheet.line3([x, 0, max(near, -9.0)], [x, 0, min(far, 9.0)], 0.9, 75)
        if ceiling is not None and sheet.camera.position[1] < self.height:
            y = self.height
            sheet.face3([[left, y, near], [right, y, near], [right, y, far], [left, y, far]], ceiling, line=False)
        for side in sorted(seen, key=self._distance, reverse=True):
            self._wall(side, seen, wall, dado)
        return seen

    def _distance(self, side: Side) -> float:
        wall = self.wall(side)
        middle = wall.point(self.length(side) / 2, 1.4)
        return float(np.linalg.norm(middle - self.scene.sheet.camera.position))

    def _wall(self, side: Side, seen: list[Side], colour: Colour, dado: float) -> None:
        wall = self.wall(side)
        start, end = self._reach(side, seen)
        tone = {"far": 1.0, "near": 0.95, "left": 0.93, "right": 0.84}[side]
        shade = times(colour, tone)
        wall.panel(start, 0, end, self.height, shade, 0, hatch=34 if side == "right" else 0)
        if dado:
            lower = times(shade, 0.82)
            wall.panel(start, 0, end, dado, lower, 0.01)
            for u in np.arange(0.3, self.length(side), 0.55):
                wall.line(u, 0.12, u, dado - 0.04, 0.8, 80)
        wall.line(start, 0.12, end, 0.12, 1.1, 150)
        wall.line(start, self.height - 0.1, end, self.height - 0.1, 0.9, 110)

    def _reach(self, side: Side, seen: list[Side]) -> tuple[float, float]:
        """Where a wall starts and ends: it runs on past a corner whose other wall is left out."""
        neighbours: dict[Side, tuple[Side, Side]] = {
            "far": ("left", "right"),
            "near": ("right", "left"),
            "left": ("near", "far"),
            "right": ("far", "near"),
        }
        first, second = neighbours[side]
        return (0 if first in seen else -BEYOND), self.length(side) + (0 if second in seen else BEYOND)


def door(wall: Wall, u: float, colour: Colour, *, glazed: bool = False) -> None:
    """A panelled door in its frame, its middle at `u`."""
    frame, leaf, deep = times(colour, 1.12), colour, times(colour, 0.84)
    wall.panel(u - 0.56, 0, u + 0.56, 2.18, frame)
    wall.panel(u - 0.47, 0, u + 0.47, 2.08, leaf, 0.025)
    upper: Colour = (196, 210, 212) if glazed else deep
    for x0, y0, x1, y1, tone in (
        (-0.36, 0.2, -0.06, 0.85, deep),
        (0.06, 0.2, 0.36, 0.85, deep),
        (-0.36, 1.0, -0.06, 1.9, upper),
        (0.06, 1.0, 0.36, 1.9, upper),
    ):
        wall.panel(u + x0, y0, u + x1, y1, tone, 0.03, 1.1, overshoot=0)
    knob = wall.sheet.ball(wall.point(u + 0.4, 0.98, 0.06), 0.04, 12)
    wall.sheet.fill(knob, (206, 174, 96))
    wall.sheet.ink(knob, 1.1, closed=True)


def window(
    scene: Scene, wall: Wall, u: float, *, width: float = 1.6, curtain: Colour | None = None, name: str = "window"
) -> None:
    """A cross-barred window with the time of day behind it; lit windows and a moon at night."""
    half = width / 2
    sill, head = 0.95, 2.4
    frame: Colour = (230, 222, 206)
    wall.panel(u - half - 0.1, sill - 0.06, u + half + 0.1, head + 0.1, frame)
    _view(scene, wall, u, half, sill, head, name)
    if scene.interior and name == "window":
        _shaft(scene, wall, u, half, (sill, head))
    wall.panel(u - 0.025, sill, u + 0.025, head, frame, 0.05, 1.0, overshoot=0)
    wall.panel(u - half, (sill + head) / 2 + 0.1, u + half, (sill + head) / 2 + 0.15, frame, 0.05, 1.0, overshoot=0)
    wall.box(u, sill - 0.1, (width + 0.4, 0.06, 0.16), (216, 206, 190))
    if curtain is not None:
        for side in (-1, 1):
            edge, inner = u + side * (half + 0.32), u + side * (half - 0.18)
            shape = [
                (inner, 2.58),
                (edge, 2.58),
                (edge - side * 0.02, 0.72),
                (edge - side * 0.24, 0.68),
                (edge - side * 0.3, 1.5),
            ]
            ring = wall.sheet.face3([wall.point(a, y, 0.1) for a, y in shape], curtain)
            if ring is not None:
                wall.sheet.hatch(ring, 1.5, 8, alpha=55)
        rail = [wall.point(u - half - 0.5, 2.6, 0.1), wall.point(u + half + 0.5, 2.6, 0.1)]
        wall.sheet.line3(rail[0], rail[1], 2.4, 210)


def _shaft(scene: Scene, wall: Wall, u: float, half: float, span: tuple[float, float]) -> None:
    """What falls on the floor through a window: sun by day, long and warm at dawn and dusk, a little moon at night."""
    reach, aside, colour, alpha = SHAFTS[scene.light]
    for left, right in ((u - half, u - 0.03), (u + 0.03, u + half)):
        for low, high in ((span[0], sum(span) / 2 + 0.06), (sum(span) / 2 + 0.16, span[1])):
            corners = ((left, low), (right, low), (right, high), (left, high))
            patch = [wall.point(at + aside * y, 0.006, reach * y) for at, y in corners]
            wall.sheet.face3(patch, colour, line=False, alpha=alpha)


def _view(scene: Scene, wall: Wall, u: float, half: float, sill: float, head: float, name: str) -> None:
    top, low = sky_colours(scene)
    glass = {Light.DAY: (226, 236, 240), Light.NIGHT: (46, 60, 98)}.get(scene.light, mixed(top, low, 0.7))
    raw = scene.light in (Light.NIGHT, Light.DUSK)
    wall.panel(u - half, sill, u + half, head, glass, 0.03, raw=raw)
    rng = scene.rng(f"view {name}")
    roofs = np.sort(rng.uniform(0.1, 0.9, 3))
    roof: Colour = (32, 42, 72) if scene.light is Light.NIGHT else times(glass, 0.86)
    for left, right, rise in zip((0.0, *roofs), (*roofs, 1.0), rng.uniform(0.2, 0.55, 4), strict=True):
        a, b = u - half + left * 2 * half, u - half + right * 2 * half
        wall.panel(a, sill, b, sill + rise * (head - sill), roof, 0.035, line=False, raw=raw)
    if not scene.dark:
        return
    lights = [(u - half + 2 * half * a, sill + 0.06 + 0.5 * b) for a, b in rng.uniform(0.04, 0.9, (14, 2))]
    wall.sheet.faces3(
        [wall.quad(a, b, a + 0.05, b + 0.07, 0.04) for a, b in lights], (248, 214, 130), line=False, raw=True
    )
    if scene.light is Light.NIGHT and name == "window":
        disc = wall.sheet.ball(wall.point(u + half * 0.5, head - 0.32, 0.04), 0.1)
        wall.sheet.fill(disc, (238, 236, 214), raw=True)


def picture(scene: Scene, wall: Wall, u: float, y: float, size: tuple[float, float], name: str) -> None:
    """A framed picture: a landscape of two tones and a hill line."""
    half, high = size[0] / 2, size[1] / 2
    wall.panel(u - half - 0.05, y - high - 0.05, u + half + 0.05, y + high + 0.05, scene.choice(f"{name} frame", WOOD))
    wall.panel(u - half, y - high, u + half, y + high, (226, 220, 200), 0.03, overshoot=0)
    tone = scene.choice(f"{name} hill", FABRIC)
    rng = scene.rng(f"{name} line")
    crest = np.linspace(-half, half, 9)
    heights = y - high * 0.1 + np.cumsum(rng.normal(0, 0.25, 9)) * high * 0.3
    heights = np.clip(heights, y - high * 0.8, y + high * 0.7)
    ring = [
        wall.point(u - half, y - high, 0.035),
        *[wall.point(u + a, b, 0.035) for a, b in zip(crest, heights, strict=True)],
    ]
    ring.append(wall.point(u + half, y - high, 0.035))
    wall.sheet.face3(ring, tone, 0.9, overshoot=0)


def shelf(scene: Scene, wall: Wall, u: float, width: float, heights: tuple[float, ...], name: str) -> None:
    """Shelves of books."""
    rng = scene.rng(name)
    board = scene.choice(f"{name} board", WOOD)
    for y in heights:
        wall.box(u, y, (width, 0.05, 0.26), board)
        books: dict[Colour, list[np.ndarray]] = {}
        at = u - width / 2 + 0.05
        while at < u + width / 2 - 0.15:
            thick, tall = rng.uniform(0.04, 0.1), rng.uniform(0.2, 0.32)
            colour = FABRIC[int(rng.integers(len(FABRIC)))]
            books.setdefault(colour, []).append(wall.quad(at, y + 0.05, at + thick, y + 0.05 + tall, 0.24))
            at += thick + (0.12 if rng.uniform() > 0.85 else 0.0)
        for colour, quads in books.items():
            wall.sheet.faces3(quads, colour, 0.8)


def pendant(scene: Scene, x: float, y: float, z: float, ceiling: float, colour: Colour = (190, 120, 84)) -> None:
    """A lamp hanging from the ceiling, alight when it is dark."""
    sheet = scene.sheet
    if sheet.camera.position[1] > ceiling or sheet.camera.seen([x, y, z])[0, 2] < 0.6:
        return
    sheet.line3([x, ceiling, z], [x, y, z], 1.6, 220)
    lit = scene.dark or (scene.interior and scene.kind in ("bar",))
    turn = np.linspace(0, 2 * np.pi, 18, endpoint=False)
    rings = []
    for height, radius in ((y - 0.12, 0.25), (y + 0.16, 0.1)):
        ring = np.stack([x + np.cos(turn) * radius, turn * 0 + height, z + np.sin(turn) * radius], 1)
        rings.append(sheet.camera.projected(ring)[0])
    shape = hull_chain(np.array(rings))
    sheet.fill(shape, (246, 214, 140) if lit else colour, raw=lit)
    sheet.outline(shape, 1.5)
    if lit:
        lamp_glow(sheet, [x, y - 0.1, z], 1.5)
