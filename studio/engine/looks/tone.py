"""Pictures brighter or more colourful than BT.709 made to fit it: one table of colours for each kind, laid on as any .cube.

One way for every ffmpeg, whether or not it was built with zimg. What it does, in order: light in cd/m2 (PQ: SMPTE ST 2084;
HLG: BT.2100 with a screen of 1000; else BT.1886), the curve of BT.2390-11 5.4.1 from 1000 to 203 (BT.2408's white) on the
brightest channel, the primaries to BT.709, what is still outside cut off, BT.1886 again.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from studio.engine.looks import cube
from studio.engine.looks.facts import Hdr

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Light = NDArray[np.float64]

_POINTS = 33
_WHITE, _PEAK, _PQ_TOP = 203.0, 1000.0, 10_000.0
_DISPLAY_GAMMA = 2.4
_VERSION = 1

# SMPTE ST 2084
_M1, _M2, _C1, _C2, _C3 = 2610 / 16384, 2523 / 4096 * 128, 3424 / 4096, 2413 / 4096 * 32, 2392 / 4096 * 32
# BT.2100 table 5
_A, _B, _C = 0.17883277, 0.28466892, 0.55991073
_HLG_GAMMA = 1.2

_LUMA_2020 = (0.2627, 0.6780, 0.0593)
_XY = {
    "bt709": ((0.640, 0.330), (0.300, 0.600), (0.150, 0.060), (0.3127, 0.3290)),
    "bt2020": ((0.708, 0.292), (0.170, 0.797), (0.131, 0.046), (0.3127, 0.3290)),
    "smpte431": ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), (0.314, 0.351)),
    "smpte432": ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), (0.3127, 0.3290)),
}
"""Chromaticities of red, green, blue and white. Source: ITU-T H.273 table 2."""


def table(hdr: Hdr, primaries: str, tables: Path) -> Path:
    """The .cube file in `tables` that brings such pictures to BT.709; made when it is not there."""
    primaries = primaries if primaries in _XY else "bt709"
    path = tables / f"tone-{_VERSION}-{hdr or 'sdr'}-{primaries}.cube"
    if path.exists():
        return path
    import numpy as np

    ramp = np.linspace(0, 1, _POINTS)
    blue, green, red = np.meshgrid(ramp, ramp, ramp, indexing="ij")
    points = shown(np.stack([red, green, blue], axis=-1).reshape(-1, 3), hdr, primaries)
    made = cube.Cube(_POINTS, tuple((float(r), float(g), float(b)) for r, g, b in points))
    return cube.put(cube.written(made), path)


def shown(signal: Light, hdr: Hdr, primaries: str) -> Light:
    """What BT.709 shows (0..1) of RGB signals (0..1) of another kind."""
    import numpy as np

    light = _light(signal, hdr)
    if hdr:
        brightest = np.maximum(light.max(axis=-1, keepdims=True), 1e-6)
        light = light * (_lowered(brightest) / brightest)
    light = light / _WHITE @ np.asarray(_to_709(primaries)).T
    return light.clip(0, 1) ** (1 / _DISPLAY_GAMMA)


def _light(signal: Light, hdr: Hdr) -> Light:
    """Light on the screen in cd/m2."""
    import numpy as np

    if hdr == "pq":
        power = signal ** (1 / _M2)
        return _PQ_TOP * (np.maximum(power - _C1, 0) / (_C2 - _C3 * power)) ** (1 / _M1)
    if hdr == "hlg":
        scene = np.where(signal <= 0.5, signal**2 / 3, (np.exp((signal - _C) / _A) + _B) / 12)
        luma = scene @ np.asarray(_LUMA_2020)
        return _PEAK * scene * np.maximum(luma, 1e-9)[..., None] ** (_HLG_GAMMA - 1)
    return _WHITE * signal**_DISPLAY_GAMMA


def _pq(light: Light) -> Light:
    power = (light / _PQ_TOP) ** _M1
    return ((_C1 + _C2 * power) / (1 + _C3 * power)) ** _M2


def _lowered(light: Light) -> Light:
    """BT.2390's curve: straight up to the knee, then a Hermite spline to the white of a screen of today."""
    import numpy as np

    top = float(_pq(np.asarray(_PEAK)))
    target = float(_pq(np.asarray(_WHITE))) / top
    knee = 1.5 * target - 0.5
    given = (_pq(light) / top).clip(0, 1)
    t = (given - knee) / (1 - knee)
    spline = (2 * t**3 - 3 * t**2 + 1) * knee + (t**3 - 2 * t**2 + t) * (1 - knee) + (-2 * t**3 + 3 * t**2) * target
    return _light(np.where(given < knee, given, spline) * top, "pq")


def _to_709(primaries: str) -> Light:
    import numpy as np

    return np.linalg.inv(_to_xyz("bt709")) @ _to_xyz(primaries)


def _to_xyz(primaries: str) -> Light:
    """RGB to CIE XYZ. Source: SMPTE RP 177."""
    import numpy as np

    columns = np.array([(x / y, 1.0, (1 - x - y) / y) for x, y in _XY[primaries]]).T
    colours, white = columns[:, :3], columns[:, 3]
    return colours * np.linalg.solve(colours, white)
