"""A waveform as a small drawing for lists: pure, bytes in, SVG out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

COLUMNS = 48
WIDTH, HEIGHT = 64, 16
_GREEN = "#3FA34D"
"""The colour of sound (`--track-audio` of the stylesheets): a drawing that stands in an <img> sees none of them."""


def drawn(levels: bytes) -> str:
    """Levels as `forming.drawn_levels` writes them, as an SVG of 64 x 16: the loudest of each of 48 parts, mirrored."""
    tops = _loudest(memoryview(levels).cast("b").tolist())
    step, middle = WIDTH / len(tops), HEIGHT / 2
    upper = [f"{i * step + step / 2:.1f},{middle - top * (middle - 1) / 127:.1f}" for i, top in enumerate(tops)]
    lower = [f"{i * step + step / 2:.1f},{middle + top * (middle - 1) / 127:.1f}" for i, top in enumerate(tops)]
    points = " ".join([f"0,{middle:g}", *upper, f"{WIDTH},{middle:g}", *reversed(lower)])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none">'
        f'<polygon points="{points}" fill="{_GREEN}" stroke="{_GREEN}" stroke-width=".6"/></svg>'
    )


def _loudest(pairs: Sequence[int]) -> list[int]:
    """The largest distance from silence in each part; one part of silence when there is no sound."""
    count = len(pairs) // 2
    parts = min(COLUMNS, count) or 1
    edges = [2 * (count * i // parts) for i in range(parts + 1)]
    return [max((abs(level) for level in pairs[a:b]), default=0) for a, b in pairwise(edges)]
