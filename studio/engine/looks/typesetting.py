"""A text in lines: where each run of letters of one font stands. Words break at spaces, between CJK letters, at line ends."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, sqrt
from pathlib import Path
from typing import TYPE_CHECKING

from studio.engine.fonts import Face, face, has, most_of, stand_ins
from studio.engine.timeline.looks import Text

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_LETTERS = 4000
"""Of one text; the rest is not drawn."""

_MOST_PIXELS = 64_000_000
"""Of letters drawn at once; Pillow refuses twice and a half as many."""

_SMALLEST = 4.0
_FROM_RIGHT = ("R", "AL")
# Hangul, kana and Han and what is set with them, which may break after any letter.
_BREAKS_ANYWHERE = (
    (0x2E80, 0xA4CF),
    (0xAC00, 0xD7A3),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF),
    (0x20000, 0x3FFFF),
)
_NOT_FIRST = "、。，．！？」』）】〉》ー・：；々"
_UNSEEN = "\ufe0e\ufe0f\u200d\u2060\ufeff"

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one font that follow each other, from `x` on, on a baseline; in pixels of the frame."""

    text: str
    face: Face
    x: float
    baseline: float


@dataclass(frozen=True, slots=True)
class Lines:
    """A text set at `size` pixels with `tracking` pixels between letters; `block` is left, top, right, bottom of its lines."""

    runs: tuple[Run, ...]
    size: float
    tracking: float
    block: Box

    def write(self, mask: Image, *, stroke: float = 0.0, moved: float = 0.0) -> None:
        """Draw every letter on a mask."""
        for run in self.runs:
            for text, x in _pieces(run, self.size, self.tracking):
                spot = x + moved, run.baseline + moved
                for part, at in _parted(text, spot, run.face, self.size, stroke, mask.width):
                    _write(mask, part, at, run.face, self.size, stroke)

    def ink(self, stroke: float = 0.0) -> Box | None:
        """What the letters cover, wherever the frame ends; None when there are none."""
        boxes: list[Box] = []
        for run in self.runs:
            for text, x in _pieces(run, self.size, self.tracking):
                font = run.face.at(self.size)
                left, top, right, bottom = font.getbbox(
                    text, anchor="ls", stroke_width=stroke, direction=_direction(text)
                )
                if right > left:
                    boxes.append((x + left, run.baseline + top, x + right, run.baseline + bottom))
        if not boxes:
            return None
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)


def lines(text: Text, width: int, height: int, fonts: Path) -> Lines:
    """Set a text for a frame of `width` x `height` pixels."""
    style = text.style
    size = max(style.size * height, _SMALLEST)
    base = face(style.font, style.weight, fonts, italic=style.italic)
    faces, tracking = (base, *stand_ins(style.weight)), style.tracking * size
    middle_x, middle_y, wide, high = (
        text.box[0] * width,
        text.box[1] * height,
        text.box[2] * width,
        text.box[3] * height,
    )
    rows = [row for line in _plain(text.text) for row in _wrapped(line, faces, size, tracking, wide)]
    step = size * style.leading
    tall = step * len(rows)
    top = {"top": middle_y - high / 2, "middle": middle_y - tall / 2, "bottom": middle_y + high / 2 - tall}[text.anchor]
    ascent, descent = base.at(size).getmetrics()
    runs: list[Run] = []
    ends: list[float] = []
    for number, row in enumerate(rows):
        parts = _runs(row, faces)
        length = _length(parts, size, tracking)
        begin = {"left": middle_x - wide / 2, "center": middle_x - length / 2, "right": middle_x + wide / 2 - length}[
            style.align
        ]
        baseline = top + number * step + (step - ascent - descent) / 2 + ascent
        x = begin
        for letters, of in parts:
            runs.append(Run(letters, of, x, baseline))
            x += _advance(letters, of, size, tracking)
        ends += [begin, begin + length] if row else []
    return Lines(
        tuple(runs), size, tracking, (min(ends, default=middle_x), top, max(ends, default=middle_x), top + tall)
    )


def _plain(text: str) -> list[str]:
    """Lines of printable letters, accents joined to their letters."""
    sound = unicodedata.normalize("NFC", text[:MOST_LETTERS].encode("utf-8", "replace").decode("utf-8"))
    sound = sound.strip("\r\n").replace("\r\n", "\n").replace("\r", "\n")
    return ["".join(c if c.isprintable() else " " for c in line if c not in _UNSEEN) for line in sound.split("\n")]


def _wrapped(line: str, faces: tuple[Face, ...], size: float, tracking: float, wide: float) -> Iterator[str]:
    """A line on as many rows as it needs; a word that is too wide stays whole."""
    row = ""
    for word in _words(line):
        longer = row + word
        if row and _length(_runs(longer.rstrip(), faces), size, tracking) > wide:
            yield row.strip()
            row = word.lstrip()
        else:
            row = longer
    yield row.strip()


