"""The documents of cuts as they were read or written last: a cut of thousands of clips is not read out of JSON for every act.

One revision of the cuts used last is remembered, of what is committed only. The database says which revision there is; where it
is not the one remembered (another process has acted), the document is read anew.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

from studio.core.db import UnitOfWork
from studio.engine.timeline import Timeline, from_document, to_document
from studio.timelines import repository
from studio.timelines.models import TimelineRow

_MOST = 40_000
"""Clips and captions of all cuts remembered, at some 1 kB each."""
_HEAD = 50
"""What a cut is counted for beside its clips."""

_kept: OrderedDict[str, _Kept] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True, slots=True)
class _Kept:
    """A cut at a revision, and its document; nobody changes either."""

    revision: int
    changed_at: datetime | None
    timeline: Timeline
    document: dict[str, Any]
    size: int


def timeline_of(uow: UnitOfWork, row: TimelineRow) -> Timeline:
    """The cut a row holds. Where its document has to be read, so is the row. Raises: Invalid where it is damaged."""
    known = _find(row)
    if known is not None:
        return known.timeline
    repository.read_document(uow, row)
    timeline = from_document(row.document)
    _remember(uow, row, timeline)
    return timeline


def document_of(uow: UnitOfWork, row: TimelineRow) -> dict[str, Any]:
    """The document a row holds, not to be changed. Raises: as `timeline_of`."""
    timeline_of(uow, row)
    known = _find(row)
    return known.document if known is not None else row.document


def write(uow: UnitOfWork, row: TimelineRow, timeline: Timeline) -> None:
    """Make this the document of a row whose `revision` and `changed_at` are those it has from now on.

    Only the tracks that are not those remembered are written out.
    """
    with _lock:
        known = _kept.get(row.id)
    row.document = to_document(timeline, known=(known.timeline, known.document) if known else None)
    _remember(uow, row, timeline)


def forget() -> None:
    """Remember nothing, as a process does that has just begun."""
    with _lock:
        _kept.clear()


def _find(row: TimelineRow) -> _Kept | None:
    with _lock:
        known = _kept.get(row.id)
        if known is None or (known.revision, known.changed_at) != (row.revision, row.changed_at):
            return None
        _kept.move_to_end(row.id)
        return known


def _remember(uow: UnitOfWork, row: TimelineRow, timeline: Timeline) -> None:
    size = _HEAD + sum(len(track.clips) + len(track.captions) for track in timeline.tracks)
    kept, timeline_id = _Kept(row.revision, row.changed_at, timeline, row.document, size), row.id

    def keep() -> None:
        with _lock:
            known = _kept.get(timeline_id)
            if known is None or known.revision <= kept.revision:
                _kept[timeline_id] = kept
                _kept.move_to_end(timeline_id)
                while len(_kept) > 1 and sum(each.size for each in _kept.values()) > _MOST:
                    _kept.popitem(last=False)

    uow.when_kept(keep)
