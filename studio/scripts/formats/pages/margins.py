"""What stands around a script on its pages is taken away: numbers, running heads, "CONTINUED", revision marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from studio.scripts.formats.pages.marks import KINDS
from studio.scripts.formats.pages.seen import SeenPage, SeenRow, Segment
from studio.scripts.headings import is_heading

_PAGE_NUMBER = re.compile(r"[-–(]?\s*(?:page\s+)?\d{1,4}[A-Za-z]?\.?(?:\s*(?:/|of)\s*\d{1,4})?\s*[-–)]?", re.IGNORECASE)
_CONTINUED = re.compile(r"\(?CONTINUED:?\)?:?\s*(?:\(\d+\))?:?", re.IGNORECASE)
_SCENE_NUMBER = re.compile(r"[A-Z]{0,3}-?\d{1,4}[A-Z]{0,3}(?:[.\-]\d{1,3}|PT\d)?[.)]?")
_NUMBERED = re.compile(rf"({_SCENE_NUMBER.pattern})\s+(?=\S)")
_REVISED = re.compile(r"\*{1,3}")
_HEAD, _FOOT = 0.098, 0.925  # of the height of a page
_MOST_PITCH = 2.2  # widths of a letter; lines further apart have a blank one between them
_OUTER_HEAD, _OUTER_FOOT = 0.15, 0.88

OUR_PITCH, OUR_COLUMN = 12.0, 7.2
"""From one line to the next in our own files, and from one letter to the next, in points."""

HEADS = "headers and footers of pages"
REVISIONS = "revision marks in the margin"


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A line of the script itself; `number` is a scene's. `gap`: there is a blank line above it on its page."""

    row: SeenRow
    number: str
    gap: bool
    first: bool


def body_rows(pages: Sequence[SeenPage], lost: Counter[str]) -> list[BodyRow]:
    """The lines of the script on its pages; what else stood there is counted where it meant something."""
    repeated = _repeated(pages)
    kept = [[row for row in page.rows if not _around(row, page, repeated, lost)] for page in pages]
    left = action_left([row for rows in kept for row in rows])
    pitch = _pitch(kept)
    body: list[BodyRow] = []
    for page, rows in zip(pages, kept, strict=True):
        numbered = [_numbered(_unrevised(row, page.width, lost), left) for row in rows]
        shown = [(row, number) for row, number in numbered if row.segments and not _CONTINUED.fullmatch(row.text)]
        last: SeenRow | None = None
        for row, number in shown:
            gap = last is None or row.top - last.top > 1.4 * pitch
            body.append(BodyRow(row, number, gap, last is None))
            last = row
    return body


def trusted_rows(pages: Sequence[SeenPage]) -> list[BodyRow]:
    """The lines of a file of our own: what has the mark of a kind is script, a number beside it the scene's."""
    body: list[BodyRow] = []
    for page in pages:
        last: SeenRow | None = None
        for row in page.rows:
            script = tuple(s for s in row.segments if any(mark in KINDS for mark in s.marks))
            beside = [s.words.text for s in row.segments if s not in script]
            if not script:
                continue
            gap = last is None or row.top - last.top > 1.4 * OUR_PITCH
            body.append(BodyRow(replace(row, segments=script), beside[0] if beside else "", gap, last is None))
            last = row
    return body


def action_left(rows: Sequence[SeenRow]) -> float:
    """Where headings and action begin, in points: where most headings do, else the leftmost place that many lines share."""
    headings = Counter(
        round(segment.left) for row in rows for segment in row.segments[:2] if is_heading(segment.words.text)
    )
    if headings:
        return float(headings.most_common(1)[0][0])
    lefts = Counter(round(row.left) for row in rows)
    shared = [left for left, count in lefts.items() if count >= max(2, len(rows) * 0.05)]
    return float(min(shared, default=min(lefts, default=108)))


# Heads and feet


def _repeated(pages: Sequence[SeenPage]) -> set[str]:
    """The words that stand at the top or the bottom of several pages, whatever the numbers in them."""
    seen = Counter(words for page in pages for words in {_worn(row.text) for row in page.rows if _outer(row, page)})
    least = 2 if len(pages) < 5 else 3
    return {words for words, count in seen.items() if count >= least and words}


def _worn(text: str) -> str:
    return re.sub(r"\d+", "#", text.casefold()).strip()


def _outer(row: SeenRow, page: SeenPage) -> bool:
    return row.top < _HEAD * page.height or row.top > _FOOT * page.height


def _around(row: SeenRow, page: SeenPage, repeated: set[str], lost: Counter[str]) -> bool:
    """Whether a line is no line of the script."""
    edge = row in (page.rows[0], page.rows[-1])
    near = row.top < _OUTER_HEAD * page.height or row.top > _OUTER_FOOT * page.height
    if edge and near and _PAGE_NUMBER.fullmatch(row.text):
        return True
    if row in (*page.rows[:2], *page.rows[-2:]) and _CONTINUED.fullmatch(row.text):
        return True
    if not _outer(row, page):
        return False
    numbered = any(_PAGE_NUMBER.fullmatch(segment.words.text) for segment in row.segments)
    if numbered or _worn(row.text) in repeated:
        lost[HEADS] += not all(_PAGE_NUMBER.fullmatch(segment.words.text) for segment in row.segments)
        return True
    return False


def _pitch(pages: Sequence[Sequence[SeenRow]]) -> float:
    """From one line to the next, in points: the usual least distance."""
    steps = Counter(round((lower.top - upper.top) * 2) / 2 for rows in pages for upper, lower in pairwise(rows))
    total = sum(steps.values())
    usual = [step for step, count in steps.items() if step >= 6 and count >= max(1, total * 0.04)]
    return min([*usual, _MOST_PITCH * max((row.column for rows in pages for row in rows), default=7.2)])


# Margins


def _unrevised(row: SeenRow, width: float, lost: Counter[str]) -> SeenRow:
    """A line without the asterisks beside it."""
    kept: list[Segment] = []
    for segment in row.segments:
        if _REVISED.fullmatch(segment.words.text) and (segment.left > width * 0.85 or segment.right < width * 0.15):
            lost[REVISIONS] += 1
        else:
            kept.append(segment)
    return replace(row, segments=tuple(kept))


def _numbered(row: SeenRow, left: float) -> tuple[SeenRow, str]:
    """A line without the scene number in its margins, and that number."""
    segments = list(row.segments)
    number = ""
    if len(segments) > 1 and segments[0].left < left - row.column and _is_number(segments[0]):
        number = segments.pop(0).words.text
    elif segments and segments[0].left < left - 2 * row.column:
        segments[0], number = _unglued(segments[0], left)
    if len(segments) > 1 and _is_number(segments[-1]) and _ends_heading(segments, number):
        number = segments.pop().words.text if not number else (segments.pop() and number)
    return replace(row, segments=tuple(segments)), number.rstrip(".)")


def _is_number(segment: Segment) -> bool:
    return _SCENE_NUMBER.fullmatch(segment.words.text) is not None


def _ends_heading(segments: Sequence[Segment], number: str) -> bool:
    return segments[-1].words.text == number or is_heading(segments[0].words.text)


def _unglued(segment: Segment, left: float) -> tuple[Segment, str]:
    """A segment whose number stands so close before the words that they were taken for one."""
    found = _NUMBERED.match(segment.words.text)
    if not found or not is_heading(segment.words.text[found.end() :]):
        return segment, ""
    words = segment.words.part(found.end(), len(segment.words.text))
    return replace(segment, left=left, words=words), found[1]
