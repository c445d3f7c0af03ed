"""What other rooms see of timelines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from studio.engine.time import Rate
from studio.engine.timeline import Timeline


@dataclass(frozen=True, slots=True)
class TimelineDetail:
    """A timeline and the revision it stood at. A `live` one follows its board and can be edited.

    `undrawn` are the shots in it without a picture, `without_music` the frames no music was made for: a film made now has
    both made first.
    """

    id: str
    project_id: str
    revision: int
    timeline: Timeline
    script_id: str | None = None
    live: bool = False
    undrawn: tuple[str, ...] = ()
    without_music: int = 0


@dataclass(frozen=True, slots=True)
class CueView:
    """A piece of music the film needs: from frame `start` for `frames`, in a mood, made from a seed, under these scenes."""

    start: int
    frames: int
    mood: str
    seed: int
    scenes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TimelineCard:
    """A timeline at a glance: its length in whole frames."""

    id: str
    project_id: str
    script_id: str | None
    name: str
    frames: int
    rate: Rate
    width: int
    height: int
    revision: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ChapterView:
    """Where a scene begins in the film: whole frames and seconds from its start."""

    frame: int
    seconds: float
    heading: str


Became = Literal["came", "went", "moved", "length", "sound"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a clip is: frames from the start of the film, its length, and how loud it is in decibels."""

    start: int
    frames: int
    gain_db: float = 0.0


@dataclass(frozen=True, slots=True)
class ClipChange:
    """What became of a clip: where it was and where it is now. Clips that others only pushed along are left out."""

    clip: str
    name: str
    became: Became
    before: Place | None
    after: Place | None


@dataclass(frozen=True, slots=True)
class CutEdit:
    """What edits of a cut came to: its revision and length afterwards, and what is different.

    `labels` say in words what was done, `seqs` where that is in the history; a trial (`kept` false) changed nothing.
    """

    timeline_id: str
    revision: int
    frames_before: int
    frames: int
    changes: tuple[ClipChange, ...]
    labels: tuple[str, ...]
    seqs: tuple[int, ...]
    kept: bool


@dataclass(frozen=True, slots=True)
class LossView:
    """What a file for another program does not have of the cut: `where` first, and in how many places."""

    what: str
    where: str
    count: int


@dataclass(frozen=True, slots=True)
class TimelineFile:
    """A cut as a file for another program."""

    name: str
    mime: str
    data: bytes
    losses: tuple[LossView, ...]
