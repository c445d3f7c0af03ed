"""Screenplays written as Final Draft documents (.fdx); reading them is `fdx.py`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from studio.scripts.elements import Emphasis, Kind, Screenplay, Side
from studio.scripts.formats.draft import Paragraph
from studio.scripts.formats.fdx import BONEYARD
from studio.scripts.formats.fountain_out import draft_of
from studio.scripts.formats.parts.gathering import emphases_at
from studio.scripts.formats.settled import HIDDEN, Words
from studio.scripts.fountain import parse

_TYPES = {
    Kind.SCENE_HEADING: "Scene Heading",
    Kind.ACTION: "Action",
    Kind.CENTERED: "Action",
    Kind.CHARACTER: "Character",
    Kind.PARENTHETICAL: "Parenthetical",
    Kind.DIALOGUE: "Dialogue",
    Kind.LYRICS: "Lyrics",
    Kind.TRANSITION: "Transition",
    Kind.SYNOPSIS: "Summary",
}
# Type, inches from the left and the right edge of Letter paper to where lines begin and end, points before, capitals.
_SETTINGS = (
    ("General", 1.5, 7.5, 0, False),
    ("Scene Heading", 1.5, 7.5, 24, True),
    ("Action", 1.5, 7.5, 12, False),
    ("Character", 3.5, 7.25, 12, True),
    ("Parenthetical", 3.0, 5.5, 0, False),
    ("Dialogue", 2.5, 6.0, 0, False),
    ("Transition", 5.5, 7.1, 12, True),
    ("Lyrics", 2.5, 6.0, 0, False),
)
_CAPITALS = {Kind.SCENE_HEADING: "Scene Heading", Kind.CHARACTER: "Character", Kind.TRANSITION: "Transition"}
_STYLES = ((Emphasis.BOLD, "Bold"), (Emphasis.ITALIC, "Italic"), (Emphasis.UNDERLINE, "Underline"))
_CENTERED_KEYS = frozenset({"title", "credit", "author", "authors", "source"})
# XML 1.0 has no word for these. Source: W3C XML 1.0, production 2.
_UNWRITABLE = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OMITTED = re.compile(r"(?:SCENES?\s+)?OMIT(?:TED)?\b", re.IGNORECASE)


def fdx_of(screenplay: Screenplay) -> bytes:
    """A screenplay as a Final Draft document; reading it gives the same paragraphs.

    Control characters, which XML cannot hold, and empty notes are left out. Notes are script notes, a synopsis under a
    heading is the scene's summary, sections are outline paragraphs, boneyard is a script note of that name (or an
    omitted scene).
    """
    draft = draft_of(screenplay)
    mixed = {_CAPITALS[p.kind] for p in draft.paragraphs if p.kind in _CAPITALS and p.text != p.text.upper()}
    lines = [
        '<?xml version="1.0" encoding="UTF-8" standalone="no" ?>',
        '<FinalDraft DocumentType="Script" Template="No" Version="5">',
        "<Content>",
        *_content(draft.paragraphs),
        "</Content>",
        *_title_page(draft.title_page),
        *_settings(mixed),
        "</FinalDraft>",
        "",
    ]
    return "\n".join(lines).encode()


def _content(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    at = 0
    breaks = False
    while at < len(paragraphs):
        each = paragraphs[at]
        end = _dual_end(paragraphs, at)
        if end > at:
            yield from _dual(paragraphs[at:end], breaks)
        elif each.kind is Kind.PAGE_BREAK:
            following = paragraphs[at + 1] if at + 1 < len(paragraphs) else None
            if following and not each.notes and following.kind not in (*HIDDEN, Kind.PAGE_BREAK):
                breaks, at = True, at + 1
                continue
            yield _paragraph("Action", each.notes, "", breaks=True)
        else:
            inside, end = _scene_properties(paragraphs, at)
            yield _written(each, inside, breaks=breaks)
        breaks = False
        at = max(end, at + 1)


def _dual_end(paragraphs: Sequence[Paragraph], at: int) -> int:
    """Where a dual dialogue that begins here ends; `at` when none does."""
    if paragraphs[at].side is not Side.LEFT:
        return at
    end = at
    right = False
    for index in range(at, len(paragraphs)):
        each = paragraphs[index]
        if each.kind in HIDDEN:
            continue
        if not each.side or (right and each.side is Side.LEFT):
            break
        right = right or each.side is Side.RIGHT
        end = index + 1
    return end


def _dual(paragraphs: Sequence[Paragraph], breaks: bool) -> Iterator[str]:
    if breaks:
        yield _paragraph("Action", (), "", breaks=True)
    yield "<Paragraph><DualDialogue>"
    for each in paragraphs:
        yield _written(each)
    yield "</DualDialogue></Paragraph>"


def _scene_properties(paragraphs: Sequence[Paragraph], at: int) -> tuple[str, int]:
    """What stands inside a heading in Final Draft though it follows it here, and the index of what is after it."""
    if paragraphs[at].kind is not Kind.SCENE_HEADING:
        return "", at
    end = at + 1
    if end < len(paragraphs) and paragraphs[end].kind is Kind.BONEYARD and _OMITTED.match(paragraphs[at].text):
        omitted = draft_of(parse(f"\n{paragraphs[end].text}\n")).paragraphs
        return "\n".join(["<OmittedScene>", *_content(omitted), "</OmittedScene>"]), end + 1
    while end < len(paragraphs) and paragraphs[end].kind is Kind.SYNOPSIS and not paragraphs[end].notes:
        end += 1
    if end == at + 1:
        return "", end
    summary = "".join(f"<Paragraph>{_runs(each)}</Paragraph>" for each in paragraphs[at + 1 : end])
    return f'<SceneProperties Title=""><Summary>{summary}</Summary></SceneProperties>', end


def _written(each: Paragraph, inside: str = "", *, breaks: bool = False) -> str:
    """One paragraph of the draft. Hidden words hang on an empty paragraph, so that they stay where they are."""
    if each.kind is Kind.BONEYARD:
        return _paragraph("Action", (), _script_note(each.text, BONEYARD))
    if each.kind is Kind.NOTE:
        return _paragraph("Action", (each.text,), "")
    attributes = 'Alignment="Center" ' if each.kind is Kind.CENTERED else ""
    if each.number:
        attributes += f"Number={quoteattr(each.number)} "
    kind = f"Outline {each.depth}" if each.kind is Kind.SECTION else _TYPES[each.kind]
    return _paragraph(kind, each.notes, inside, _runs(each), attributes, breaks=breaks)


def _paragraph(
    kind: str,
    notes: Iterable[str],
    inside: str,
    runs: str = "<Text></Text>",
    attributes: str = "",
    *,
    breaks: bool = False,
) -> str:
    page = 'StartsNewPage="Yes" ' if breaks else ""
    held = "".join(_script_note(note) for note in notes)
    return f'<Paragraph {attributes}{page}Type="{kind}">{inside}{held}{runs}</Paragraph>'


def _runs(each: Paragraph) -> str:
    words = Words(each.text, each.spans)
    if each.kind is Kind.PARENTHETICAL:
        spans = tuple(type(span)(span.emphasis, span.start + 1, span.end + 1) for span in each.spans)
        words = Words(f"({each.text})", spans)
    return "".join(_text(text, held) for text, held in emphases_at(words)) or "<Text></Text>"


def _text(text: str, held: frozenset[Emphasis] = frozenset()) -> str:
    style = "+".join(name for emphasis, name in _STYLES if emphasis in held)
    return f'<Text Style="{style}">{_escaped(text)}</Text>' if style else f"<Text>{_escaped(text)}</Text>"


def _script_note(text: str, name: str = "") -> str:
    paragraphs = "".join(f"<Paragraph>{_text(line)}</Paragraph>" for line in text.split("\n"))
    return f'<ScriptNote Name="{name}" Type="">{paragraphs}</ScriptNote>'


def _title_page(entries: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Each line with its key as a bookmark, so that what it is comes back; an empty line between entries."""
    written = list(entries)
    if not written:
        return
    yield "<TitlePage>"
    yield "<Content>"
    for key, value in written:
        side = "Center" if key.casefold() in _CENTERED_KEYS else "Left"
        for line in value.split("\n"):
            bookmark = quoteattr(_UNWRITABLE.sub("", key))
            yield f'<Paragraph Alignment="{side}" Bookmark={bookmark} Type="General">{_text(line)}</Paragraph>'
        yield f'<Paragraph Alignment="{side}" Type="General"><Text></Text></Paragraph>'
    yield "</Content>"
    yield "</TitlePage>"


def _settings(mixed: set[str]) -> Iterator[str]:
    """How each type is set. A type is in capitals of itself only when all of it is: "McCoy" stays as it is written."""
    for kind, left, right, before, capitals in _SETTINGS:
        style = "AllCaps" if capitals and kind not in mixed else "Italic" if kind == "Lyrics" else ""
        side = "Right" if kind == "Transition" else "Left"
        yield (
            f'<ElementSettings Type="{kind}">'
            f'<FontSpec Color="#000000000000" Font="Courier Final Draft" RevisionID="0" Size="12" Style="{style}"/>'
            f'<ParagraphSpec Alignment="{side}" FirstIndent="0.00" Leading="Regular" LeftIndent="{left:.2f}" '
            f'RightIndent="{right:.2f}" SpaceBefore="{before}" Spacing="1" StartsNewPage="No"/>'
            f'<Behavior PaginateAs="{kind}" ReturnKey="Action" Shortcut=""/>'
            "</ElementSettings>"
        )


def _escaped(text: str) -> str:
    return escape(_UNWRITABLE.sub("", text))
