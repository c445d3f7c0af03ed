"""A board as a project of Storyboarder in a ZIP: one of its boards a panel, the drawing as the layer that is drawn over."""

from __future__ import annotations

import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from studio.core.errors import Unavailable, UnsupportedMedia
from studio.storyboards.breakdown import shot_letters
from studio.storyboards.exchange.project import ENDING, IMAGES, OURS, sheet_size
from studio.storyboards.printing import Tell
from studio.storyboards.printing.book import BoardBook, BookPanel, BookScene, shot_terms

_VERSION = "3.0.0"
_USUAL_MS = 2000
_THUMBNAIL = 60  # pixels high
_MADE = (2000, 1, 1, 0, 0, 0)
_SAFE = re.compile(r"[^\w\-. ()&+]+")


def write_project(book: BoardBook, out: Path, *, tell: Tell | None = None) -> int:
    """Write a ZIP that unpacks to a project Storyboarder opens; how many boards it has. The same book gives the same bytes.

    Raises:
        UnsupportedMedia: a picture cannot be read; the sentence names the panel.
        Unavailable: the file cannot be written.
    """
    name = _SAFE.sub("_", unicodedata.normalize("NFC", book.title or "Untitled"))[:80].strip(" .") or "Untitled"
    boards = list(_boards(book))
    document = {
        "version": _VERSION,
        "aspectRatio": round(book.aspect, 6),
        "fps": round(book.fps, 6),
        "defaultBoardTiming": _USUAL_MS,
        "boards": [board for board, _ in boards],
    }
    size = sheet_size(book.aspect)
    try:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            _put(archive, f"{name}/{name}{ENDING}", json.dumps(document, indent=2, ensure_ascii=False).encode())
            for at, (board, panel) in enumerate(boards, start=1):
                if panel.picture is not None:
                    for file, data in _pictures(board, panel, panel.picture, size):
                        _put(archive, f"{name}/{IMAGES}/{file}", data)
                if tell:
                    tell(f"board {at} of {len(boards)}", at, len(boards))
    except OSError as e:
        raise Unavailable(f"{out.name} could not be written ({e.strerror}).", service="disk") from e
    return len(boards)


def _boards(book: BoardBook) -> Iterator[tuple[dict[str, Any], BookPanel]]:
    edited = int(datetime.combine(book.date, time(), UTC).timestamp() * 1000)
    number = shot = now = 0
    for scene in book.scenes:
        for panel in scene.panels:
            number += 1
            shot += panel.part == 1
            board = _board(scene, panel, number, edited)
            board |= {"shot": f"{shot}{shot_letters(panel.part - 1)}", "time": now}
            now += board["duration"]
            yield board, panel


def _board(scene: BookScene, panel: BookPanel, number: int, edited: int) -> dict[str, Any]:
    uid = f"{number:05d}"
    url = f"board-{number}-{uid}.png"
    board: dict[str, Any] = {
        "uid": uid,
        "url": url,
        "newShot": panel.part == 1,
        "lastEdited": edited,
        "number": number,
        "duration": round(panel.seconds * 1000),
        "dialogue": "\n".join(f"{who}: {said}" if who else said for who, said in panel.dialogue),
        "action": panel.action,
        "notes": f"{panel.number} · {shot_terms(panel)[0]}",
        "layers": {},
        OURS: {
            "scene": scene.number,
            "heading": scene.heading,
            "size": panel.size,
            "angle": panel.angle,
            "move": panel.move,
            "lens_mm": panel.lens_mm,
            "lastEdited": edited,
        },
    }
    if panel.picture is not None:
        board["layers"] = {"reference": {"url": url.replace(".png", "-reference.png"), "opacity": 1}}
        board[OURS]["picture"] = url.replace(".png", f"-{OURS}.png")
    return board


def _pictures(
    board: dict[str, Any], panel: BookPanel, path: Path, size: tuple[int, int]
) -> Iterator[tuple[str, bytes]]:
    """The files of a board: our picture as it is, the layer at the size of the sheet, and both small."""
    from PIL import Image, ImageOps

    try:
        with Image.open(path) as opened:
            whole = opened.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as e:
        raise UnsupportedMedia(f"The picture of {panel.number} cannot be read. Draw it again, then export.") from e
    layer = ImageOps.pad(whole, size, Image.Resampling.LANCZOS, color="white")
    small = layer.resize((max(1, round(size[0] * _THUMBNAIL / size[1])), _THUMBNAIL), Image.Resampling.LANCZOS)
    yield board[OURS]["picture"], _png(whole)
    yield board["layers"]["reference"]["url"], _png(layer)
    yield board["url"].replace(".png", "-thumbnail.png"), _png(small)


def _png(picture: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=3)
    return out.getvalue()


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _MADE)
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data)
