"""What is seen on the pages of a PDF: its lines with the words on them, where they stand, and how they are set."""

from __future__ import annotations

import ctypes
import math
import statistics
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from studio.scripts.elements import Emphasis, Span
from studio.scripts.formats.pages.layout import columns
from studio.scripts.formats.pages.marks import MEANT
from studio.scripts.formats.settled import Words

_GAP = 2.6  # columns; more than two spaces part what stands beside each other
_RULE = 2.5  # points; a thicker line is no underline
_MOST_RULES = 4000
_FORCE_BOLD, _ITALIC = 1 << 18, 1 << 6
_HYPHEN_AT_LINE_END = 2
_COLUMN = 7.2


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that stand together on a line, from `left` to `right` in points.

    `spaces` were set after the last word. `marks` are the names of the marked content they are in.
    """

    left: float
    right: float
    words: Words
    spaces: int
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeenRow:
    """One line of a page (counted from 1); `top` is its baseline below the upper edge in points, `column` a letter's width."""

    page: int
    top: float
    column: float
    segments: tuple[Segment, ...]

    @property
    def left(self) -> float:
        return self.segments[0].left

    @property
    def right(self) -> float:
        return self.segments[-1].right

    @property
    def text(self) -> str:
        return " ".join(segment.words.text for segment in self.segments)


@dataclass(frozen=True, slots=True)
class SeenPage:
    """`slanted` letters stand at an angle, as watermarks do, and are in no row; `unknown` ones are shapes without a letter."""

    width: float
    height: float
    rows: tuple[SeenRow, ...]
    slanted: int
    unknown: int


@dataclass(slots=True)
class _Glyph:
    text: str
    x: float
    y: float
    right: float
    style: frozenset[Emphasis]
    marks: tuple[str, ...]


def seen_page(page: Any, number: int) -> SeenPage:
    """The lines of a page of pypdfium2, from top to bottom."""
    width, height = page.get_size()
    left, bottom, _, _ = page.get_cropbox()
    textpage = page.get_textpage()
    try:
        letters = _Letters(textpage.raw, left, bottom)
        letters.read()
        letters.read_meant(page)
    finally:
        textpage.close()
    lines = _lines(letters.found)
    column = _column(lines)
    rules = list(_rules(page, left, bottom))
    rows = [_row(line, number, height, column, rules) for line in lines]
    return SeenPage(width, height, tuple(row for row in rows if row.segments), letters.slanted, letters.unknown)


def has_pictures(page: Any) -> bool:
    """Whether a page shows a picture."""
    import pypdfium2.raw as pdfium

    return next(iter(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=2)), None) is not None


# Letters


class _Letters:
    """Collects the letters of a page with their places, how they are set, and the marked content they are in."""

    def __init__(self, raw: Any, left: float, bottom: float) -> None:
        self.found: list[_Glyph] = []
        self.slanted = 0
        self.unknown = 0
        self._raw = raw
        self._left = left
        self._bottom = bottom
        self._name = ctypes.create_string_buffer(128)
        self._known: dict[tuple[bytes, int], frozenset[Emphasis]] = {}
        self._marks: dict[int, tuple[str, ...]] = {}

    def read(self) -> None:
        """Every letter that the page's fonts give."""
        import pypdfium2.raw as pdfium

        raw = self._raw
        x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
        high = 0
        for index in range(pdfium.FPDFText_CountChars(raw)):
            code = pdfium.FPDFText_GetUnicode(raw, index)
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
            high = 0
            text = _letter(code)
            if not text or pdfium.FPDFText_IsGenerated(raw, index) == 1:
                continue
            if abs(math.sin(pdfium.FPDFText_GetCharAngle(raw, index))) > 0.1:
                self.slanted += not text.isspace()
                continue
            piece = pdfium.FPDFText_GetTextObject(raw, index)
            marks = self._marks_of(piece)
            if MEANT in marks or (text.isspace() and not piece):
                continue
            self.unknown += pdfium.FPDFText_HasUnicodeMapError(raw, index) == 1
            pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
            pdfium.FPDFText_GetLooseCharBox(raw, index, box)
            at, right = x.value - self._left, box.right - self._left
            style = self._style_at(index)
            self.found.append(_Glyph(text, at, y.value - self._bottom, max(right, at), style, marks))

    def read_meant(self, page: Any) -> None:
        """Letters whose text is written beside their shapes, as ours are where no font of the file can say it."""
        import pypdfium2.raw as pdfium

        for piece in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=2):
            marks = self._marks_of(piece.raw)
            text = _meant(piece.raw)
            if not text:
                continue
            matrix = piece.get_matrix()
            x, y = matrix.e - self._left, matrix.f - self._bottom
            for letter in text:
                width = _COLUMN * columns(letter)
                self.found.append(_Glyph(letter, x, y, x + width, frozenset(), marks))
                x += width

    def _style_at(self, index: int) -> frozenset[Emphasis]:
        import pypdfium2.raw as pdfium

        flags = ctypes.c_int()
        pdfium.FPDFText_GetFontInfo(self._raw, index, self._name, 128, flags)
        key = self._name.value, flags.value
        if key not in self._known:
            self._known[key] = _style(key[0].decode("utf-8", "replace"), flags.value)
        return self._known[key]

    def _marks_of(self, piece: Any) -> tuple[str, ...]:
        address = ctypes.cast(piece, ctypes.c_void_p).value or 0
        if not address:
            return ()
        if address not in self._marks:
            self._marks[address] = tuple(name for name, _ in _marks(piece))
        return self._marks[address]


