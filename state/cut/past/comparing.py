"""Two states of a cut beside each other: how long each is, and what became of every clip, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import reflex as rx

from state.bridge import read
from state.cut.past.history import CutHistoryState
from state.gate import handler
from state.live import clock
from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Invalid
from studio.core.links import media_link
from studio.engine.time import Rate
from studio.engine.timeline import Timeline
from studio.media import service as media
from studio.timelines import service as timelines
from studio.timelines.views import ClipChange, TimelineDetail

_MOST = 200
_COUNTED = {
    "came": "new",
    "went": "gone",
    "moved": "moved",
    "length": "of another length",
    "sound": "louder or softer",
    "changed": "changed",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of a clip; `picture` is its thumbnail, if it shows a still."""

    clip: str
    became: str
    name: str
    told: str
    picture: str


class CutCompareState(rx.State):
    """The comparison in the history of the open cut."""

    differences: list[Difference] = []
    summary: str = ""

    @handler()
    async def compare(self, form: dict[str, str]) -> None:
        """Say what became of the clips from the first to the second revision; 0 is now."""
        history = await self.get_state(CutHistoryState)
        asked = [form.get("first", ""), form.get("second", "")]
        if not all(each.isdecimal() and len(each) < 10 for each in asked):
            raise Invalid("Choose two states of the cut to compare.")
        before, after, changes, stills = await read(_compared, history._cut, int(asked[0]), int(asked[1]))
        self.summary = _summary(before, after, changes)
        self.differences = [
            _difference(each, after.timeline.rate, after.project_id, stills) for each in changes[:_MOST]
        ]

    @handler()
    async def close(self) -> None:
        self.differences, self.summary = [], ""


Compared = tuple[TimelineDetail, TimelineDetail, tuple[ClipChange, ...], dict[str, str]]


def _compared(uow: UnitOfWork, who: Actor, timeline_id: str, first: int, second: int) -> Compared:
    """Both states, what is different, and the stills that clips of either show, by clip."""
    now = timelines.get_card(uow, who, timeline_id).revision
    before = timelines.timeline_at(uow, who, timeline_id, first or now)
    after = timelines.timeline_at(uow, who, timeline_id, second or now)
    changes = timelines.compare(uow, who, timeline_id, first or now, second or now)
    shown = {**_shown(before.timeline), **_shown(after.timeline)}
    wanted = {each.clip: shown[each.clip] for each in changes[:_MOST] if each.clip in shown}
    files = media.files_of(uow, after.project_id, sorted(set(wanted.values())))
    stills = {sha256 for sha256, file in files.items() if file.mime.startswith("image/")}
    return before, after, changes, {clip: sha256 for clip, sha256 in wanted.items() if sha256 in stills}


def _shown(timeline: Timeline) -> dict[str, str]:
    return {clip.id: clip.media for track in timeline.tracks for clip in track.clips if clip.media}


def _summary(before: TimelineDetail, after: TimelineDetail, changes: tuple[ClipChange, ...]) -> str:
    lengths = [clock(float(each.timeline.rate.seconds(each.timeline.frames))) for each in (before, after)]
    counted = Counter(change.became for change in changes)
    parts = [f"{counted[became]} {word}" for became, word in _COUNTED.items() if counted[became]]
    said = ", ".join(parts) if parts else "no clip is different"
    more = f"; the first {_MOST} are shown" if len(changes) > _MOST else ""
    return f"{lengths[0]} → {lengths[1]}: {said}{more}"


def _difference(change: ClipChange, rate: Rate, project_id: str, stills: Mapping[str, str]) -> Difference:
    picture = media_link(project_id, stills[change.clip], "thumbnail") if change.clip in stills else ""
    return Difference(change.clip, change.became, change.name or "A clip", told(change, rate), picture)


def told(change: ClipChange, rate: Rate) -> str:
    """What became of a clip, in words."""
    was, now = change.before, change.after
    if was is None:
        return f"new at {_timecode(now.start, rate)}, {_length(now.frames, rate)}" if now else "new"
    if now is None:
        return f"gone; it was at {_timecode(was.start, rate)}, {_length(was.frames, rate)}"
    if change.became == "moved":
        return f"from {_timecode(was.start, rate)} to {_timecode(now.start, rate)}"
    if change.became == "length":
        more = now.frames - was.frames
        longer = f"{_length(abs(more), rate)} {'longer' if more > 0 else 'shorter'}"
        return f"{longer}: {_length(was.frames, rate)} → {_length(now.frames, rate)}"
    if change.became == "sound":
        return f"{now.gain_db - was.gain_db:+.1f} dB: {was.gain_db:.1f} → {now.gain_db:.1f}".replace("-", "−")
    return f"changed, at {_timecode(now.start, rate)}"


def _timecode(frame: int, rate: Rate) -> str:
    """Minutes, seconds and frames from the start of the film."""
    whole = round(rate.fps)
    return f"{frame // whole // 60}:{frame // whole % 60:02d}:{frame % whole:02d}"


def _length(frames: int, rate: Rate) -> str:
    return f"{frames} fr" if frames < round(rate.fps) else f"{float(rate.seconds(frames)):.1f} s"
