"""Fountain text to a screenplay whose elements tile the source; what stands inside a line is `inline.py`.

Source: Fountain syntax 1.1 (fountain.io/syntax). It goes further than the syntax where sloppy text would otherwise be
read aloud or lost: an all-capitals "INT. KITCHEN - DAY" is a heading without its blank lines, a camera direction in
capitals ("CLOSE ON MARA") is no cue, and a hidden line (note, boneyard) does not break a speech.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from studio.scripts.elements import Element, Emphasis, Kind, Note, Screenplay, Side, Span, source_offset, written
from studio.scripts.headings import is_certain_heading, number_at, opens_scene
from studio.scripts.inline import Deadline, Line, PlainText, logical_lines, notes_in
from studio.scripts.titlepage import title_page

__all__ = [
    "Element",
    "Emphasis",
    "Kind",
    "Note",
    "Screenplay",
    "Side",
    "Span",
    "parse",
    "remembered",
    "source_offset",
    "written",
]

_TWO_SPACES = "  "
_LONGEST_PARENTHETICAL = 4  # lines
_LONGEST_PARENTHETICAL_LINE = 1000  # characters
_LONGEST_CUE = 120  # characters
_CAMERA = re.compile(
    r"(?:FADE (?:IN|OUT|TO)|CUT TO|SMASH CUT|DISSOLVE TO|CLOSE[- ](?:ON|UP)|CLOSER ON|ANGLE ON|WIDE (?:ON|SHOT)|BACK TO|"
    r"INSERT|INTERCUT|MONTAGE|SERIES OF SHOTS|FLASHBACK|END OF|THE END|MOMENTS LATER|LATER|CONTINUOUS|POV|"
    r"[\w' ]+['’]S POV)\b(?![\w'’])|(?:SUPER|TITLE|CAPTION|CARD)S?:"
)
_EXTENSION = re.compile(r"\(([^()]*)\)")


def parse(text: str, *, time_limit_s: float = 10.0) -> Screenplay:
    """The screenplay in a Fountain text; every text is one, and `written` gives it back letter for letter.

    Raises: LimitReached when reading takes longer than the limit in seconds, or the text has too many lines.
    """
    deadline = Deadline(time_limit_s)
    return Screenplay(text, tuple(_Reader(text, logical_lines(text, deadline), deadline).elements()))


@lru_cache(maxsize=8)
def remembered(text: str) -> Screenplay:
    """As `parse`; the last eight are remembered, for a script is read several times while it is brought in and shown."""
    return parse(text)


@dataclass(frozen=True, slots=True)
class _Slice:
    """The words of an element on one line: `line.text[left:right]`."""

    line: Line
    left: int
    right: int


def _trimmed(line: Line, left: int = 0, right: int | None = None) -> _Slice:
    right = len(line.text) if right is None else right
    words = line.text[left:right]
    start = left + len(words) - len(words.lstrip())
    return _Slice(line, start, max(start, left + len(words.rstrip())))


def _said(line: Line) -> _Slice:
    """A spoken line; a backslash before what would begin something else is no word of it."""
    words = _trimmed(line)
    bare = line.text[words.left : words.right]
    escaped = bare[:1] == "\\" and begins_otherwise(bare[1:])
    return replace(words, left=words.left + 1) if escaped else words


class _Reader:
    """Walks the lines once. `_fresh` is true where a new kind of element may begin: after a blank line and its like."""

    def __init__(self, source: str, lines: list[Line], deadline: Deadline) -> None:
        self._source = source
        self._lines = lines
        self._deadline = deadline
        self._elements: list[Element] = []
        self._fresh = True
        self._speeches = (0, 0)  # the elements of the last dialogue, while nothing but blank has followed it

    def elements(self) -> list[Element]:
        at = self._title_page()
        while at < len(self._lines):
            self._deadline.check()
            at = self._step(at)
        return self._elements

    def _title_page(self) -> int:
        entries, end = title_page(self._lines)
        for entry in entries:
            slices = [_trimmed(self._lines[at], left) for at, left in entry.values]
            self._add(Kind.TITLE, entry.first, entry.last, slices, key=entry.key)
        return end

    def _step(self, at: int) -> int:
        """Read the element that begins at a line; the line after it."""
        line = self._lines[at]
        if line.only_hidden:
            return self._hidden(at)
        if not line.text.strip():
            return self._run(Kind.BLANK, at, lambda each: not each.text.strip() and not each.hidden)
        if self._single(at):
            self._fresh = True
            self._speeches = (0, 0)
            return at + 1
        if self._is_cue(at):
            return self._dialogue(at)
        self._speeches = (0, 0)
        if line.text.lstrip().startswith("~"):
            return self._lyrics(at, Side.NONE)
        return self._action(at)

    # Elements of one line

    def _single(self, at: int) -> bool:
        line = self._lines[at]
        bare = line.text.strip()
        mark = bare[0]
        if mark in "!~@":
            return False
        if mark in "=#>":
            return self._marked(at, bare)
        if self._is_heading(bare):
            forced = mark == "."
            words, number = number_at(line.text)
            left = line.text.index(".") + 1 if forced else 0
            self._add(Kind.SCENE_HEADING, at, at, [_trimmed(line, left, words)], forced=forced, number=number)
            return True
        # Two spaces after the colon say that a line is no transition.
        if self._fresh and _is_transition(bare) and not line.text.endswith(_TWO_SPACES):
            self._add(Kind.TRANSITION, at, at, [_trimmed(line)])
            return True
        return False

    def _marked(self, at: int, bare: str) -> bool:
        """Elements that begin with a mark of their own. A number sign within a paragraph ("#1 fan") is no section."""
        line = self._lines[at]
        left = line.text.index(bare[0])
        end = left + len(bare)
        if bare[0] == ">":
            if bare.endswith("<") and len(bare) > 1:
                self._add(Kind.CENTERED, at, at, [_trimmed(line, left + 1, end - 1)])
            else:
                self._add(Kind.TRANSITION, at, at, [_trimmed(line, left + 1)], forced=True)
            return True
        if len(bare) >= 3 and not bare.strip("="):
            self._add(Kind.PAGE_BREAK, at, at, [])
            return True
        depth = len(bare) - len(bare.lstrip("#"))
        apart = self._fresh or bare[max(depth, 1) : max(depth, 1) + 1].isspace()
        if depth and apart and depth <= 6 and len(bare) > depth:
            self._add(Kind.SECTION, at, at, [_trimmed(line, left + depth)], depth=depth)
            return True
        if apart and bare[0] == "=" and not bare.startswith("=="):
            self._add(Kind.SYNOPSIS, at, at, [_trimmed(line, left + 1)])
            return True
        return False

    def _is_heading(self, bare: str) -> bool:
        if not self._fresh:
            return is_certain_heading(bare) and opens_scene(bare)
        forced = bare[0] == "." and bare[1:2] not in ("", ".") and not bare[1].isspace()
        return forced or opens_scene(bare.lstrip("*_"))

    # Blocks

    def _action(self, at: int) -> int:
        """A paragraph: its lines up to a blank one or one that is something else. Its common indent is left out."""
        first = at
        self._fresh = False
        while at < len(self._lines) and (at == first or self._goes_on(at)):
            at += 1
        lines = self._lines[first:at]
        indent = min(len(line.text) - len(line.text.lstrip()) for line in lines)
        slices: list[_Slice] = []
        for line in lines:
            forced = line.text.lstrip().startswith("!")
            left = line.text.index("!") + 1 if forced else indent
            slices.append(_Slice(line, left, max(left, len(line.text.rstrip()))))
        self._add(Kind.ACTION, first, at - 1, slices, forced=lines[0].text.lstrip().startswith("!"))
        return at

    def _goes_on(self, at: int) -> bool:
        """Whether a line carries a paragraph of action on."""
        self._deadline.check()
        bare = self._lines[at].text.strip()
        return bool(bare) and not self._interrupts(at, bare) and not bare.startswith("~")

    def _interrupts(self, at: int, bare: str) -> bool:
        """Whether a line within a paragraph or a speech begins something else, though no blank line stands before it."""
        mark = bare[0]
        if mark == ">":
            return True
        if mark == "=":
            return (len(bare) >= 3 and not bare.strip("=")) or bare[1:2].isspace()
        if mark == "#":
            return re.match(r"#{1,6}\s", bare) is not None
        return is_certain_heading(bare)

    def _lyrics(self, at: int, side: Side) -> int:
        first = at
        while at < len(self._lines) and self._lines[at].text.lstrip().startswith("~"):
            self._deadline.check()
            at += 1
        slices = [_trimmed(line, line.text.index("~") + 1) for line in self._lines[first:at]]
        self._add(Kind.LYRICS, first, at - 1, slices, side=side)
        self._fresh = False
        return at

    def _hidden(self, at: int) -> int:
        """A line with nothing but notes or boneyard: its text is what they hold, one to a line."""
        line = self._lines[at]
        notes = [part for part in line.hidden if part.note]
        text = ""
        runs: list[tuple[int, int]] = []
        for part in notes or line.hidden:
            held = self._source[part.start + 2 : part.end - 2]
            if text:
                runs.append((len(text), part.start))
                text += "\n"
            runs.append((len(text), part.start + 2 + len(held) - len(held.lstrip())))
            text += held.strip()
        kind = Kind.NOTE if notes else Kind.BONEYARD
        self._elements.append(
            Element(kind, line.start, line.end, text, tuple(runs), notes=notes_in(self._source, [line]))
        )
        self._fresh = True
        return at + 1

    # Dialogue

    def _is_cue(self, at: int) -> bool:
        """A forced cue, or capitals after a blank line with words below. Source: Fountain syntax, "Character"."""
        bare = self._lines[at].text.strip()
        if not self._fresh or len(bare) > _LONGEST_CUE:
            return False
        if bare[0] == "@":
            return len(bare) > 1
        if bare[0] in "!~":
            return False
        return self._speech_follows(at) and _is_cue_name(bare)

    def _speech_follows(self, at: int) -> bool:
        at += 1
        while at < len(self._lines) and self._lines[at].only_hidden:
            at += 1
        return at < len(self._lines) and bool(self._lines[at].text.strip())

    def _dialogue(self, at: int) -> int:
        """A cue with all that is spoken under it."""
        side = self._cue(at)
        first = len(self._elements) - 1
        at += 1
        while at < len(self._lines):
            self._deadline.check()
            line = self._lines[at]
            if line.only_hidden:
                at = self._hidden(at)
            elif self._speech_ends(at):
                break
            elif line.text.lstrip().startswith("~"):
                at = self._lyrics(at, side)
            elif lines := self._parenthetical(at):
                self._add(Kind.PARENTHETICAL, at, at + lines - 1, self._within_brackets(at, lines), side=side)
                at += lines
            else:
                at = self._spoken(at, side)
        self._fresh = True
        self._speeches = (first, len(self._elements))
        return at

    def _cue(self, at: int) -> Side:
        line = self._lines[at]
        words = _trimmed(line)
        bare = line.text.strip()
        dual = bare.endswith("^")
        if dual:
            words = _trimmed(line, words.left, words.right - 1)
        forced = bare[0] == "@"
        if forced:
            words = _trimmed(line, words.left + 1, words.right)
        side = Side.RIGHT if dual and self._beside() else Side.NONE
        self._add(Kind.CHARACTER, at, at, [words], side=side, forced=forced)
        cue = self._elements[-1]
        name = " ".join(_EXTENSION.sub(" ", cue.text).split())
        extensions = tuple(" ".join(found.split()) for found in _EXTENSION.findall(cue.text))
        self._elements[-1] = replace(cue, name=name, extensions=extensions)
        return side

    def _beside(self) -> bool:
        """Put the dialogue before this one into the left column, if there is one."""
        first, last = self._speeches
        for index in range(first, last):
            element = self._elements[index]
            if element.side is Side.NONE and element.kind not in (Kind.NOTE, Kind.BONEYARD, Kind.BLANK):
                self._elements[index] = replace(element, side=Side.LEFT)
        return last > first

    def _speech_ends(self, at: int) -> bool:
        text = self._lines[at].text
        bare = text.strip()
        if not bare:
            return not (text == _TWO_SPACES and self._speech_resumes(at))
        if bare[0] == "\\":
            return False
        if bare[0] == "!" or self._interrupts(at, bare):
            return True
        return _is_transition(bare) and not self._has_words(at + 1)

    def _speech_resumes(self, at: int) -> bool:
        """Whether words follow a line of two spaces, and not the start of something else."""
        if not self._has_words(at + 1):
            return False
        bare = self._lines[at + 1].text.strip()
        return not (opens_scene(bare) or self._interrupts(at + 1, bare))

    def _has_words(self, at: int) -> bool:
        return at < len(self._lines) and bool(self._lines[at].text.strip())

    def _parenthetical(self, at: int) -> int:
        """How many lines a parenthetical beginning at a line takes; 0 when there is none."""
        if not self._lines[at].text.lstrip().startswith("("):
            return 0
        self._deadline.check()
        depth = 0
        for count, line in enumerate(self._lines[at : at + _LONGEST_PARENTHETICAL], start=1):
            bare = line.text.strip()
            if not bare or len(bare) > _LONGEST_PARENTHETICAL_LINE:
                return 0
            for index, letter in enumerate(bare):
                depth += (letter == "(") - (letter == ")")
                if depth == 0:
                    return count if index == len(bare) - 1 else 0
        return 0

    def _within_brackets(self, at: int, count: int) -> list[_Slice]:
        lines = self._lines[at : at + count]
        left = lines[0].text.index("(") + 1
        right = lines[-1].text.rindex(")")
        if count == 1:
            return [_trimmed(lines[0], left, right)]
        return [_trimmed(lines[0], left), *map(_trimmed, lines[1:-1]), _trimmed(lines[-1], 0, right)]

    def _spoken(self, at: int, side: Side) -> int:
        first = at
        at += 1
        while at < len(self._lines) and not self._lines[at].only_hidden and not self._speech_ends(at):
            self._deadline.check()
            if self._lines[at].text.lstrip().startswith("~") or self._parenthetical(at):
                break
            at += 1
        self._add(Kind.DIALOGUE, first, at - 1, [_said(line) for line in self._lines[first:at]], side=side)
        return at

    # Building

    def _run(self, kind: Kind, at: int, belongs: Callable[[Line], bool]) -> int:
        first = at
        while at < len(self._lines) and belongs(self._lines[at]):
            self._deadline.check()
            at += 1
        self._elements.append(Element(kind, self._lines[first].start, self._lines[at - 1].end, ""))
        self._fresh = True
        return at

    def _add(
        self,
        kind: Kind,
        first: int,
        last: int,
        slices: list[_Slice],
        *,
        forced: bool = False,
        side: Side = Side.NONE,
        number: str = "",
        depth: int = 0,
        key: str = "",
    ) -> None:
        """Add an element over lines `first..last` that says these slices, one to a line."""
        words = PlainText(self._deadline)
        for index, part in enumerate(slices):
            if index:
                words.line_feed(slices[index - 1].line.ends)
            words.add(part.line, part.left, part.right)
        plain = words.plain()
        self._elements.append(
            Element(
                kind,
                self._lines[first].start,
                self._lines[last].end,
                plain.text,
                plain.runs,
                plain.spans,
                notes_in(self._source, self._lines[first : last + 1]),
                forced=forced,
                side=side,
                number=number,
                depth=depth,
                key=key,
            )
        )


def begins_otherwise(bare: str) -> bool:
    """Whether a trimmed line within a speech would be no words of it, were there no backslash before it."""
    return bool(bare) and (bare[0] in "~!>=#\\" or _opens_brackets(bare) or opens_scene(bare) or _is_transition(bare))


def _opens_brackets(bare: str) -> bool:
    """Whether a line begins a bracket that closes at its end, or on a later line."""
    depth = 0
    for index, letter in enumerate(bare):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return bare[0] == "(" and index == len(bare) - 1
    return depth > 0


def _is_transition(bare: str) -> bool:
    """Capitals that end in "TO:". Source: Fountain syntax, "Transition"."""
    return bare.endswith("TO:") and bare == bare.upper() and len(bare) <= _LONGEST_CUE


def _is_cue_name(bare: str) -> bool:
    name = _EXTENSION.sub("", bare.removesuffix("^")).strip()
    if not any(letter.isupper() for letter in name) or any(letter.islower() for letter in name):
        return False
    return not _CAMERA.match(name.lstrip("*_"))
