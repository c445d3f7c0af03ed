"""`inkreel script`: look at a screenplay file, and turn one format into another, without a studio."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from studio.core.errors import Invalid, Unavailable
from studio.scripts import fountain
from studio.scripts.elements import Kind, Screenplay
from studio.scripts.formats.apart import read_apart
from studio.scripts.formats.draft import Draft
from studio.scripts.formats.fountain_out import fountain_of
from studio.scripts.formats.reading import MAX_FILE_BYTES
from studio.scripts.formats.writing import ExportFormat, export_format, exported
from studio.scripts.outline import outlined
from studio.scripts.source import decoded

script = typer.Typer(help="Look at a screenplay file, or turn it into another format.", no_args_is_help=True)

_FORMAT_NAMES = {
    "fountain": "Fountain",
    "fdx": "Final Draft",
    "pdf": "PDF",
    "docx": "Word",
    "fadein": "Fade In",
    "text": "plain text",
}


@dataclass(frozen=True, slots=True)
class _Reading:
    """A file as it was read; `kept` are its bytes where they are Fountain already."""

    draft: Draft
    screenplay: Screenplay
    kept: bytes | None


@script.command("check")
def check(
    file: Annotated[
        Path, typer.Argument(help="A screenplay: Fountain, Final Draft, PDF, Word, Fade In, text.", show_default=False)
    ],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Say what a screenplay file holds, and what of it cannot be kept."""
    reading = _read(file)
    found = _summary(reading)
    if as_json:
        print(json.dumps(found, ensure_ascii=False))
        return
    minutes, seconds = divmod(round(found["seconds"]), 60)
    pages, eighths = divmod(found["eighths"], 8)
    print(f"{found['title'] or file.stem}  ({_FORMAT_NAMES[found['format']]})\n")
    for count, words in (
        (found["scenes"], "scenes"),
        (found["cues"], "cues"),
        (found["characters"], "characters"),
        (found["locations"], "locations"),
    ):
        print(f"{words:12}{count:>8}")
    print(f"{'pages':12}{f'{pages} {eighths}/8':>8}\n{'plays for':12}{f'{minutes}:{seconds:02d}':>8}")
    if told := list(_told(reading.draft)):
        print("\n" + "\n".join(told))


@script.command("convert")
def convert(
    source: Annotated[Path, typer.Argument(metavar="IN", help="The screenplay to read.", show_default=False)],
    target: Annotated[
        Path,
        typer.Argument(
            metavar="OUT", help="The file to write: .fountain, .fdx, .pdf, .txt, .json.", show_default=False
        ),
    ],
    paper: Annotated[str, typer.Option("--paper", help="For a PDF: letter or a4.")] = "letter",
) -> None:
    """Turn a screenplay into another format, named by the suffix of OUT. What cannot be kept is said."""
    form = _target_format(target)
    if paper not in ("letter", "a4"):
        raise Invalid("The paper is letter or a4.", field="paper")
    reading = _read(source)
    data = reading.kept if form == "fountain" else None
    if data is None:
        data, _, _ = exported(reading.screenplay, form, paper="a4" if paper == "a4" else "letter")
    _write(target, data)
    for line in _told(reading.draft):
        print(f"inkreel: {line}", file=sys.stderr)


def _read(file: Path) -> _Reading:
    data = _bytes(file)
    draft = read_apart(data, file.name)
    if draft.format in ("fountain", "text"):
        return _Reading(draft, fountain.parse(decoded(data, file.name).text), data)
    return _Reading(draft, fountain.parse(fountain_of(draft)), None)


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as f:
            return f.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        raise Invalid(f"There is no file {file}. Check the path.", field="script") from None
    except OSError as e:
        raise Invalid(f"{file} cannot be read ({e.strerror}). Give a screenplay file.", field="script") from e


def _summary(reading: _Reading) -> dict[str, Any]:
    outline = outlined(reading.screenplay)
    draft = reading.draft
    return {
        "ok": True,
        "format": draft.format,
        "title": outline.title,
        "scenes": len(outline.scenes),
        "cues": sum(e.kind is Kind.CHARACTER for e in reading.screenplay.elements),
        "characters": len(outline.characters),
        "locations": len(outline.locations),
        "eighths": outline.eighths,
        "seconds": round(outline.seconds),
        "warnings": list(draft.warnings),
        "losses": [{"what": loss.what, "count": loss.count} for loss in draft.losses],
    }


def _told(draft: Draft) -> Iterable[str]:
    yield from draft.warnings
    for loss in draft.losses:
        yield f"Not kept: {loss.what} ({loss.count})."


def _target_format(target: Path) -> ExportFormat:
    form = export_format(target.suffix or target.name)
    if target.is_dir() or not target.absolute().parent.is_dir() or not os.access(target.absolute().parent, os.W_OK):
        raise Invalid(f"{target} cannot be written. Choose a folder that exists and is yours.", field="output")
    return form


def _write(target: Path, data: bytes) -> None:
    """Write next to the name, then rename: what was there stays until the new file is whole. Raises: Unavailable."""
    part = target.with_name(f".{target.name}.part")
    try:
        part.write_bytes(data)
        part.replace(target)
    except OSError as e:
        part.unlink(missing_ok=True)
        raise Unavailable(f"{target} could not be written ({e.strerror}).", service="disk") from e
