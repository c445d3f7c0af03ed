"""Which format a script file has, by its bytes first and its name second, and the reader for it."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace
from pathlib import PurePosixPath

from studio.core.errors import Invalid, LimitReached
from studio.scripts.elements import Kind
from studio.scripts.formats.docx import read_docx
from studio.scripts.formats.draft import Draft, Format
from studio.scripts.formats.fadein import read_fadein
from studio.scripts.formats.fdx import read_fdx
from studio.scripts.formats.fountain_out import draft_of
from studio.scripts.formats.parts.hostile import member_names
from studio.scripts.fountain import remembered
from studio.scripts.headings import is_heading, opens_scene
from studio.scripts.source import BRING_INSTEAD, decoded, foreign

MAX_FILE_BYTES = 32 * 1024 * 1024
"""A foreign file may be larger than its words: pictures, fonts and settings are in it, too."""

_SUFFIXES: dict[str, Format] = {
    ".fdx": "fdx",
    ".pdf": "pdf",
    ".docx": "docx",
    ".fadein": "fadein",
    ".osf": "fadein",
    ".fountain": "fountain",
    ".spmd": "fountain",
    ".txt": "text",
    ".md": "text",
}
_NAMES: dict[Format, str] = {
    "fdx": "a Final Draft document",
    "pdf": "a PDF",
    "docx": "a Word document",
    "fadein": "a Fade In file",
    "fountain": "Fountain",
    "text": "plain text",
}
_OSF = re.compile(r"<document\b[^>]*Open Screenplay Format", re.IGNORECASE)
# Where the root of an XML file must have begun; a definition of entities may stand before it.
_ROOT_WITHIN = 65_536


def read_file(data: bytes, name: str = "") -> Draft:
    """A script file of any format we read, as a draft. One whose name promises another format is read as what it is.

    Raises:
        Invalid: it is empty, damaged, locked or nothing we read; the message says what to do.
        LimitReached: it is too large, or takes too long.
    """
    form = format_of(data, name)
    if form in ("fountain", "text"):
        source = decoded(data, name)
        draft = draft_of(remembered(source.text), format=form)
        return replace(draft, warnings=(*source.warnings, *draft.warnings, *_unopened(draft)))
    draft = _read(form, data)
    if not draft.paragraphs:
        raise Invalid(f"There are no words in this script: it is {_NAMES[form]} without text.", field="script")
    suffix = suffix_of(name)
    promised = _SUFFIXES.get(suffix)
    if not promised or promised == form:
        return draft
    warning = f"The file is called {suffix} but is {_NAMES[form]}; it was read as that."
    return replace(draft, warnings=(warning, *draft.warnings))


def _unopened(draft: Draft) -> tuple[str, ...]:
    """A sentence about lines that are headings elsewhere and no scenes in Fountain."""
    found = [
        p.text for p in draft.paragraphs if p.kind is Kind.ACTION and is_heading(p.text) and not opens_scene(p.text)
    ]
    if not found:
        return ()
    lines = "1 line begins" if len(found) == 1 else f"{len(found)} lines begin"
    return (
        f"{lines} as scene headings do in other programs and not in Fountain, the first “{found[0][:60].strip()}”. Write"
        " INT./EXT., or put a full stop before it, to begin a scene there.",
    )


def format_of(data: bytes, name: str = "") -> Format:
    """The format of a script file.

    Raises:
        Invalid: it is a file of another kind.
        LimitReached: it is too large.
    """
    if len(data) > MAX_FILE_BYTES:
        size, most = len(data) / 1024 / 1024, MAX_FILE_BYTES // 1024 // 1024
        raise LimitReached(
            f"This file is {size:.1f} MB; the most is {most} MB. Split the script and bring each part in."
        )
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK"):
        return _zipped(data)
    head = _head(data)
    if "<FinalDraft" in head:
        return "fdx"
    if _OSF.search(head):
        return "fadein"
    if head.startswith("<?xml"):
        raise Invalid(
            f"This is an XML file, but neither a Final Draft document nor Open Screenplay Format. {BRING_INSTEAD}",
            field="script",
        )
    return "text" if _SUFFIXES.get(suffix_of(name)) == "text" else "fountain"


def check_size(data: bytes) -> None:
    """Raises: LimitReached when a file is larger than any script."""
    if len(data) > MAX_FILE_BYTES:
        size, most = len(data) / 1024 / 1024, MAX_FILE_BYTES // 1024 // 1024
        raise LimitReached(
            f"This file is {size:.1f} MB; the most is {most} MB. Split the script and bring each part in."
        )


def is_text(data: bytes) -> bool:
    """Whether a file is read as lines of text, which no file can make dangerous: no PDF, no zip, no XML."""
    return not (b"%PDF-" in data[:1024] or data.startswith(b"PK") or _head(data).startswith("<"))


def _read(form: Format, data: bytes) -> Draft:
    if form == "fdx":
        return read_fdx(data)
    if form == "docx":
        return read_docx(data)
    if form == "fadein":
        return read_fadein(data)
    from studio.scripts.formats.pdf import read_pdf  # its library is large, and only a PDF needs it

    return read_pdf(data)


def _zipped(data: bytes) -> Format:
    names = member_names(data, "compressed file")
    if "word/document.xml" in names:
        return "docx"
    if "document.xml" in names:
        return "fadein"
    what = foreign(data) or "a compressed file (zip)"
    raise Invalid(f"This is {what}. {BRING_INSTEAD}", field="script")


def _head(data: bytes) -> str:
    """The beginning of a file as text, whatever its encoding, without what stands before its first letter."""
    start = data[:_ROOT_WITHIN]
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = start.decode("utf-16", errors="ignore")
    else:
        text = start.decode("utf-8", errors="ignore")
    return text.lstrip("\ufeff \t\r\n")


def suffix_of(name: str) -> str:
    """The suffix of a file name in small letters, with its full stop."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()
