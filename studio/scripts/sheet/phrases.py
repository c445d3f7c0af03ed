"""Finding named things in a text: nouns of the word lists where they stand as things, with the words that describe them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from studio.scripts.sheet.categories import Category
from studio.scripts.sheet.things import (
    ALSO_VERBS,
    DENYING,
    DESCRIBING,
    OTHER_HEADS,
    PEOPLE,
    PLURAL,
    POINTING,
    THINGS,
    UNCOUNTED,
    singular,
)

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?(?:-[^\W\d_]+)*|\d+|[^\w\s]|\n")
_MOST_DESCRIBING = 3
_COMPARED = 4  # words a comparison reaches
_CHAIN = frozenset((",", "and", "or", "&"))


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a mark of a text: as written, in lower case, and where it begins."""

    text: str
    low: str
    start: int

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A thing named at `tokens[first:end]`; `head` is its noun in the singular, `name` the noun with what describes it."""

    category: Category
    head: str
    name: str
    first: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """The words and marks of a text."""
    return [Token(m[0], m[0].lower().replace("’", "'"), m.start()) for m in _TOKEN.finditer(text)]


def phrases_of(tokens: list[Token], names: frozenset[str]) -> Iterator[Phrase]:
    """The things named in a text, in order. `names` are words of people's names: those in capitals are no things."""
    at = 0
    last_end = -2
    while at < len(tokens):
        length, head = _noun_at(tokens, at)
        if not length or (tokens[at].text.isupper() and tokens[at].text in names):
            at += 1
            continue
        end = at + length
        if not _another_head(tokens, at, end):
            first = _described_from(tokens, at)
            if _stands_as_thing(tokens, first, at, end, chained=_chained(tokens, first, last_end)):
                words = [token.low for token in tokens[first:at]]
                yield Phrase(THINGS[head], head, " ".join([*words, head]), first, end)
                last_end = end
        at = end


def begins(tokens: list[Token], at: int) -> bool:
    """Whether a sentence begins at this token."""
    return at <= 0 or tokens[at - 1].text in '.!?:;\n-–—("“'


def _noun_at(tokens: list[Token], at: int) -> tuple[int, str]:
    """How many tokens the noun at a place takes (none: 0) and what it is in the singular; two words win over one."""
    if not tokens[at].is_word:
        return 0, ""
    if at + 1 < len(tokens) and tokens[at + 1].is_word:
        pair = f"{tokens[at].low} {singular(tokens[at + 1].low)}"
        if pair in THINGS:
            return 2, pair
    low = tokens[at].low
    word = low if low in THINGS else singular(low)
    return (1, word) if word in THINGS else (0, "")


def _another_head(tokens: list[Token], at: int, end: int) -> bool:
    """Whether the noun only describes the next one: "car keys", "train station"."""
    if end >= len(tokens) or not tokens[end].is_word:
        return False
    noun = tokens[end - 1].low
    if noun in PLURAL or noun != singular(noun):
        return False  # "two glasses stand"
    following = tokens[end].low
    one = singular(following)
    if following != one and one in ALSO_VERBS:
        return False  # "the phone rings"
    return following in OTHER_HEADS or one in THINGS or following in PEOPLE


def _described_from(tokens: list[Token], at: int) -> int:
    """Where the words that describe a noun begin."""
    first = at
    while first and at - first < _MOST_DESCRIBING:
        before = tokens[first - 1]
        if not before.is_word or not (before.low in DESCRIBING or _modifies(before)):
            break
        first -= 1
    return first


def _modifies(token: Token) -> bool:
    return token.low in THINGS and token.low not in PLURAL and token.low not in UNCOUNTED


def _stands_as_thing(tokens: list[Token], first: int, at: int, end: int, *, chained: bool) -> bool:
    noun = tokens[end - 1].low
    one = singular(noun)
    many = noun != one or one in PLURAL
    pointed = _pointed(tokens, first)
    if pointed is not None:
        return pointed and not (many and one in ALSO_VERBS and first < at and not _adjective(tokens[at - 1]))
    if chained:
        return True
    verb = one in ALSO_VERBS and one not in UNCOUNTED
    if begins(tokens, first):
        return (many or one in UNCOUNTED or first < at) and not verb and not _denied(tokens, first)
    return one in UNCOUNTED and one not in ALSO_VERBS and not _denied(tokens, first)


def _adjective(token: Token) -> bool:
    return token.low in DESCRIBING


def _pointed(tokens: list[Token], first: int) -> bool | None:
    """True after an article or the like, False where what stands there denies or compares, None without one."""
    if not first:
        return None
    before = tokens[first - 1]
    if before.low in DENYING:
        return False
    owned = before.low.endswith(("'s", "s'")) or (before.text in "'’" and first > 1)
    if before.low in POINTING or before.text.isdigit() or owned:
        return not _denied(tokens, first - 1)
    return None


def _denied(tokens: list[Token], first: int) -> bool:
    """Whether what follows is said not to be there, or only compared with: "like a herd of sheep"."""
    if first and tokens[first - 1].low in DENYING:
        return True
    for token in reversed(tokens[max(0, first - _COMPARED) : first]):
        if token.low == "like":
            return True
        if not token.is_word:
            break
    return False


def _chained(tokens: list[Token], first: int, last_end: int) -> bool:
    """Whether this goes on a row of things: "a coat, hat and gloves"."""
    between = [token.low for token in tokens[max(last_end, 0) : first]]
    return last_end > 0 and 0 < len(between) <= 2 and all(low in _CHAIN for low in between)
