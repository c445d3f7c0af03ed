"""Paragraphs brought into the form Fountain can hold; how that form is written down is `fountain_out.py`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from studio.scripts.elements import Emphasis, Kind, Side, Span
from studio.scripts.formats.draft import Paragraph
from studio.scripts.headings import number_at
from studio.scripts.inline import MAX_EMPHASISED

SPOKEN = frozenset({Kind.PARENTHETICAL, Kind.DIALOGUE, Kind.LYRICS})
HIDDEN = frozenset({Kind.NOTE, Kind.BONEYARD})

_LINE_END = re.compile(r"\r\n|\r")
_NO_NUMBER = re.compile(r"[^\w.\-]+")
_LONGEST_CUE = 120
_LONGEST_PARENTHETICAL = 4
_LONGEST_PARENTHETICAL_LINE = 900


@dataclass(frozen=True, slots=True)
class Words:
    """One line with its emphasis."""

    text: str
    spans: tuple[Span, ...] = ()

    def part(self, left: int, right: int) -> Words:
        kept = (replace(s, start=max(s.start, left) - left, end=min(s.end, right) - left) for s in self.spans)
        return Words(self.text[left:right], tuple(s for s in kept if s.start < s.end))

    def trimmed(self) -> Words:
        left = len(self.text) - len(self.text.lstrip())
        return self.part(left, max(left, len(self.text.rstrip())))

    def lines(self) -> list[Words]:
        parts: list[Words] = []
        at = 0
        for line in self.text.split("\n"):
            parts.append(self.part(at, at + len(line)))
            at += len(line) + 1
        return parts


def joined(lines: Sequence[Words], between: str = "\n") -> Words:
    """Several lines as one text."""
    spans: list[Span] = []
    at = 0
    for line in lines:
        spans += [replace(s, start=s.start + at, end=s.end + at) for s in line.spans]
        at += len(line.text) + len(between)
    return Words(between.join(line.text for line in lines), tuple(spans))


def settled(paragraphs: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs as Fountain can hold them; settling them again changes nothing.

    Words stay. What changes: empty paragraphs go, what is spoken without a cue is action, an action ends at an empty line,
    a heading, cue, transition, section or synopsis is one line, spoken paragraphs of one kind that follow each other are
    one, a column of a dual dialogue needs the other, an underline covers whole words, a heading does not begin with a full
    stop, "]]" in a note gets a space.
    """
    tidied = [part for paragraph in _with_cues(paragraphs) for part in _tidied(paragraph)]
    return tuple(_beside(_merged(list(_with_cues(tidied)))))


def _with_cues(paragraphs: Iterable[Paragraph]) -> Iterable[Paragraph]:
    """What is spoken has a cue above it; the rest is action, and a cue too long to be one ends the speech before it."""
    speaking = False
    for each in paragraphs:
        if each.kind is Kind.CHARACTER and len(each.text.strip(" ^")) > _LONGEST_CUE - 10:
            each = replace(each, kind=Kind.ACTION)
        if each.kind in SPOKEN and not speaking and each.kind is not Kind.LYRICS:
            each = _bracketed(each) if each.kind is Kind.PARENTHETICAL else each
            each = replace(each, kind=Kind.ACTION)
        if each.kind is Kind.TITLE:
            each = replace(each, kind=Kind.ACTION)
        if each.kind is Kind.CHARACTER:
            speaking = bool(each.text.strip(" ^\t\n\r"))
        elif each.kind not in SPOKEN and each.kind not in HIDDEN and each.kind is not Kind.BLANK:
            speaking = False
        yield each


def _bracketed(each: Paragraph) -> Paragraph:
    words = joined([Words("("), Words(each.text, each.spans), Words(")")], "")
    return replace(each, text=words.text, spans=words.spans)


def _tidied(each: Paragraph) -> list[Paragraph]:
    """A paragraph in its own form, or the several it makes. Its notes stay at the last."""
    if each.kind is Kind.BLANK:
        return [replace(_plain(each), kind=Kind.NOTE, text=note) for note in _notes(each)]
    if each.kind in HIDDEN:
        own = replace(_plain(each), text=_hidden_text(each.text, each.kind))
        return [replace(own, notes=()), *(replace(own, kind=Kind.NOTE, text=n, notes=()) for n in _notes(each))]
    if each.kind is Kind.PAGE_BREAK:
        return [replace(_plain(each), notes=_notes(each))]
    text = _LINE_END.sub("\n", each.text) if "\r" in each.text else each.text
    shift = text != each.text
    parts = _shaped(each, Words(text, () if shift else each.spans))
    made = [replace(part, text=part.text, spans=_spans(part.text, part.spans)) for part in parts if part.text]
    notes = _notes(each)
    if not made:
        return [replace(_plain(each), kind=Kind.NOTE, text=note) for note in notes]
    return [*(replace(part, notes=()) for part in made[:-1]), replace(made[-1], notes=notes)]


