"""Where the kinds of paragraphs stand in one file: its columns, measured from its own lines and from nothing else."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from studio.scripts.formats.pages.margins import BodyRow, action_left
from studio.scripts.headings import is_heading

_EXTENSION = re.compile(r"\([^()]*\)?")
_FEW = 8


@dataclass(frozen=True, slots=True)
class Columns:
    """In points: where action, dialogue and cues begin, where lines end, and how wide a letter is."""

    action: float
    dialogue: float
    cue: float
    right: float
    letter: float
    limits: dict[int, float]

    def near(self, left: float, column: float, letters: float = 1.5) -> bool:
        return abs(left - column) <= letters * self.letter

    def centered(self, row: BodyRow) -> bool:
        middle = (self.action + self.right) / 2
        return abs((row.row.left + row.row.right) / 2 - middle) <= 1.5 * self.letter

    def limit(self, left: float) -> float | None:
        """Where lines that begin here end at the latest; None when too few do to know."""
        return self.limits.get(round(left / self.letter))


def measured(rows: Sequence[BodyRow]) -> Columns:
    """The columns of a file."""
    letter = statistics.median([row.row.column for row in rows]) if rows else 7.2
    action = action_left([row.row for row in rows])
    cues = [(above, below) for above, below in pairwise(rows) if _speech(above, below, action, letter)]
    cue = _usual([above.row.left for above, _ in cues], action + 22 * letter)
    spoken = [below.row.left for _, below in cues if not below.row.text.startswith("(") and below.row.left < cue]
    dialogue = _usual(spoken, (action + cue) / 2)
    rights = sorted(row.row.right for row in rows if row.row.left < action + letter)
    right = rights[int(len(rights) * 0.99)] if rights else action + 60 * letter
    right = max(right, action + 45 * letter)
    return Columns(action, dialogue, cue, right, letter, _limits(rows, letter))


def capitals(text: str) -> bool:
    """Whether the words outside brackets are in capitals."""
    name = _EXTENSION.sub("", text)
    return any(c.isalpha() for c in name) and name == name.upper()


def _speech(above: BodyRow, below: BodyRow, action: float, letter: float) -> bool:
    """Whether two lines look like a cue and what is said: capitals well inside, words close below and further left."""
    row = above.row
    return (
        above.gap
        and not below.gap
        and len(row.segments) == 1
        and capitals(row.text)
        and not is_heading(row.text)
        and row.left > action + 8 * letter
        and action + 3 * letter < below.row.left < row.left - letter
    )


def _usual(places: Sequence[float], otherwise: float) -> float:
    """The place most lines share."""
    if not places:
        return otherwise
    common = Counter(round(place) for place in places).most_common(1)[0][0]
    return statistics.median([place for place in places if abs(place - common) < 2])


def _limits(rows: Sequence[BodyRow], letter: float) -> dict[int, float]:
    rights: dict[int, list[float]] = {}
    for row in rows:
        if len(row.row.segments) == 1:
            rights.setdefault(round(row.row.left / letter), []).append(row.row.right)
    return {left: sorted(found)[int(len(found) * 0.97)] for left, found in rights.items() if len(found) >= _FEW}
