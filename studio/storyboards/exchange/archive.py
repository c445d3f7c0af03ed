"""What is in the ZIP of a Storyboarder project. Runs in the child process of `reading` only."""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Any

from PIL import Image, ImageOps

from studio.core.errors import Invalid, LimitReached
from studio.engine.artist.spec import Angle, Move, Size
from studio.storyboards.exchange.project import ENDING, IMAGES, LAYERS, OURS, sheet_size

MOST_ENTRIES = 20_000
MOST_BOARDS = 600
_MOST_SCENES = 200
_MOST_JSON_BYTES = 8 << 20
_MOST_FILE_BYTES = 40 << 20
_MOST_PIXELS = 40_000_000
_MOST_WORDS = 4000
_LONGEST_MS = 600_000
_NAMED_SCENE = re.compile(r"^Scene-(\w+?)-(.+?)(?:-\d+)?-[0-9A-Z]{5}$")
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Board:
    """A board of a document: as it stands there, the folder it is in, the shape of its sheet, and the frames a second."""

    document: dict[str, Any]
    folder: PurePosixPath
    aspect: float
    fps: float
    usual_ms: float


class Archive:
    """The documents of a project in order, with their boards.

    Raises:
        Invalid: it holds no project, or one that is damaged or reaches out of its own folder.
        LimitReached: it holds too much.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(file)
        entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        if len(entries) > MOST_ENTRIES:
            raise LimitReached(f"This ZIP holds more than {MOST_ENTRIES:,} files. Zip only the folder of the project.")
        for entry in entries:
            _check_name(entry.filename)
        self._entries = {entry.filename: entry for entry in entries}
        names = [PurePosixPath(name) for name in self._entries if name.endswith(ENDING)]
        self._paths = sorted((p for p in names if not _of_a_mac(p)), key=_natural)[:_MOST_SCENES]
        if not self._paths:
            raise Invalid(
                "There is no project of Storyboarder in this ZIP. Zip the folder with the .storyboarder file in it.",
                field="file",
            )
        self._scenes = [(path, self._boards_of(path)) for path in self._paths]
        self.boards = [board for _, boards in self._scenes for board in boards]
        if not self.boards:
            raise Invalid("This project has no boards yet.", field="file")
        if len(self.boards) > MOST_BOARDS:
            raise LimitReached(f"This project has more than {MOST_BOARDS} boards. Bring in one scene at a time.")

    def told(self) -> dict[str, Any]:
        """Title, shape, frames a second, scenes and boards as JSON values."""
        scenes: list[dict[str, Any]] = []
        for path, boards in self._scenes:
            named = _NAMED_SCENE.match(path.stem)
            heading, number = (named[2].replace("-", " "), named[1]) if named else ("", "")
            last: tuple[str, str] | None = None
            for board in boards:
                ours = _dict(board.document.get(OURS))
                here = (_words(ours.get("heading")) or heading, _words(ours.get("scene")) or number)
                if here != last:
                    scenes.append({"heading": here[0][:300], "number": here[1][:20], "boards": []})
                    last = here
                drawn = any(map(self.holds, _places(board)))
                scenes[-1]["boards"].append(_told(board, first=not scenes[-1]["boards"], drawn=drawn))
        title = self._paths[0].stem if len(self._paths) == 1 else self._paths[0].parts[0].removesuffix(ENDING)
        return {"title": title[:200], "aspect": self.boards[0].aspect, "fps": self.boards[0].fps, "scenes": scenes}

    def holds(self, name: PurePosixPath) -> bool:
        """Whether a file is in it."""
        return str(name) in self._entries

    def read(self, name: PurePosixPath, most: int) -> bytes | None:
        """A file of the archive, up to a limit; None where it is not in it. Raises: LimitReached, Invalid."""
        entry = self._entries.get(str(name))
        if entry is None:
            return None
        try:
            with self._zip.open(entry) as source:
                data = source.read(most + 1)
        except (zlib.error, OSError) as error:
            raise Invalid(f"{name.name} in this ZIP is damaged. Zip the folder again.", field="file") from error
        if len(data) > most:
            raise LimitReached(f"{name.name} in this ZIP is larger than {most >> 20} MB, which no board is.")
        return data

    def _boards_of(self, path: PurePosixPath) -> list[Board]:
        try:
            document = json.loads((self.read(path, _MOST_JSON_BYTES) or b"").decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise Invalid(
                f"{path.name} cannot be read. Save the project again in Storyboarder.", field="file"
            ) from error
        boards = _dict(document).get("boards")
        if not isinstance(boards, list) or any(not isinstance(each, dict) for each in boards):
            raise Invalid(f"{path.name} has no list of boards. Save the project again in Storyboarder.", field="file")
        aspect = min(max(_number(document.get("aspectRatio"), 16 / 9), 0.3), 4.0)
        fps = min(max(_number(document.get("fps"), 24.0), 1.0), 240.0)
        usual = _number(document.get("defaultBoardTiming"), 2000.0)
        return [Board(each, path.parent, aspect, fps, usual) for each in boards]


def picture_of(archive: Archive, board: Board, size: tuple[int, int]) -> bytes | None:
    """What a board shows as a PNG of this size, on white; None where nothing is drawn. Raises: Invalid, LimitReached."""
    ours = _our_picture(board)
    whole = _opened(archive, board, ours) if ours else None
    sheet = _on_white(whole) if whole else _flattened(archive, board)
    if sheet is None:
        return None
    out = io.BytesIO()
    ImageOps.pad(sheet, size, Image.Resampling.LANCZOS, color="white").save(out, "PNG", compress_level=1)
    return out.getvalue()


def _our_picture(board: Board) -> object:
    """What we wrote of it as a whole, if nobody has drawn on it since."""
    ours = _dict(board.document.get(OURS))
    return ours.get("picture") if ours.get("lastEdited") == board.document.get("lastEdited") else None


def _places(board: Board) -> list[PurePosixPath]:
    """Where its pictures lie. Raises: Invalid."""
    return [_place(board, url) for url in (_our_picture(board), *(url for url, _ in _layers(board))) if url]


def _layers(board: Board) -> list[tuple[object, float]]:
    """The pictures that lie on each other, with their opacity."""
    layers = _dict(board.document.get("layers"))
    named: list[tuple[object, float]] = []
    for name in LAYERS:
        layer = _dict(layers.get(name))
        if name == "notes" and not {"fill", "tone", "pencil", "ink"} & set(layers):
            named.append((board.document.get("url"), 1.0))  # an old project: the drawing is the board's own file
        if layer.get("url"):
            named.append((layer["url"], min(max(_number(layer.get("opacity"), 1.0), 0.0), 1.0)))
    return named


def _flattened(archive: Archive, board: Board) -> Image.Image | None:
    sheet: Image.Image | None = None
    for url, opacity in _layers(board):
        picture = _opened(archive, board, url) if url else None
        if picture is None:
            continue
        sheet = sheet or Image.new("RGBA", sheet_size(board.aspect), "white")
        picture = picture if picture.size == sheet.size else picture.resize(sheet.size, Image.Resampling.LANCZOS)
        if opacity < 1:
            picture.putalpha(picture.getchannel("A").point([round(v * opacity) for v in range(256)]))
        sheet.alpha_composite(picture)
    return sheet.convert("RGB") if sheet else None


def _place(board: Board, url: object) -> PurePosixPath:
    """Where a picture of a board lies in the archive. Raises: Invalid."""
    if not isinstance(url, str) or PurePosixPath(url).name != url or url in (".", "..") or "\\" in url:
        raise Invalid(
            "A board of this project names a picture outside of its folder, so it is not taken.", field="file"
        )
    return board.folder / IMAGES / url


def _opened(archive: Archive, board: Board, url: object) -> Image.Image | None:
    """A picture of a board with its transparency."""
    place = _place(board, url)
    data = archive.read(place, _MOST_FILE_BYTES)
    if data is None:
        return None
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as found:
            if found.width * found.height > _MOST_PIXELS:
                raise LimitReached(
                    f"The picture {place.name[:80]} has more than {_MOST_PIXELS // 1_000_000} million pixels."
                )
            return found.convert("RGBA")
    except (OSError, SyntaxError, ValueError, EOFError, KeyError, Image.DecompressionBombError) as error:
        raise Invalid(
            f"The picture {place.name[:80]} is damaged. Draw that board again in Storyboarder.", field="file"
        ) from error


def _on_white(picture: Image.Image) -> Image.Image:
    sheet = Image.new("RGBA", picture.size, "white")
    sheet.alpha_composite(picture)
    return sheet.convert("RGB")


def _told(board: Board, *, first: bool, drawn: bool) -> dict[str, Any]:
    document, ours = board.document, _dict(board.document.get(OURS))
    return {
        "opens": first or bool(document.get("newShot")),
        "drawn": drawn,
        "milliseconds": min(max(_number(document.get("duration"), board.usual_ms), 1.0), _LONGEST_MS),
        "dialogue": _words(document.get("dialogue")),
        "action": _words(document.get("action")),
        "notes": _words(document.get("notes")),
        "size": str(ours.get("size")) if ours.get("size") in list(Size) else "",
        "angle": str(ours.get("angle")) if ours.get("angle") in list(Angle) else "",
        "move": str(ours.get("move")) if ours.get("move") in list(Move) else "",
        "lens_mm": min(max(_number(ours.get("lens_mm"), 35.0), 8.0), 600.0),
        "scene": _words(ours.get("scene"))[:20],
        "heading": _words(ours.get("heading"))[:300],
    }


def _check_name(name: str) -> None:
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\x00" in name:
        raise Invalid(
            "This ZIP names files outside of its own folder, so it is not taken. Zip the folder again.", field="file"
        )


def _of_a_mac(path: PurePosixPath) -> bool:
    return path.name.startswith("._") or "__MACOSX" in path.parts


def _natural(path: PurePosixPath) -> list[tuple[int, int, str]]:
    """Scene-2 before Scene-10."""
    return [(0, int(part[:9]), "") if part.isdecimal() else (1, 0, part) for part in _DIGITS.split(str(path)) if part]


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}  # pyright: ignore[reportUnknownVariableType]


def _words(value: object) -> str:
    text = value if isinstance(value, str) else ""
    return "".join(c for c in text if c in "\n\t" or c.isprintable())[:_MOST_WORDS].strip()


def _number(value: object, usual: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return usual
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return usual
    return number if 0 < number < 1e9 else usual