def _plain(each: Paragraph) -> Paragraph:
    return Paragraph(each.kind, "", place=each.place, certain=each.certain)


def _notes(each: Paragraph) -> tuple[str, ...]:
    return tuple(_hidden_text(note, Kind.NOTE) for note in each.notes)


def _hidden_text(text: str, kind: Kind) -> str:
    lines = [line.rstrip() for line in _LINE_END.sub("\n", text).strip().split("\n")]
    text = "\n".join(lines)
    if kind is Kind.BONEYARD:
        return text.replace("*/", "* /")
    body = text.rstrip("]")
    return re.sub(r"\](?=\])|/(?=\*)", r"\g<0> ", body) + text[len(body) :]


def _shaped(each: Paragraph, words: Words) -> list[Paragraph]:
    """The words laid out as their kind wants them."""
    bare = Paragraph(each.kind, "", side=each.side if each.kind in SPOKEN else Side.NONE)
    bare = replace(bare, place=each.place, certain=each.certain)

    def made(words: Words, **more: object) -> Paragraph:
        return replace(bare, text=words.text, spans=words.spans, **more)  # pyright: ignore[reportArgumentType]

    lines = words.lines()
    match each.kind:
        case Kind.ACTION:
            return [made(_dedented(run)) for run in _runs(lines)]
        case Kind.CENTERED:
            return [made(line) for line in map(Words.trimmed, lines) if line.text]
        case Kind.DIALOGUE:
            return [made(joined(_spaced(lines)))]
        case Kind.LYRICS:
            return [made(_without_edges(joined([line.trimmed() for line in lines])))]
        case Kind.PARENTHETICAL:
            return _parenthetical(made(_kept(lines)))
        case Kind.SCENE_HEADING:
            return _heading(made(_kept(lines, " ")), each.number)
        case Kind.CHARACTER:
            line = _kept(lines, " ")
            while line.text.endswith("^"):
                line = line.part(0, len(line.text) - 1).trimmed()
            return [made(line, side=each.side)]
        case Kind.SECTION:
            return [made(_kept(lines, " "), depth=min(max(each.depth, 1), 6))]
        case Kind.TRANSITION:
            line = _kept(lines, " ")
            return [replace(made(line), kind=Kind.ACTION if line.text.endswith("<") else Kind.TRANSITION)]
        case _:
            return [made(_kept(lines, " "))]


def _runs(lines: list[Words]) -> list[list[Words]]:
    """Lines that stand together, without empty ones."""
    runs: list[list[Words]] = [[]]
    for line in lines:
        if line.text.strip():
            runs[-1].append(line.part(0, len(line.text.rstrip())))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _dedented(lines: list[Words]) -> Words:
    indent = min(len(line.text) - len(line.text.lstrip()) for line in lines)
    return joined([line.part(indent, len(line.text)) for line in lines])


def _kept(lines: list[Words], between: str = "\n") -> Words:
    return joined([line for line in map(Words.trimmed, lines) if line.text], between)


def _spaced(lines: list[Words]) -> list[Words]:
    """Spoken lines with at most one empty line between them."""
    kept: list[Words] = []
    for line in map(Words.trimmed, lines):
        if line.text or (kept and kept[-1].text):
            kept.append(line)
    return kept[:-1] if kept and not kept[-1].text else kept


def _without_edges(words: Words) -> Words:
    left = len(words.text) - len(words.text.lstrip("\n"))
    return words.part(left, max(left, len(words.text.rstrip("\n"))))


def _parenthetical(each: Paragraph) -> list[Paragraph]:
    """Brackets that do not close, or stretch over a page, are words somebody says."""
    words = Words(each.text, each.spans)
    if each.text.count("\n") >= _LONGEST_PARENTHETICAL:
        words = joined(words.lines(), " ")
    depth = 0
    balanced = True
    for letter in words.text:
        depth += (letter == "(") - (letter == ")")
        balanced = balanced and depth >= 0
    fits = all(len(line) <= _LONGEST_PARENTHETICAL_LINE for line in words.text.split("\n"))
    if each.text and (depth or not balanced or not fits):
        return [replace(_bracketed(each), kind=Kind.DIALOGUE)]
    return [replace(each, text=words.text, spans=words.spans)]


def _heading(each: Paragraph, number: str) -> list[Paragraph]:
    words = Words(each.text, each.spans)
    number = _NO_NUMBER.sub("-", number.strip()).strip("-")[:24]
    if not number:
        end, number = number_at(words.text)
        words = words.part(0, end)
    left = len(words.text) - len(words.text.lstrip(". \t"))
    words = words.part(left, len(words.text)).trimmed()
    return [replace(each, text=words.text, spans=words.spans, number=number)]


