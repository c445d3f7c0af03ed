"""The editable vector panel: a display list as SVG, one element for each shape, one group for each run of a layer. No raster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

import numpy as np
from numpy.typing import NDArray

from studio.engine.artist.sheet import PAPER, Fill, Glow, Layer, Line, Op, Ribbon

Array = NDArray[np.float64]


def written(ops: Sequence[Op], size: tuple[float, float], pixels: tuple[int, int]) -> str:
    """An SVG document of `pixels` (width, height) showing the page of `size` drawing units."""
    glows = [op for op in ops if isinstance(op, Glow)]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{pixels[0]}" height="{pixels[1]}" '
        f'viewBox="0 0 {size[0]:g} {size[1]:g}">'
    )
    definitions = "".join(_gradient(index, glow) for index, glow in enumerate(glows))
    sheet = f'<rect width="100%" height="100%" fill="{_hex(PAPER)}"/>'
    groups = "".join(_group(index, layer, shapes) for index, (layer, shapes) in enumerate(_layers(ops)))
    return f"{head}<defs>{definitions}</defs>{sheet}{groups}</svg>"


def _layers(ops: Sequence[Op]) -> Iterator[tuple[Layer, list[str]]]:
    """The shapes of each run of one layer, in painting order."""
    layer, shapes, glows = Layer("set"), list[str](), 0
    for op in ops:
        if isinstance(op, Layer):
            if op != layer and shapes:
                yield layer, shapes
                shapes = []
            layer = op
        elif isinstance(op, Glow):
            x, y = op.centre
            shapes.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{op.radius:.1f}" fill="url(#glow{glows})"/>')
            glows += 1
        else:
            shapes.append(_shape(op))
    if shapes:
        yield layer, shapes


def _group(index: int, layer: Layer, shapes: Sequence[str]) -> str:
    label = f' data-label="{escape(layer.label)}"' if layer.label else ""
    return f'<g id="{layer.name}-{index + 1}" class="{layer.name}"{label}>{"".join(shapes)}</g>'


def _shape(op: Op) -> str:
    if isinstance(op, Fill):
        rule = "evenodd" if op.even_odd else "nonzero"
        return f'<path fill="{_hex(op.paint)}"{_opacity(op.paint, "fill")} fill-rule="{rule}" d="{_course(op.rings)}"/>'
    if isinstance(op, Ribbon):
        return f'<path fill="{_hex(op.paint)}"{_opacity(op.paint, "fill")} d="{_course(op.rings)}"/>'
    if isinstance(op, Line):
        return (
            f'<path fill="none" stroke="{_hex(op.paint)}"{_opacity(op.paint, "stroke")} stroke-width="{op.width:.2f}" '
            f'stroke-linecap="round" d="{_course(op.segments, closed=False)}"/>'
        )
    return ""


def _course(rings: Sequence[Array] | Array, closed: bool = True) -> str:
    end = "Z" if closed else ""
    parts: list[str] = []
    for ring in rings:
        numbers = " ".join(f"{x:.1f},{y:.1f}" for x, y in ring.tolist())
        parts.append(f"M{numbers}{end}")
    return "".join(parts)


def _hex(paint: Sequence[float]) -> str:
    return "#" + "".join(f"{min(max(int(c), 0), 255):02x}" for c in paint[:3])


def _opacity(paint: tuple[int, int, int, int], what: str) -> str:
    return "" if paint[3] >= 255 else f' {what}-opacity="{paint[3] / 255:.3f}"'


def _gradient(index: int, glow: Glow) -> str:
    stops = "".join(
        f'<stop offset="{offset}" stop-color="{_hex(glow.paint)}" stop-opacity="{glow.paint[3] / 255 * share:.3f}"/>'
        for offset, share in ((0, 1.0), (0.4, 0.35), (1, 0.0))
    )
    return f'<radialGradient id="glow{index}">{stops}</radialGradient>'
