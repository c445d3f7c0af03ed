"""A project of Storyboarder in a ZIP from outside, read in the sandbox: its boards first, then their pictures one by one.

Nothing of the ZIP is unpacked to a disk; every file of it is read up to a limit, whatever it says of its own size.
"""

from __future__ import annotations

import json
import os
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.core import log
from studio.core.errors import Invalid, LimitReached, StudioError
from studio.engine.sandbox.inside import FIRST_FILE
from studio.engine.sandbox.run import CameToGrief, Ears, Limits, TookTooLong, Work, run

MOST_BYTES = 160 << 20
"""Of the ZIP."""
NO_ZIP = "This is no ZIP we can read. Zip the project's folder without a password and bring that in."
_MODULE = "studio.storyboards.exchange.reading"
_MEMORY_BYTES = 1600 << 20
_LIMIT_S = 60.0
_CPU_S = 50
_MOST_OUT_BYTES = 1 << 30
_MOST_PICTURE_BYTES = 64 << 20
_HEAD_BYTES = 5
_PICTURE, _PROBLEM = b"p", b"x"
NO_PICTURE = "The drawing of this board could not be read. Draw it again in Storyboarder."
_log = log.logger("storyboards.exchange")


@dataclass(frozen=True, slots=True)
class BroughtBoard:
    """One board: its length in milliseconds, its words, whether there is a drawing, and what we wrote of it ourselves ("" where
    it is not from us)."""

    opens: bool
    drawn: bool
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
    """The boards of a project, scene by scene: (heading or "", its number or "", the boards in order), and its shape (width by
    height) and frames a second."""

    title: str
    aspect: float
    fps: float
    scenes: tuple[tuple[str, str, tuple[BroughtBoard, ...]], ...]

    @property
    def boards(self) -> tuple[BroughtBoard, ...]:
        return tuple(board for _, _, boards in self.scenes for board in boards)


def read_project(project: Path) -> BroughtProject:
    """The boards of a project in a ZIP, without their pictures.

    Raises:
        Invalid: it is no project of Storyboarder, or damaged; the message says what to do.
        LimitReached: it is too large, or takes too long or too much memory.
    """
    with project.open("rb") as file:
        if file.read(2) != b"PK":
            raise Invalid(NO_ZIP, field="file")
    if project.stat().st_size > MOST_BYTES:
        raise LimitReached(f"This ZIP is larger than {MOST_BYTES >> 20} MB. Bring in one scene at a time.")
    try:
        said = json.loads(_asked(project, {"what": "boards"}, Ears()))
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
    if "error" in said:
        message = str(said["message"])
        raise LimitReached(message) if said["error"] == LimitReached.code else Invalid(message, field="file")
    return BroughtProject(
        said["title"],
        said["aspect"],
        said["fps"],
        tuple(
            (scene["heading"], scene["number"], tuple(BroughtBoard(**board) for board in scene["boards"]))
            for scene in said["scenes"]
        ),
    )


def read_pictures(
    project: Path,
    boards: Sequence[int],
    each: Callable[[int, bytes, str], None],
    *,
    width: int,
    height: int,
    stop: Callable[[], bool] = lambda: False,
) -> None:
    """Hand over the pictures of these boards (counted from 0) of a project that `read_project` has read, as they come: the
    board, its layers put together as a PNG of this size, and what is wrong where there is none.

    One child reads them all, for a minute at most; then another goes on. What none of them can read is a problem of its board.

    Raises:
        Cancelled: `stop()` said so.
    """
    left = list(boards)
    while left:
        parts = _Parts()

        def hear(said: bytes, parts: _Parts = parts) -> None:
            for png, problem in parts.more(said):
                if left:  # a child that says more than it was asked is not heard
                    each(left.pop(0), png, problem)

        wanted = {"what": "pictures", "boards": left, "width": width, "height": height}
        try:
            _asked(project, wanted, Ears(stop, hear))
        except (TookTooLong, CameToGrief) as error:
            _log.info("a child reading pictures has ended", came=parts.came, said=str(error))
        if left and not parts.came:
            each(left.pop(0), b"", NO_PICTURE)


class _Parts:
    """What a child says of its pictures, cut into one (PNG, problem) a board."""

    def __init__(self) -> None:
        self.came = 0
        self._heard = bytearray()

    def more(self, said: bytes) -> Iterator[tuple[bytes, str]]:
        """Those that are whole by now. Raises: CameToGrief."""
        self._heard += said
        while len(self._heard) >= _HEAD_BYTES:
            kind, size = bytes(self._heard[:1]), int.from_bytes(self._heard[1:_HEAD_BYTES], "big")
            if kind not in (_PICTURE, _PROBLEM) or size > _MOST_PICTURE_BYTES:
                raise CameToGrief("it said what is no picture")
            if len(self._heard) < _HEAD_BYTES + size:
                return
            part = bytes(self._heard[_HEAD_BYTES : _HEAD_BYTES + size])
            del self._heard[: _HEAD_BYTES + size]
            self.came += 1
            yield (part, "") if kind == _PICTURE else (b"", part.decode(errors="replace"))


def _asked(project: Path, wanted: dict[str, Any], ears: Ears) -> bytes:
    limits = Limits(wall_s=_LIMIT_S, cpu_s=_CPU_S, memory_bytes=_MEMORY_BYTES, out_bytes=_MOST_OUT_BYTES)
    return run(Work("module", _MODULE, (json.dumps(wanted),), (project,)), limits=limits, ours=True, ears=ears)


def _tell_boards() -> None:
    from studio.storyboards.exchange.archive import Archive

    try:
        with os.fdopen(FIRST_FILE, "rb") as file:
            out = Archive(file).told()
    except StudioError as error:
        out = {"error": error.code, "message": error.message}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError):
        out = {"error": Invalid.code, "message": NO_ZIP}
    except MemoryError:
        told = "Reading this project takes more memory than any board should. Bring in one scene at a time."
        out = {"error": LimitReached.code, "message": told}
    sys.stdout.buffer.write(json.dumps(out).encode())


def _tell_pictures(boards: Sequence[int], size: tuple[int, int]) -> None:
    from studio.storyboards.exchange.archive import Archive, picture_of

    with os.fdopen(FIRST_FILE, "rb") as file:
        archive = Archive(file)
        for at in boards:
            try:
                kind, said = _PICTURE, picture_of(archive, archive.boards[at], size)
            except StudioError as error:
                kind, said = _PROBLEM, error.message.encode()
            except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, MemoryError):
                kind, said = _PROBLEM, NO_PICTURE.encode()
            if said is None:
                kind, said = _PROBLEM, NO_PICTURE.encode()
            sys.stdout.buffer.write(kind + len(said).to_bytes(_HEAD_BYTES - 1, "big") + said)
            sys.stdout.buffer.flush()


def _main(arguments: Sequence[str]) -> None:
    wanted: dict[str, Any] = json.loads(arguments[0])
    if wanted["what"] == "boards":
        _tell_boards()
    else:
        _tell_pictures(wanted["boards"], (int(wanted["width"]), int(wanted["height"])))


if __name__ == "__main__":
    _main(sys.argv[1:])
