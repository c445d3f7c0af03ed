"""The pictures of a board as files in a ZIP, as they are stored, under names a person can sort."""

from __future__ import annotations

import re
import string
import unicodedata
import zipfile
from pathlib import Path

from studio.core.errors import Invalid, NotFound, Unavailable
from studio.storyboards.printing import Tell
from studio.storyboards.printing.book import BoardBook, BookPanel, BookScene

PATTERN = "{order}-{shot}"
FIELDS = ("order", "scene", "shot", "size", "title")
"""What a pattern may name: the place on the board (0001), numbers of scene and shot, size of the shot, title of the script."""

_LONGEST_NAME = 120
_LONGEST_FIELD = 60
_SAFE = re.compile(r"[^\w\-. ()&+]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_MADE = (2000, 1, 1, 0, 0, 0)
_CHUNK = 1 << 20


def write_zip(book: BoardBook, out: Path, pattern: str = PATTERN, *, tell: Tell | None = None) -> int:
    """Put the picture of every drawn panel into a ZIP; how many there are. Names are unique and hold no folders.

    Raises:
        Invalid: the pattern names something a picture does not have, or no panel is drawn.
        NotFound: a picture's file is gone.
        Unavailable: the ZIP cannot be written.
    """
    named = names_of(book, pattern)
    if not named:
        raise Invalid("No panel of this board is drawn yet. Draw the board first.", field="script")
    try:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            for at, (name, panel, path) in enumerate(named, start=1):
                _put(archive, name, panel, path)
                if tell:
                    tell(f"picture {at} of {len(named)}", at, len(named))
    except OSError as e:
        raise Unavailable(f"{out.name} could not be written ({e.strerror}).", service="disk") from e
    return len(named)


def names_of(book: BoardBook, pattern: str) -> list[tuple[str, BookPanel, Path]]:
    """The drawn panels with the names their files get, without the ending. Raises: Invalid."""
    check_pattern(pattern)
    taken: dict[str, int] = {}
    found: list[tuple[str, BookPanel, Path]] = []
    panels = [(scene, panel) for scene in book.scenes for panel in scene.panels]
    for order, (scene, panel) in enumerate(panels, start=1):
        if panel.picture is None:
            continue
        name = _name(pattern, book, scene, panel, order)
        unique, count = name, taken.get(name.casefold(), 1)
        while unique.casefold() in taken:
            count += 1
            unique = f"{name}-{count}"
        taken[name.casefold()] = count
        taken[unique.casefold()] = count
        found.append((unique, panel, panel.picture))
    return found


def _put(archive: zipfile.ZipFile, name: str, panel: BookPanel, path: Path) -> None:
    try:
        source = path.open("rb")
    except OSError as e:
        raise NotFound(f"The picture of shot {panel.number} is not there any more. Draw it again.") from e
    with source:
        start = source.read(16)
        entry = zipfile.ZipInfo(f"{name}{_ending(start)}", _MADE)
        entry.external_attr = 0o644 << 16
        with archive.open(entry, "w") as target:
            target.write(start)
            while chunk := source.read(_CHUNK):
                target.write(chunk)


def _ending(start: bytes) -> str:
    """The file's ending, by how it begins."""
    if start.startswith(b"RIFF") and start[8:12] == b"WEBP":
        return ".webp"
    return ".jpg" if start.startswith(b"\xff\xd8\xff") else ".png"


def check_pattern(pattern: str) -> None:
    """Refuse a pattern that names something a picture does not have. Raises: Invalid."""
    try:
        fields = [(name, spec, how) for _, name, spec, how in string.Formatter().parse(pattern) if name is not None]
    except ValueError:
        fields = [("", "", None)]
    wrong = [name for name, spec, how in fields if name not in FIELDS or spec or how]
    if wrong or not {name for name, _, _ in fields} & {"order", "shot"}:
        told = ", ".join(f"{{{name}}}" for name in FIELDS)
        raise Invalid(f"Name the pictures by {told}, with {{order}} or {{shot}} among them.", field="pattern")


def _name(pattern: str, book: BoardBook, scene: BookScene, panel: BookPanel, order: int) -> str:
    values = {
        "order": f"{order:04d}",
        "scene": scene.number,
        "shot": panel.number.replace("/", "-"),
        "size": panel.size,
        "title": book.title,
    }
    name = pattern.format_map({key: value[:_LONGEST_FIELD] for key, value in values.items()})
    name = _SAFE.sub("_", unicodedata.normalize("NFC", name))[:_LONGEST_NAME].strip(" .")
    if not name.strip("_-"):
        name = f"panel-{order:04d}"
    return f"_{name}" if _RESERVED.fullmatch(name) else name
