"""Which letter comes from which font: ours by name, and the system's for letters that ours lack. Drawn with Pillow."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

SYSTEM = (
    "DejaVuSans-Bold.ttf",
    "NotoSansCJK-Bold.ttc",
    "NotoSansCJK-Regular.ttc",
    "NotoSans-Bold.ttf",
    "Arial Unicode.ttf",
    "Arial.ttf",
)
"""Fonts many machines have, heavy ones first."""

_LIGHTER = ("DejaVuSans.ttf", "NotoSans-Regular.ttf", "NotoSansCJK-Regular.ttc")
_HEAVY = 550
_MEASURED_AT = 24


@dataclass(frozen=True, slots=True)
class Face:
    """A font file, and where on its axes: (weight, width) or (weight,), () when it has none."""

    name: str
    axes: tuple[float, ...] = ()

    def at(self, size: float) -> FreeTypeFont:
        """The font, its letters `size` pixels high.

        Raises:
            OSError: the file is not there, or is no font.
        """
        return _opened(self, size)


OURS = {
    "archivo": "archivo-latin-standard-normal.woff2",
    "inter": "inter-latin-wght-normal.woff2",
    "jetbrains-mono": "jetbrains-mono-latin-wght-normal.woff2",
    "courier-prime": "courier-prime-regular.ttf",
}
_WIDTH_AXIS = {"archivo": (100.0,)}
_COURIER = {
    (False, False): "courier-prime-regular.ttf",
    (True, False): "courier-prime-bold.ttf",
    (False, True): "courier-prime-italic.ttf",
    (True, True): "courier-prime-bold-italic.ttf",
}


def face(name: str, weight: int, fonts: Path, *, italic: bool = False) -> Face:
    """One of our fonts by name (`OURS`), Archivo for a name we do not have; only Courier Prime has slanted letters."""
    if name == "courier-prime":
        return Face(str(fonts / _COURIER[weight >= _HEAVY, italic]))
    name = name if name in OURS else "archivo"
    return Face(str(fonts / OURS[name]), (float(min(max(weight, 100), 900)), *_WIDTH_AXIS.get(name, ())))


def stand_ins(weight: int) -> tuple[Face, ...]:
    """The system's fonts that are here, in the order in which they are asked for a letter ours does not have."""
    names = SYSTEM if weight >= _HEAVY else (*_LIGHTER, *SYSTEM)
    return tuple(Face(name) for name in names if _is_here(name))


@lru_cache(maxsize=4096)
def has(face: Face, letter: str) -> bool:
    """Whether a font has a shape of its own for a letter: one it lacks it draws as it draws a letter that does not exist."""
    font: Any = face.at(_MEASURED_AT)
    return bytes(font.getmask(letter)) != _unknown(face)


def most_of(faces: tuple[Face, ...], text: str) -> Face:
    """The font that has the most letters of a text; the first of them when they are even."""
    letters = sorted(set(text) - {" "})
    return min(faces, key=lambda face: sum(not has(face, letter) for letter in letters))


@lru_cache(maxsize=64)
def _unknown(face: Face) -> bytes:
    font: Any = face.at(_MEASURED_AT)
    return bytes(font.getmask("\U0010fffd"))


@lru_cache(maxsize=32)
def _is_here(name: str) -> bool:
    try:
        Face(name).at(_MEASURED_AT)
    except OSError:
        return False
    return True


@lru_cache(maxsize=64)
def _opened(face: Face, size: float) -> FreeTypeFont:
    from PIL import ImageFont

    font = ImageFont.truetype(face.name, size)
    if face.axes:
        font.set_variation_by_axes(list(face.axes))
    return font
