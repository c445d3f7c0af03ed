"""Which font draws which letter: Courier Prime, and where it has no shape, one of this machine's fonts."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from studio.core.settings import settings

_OURS = {
    (False, False): "courier-prime-regular.ttf",
    (True, False): "courier-prime-bold.ttf",
    (False, True): "courier-prime-italic.ttf",
    (True, True): "courier-prime-bold-italic.ttf",
}
_OTHERS = {
    (False, False): ("LiberationMono-Regular.ttf", "DejaVuSansMono.ttf"),
    (True, False): ("LiberationMono-Bold.ttf", "DejaVuSansMono-Bold.ttf"),
    (False, True): ("LiberationMono-Italic.ttf", "DejaVuSansMono-Oblique.ttf"),
    (True, True): ("LiberationMono-BoldItalic.ttf", "DejaVuSansMono-BoldOblique.ttf"),
}
_EVEN = frozenset([*_OURS.values(), *(name for names in _OTHERS.values() for name in names)])
_LAST = (
    "DejaVuSansMono.ttf",
    "DejaVuSans.ttf",
    "NotoSans-Regular.ttf",
    "DroidSansFallbackFull.ttf",
    "wqy-zenhei.ttc",
    "Arial Unicode.ttf",
)
_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "C:/Windows/Fonts",
    "~/.fonts",
)
# Readers of PDF files bring these along; they are not embedded.
_JAPANESE, _KOREAN, _CHINESE = "HeiseiMin-W3", "HYSMyeongJo-Medium", "STSong-Light"


@dataclass(frozen=True, slots=True)
class Part:
    """Letters that one registered font draws. `faithful`: who reads the file gets the letters back from their shapes."""

    font: str
    text: str
    faithful: bool

    @property
    def even(self) -> bool:
        """Whether every letter takes one column."""
        return self.faithful and self.font in _EVEN


def drawn(text: str, *, bold: bool, italic: bool) -> Iterator[Part]:
    """The text in parts by the font that draws them; our own font marks the place of a letter that no font has."""
    ours = _font(_OURS[bold, italic], bold, italic)
    if all(_has(ours, letter) for letter in text):
        yield Part(ours, text, faithful=True)
        return
    asian = _asian(text)
    part: Part | None = None
    for letter in text:
        font, faithful = _choice(letter, bold, italic, asian)
        if part and (letter == " " or (part.font, part.faithful) == (font, faithful)):
            part = Part(part.font, part.text + letter, part.faithful)
            continue
        if part:
            yield part
        part = Part(font, letter, faithful)
    if part:
        yield part


@lru_cache(maxsize=4096)
def _choice(letter: str, bold: bool, italic: bool, asian: str) -> tuple[str, bool]:
    ours = _font(_OURS[bold, italic], bold, italic)
    if _has(ours, letter):
        return ours, True
    for name in (*_OTHERS[bold, italic], *_LAST):
        if name in _system_fonts() and _has(_font(name, bold, italic), letter):
            # The way back from shapes is written with four digits, and readers turn what is read from the right.
            return name, letter <= "\uffff" and unicodedata.bidirectional(letter) not in ("R", "AL")
    return (_cid_font(asian) if _is_asian(letter) else ours), False


def _asian(text: str) -> str:
    """The font for Chinese letters: they are drawn otherwise in Japanese."""
    if any("\u3040" <= letter <= "\u30ff" for letter in text):
        return _JAPANESE
    return _KOREAN if any("\uac00" <= letter <= "\ud7af" for letter in text) else _CHINESE


def _is_asian(letter: str) -> bool:
    return "\u2e80" <= letter <= "\ud7af" or "\uf900" <= letter <= "\ufaff" or "\uff00" <= letter <= "\uffef"


@lru_cache(maxsize=4)
def _cid_font(name: str) -> str:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont(name))
    return name


@lru_cache(maxsize=32)
def _font(name: str, bold: bool, italic: bool) -> str:
    """Register a font once. Without our files the one that every reader has stands in."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    path = _system_fonts().get(name, str(settings().fonts / name))
    try:
        pdfmetrics.registerFont(TTFont(name, path))
    except (TTFError, OSError):
        return "Courier" + {(0, 0): "", (1, 0): "-Bold", (0, 1): "-Oblique", (1, 1): "-BoldOblique"}[bold, italic]
    return name


def _has(font: str, letter: str) -> bool:
    from reportlab.pdfbase import pdfmetrics

    known: Any = pdfmetrics.getFont(font)
    shapes = getattr(known.face, "charToGlyph", None)
    return letter in "\n " or (ord(letter) in shapes if shapes is not None else letter.isascii())


@lru_cache(maxsize=1)
def _system_fonts() -> dict[str, str]:
    """The fonts we know by name that this machine has."""
    wanted = {name for names in _OTHERS.values() for name in names} | set(_LAST)
    found: dict[str, str] = {}
    for folder in _FOLDERS:
        for root, _, names in os.walk(Path(folder).expanduser()):
            for name in wanted.intersection(names):
                found.setdefault(name, str(Path(root) / name))
    return found
