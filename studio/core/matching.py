"""Finding typed words in columns whatever their case and accents, without an index and without extensions, on both databases."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, LargeBinary, and_, cast, func, or_

from studio.core.db import UnitOfWork

_BLOCKS = ((0x41, 0x250), (0x370, 0x530), (0x1E00, 0x2000))
_MOST_WORDS = 8


def words_of(text: str) -> tuple[str, ...]:
    """The words somebody typed, folded; at most eight of them, 60 characters each."""
    return tuple(folded(word)[:60] for word in text.split()[:_MOST_WORDS])


def folded(text: str) -> str:
    """A text without case and accents: "Café" and "CAFÉ" are "cafe"."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def holds(text: str, words: tuple[str, ...]) -> bool:
    """Whether a text holds every word, folded as they are."""
    plain = folded(text)
    return all(word in plain for word in words)


def rank(text: str, words: tuple[str, ...]) -> int:
    """How well a text that holds the words fits: 0 it begins with them, 1 a word of it does, 2 they are inside."""
    plain = folded(text)
    if plain.startswith(" ".join(words)):
        return 0
    return 1 if all(re.search(rf"\b{re.escape(word)}", plain) for word in words) else 2


def matches(uow: UnitOfWork, column: Any, words: tuple[str, ...]) -> ColumnElement[bool]:
    """A condition: the column holds every word. Words are bound values, never part of the query's text."""
    if uow.session.get_bind().dialect.name == "sqlite":
        return and_(*(_held_in_sqlite(column, word) for word in words))
    return and_(*(column.op("~")("".join(_regex(c) for c in word)) for word in words))


def _held_in_sqlite(column: Any, word: str) -> ColumnElement[bool]:
    """SQLite's LIKE is quick and knows the case of ASCII, which most texts are; the others are compared letter by letter."""
    accented = func.length(column) != func.length(cast(column, LargeBinary))
    slow = and_(accented, column.op("GLOB")("*" + "".join(_glob(c) for c in word) + "*"))
    if not word.isascii():
        return slow
    pattern = "%" + re.sub(r"([%_@])", r"@\1", word) + "%"
    return or_(column.like(pattern, escape="@"), slow)


def _glob(letter: str) -> str:
    alike = _alike().get(letter, "")
    if alike:
        return f"[{alike}]"
    return f"[{letter}]" if letter in "*?[" else letter


def _regex(letter: str) -> str:
    alike = _alike().get(letter, "")
    if alike:
        return f"[{alike}]"
    return letter if letter.isalnum() or letter.isspace() else f"\\{letter}"


@lru_cache(maxsize=1)
def _alike() -> dict[str, str]:
    """All ways to write a letter: "e" gives "Eeéèê..."; letters and digits only, so that no class has a sign of its own."""
    found: dict[str, str] = {}
    for first, last in _BLOCKS:
        for code in range(first, last):
            letter = chr(code)
            plain = folded(letter)
            if letter.isalpha() and len(plain) == 1 and plain.isalpha():
                found[plain] = found.get(plain, "") + letter
    return found
