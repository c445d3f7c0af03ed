"""What our own pages carry unseen: the kind of each line as marked content, and a space at the end of a line that goes on."""

from __future__ import annotations

from studio.scripts.elements import Emphasis, Kind, Span

CREATOR = "Inkreel"
"""Stands in the file, so that our reader knows it can trust the marks."""

MARKS = {
    Kind.TITLE: "TitlePage",
    Kind.SCENE_HEADING: "SceneHeading",
    Kind.ACTION: "Action",
    Kind.CHARACTER: "Character",
    Kind.PARENTHETICAL: "Parenthetical",
    Kind.DIALOGUE: "Dialogue",
    Kind.LYRICS: "Lyrics",
    Kind.TRANSITION: "Transition",
    Kind.CENTERED: "Centered",
}
KINDS = {mark: kind for kind, mark in MARKS.items()}
BREAK_MARK = "PageBreak"
"""At the first line after a page break of the writer's."""
_KEY_MARK = "Key"
_LONGEST_KEY = 28  # the names of marks are read up to 63 letters

SPACES_MARK = "Spaces"
"""With their number, at a line that goes on after more spaces than one: readers of PDF files count only one."""

MEANT = "InkreelLetter"
"""Around a letter whose text is written beside its shape, because no font at hand can say it."""


def key_mark(key: str) -> str:
    """The mark of a line of a title page entry with this key."""
    return f"{_KEY_MARK}{key[:_LONGEST_KEY].encode('utf-8', 'replace').hex()}"


def key_of(marks: tuple[str, ...]) -> str:
    """The key of the title page entry a line is of; empty for one without such a mark."""
    written = next((mark.removeprefix(_KEY_MARK) for mark in marks if mark.startswith(_KEY_MARK)), "")
    try:
        return bytes.fromhex(written).decode("utf-8", "replace")
    except ValueError:
        return ""


def inverted(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Emphasis with italics where there were none, and none where there were."""
    slanted = [any(s.emphasis is Emphasis.ITALIC and s.start <= at < s.end for s in spans) for at in range(len(text))]
    kept = [s for s in spans if s.emphasis is not Emphasis.ITALIC]
    start = 0
    for at in range(len(text) + 1):
        if at == len(text) or slanted[at]:
            if at > start:
                kept.append(Span(Emphasis.ITALIC, start, at))
            start = at + 1
    return tuple(kept)
