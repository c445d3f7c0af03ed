"""Bytes of an uploaded script to text and back, exactly; what the text means is `fountain.py`."""

from __future__ import annotations

import codecs
import contextlib
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from studio.core.errors import Invalid, LimitReached

BRING_INSTEAD = (
    "In the program it comes from, save it as Fountain (.fountain), text, Final Draft (.fdx), PDF, Word (.docx) or "
    "Fade In (.fadein), and bring that in."
)
MAX_BYTES = 5 * 1024 * 1024
SUFFIXES = frozenset({"", ".fountain", ".spmd", ".txt", ".md"})

_OLD = frozenset({"cp1252", "latin-1"})
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

# What other programs' files are called, by suffix.
_FOREIGN = {
    ".fdx": "a Final Draft document",
    ".fdr": "an old Final Draft document",
    ".pdf": "a PDF",
    ".doc": "a Word document",
    ".docx": "a Word document",
    ".odt": "an OpenDocument text",
    ".rtf": "a Rich Text document",
    ".pages": "a Pages document",
    ".celtx": "a Celtx document",
    ".fadein": "a Fade In file",
    ".osf": "an Open Screenplay Format file",
    ".highland": "a Highland document",
    ".wdz": "a WriterDuet document",
    ".htm": "a web page",
    ".html": "a web page",
    ".epub": "an e-book",
}

# How files begin, whatever they are called. The first match names the file.
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "a Rich Text document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"\x89PNG\r\n\x1a\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF87a", "a picture (GIF)"),
    (b"GIF89a", "a picture (GIF)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"RIFF", "a sound, film or picture"),
    (b"OggS", "a sound or film"),
    (b"fLaC", "a sound"),
    (b"ID3", "a sound (MP3)"),
    (b"\x1aE\xdf\xa3", "a film (Matroska)"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file (7z)"),
    (b"Rar!\x1a\x07", "a compressed file (RAR)"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
)
# Formats with a reader of their own, which a text by their name is not.
_READ = frozenset({".fdx", ".pdf", ".docx", ".fadein", ".osf"})
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_ZIPPED = ((b"word/", "a Word document"), (b"opendocument.text", "an OpenDocument text"), (b"epub+zip", "an e-book"))


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a script, with what it takes to write the very same bytes again. Line ends are kept as they are.

    `warnings` are sentences about what was guessed of the encoding.
    """

    text: str
    encoding: str
    bom: bytes
    warnings: tuple[str, ...] = ()

    def encoded(self, text: str | None = None) -> bytes:
        """The bytes of the file, or of another text in the same encoding; UTF-8 when an old encoding lacks its letters.

        Raises: Invalid when the text holds half a character (a lone surrogate), which no file can.
        """
        words = self.text if text is None else text
        encoding = self.encoding
        if encoding in _OLD and not _holds(encoding, words):
            encoding = "utf-8"
        try:
            return self.bom + words.encode(encoding)
        except UnicodeEncodeError as error:
            line = _line_number(words[: error.start])
            raise Invalid(f"Line {line} holds a broken character that cannot be saved. Type it again.") from error


def decoded(data: bytes, name: str = "") -> SourceText:
    """The text of an uploaded script of at most MAX_BYTES: UTF-8, UTF-16, or the old Windows encoding (CP1252).

    Raises: Invalid for a file that is empty or not Fountain or plain text; LimitReached for one that is too large.
    """
    if len(data) > MAX_BYTES:
        size = len(data) / 1024 / 1024
        raise LimitReached(
            f"This script is {size:.1f} MB; the most is {MAX_BYTES // 1024 // 1024} MB. Split it into parts and bring each in."
        )
    if kind := foreign(data):
        raise Invalid(f"This is {kind}. {BRING_INSTEAD}", field="script")
    _check_name(name)
    source = _source(data)
    if "\0" in source.text:
        raise Invalid(f"This is not a text file (it holds zero bytes). {BRING_INSTEAD}", field="script")
    if not source.text.replace("\ufeff", "").strip():
        raise Invalid("This script is empty. Write or paste some words, then bring it in again.", field="script")
    return source


def foreign(data: bytes) -> str:
    """What a file that is no text is called, from its first bytes; empty for text."""
    head = data[:4096]
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(b"PK"):
        return next((kind for mark, kind in _ZIPPED if mark in head), "a compressed file (zip)")
    if head[4:8] == b"ftyp":
        return "a film or picture"
    if b"<FinalDraft" in head:
        return "a Final Draft document"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:15].lower()
    return "a web page" if start.startswith((b"<html", b"<!doctype html")) else ""


def _check_name(name: str) -> None:
    """Raises: Invalid when a text is called what no text is."""
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    # "Draft 2.5" and "Mr. Brown" have a dot in their title, not a suffix.
    if suffix in SUFFIXES or not re.fullmatch(r"\.[a-z][a-z0-9]{0,9}", suffix):
        return
    if suffix in _READ:
        raise Invalid(
            f"This file is called {suffix}, but it is not {_FOREIGN[suffix]}: it holds plain text, or is damaged. "
            "If it is a script in plain text, give it the name .fountain or .txt, and bring it in again.",
            field="script",
        )
    raise Invalid(f"This is {_FOREIGN.get(suffix, f'a {suffix} file')}. {BRING_INSTEAD}", field="script")


def _source(data: bytes) -> SourceText:
    bom, encoding = next(((mark, codec) for mark, codec in _BOMS if data.startswith(mark)), (b"", ""))
    if encoding:
        return SourceText(_text(data[len(bom) :], encoding), encoding, bom)
    if b"\0" in data and (wide := _wide(data)):
        return wide
    try:
        return SourceText(data.decode(), "utf-8", b"")
    except UnicodeDecodeError:
        return _old(data)


def _wide(data: bytes) -> SourceText | None:
    """UTF-16 without a byte order mark: every second byte of Western letters and of line ends is zero."""
    start = data[:65_536]
    even, odd = start[::2].count(0), start[1::2].count(0)
    if len(data) % 2 or min(even, odd) * 20 > max(even, odd) or max(even, odd) * 12 < len(start):
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    warning = "The file does not say how its letters are saved; it was read as UTF-16. Look whether they are right."
    return SourceText(_text(data, encoding), encoding, b"", (warning,))


def _old(data: bytes) -> SourceText:
    """Text in the encoding of old Windows programs. A file that is UTF-8 but for some bytes is damaged, not old.

    Raises: Invalid with the line of the first bad byte.
    """
    if len(_CONTROLS.findall(text := data.decode("latin-1"))) * 100 > len(data):
        raise Invalid(f"This is not a text file. {BRING_INSTEAD}", field="script")
    if any(letter > "\x7f" for letter in data.decode(errors="ignore")):
        _text(data, "utf-8")
    encoding = "latin-1"
    with contextlib.suppress(UnicodeDecodeError):
        text, encoding = data.decode("cp1252"), "cp1252"
    warning = (
        "The file is saved in an old encoding; it was read as Windows Latin (CP1252). Look at letters with accents."
    )
    return SourceText(text, encoding, b"", (warning,))


def _holds(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _text(body: bytes, encoding: str) -> str:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as error:
        line = _line_number(body[: error.start].decode(encoding, errors="ignore"))
        raise Invalid(
            f"Line {line} is not in the {encoding[:6].upper()} encoding. "
            "Open the script where you wrote it, save it with the encoding UTF-8, and bring it in again.",
            field="script",
        ) from error


def _line_number(before: str) -> int:
    return len(re.findall(r"\r\n|\r|\n", before)) + 1
