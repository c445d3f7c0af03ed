"""The display list: what is on the page, in drawing units, in painting order. PNG and SVG are both made from it.

Nothing here rasterises; strokes become ribbons in one batch (`strokes.py`).
"""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

from studio.engine.artist.camera import NEAR, Camera
from studio.engine.artist.geometry import circle, clipped, clipped_line, hull_chain, rings

Array = NDArray[np.float64]
Colour = tuple[float, float, float]
Paint = tuple[int, int, int, int]
Shape = BaseGeometry | ArrayLike

INK: Colour = (30, 28, 34)
PAPER: Colour = (247, 243, 234)
BLEED = 300.0


@dataclass(frozen=True, slots=True)
class Fill:
    """Closed rings (n, 2) painted in one RGBA colour; `even_odd` leaves holes open."""

    rings: tuple[Array, ...]
    paint: Paint
    even_odd: bool = True


@dataclass(frozen=True, slots=True)
class Stroke:
    """An ink line still to be drawn by hand: its course (n, 2) and how the pen runs. Becomes a Ribbon."""

    points: Array
    width: float
    paint: Paint
    closed: bool = False
    jitter: float = 0.5
    taper: float = 0.35
    overshoot: float = 0.0
    shadow: bool = True


@dataclass(frozen=True, slots=True)
class Ribbon:
    """Inked lines of one colour: the outline rings (n, 2) of the ink itself, painted whole (non-zero winding)."""

    rings: tuple[Array, ...]
    paint: Paint


@dataclass(frozen=True, slots=True)
class Line:
    """Straight hairlines (n, 2, 2) of one width and colour, as hatching is."""

    segments: Array
    width: float
    paint: Paint


@dataclass(frozen=True, slots=True)
class Glow:
    """A round light that fades out to nothing at `radius`."""

    centre: tuple[float, float]
    radius: float
    paint: Paint


@dataclass(frozen=True, slots=True)
class Layer:
    """From here on everything belongs to this layer: set, people, light, weather or arrows; `label` says whose. Paints nothing."""

    name: str
    label: str = ""


Op = Fill | Stroke | Ribbon | Line | Glow | Layer


