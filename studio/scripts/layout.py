"""How much of a printed page a part of a screenplay takes, by an estimate of the usual layout."""

from __future__ import annotations

from collections.abc import Iterable

from studio.scripts.elements import Element, Kind, Side

LINES_A_PAGE = 55
SECONDS_AN_EIGHTH = 7.5  # a page plays for a minute

# Columns, and blank lines above. What is not here is not printed.
_COLUMNS = {
    Kind.SCENE_HEADING: (60, 1),
    Kind.ACTION: (60, 1),
    Kind.CENTERED: (60, 1),
    Kind.TRANSITION: (60, 1),
    Kind.CHARACTER: (38, 1),
    Kind.PARENTHETICAL: (25, 0),
    Kind.DIALOGUE: (35, 0),
    Kind.LYRICS: (35, 0),
}


def printed_lines(elements: Iterable[Element]) -> int:
    """Printed lines of some elements; the two columns of a dual dialogue stand beside each other."""
    total = 0
    beside = {Side.LEFT: 0, Side.RIGHT: 0}
    for element in elements:
        if element.kind not in _COLUMNS:
            continue
        columns, above = _COLUMNS[element.kind]
        count = above + wrapped_lines(element.text, columns)
        if element.side is Side.NONE:
            total += max(beside.values()) + count
            beside = {Side.LEFT: 0, Side.RIGHT: 0}
            continue
        if element.side is Side.LEFT and element.kind is Kind.CHARACTER:
            total += max(beside.values())
            beside = {Side.LEFT: 0, Side.RIGHT: 0}
        beside[element.side] += count
    return total + max(beside.values())


def wrapped_lines(text: str, columns: int) -> int:
    """Lines a text takes when wrapped at words to so many columns; a longer word is broken."""
    return sum(_wrapped(line, columns) for line in text.split("\n"))


def _wrapped(line: str, columns: int) -> int:
    if len(line) <= columns:
        return 1
    lines = 1
    used = 0
    for word in line.split():
        length = len(word)
        if used and used + 1 + length > columns:
            lines += 1
            used = 0
        used += length + (1 if used else 0)
        if used > columns:
            lines += (used - 1) // columns
            used = (used - 1) % columns + 1
    return lines


def eighths(elements: Iterable[Element]) -> int:
    """Eighths of a page, at least one."""
    return max(1, round(printed_lines(elements) / LINES_A_PAGE * 8))