def _words(line: str) -> Iterator[str]:
    """Pieces that a line may be broken between; blanks stand at a piece's end."""
    piece = ""
    for letter in line:
        after_blank = piece.endswith(" ") and letter != " "
        if piece and (after_blank or ((_breaks(piece[-1]) or _breaks(letter)) and letter not in _NOT_FIRST + " ")):
            yield piece
            piece = ""
        piece += letter
    if piece:
        yield piece


def _breaks(letter: str) -> bool:
    return any(first <= ord(letter) <= last for first, last in _BREAKS_ANYWHERE)


def _runs(row: str, faces: tuple[Face, ...]) -> list[tuple[str, Face]]:
    """The row in pieces of one font each. A row that runs from right to left has one: its order is that of the whole."""
    if _from_right(row):
        return [(row, most_of(faces, row))]
    runs: list[tuple[str, Face]] = []
    for cluster in _clusters(row):
        of = runs[-1][1] if cluster == " " and runs else next((f for f in faces if has(f, cluster[0])), faces[0])
        if runs and runs[-1][1] == of:
            runs[-1] = runs[-1][0] + cluster, of
        else:
            runs.append((cluster, of))
    return runs


def _clusters(text: str) -> Iterator[str]:
    """Letters, each with the marks that stand on it."""
    cluster = ""
    for letter in text:
        if cluster and not unicodedata.category(letter).startswith("M"):
            yield cluster
            cluster = ""
        cluster += letter
    if cluster:
        yield cluster


def _pieces(run: Run, size: float, tracking: float) -> Iterator[tuple[str, float]]:
    """What is drawn at once, and from where: the whole run, or each letter of a tracked one."""
    if not tracking or _from_right(run.text):
        yield run.text, run.x
        return
    x = run.x
    for cluster in _clusters(run.text):
        yield cluster, x
        x += run.face.at(size).getlength(cluster) + tracking


def _parted(
    text: str, spot: tuple[float, float], face: Face, size: float, stroke: float, width: int
) -> Iterator[tuple[str, tuple[float, float]]]:
    """The letters whole, or where they would be too large a picture, in parts; those beside a mask so wide are left out."""
    font = face.at(size)
    left, top, right, bottom = font.getbbox(text, anchor="ls", stroke_width=stroke, direction=_direction(text))
    clusters = list(_clusters(text))
    if len(clusters) < 2 or (right - left) * (bottom - top) <= _MOST_PIXELS:
        yield text, spot
        return
    if spot[0] + left > width or spot[0] + right < 0:
        return
    halves = "".join(clusters[: len(clusters) // 2]), "".join(clusters[len(clusters) // 2 :])
    x = spot[0]
    for half in reversed(halves) if _from_right(text) else halves:
        yield from _parted(half, (x, spot[1]), face, size, stroke, width)
        x += font.getlength(half)


def _write(mask: Image, text: str, spot: tuple[float, float], face: Face, size: float, stroke: float) -> None:
    """Draw letters on a mask; those too large for a picture of their own smaller, and then enlarged."""
    from PIL import Image, ImageChops, ImageDraw

    font, way = face.at(size), _direction(text)
    left, top, right, bottom = font.getbbox(text, anchor="ls", stroke_width=stroke, direction=way)
    less = ceil(sqrt((right - left) * (bottom - top) / _MOST_PIXELS))
    if less <= 1:
        ImageDraw.Draw(mask).text(spot, text, 255, font, anchor="ls", stroke_width=stroke, direction=way)
        return
    small = Image.new("L", (-(-mask.width // less), -(-mask.height // less)))
    where, line = (spot[0] / less, spot[1] / less), stroke / less
    ImageDraw.Draw(small).text(where, text, 255, face.at(size / less), anchor="ls", stroke_width=line, direction=way)
    large = small.resize((small.width * less, small.height * less), Image.Resampling.BILINEAR)
    mask.paste(ImageChops.lighter(mask, large.crop((0, 0, *mask.size))))


def _length(runs: list[tuple[str, Face]], size: float, tracking: float) -> float:
    return max(sum(_advance(letters, of, size, tracking) for letters, of in runs) - (tracking if runs else 0), 0)


def _advance(letters: str, of: Face, size: float, tracking: float) -> float:
    font = of.at(size)
    if not tracking or _from_right(letters):
        return font.getlength(letters) + (tracking if letters else 0)
    return sum(font.getlength(cluster) + tracking for cluster in _clusters(letters))


@lru_cache(maxsize=1024)
def _from_right(text: str) -> bool:
    return any(unicodedata.bidirectional(letter) in _FROM_RIGHT for letter in text)


def _direction(text: str) -> str | None:
    """For Raqm: the way the first letter that has one goes; None lets Pillow lay letters out as it can."""
    if not _from_right(text) or not _has_raqm():
        return None
    strong = next(way for letter in text if (way := unicodedata.bidirectional(letter)) in (*_FROM_RIGHT, "L"))
    return "rtl" if strong in _FROM_RIGHT else "ltr"


@lru_cache(maxsize=1)
def _has_raqm() -> bool:
    from PIL import features

    return bool(features.check("raqm"))
