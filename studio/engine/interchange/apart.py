"""Every format by its name: written here, and read in the sandbox, for files come from outside."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

from studio.core import log
from studio.core.errors import Invalid, LimitReached, StudioError
from studio.engine.interchange.fitting import fitted
from studio.engine.interchange.formats import Format, Media, Read, Written, format_of
from studio.engine.interchange.screening import text_of
from studio.engine.sandbox.run import CameToGrief, Limits, TookTooLong, Work, run
from studio.engine.time import Rate
from studio.engine.timeline import Timeline, plain

_MODULE = "studio.engine.interchange.apart"
_LIMITS = Limits(wall_s=60.0, cpu_s=50, memory_bytes=2 << 30, out_bytes=128 << 20)

_log = log.logger("engine.interchange")


def written(timeline: Timeline, form: Format, media: Mapping[str, Media]) -> Written:
    """The timeline in a format, with what of it is not in there.

    Raises:
        Invalid: the format cannot hold this timeline at all.
    """
    from studio.engine.interchange import captions, edl_writing, otio
    from studio.engine.interchange.final_cut import fcp7_writing, fcpxml_writing

    if form in ("srt", "vtt", "ass"):
        return captions.written(timeline, form)
    writers = {
        "otio": otio.written,
        "edl": edl_writing.written,
        "fcp7": fcp7_writing.written,
        "fcpxml": fcpxml_writing.written,
    }
    return writers[form](timeline, media)


def read(data: bytes, name: str, *, rate: Rate | None = None) -> Read:
    """A file by its name, made to fit; `rate` is for formats that do not say theirs. It is read in this process: for what we
    trust.

    Raises: Invalid, LimitReached.
    """
    return fitted(_read(data, name, rate))


def _read(data: bytes, name: str, rate: Rate | None) -> Read:
    from studio.engine.interchange import captions, edl_reading, otio
    from studio.engine.interchange.final_cut import fcp7_reading, fcpxml_reading

    form = format_of(name)
    if form == "edl":
        return edl_reading.read(data, name, rate=rate)
    if form in ("srt", "vtt", "ass"):
        return captions.read(data, name, form, rate=rate)
    readers = {"otio": otio.read, "fcp7": fcp7_reading.read, "fcpxml": fcpxml_reading.read}
    return readers[form](data, name)


def read_apart(data: bytes, name: str, *, rate: Rate | None = None) -> Read:
    """A file from outside, read in the sandbox.

    Raises:
        Invalid: it is empty, damaged or no timeline; the message says what to do.
        LimitReached: it is too large, or takes too long or too much memory.
        SandboxRefused: this machine cannot keep it apart.
    """
    format_of(name)
    text_of(data)
    try:
        out = run(Work("module", _MODULE, (name[-200:], str(rate or ""))), data, limits=_LIMITS, ours=True)
    except TookTooLong as e:
        raise LimitReached("Reading this file took too long and was stopped. Export the timeline in parts.") from e
    except CameToGrief as e:
        _log.warning("a timeline file could not be read apart", said=str(e))
        raise _broken() from e
    try:
        said: dict[str, Any] = json.loads(out)
        if "error" not in said:
            return plain.read(said, Read)
        error, message = said["error"], str(said["message"])
    except (plain.Damaged, ValueError, KeyError, TypeError, RecursionError) as e:
        raise _broken() from e
    raise LimitReached(message) if error == LimitReached.code else Invalid(message)


def _broken() -> Invalid:
    return Invalid("This file could not be read: it is damaged, or no timeline. Export the timeline again.")


def _answer(data: bytes, name: str, rate: str) -> dict[str, Any]:
    try:
        return plain.written(read(data, name, rate=Rate.parse(rate) if rate else None), Read)
    except StudioError as e:
        return {"error": e.code, "message": e.message}
    except (MemoryError, RecursionError):
        return {"error": LimitReached.code, "message": "This file is larger than any timeline. Export it in parts."}


if __name__ == "__main__":
    sys.stdout.buffer.write(json.dumps(_answer(sys.stdin.buffer.read(), sys.argv[1], sys.argv[2])).encode())
