"""The title page: which of the first lines are its entries."""

from __future__ import annotations

import re
from dataclasses import dataclass

from studio.scripts.headings import opens_scene
from studio.scripts.inline import Line

_ENTRY = re.compile(r"([^\W\d_][^:\n]{0,39}?)[ \t]*:(?=\s|$|[*_])")
# Known keys tell a title page from a story that begins "FADE IN:" or "Mara: Hello."
_KNOWN = frozenset(
    {
        *(
            "title",
            "credit",
            "author",
            "authors",
            "writer",
            "writers",
            "written by",
            "source",
            "based on",
            "notes",
            "draft",
        ),
        *(
            "draft date",
            "date",
            "contact",
            "copyright",
            "revision",
            "version",
            "format",
            "episode",
            "series",
            "font",
            "font size",
        ),
        *("lang", "language", "logline", "genre", "company", "production", "header", "footer", "watermark"),
    }
)


@dataclass(frozen=True, slots=True)
class TitleEntry:
    """A key with its lines `first..last`; `values` are the lines with a value and the place in them where it begins."""

    key: str
    first: int
    last: int
    values: tuple[tuple[int, int], ...]


def title_page(lines: list[Line]) -> tuple[list[TitleEntry], int]:
    """The entries of the title page, and the index of the first line after them; none when the script has none.

    Source: Fountain syntax, "Title Page": `Key: value`, values on the same line or indented below it, up to a blank line.
    A value that should be indented but is not is taken when its key has nothing else.
    """
    entries: list[TitleEntry] = []
    at = 0
    while at < len(lines):
        text = lines[at].text
        entry = _ENTRY.match(text)
        if entry:
            value = ((at, entry.end()),) if text[entry.end() :].strip() else ()
            entries.append(TitleEntry(entry[1], at, at, value))
        elif entries and _continues(entries[-1], text):
            last = entries[-1]
            entries[-1] = TitleEntry(last.key, last.first, at, (*last.values, (at, 0)))
        else:
            break
        at += 1
    if not any(is_known_key(entry.key) for entry in entries):
        return [], 0
    return entries, at


def is_known_key(key: str) -> bool:
    """Whether a key is one that title pages have, in any case."""
    return key.casefold() in _KNOWN


def _continues(entry: TitleEntry, text: str) -> bool:
    if not text.strip():
        return False
    if re.match(r"\t| {2,}", text):
        return True
    return (not entry.values or entry.values[0][0] > entry.first) and not opens_scene(text.strip())
