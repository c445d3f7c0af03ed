"""The pinhole camera with a real Super 35 lens, and the solve that puts body landmarks on the frame lines. No drawing here.

The page is `WIDTH` drawing units wide whatever the pixel size; its height follows from the aspect ratio.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from studio.engine.artist.spec import Angle, Size

Array = NDArray[np.float64]

WIDTH = 1280.0
SENSOR_WIDTH_MM = 24.89
NEAR = 0.1
LOWEST_CAMERA = 0.12
KNEE = 0.5
"""A low camera stands on its shortest legs, as high as a knee in metres; only a worm's eye lies on the floor."""


@dataclass(frozen=True, slots=True)
class Framing:
    """What a size shows of a standing person: `low`..`high` in shares of stature, and the share of the frame left above."""

    low: float
    high: float
    headroom: float


FRAMINGS: dict[Size, Framing] = {
    Size.EWS: Framing(-2.6, 1.0, 0.42),
    Size.WS: Framing(-0.40, 1.0, 0.24),
    Size.FS: Framing(-0.04, 1.0, 0.10),
    Size.MLS: Framing(0.25, 1.0, 0.10),
    Size.MWS: Framing(0.40, 1.0, 0.10),
    Size.MS: Framing(0.53, 1.0, 0.09),
    Size.MCU: Framing(0.70, 1.0, 0.08),
    Size.CU: Framing(0.80, 1.0, 0.06),
    Size.ECU: Framing(0.865, 0.955, 0.0),
}

# A low camera cannot sink under the floor: wide sizes stand the figure on the lower frame edge under a tall sky instead.
LOW_FRAMINGS: dict[Size, Framing] = {
    Size.EWS: Framing(-0.10, 1.0, 0.66),
    Size.WS: Framing(-0.10, 1.0, 0.36),
    Size.FS: Framing(-0.04, 1.0, 0.10),
}

ELEVATIONS: dict[Angle, float] = {
    Angle.HIGH: math.radians(25),
    Angle.LOW: math.radians(-22),
    Angle.OVERHEAD: math.radians(72),
    Angle.WORM: math.radians(-42),
}

DUTCH_ROLL = math.radians(12)


@dataclass(frozen=True, slots=True, eq=False)
class Camera:
    """A camera at `position` (3,) metres; yaw 0 looks along +z, positive to +x; pitch up positive; radians.

    `basis` has rows right, up, forward; `scale` is drawing units per metre at 1 m depth.
    """

    position: Array
    yaw: float = 0.0
    pitch: float = 0.0
    focal_mm: float = 35.0
    height: float = 720.0
    roll: float = 0.0
    width: float = WIDTH
    basis: Array = field(init=False)
    scale: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "position", np.asarray(self.position, float).reshape(3))
        object.__setattr__(self, "basis", _basis(self.yaw, self.pitch, self.roll))
        object.__setattr__(self, "scale", self.focal_mm / SENSOR_WIDTH_MM * self.width)

    def seen(self, points: ArrayLike) -> Array:
        """Points (n, 3) in metres as the camera holds them: right, up, depth."""
        return (np.asarray(points, float).reshape(-1, 3) - self.position) @ self.basis.T

    def projected(self, points: ArrayLike) -> tuple[Array, Array]:
        """Points (n, 3) in metres on the page: ((n, 2) drawing units, (n,) depth in metres; depth is clamped for the page only)."""
        seen = self.seen(points)
        depth = np.maximum(seen[:, 2], 0.05)
        x = self.width / 2 + seen[:, 0] * self.scale / depth
        y = self.height / 2 - seen[:, 1] * self.scale / depth
        return np.stack([x, y], 1), seen[:, 2]

    @property
    def horizon(self) -> float:
        """Height of the horizon on the page in drawing units at the middle column (a roll tilts it round the centre)."""
        return self.height / 2 + self.scale * math.tan(min(max(self.pitch, -1.5), 1.5))

    def moved(self, offset: ArrayLike) -> Camera:
        """The same camera standing `offset` (3,) metres away."""
        return Camera(
            self.position + np.asarray(offset, float),
            self.yaw,
            self.pitch,
            self.focal_mm,
            self.height,
            self.roll,
            self.width,
        )


def _basis(yaw: float, pitch: float, roll: float) -> Array:
    cos_yaw, sin_yaw, cos_pitch, sin_pitch = math.cos(yaw), math.sin(yaw), math.cos(pitch), math.sin(pitch)
    forward = np.array([sin_yaw * cos_pitch, sin_pitch, cos_yaw * cos_pitch])
    right = np.array([cos_yaw, 0.0, -sin_yaw])
    up = np.cross(forward, right)
    if roll:
        cos_roll, sin_roll = math.cos(roll), math.sin(roll)
        right, up = right * cos_roll + up * sin_roll, up * cos_roll - right * sin_roll
    return np.stack([right, up, forward])


