"""What a moving camera shows at the end of its move."""

from __future__ import annotations

from dataclasses import replace

from studio.engine.artist.spec import Angle, Move, PanelSpec, Size

TURN = 24.0
"""Degrees a camera goes on round its subject while it pans or travels."""
_SIZES = (Size.EWS, Size.WS, Size.FS, Size.MLS, Size.MS, Size.MCU, Size.CU, Size.ECU)
_BESIDE = {Size.MWS: Size.MLS}
_HIGHER = {Angle.WORM: Angle.LOW, Angle.LOW: Angle.EYE, Angle.EYE: Angle.HIGH, Angle.HIGH: Angle.OVERHEAD}
_CLOSER = {Move.PUSH_IN: 1, Move.PULL_OUT: -1, Move.ZOOM: 2}
MOVING = frozenset(Move) - {Move.STATIC, Move.HANDHELD}
"""Moves that end on another picture than they begin with."""


def ending(spec: PanelSpec, move: Move) -> PanelSpec:
    """What to draw for the end of a move that begins with this; the same where the camera stays. The end has no arrow."""
    if move not in MOVING:
        return spec
    end = replace(spec, move=Move.STATIC)
    if move in _CLOSER:
        return replace(end, size=_closer(spec.size, _CLOSER[move]))
    if move in (Move.CRANE, Move.TILT):
        return replace(end, angle=_HIGHER.get(spec.angle, spec.angle))
    return replace(end, azimuth=spec.azimuth + TURN)


def _closer(size: Size, steps: int) -> Size:
    size = _BESIDE.get(size, size)
    if size not in _SIZES:
        return size
    return _SIZES[min(max(_SIZES.index(size) + steps, 0), len(_SIZES) - 1)]
