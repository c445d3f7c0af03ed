"""A scene as lines to write in: out of its Fountain text, and back so that untouched lines keep their bytes.

The lines of a scene tile its text: each holds the blank lines after it, the first those before it too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from studio.scripts import fountain
from studio.scripts.elements import Element, Kind, Side
from studio.scripts.headings import opens_scene
from studio.scripts.outline import SceneOutline

__all__ = ["SPEECH", "WRITTEN", "EditorLine", "composed", "lines_in", "lines_of"]

WRITTEN = frozenset(set(Kind) - {Kind.TITLE, Kind.BLANK})
"""The kinds a line can have."""
SPEECH = (Kind.CHARACTER, Kind.PARENTHETICAL, Kind.DIALOGUE, Kind.LYRICS)
_UNDER_A_CUE = SPEECH[1:]
_FRESH = "\n\n"  # before a scene that is read alone: its first line is no title page and may be anything
_LINE_END = re.compile(r"\r\n|\n|\r")
_SPACES = re.compile("[\t\u00a0\u202f\x0b\x0c]")
_TRIES = 8


@dataclass(frozen=True, slots=True)
class EditorLine:
    """One paragraph: `text` with its emphasis marks, notes and brackets, but without forcing marks; lines joined by "\\n".

    `number` is what stands between number signs, `source[start:end]` its bytes with all blank lines after it; a line that
    was just written has none (`start` is -1).
    """

    kind: Kind
    text: str
    number: str = ""
    side: Side = Side.NONE
    start: int = -1
    end: int = -1

    @property
    def said(self) -> tuple[Kind, str, str, bool]:
        """What makes two lines the same to a reader. Only a cue has a mark for its side."""
        return self.kind, self.text, self.number, self.kind is Kind.CHARACTER and self.side is Side.RIGHT


def lines_of(scene: SceneOutline, source: str) -> tuple[EditorLine, ...]:
    """The lines of a scene of a parsed script; offsets in the source."""
    return _lines(scene.elements, source, scene.start, scene.end)


def lines_in(text: str) -> tuple[EditorLine, ...]:
    """The lines of a scene's text read by itself; offsets in that text. Raises: LimitReached when it is far too long."""
    shifted = _FRESH + text
    lines = _lines(fountain.parse(shifted).elements, shifted, len(_FRESH), len(shifted))
    at = len(_FRESH)
    return tuple(
        EditorLine(line.kind, line.text, line.number, line.side, line.start - at, line.end - at) for line in lines
    )


def composed(lines: Sequence[EditorLine], originals: Sequence[EditorLine], source: str) -> str:
    """The Fountain text of a scene that says `lines`: those found among `originals` keep their bytes of `source`, the rest
    is written with as few marks as will have it read back as what it is. Empty lines are left out.
    """
    known = {line.said for line in originals}
    wanted = [line if line.said in known else _cleaned(line) for line in lines]
    wanted = [line for line in wanted if line.text.strip() or line.said in known]
    if [line.said for line in wanted] == [line.said for line in originals]:
        return source[originals[0].start : originals[-1].end] if originals else ""
    kept = _kept(wanted, originals)
    eol = found[0] if (found := _LINE_END.search(source)) else "\n"
    forced: set[int] = set()
    plainest = text = _joined(wanted, kept, forced, source, eol)
    for _ in range(_TRIES):
        wrong = _misread(wanted, lines_in(text))
        if wrong is None:
            return text
        doubtful = [each for each in (wrong, wrong - 1, wrong + 1) if 0 <= each < len(wanted) and each not in forced]
        if not doubtful:
            break
        forced.add(doubtful[0])
        text = _joined(wanted, kept, forced, source, eol)
    text = _joined(wanted, {}, set(range(len(wanted))), source, eol)
    return text if _misread(wanted, lines_in(text)) is None else plainest


# Reading


def _lines(elements: Sequence[Element], source: str, start: int, end: int) -> tuple[EditorLine, ...]:
    shown = [element for element in elements if element.kind in WRITTEN]
    bounds = [start, *(element.start for element in shown[1:]), end] if shown else []
    return tuple(
        EditorLine(element.kind, _text(element, source), element.number, element.side, left, right)
        for element, (left, right) in zip(shown, pairwise(bounds), strict=True)
    )


def _text(element: Element, source: str) -> str:
    rows = _LINE_END.split(source[element.start : element.end].rstrip("\r\n"))
    kind = element.kind
    if kind is Kind.ACTION:
        return _paragraph(rows)
    rows = [row.strip() for row in rows]
    words = "\n".join(rows).strip()
    match kind:
        case Kind.SCENE_HEADING:
            return _unnumbered(words.removeprefix(".") if element.forced else words, element.number)
        case Kind.CHARACTER:
            words = words.removesuffix("^").rstrip()
            return words.removeprefix("@").lstrip() if element.forced else words
        case Kind.LYRICS:
            return "\n".join(row.removeprefix("~").strip() for row in rows)
        case Kind.TRANSITION:
            return words.removeprefix(">").lstrip() if element.forced else words
        case Kind.CENTERED:
            return words.removeprefix(">").removesuffix("<").strip()
        case Kind.SYNOPSIS:
            return words.removeprefix("=").lstrip()
        case _:
            return words


