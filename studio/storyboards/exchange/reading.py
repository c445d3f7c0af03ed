"""A project of Storyboarder in a ZIP from outside, read in the sandbox: its boards first, then their pictures in turns.

Nothing of the ZIP is unpacked to a disk; every file of it is read up to a limit, whatever it says of its own size.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from studio.core import log
from studio.core.errors import Invalid, LimitReached, StudioError
from studio.engine.sandbox.run import CameToGrief, Limits, TookTooLong, Work, run

MOST_BYTES = 160 << 20
"""Of the ZIP."""
NO_ZIP = "This is no ZIP we can read. Zip the project's folder without a password and bring that in."
_MODULE = "studio.storyboards.exchange.reading"
_MEMORY_BYTES = 1600 << 20
_LIMIT_S = 60.0
_CPU_S = 50
_MOST_OUT_BYTES = 256 << 20
_AT_ONCE = 8
_log = log.logger("storyboards.exchange")


@dataclass(frozen=True, slots=True)
class BroughtBoard:
    """One board: its length in milliseconds, its words, and what we wrote of it ourselves ("" where it is not from us)."""

    opens: bool
    milliseconds: float
    dialogue: str
    action: str
    notes: str
    size: str
    angle: str
    move: str
    lens_mm: float
    scene: str
    heading: str


@dataclass(frozen=True, slots=True)
class BroughtProject:
    """The boards of a project, scene by scene: (heading or "", its number or "", the boards in order)."""

    title: str
    scenes: tuple[tuple[str, str, tuple[BroughtBoard, ...]], ...]

    @property
    def boards(self) -> tuple[BroughtBoard, ...]:
        return tuple(board for _, _, boards in self.scenes for board in boards)


def read_project(data: bytes) -> BroughtProject:
    """The boards of a project, without their pictures.

    Raises:
        Invalid: it is no project of Storyboarder, or damaged; the message says what to do.
        LimitReached: it is too large, or takes too long or too much memory.
    """
    if not data.startswith(b"PK"):
        raise Invalid(NO_ZIP, field="file")
    if len(data) > MOST_BYTES:
        raise LimitReached(f"This ZIP is larger than {MOST_BYTES >> 20} MB. Bring in one scene at a time.")
    said = json.loads(_asked(data, {"what": "boards"}))
    return BroughtProject(
        said["title"],
        tuple(
            (scene["heading"], scene["number"], tuple(BroughtBoard(**board) for board in scene["boards"]))
            for scene in said["scenes"]
        ),
    )


def project_pictures(data: bytes, boards: int, *, width: int, height: int) -> Iterator[bytes | None]:
    """The picture of each board as a PNG of this size, its layers put together; None where it has none.

    Raises: as `read_project`.
    """
    for first in range(0, boards, _AT_ONCE):
        wanted = {"what": "pictures", "first": first, "count": _AT_ONCE, "width": width, "height": height}
        out = io.BytesIO(_asked(data, wanted))
        for _ in range(min(_AT_ONCE, boards - first)):
            yield out.read(int.from_bytes(out.read(8), "big")) or None


def _asked(data: bytes, wanted: dict[str, Any]) -> bytes:
    limits = Limits(wall_s=_LIMIT_S, cpu_s=_CPU_S, memory_bytes=_MEMORY_BYTES, out_bytes=_MOST_OUT_BYTES)
    try:
        out = run(Work("module", _MODULE, (json.dumps(wanted),)), data, limits=limits, ours=True)
    except TookTooLong as error:
        raise LimitReached(
            f"Reading this project took longer than {_LIMIT_S:g} seconds and was stopped. Bring in one scene at a time."
        ) from error
    except CameToGrief as error:
        _log.warning("a project of Storyboarder could not be read apart", said=str(error))
        raise Invalid(
            "This project is damaged and could not be read. Save it again in Storyboarder, zip its folder, and bring that in.",
            field="file",
        ) from error
    if out.startswith(b'{"error"'):
        said: dict[str, Any] = json.loads(out)
        message = str(said["message"])
        raise LimitReached(message) if said["error"] == LimitReached.code else Invalid(message, field="file")
    return out


def _answered(data: bytes, wanted: dict[str, Any]) -> bytes:
    from studio.storyboards.exchange.archive import Archive, picture_of

    archive = Archive(data)
    if wanted["what"] == "boards":
        return json.dumps(archive.told()).encode()
    out = io.BytesIO()
    first = int(wanted["first"])
    for board in archive.boards[first : first + int(wanted["count"])]:
        picture = picture_of(archive, board, (int(wanted["width"]), int(wanted["height"]))) or b""
        out.write(len(picture).to_bytes(8, "big") + picture)
    return out.getvalue()


def _main(arguments: Sequence[str]) -> None:
    try:
        out = _answered(sys.stdin.buffer.read(), json.loads(arguments[0]))
    except StudioError as error:
        out = json.dumps({"error": error.code, "message": error.message}).encode()
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError):
        out = json.dumps({"error": Invalid.code, "message": NO_ZIP}).encode()
    except MemoryError:
        told = "Reading this project takes more memory than any board should. Bring in one scene at a time."
        out = json.dumps({"error": LimitReached.code, "message": told}).encode()
    sys.stdout.buffer.write(out)


if __name__ == "__main__":
    _main(sys.argv[1:])
