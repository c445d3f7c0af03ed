"""What the bin of the Cut room shows, as plain words: shots of the board, files, sounds. Made from the studio's views."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from state.live import clock
from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.links import media_link
from studio.engine.time import Rate
from studio.media.views import FILMSTRIP, MediaCard, SubClipView, UploadView
from studio.storyboards import service as storyboards
from studio.storyboards.views import PanelCard

STILL_S = 5
"""How long a still is that nobody has given a length."""

_PAGE = 200
_GLYPHS = {"video": "film", "image": "image", "audio": "audio-lines", "lut": "palette"}


@dataclass(frozen=True, slots=True)
class ShotItem:
    """A shot of the board; `carried` is what the timeline is given when it is dragged there, "" while it is not drawn."""

    id: str
    number: str
    lasts: str
    told: str
    picture: str
    carried: str


@dataclass(frozen=True, slots=True)
class BegunItem:
    """A file that has not wholly arrived: `size` in bytes, and how much of it came in words."""

    id: str
    name: str
    size: int
    told: str


@dataclass(frozen=True, slots=True)
class PartItem:
    """A part of a file that has a name; `carried` as of `ShotItem`."""

    id: str
    sha256: str
    name: str
    lasts: str
    carried: str


@dataclass(frozen=True, slots=True)
class FileItem:
    """A file of the bin. `strip` is the address of its filmstrip of `count` pictures, "" while there is none; `levels` that of
    the drawing of its sound. `state` is ready, preparing or failed; `carried` as of `ShotItem`."""

    sha256: str = ""
    name: str = ""
    kind: str = ""
    glyph: str = ""
    lasts: str = ""
    size: str = ""
    told: str = ""
    picture: str = ""
    strip: str = ""
    count: int = 0
    levels: str = ""
    state: str = ""
    percent: int = 0
    problem: str = ""
    run_id: str = ""
    folder: str = ""
    used: str = ""
    made: bool = False
    carried: str = ""
    parts: list[PartItem] = field(default_factory=list[PartItem])


def shot_item(project_id: str, card: PanelCard) -> ShotItem:
    """A shot as a card of the bin."""
    sha256 = card.sha256 or ""
    return ShotItem(
        id=card.shot_id,
        number=card.number,
        lasts=_seconds(card.seconds),
        told=f"{card.number} {card.size} {card.description}".strip(),
        picture=media_link(project_id, sha256, "thumbnail") if sha256 else "",
        carried=carried(sha256, "image", card.number, card.frames, sound=False, link=f"shot:{card.shot_id}")
        if sha256
        else "",
    )


def file_item(project_id: str, card: MediaCard, rate: Rate, parts: Sequence[SubClipView] = ()) -> FileItem:
    """A file as a card or a row of the bin; of all `parts` of files those are shown that are its own."""
    strip = card.forms.get(FILMSTRIP)
    frames = card.frames if card.frames is not None else rate.frames(STILL_S)
    size = f"{card.width} × {card.height}" if card.width else ""
    facts = (_seconds(card.seconds) if card.seconds else "", size, _fps(card.rate), "" if card.sound else _silent(card))
    return FileItem(
        sha256=card.sha256,
        name=card.name,
        kind=card.kind,
        glyph=_GLYPHS.get(card.kind, "file"),
        lasts=_seconds(card.seconds) if card.seconds else "",
        size=size,
        told=" · ".join(fact for fact in facts if fact),
        picture=media_link(project_id, card.sha256, "thumbnail") if "thumbnail" in card.forms else "",
        strip=media_link(project_id, card.sha256, "filmstrip") if strip else "",
        count=int(strip["count"]) if strip else 0,
        levels=media_link(project_id, card.sha256, "levels") if card.kind == "audio" and card.state == "ready" else "",
        state=card.state,
        percent=card.percent,
        problem=card.problem,
        run_id=card.run_id,
        folder=card.folder,
        used=f"in {card.used} {'cut' if card.used == 1 else 'cuts'}" if card.used else "",
        made=card.made,
        carried=carried(card.sha256, card.kind, card.name, frames, sound=card.sound) if _cuttable(card) else "",
        parts=[_part(part, card, rate) for part in parts if part.sha256 == card.sha256],
    )


def _part(part: SubClipView, card: MediaCard, rate: Rate) -> PartItem:
    told = carried(card.sha256, card.kind, part.name, part.frames, sound=card.sound, first=part.first)
    return PartItem(part.id, part.sha256, part.name, frames_told(part.frames, rate), told)


def begun_item(upload: UploadView) -> BegunItem:
    """An upload that was broken off."""
    return BegunItem(
        upload.id, upload.name, upload.size, f"{100 * upload.offset // upload.size} % of {_bytes(upload.size)}"
    )


def shots_with(
    uow: UnitOfWork, actor: Actor, script_id: str, words: str, limit: int
) -> tuple[tuple[PanelCard, ...], int]:
    """The first shots of a board that hold these words in their number, picture, cast or dialogue, and how many do.

    Raises:
        NotFound: the actor may not see the script.
    """
    wanted = words.casefold().split()
    if not wanted:
        found = storyboards.list_cards(uow, actor, script_id, limit=min(limit, _PAGE))
        return found.items, found.total
    fitting = [card for card in _all(uow, actor, script_id) if all(word in _words(card) for word in wanted)]
    return tuple(fitting[:limit]), len(fitting)


def _all(uow: UnitOfWork, actor: Actor, script_id: str) -> Iterator[PanelCard]:
    page, total = 1, 1
    while (page - 1) * _PAGE < total:
        found = storyboards.list_cards(uow, actor, script_id, page=page, limit=_PAGE)
        yield from found.items
        page, total = page + 1, found.total


def _words(card: PanelCard) -> str:
    said = (card.number, card.size, card.description, card.action, card.speaker or "", card.dialogue, *card.cast)
    return " ".join(said).casefold()


def _cuttable(card: MediaCard) -> bool:
    """Whether it can be laid on a timeline: it has been read, and is to be seen or heard."""
    return card.kind in ("video", "image", "audio") and card.frames != 0


def carried(sha256: str, kind: str, name: str, frames: int, *, sound: bool, link: str = "", first: int = 0) -> str:
    """What is dragged to the timeline, as JSON: `frames` of a file from `first` on."""
    said = {"media": sha256, "kind": kind, "name": name, "frames": frames, "sound": sound, "link": link, "from": first}
    return json.dumps(said, ensure_ascii=False)


def frames_told(frames: int, rate: Rate) -> str:
    """How long some frames are, as an editor says it: 4:07 is four seconds and seven frames, 1:04:07 a minute more."""
    base = round(rate.fps)
    seconds, rest = divmod(frames, base)
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes}:{seconds:02d}:{rest:02d}" if minutes else f"{seconds}:{rest:02d}"


def _seconds(seconds: float) -> str:
    """A length for a small card: tenths up to ten seconds, else m:ss."""
    return f"{seconds:.1f} s" if seconds < 9.95 else clock(seconds)


def _bytes(size: int) -> str:
    """A size for people: 1.2 GB, 340 MB, 12 kB."""
    for unit, bytes_of in (("GB", 1 << 30), ("MB", 1 << 20)):
        if size >= bytes_of:
            return f"{size / bytes_of:.1f} {unit}" if size < 100 * bytes_of else f"{size // bytes_of} {unit}"
    return f"{max(1, size >> 10)} kB"


def _fps(rate: str) -> str:
    return f"{Rate.parse(rate).said} fps" if rate else ""


def _silent(card: MediaCard) -> str:
    return "silent" if card.kind == "video" else ""
