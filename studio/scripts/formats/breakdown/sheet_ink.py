"""Lines, boxes and words on the pages of a breakdown; words that do not fit are set smaller, then cut with an ellipsis."""

from __future__ import annotations

import io
from typing import Any

from studio.scripts.formats.pages.letters import drawn

LETTER = (612.0, 792.0)
"""Width and height in points."""
PLAIN, BOLD = "Helvetica", "Helvetica-Bold"
INK, QUIET, WHITE = "#000000", "#5B5B57", "#FFFFFF"
_SMALLEST = 0.7


class Ink:
    """A PDF being written."""

    def __init__(self, data: io.BytesIO, *, title: str, author: str) -> None:
        from reportlab.pdfgen.canvas import Canvas

        self._canvas: Any = Canvas(data, pagesize=LETTER, invariant=1, pageCompression=1)
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._open = False

    def page(self) -> None:
        """Begin a new page."""
        if self._open:
            self._canvas.showPage()
        self._open = True

    def finish(self) -> None:
        self._canvas.save()

    def box(self, x: float, y: float, width: float, height: float, *, fill: str = "", line: float = 0.8) -> None:
        """A rectangle with its outline."""
        self._canvas.setLineWidth(line)
        self._canvas.setStrokeColor(INK)
        if fill:
            self._canvas.setFillColor(fill)
        self._canvas.rect(x, y, width, height, stroke=1, fill=1 if fill else 0)

    def rule(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """A thin line."""
        self._canvas.setLineWidth(0.6)
        self._canvas.setStrokeColor(INK)
        self._canvas.line(x, y, to_x, to_y)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        font: str,
        size: float,
        width: float,
        *,
        right: bool = False,
        colour: str = INK,
    ) -> None:
        """One line of words with its baseline at y, never wider than `width`; at x it begins, or ends when `right`."""
        words = "".join(c if c.isprintable() else " " for c in words)
        words, size = _fitted(words, font, size, width)
        if right:
            x -= _width(words, font, size)
        self._canvas.setFillColor(colour)
        for face, part in _parts(words, font):
            self._canvas.setFont(face, size)
            self._canvas.drawString(x, y, part)
            x += _width(part, face, size)


def _fitted(words: str, font: str, size: float, width: float) -> tuple[str, float]:
    taken = _width(words, font, size)
    if taken <= width:
        return words, size
    size = max(size * width / taken, size * _SMALLEST)
    if _width(words, font, size) <= width:
        return words, size
    words = words[: int(len(words) * width / _width(words, font, size)) + 8]
    while words and _width(words + "…", font, size) > width:
        words = words[:-1]
    return words.rstrip() + "…", size


def _width(words: str, font: str, size: float) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return sum(float(stringWidth(part, face, size)) for face, part in _parts(words, font))


def _parts(words: str, font: str) -> list[tuple[str, str]]:
    """The words in parts by the font that draws them: other letters than western ones are set as on the script's pages."""
    if _is_western(words) or font not in (PLAIN, BOLD):
        return [(font, words)]
    return [(part.font, part.text) for part in drawn(words, bold=font == BOLD, italic=False)]


def _is_western(words: str) -> bool:
    try:
        words.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True
