"""A sheet as SVG: one path for each mark, what was rubbed out really taken away, layers as groups."""

from __future__ import annotations

import base64
from html import escape
from typing import Any

import numpy as np

from studio.engine.ink.geometry import bands
from studio.engine.ink.paint import BASELINE, LEADING, PAPER, moved_by
from studio.engine.ink.sheet import Film, Ink, Sheet, Words

_ROUND = 4  # pieces of a quarter of a disc
_WIDTH = 4.0  # a line's width changes in steps of so much


def written(sheet: Sheet, size: tuple[int, int], *, under: bytes | None, mime: str = "image/png") -> str:
    """An SVG document of `size` (width, height) pixels; `under` is the file of the picture below."""
    width, height = size
    unit = 10_000 / max(size)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width * unit:g} {height * unit:g}">',
        f'<rect width="100%" height="100%" fill="{_hex(PAPER)}"/>',
    ]
    if under is not None and sheet.under > 0:
        picture = base64.b64encode(under).decode()
        parts.append(
            f'<image width="{width * unit:g}" height="{height * unit:g}" opacity="{sheet.under:g}" '
            f'href="data:{mime};base64,{picture}"/>'
        )
    parts.extend(_group(film) for film in sheet.films if film.marks and film.strength > 0)
    return "".join((*parts, "</svg>"))


def _group(film: Film) -> str:
    """A layer. What an eraser covers is cut out of everything drawn before it."""
    shapes: list[_Shape] = []
    for mark in film.marks:
        shape = _Shape(mark)
        if not isinstance(mark, Ink) or not mark.erases:
            shapes.insert(0 if isinstance(mark, Ink) and mark.under else len(shapes), shape)
            continue
        for each in shapes:
            each.cut(shape)
    blend = "" if film.blend == "normal" else f' style="mix-blend-mode:{film.blend}"'
    return f'<g opacity="{film.strength:g}"{blend}>{"".join(shape.written() for shape in shapes)}</g>'


class _Shape:
    """A mark: strokes as they were drawn, until an eraser cuts something out of it."""

    def __init__(self, mark: Ink | Words) -> None:
        self.mark = mark
        self._area: Any = None
        self._cut = False
        self.box = _box(mark) if isinstance(mark, Ink) else None

    def cut(self, eraser: _Shape) -> None:
        if self.box is None or eraser.box is None or not _meet(self.box, eraser.box):
            return
        if self.area().intersects(eraser.area()):
            self._area, self._cut = self.area().difference(eraser.area()), True

    def area(self) -> Any:
        if self._area is None:
            import shapely

            assert isinstance(self.mark, Ink)
            if self.mark.filled:
                self._area = _inside(self.mark)
                return self._area
            lines = [line for run in self.mark.runs for line in bands(run.samples, _WIDTH)]
            parts = [shapely.LineString(points).buffer(width * _WIDTH / 2, quad_segs=_ROUND) for width, points in lines]
            self._area = shapely.simplify(shapely.union_all(parts), 1.0)
        return self._area

    def written(self) -> str:
        if isinstance(self.mark, Words):
            return _text(self.mark)
        colour, faint = _hex(self.mark.colour), f' opacity="{self.mark.strength:g}"' if self.mark.strength < 1 else ""
        if self._cut:
            return f'<path fill="{colour}"{faint} fill-rule="evenodd" d="{_outline(self._area)}"/>'
        if self.mark.filled:
            rings = "".join(f"M{_course(run.samples[:, :2])}Z" for run in self.mark.runs)
            return f'<path fill="{colour}"{faint} fill-rule="evenodd" d="{rings}"/>'
        lines = [line for run in self.mark.runs for line in bands(run.samples, _WIDTH)]
        paths = "".join(f'<path stroke-width="{width * _WIDTH:g}" d="M{_course(points)}"/>' for width, points in lines)
        return f'<g fill="none" stroke="{colour}" stroke-linecap="round" stroke-linejoin="round"{faint}>{paths}</g>'


def _inside(mark: Ink) -> Any:
    """The area of a fill: rings one within the other take turns."""
    import shapely

    area = shapely.Polygon()
    for run in mark.runs:
        area = area.symmetric_difference(shapely.make_valid(shapely.Polygon(run.samples[:, :2])))
    return area


def _box(mark: Ink) -> tuple[float, float, float, float]:
    samples = np.concatenate([run.samples for run in mark.runs])
    low, high = (samples[:, :2] - samples[:, 2:]).min(0), (samples[:, :2] + samples[:, 2:]).max(0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _outline(area: Any) -> str:
    import shapely

    rings = [
        ring
        for polygon in shapely.get_parts(area)
        if polygon.geom_type == "Polygon"
        for ring in (polygon.exterior, *polygon.interiors)
    ]
    return "".join(f"M{_course(ring.coords[:-1])}Z" for ring in rings)


def _course(points: Any) -> str:
    return " ".join(f"{x:.0f},{y:.0f}" for x, y in points)


def _text(words: Words) -> str:
    lines = "".join(
        f'<tspan x="{words.x:g}" y="{words.y + words.size * (i * LEADING + BASELINE):g}">{escape(line)}</tspan>'
        for i, line in enumerate(words.text.split("\n"))
    )
    return (
        f'<text transform="{moved_by(words.matrix)}" font-family="Courier Prime, monospace" font-weight="700" '
        f'font-size="{words.size:g}" fill="{_hex(words.colour)}" fill-opacity="{words.strength:g}">{lines}</text>'
    )


def _hex(paint: tuple[int, int, int]) -> str:
    return "#" + "".join(f"{part:02x}" for part in paint)
