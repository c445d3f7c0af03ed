"""The four hands a panel can be drawn in: marker, pencil, ink, blueprint. They change colour and line, never a point's place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from studio.engine.artist.geometry import rectangle
from studio.engine.artist.sheet import Fill, Glow, Layer, Line, Op, Paint, Sheet, Stroke
from studio.engine.artist.spec import Style

Tone = Callable[[float], tuple[int, int, int]]
HATCHED_FROM = 2600.0
SOLID = 200
MARK = 72.0
KEPT = "arrows"
"""The layer of marks for the crew, which keep their own colours in every style."""


@dataclass(frozen=True, slots=True)
class _Hand:
    """Paper, what a lightness 0..255 becomes as flat colour and as line, and how the pen runs.

    Flats darker than `hatched` get strokes `gap` units apart instead of more colour.
    """

    paper: tuple[int, int, int]
    flat: Tone
    line: Tone
    width: float
    jitter: float
    alpha: float
    hatched: float = 0.0
    gap: float = 9.0
    hatch_alpha: int = 80


def _steps(light: float) -> tuple[int, int, int]:
    """Ink washes: paper and four greys."""
    for least, grey in ((186.0, 250), (150.0, 218), (108.0, 170), (62.0, 112)):
        if light >= least:
            return grey, grey, min(grey + 2, 255)
    return 52, 52, 58


def _graphite(light: float) -> tuple[int, int, int]:
    grey = int(252 - (255 - light) * 0.26)
    return grey, grey, grey - 2


def _blue(light: float) -> tuple[int, int, int]:
    share = light / 255
    return int(22 + 44 * share), int(52 + 62 * share), int(104 + 74 * share)


def _light_or(dark: tuple[int, int, int], light: tuple[int, int, int]) -> Tone:
    return lambda value: dark if value < 150 else light


_HANDS: dict[Style, _Hand] = {
    Style.PENCIL: _Hand(
        paper=(250, 249, 245),
        flat=_graphite,
        line=_light_or((30, 30, 36), (248, 247, 244)),
        width=1.25,
        jitter=2.4,
        alpha=1.05,
        hatched=170.0,
        gap=6.5,
        hatch_alpha=125,
    ),
    Style.INK: _Hand(
        paper=(252, 252, 250),
        flat=_steps,
        line=_light_or((16, 16, 20), (250, 250, 248)),
        width=1.35,
        jitter=0.9,
        alpha=1.1,
        hatched=128.0,
        gap=8.0,
        hatch_alpha=120,
    ),
    Style.BLUEPRINT: _Hand(
        paper=(30, 66, 122),
        flat=_blue,
        line=_light_or((230, 240, 252), (230, 240, 252)),
        width=1.0,
        jitter=0.35,
        alpha=0.95,
    ),
}


def restyled(sheet: Sheet, style: Style) -> None:
    """Turn the sheet's display list into another style's; marker is how it was drawn."""
    hand = _HANDS.get(style)
    if hand is None:
        return
    width, height = sheet.camera.width, sheet.camera.height
    lift = 1.0 / max(float(np.mean(sheet.gain)), 0.6)
    ops: list[Op] = [Fill((rectangle(-9, -9, width + 9, height + 9),), (*hand.paper, 255), even_odd=False)]
    layer = ""
    for op in sheet.ops:
        if isinstance(op, Layer):
            layer = op.name
            ops.append(op)
        elif layer == KEPT:
            ops.append(op)
        else:
            ops.extend(_by(hand, op, sheet, lift, marks=layer == "people"))
    sheet.ops = ops


def _by(hand: _Hand, op: Op, sheet: Sheet, lift: float, *, marks: bool) -> Sequence[Op]:
    """One thing in another hand; with `marks`, small dark flats (pupils, brows, mouths) are drawn as lines are."""
    if isinstance(op, Fill):
        light = _lightness(op.paint, lift)
        if marks and light < MARK and op.paint[3] >= SOLID and _reach(op) < HATCHED_FROM:
            return [replace(op, paint=(*hand.line(light), op.paint[3]))]
        flat = replace(op, paint=(*hand.flat(light), op.paint[3]))
        return [flat, *_strokes_of_tone(hand, op, light, sheet)]
    if isinstance(op, Stroke):
        paint = _line_paint(hand, op.paint, lift)
        return [replace(op, paint=paint, width=op.width * hand.width, jitter=op.jitter * hand.jitter)]
    if isinstance(op, Line):
        return [replace(op, paint=_line_paint(hand, op.paint, lift), width=op.width * hand.width)]
    if isinstance(op, Glow):
        light = _lightness(op.paint, 1.0)
        return [replace(op, paint=(*hand.flat(max(light, 225.0)), int(op.paint[3] * 0.7)))]
    return [op]


def _strokes_of_tone(hand: _Hand, op: Fill, light: float, sheet: Sheet) -> list[Op]:
    """Hatching on a large dark flat."""
    if light >= hand.hatched or op.paint[3] < SOLID:
        return []
    if _reach(op) < HATCHED_FROM:
        return []
    depth = (hand.hatched - light) / hand.hatched
    segments = sheet.hatching(op.rings, -0.95, hand.gap * (1.25 - 0.55 * depth))
    if not len(segments):
        return []
    return [Line(segments, 1.0, (*hand.line(0.0), int(hand.hatch_alpha * (0.5 + 0.5 * depth))))]


def _reach(op: Fill) -> float:
    """The area of the boxes round a flat's rings, in square drawing units."""
    return sum(float(np.prod(np.ptp(ring, axis=0))) for ring in op.rings)


def _line_paint(hand: _Hand, paint: Paint, lift: float) -> Paint:
    return (*hand.line(_lightness(paint, lift)), min(int(paint[3] * hand.alpha), 255))


def _lightness(paint: Paint, lift: float) -> float:
    """How light a colour looks, 0..255, the tint of the night taken out."""
    red, green, blue = paint[:3]
    return min((0.30 * red + 0.59 * green + 0.11 * blue) * lift, 255.0)
