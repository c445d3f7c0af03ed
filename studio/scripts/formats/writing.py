"""The one door out: a screenplay as a file of any format we write."""

from __future__ import annotations

from typing import Literal, get_args

from studio.core.errors import Invalid
from studio.scripts.elements import Screenplay
from studio.scripts.formats.json_out import json_of
from studio.scripts.formats.text_out import text_of
from studio.scripts.outline import Outline, outlined

ExportFormat = Literal["fountain", "fdx", "pdf", "txt", "json"]
FORMATS: tuple[ExportFormat, ...] = get_args(ExportFormat)

_MIME: dict[ExportFormat, str] = {
    "fountain": "text/plain; charset=utf-8",
    "fdx": "application/xml",
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
}


def export_format(name: str) -> ExportFormat:
    """The format of a name or a suffix, in any case. Raises: Invalid."""
    for known in FORMATS:
        if name.lower().removeprefix(".") == known:
            return known
    listed = ", ".join(f".{known}" for known in FORMATS[:-1])
    raise Invalid(f"Scripts are written as {listed} or .{FORMATS[-1]}. Choose one of these.", field="format")


def exported(
    screenplay: Screenplay,
    format: ExportFormat,
    *,
    outline: Outline | None = None,
    paper: Literal["letter", "a4"] = "letter",
    scene_numbers: bool = True,
) -> tuple[bytes, str, str]:
    """The bytes of a file, its MIME type and its suffix. `paper` and `scene_numbers` are for the PDF.

    Fountain is the source as it is; where the bytes of an unedited file matter, its encoding is the caller's (`SourceText`).
    """
    return _data(screenplay, format, outline, paper, scene_numbers), _MIME[format], f".{format}"


def _data(
    screenplay: Screenplay,
    format: ExportFormat,
    outline: Outline | None,
    paper: Literal["letter", "a4"],
    scene_numbers: bool,
) -> bytes:
    match format:
        case "fountain":
            return screenplay.source.encode("utf-8", "replace")
        case "txt":
            return text_of(screenplay).encode("utf-8", "replace")
        case "json":
            return json_of(screenplay, outline or outlined(screenplay))
        case "fdx":
            from studio.scripts.formats.fdx_out import fdx_of  # an XML library, and a large one below: only on demand

            return fdx_of(screenplay)
        case "pdf":
            from studio.scripts.formats.pdf_out import pdf_of

            return pdf_of(screenplay, paper=paper, scene_numbers=scene_numbers)
