"""Reads a script file in a process of its own, so that a hostile or broken one can take neither our memory nor our time.

Fountain and plain text are read here at once: their parser keeps its own deadline. For the rest the file goes in on
standard input and the draft comes out as JSON; the child has no environment and lowers its own limits before it reads.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import resource
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import studio
from studio.core import log
from studio.core.errors import Invalid, LimitReached, StudioError
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
_COMMAND = ("-m", "studio.scripts.formats.apart")
_MOST_OUT_BYTES = 48 * 1024 * 1024

_log = log.logger("scripts.formats")


def read_apart(data: bytes, name: str, *, limit_s: float = LIMIT_S) -> Draft:
    """A script file of any format we read, as a draft. A `format` of "fountain" or "text" is to be kept byte for byte.

    Raises:
        Invalid: it is empty, damaged, locked or nothing we read; the message says what to do.
        LimitReached: it is too large, or takes too long or too much memory.
    """
    check_size(data)
    if is_text(data):
        return read_file(data, name)
    return _draft(_child(data, name, limit_s))


def _child(data: bytes, name: str, limit_s: float) -> bytes:
    """What the child says of a file."""
    process = subprocess.Popen(
        [sys.executable, "-P", *_COMMAND, re.sub(r"[^.\w]", "", suffix_of(name))[:12]],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PYTHONPATH": str(Path(studio.__file__).parents[1]), "LANG": "C.UTF-8"},
        start_new_session=True,
    )
    try:
        out, err = process.communicate(data, timeout=limit_s)
    except subprocess.TimeoutExpired as error:
        raise _too_long(limit_s) from error
    finally:
        _end(process)
    if process.returncode == 0 and len(out) <= _MOST_OUT_BYTES:
        return out
    _log.warning(
        "a script file could not be read apart", status=process.returncode, said=err[-2000:].decode(errors="replace")
    )
    if process.returncode in (-signal.SIGXCPU, -signal.SIGALRM):
        raise _too_long(limit_s)
    raise _broken()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the whole group, whatever it has started, and leave no zombie and no pipe."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()


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
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_S, _CPU_S + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Should the parent be gone, nobody else ends this.
    signal.alarm(int(LIMIT_S) + 5)
    name = "script" + (sys.argv[1] if len(sys.argv) > 1 else "")
    out = json.dumps(_answer(sys.stdin.buffer.read(), name)).encode()
    if len(out) > _MOST_OUT_BYTES:
        out = json.dumps(_refusal(TOO_LONG)).encode()
    sys.stdout.buffer.write(out)


def _refusal(message: str) -> dict[str, Any]:
    return {"error": LimitReached.code, "message": message, "field": None}


if __name__ == "__main__":
    _main()
