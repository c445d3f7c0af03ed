"""What was watched of a piece of a film, kept beside it, so that the card of a film costs only its new pieces."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from studio.engine.probe import read_media
from studio.engine.render.layers import Span, stretches, within
from studio.engine.report.watched import Watched, watched
from studio.engine.timeline import Timeline

_VERSION = 1
"""Raised whenever the same piece would be seen otherwise."""


def notes_of(piece: str) -> str:
    """The name of a segment's notes, by the segment's."""
    return f"{piece.rpartition('.')[0]}.seen"


def watch_piece(
    piece: Path,
    timeline: Timeline,
    span: Span,
    *,
    stop: Callable[[], bool] = lambda: False,
    on_frame: Callable[[int], None] | None = None,
) -> Watched:
    """Watch the segment that shows a span of a timeline; the first frame after every cut is kept small.

    Raises:
        UnsupportedMedia: it is missing, or a packet of it does not decode.
        Cancelled: `stop()` said so.
    """
    cuts = {part.start - span.start for part in within(stretches(timeline), span)}
    return read_media(str(piece), piece.name, lambda film: watched(film, keep=cuts, stop=stop, on_frame=on_frame))


def write_notes(seen: Watched, piece: Path, out: Path) -> None:
    """Write what was watched of a segment; `out` is for the caller to put in place."""
    kept = sorted(seen.small)
    with out.open("wb") as file:
        np.savez_compressed(
            file,
            about=np.asarray([_VERSION, piece.stat().st_size, seen.good], np.int64),
            dark=seen.dark,
            change=seen.change,
            sharpness=seen.sharpness,
            cells=seen.cells,
            kept=np.asarray(kept, np.int64),
            small=np.stack([seen.small[at] for at in kept]),
        )


def read_notes(notes: Path, piece: Path) -> Watched | None:
    """What was watched of a segment; None when the notes are missing, damaged, or of another file than this."""
    try:
        with notes.open("rb") as file, np.load(file, allow_pickle=False) as said:
            version, size, good = (int(each) for each in said["about"])
            if (version, size) != (_VERSION, piece.stat().st_size):
                return None
            small = dict(zip(said["kept"].tolist(), said["small"], strict=True))
            return Watched(good, said["dark"], said["change"], said["sharpness"], said["cells"], small)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
