"""Between drafts and Fountain: a parsed screenplay as a draft, and a draft as Fountain text; reading is `fountain.py`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product

from studio.scripts.elements import Element, Emphasis, Kind, Screenplay, Side, Span
from studio.scripts.formats.draft import Draft, Format, Loss, Paragraph
from studio.scripts.formats.settled import HIDDEN, Words, settled, span_order, speeches
from studio.scripts.fountain import begins_otherwise, parse
from studio.scripts.inline import Deadline, logical_lines
from studio.scripts.titlepage import is_known_key, title_page

_MARKS = {Emphasis.UNDERLINE: "_", Emphasis.BOLD: "**", Emphasis.ITALIC: "*"}
_ORDER = list(_MARKS)
# An empty boneyard keeps two letters apart that would open a note or a boneyard.
_OPENING = re.compile(r"(?<=\[)(?=\[)|(?<=/)(?=\*)")
_KEY = re.compile(r"[^\w ]+|[\d_]+")


def draft_of(screenplay: Screenplay, *, format: Format = "fountain") -> Draft:
    """A parsed screenplay as title page and paragraphs; blank lines are between paragraphs, not in them."""
    titles = tuple((e.key, _lines_kept(e.text)) for e in screenplay.elements if e.kind is Kind.TITLE)
    return Draft(format, titles, settled(_paragraphs(screenplay.elements)), tuple(_losses(screenplay)))


def fountain_of(draft: Draft) -> str:
    """The Fountain text of a draft. Parsing it gives the same paragraphs, as far as Fountain can hold them (`settled`).

    Marks and escapes are written only where the words would be read as something else without them.
    """
    blocks: list[str] = []
    for group in speeches(settled(draft.paragraphs)):
        blocks.append(_block(group))
    body = "".join(block + "\n\n" for block in blocks).removesuffix("\n")
    title = _title_page(draft.title_page)
    if title:
        return f"{title}\n{body}" if body else title
    return f"\n{body}" if _looks_like_title_page(body) else body


def _paragraphs(elements: Iterable[Element]) -> Iterator[Paragraph]:
    for e in elements:
        if e.kind in (Kind.TITLE, Kind.BLANK):
            continue
        yield Paragraph(
            kind=e.kind,
            text=e.text,
            spans=tuple(sorted(e.spans, key=span_order)),
            number=e.number,
            side=e.side,
            notes=() if e.kind in HIDDEN else tuple(note.text for note in e.notes),
            depth=e.depth,
        )


def _losses(screenplay: Screenplay) -> Iterator[Loss]:
    """What a draft has no place for: boneyard within a line, and notes and emphasis on the title page."""
    inside = sum(
        screenplay.source.count("/*", e.start, e.end)
        for e in screenplay.elements
        if e.kind not in HIDDEN and "/*" in screenplay.source[e.start : e.end] and _cut_inside(screenplay, e)
    )
    if inside:
        yield Loss("Words cut out of a line with /* and */", inside)
    titles = [e for e in screenplay.elements if e.kind is Kind.TITLE]
    if notes := sum(len(e.notes) for e in titles):
        yield Loss("Notes on the title page", notes)


def _cut_inside(screenplay: Screenplay, e: Element) -> bool:
    lines = logical_lines(screenplay.source[e.start : e.end], Deadline(1))
    return any(not part.note for line in lines for part in line.hidden)


# Title page


def _title_page(entries: tuple[tuple[str, str], ...]) -> str:
    written: list[str] = []
    for key, value in entries:
        name = " ".join(_KEY.sub(" ", key).split())[:40].strip() or "Notes"
        lines = [_escaped_line(line.strip()) for line in value.splitlines() if line.strip()]
        if len(lines) > 1:
            written.append(f"{name}:\n" + "".join(f"    {line}\n" for line in lines))
        else:
            written.append(f"{name}: {lines[0]}\n" if lines else f"{name}:\n")
    if written and not any(is_known_key(entry.partition(":")[0]) for entry in written):
        written.insert(0, "Title:\n")
    return "".join(written)


def _looks_like_title_page(body: str) -> bool:
    head = body.split("\n\n", 1)[0] + "\n"
    return title_page(logical_lines(head, Deadline(10)))[1] > 0


def _lines_kept(value: str) -> str:
    return "\n".join(line.strip() for line in value.splitlines() if line.strip())


def _escaped_line(text: str) -> str:
    words = Words(text)
    return next(
        (line for line in (_marked(words, escaped=False), _marked(words, escaped=True)) if _says(line, words)), text
    )


# Blocks


def _block(group: list[Paragraph]) -> str:
    """The text of one paragraph, or of a cue with its speech: the plainest one that is read back as it is meant."""
    wanted = [_compared(each) for each in group]
    text = ""
    for text in _candidates(group):
        if [_compared(each) for each in _paragraphs(parse(f"\n{text}\n").elements)] == wanted:
            return text
    return text


def _compared(each: Paragraph) -> Paragraph:
    """What must be the same after reading; sides need the speech beside this one."""
    lines = (line.rstrip() for line in each.text.split("\n"))
    text = "\n".join(lines) if each.kind in HIDDEN else each.text
    notes = tuple("\n".join(line.rstrip() for line in note.split("\n")) for note in each.notes)
    return replace(each, text=text, notes=notes, side=Side.NONE, place="", certain=True)


def _candidates(group: list[Paragraph]) -> Iterator[str]:
    """Ways to write a block, the plainest first."""
    first = group[0]
    if first.kind is Kind.CHARACTER:
        for escapes, forced in product(range(3), ("", "@")):
            yield "\n".join([_cue(first, forced, escapes > 0), *(_within(each, escapes) for each in group[1:])])
        return
    for escapes in (False, True):
        yield from _alone(first, escapes)


def _alone(each: Paragraph, escaped: bool) -> Iterator[str]:
    notes = _notes(each)
    lines = [_marked(line, escaped=escaped) for line in Words(each.text, each.spans).lines()]
    line = lines[0]
    match each.kind:
        case Kind.SCENE_HEADING:
            number = f" #{each.number}#" if each.number else ""
            yield f"{line}{number}{notes}"
            yield f".{line}{number}{notes}"
        case Kind.TRANSITION:
            yield f"{line}{notes}"
            yield f"> {line}{notes}"
        case Kind.CENTERED:
            yield f"> {line} <{notes}"
        case Kind.PAGE_BREAK:
            yield f"==={notes}"
        case Kind.SECTION:
            yield f"{'#' * each.depth} {line}{notes}"
        case Kind.SYNOPSIS:
            yield f"= {line}{notes}"
        case Kind.LYRICS:
            yield "\n".join(f"~{line}" for line in lines) + notes
        case Kind.NOTE | Kind.BONEYARD:
            yield _hidden(each)
        case _:
            yield "\n".join(lines) + notes
            yield "!" + "\n".join(lines) + notes
            yield "\n".join(f"!{line}" for line in lines) + notes


def _cue(each: Paragraph, forced: str, escaped: bool) -> str:
    dual = " ^" if each.side is Side.RIGHT else ""
    return forced + _marked(Words(each.text, each.spans), escaped=escaped) + dual + _notes(each)


def _within(each: Paragraph, escapes: int) -> str:
    """A paragraph of a speech. Level 1 escapes emphasis marks, level 2 the beginnings of lines, too."""
    if each.kind in HIDDEN:
        return _hidden(each)
    lines = [_marked(line, escaped=escapes > 0) for line in Words(each.text, each.spans).lines()]
    if each.kind is Kind.PARENTHETICAL:
        return "(" + "\n".join(lines) + ")" + _notes(each)
    if each.kind is Kind.LYRICS:
        return "\n".join(f"~{line}" for line in lines) + _notes(each)
    if escapes == 2:
        lines = [f"\\{line}" if begins_otherwise(line) else line for line in lines]
    return "\n".join(line or "  " for line in lines) + _notes(each)


def _hidden(each: Paragraph) -> str:
    if each.kind is Kind.NOTE:
        return _note(each.text)
    return f"/*\n{each.text}\n*/" if "\n" in each.text else f"/* {each.text} */"


def _notes(each: Paragraph) -> str:
    return "".join(f" {_note(note)}" for note in each.notes)


def _note(text: str) -> str:
    """A note; an empty line in it needs two spaces, or it would end the hope for its closing mark."""
    return "[[" + "\n".join(line or "  " for line in text.split("\n")) + "]]"


# Emphasis


def _marked(line: Words, *, escaped: bool) -> str:
    """A line with its emphasis marks; `escaped` puts a backslash before every star and underscore of the words."""
    closing: dict[int, list[Span]] = {}
    opening: dict[int, list[Span]] = {}
    for span in line.spans:
        closing.setdefault(span.end, []).append(span)
        opening.setdefault(span.start, []).append(span)
    parts: list[str] = []
    at = 0
    for place in sorted({0, *closing, *opening, len(line.text)}):
        words = line.text[at:place]
        parts.append(re.sub(r"([*_])", r"\\\1", words) if escaped else words)
        ends = sorted(closing.get(place, ()), key=lambda s: (s.start, -_ORDER.index(s.emphasis)))
        starts = sorted(opening.get(place, ()), key=lambda s: (-s.end, _ORDER.index(s.emphasis)))
        parts += [_MARKS[span.emphasis] for span in [*reversed(ends), *starts]]
        at = place
    return _OPENING.sub("/**/", "".join(parts))


def _says(line: str, words: Words) -> bool:
    return parse(f"\n!{line}\n").elements[-1].text == words.text
