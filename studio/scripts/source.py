"""Bytes of an uploaded script to text and back, exactly; what the text means is `fountain.py`."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from studio.core.errors import Invalid, LimitReached

MAX_BYTES = 5 * 1024 * 1024
SUFFIXES = frozenset({"", ".fountain", ".spmd", ".txt", ".md"})

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

_SAVE_AS_FOUNTAIN = (
    "This version reads Fountain and plain text: save it as Fountain (.fountain) or as text, and bring that in."
)

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
    ".fadein": "a Fade In document",
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
_ZIPPED = ((b"word/", "a Word document"), (b"opendocument.text", "an OpenDocument text"), (b"epub+zip", "an e-book"))


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a script, with what it takes to write the very same bytes again. Line ends are kept as they are."""

    text: str
    encoding: str
    bom: bytes

    def encoded(self, text: str | None = None) -> bytes:
        """The bytes of the file, or of another text in the same encoding.

        Raises: Invalid when the text holds half a character (a lone surrogate), which no file can.
        """
        words = self.text if text is None else text
        try:
            return self.bom + words.encode(self.encoding)
        except UnicodeEncodeError as error:
            line = _line_number(words[: error.start])
            raise Invalid(f"Line {line} holds a broken character that cannot be saved. Type it again.") from error


def decoded(data: bytes, name: str = "") -> SourceText:
    """The text of an uploaded script of at most MAX_BYTES: UTF-8, or UTF-16 with a byte order mark.

    Raises: Invalid for a file that is empty or not Fountain or plain text; LimitReached for one that is too large.
    """
    if len(data) > MAX_BYTES:
        size = len(data) / 1024 / 1024
        raise LimitReached(
            f"This script is {size:.1f} MB; the most is {MAX_BYTES // 1024 // 1024} MB. Split it into parts and bring each in."
        )
    if foreign := _foreign(data, name):
        raise Invalid(f"This is {foreign}. {_SAVE_AS_FOUNTAIN}", field="script")
    bom, encoding = next(((mark, codec) for mark, codec in _BOMS if data.startswith(mark)), (b"", "utf-8"))
    text = _text(data[len(bom) :], encoding)
    if "\0" in text:
        raise Invalid(f"This is not a text file (it holds zero bytes). {_SAVE_AS_FOUNTAIN}", field="script")
    if not text.replace("\ufeff", "").strip():
        raise Invalid("This script is empty. Write or paste some words, then bring it in again.", field="script")
    return SourceText(text, encoding, bom)


def _foreign(data: bytes, name: str) -> str:
    """What a file that is no script is called, from its first bytes and then its name; empty for a script."""
    head = data[:4096]
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(b"PK\x03\x04"):
        return next((kind for mark, kind in _ZIPPED if mark in head), "a compressed file (zip)")
    if head[4:8] == b"ftyp":
        return "a film or picture"
    if b"<FinalDraft" in head:
        return "a Final Draft document"
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    if suffix in _FOREIGN:
        return _FOREIGN[suffix]
    # "Draft 2.5" and "Mr. Brown" have a dot in their title, not a suffix.
    if suffix in SUFFIXES or not re.fullmatch(r"\.[a-z][a-z0-9]{0,9}", suffix):
        return ""
    return f"a {suffix} file"


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