# Emphasis


def _spans(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    if not spans:
        return ()
    made = [_line_spans(line) for line in Words(text, spans).lines()]
    return joined(made).spans


def _line_spans(line: Words) -> Words:
    """Emphasis as its marks can say it: from a letter to a letter of one line, each kind in one piece."""
    if len(line.text) + 8 * len(line.spans) > MAX_EMPHASISED // 2:
        return Words(line.text)
    spans = _united(list(line.spans))
    for _ in range(8):
        before = spans
        moved = [_moved(line.text, span) for span in spans]
        spans = _united([span for span in moved if span.start < span.end])
        if spans == before:
            break
    return Words(line.text, spans)


def _moved(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start > 0 and text[start - 1] == "\\":
        start -= 1
    while end > start and text[end - 1] == "\\":
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if span.emphasis is Emphasis.UNDERLINE and start < end:
        while start > 0 and text[start - 1].isalnum():
            start -= 1
        while end < len(text) and text[end].isalnum():
            end += 1
    return Span(span.emphasis, start, end)


def _united(spans: list[Span]) -> tuple[Span, ...]:
    """In order, those of a kind that touch made one."""
    last: dict[Emphasis, Span] = {}
    done: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        before = last.get(span.emphasis)
        if before and span.start <= before.end:
            last[span.emphasis] = replace(before, end=max(before.end, span.end))
            continue
        if before:
            done.append(before)
        last[span.emphasis] = span
    return tuple(sorted([*done, *last.values()], key=span_order))


def span_order(span: Span) -> tuple[int, int, str]:
    """By place, then by name: the one order spans are compared in."""
    return span.start, span.end, span.emphasis


# Speeches


def speeches(paragraphs: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """Paragraphs in groups: a cue with what belongs to its speech, every other paragraph alone."""
    groups: list[list[Paragraph]] = []
    speaking = False
    for index, each in enumerate(paragraphs):
        follows = each.kind in SPOKEN or (each.kind in HIDDEN and _speech_goes_on(paragraphs, index))
        if speaking and follows and not _apart(groups[-1][-1], each, paragraphs, index):
            groups[-1].append(each)
            continue
        speaking = each.kind is Kind.CHARACTER
        groups.append([each])
    return groups


def _speech_goes_on(paragraphs: Sequence[Paragraph], index: int) -> bool:
    while index < len(paragraphs) and paragraphs[index].kind in HIDDEN:
        index += 1
    return index < len(paragraphs) and paragraphs[index].kind in SPOKEN


def _apart(before: Paragraph, each: Paragraph, paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether two lyrics stand apart: nothing else is said after them, so the second is a song of its own."""
    if not (before.kind is Kind.LYRICS and each.kind is Kind.LYRICS and each.side is Side.NONE):
        return False
    while index < len(paragraphs) and (paragraphs[index].kind in HIDDEN or paragraphs[index].kind is Kind.LYRICS):
        index += 1
    return not (index < len(paragraphs) and paragraphs[index].kind in SPOKEN)


def _merged(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Words of one kind that follow each other in a speech are one paragraph, as the lines of it would be."""
    made: list[Paragraph] = []
    for group in speeches(paragraphs):
        for each in group:
            before = made[-1] if made and each is not group[0] else None
            if before and before.kind is each.kind and each.kind in (Kind.DIALOGUE, Kind.LYRICS):
                words = joined([Words(before.text, before.spans), Words(each.text, each.spans)])
                notes = (*before.notes, *each.notes)
                certain = before.certain and each.certain
                made[-1] = replace(before, text=words.text, spans=words.spans, notes=notes, certain=certain)
            else:
                made.append(each)
    return made


def _beside(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Both columns of a dual dialogue, or neither: a right speech stands after another one, a left one before a right one."""
    groups = speeches(paragraphs)
    talks = [index for index, group in enumerate(groups) if group[0].kind is Kind.CHARACTER]
    sides = dict.fromkeys(range(len(groups)), Side.NONE)
    last = -1
    for index in talks:
        adjacent = last >= 0 and all(groups[at][0].kind in HIDDEN for at in range(last + 1, index))
        if groups[index][0].side is Side.RIGHT and adjacent:
            sides[index] = Side.RIGHT
            if sides[last] is Side.NONE:
                sides[last] = Side.LEFT
        last = index
    return [
        replace(each, side=Side.NONE if each.kind in HIDDEN else sides[index])
        for index, group in enumerate(groups)
        for each in group
    ]
