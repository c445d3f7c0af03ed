"""Queries of timelines; those of their journals are in journal.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, case, func, inspect
from sqlalchemy.orm import defer
from sqlmodel import col, select

from studio.core.db import UnitOfWork
from studio.core.errors import NotFound
from studio.timelines.models import TakeRow, TimelineRow

LIVE, KEPT, EDIT = "live", "kept", "edit"


def get_timeline(uow: UnitOfWork, timeline_id: str, *, deleted: bool = False) -> TimelineRow:
    """One that is not deleted, or, asked for `deleted` ones, any. Raises: NotFound."""
    row = uow.session.get(TimelineRow, timeline_id)
    if row is None or (row.deleted_at is not None and not deleted):
        raise NotFound("There is no such timeline.")
    return row


_LARGE: tuple[Any, Any] = (TimelineRow.document, TimelineRow.base)


def get_head(uow: UnitOfWork, timeline_id: str) -> TimelineRow:
    """One that is not deleted; of its document and its base nothing is read before somebody asks for it. Raises: NotFound."""
    row = uow.session.get(TimelineRow, timeline_id, options=[defer(each) for each in _LARGE])
    if row is None or row.deleted_at is not None:
        raise NotFound("There is no such timeline.")
    return row


def base_revision(uow: UnitOfWork, timeline_id: str) -> int | None:
    """The revision of the board a cut was begun from or last merged with; None without one."""
    query = select(col(TimelineRow.base)["revision"].as_integer()).where(col(TimelineRow.id) == timeline_id)
    return uow.session.execute(query).scalars().first()


def read_document(uow: UnitOfWork, row: TimelineRow) -> None:
    """Read a row with its document, in one look, if it was read without."""
    if "document" in inspect(row).unloaded:
        query = select(TimelineRow).where(col(TimelineRow.id) == row.id)
        uow.session.scalars(query.execution_options(populate_existing=True)).one()


def find_live(uow: UnitOfWork, script_id: str) -> TimelineRow | None:
    """The cut of a script that follows its board."""
    query = select(TimelineRow).where(col(TimelineRow.script_id) == script_id, col(TimelineRow.status) == LIVE)
    return uow.session.scalars(query.execution_options(populate_existing=True)).first()


def live_revision(uow: UnitOfWork, script_id: str) -> int | None:
    """The revision of the cut that follows the board of a script; None before there is one."""
    query = select(col(TimelineRow.revision)).where(
        col(TimelineRow.script_id) == script_id, col(TimelineRow.status) == LIVE
    )
    return uow.session.execute(query).scalars().first()


def list_live(uow: UnitOfWork, project_id: str) -> Sequence[TimelineRow]:
    """The cuts of a project that follow their boards, read anew even where they are known."""
    query = select(TimelineRow).where(col(TimelineRow.project_id) == project_id, col(TimelineRow.status) == LIVE)
    return uow.session.scalars(query.execution_options(populate_existing=True)).all()


def list_untouched(uow: UnitOfWork, project_id: str) -> Sequence[TimelineRow]:
    """The cuts by hand in which nobody has done anything since they were begun."""
    query = select(TimelineRow).where(
        col(TimelineRow.project_id) == project_id,
        col(TimelineRow.status) == EDIT,
        col(TimelineRow.revision) == 1,
        col(TimelineRow.deleted_at).is_(None),
    )
    return uow.session.scalars(query).all()


def find_kept(uow: UnitOfWork, row: TimelineRow) -> TimelineRow | None:
    """The copy of a cut that was filmed at the revision it has now; one of a script's own cut may not say whose it is."""
    mine: ColumnElement[bool] = col(TimelineRow.parent_id) == row.id
    if row.status == LIVE:
        mine |= col(TimelineRow.parent_id).is_(None) & (col(TimelineRow.script_id) == row.script_id)
    query = select(TimelineRow).where(mine, col(TimelineRow.status) == KEPT, col(TimelineRow.revision) == row.revision)
    return uow.session.scalars(query).first()


_CARD = (
    TimelineRow.id,
    TimelineRow.project_id,
    TimelineRow.script_id,
    TimelineRow.name,
    TimelineRow.frames,
    TimelineRow.rate,
    TimelineRow.width,
    TimelineRow.height,
    TimelineRow.revision,
    TimelineRow.created_at,
    TimelineRow.status,
    TimelineRow.changed_at,
)
"""What a card is made of: the document is not read for it."""


