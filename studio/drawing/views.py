"""What other rooms see of drawing."""

from __future__ import annotations

from dataclasses import dataclass

from studio.drawing.replay import Entry, Picture


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What is stored for good: `stored` new ops from number `first_seq` on, the client's up to `client_seq`, at `at` (ms).

    `seq` is the panel's newest op.
    """

    seq: int
    client_seq: int
    first_seq: int
    stored: int
    at: int


@dataclass(frozen=True, slots=True)
class StrokePage:
    """Entries of a journal in order, and the number of its newest op; `more` says that some of them are not here."""

    entries: tuple[Entry, ...]
    last_seq: int
    more: bool


@dataclass(frozen=True, slots=True)
class DrawingView:
    """A panel's drawing: its newest op, up to which op it has a picture, the picture it is drawn over, its versions by op."""

    panel_id: str
    shot_id: str
    project_id: str
    width: int
    height: int
    last_seq: int
    inked_seq: int
    base_sha256: str | None
    versions: tuple[DrawnVersion, ...]


@dataclass(frozen=True, slots=True)
class DrawnVersion:
    """A version of a panel made of its drawing after op number `seq`."""

    number: int
    seq: int


@dataclass(frozen=True, slots=True)
class FillWish:
    """Where to fill, on which layer and with what; lengths as in ops. Openings up to `gap` wide are taken for closed."""

    layer: str
    colour: str
    x: int
    y: int
    gap: int = 0
    opacity: int = 100


@dataclass(frozen=True, slots=True)
class InkBrief:
    """What a worker needs to make a picture of a drawing; sizes in pixels."""

    panel_id: str
    project_id: str
    number: str
    width: int
    height: int
    seq: int
    picture: Picture
    base_sha256: str | None
