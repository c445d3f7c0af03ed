"""Fade In files (.fadein) and Open Screenplay Format (.osf) read into a draft.

Source: Open Screenplay Format 1.2 to 4.0 as their files show it: 2.0 moved emphasis from marks in the text to attributes,
4.0 shortened the names of the attributes.
"""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree.ElementTree import Element

from studio.core.errors import Invalid
from studio.scripts.elements import Emphasis, Kind, Side
from studio.scripts.formats.draft import Draft
from studio.scripts.formats.parts.gathering import Gathering, capitals, styled, together, unpadded, without_brackets
from studio.scripts.formats.parts.hostile import member, xml_root
from studio.scripts.formats.parts.titles import title_entries
from studio.scripts.formats.settled import SPOKEN, Words

_ZIPPED = "Fade In file"
_PLAIN = "Open Screenplay Format file"
_KINDS = {
    "normal text": Kind.ACTION,
    "scene heading": Kind.SCENE_HEADING,
    "action": Kind.ACTION,
    "character": Kind.CHARACTER,
    "parenthetical": Kind.PARENTHETICAL,
    "dialogue": Kind.DIALOGUE,
    "transition": Kind.TRANSITION,
    "shot": Kind.ACTION,
    "lyrics": Kind.LYRICS,
    "singing": Kind.LYRICS,
}
# The styles of Fade In by `builtin_index`.
_BUILT_IN = list(_KINDS)[:8]
_INFO = (
    ("title", "Title"),
    ("written_by", "Author"),
    ("drafts", "Draft date"),
    ("contact", "Contact"),
    ("copyright", "Copyright"),
)
_EMPHASES = {"bold": Emphasis.BOLD, "italic": Emphasis.ITALIC, "underline": Emphasis.UNDERLINE}
_MARKS = {"b": Emphasis.BOLD, "i": Emphasis.ITALIC, "u": Emphasis.UNDERLINE}
_MARK = re.compile(r"<(/?)(b|i|u|br|s|font|size|color|bgcolor)(?:=[^<>]*)?\s*/?>", re.IGNORECASE)
_MARKS_UNTIL = 20  # the format version from which emphasis is in attributes


def read_fadein(data: bytes) -> Draft:
    """A Fade In file, or the plain XML of one, as a draft; `place` counts its paragraphs.

    Raises:
        Invalid: it is damaged, or holds no script.
        LimitReached: it is too large.
    """
    zipped = data.startswith(b"PK")
    kind = _ZIPPED if zipped else _PLAIN
    root = xml_root(member(data, "document.xml", kind) if zipped else data, kind)
    paragraphs = root.find("paragraphs")
    if root.tag != "document" or paragraphs is None:
        raise Invalid(
            f"This {kind} has no script in it. Open it in the program you wrote it in, save it again, and bring that in.",
            field="script",
        )
    return _Reader(root).read(paragraphs)


