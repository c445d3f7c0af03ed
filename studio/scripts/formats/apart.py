"""Reads a script file in the sandbox, so that a hostile or broken one can take neither our memory nor our time, nor reach anything.

Fountain and plain text are read here at once: their parser keeps its own deadline. For the rest the draft comes out as JSON.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import asdict
from typing import Any

from studio.core import log
from studio.core.errors import Invalid, LimitReached, StudioError
from studio.engine.sandbox.run import CameToGrief, Limits, TookTooLong, Work, run
from studio.scripts.elements import Emphasis, Kind, Side, Span
from studio.scripts.formats.draft import Draft, Loss, Paragraph
from studio.scripts.formats.parts.gathering import TOO_LONG
from studio.scripts.formats.reading import check_size, is_text, read_file, suffix_of
from studio.scripts.source import MAX_BYTES

LIMIT_S = 18.0
"""Seconds a file may take; with the start and the end of the child it stays under 20."""

MEMORY_BYTES = 480 * 1024 * 1024
"""Address space of the child: what it uses of it stays below."""

_CPU_S = 17
_MODULE = "studio.scripts.formats.apart"
_MOST_OUT_BYTES = 48 * 1024 * 1024

_log = log.logger("scripts.formats")


def read_apart(data: bytes, name: str, *, limit_s: float = LIMIT_S) -> Draft:
    """A script file of any format we read, as a draft. A `format` of "fountain" or "text" is to be kept byte for byte.

    Raises:
        Invalid: it is empty, damaged, locked or nothing we read; the message says what to do.
        LimitReached: it is too large, or takes too long or too much memory.
        SandboxRefused: this machine cannot keep it apart.
    """
    check_size(data)
    if is_text(data):
        return read_file(data, name)
    return _draft(_child(data, name, limit_s))


def _child(data: bytes, name: str, limit_s: float) -> bytes:
    """What the child says of a file."""
    from studio.core.settings import settings  # not for the child, which has none

    suffix = re.sub(r"[^.\w]", "", suffix_of(name))[:12]
    limits = Limits(wall_s=limit_s, cpu_s=_CPU_S, memory_bytes=MEMORY_BYTES, out_bytes=_MOST_OUT_BYTES)
    try:
        return run(Work("module", _MODULE, (suffix,), reads=(settings().fonts,)), data, limits=limits, ours=True)
    except TookTooLong as error:
        raise _too_long(limit_s) from error
    except CameToGrief as error:
        _log.warning("a script file could not be read apart", said=str(error))
        raise _broken() from error


def _too_long(limit_s: float) -> LimitReached:
    return LimitReached(
        f"Reading this script took longer than {limit_s:g} seconds and was stopped. "
        "Save it again in the program you wrote it in, or as Fountain or plain text, and bring that in."
    )


def _broken() -> Invalid:
    return Invalid(
        "This file could not be read: it is damaged, or not built like a script. "
        "Save it again in the program you wrote it in, or as Fountain or plain text, and bring that in.",
        field="script",
    )


# What goes through the pipe


def _draft(out: bytes) -> Draft:
    """The draft, or the error, in what the child said."""
    try:
        said: dict[str, Any] = json.loads(out)
        if "error" not in said:
            return Draft(
                said["format"],
                tuple((key, value) for key, value in said["title_page"]),
                tuple(_paragraph(each) for each in said["paragraphs"]),
                tuple(Loss(**loss) for loss in said["losses"]),
                tuple(said["warnings"]),
            )
        error, message, field = said["error"], str(said["message"]), said["field"]
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise _broken() from problem
    raise LimitReached(message) if error == LimitReached.code else Invalid(message, field=field)


def _paragraph(said: dict[str, Any]) -> Paragraph:
    said["kind"] = Kind(said["kind"])
    said["side"] = Side(said["side"])
    said["spans"] = tuple(Span(Emphasis(each["emphasis"]), each["start"], each["end"]) for each in said["spans"])
    said["notes"] = tuple(said["notes"])
    return Paragraph(**said)


def _answer(data: bytes, name: str) -> dict[str, Any]:
    try:
        draft = read_file(data, name)
        words = [each.text for each in draft.paragraphs] + [note for each in draft.paragraphs for note in each.notes]
        if sum(map(len, words)) > MAX_BYTES:
            return _refusal(TOO_LONG)
        return asdict(draft)
    except StudioError as error:
        field = error.field if isinstance(error, Invalid) else None
        return {"error": error.code, "message": error.message, "field": field}
    except (MemoryError, RecursionError):
        return _refusal(
            "Reading this script takes more memory than any script should. Split it and bring each part in."
        )


def _main() -> None:
    name = "script" + (sys.argv[1] if len(sys.argv) > 1 else "")
    out = json.dumps(_answer(sys.stdin.buffer.read(), name)).encode()
    if len(out) > _MOST_OUT_BYTES:
        out = json.dumps(_refusal(TOO_LONG)).encode()
    sys.stdout.buffer.write(out)


def _refusal(message: str) -> dict[str, Any]:
    return {"error": LimitReached.code, "message": message, "field": None}


if __name__ == "__main__":
    _main()
