"""3D tables of colour in .cube files: read by us before ffmpeg sees them, written, and laid on. Source: Adobe Cube LUT 1.0."""

from __future__ import annotations

import hashlib
import math
import os
from dataclasses import dataclass
from pathlib import Path

from studio.core.errors import Invalid

LARGEST = 65
"""Points a side: ffmpeg's own limit is 256; nobody's file needs more than this."""
MOST_BYTES = 16 << 20
_RED, _GREEN, _BLUE = 0, 1, 2
_WORDS = ("TITLE", "LUT_3D_SIZE", "DOMAIN_MIN", "DOMAIN_MAX", "LUT_3D_INPUT_RANGE")


@dataclass(frozen=True, slots=True)
class Cube:
    """A table of `size` points a side: RGB triples, red changing fastest, for inputs from `low` to `high` a channel."""

    size: int
    points: tuple[tuple[float, float, float], ...]
    low: tuple[float, float, float] = (0.0, 0.0, 0.0)
    high: tuple[float, float, float] = (1.0, 1.0, 1.0)


def read(data: bytes, name: str) -> Cube:
    """The table in a .cube file.

    Raises:
        Invalid: it is none, or is damaged; the message names the line.
    """
    if len(data) > MOST_BYTES:
        raise Invalid(f"{name} is larger than {MOST_BYTES >> 20} MB. A table of {LARGEST} points a side is smaller.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        raise Invalid(f"{name} is not a .cube table: it is not text. Export it again as .cube.") from e
    size, points = 0, list[tuple[float, float, float]]()
    ends = {"DOMAIN_MIN": (0.0, 0.0, 0.0), "DOMAIN_MAX": (1.0, 1.0, 1.0)}
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        at = f"{name}, line {number}"
        if words[0] == "LUT_3D_SIZE":
            size = _size(words, at)
        elif words[0] in ends:
            ends[words[0]] = _triple(words[1:], at)
        elif words[0] == "LUT_3D_INPUT_RANGE" and len(words) == 3:
            low, high, _ = _triple([*words[1:], "0"], at)
            ends = {"DOMAIN_MIN": (low, low, low), "DOMAIN_MAX": (high, high, high)}
        elif words[0] == "LUT_1D_SIZE":
            raise Invalid(f"{at}: this is a 1D table, and a 3D one is needed. Export it as a 3D .cube.")
        elif words[0] not in _WORDS:
            if not size:
                raise Invalid(f"{at}: LUT_3D_SIZE must come before the first numbers.")
            if len(points) == size**3:
                raise Invalid(f"{at}: there are more lines of numbers than {size} x {size} x {size}.")
            points.append(_triple(words, at))
    if not size:
        raise Invalid(f"{name} does not say LUT_3D_SIZE, so it is not a 3D .cube table.")
    if len(points) != size**3:
        raise Invalid(
            f"{name} has {len(points)} lines of numbers; a table of size {size} has {size**3}. It is cut short."
        )
    low, high = ends["DOMAIN_MIN"], ends["DOMAIN_MAX"]
    if any(b - a < 1e-6 for a, b in zip(low, high, strict=True)):
        raise Invalid(f"{name}: DOMAIN_MAX must be above DOMAIN_MIN.")
    return Cube(size, tuple(points), low, high)


def written(cube: Cube) -> str:
    """The table as a .cube file of the plainest kind: what ffmpeg is given, whatever the file it came from held."""
    ends = [
        f"{name} {' '.join(f'{v:.6f}' for v in end)}"
        for name, end in (("DOMAIN_MIN", cube.low), ("DOMAIN_MAX", cube.high))
    ]
    points = [f"{r:.6f} {g:.6f} {b:.6f}" for r, g, b in cube.points]
    return "\n".join([f"LUT_3D_SIZE {cube.size}", *ends, *points]) + "\n"


def kept(cube: Cube, tables: Path) -> Path:
    """The table as a file in the folder of tables, named by what is in it."""
    text = written(cube)
    return put(text, tables / f"{hashlib.sha256(text.encode()).hexdigest()}.cube")


def put(text: str, path: Path) -> Path:
    """Write a table's file, unless it is there; it appears whole or not at all."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        part.write_text(text, encoding="ascii", newline="\n")
        part.replace(path)
    return path


def lut_filter(path: Path) -> str:
    """The filter that lays a table on RGB pictures."""
    return f"lut3d=file={in_filter(str(path.absolute()))}:interp=tetrahedral"


def in_filter(value: str) -> str:
    """A value as it is written in a filter graph: once for the filter's options, once for the graph.

    Source: ffmpeg-filters(1), notes on filtergraph escaping.
    """
    for special in ("\\':", "\\'[],;"):
        value = "".join(f"\\{c}" if c in special else c for c in value)
    return value


def _size(words: list[str], at: str) -> int:
    if len(words) != 2 or not words[1].isascii() or not words[1].isdigit() or not 2 <= int(words[1][:6]) <= LARGEST:
        raise Invalid(f"{at}: LUT_3D_SIZE must be a number from 2 to {LARGEST}.")
    return int(words[1])


def _triple(words: list[str], at: str) -> tuple[float, float, float]:
    try:
        numbers = [float(word) for word in words]
    except ValueError:
        numbers = []
    if len(numbers) != 3 or not all(math.isfinite(n) and abs(n) < 1e6 for n in numbers):
        raise Invalid(f"{at}: three numbers are expected here.")
    return numbers[_RED], numbers[_GREEN], numbers[_BLUE]