class _Reader:
    def __init__(self, root: Element) -> None:
        self._root = root
        self._gathering = Gathering()
        version = root.get("version", "")
        self._marked = version.isdecimal() and int(version) < _MARKS_UNTIL
        self._styles = {_value(style, "name").casefold(): style for style in root.iterfind("styles/style")}
        self._column = Side.NONE

    def read(self, paragraphs: Element) -> Draft:
        found = paragraphs.findall("para")
        cues = [n for n, para in enumerate(found) if self._kind(para)[0] is Kind.CHARACTER and self._words(para).text]
        pairs = {n: following for n, following in pairwise(cues) if _flag(found[n], "dualdialogue")}
        for index, para in enumerate(found):
            self._turn(index, para, pairs)
            self._paragraph(para, f"paragraph {index + 1}")
        self._count_losses(paragraphs)
        return self._gathering.draft("fadein", self._title_page())

    def _turn(self, index: int, para: Element, pairs: dict[int, int]) -> None:
        """Keep the column of a dual dialogue: the mark stands at the first of the two cues."""
        kind = self._kind(para)[0]
        if index in pairs and self._column is not Side.LEFT:
            self._column = Side.LEFT
        elif kind is Kind.CHARACTER:
            self._column = Side.RIGHT if self._column is Side.LEFT else Side.NONE
        elif kind not in SPOKEN:
            self._column = Side.NONE

    def _paragraph(self, para: Element, place: str) -> None:
        kind, certain = self._kind(para)
        words = self._words(para)
        if _flag(para, "pagebreakbefore"):
            self._gathering.add(Kind.PAGE_BREAK, Words(""), place=place)
        if _value(para, "align") == "center" and kind is Kind.ACTION:
            kind = Kind.CENTERED
        if kind is Kind.PARENTHETICAL:
            words = without_brackets(words)
        self._gathering.add(
            kind,
            capitals(words) if self._capitals(para) else words,
            number=_value(para, "scene_number") or (_value(para, "number") if kind is Kind.SCENE_HEADING else ""),
            side=self._column,
            notes=tuple(note for note in [_value(para, "note").strip()] if note),
            place=place,
            certain=certain,
        )
        for line in _value(para, "synopsis").splitlines():
            self._gathering.add(Kind.SYNOPSIS, Words(line), place=place)

    def _names(self, para: Element) -> list[str]:
        """The style of a paragraph and those it is made after, the nearest first."""
        name = _value(para, "basestyle", "basestylename", "name").casefold()
        index = _value(para, "builtin_index", "builtinindex")
        if not name and index.isdecimal() and int(index) < len(_BUILT_IN):
            name = _BUILT_IN[int(index)]
        names: list[str] = []
        while name and name not in names:
            names.append(name)
            style = self._styles.get(name)
            name = "" if style is None else _value(style, "basestyle", "basestylename").casefold()
        return names

    def _kind(self, para: Element) -> tuple[Kind, bool]:
        for name in self._names(para):
            if name in _KINDS:
                return _KINDS[name], True
        return Kind.ACTION, False

    def _capitals(self, para: Element) -> bool:
        styles = (self._styles.get(name) for name in self._names(para))
        says = (value for style in styles if style is not None and (value := _value(style, "allcaps")))
        return next(says, "") == "1"

    def _words(self, para: Element) -> Words:
        runs = para.findall("text")
        texts = unpadded(["".join(run.itertext()) for run in runs])
        return together(part for run, text in zip(runs, texts, strict=True) for part in self._run(run, text))

    def _run(self, run: Element, content: str) -> list[Words]:
        emphases = [emphasis for name, emphasis in _EMPHASES.items() if _value(run, name) == "1"]
        return _unmarked(content) if self._marked else [styled(content, *emphases)]

    def _title_page(self) -> tuple[tuple[str, str], ...]:
        lines = [
            (_value(para, "bookmark"), line, _value(para, "align") == "center")
            for para in self._root.iterfind("titlepage/para")
            for line in self._words(para).text.split("\n")
        ]
        if entries := title_entries(lines):
            return entries
        info = self._root.find("info")
        found = [(key, info.get(name, "").strip()) for name, key in _INFO] if info is not None else []
        # What Fade In puts there by itself is nobody's title page.
        empty = {"Untitled Screenplay", "Written by", "Copyright (c)", "First Draft"}
        return tuple((key, value) for key, value in found if value and value not in empty)

    def _count_losses(self, paragraphs: Element) -> None:
        for para in paragraphs.findall("para"):
            if self._names(para)[:1] == ["shot"] and self._words(para).text.strip():
                self._gathering.lose("shot headings (kept as action)")
            for text in para.findall("text"):
                self._gathering.lose("revision marks", _value(text, "revision") not in ("", "0"))
                self._gathering.lose("coloured words", bool(_value(text, "color", "bgcolor")))
                self._gathering.lose("struck-out words (kept as plain words)", _value(text, "strikethrough") == "1")


def _value(element: Element, *names: str) -> str:
    """The first of some attributes that has a value, in any case, on the element or the `style` in it."""
    style = element.find("style") if element.tag == "para" else None
    for name in names:
        for holder in (element, style):
            if holder is None:
                continue
            value = next((held for key, held in holder.items() if key.casefold() == name), "")
            if value:
                return value
    return ""


def _flag(para: Element, name: str) -> bool:
    return _value(para, name).casefold() in ("1", "true", "yes")


def _unmarked(text: str) -> list[Words]:
    """Words whose emphasis is in marks like `<b>`, as the first versions of the format had it."""
    parts: list[Words] = []
    held: list[Emphasis] = []
    at = 0
    for mark in _MARK.finditer(text):
        parts.append(styled(text[at : mark.start()], *held))
        at = mark.end()
        name = mark[2].casefold()
        if name == "br":
            parts.append(Words("\n"))
        elif name in _MARKS and mark[1]:
            held = [emphasis for emphasis in held if emphasis is not _MARKS[name]]
        elif name in _MARKS:
            held.append(_MARKS[name])
    return [*parts, styled(text[at:], *held)]
