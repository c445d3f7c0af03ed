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

Triple = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Cube:
    """A table of `size` points a side: RGB triples, red changing fastest, for inputs from `low` to `high` a channel."""

    size: int
    points: tuple[Triple, ...]
    low: Triple = (0.0, 0.0, 0.0)
    high: Triple = (1.0, 1.0, 1.0)


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
    size, points = 0, list[Triple]()
    ends: dict[str, Triple] = {"DOMAIN_MIN": (0.0, 0.0, 0.0), "DOMAIN_MAX": (1.0, 1.0, 1.0)}
    for number, line in enumerate(text.splitlines(), start=1):
        words, at = line.split(), f"{name}, line {number}"
        if not words or words[0].startswith("#") or words[0] == "TITLE":
            continue
        if words[0] == "LUT_3D_SIZE":
            size = _size(words, at)
        elif words[0][0].isalpha() and words[0].lower() not in ("nan", "inf", "infinity"):
            ends |= _ends(words, at)
        elif not size:
            raise Invalid(f"{at}: LUT_3D_SIZE must come before the first numbers.")
        elif len(points) == size**3:
            raise Invalid(f"{at}: there are more lines of numbers than {size} x {size} x {size}.")
        else:
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


def prepared(data: bytes, name: str, mix: float, tables: Path) -> Path:
    """The file in the folder of tables that ffmpeg is given for a .cube file, laid on by `mix` (0 not at all, 1 wholly).

    Raises:
        Invalid: as `read`.
    """
    text = written(mixed(read(data, name), mix))
    return put(text, tables / f"{hashlib.sha256(text.encode()).hexdigest()}.cube")


def mixed(cube: Cube, mix: float) -> Cube:
    """The table that goes only `mix` of the way from each colour to the table's: v + mix * (table(v) - v)."""
    last = cube.size - 1
    steps = [
        [low + (high - low) * i / last for i in range(cube.size)] for low, high in zip(cube.low, cube.high, strict=True)
    ]
    unchanged = ((r, g, b) for b in steps[_BLUE] for g in steps[_GREEN] for r in steps[_RED])
    points = tuple(
        (r + mix * (point[_RED] - r), g + mix * (point[_GREEN] - g), b + mix * (point[_BLUE] - b))
        for (r, g, b), point in zip(unchanged, cube.points, strict=True)
    )
    return Cube(cube.size, points, cube.low, cube.high)


def written(cube: Cube) -> str:
    """The table as a .cube file of the plainest kind: what ffmpeg is given, whatever the file it came from held."""
    ends = [
        f"{name} {' '.join(f'{v:.6f}' for v in end)}"
        for name, end in (("DOMAIN_MIN", cube.low), ("DOMAIN_MAX", cube.high))
    ]
    points = [f"{r:.6f} {g:.6f} {b:.6f}" for r, g, b in cube.points]
    return "\n".join([f"LUT_3D_SIZE {cube.size}", *ends, *points]) + "\n"


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


def _ends(words: list[str], at: str) -> dict[str, Triple]:
    """What a line that begins with a word says of the inputs the table is for."""
    if words[0] in ("DOMAIN_MIN", "DOMAIN_MAX"):
        return {words[0]: _triple(words[1:], at)}
    if words[0] == "LUT_3D_INPUT_RANGE":
        low, high, _ = _triple([*words[1:], "0"], at)
        return {"DOMAIN_MIN": (low, low, low), "DOMAIN_MAX": (high, high, high)}
    if words[0] == "LUT_1D_SIZE":
        raise Invalid(f"{at}: this is a 1D table, and a 3D one is needed. Export it as a 3D .cube.")
    raise Invalid(f"{at}: {words[0][:40]} is no word of a .cube table.")


def _triple(words: list[str], at: str) -> Triple:
    try:
        numbers = [float(word) for word in words]
    except ValueError:
        numbers = []
    if len(numbers) != 3 or not all(math.isfinite(n) and abs(n) < 1e6 for n in numbers):
        raise Invalid(f"{at}: three numbers are expected here.")
    return numbers[_RED], numbers[_GREEN], numbers[_BLUE]
