"""Screenplays read from PDF files (.pdf): opened, checked and given to what understands their pages (`pages/`)."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from studio.core.errors import Invalid, LimitReached
from studio.scripts.elements import Kind
from studio.scripts.formats.draft import Draft
from studio.scripts.formats.pages.columns import measured
from studio.scripts.formats.pages.margins import body_rows, trusted_rows
from studio.scripts.formats.pages.marks import CREATOR, KINDS, key_of
from studio.scripts.formats.pages.seen import SeenPage, Segment, has_pictures, seen_page
from studio.scripts.formats.pages.typed import Typed
from studio.scripts.formats.parts.gathering import Gathering
from studio.scripts.formats.parts.titles import title_entries
from studio.scripts.headings import is_heading

MAX_PAGES = 1000
_FEW_LETTERS = 20  # a page; a picture of a script has at most a stamp
_MOST_TITLE_LINES = 36
_BLANK_LINE = 20.0  # points
_FADE_IN = re.compile(r"\s*FADE IN", re.IGNORECASE)
_END = b"%%EOF"
_EXPORT = "Open the script in the program it was written with and export it as Final Draft (.fdx), Fountain or PDF."


def read_pdf(data: bytes) -> Draft:
    """The draft of a screenplay PDF: what a line is follows from where it stands on its page.

    Raises:
        Invalid: it is locked, damaged, cut off, or pictures of pages without text; the message says what to do.
        LimitReached: it has more than MAX_PAGES pages.
    """
    import pypdfium2

    if _END not in data[-4096:]:
        raise Invalid(f"This PDF is cut off: its end is missing. Copy or download it again. {_EXPORT}", field="script")
    document = _opened(data)
    try:
        pages, pictures = _pages(document)
        ours = document.get_metadata_dict().get("Creator") == CREATOR
    except pypdfium2.PdfiumError as error:
        raise Invalid(f"This PDF is damaged and cannot be read. {_EXPORT}", field="script") from error
    finally:
        document.close()
    letters = sum(len(row.text) for page in pages for row in page.rows)
    if not letters or (pictures and letters < _FEW_LETTERS * len(pages)):
        raise Invalid(_no_text(pictures), field="script")
    if sum(page.unknown for page in pages) > letters / 4:
        raise Invalid(_NO_LETTERS, field="script")
    return _draft(pages, ours)


def _opened(data: bytes) -> Any:
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            raise Invalid(
                "This PDF is locked with a password. Open it, save or print it as a PDF without a password, and bring that in.",
                field="script",
            ) from error
        raise Invalid(f"This PDF is damaged and cannot be read. {_EXPORT}", field="script") from error
    if len(document) > MAX_PAGES:
        count = len(document)
        document.close()
        raise LimitReached(f"This PDF has {count:,} pages; the most is {MAX_PAGES:,}. Split it and bring each part in.")
    return document


def _pages(document: Any) -> tuple[list[SeenPage], bool]:
    pages: list[SeenPage] = []
    pictures = False
    for index in range(len(document)):
        page = document[index]
        pages.append(seen_page(page, index + 1))
        pictures = pictures or (not pages[-1].rows and has_pictures(page))
        page.close()
    return pages, pictures


def _no_text(pictures: bool) -> str:
    if pictures:
        return (
            "This PDF is a picture of a script: it holds scanned pages and no text. Recognise its text (OCR) and bring in "
            f"what comes out, or get the script itself. {_EXPORT}"
        )
    return f"This PDF holds no text. {_EXPORT}"


def _draft(pages: list[SeenPage], ours: bool) -> Draft:
    lost: Counter[str] = Counter()
    front = pages[0] if len(pages) > 1 and _is_front(pages[0], ours) else None
    rest = pages[1:] if front else pages
    rows = trusted_rows(rest) if ours else body_rows(rest, lost)
    gathering = Gathering()
    Typed(measured(rows), gathering, ours).read(rows)
    for what, count in lost.items():
        gathering.lose(what, count)
    gathering.lose("letters set at an angle (a watermark)", sum(page.slanted for page in pages))
    warnings = [] if ours or any(is_heading(row.row.text) for row in rows) else [_NO_SCENES]
    return gathering.draft("pdf", _title_page(front) if front else (), *warnings)


def _is_front(page: SeenPage, ours: bool) -> bool:
    """Whether the first page is a title page: few lines, none of them the beginning of a scene, most well inside."""
    if ours:
        return any(KINDS.get(mark) is Kind.TITLE for row in page.rows for s in row.segments for mark in s.marks)
    if len(page.rows) > _MOST_TITLE_LINES or any(is_heading(s.words.text) for row in page.rows for s in row.segments):
        return False
    return not any(_FADE_IN.match(row.text) for row in page.rows) and any(
        _centered(s, page.width) and row.top > 0.15 * page.height for row in page.rows[:3] for s in row.segments
    )


def _title_page(page: SeenPage) -> tuple[tuple[str, str], ...]:
    """What stands in the middle, then what stands at the left, then what stands at the right."""
    lines: dict[str, list[tuple[str, str, bool]]] = {"middle": [], "left": [], "right": []}
    tops: dict[str, float] = {}
    for row in page.rows:
        for segment in row.segments:
            middle = _centered(segment, page.width)
            place = "middle" if middle else "right" if segment.left > page.width / 2 else "left"
            if row.top - tops.get(place, row.top) > _BLANK_LINE:
                lines[place].append(("", "", middle))
            tops[place] = row.top
            key = key_of(segment.marks)
            lines[place].append((key, segment.words.text.removeprefix(f"{key}: "), middle))
    blank = ("", "", False)
    return title_entries([*lines["middle"], blank, *lines["left"], blank, *lines["right"]])


def _centered(segment: Segment, width: float) -> bool:
    """Around the middle of the page, or of the lines on it, which is a quarter of an inch further right."""
    middle = (segment.left + segment.right) / 2
    return width / 2 - 12 < middle < width / 2 + 30 and segment.left > width * 0.2


_NO_LETTERS = (
    "This PDF shows letters but does not say which they are: its fonts were saved without them. "
    f"Recognise its text (OCR) and bring in what comes out, or get the script itself. {_EXPORT}"
)
_NO_SCENES = "No scene headings were found in this PDF. Look at the types of its lines before you keep it."
