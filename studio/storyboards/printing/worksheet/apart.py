"""Reads scanned worksheets, a page at a time, in the sandbox: a file takes neither our memory nor our time, and reaches nothing."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studio.core import log
from studio.core.errors import Invalid, LimitReached
from studio.engine.sandbox.answering import answer
from studio.engine.sandbox.run import CameToGrief, Limits, TookTooLong, Work, run

if TYPE_CHECKING:
    from PIL.Image import Image

LIMIT_S = 30.0
MOST_BYTES = 40 << 20
MOST_PAGES = 60
KINDS = "PDF, JPEG, PNG or WebP"
_CPU_S = 28
_MEMORY_BYTES = 2000 << 20
_MODULE = "studio.storyboards.printing.worksheet.apart"
_MOST_OUT_BYTES = 192 << 20
_PDF_SIDE = 3300
"""A page of a PDF is looked at with so many pixels on its longer side: 300 dots per inch of common paper."""
NO_SHEET = (
    "There is no worksheet of ours here. Scan or photograph the whole page, with its four corner marks in the picture."
)
NO_CODE = "The code at the foot of this page cannot be read. Scan it again, flat, sharp and evenly lit."
DAMAGED = f"This file is damaged and could not be read. Scan the sheets again as {KINDS}."
_log = log.logger("storyboards.worksheet")


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A page of a file: of `pages` in all. `problem` says why there is no worksheet; else it is page `number` of those of the
    script with that tag. `drawings` are PNGs, frame by frame, None where a frame is blank; `frames` are the tags of their shots.
    """

    pages: int
    problem: str = ""
    script: bytes = b""
    number: int = 0
    frames: tuple[bytes, ...] = ()
    drawings: tuple[bytes | None, ...] = ()


def sheet_page(data: bytes, page: int, *, width: int, height: int, limit_s: float = LIMIT_S) -> SheetPage:
    """A page (from 0) of a scanned file, its drawings cut out at `width` x `height` pixels.

    Raises:
        Invalid: it is no file we read, or damaged; the message says what to do.
        LimitReached: it is too large, or takes too long or too much memory.
        SandboxRefused: this machine cannot keep it apart.
    """
    if not data:
        raise Invalid(f"This file is empty. Scan the sheets as {KINDS}.", field="file")
    if len(data) > MOST_BYTES:
        raise LimitReached(f"This file is larger than {MOST_BYTES >> 20} MB. Bring the sheets in a few at a time.")
    wanted = json.dumps({"page": page, "width": width, "height": height})
    limits = Limits(wall_s=limit_s, cpu_s=_CPU_S, memory_bytes=_MEMORY_BYTES, out_bytes=_MOST_OUT_BYTES)
    try:
        out = run(Work("module", _MODULE, (wanted,)), data, limits=limits, ours=True)
    except TookTooLong as error:
        raise LimitReached("Reading this page took too long and was stopped. Scan it smaller.") from error
    except CameToGrief as error:
        _log.warning("a worksheet could not be read apart", said=str(error))
        raise Invalid(DAMAGED, field="file") from error
    head, _, pictures = out.partition(b"\n")
    said: dict[str, Any] = json.loads(head)
    if "error" in said:
        message = str(said["message"])
        raise LimitReached(message) if said["error"] == LimitReached.code else Invalid(message, field="file")
    drawings: list[bytes | None] = []
    for size in said["sizes"]:
        drawings.append(pictures[:size] if size else None)
        pictures = pictures[size:]
    return SheetPage(
        pages=said["pages"],
        problem=said["problem"],
        script=bytes.fromhex(said["script"]),
        number=said["number"],
        frames=tuple(bytes.fromhex(tag) for tag in said["frames"]),
        drawings=tuple(drawings),
    )


def _read(data: bytes, *, page: int, width: int, height: int) -> bytes:
    import cv2
    import numpy as np

    from studio.storyboards.printing.worksheet.finding import NoMarks, drawings, found_sheet

    cv2.setNumThreads(1)
    opened, pages = _opened(data, page)
    picture = np.asarray(opened)
    said: dict[str, Any] = {"pages": pages, "problem": "", "script": "", "number": 0, "frames": [], "sizes": []}
    cut: list[bytes] = []
    try:
        found = found_sheet(picture)
    except NoMarks:
        found, said["problem"] = None, NO_SHEET
    if found:
        code = found.code
        said |= {"script": code.script.hex(), "number": code.page, "frames": [tag.hex() for tag in code.frames]}
        for drawing in drawings(picture, found, width, height):
            cut.append(b"" if drawing is None else cv2.imencode(".png", drawing[:, :, ::-1])[1].tobytes())
        said["sizes"] = [len(png) for png in cut]
    elif not said["problem"]:
        said["problem"] = NO_CODE
    return json.dumps(said).encode() + b"\n" + b"".join(cut)


def _opened(data: bytes, page: int) -> tuple[Image, int]:
    """A page as RGB pixels, and how many pages there are. Raises: Invalid, LimitReached."""
    if b"%PDF-" in data[:1024]:
        return _pdf_page(data, page)
    from PIL import Image

    from studio.media.pictures.reading import read_picture

    Image.MAX_IMAGE_PIXELS = None  # what is too large is refused by our own measure, in words
    return read_picture(data), 1


def _pdf_page(data: bytes, page: int) -> tuple[Image, int]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(io.BytesIO(data))
        pages = len(document)
        if pages > MOST_PAGES:
            raise LimitReached(f"This PDF has {pages} pages. Bring in at most {MOST_PAGES} at a time.")
        sheet = document[page]
        picture = sheet.render(scale=_PDF_SIDE / max(*sheet.get_size(), 1.0)).to_pil().convert("RGB")
    except (pypdfium2.PdfiumError, IndexError, ValueError, OverflowError) as error:
        told = "This PDF cannot be read: it is damaged, or locked with a password. Scan the sheets again."
        raise Invalid(told, field="file") from error
    return picture, pages


def _main() -> None:
    answer(
        lambda: _read(sys.stdin.buffer.read(), **json.loads(sys.argv[1])),
        too_much="Reading this page takes more memory than any sheet should. Scan it smaller.",
    )


if __name__ == "__main__":
    _main()
