"""A sheet as SVG: one path for each mark, what was rubbed out really taken away, layers as groups."""

from __future__ import annotations

import base64
from html import escape
from typing import Any

import numpy as np

from studio.engine.ink.geometry import quads
from studio.engine.ink.paint import BASELINE, LEADING, PAPER, moved_by
from studio.engine.ink.sheet import Film, Ink, Sheet, Words

_ROUND = 4  # pieces of a quarter of a disc


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
    import shapely

    shapes: list[tuple[Ink | Words, Any]] = []
    for mark in film.marks:
        if isinstance(mark, Words):
            shapes.append((mark, None))
            continue
        area = _area(mark)
        if not mark.erases:
            shapes.append((mark, area))
            continue
        shapely.prepare(area)
        shapes = [(m, s.difference(area) if s is not None and area.intersects(s) else s) for m, s in shapes]
    inside = "".join(_path(mark, shape) if isinstance(mark, Ink) else _text(mark) for mark, shape in shapes)
    return f'<g opacity="{film.strength:g}">{inside}</g>'


def _area(mark: Ink) -> Any:
    import shapely

    parts: list[Any] = []
    for run in mark.runs:
        samples = run.samples
        discs = shapely.buffer(shapely.points(samples[:, :2]), np.maximum(samples[:, 2], 1.0), quad_segs=_ROUND)
        parts.extend(discs)
        if len(samples) > 1:
            parts.extend(quad for quad in map(shapely.Polygon, quads(samples)) if quad.is_valid)
    return shapely.simplify(shapely.union_all(parts), 1.0)


def _path(mark: Ink, shape: Any) -> str:
    import shapely

    rings = [
        ring
        for polygon in shapely.get_parts(shape)
        if polygon.geom_type == "Polygon"
        for ring in (polygon.exterior, *polygon.interiors)
    ]
    if not rings:
        return ""
    course = "".join(f"M{' '.join(f'{x:.0f},{y:.0f}' for x, y in ring.coords[:-1])}Z" for ring in rings)
    return f'<path fill="{_hex(mark.colour)}" fill-opacity="{mark.strength:g}" fill-rule="evenodd" d="{course}"/>'


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