def list_cards(uow: UnitOfWork, project_id: str, *, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """The cuts of a project that can be worked on, the one changed last first."""
    columns: list[Any] = [col(f) for f in _CARD]
    changed = func.coalesce(col(TimelineRow.changed_at), col(TimelineRow.created_at))
    query = (
        select(*columns)
        .where(
            col(TimelineRow.project_id) == project_id,
            col(TimelineRow.status).in_((LIVE, EDIT)),
            col(TimelineRow.deleted_at).is_(None),
        )
        .order_by(changed.desc(), col(TimelineRow.id).desc())
        .limit(limit)
    )
    return uow.session.execute(query).all()


def get_card(uow: UnitOfWork, timeline_id: str) -> Row[*tuple[Any, ...]]:
    """A cut that is not deleted, without its document. Raises: NotFound."""
    columns: list[Any] = [col(f) for f in _CARD]
    query = select(*columns).where(col(TimelineRow.id) == timeline_id, col(TimelineRow.deleted_at).is_(None))
    found = uow.session.execute(query).first()
    if found is None:
        raise NotFound("There is no such timeline.")
    return found


def count_by_hand(uow: UnitOfWork, project_id: str) -> int:
    """How many cuts by hand a project has, without those that are deleted."""
    query = select(func.count()).where(
        col(TimelineRow.project_id) == project_id,
        col(TimelineRow.status) == EDIT,
        col(TimelineRow.deleted_at).is_(None),
    )
    return int(uow.session.execute(query).scalar_one())


@dataclass(frozen=True, slots=True)
class CutDocument:
    """A cut as it is stored."""

    id: str
    name: str
    status: str
    document: dict[str, Any]


def list_documents(uow: UnitOfWork, project_id: str) -> Sequence[CutDocument]:
    """Every cut of a project but the copies kept of films, the oldest first."""
    kept = (col(TimelineRow.id), col(TimelineRow.name), col(TimelineRow.status), col(TimelineRow.document))
    query = select(*kept).where(
        col(TimelineRow.project_id) == project_id,
        col(TimelineRow.status) != KEPT,
        col(TimelineRow.deleted_at).is_(None),
    )
    return [CutDocument(row[0], row[1], row[2], row[3]) for row in uow.session.execute(query.order_by(TimelineRow.id))]


def timelines_by_id(uow: UnitOfWork, timeline_ids: Sequence[str]) -> dict[str, TimelineRow]:
    query = select(TimelineRow).where(col(TimelineRow.id).in_(timeline_ids)).execution_options(populate_existing=True)
    return {row.id: row for row in uow.session.scalars(query)}


def latest_cards(uow: UnitOfWork, project_ids: Sequence[str]) -> Sequence[Row[*tuple[Any, ...]]]:
    """The newest cut of each project, without its document: of those that follow a board, or were made before there were such,
    else of those by hand."""
    by_hand = case((col(TimelineRow.status) == EDIT, 1), else_=0)
    place = func.row_number().over(
        partition_by=col(TimelineRow.project_id), order_by=(by_hand, col(TimelineRow.id).desc())
    )
    mine = (col(TimelineRow.project_id).in_(project_ids), col(TimelineRow.status) != KEPT)
    ranked = select(col(TimelineRow.id).label("id"), place.label("n")).where(*mine).subquery()
    columns: list[Any] = [col(f) for f in _CARD]
    query = select(*columns).where(col(TimelineRow.id).in_(select(ranked.c.id).where(ranked.c.n == 1)))
    return uow.session.execute(query).all()


def shapes_of(uow: UnitOfWork, timeline_ids: Sequence[str]) -> Sequence[Row[*tuple[Any, ...]]]:
    """Id, rate, width and height of these timelines."""
    columns: list[Any] = [col(f) for f in (TimelineRow.id, TimelineRow.rate, TimelineRow.width, TimelineRow.height)]
    query = select(*columns).where(col(TimelineRow.id).in_(timeline_ids))
    return uow.session.execute(query).all()


def scripts_of(uow: UnitOfWork, timeline_ids: Sequence[str]) -> dict[str, str]:
    """The script of each timeline that has one, by timeline id."""
    query = select(col(TimelineRow.id), col(TimelineRow.script_id)).where(
        col(TimelineRow.id).in_(timeline_ids), col(TimelineRow.script_id).is_not(None)
    )
    return {timeline: script for timeline, script in uow.session.execute(query) if script}


_MOST_TAKES = 5_000


def has_takes(uow: UnitOfWork, project_id: str) -> bool:
    """Whether anything was said anew in a project."""
    return (
        uow.session.scalars(select(col(TakeRow.id)).where(col(TakeRow.project_id) == project_id).limit(1)).first()
        is not None
    )


def takes_of(uow: UnitOfWork, project_id: str, hashes: Sequence[str]) -> Sequence[TakeRow]:
    """What was said anew in a project in these recordings, at most 5,000."""
    query = select(TakeRow).where(col(TakeRow.project_id) == project_id, col(TakeRow.sha256).in_(hashes))
    return uow.session.scalars(query.limit(_MOST_TAKES)).all()
