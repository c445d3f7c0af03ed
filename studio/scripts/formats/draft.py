"""What every reader of a foreign script makes, and every writer starts from: paragraphs in order, and what could not be kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from studio.scripts.elements import Kind, Side, Span

Format = Literal["fountain", "fdx", "pdf", "docx", "fadein", "text"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. `text` has no markup: emphasis is in `spans`, a cue holds its extensions ("MARA (V.O.)"), a
    parenthetical has no brackets, lines are joined by a line feed.

    `notes` are the notes at this paragraph; `depth` is a section's. `place` says where in the file it stands, for people
    ("page 3", "paragraph 41"); `certain` is false where the type is a guess, so that a person looks at it.
    """

    kind: Kind
    text: str
    spans: tuple[Span, ...] = ()
    number: str = ""
    side: Side = Side.NONE
    notes: tuple[str, ...] = ()
    depth: int = 0
    place: str = ""
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Loss:
    """Something the file holds that we cannot keep: what it is, in the words of people who write, and how many of it."""

    what: str
    count: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A script as it was read. `title_page` are (key, value) as Fountain names them ("Title", "Credit", "Author", ...)."""

    format: Format
    title_page: tuple[tuple[str, str], ...]
    paragraphs: tuple[Paragraph, ...]
    losses: tuple[Loss, ...] = ()
    warnings: tuple[str, ...] = ()