class Sheet:
    """A page being drawn with one camera. Deterministic per seed.

    `light` points on the page towards the shadow side; `gain` multiplies every colour that is not raw (night is a tint);
    `fade` 0..1 takes colours and ink towards the paper, so that a set stays behind the people.
    """

    def __init__(
        self,
        camera: Camera,
        seed: int = 0,
        *,
        light: tuple[float, float] = (0.75, 0.66),
        gain: Colour = (1.0, 1.0, 1.0),
        fade: float = 0.0,
    ) -> None:
        self.camera = camera
        self.seed = seed
        self.ops: list[Op] = []
        self.rng = np.random.default_rng(seed)
        self.light = np.asarray(light, float) / math.hypot(*light)
        self.gain = np.asarray(gain, float)
        self.fade = fade
        self.frame = shapely.box(-40, -40, camera.width + 40, camera.height + 40)

    @contextmanager
    def faded(self, fade: float) -> Generator[None]:
        """Draw paler inside the block."""
        before, self.fade = self.fade, fade
        try:
            yield
        finally:
            self.fade = before

    @contextmanager
    def layer(self, name: str, label: str = "") -> Generator[None]:
        """Draw on a layer inside the block; what follows belongs to the layer before."""
        before = next((op for op in reversed(self.ops) if isinstance(op, Layer)), Layer("set"))
        self.ops.append(Layer(name, label))
        try:
            yield
        finally:
            self.ops.append(before)

    def tone(self, colour: Colour) -> tuple[int, int, int]:
        """A colour as this page's light and fade show it."""
        value = np.asarray(colour[:3], float)
        if self.fade:
            pale = value.mean() * 0.25 + np.array([250.0, 246.0, 236.0]) * 0.75
            value = value * (1 - self.fade) + pale * self.fade
        red, green, blue = (min(max(int(v), 0), 255) for v in value * self.gain)
        return red, green, blue

    def shade(self, colour: Colour, amount: float = 0.66) -> Colour:
        """A colour in shadow (`amount` under 1, a little cooler) or in more light (over 1)."""
        red, green, blue = colour[:3]
        red, green, blue = red * amount * 0.96 + 4, green * amount * 0.96 + 2, blue * amount * 1.06 + 10
        return min(max(red, 0.0), 255.0), min(max(green, 0.0), 255.0), min(max(blue, 0.0), 255.0)

    def fill(self, shape: Shape, colour: Colour, alpha: float = 255, raw: bool = False) -> None:
        """Paint a geometry or a ring (n, 2); `raw` keeps the colour out of the page's tint."""
        if isinstance(shape, BaseGeometry):
            outlines = rings(shape)
            even_odd = True
        else:
            outlines = [np.asarray(shape, float)]
            even_odd = False
        self.fill_all(outlines, colour, alpha, raw, even_odd)

    def fill_all(
        self, outlines: Sequence[Array], colour: Colour, alpha: float = 255, raw: bool = False, even_odd: bool = False
    ) -> None:
        """Paint many rings (n, 2) in one colour as one shape."""
        kept = tuple(ring for ring in outlines if len(ring) > 2)
        if not kept:
            return
        red, green, blue = (int(colour[0]), int(colour[1]), int(colour[2])) if raw else self.tone(colour)
        self.ops.append(Fill(kept, (red, green, blue, int(alpha)), even_odd))

    def glow(self, xy: ArrayLike, radius: float, colour: Colour, alpha: float) -> None:
        """A round light on the page, never tinted."""
        x, y = np.asarray(xy, float)
        if radius <= 0 or not math.isfinite(x + y + radius):
            return
        red, green, blue = (int(v) for v in colour[:3])
        self.ops.append(Glow((float(x), float(y)), float(radius), (red, green, blue, int(alpha))))

    def ink(
        self,
        points: ArrayLike,
        width: float = 2.2,
        closed: bool = False,
        colour: Colour = INK,
        alpha: float = 240,
        jitter: float = 0.5,
        taper: float = 0.35,
        overshoot: float = 0.0,
        shadow: bool = True,
    ) -> None:
        """A line (n, 2) of varying weight: heavier on the shadow side when closed, tapered to `taper` at open ends.

        `jitter` is the unsteadiness of the hand in units, `overshoot` how far straight lines run past their ends.
        """
        red, green, blue = int(colour[0]), int(colour[1]), int(colour[2])
        opacity = int(alpha * (1 - 0.55 * self.fade))
        path = np.asarray(points, float)
        self.ops.append(Stroke(path, width, (red, green, blue, opacity), closed, jitter, taper, overshoot, shadow))

    def outline(
        self,
        geometry: Shape,
        width: float,
        *,
        colour: Colour = INK,
        alpha: float = 240,
        jitter: float = 0.5,
        shadow: bool = True,
    ) -> None:
        """Ink every ring of a geometry (or one ring of points)."""
        outlines = rings(geometry) if isinstance(geometry, BaseGeometry) else [np.asarray(geometry, float)]
        for ring in outlines:
            self.ink(ring, width, True, colour, alpha, jitter, shadow=shadow)

    def hatch(
        self,
        geometry: Shape,
        angle: float = -0.95,
        gap: float = 9,
        width: float = 1.0,
        alpha: float = 70,
        colour: Colour = INK,
    ) -> None:
        """Parallel strokes at `angle` radians, about `gap` units apart, inside a geometry or ring."""
        outlines = rings(geometry) if isinstance(geometry, BaseGeometry) else [np.asarray(geometry, float)]
        segments = self.hatching(outlines, angle, gap)
        if len(segments):
            paint = (int(colour[0]), int(colour[1]), int(colour[2]), int(alpha * (1 - 0.4 * self.fade)))
            self.ops.append(Line(segments, width, paint))

    def hatching(self, outlines: Sequence[Array], angle: float, gap: float) -> Array:
        """Segments (n, 2, 2) where scan lines at `angle` run inside the rings and on the page."""
        turn = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
        turned = [np.vstack([ring, ring[:1]]) @ turn.T for ring in outlines if len(ring) > 2]
        none = np.empty((0, 2, 2))
        if not turned:
            return none
        reach = math.hypot(self.camera.width, self.camera.height)
        middle = (np.array([self.camera.width, self.camera.height]) / 2) @ turn.T
        low = max(min(float(ring[:, 1].min()) for ring in turned), float(middle[1]) - reach / 2) + gap * 0.6
        high = min(max(float(ring[:, 1].max()) for ring in turned), float(middle[1]) + reach / 2)
        count = int((high - low) / gap) + 1
        if high <= low or count < 1:
            return none
        rows = low + np.cumsum(self.rng.uniform(0.8, 1.2, count)) * gap - gap
        start = np.concatenate([ring[:-1] for ring in turned])
        end = np.concatenate([ring[1:] for ring in turned])
        crossed = (start[None, :, 1] <= rows[:, None]) != (end[None, :, 1] <= rows[:, None])
        slope = np.where(np.abs(end[:, 1] - start[:, 1]) > 1e-9, end[:, 1] - start[:, 1], 1.0)
        where = start[None, :, 0] + (rows[:, None] - start[None, :, 1]) / slope * (end[:, 0] - start[:, 0])[None]
        where = np.sort(np.where(crossed, where, np.inf), 1)
        if where.shape[1] % 2:
            where = np.hstack([where, np.full((len(rows), 1), np.inf)])
        left, right = where[:, 0::2], where[:, 1::2]
        inside = np.isfinite(right)
        inside[inside] = (right[inside] - left[inside]) > 3
        row = np.broadcast_to(rows[:, None], left.shape)[inside]
        left, right = left[inside], right[inside]
        margin = self.rng.uniform(0, 0.1, (2, len(left))) * (right - left)
        lift = self.rng.normal(0, 0.8, len(left))
        segments = np.stack([np.stack([left + margin[0], row], 1), np.stack([right - margin[1], row + lift], 1)], 1)
        return segments @ turn

    def line_weight(self, depth: float, base: float = 1.7) -> float:
        """Ink width in units for something `depth` metres away: near lines are heavier."""
        return min(max(base * (4.5 / max(depth, 0.5)) ** 0.45, 0.7), base * 1.7)

    def ring3(self, points: ArrayLike) -> Array | None:
        """A flat polygon (n, 3) in metres on the page, cut at the near plane and a little outside the frame; None when unseen."""
        seen = self.camera.seen(points)
        if seen[:, 2].min() <= NEAR:
            seen = clipped(seen, 2, NEAR, True)
            if len(seen) < 3:
                return None
        width, height = self.camera.width, self.camera.height
        ring = np.stack(
            [
                width / 2 + seen[:, 0] * self.camera.scale / seen[:, 2],
                height / 2 - seen[:, 1] * self.camera.scale / seen[:, 2],
            ],
            1,
        )
        low, high = ring.min(0), ring.max(0)
        if low[0] > width + 20 or low[1] > height + 20 or high[0] < -20 or high[1] < -20:
            return None
        if low[0] < -BLEED or low[1] < -BLEED or high[0] > width + BLEED or high[1] > height + BLEED:
            for axis, limit in ((0, width + BLEED), (1, height + BLEED)):
                ring = clipped(clipped(ring, axis, -BLEED, True), axis, limit, False) if len(ring) > 2 else ring
        return ring if len(ring) > 2 else None

    def face3(
        self,
        points3d: ArrayLike,
        colour: Colour,
        width: float = 1.5,
        line: bool = True,
        alpha: float = 255,
        hatch: float = 0,
        overshoot: float = 3.0,
        raw: bool = False,
    ) -> Array | None:
        """A flat polygon (n, 3) in metres: fill, hatching of opacity `hatch`, ink whose weight falls with depth. Gives its ring."""
        ring = self.ring3(points3d)
        if ring is None:
            return None
        self.fill(ring, colour, alpha, raw)
        if hatch:
            self.hatch(ring, alpha=hatch)
        if line:
            depth = float(self.camera.seen(points3d)[:, 2].mean())
            self._edges(ring, self.line_weight(depth, width), overshoot)
        return ring

    def _edges(self, ring: Array, width: float, overshoot: float) -> None:
        """Ink a polygon's sides; sides that lie outside the page are left out."""
        if overshoot <= 0:
            self.ink(ring, width, True, jitter=0.3, alpha=205, shadow=False)
            return
        for index in range(len(ring)):
            pair = ring[[index, (index + 1) % len(ring)]]
            self.ink(pair, width, overshoot=overshoot, taper=0.7, alpha=215)

    def faces3(
        self,
        polygons: Sequence[ArrayLike],
        colour: Colour,
        width: float = 1.0,
        line: bool = True,
        alpha: float = 255,
        raw: bool = False,
    ) -> None:
        """Many flat polygons (k, 3) of one colour as one shape: windows, bottles, tiles. One projection for all."""
        if not len(polygons):
            return
        counts = np.array([len(np.asarray(one)) for one in polygons])
        seen = self.camera.seen(np.concatenate([np.asarray(one, float) for one in polygons]))
        first = np.cumsum(counts) - counts
        nearest = np.minimum.reduceat(seen[:, 2], first)
        depth = np.maximum(seen[:, 2], NEAR)
        x = self.camera.width / 2 + seen[:, 0] * self.camera.scale / depth
        y = self.camera.height / 2 - seen[:, 1] * self.camera.scale / depth
        page = np.stack([x, y], 1)
        low, high = np.minimum.reduceat(page, first), np.maximum.reduceat(page, first)
        edge = np.array([self.camera.width, self.camera.height])
        shown = (nearest > NEAR) & (high > -20).all(1) & (low < edge + 20).all(1) & (high - low < 4 * BLEED).all(1)
        outlines = [page[first[i] : first[i] + counts[i]] for i in np.flatnonzero(shown)]
        for i in np.flatnonzero(~shown & (np.maximum.reduceat(seen[:, 2], first) > NEAR)):
            ring = self.ring3(polygons[int(i)])
            if ring is not None:
                outlines.append(ring)
        self.fill_all(outlines, colour, alpha, raw)
        if line and outlines:
            weight = self.line_weight(max(float(seen[:, 2].mean()), 0.5), width)
            for ring in outlines:
                self._edges(ring, weight, 0)

    def line3(
        self,
        a: ArrayLike,
        b: ArrayLike,
        width: float = 1.2,
        alpha: float = 170,
        overshoot: float = 2.0,
        colour: Colour = INK,
        jitter: float = 0.5,
    ) -> None:
        """A straight line between two points in metres, cut at the near plane."""
        seen = self.camera.seen([np.asarray(a, float), np.asarray(b, float)])
        if seen[:, 2].max() <= NEAR:
            return
        if seen[:, 2].min() <= NEAR:
            near, far = (0, 1) if seen[0, 2] < seen[1, 2] else (1, 0)
            share = (NEAR * 1.2 - seen[near, 2]) / (seen[far, 2] - seen[near, 2])
            seen[near] += (seen[far] - seen[near]) * share
        page = np.array([self.camera.width / 2, self.camera.height / 2])
        pair = clipped_line(
            page + seen[:, :2] * np.array([1, -1]) * self.camera.scale / seen[:, 2:],
            np.array([-80.0, -80.0]),
            page * 2 + 80,
        )
        if pair is None:
            return
        depth = float(seen[:, 2].mean())
        self.ink(pair, self.line_weight(depth, width), False, colour, alpha, jitter, 0.6, overshoot)

    def box(
        self,
        centre: ArrayLike,
        size: Sequence[float],
        yaw: float = 0.0,
        colour: Colour = (200, 195, 188),
        width: float = 1.5,
        line: bool = True,
    ) -> None:
        """A box standing on `centre` (x, floor y, z), `size` (width, height, depth) metres, turned by `yaw` radians; 3 tones."""
        half_x, half_y, half_z = size[0] / 2, size[1] / 2, size[2] / 2
        cos_yaw, sin_yaw = math.cos(yaw), math.sin(yaw)
        corners = _CORNERS * np.array([half_x, half_y, half_z])
        x = corners[:, 0] * cos_yaw + corners[:, 2] * sin_yaw
        z = -corners[:, 0] * sin_yaw + corners[:, 2] * cos_yaw
        corners = np.stack([x, corners[:, 1] + half_y, z], 1) + np.asarray(centre, float)
        for indices, normal in _SIDES:
            turned = np.array(
                [normal[0] * cos_yaw + normal[2] * sin_yaw, normal[1], -normal[0] * sin_yaw + normal[2] * cos_yaw]
            )
            side = corners[list(indices)]
            if turned @ (self.camera.position - side.mean(0)) <= 0:
                continue
            tone = self._tone_of(turned)
            red, green, blue = (min(c * tone, 255.0) for c in colour)
            self.face3(side, (red, green, blue), width, line, hatch=42 if tone < 0.72 else 0)

    def _tone_of(self, normal: Array) -> float:
        """Brightness of a side by where it faces: top lit, underside dark, sides by the light on the page."""
        if normal[1] > 0.5:
            return 1.06
        if normal[1] < -0.5:
            return 0.5
        return 0.88 - 0.24 * float(normal @ self.camera.basis[0]) * float(np.sign(self.light[0]))

    def ball(self, centre: ArrayLike, radius: float, sides: int = 20) -> Array:
        """The outline (sides, 2) of a sphere of `radius` metres."""
        page, depth = self.camera.projected(centre)
        return circle(page[0], radius * self.camera.scale / max(float(depth[0]), NEAR), sides)

    def chain(self, points3d: ArrayLike, radii: ArrayLike, sides: int = 14) -> BaseGeometry:
        """The outline of a soft tube through points (n, 3) with `radii` (n,) metres: the union of hulls of projected spheres."""
        page, depth = self.camera.projected(points3d)
        reach = np.asarray(radii, float) * self.camera.scale / np.maximum(depth, 0.12)
        turn = np.linspace(0, 2 * math.pi, sides, endpoint=False)
        unit = np.stack([np.cos(turn), np.sin(turn)], 1)
        return hull_chain(page[:, None] + unit[None] * reach[:, None, None])


_CORNERS = np.array([[i, j, k] for i in (-1, 1) for j in (-1, 1) for k in (-1, 1)], float)
_SIDES = (
    ((0, 1, 3, 2), (-1.0, 0.0, 0.0)),
    ((4, 6, 7, 5), (1.0, 0.0, 0.0)),
    ((2, 3, 7, 6), (0.0, 1.0, 0.0)),
    ((0, 4, 5, 1), (0.0, -1.0, 0.0)),
    ((0, 2, 6, 4), (0.0, 0.0, -1.0)),
    ((1, 5, 7, 3), (0.0, 0.0, 1.0)),
)
