"""Word documents (.docx) read into a draft: by the names of their styles where those are a screenplay's, else as plain text.

Source: ECMA-376 Part 1, WordprocessingML. The words of the body are read, and the comments on them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from studio.scripts.elements import Element as Part
from studio.scripts.elements import Emphasis, Kind, Screenplay, Span, source_offset
from studio.scripts.formats.draft import Draft, Loss, Paragraph
from studio.scripts.formats.fountain_out import draft_of
from studio.scripts.formats.parts.gathering import Gathering, capitals, styled, together, without_brackets
from studio.scripts.formats.parts.hostile import member, member_names, xml_root
from studio.scripts.formats.settled import Words, joined
from studio.scripts.fountain import parse
from studio.scripts.headings import is_heading

_KIND = "Word document"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_STYLES = {
    "sceneheading": Kind.SCENE_HEADING,
    "slugline": Kind.SCENE_HEADING,
    "slug": Kind.SCENE_HEADING,
    "action": Kind.ACTION,
    "description": Kind.ACTION,
    "scenedescription": Kind.ACTION,
    "general": Kind.ACTION,
    "shot": Kind.ACTION,
    "character": Kind.CHARACTER,
    "charactername": Kind.CHARACTER,
    "dialogue": Kind.DIALOGUE,
    "dialog": Kind.DIALOGUE,
    "parenthetical": Kind.PARENTHETICAL,
    "transition": Kind.TRANSITION,
    "transitions": Kind.TRANSITION,
    "lyrics": Kind.LYRICS,
}
_EMPHASES = {"b": Emphasis.BOLD, "i": Emphasis.ITALIC, "u": Emphasis.UNDERLINE}
_OFF = frozenset({"0", "false", "none", "off"})


def read_docx(data: bytes) -> Draft:
    """A Word document as a draft; `place` counts its paragraphs. Types found by the Fountain rules are not certain.

    Raises:
        Invalid: it is damaged, locked or no Word document.
        LimitReached: it is too large.
    """
    names = member_names(data, _KIND)
    root = _part(data, "word/document.xml")
    styles = _named_styles(_part(data, "word/styles.xml")) if "word/styles.xml" in names else {}
    comments = _comments(_part(data, "word/comments.xml")) if "word/comments.xml" in names else {}
    lines = [line for paragraph in _paragraphs(root) for line in _lines(paragraph, styles, comments)]
    gathering = Gathering()
    _count_losses(root, gathering)
    kinds = {line.style.kind for line in lines if line.style.kind}
    if Kind.SCENE_HEADING in kinds or {Kind.CHARACTER, Kind.DIALOGUE} <= kinds:
        return _by_styles(lines, gathering)
    return _by_rules(lines, gathering.draft("docx").losses)


@dataclass(frozen=True, slots=True)
class _Style:
    kind: Kind | None = None
    capitals: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """One paragraph of the document, or what stands of it before or after a page break."""

    words: Words
    style: _Style
    notes: tuple[str, ...]
    place: str
    breaks: bool = False


def _part(data: bytes, name: str) -> Element:
    """The root of a part, its names in the one namespace that both kinds of WordprocessingML share here."""
    root = xml_root(member(data, name, _KIND), _KIND)
    for element in root.iter():
        if element.tag.startswith(_STRICT):
            element.tag = _W + element.tag.removeprefix(_STRICT)
    return root


def _named_styles(root: Element) -> dict[str, _Style]:
    """What the styles are, by id; one made after another is what that is."""
    made: dict[str, Element] = {style.get(f"{_W}styleId", ""): style for style in root.iter(f"{_W}style")}
    found: dict[str, _Style] = {}
    for name in made:
        kind: Kind | None = None
        upper: bool | None = None
        seen: set[str] = set()
        at = name
        while at in made and at not in seen and (kind is None or upper is None):
            seen.add(at)
            style = made[at]
            kind = kind or _kind_named(_val(style.find(f"{_W}name"))) or _kind_named(at)
            caps = style.find(f"{_W}rPr/{_W}caps")
            upper = upper if caps is None or upper is not None else _on(caps)
            at = _val(style.find(f"{_W}basedOn"))
        found[name] = _Style(kind, bool(upper))
    return found


def _kind_named(name: str) -> Kind | None:
    letters = re.sub(r"[^a-z]", "", name.casefold())
    return _STYLES.get(letters) or _STYLES.get(letters.removeprefix("screenplay").removeprefix("script"))


def _paragraphs(root: Element) -> Iterator[Element]:
    """Every paragraph in order, those in tables and frames too, none twice for older programs."""
    stack = [root]
    while stack:
        element = stack.pop()
        if element.tag == f"{_W}p":
            yield element
        stack += [child for child in reversed(element) if child.tag != _FALLBACK]


def _lines(paragraph: Element, styles: dict[str, _Style], comments: dict[str, str]) -> Iterator[_Line]:
    named = _val(paragraph.find(f"{_W}pPr/{_W}pStyle"))
    style = styles.get(named, _Style(_kind_named(named)))
    before = paragraph.find(f"{_W}pPr/{_W}pageBreakBefore")
    breaks = before is not None and _on(before)
    parts: list[Words] = []
    notes: list[str] = []
    for piece in _pieces(paragraph):
        if isinstance(piece, Words):
            parts.append(capitals(piece) if style.capitals else piece)
        elif piece == "page":
            yield _Line(together(parts), style, tuple(notes), "", breaks)
            parts, notes, breaks = [], [], True
        elif words := comments.get(piece, ""):
            notes.append(words)
    yield _Line(together(parts), style, tuple(notes), "", breaks)


def _pieces(paragraph: Element) -> Iterator[Words | str]:
    """The words of a paragraph; "page" for a page break; the id of a comment where one stands."""
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        if element.tag == f"{_W}r":
            yield from _run(element)
        elif element.tag not in (f"{_W}p", f"{_W}pPr", _FALLBACK):
            stack += reversed(element)


def _run(run: Element) -> Iterator[Words | str]:
    looks = run.find(f"{_W}rPr")
    emphases: list[Emphasis] = []
    upper = False
    if looks is not None:
        emphases = [emphasis for name, emphasis in _EMPHASES.items() if _on(looks.find(f"{_W}{name}"))]
        upper = _on(looks.find(f"{_W}caps"))
    for child in run:
        name = child.tag.removeprefix(_W)
        if name == "t":
            words = styled(child.text or "", *emphases)
            yield capitals(words) if upper else words
        elif name in ("br", "cr"):
            yield "page" if child.get(f"{_W}type") == "page" else Words("\n")
        elif name == "tab":
            yield Words("\t")
        elif name == "noBreakHyphen":
            yield Words("-")
        elif name == "commentReference":
            yield child.get(f"{_W}id", "")


def _comments(root: Element) -> dict[str, str]:
    return {
        comment.get(f"{_W}id", ""): "\n".join(
            "".join(text.text or "" for text in paragraph.iter(f"{_W}t")) for paragraph in comment.iter(f"{_W}p")
        ).strip()
        for comment in root.iter(f"{_W}comment")
    }


def _by_styles(lines: list[_Line], gathering: Gathering) -> Draft:
    for number, line in enumerate(lines, start=1):
        place = f"paragraph {number}"
        if line.breaks:
            gathering.add(Kind.PAGE_BREAK, Words(""), place=place)
        kind = line.style.kind
        words = without_brackets(line.words) if kind is Kind.PARENTHETICAL else line.words
        gathering.add(kind or Kind.ACTION, words, notes=line.notes, place=place, certain=kind is not None)
    return gathering.draft("docx")


def _by_rules(lines: list[_Line], losses: tuple[Loss, ...]) -> Draft:
    """The words as Fountain reads them. Where nothing stands between paragraphs but space, an empty line is put there."""
    spaced = sum(not line.words.text.strip() for line in lines) * 10 > len(lines)
    parts: list[Words] = []
    before = ""
    for line in lines:
        text = line.words.text.strip()
        if line.breaks:
            parts += [Words(""), Words("==="), Words("")]
        if not spaced and text and _apart(before, text):
            parts.append(Words(""))
        notes = "".join(f" [[{note}]]" for note in line.notes)
        parts.append(joined([line.words, Words(notes)], ""))
        before = text or before
    source = joined(parts)
    screenplay = parse(source.text)
    draft = draft_of(_emphasised(screenplay, source.spans), format="docx")
    warning = "This Word document names no screenplay styles, so what each paragraph is was guessed. Look it through."
    paragraphs = tuple(_guessed(each, number) for number, each in enumerate(draft.paragraphs, start=1))
    return replace(draft, paragraphs=paragraphs, losses=(*losses, *draft.losses), warnings=(warning,))


def _guessed(each: Paragraph, number: int) -> Paragraph:
    sure = each.kind in (Kind.SCENE_HEADING, Kind.PAGE_BREAK, Kind.NOTE, Kind.BONEYARD)
    return replace(each, place=f"paragraph {number}", certain=sure)


def _apart(before: str, text: str) -> bool:
    """Whether two paragraphs that follow each other are not a cue and its words."""
    return not (_cue(before) or before.startswith("(")) or is_heading(text) or _cue(text)


def _cue(text: str) -> bool:
    name = re.sub(r"\(.*?\)", "", text).strip()
    plain = bool(name) and len(name) <= 40 and name == name.upper() and any(letter.isalpha() for letter in name)
    return plain and not is_heading(name) and name[-1] not in ".:!?"


def _emphasised(screenplay: Screenplay, spans: tuple[Span, ...]) -> Screenplay:
    """The screenplay with the emphasis the document had; `spans` are places in the source."""
    if not spans:
        return screenplay
    ordered = sorted(spans, key=lambda span: span.start)
    at = 0
    made: list[Part] = []
    for element in screenplay.elements:
        while at < len(ordered) and ordered[at].end <= element.start:
            at += 1
        here: list[Span] = []
        index = at
        while index < len(ordered) and ordered[index].start < element.end:
            here.append(ordered[index])
            index += 1
        if not here or not element.text:
            made.append(element)
            continue
        places = [source_offset(element, n) for n in range(len(element.text))]
        found = [_placed(span, places) for span in here]
        made.append(replace(element, spans=element.spans + tuple(span for span in found if span.start < span.end)))
    return Screenplay(screenplay.source, tuple(made))


def _placed(span: Span, places: list[int]) -> Span:
    return Span(span.emphasis, bisect_left(places, span.start), bisect_left(places, span.end))


def _count_losses(root: Element, gathering: Gathering) -> None:
    gathering.lose("pictures", sum(1 for e in root.iter() if e.tag.endswith(("}drawing", "}pict"))))
    gathering.lose("tracked deletions", sum(1 for _ in root.iter(f"{_W}del")))
    gathering.lose("footnotes", sum(1 for _ in root.iter(f"{_W}footnoteReference")))


def _val(element: Element | None) -> str:
    return "" if element is None else element.get(f"{_W}val", "")


def _on(element: Element | None) -> bool:
    return element is not None and element.get(f"{_W}val", "1").casefold() not in _OFF
