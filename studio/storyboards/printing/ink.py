"""Lines, words and pictures on the pages of a printed board. What stands where is decided elsewhere."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from studio.core.errors import Unavailable
from studio.scripts.formats.pages.letters import drawn
from studio.storyboards.printing.book import BookPanel
from studio.storyboards.printing.fitting import Run, fitted, width_of
from studio.storyboards.printing.grid import Box
from studio.storyboards.printing.jpeg import Jpeg

BLACK, QUIET, FAINT, WHITE, ACCENT = "#000000", "#55554F", "#B9B9B4", "#FFFFFF", "#FF6B35"
_RULE = 0.6


class Ink:
    """A PDF being written. The same strokes give the same bytes."""

    def __init__(self, out: Path, size: tuple[float, float], *, title: str, author: str) -> None:
        from reportlab.pdfgen.canvas import Canvas

        self._out = out
        self._canvas: Any = Canvas(str(out), pagesize=size, invariant=1, pageCompression=1)
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setSubject("Storyboard")
        self._canvas.setCreator("Inkreel")
        self._pictures: dict[Path, tuple[str, float]] = {}
        self._embedded: set[str] = set()
        self._chapters = 0

    def end_page(self) -> None:
        self._canvas.showPage()

    def finish(self) -> None:
        """Write the file. Raises: Unavailable."""
        try:
            self._canvas.save()
        except OSError as e:
            raise Unavailable(f"{self._out.name} could not be written ({e.strerror}).", service="disk") from e

    def chapter(self, name: str) -> None:
        """An entry in the list of chapters that leads to this page."""
        self._chapters += 1
        key = f"chapter-{self._chapters}"
        self._canvas.bookmarkPage(key)
        self._canvas.addOutlineEntry(name, key, level=0)

    def embed(self, path: Path, picture: Jpeg) -> None:
        """Put a picture into the file, to be placed any number of times; the same bytes are kept once."""
        from reportlab.pdfbase.pdfdoc import PDFImageXObject

        name = hashlib.sha256(picture.data).hexdigest()[:32]
        self._pictures[path] = name, picture.width / picture.height
        if name in self._embedded:
            return
        self._embedded.add(name)
        image: Any = PDFImageXObject(name)
        image.width, image.height, image.bitsPerComponent = picture.width, picture.height, 8
        image.colorSpace = "DeviceRGB" if picture.colour else "DeviceGray"
        image._filters, image.streamContent, image.mask = ("DCTDecode",), picture.data, None
        document = self._canvas._doc
        self._canvas._setXObjects(image)
        document.Reference(image, document.getXObjectName(name))
        document.addForm(name, image)

    def picture(self, panel: BookPanel, box: Box) -> None:
        """A panel's picture in its frame, its shape kept; a crossed frame where there is none."""
        found = self._pictures.get(panel.picture) if panel.picture else None
        self._canvas.setLineWidth(_RULE)
        if found is None:
            self._canvas.setStrokeColor(FAINT)
            self._canvas.line(box.x, box.y, box.right, box.top)
            self._canvas.line(box.x, box.top, box.right, box.y)
        else:
            name, aspect = found
            width = min(box.width, box.height * aspect)
            height = width / aspect
            self._canvas.saveState()
            self._canvas.translate(box.x + (box.width - width) / 2, box.y + (box.height - height) / 2)
            self._canvas.scale(width, height)
            self._canvas.doForm(name)
            self._canvas.restoreState()
        self.frame(box)

    def frame(self, box: Box, *, line: float = _RULE) -> None:
        """An empty frame."""
        self._canvas.setLineWidth(line)
        self._canvas.setStrokeColor(BLACK)
        self._canvas.rect(box.x, box.y, box.width, box.height, stroke=1, fill=0)

    def fill(self, box: Box, colour: str) -> None:
        self._canvas.setFillColor(colour)
        self._canvas.rect(box.x, box.y, box.width, box.height, stroke=0, fill=1)

    def rule(self, x: float, y: float, to_x: float, *, colour: str = BLACK, line: float = _RULE) -> None:
        """A line from left to right."""
        self._canvas.setLineWidth(line)
        self._canvas.setStrokeColor(colour)
        self._canvas.line(x, y, to_x, y)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        width: float,
        *,
        bold: bool = False,
        right: bool = False,
        colour: str = BLACK,
    ) -> float:
        """One line with its baseline at y, never wider than `width`, from x on or, when `right`, up to x; how wide it became."""
        words, size = fitted(words, size, width, bold=bold)
        taken = width_of(words, size, bold=bold)
        self._line([(words, bold)], x - taken if right else x, y, size, colour)
        return taken

    def runs(self, runs: Iterable[Run], x: float, y: float, size: float, *, colour: str = BLACK) -> None:
        """A line of runs that was measured before, from x on."""
        self._line(runs, x, y, size, colour)

    def _line(self, runs: Iterable[Run], x: float, y: float, size: float, colour: str) -> None:
        self._canvas.setFillColor(colour)
        for words, bold in runs:
            for part in drawn(words, bold=bold, italic=False):
                self._canvas.setFont(part.font, size)
                self._canvas.drawString(x, y, part.text)
                x += width_of(part.text, size, bold=bold)