def framing(size: Size, angle: Angle = Angle.EYE) -> Framing:
    """The framing table's row for a size seen from an angle (INSERT frames like a CU)."""
    if angle in (Angle.LOW, Angle.WORM) and size in LOW_FRAMINGS:
        return LOW_FRAMINGS[size]
    return FRAMINGS.get(size, FRAMINGS[Size.CU])


def eye_height(size: Size, low: float, high: float) -> float:
    """Camera height in metres for an eye-level shot of what lies between `low` and `high` metres."""
    if size in (Size.WS, Size.EWS):
        # Shoulder high: the horizon runs under the chins, not through the heads.
        return min(1.5, max(high * 0.80, 0.3))
    return min(max((low + high) / 2, 0.5), max(1.6, high - 0.1))


def framed(
    centre: Sequence[float],
    low: float,
    high: float,
    *,
    size: Size,
    angle: Angle,
    focal_mm: float,
    azimuth: float,
    height: float,
    headroom: float,
    shift: float = 0.0,
    dolly: float = 1.0,
    level: float | None = None,
) -> Camera:
    """The camera that puts `high` metres on the headroom line and `low` metres on the lower frame edge, at `centre` (x, z).

    `azimuth` in radians turns it round the centre, positive to the camera's right; `shift` in shares of the width moves the
    subject to the right; `dolly` over 1 shows that much more, a third of it above; `level` in metres overrides the camera
    height of an eye-level shot, as far as the lens can show that much from there.
    Source: pinhole geometry; Super 35 gate 24.89 mm wide.
    """
    more = (high - low) * (dolly - 1)
    low, high = low - more * 0.65, high + more * 0.35
    scale = focal_mm / SENSOR_WIDTH_MM * WIDTH
    above = math.atan((0.5 - headroom) * height / scale)
    below = math.atan(0.5 * height / scale)
    elevation = ELEVATIONS.get(angle, 0.0)
    if angle is Angle.OVERHEAD:
        return _overhead(centre, high, high - low, focal_mm, azimuth, height, headroom, shift)
    lowest = KNEE if angle is Angle.LOW else LOWEST_CAMERA
    middle = (low + high) / 2
    if not elevation:
        middle = eye_height(size, low, high) if level is None else reachable(level, low, high, above + below)

    def camera_height(distance: float) -> float:
        return max(middle + distance * math.tan(elevation), lowest) if elevation else middle

    distance = _distance(low, high, above + below, camera_height)
    pitch = math.atan2(high - camera_height(distance), distance) - above
    ground = np.array([math.sin(azimuth), 0.0, -math.cos(azimuth)]) * distance
    position = np.array([centre[0], camera_height(distance), centre[1]]) + ground
    roll = DUTCH_ROLL if angle is Angle.DUTCH else 0.0
    straight = Camera(position, -azimuth, pitch, focal_mm, height)
    depth = float(straight.seen([centre[0], (low + high) / 2, centre[1]])[0, 2])
    offset = straight.basis[0] * (-shift * WIDTH * max(depth, NEAR) / scale)
    return Camera(position + offset, -azimuth, pitch, focal_mm, height, roll)


def reachable(level: float, low: float, high: float, angle: float) -> float:
    """The camera height nearest to `level` from which `low`..`high` metres fill `angle` radians: from above, half way up to
    looking straight down."""
    span = high - low
    above = 0.45 * (math.hypot(span, span / math.tan(angle)) - span)
    return max(min(max(level, low - above), high + above), LOWEST_CAMERA)


def _overhead(
    centre: Sequence[float],
    high: float,
    span: float,
    focal_mm: float,
    azimuth: float,
    height: float,
    headroom: float,
    shift: float,
) -> Camera:
    """The camera that looks down so steeply that the floor plan shows; `span` metres on the floor fill what the headroom leaves."""
    scale = focal_mm / SENSOR_WIDTH_MM * WIDTH
    reach = max(span * scale / ((1 - headroom) * height), 0.8)
    steep = ELEVATIONS[Angle.OVERHEAD]
    aim = max(high - 0.3, 0.2)
    back = reach * math.cos(steep)
    position = np.array(
        [centre[0] + math.sin(azimuth) * back, aim + reach * math.sin(steep), centre[1] - math.cos(azimuth) * back]
    )
    level = Camera(position, -azimuth, -steep, focal_mm, height)
    return level.moved(level.basis[0] * (-shift * WIDTH * reach / scale))


def _distance(low: float, high: float, wanted: float, camera_height: Callable[[float], float]) -> float:
    """Largest distance in metres at which `low`..`high` subtends `wanted` radians, by scan and bisection."""

    def subtended(distance: float) -> float:
        level = camera_height(distance)
        return math.atan2(high - level, distance) - math.atan2(low - level, distance)

    far = 400.0
    while far > 0.15 and subtended(far) < wanted:
        far *= 0.8
    near, far = far, far / 0.8
    for _ in range(50):
        middle = (near + far) / 2
        if subtended(middle) < wanted:
            far = middle
        else:
            near = middle
    return max((near + far) / 2, 0.15)
