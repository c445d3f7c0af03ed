"""Words set in the room there is: widths, lines, and the ellipsis where they end too soon."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from studio.scripts.formats.pages.letters import drawn

Run = tuple[str, bool]
"""Words, and whether they are bold."""
ELLIPSIS = "…"
_LONGEST = 6000
_SMALLEST = 0.75
_ASIAN = r"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_PIECE = re.compile(f"[{_ASIAN}]|[^{_ASIAN}]+")


def width_of(words: str, size: float, *, bold: bool = False) -> float:
    """How wide words are, in points."""
    return _unit_width(words, bold) * size


def fitted(words: str, size: float, width: float, *, bold: bool = False) -> tuple[str, float]:
    """Words on one line no wider than `width`, and their size: whole, smaller (to three quarters), or cut with an ellipsis."""
    words = plain(words)[:_LONGEST]
    taken = width_of(words, size, bold=bold)
    if taken <= width:
        return words, size
    size = max(size * width / taken, size * _SMALLEST)
    return (words if width_of(words, size, bold=bold) <= width + 0.01 else cut(words, size, width, bold=bold)), size


def cut(words: str, size: float, width: float, *, bold: bool = False) -> str:
    """The words with an ellipsis, as many as there is room for."""
    most = width - width_of(ELLIPSIS, size, bold=bold)
    taken = 0.0
    for at, letter in enumerate(words):
        taken += width_of(letter, size, bold=bold)
        if taken > most:
            return words[:at].rstrip(" ,;:.-–—") + ELLIPSIS if most > 0 else ""
    return words.rstrip() + ELLIPSIS


def lines_of(runs: Iterable[Run], size: float, width: float) -> list[tuple[Run, ...]]:
    """Runs of words broken into lines no wider than `width`, between words, or within one that is wider itself."""
    lines: list[tuple[Run, ...]] = []
    line: list[Run] = []
    taken = 0.0
    for text, bold, spaced in _pieces(runs):
        for part in _parts(text, bold, size, width):
            gap = " " if spaced and line else ""
            wide = width_of(gap + part, size, bold=bold)
            if line and taken + wide > width:
                lines.append(tuple(line))
                line, taken, gap = [], 0.0, ""
                wide = width_of(part, size, bold=bold)
            line = _joined(line, gap + part, bold)
            taken += wide
            spaced = False
    return [*lines, tuple(line)] if line else lines


def held(lines: Sequence[tuple[Run, ...]], most: int, size: float, width: float) -> list[tuple[Run, ...]]:
    """At most so many lines; the last one says with an ellipsis that there were more."""
    if len(lines) <= most:
        return list(lines)
    if most < 1:
        return []
    *before, last = lines[:most]
    room = width - sum(width_of(text, size, bold=bold) for text, bold in last[:-1])
    text, bold = last[-1]
    return [*before, (*last[:-1], (cut(text, size, room, bold=bold), bold))]


def plain(words: str) -> str:
    """Words on one line: what cannot be printed is a space."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


def _pieces(runs: Iterable[Run]) -> Iterator[tuple[str, bool, bool]]:
    """What must not be broken, with whether a space stands before it. Chinese and Japanese break between any two letters."""
    for text, bold in runs:
        for word in plain(text[:_LONGEST]).split():
            for at, match in enumerate(_PIECE.finditer(word)):
                yield match[0], bold, at == 0


def _parts(text: str, bold: bool, size: float, width: float) -> Iterator[str]:
    """A word in parts that find room on a line."""
    part, taken = "", 0.0
    if width_of(text, size, bold=bold) <= width:
        yield text
        return
    for letter in text:
        wide = width_of(letter, size, bold=bold)
        if part and taken + wide > width:
            yield part
            part, taken = "", 0.0
        part, taken = part + letter, taken + wide
    yield part


def _joined(line: list[Run], text: str, bold: bool) -> list[Run]:
    if line and line[-1][1] == bold:
        return [*line[:-1], (line[-1][0] + text, bold)]
    return [*line, (text, bold)]


@lru_cache(maxsize=16_384)
def _unit_width(words: str, bold: bool) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return sum(float(stringWidth(part.text, part.font, 1.0)) for part in drawn(words, bold=bold, italic=False))
