"""Collects what a reader finds in a file, in its order, with what cannot be kept; what Fountain can hold is `settled.py`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import accumulate, pairwise

from studio.core.errors import LimitReached
from studio.scripts.elements import Emphasis, Kind, Side, Span
from studio.scripts.formats.draft import Draft, Format, Loss, Paragraph
from studio.scripts.formats.settled import SPOKEN, Words, joined, settled

TOO_LONG = "This script is far longer than a film. Split it into parts and bring each in."
_MOST_PARAGRAPHS = 40_000
# More than any paragraph has: times its lines, what laying it out takes.
_MOST_SPANS = 200_000
_NUMBER = re.compile(r"[\w.\-]{1,24}")
_PADDED = re.compile(r"[ \t]*\n\s*(\S.*?)\s*\n[ \t]*", re.DOTALL)


class Gathering:
    """Takes typed paragraphs one by one; `draft` is what came of them.

    What is spoken without a cue above it is kept, as action that a person is asked to look at.
    """

    def __init__(self) -> None:
        self._paragraphs: list[Paragraph] = []
        self._lost: Counter[str] = Counter()
        self._speaking = False
        self._strays = 0
        self._guesses = 0

    def add(
        self,
        kind: Kind,
        words: Words,
        *,
        number: str = "",
        side: Side = Side.NONE,
        notes: tuple[str, ...] = (),
        depth: int = 0,
        place: str = "",
        certain: bool = True,
    ) -> None:
        """One paragraph of the file; one without words is only its notes.

        Raises: LimitReached when there are more than any script has.
        """
        if len(self._paragraphs) >= _MOST_PARAGRAPHS:
            raise LimitReached(TOO_LONG)
        if kind is not Kind.PAGE_BREAK and not words.text.strip():
            for note in notes:
                self.note(note, place)
            return
        if kind in SPOKEN and kind is not Kind.LYRICS and not self._speaking:
            self._strays += 1
            certain = False
        if kind is Kind.CHARACTER:
            self._speaking = True
        elif kind not in SPOKEN:
            self._speaking = False
        self._guesses += not certain
        if len(words.spans) * (words.text.count("\n") + 1) > _MOST_SPANS:
            self.lose("emphasised words", len(words.spans))
            words = Words(words.text)
        number = self._scene_number(kind, number.strip())
        self._paragraphs.append(
            Paragraph(kind, words.text, words.spans, number, side, notes, depth, place=place, certain=certain)
        )

    def note(self, text: str, place: str = "") -> None:
        """A note that stands alone; a speech goes on over it."""
        if text.strip():
            self._paragraphs.append(Paragraph(Kind.NOTE, text, place=place))

    def boneyard(self, text: str, place: str = "") -> None:
        """Words kept out of the script; a speech goes on over them."""
        if text.strip():
            self._paragraphs.append(Paragraph(Kind.BONEYARD, text, place=place))

    def lose(self, what: str, count: int = 1) -> None:
        """Count something that cannot be kept."""
        if count:
            self._lost[what] += count

    @property
    def speaking(self) -> bool:
        """Whether words here belong to a cue."""
        return self._speaking

    def draft(self, form: Format, title_page: tuple[tuple[str, str], ...] = (), *warnings: str) -> Draft:
        """All of it, in the form Fountain can hold."""
        losses = tuple(Loss(what, count) for what, count in self._lost.items())
        return Draft(form, title_page, settled(self._paragraphs), losses, (*warnings, *self._sentences()))

    def _sentences(self) -> list[str]:
        said: list[str] = []
        if self._strays:
            lines = "1 spoken line has" if self._strays == 1 else f"{self._strays} spoken lines have"
            said.append(f"{lines} no character above and became action. Look at the marked lines and give them a type.")
        if guesses := self._guesses - self._strays:
            lines = "1 paragraph" if guesses == 1 else f"{guesses} paragraphs"
            said.append(f"The type of {lines} was guessed. Look at the marked lines and change what is wrong.")
        return said

    def _scene_number(self, kind: Kind, number: str) -> str:
        if number and kind is not Kind.SCENE_HEADING:
            self.lose("numbers of lines that are not scene headings")
            return ""
        if number and not _NUMBER.fullmatch(number):
            self.lose("signs in scene numbers other than letters, digits, dashes and full stops")
        return number


def styled(text: str, *emphases: Emphasis) -> Words:
    """Words emphasised all over."""
    return Words(text, tuple(Span(each, 0, len(text)) for each in emphases) if text else ())


def together(runs: Iterable[Words]) -> Words:
    """Runs in a row as one text; emphasis that goes on from one into the next is one span."""
    words = joined(list(runs), "")
    whole: dict[Emphasis, list[Span]] = {}
    for span in words.spans:
        before = whole.setdefault(span.emphasis, [])
        if before and before[-1].end >= span.start:
            before[-1] = replace(before[-1], end=max(before[-1].end, span.end))
        else:
            before.append(span)
    return Words(words.text, tuple(span for spans in whole.values() for span in spans))


def capitals(words: Words) -> Words:
    """The same in capitals; one letter may become two."""
    letters = [letter.upper() for letter in words.text]
    ends = [0, *accumulate(map(len, letters))]
    spans = tuple(replace(span, start=ends[span.start], end=ends[span.end]) for span in words.spans)
    return Words("".join(letters), spans)


def without_brackets(words: Words) -> Words:
    """A parenthetical without the pair of brackets around it, or one that was opened or closed only."""
    words = words.trimmed()
    text = words.text
    opens, closes = text.startswith("("), text.endswith(")")
    if opens and closes and _pair(text):
        return words.part(1, len(text) - 1).trimmed()
    if opens and text.count("(") > text.count(")"):
        return words.part(1, len(text)).trimmed()
    if closes and text.count(")") > text.count("("):
        return words.part(0, len(text) - 1).trimmed()
    return words


def unpadded(texts: list[str]) -> list[str]:
    """The runs of a paragraph without the indent of a program that has set every one of them on lines of its own."""
    found = [_PADDED.fullmatch(text) for text in texts]
    return [match[1] for match in found if match] if all(found) else texts


def emphases_at(words: Words) -> list[tuple[str, frozenset[Emphasis]]]:
    """The words cut where their emphasis changes, each part with its own."""
    turns: dict[int, Counter[Emphasis]] = {0: Counter(), len(words.text): Counter()}
    for span in words.spans:
        turns.setdefault(span.start, Counter())[span.emphasis] += 1
        turns.setdefault(span.end, Counter())[span.emphasis] -= 1
    held: Counter[Emphasis] = Counter()
    parts: list[tuple[str, frozenset[Emphasis]]] = []
    for left, right in pairwise(sorted(turns)):
        held.update(turns[left])
        parts.append((words.text[left:right], frozenset(emphasis for emphasis in Emphasis if held[emphasis] > 0)))
    return parts


def _pair(text: str) -> bool:
    """Whether the first bracket closes with the last letter."""
    depth = 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return at == len(text) - 1
    return False
