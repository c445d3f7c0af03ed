"""Lays out the texts of a timeline and draws them over a frame: where the lines come to lie, and their ink."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.engine.timeline import Timeline
from studio.engine.timeline.looks import Text

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

    from studio.engine.stills import Frame

_FONTS = {"archivo": "archivo-latin-standard-normal.woff2"}


@dataclass(frozen=True, slots=True)
class Laid:
    """A text as it lies in a frame: its lines with their left edge and top, and the box of all ink, in pixels."""

    lines: tuple[tuple[str, float, float], ...]
    left: float
    top: float
    right: float
    bottom: float
    size: int


def laid(text: Text, width: int, height: int, fonts: Path) -> Laid:
    """Break a text by the width of its box and place its lines in a frame of these pixels."""
    style = text.style
    size = max(1, round(style.size * height))
    font = _font(fonts / _FONTS.get(style.font, _FONTS["archivo"]), size, style.weight)
    x, y, across, down = text.box
    lines = [line for written in text.text.splitlines() for line in _broken(written, font, across * width)]
    leading = size * style.leading
    tall = leading * len(lines)
    top = y * height - down * height / 2
    top += {"top": 0.0, "middle": (down * height - tall) / 2, "bottom": down * height - tall}[text.anchor]
    placed: list[tuple[str, float, float]] = []
    edges: list[float] = []
    for i, line in enumerate(lines):
        long = font.getlength(line)
        share = {"left": 0.0, "center": 0.5, "right": 1.0}[style.align]
        left = (x - across / 2) * width + (across * width - long) * share
        placed.append((line, left, top + i * leading))
        edges += [left, left + long]
    return Laid(tuple(placed), min(edges, default=0), top, max(edges, default=0), top + tall, size)


class Letters:
    """The texts of a timeline, laid over frames of one size."""

    def __init__(self, timeline: Timeline, width: int, height: int, fonts: Path) -> None:
        self._fonts = fonts
        self._shown = [
            (clip.start, clip.end, clip.made)
            for track in timeline.tracks
            if track.kind == "text"
            for clip in track.clips
            if isinstance(clip.made, Text)
        ]
        self._size = width, height
        self._inked: dict[Text, tuple[Any, Any, int, int]] = {}

    def __bool__(self) -> bool:
        return bool(self._shown)

    def over(self, frame: Frame, at: int) -> None:
        """Draw what stands at frame `at` of the timeline over the picture."""
        for start, end, text in self._shown:
            if start <= at < end:
                self._lay(frame, text)

    def _lay(self, frame: Frame, text: Text) -> None:
        import numpy as np

        if text not in self._inked:
            self._inked = {text: _ink(text, *self._size, self._fonts)}
        luma, alpha, x, y = self._inked[text]
        under = frame.y[y : y + alpha.shape[0], x : x + alpha.shape[1]]
        under[:] = np.rint(under * (1 - alpha) + luma * alpha)
        thin = alpha[::2, ::2]
        for plane in (frame.u, frame.v):
            patch = plane[y // 2 : y // 2 + thin.shape[0], x // 2 : x // 2 + thin.shape[1]]
            patch[:] = np.rint(patch * (1 - thin) + 128 * thin)


def _ink(text: Text, width: int, height: int, fonts: Path) -> tuple[Any, Any, int, int]:
    """Luma and alpha of a text's ink and where its top left lies; grey, as captions are."""
    import numpy as np
    from PIL import Image, ImageColor, ImageDraw

    found, style = laid(text, width, height, fonts), text.style
    edge = round(style.outline * found.size)
    left, top = (max(0, int(at - 2 * edge)) // 2 * 2 for at in (found.left, found.top))
    right, bottom = min(width, int(found.right + 2 * edge) + 2), min(height, int(found.bottom + 2 * edge) + 2)
    sheet = Image.new("LA", (max(2, (right - left) // 2 * 2), max(2, (bottom - top) // 2 * 2)), (0, 0))
    font = _font(fonts / _FONTS.get(style.font, _FONTS["archivo"]), found.size, style.weight)
    pen = ImageDraw.Draw(sheet)
    fill, rim = (_grey(ImageColor.getrgb(colour)) for colour in (style.colour, style.outline_colour))
    for line, x, y in found.lines:
        pen.text((x - left, y - top), line, font=font, fill=(fill, 255), stroke_width=edge, stroke_fill=(rim, 255))
    grey, alpha = (np.asarray(band, np.float32) / 255 for band in sheet.split())
    return 16 + grey * 219, alpha, left, top


def _grey(colour: tuple[int, ...]) -> int:
    """How light a colour is. Source: ITU-R BT.601, as Pillow turns colours grey."""
    red, green, blue = colour[:3]
    return (red * 299 + green * 587 + blue * 114) // 1000


def _broken(text: str, font: FreeTypeFont, room: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@lru_cache(maxsize=16)
def _font(path: Path, size: int, weight: int) -> FreeTypeFont:
    from PIL import ImageFont

    font = ImageFont.truetype(str(path), size)
    axes: list[Any] = font.get_variation_axes()
    font.set_variation_by_axes([float(weight) if a["name"] in (b"Weight", "Weight") else a["default"] for a in axes])
    return font
