"""The title card: a title in ink on paper with a hard orange shadow, drawn with our own fonts. A picture like any other still."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from studio.engine.fonts import Face, most_of, stand_ins

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

PAPER = "#FFFDF7"
INK = "#000000"
ACTION = "#FF6B35"

_TITLE_FONT = "archivo-latin-standard-normal.woff2"
_HEAVY = 800
_TITLE_AXES = (_HEAVY, 112)  # weight, width: as heavy as the words on the landing page
_AUTHOR_FONT = "courier-prime-latin-400-normal.woff2"
_TITLE_LEADING = 1.04
_AUTHOR_LEADING = 1.25
"""Line to line, in font sizes."""

_LONGEST = 400
"""Characters of a title that are drawn; nobody reads more from a card."""


def title_card(title: str, author: str, *, width: int, height: int, fonts: Path) -> bytes:
    """A PNG of `width` x `height` pixels: the title in capitals in a bordered block, the author below it.

    `fonts` is our font folder. Long titles wrap, then shrink, then end with an ellipsis; letters our fonts lack come
    from the system's.
    """
    from PIL import Image, ImageDraw

    unit = min(width, height) / 720
    card = Image.new("RGB", (width, height), PAPER)
    pen = ImageDraw.Draw(card)
    pad, edge, shadow = round(46 * unit), max(1, round(8 * unit)), max(1, round(20 * unit))
    lines, font = _fitted(
        _plain(title).upper() or "UNTITLED",
        Face(str(fonts / _TITLE_FONT), _TITLE_AXES),
        room=(width * 0.72, height * 0.44),
        sizes=(round(116 * unit), max(8, round(26 * unit))),
        leading=_TITLE_LEADING,
    )
    step = font.size * _TITLE_LEADING
    block_width = round(max(font.getlength(line) for line in lines)) + 2 * pad
    block_height = round(step * len(lines)) + round(1.4 * pad)
    left, top = (width - block_width - shadow) // 2, round(height * 0.45 - block_height / 2)
    right, bottom = left + block_width, top + block_height
    pen.rectangle((left + shadow, top + shadow, right + shadow, bottom + shadow), ACTION, INK, edge)
    pen.rectangle((left, top, right, bottom), PAPER, INK, edge)
    # Capitals stand on the line and leave the room below it empty: half of that room lowers them to the optical middle.
    drop = font.size * 0.02
    for i, line in enumerate(lines):
        pen.text((left + block_width / 2, top + 0.7 * pad + step * (i + 0.5) + drop), line, INK, font, anchor="mm")
    _byline(pen, _plain(author), Face(str(fonts / _AUTHOR_FONT)), (width, height), bottom + shadow + 58 * unit, unit)
    out = BytesIO()
    card.save(out, "PNG")
    return out.getvalue()


def _byline(pen: ImageDraw, author: str, face: Face, size: tuple[int, int], y: float, unit: float) -> None:
    if not author:
        return
    width, height = size
    sizes = round(36 * unit), max(8, round(18 * unit))
    room = width * 0.72, min(height - y - 30 * unit, 120 * unit)
    lines, font = _fitted(author, face, room=room, sizes=sizes, leading=_AUTHOR_LEADING)
    for i, line in enumerate(lines):
        pen.text((width / 2, y + i * font.size * _AUTHOR_LEADING), line, INK, font, anchor="mm")


def _fitted(
    text: str, face: Face, *, room: tuple[float, float], sizes: tuple[int, int], leading: float
) -> tuple[list[str], FreeTypeFont]:
    """The text in lines, and the largest font from `sizes` (largest, smallest, in pixels) with which they fit the room.

    Words are broken only at the smallest size; what is still too much is cut and ends with an ellipsis.
    """
    face = most_of((face, *stand_ins(_HEAVY)), text)
    size, smallest = sizes
    while size > smallest:
        font = face.at(size)
        lines = _lines(text, font, room[0])
        if len(lines) * size * leading <= room[1] and all(font.getlength(line) <= room[0] for line in lines):
            return lines, font
        size = max(smallest, int(size * 0.92))
    font = face.at(smallest)
    lines = _lines(_broken(text, font, room[0]), font, room[0])
    most = max(1, int(room[1] / (smallest * leading)))
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1].rstrip() + "…"]
    return lines, font


def _lines(text: str, font: FreeTypeFont, width: float) -> list[str]:
    """Words on the fewest lines that are wide enough, then as even as those lines can be."""
    fewest = _filled(text, font, width)
    low, high = width * 0.3, width
    for _ in range(8):
        middle = (low + high) / 2
        if len(_filled(text, font, middle)) > len(fewest):
            low = middle
        else:
            high = middle
    return _filled(text, font, high)


def _filled(text: str, font: FreeTypeFont, width: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _broken(text: str, font: FreeTypeFont, width: float) -> str:
    """The text with words wider than the room cut into pieces that fit."""
    pieces: list[str] = []
    for word in text.split():
        piece = ""
        for letter in word:
            if piece and font.getlength(piece + letter) > width:
                pieces.append(piece)
                piece = ""
            piece += letter
        pieces.append(piece)
    return " ".join(pieces)


def _plain(text: str) -> str:
    """One line of printable text, no longer than can be read."""
    sound = text[:_LONGEST].encode("utf-8", "replace").decode("utf-8")
    return " ".join("".join(c if c.isprintable() else " " for c in sound).split())
