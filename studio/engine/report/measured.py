"""Measures a finished file: watched and listened to once, held against what was expected. Files are only read.

Our own files are measured in this process (`measured`); those of others by apart.py, which runs this module in the sandbox:
the file comes open, its name and how it is cut on standard input, and the card goes out as JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from studio.core.errors import UnsupportedMedia
from studio.engine.looks.facts import MediaFacts, packed
from studio.engine.looks.reading import read
from studio.engine.probe import probed, read_media
from studio.engine.report.card import Report
from studio.engine.report.heard import Heard, heard
from studio.engine.report.judged import Expected, judged
from studio.engine.report.watched import References, Watched, seen_of, watched
from studio.engine.time import Rate
from studio.engine.timeline import Caption

if TYPE_CHECKING:
    from av.container import InputContainer

BEFOREHAND = ("av", "cv2")
"""What is imported late here, for the sandbox's warm parent (`sandbox/zygote.py`)."""

_FIRST_FILE = 3
NO_REFERENCES = References()


def measured(
    path: Path,
    expected: Expected,
    *,
    found: MediaFacts | None = None,
    pieces: Sequence[Watched] | None = None,
    sound: Heard | None = None,
    references: References = NO_REFERENCES,
    stop: Callable[[], bool] = lambda: False,
    on_frame: Callable[[int], None] | None = None,
) -> tuple[Report, int]:
    """The report card of a file, and how many of its frames decode.

    `found` is what its probe said, `pieces` are what was watched of the segments it is joined of, `sound` what was heard of its
    sound; without them it is probed, watched and listened to now. A card without `references` says nothing of
    likeness.

    Raises:
        UnsupportedMedia: it is missing, or a packet of it does not decode.
        Cancelled: `stop()` said so. What `references` raise.
    """
    return _measured(str(path), path.name, found or probed(path), expected, pieces, sound, references, stop, on_frame)


def _measured(
    file: str | BinaryIO,
    name: str,
    found: MediaFacts,
    expected: Expected,
    pieces: Sequence[Watched] | None,
    sound: Heard | None,
    references: References,
    stop: Callable[[], bool],
    on_frame: Callable[[int], None] | None,
) -> tuple[Report, int]:
    def look(container: InputContainer) -> list[Watched]:
        if not container.streams.video:
            return []
        return [watched(container, keep=references.frames, stop=stop, on_frame=on_frame)]

    pieces = read_media(file, name, look) if pieces is None else pieces
    seen = seen_of(pieces, references) if pieces else None
    if sound is None:
        if not isinstance(file, str):
            file.seek(0)
        sound = read_media(file, name, lambda container: heard(container, stop=stop))
    return judged(found, seen, sound, expected), seen.frames if seen else 0


def _main() -> None:
    """In the sandbox: the card and the probe of the open file, or why it cannot be read."""
    asked = json.load(sys.stdin)
    rate = Rate.parse(asked["rate"]) if asked["rate"] else None
    expected = Expected(rate=rate, captions=tuple(Caption(*c) for c in asked["captions"]))
    try:
        with open(_FIRST_FILE, "rb") as file:
            found = read_media(file, asked["name"], read)
            file.seek(0)
            report, _ = _measured(file, asked["name"], found, expected, None, None, NO_REFERENCES, lambda: False, None)
            answer = {"probe": packed(found), "report": report.plain()}
    except UnsupportedMedia as error:
        answer = {"error": error.message}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    _main()