def _paragraph(rows: list[str]) -> str:
    """Action keeps what it is indented by beyond the common indent; see `fountain`."""
    plain = [row for row in rows if not row.lstrip().startswith("!")]
    indent = min((len(row) - len(row.lstrip()) for row in plain if row.strip()), default=0)
    return "\n".join(
        (row.lstrip().removeprefix("!") if row.lstrip().startswith("!") else row[indent:]).rstrip() for row in rows
    )


def _unnumbered(words: str, number: str) -> str:
    if not number:
        return words.strip()
    places = list(re.finditer(rf"#\s*{re.escape(number)}\s*#", words))
    if not places:
        return words.strip()
    last = places[-1]
    return f"{words[: last.start()].rstrip()} {words[last.end() :].strip()}".strip()


# Writing


def _cleaned(line: EditorLine) -> EditorLine:
    """What came from a browser or another program, without what no script holds."""
    words = _SPACES.sub(" ", line.text.replace("\x00", "").replace("\u2028", "\n").replace("\u2029", "\n"))
    rows = [row.rstrip() if line.kind is Kind.ACTION else row.strip() for row in _LINE_END.split(words)]
    while rows and not rows[0].strip():
        rows.pop(0)
    while rows and not rows[-1]:
        rows.pop()
    if line.kind is Kind.ACTION:
        indent = min((len(row) - len(row.lstrip()) for row in rows if row), default=0)
        rows = [row[indent:] for row in rows if row]
    elif line.kind in (Kind.SCENE_HEADING, Kind.CHARACTER, Kind.TRANSITION, Kind.CENTERED, Kind.SYNOPSIS, Kind.SECTION):
        rows = [" ".join(row for row in rows if row)]
    elif line.kind not in (Kind.NOTE, Kind.BONEYARD, Kind.DIALOGUE):
        rows = [row for row in rows if row]
    return EditorLine(line.kind, "\n".join(rows), line.number.strip(), line.side)


def _kept(wanted: list[EditorLine], originals: Sequence[EditorLine]) -> dict[int, EditorLine]:
    """Which lines stand in the text already, in the same order."""
    matcher = SequenceMatcher(None, [o.said for o in originals], [w.said for w in wanted], autojunk=False)
    return {block.b + i: originals[block.a + i] for block in matcher.get_matching_blocks() for i in range(block.size)}


def _misread(wanted: list[EditorLine], read: Sequence[EditorLine]) -> int | None:
    """The first line that would not be read back as what it is; None when all are."""
    for index, line in enumerate(wanted):
        if index >= len(read) or read[index].said[:3] != line.said[:3]:  # a mark for the side is read or it is not
            return index
    return None if len(read) == len(wanted) else len(wanted) - 1


def _joined(wanted: list[EditorLine], kept: dict[int, EditorLine], forced: set[int], source: str, eol: str) -> str:
    parts: list[str] = []
    for index, line in enumerate(wanted):
        following = wanted[index + 1] if index + 1 < len(wanted) else None
        original = kept.get(index)
        if original is None or index in forced:
            text = _fountain(line, forced=index in forced).replace("\n", eol) + eol
        else:
            text = source[original.start : original.end]
        neighbour = kept.get(index + 1) if index + 1 not in forced else None
        if original and neighbour and original.end == neighbour.start and index not in forced:
            parts.append(text)  # nothing between them changed
            continue
        if following is None and original and index not in forced and original.end == len(source):
            parts.append(text)
            continue
        close = following is not None and line.kind in SPEECH and following.kind in _UNDER_A_CUE
        ends = len(text) - len(text.rstrip("\r\n"))
        text = text.rstrip() if following is None or ends == 0 else text[: len(text) - ends]
        parts.append(text + eol * (1 if close else 2))
    return "".join(parts)


def _fountain(line: EditorLine, *, forced: bool) -> str:
    """A line as Fountain; forced when reading it plainly would make something else of it."""
    text = line.text
    match line.kind:
        case Kind.SCENE_HEADING:
            words = text if opens_scene(text) and not forced else f".{text}"
            return f"{words} #{line.number}#" if line.number else words
        case Kind.ACTION:
            return "\n".join(f"!{row}" for row in text.split("\n")) if forced else text
        case Kind.CHARACTER:
            beside = " ^" if line.side is Side.RIGHT else ""
            return f"@{text}{beside}" if forced or text != text.upper() else f"{text}{beside}"
        case Kind.PARENTHETICAL:
            return text if text.startswith("(") and text.endswith(")") else f"({text.strip('()')})"
        case Kind.DIALOGUE:
            return "\n".join(row or "  " for row in text.split("\n"))
        case Kind.LYRICS:
            return "\n".join(f"~{row}" for row in text.split("\n"))
        case Kind.TRANSITION:
            return f"> {text}" if forced or not text.endswith("TO:") or text != text.upper() else text
        case Kind.CENTERED:
            return f"> {text} <"
        case Kind.SECTION:
            return text if text.startswith("#") else f"# {text}"
        case Kind.SYNOPSIS:
            return f"= {text}"
        case Kind.PAGE_BREAK:
            return "==="
        case Kind.NOTE:
            return text if text.startswith("[[") else f"[[{text}]]"
        case Kind.BONEYARD:
            return text if text.startswith("/*") else f"/* {text} */"
        case _:
            return text
