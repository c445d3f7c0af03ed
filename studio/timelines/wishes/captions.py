"""What is asked of the captions of a track; of a cut without any, track "", they get one."""

from __future__ import annotations

from typing import Literal

from studio.core.errors import LimitReached
from studio.engine.timeline import Track
from studio.timelines import captioning
from studio.timelines.wishes.listing import Seen, Wished, wish
from studio.timelines.wishes.typed import frames_of

_LONGEST = 2_000
_LARGEST = 900_000


@wish
def retell_caption(seen: Seen, track: str, start: int, text: str) -> Wished:
    """Other words; without any the caption goes."""
    return captioning.retold(_track(seen, track), start, text[:_LONGEST]), "caption"


@wish
def time_caption(seen: Seen, track: str, start: int, edge: Literal["begins", "ends"], value: str) -> Wished:
    """Another beginning or end, as it is typed."""
    at = frames_of(value, seen.timeline.rate)
    return captioning.retimed(_track(seen, track), start, **{edge: at}), "time of a caption"


@wish
def part_caption(seen: Seen, track: str, start: int, letter: int, text: str) -> Wished:
    """Cut in two before a letter, with the words that stand there now."""
    return captioning.parted(_track(seen, track), start, text[:_LONGEST], letter), "split a caption"


@wish
def caption_here(seen: Seen, track: str, frame: int) -> Wished:
    """A new caption at a frame."""
    return captioning.added(seen.timeline, track, frame), "new caption"


@wish
def bring_captions(seen: Seen, track: str, name: str, text: str) -> Wished:
    """The captions of a file in the place of those of a track."""
    if not text or len(text) > _LARGEST:
        raise LimitReached("This file is empty or larger than a file of captions. Choose an SRT, VTT or ASS file.")
    data = text.encode("utf-8", "replace")
    return captioning.brought(seen.timeline, track, name[-200:], data), "captions of a file"


def _track(seen: Seen, track: str) -> Track:
    tracks = captioning.caption_tracks(seen.timeline)
    return captioning.caption_track(seen.timeline, track) if tracks else captioning.new_track(seen.timeline)