def _marks(piece: Any) -> Iterator[tuple[str, Any]]:
    """The marked content a piece of text is in, outermost first: names and handles."""
    import pypdfium2.raw as pdfium

    name = (ctypes.c_ushort * 64)()
    length = ctypes.c_ulong()
    for at in range(min(max(pdfium.FPDFPageObj_CountMarks(piece), 0), 6)):
        mark = pdfium.FPDFPageObj_GetMark(piece, at)
        if mark and pdfium.FPDFPageObjMark_GetName(mark, name, 128, length):
            yield bytes(name)[: max(0, min(length.value, 128) - 2)].decode("utf-16-le", "replace"), mark


def _meant(piece: Any) -> str:
    """The text written beside a piece whose font cannot say it; empty for every other."""
    import pypdfium2.raw as pdfium

    text = (ctypes.c_ubyte * 128)()
    length = ctypes.c_ulong()
    for name, mark in _marks(piece):
        if name == MEANT and pdfium.FPDFPageObjMark_GetParamBlobValue(mark, b"ActualText", text, 128, length):
            return bytes(text)[: min(length.value, 128)].decode("utf-16", "replace")
    return ""


def _letter(code: int) -> str:
    """The text of a code point; a hyphen that pdfium took for one that only parts a word is a hyphen."""
    if code == _HYPHEN_AT_LINE_END:
        return "-"
    letter = chr(code)
    if letter in "\u00a0\t":
        return " "
    if code < 0x20 or letter == "\ufffe" or unicodedata.category(letter) in ("Cc", "Cs", "Co", "Cn"):
        return ""
    return unicodedata.normalize("NFKC", letter) if 0xFB00 <= code <= 0xFB06 else letter


def _style(font: str, flags: int) -> frozenset[Emphasis]:
    name = font.lower()
    bold = any(word in name for word in ("bold", "black", "heavy", "demi")) or flags & _FORCE_BOLD
    italic = any(word in name for word in ("ital", "obli", "slant")) or flags & _ITALIC
    return frozenset([*([Emphasis.BOLD] if bold else []), *([Emphasis.ITALIC] if italic else [])])


# Lines


def _lines(glyphs: list[_Glyph]) -> list[list[_Glyph]]:
    """Letters whose baselines are within three points of each other, from left to right."""
    lines: list[list[_Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.y):
        if lines and lines[-1][0].y - glyph.y < 3:
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [sorted(line, key=lambda glyph: glyph.x) for line in lines]


def _column(lines: list[list[_Glyph]]) -> float:
    """The usual width of a letter."""
    steps = [right.x - left.x for line in lines for left, right in pairwise(line) if 1 < right.x - left.x < 20]
    return statistics.median(steps) if steps else 7.2


def _row(
    line: list[_Glyph], number: int, height: float, column: float, rules: list[tuple[float, float, float]]
) -> SeenRow:
    y = line[0].y
    under = [(left, right) for left, right, at in rules if 0 < y - at < 5]
    for glyph in line if under else ():
        middle = (glyph.x + glyph.right) / 2
        if any(left <= middle <= right for left, right in under):
            glyph.style |= {Emphasis.UNDERLINE}
    parts: list[list[_Glyph]] = []
    last: _Glyph | None = None
    for glyph in line:
        if not glyph.text.isspace():
            if last is None or glyph.x - last.right > _GAP * column:
                parts.append([])
            last = glyph
        if parts:
            parts[-1].append(glyph)
    return SeenRow(number, height - y, column, tuple(_segment(part, column) for part in parts))


def _segment(part: list[_Glyph], column: float) -> Segment:
    text = ""
    styles: list[frozenset[Emphasis]] = []
    last = part[0]
    for glyph in part:
        if not glyph.text.isspace():
            gap = glyph.x - last.right
            missing = round(gap / column) if gap > 0.4 * column else 0
            spaces = max(0, missing - (len(text) - len(text.rstrip())))
            text += " " * spaces
            styles += [glyph.style & last.style] * spaces
            last = glyph
        text += glyph.text
        styles += [glyph.style] * len(glyph.text)
    words = Words(text, tuple(_spans(styles))).part(0, len(text.rstrip()))
    return Segment(part[0].x, last.right, words, len(text) - len(words.text), part[0].marks)


def _spans(styles: list[frozenset[Emphasis]]) -> Iterator[Span]:
    """Letters of one emphasis beside each other as one span."""
    for emphasis in Emphasis:
        at = 0
        for held, letters in groupby(emphasis in style for style in styles):
            count = len(list(letters))
            if held:
                yield Span(emphasis, at, at + count)
            at += count


def _rules(page: Any, left: float, bottom: float) -> Iterator[tuple[float, float, float]]:
    """Thin horizontal lines: from, to, and how high they stand."""
    import pypdfium2.raw as pdfium

    for count, shape in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=2)):
        if count > _MOST_RULES:
            return
        x0, y0, x1, y1 = shape.get_bounds()
        if y1 - y0 < _RULE and x1 - x0 > 2:
            yield x0 - left - 0.5, x1 - left + 0.5, (y0 + y1) / 2 - bottom
