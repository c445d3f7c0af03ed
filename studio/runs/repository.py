"""Queries of runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, or_
from sqlmodel import col, select

from studio.core.db import UnitOfWork
from studio.core.errors import NotFound
from studio.runs.models import Run, RunTransition
from studio.runs.states import FINAL, RunState

_MANY = 10_000
_WORKING = (RunState.MODERATING.value, RunState.PROCESSING.value)


def get_run(uow: UnitOfWork, run_id: str, *, lock: bool = False) -> Run:
    """One run; `lock` holds its row until the transaction ends. Raises: NotFound."""
    query = select(Run).where(col(Run.id) == run_id).execution_options(populate_existing=True)
    run = uow.session.scalars(query.with_for_update() if lock else query).one_or_none()
    if run is None:
        raise NotFound("There is no such job.")
    return run


def find_by_idem_key(uow: UnitOfWork, key: str) -> Run | None:
    return uow.session.scalars(select(Run).where(col(Run.idem_key) == key)).one_or_none()


def known_idem_keys(uow: UnitOfWork, keys: Sequence[str]) -> set[str]:
    """Which of these keys have a run already; asked in pieces, because a query takes only so many values."""
    found: set[str] = set()
    for at in range(0, len(keys), _MANY):
        query = select(col(Run.idem_key)).where(col(Run.idem_key).in_(keys[at : at + _MANY]))
        found.update(key for key in uow.session.scalars(query) if key)
    return found


def _ended() -> ColumnElement[bool]:
    spent = and_(col(Run.state) == RunState.FAILED.value, col(Run.retry_at).is_(None))
    return or_(col(Run.state).in_([s.value for s in FINAL]), spent)


def children_progress(uow: UnitOfWork, parent: Run) -> tuple[float, float]:
    """(work done, work asked for) over all children of a run, by their weights."""
    done = case((_ended(), col(Run.weight)), else_=col(Run.weight) * col(Run.fraction))
    query = select(func.coalesce(func.sum(done), 0.0), func.coalesce(func.sum(col(Run.weight)), 0.0))
    worked, asked = uow.session.execute(query.where(col(Run.parent_id) == parent.id)).one()
    return float(worked), float(asked)


def children_count(uow: UnitOfWork, parent: Run) -> tuple[int, int]:
    """(ended, all) children started by the present step of a run."""
    query = select(func.count().filter(_ended()), func.count()).where(
        col(Run.parent_id) == parent.id, col(Run.parent_step) == parent.step
    )
    ended, count = uow.session.execute(query).one()
    return int(ended), int(count)


def list_live_children(uow: UnitOfWork, parent_id: str) -> Sequence[Run]:
    query = select(Run).where(col(Run.parent_id) == parent_id, ~_ended()).order_by(col(Run.id))
    return uow.session.scalars(query).all()


def list_children(uow: UnitOfWork, parent_id: str, kind: str | None = None) -> Sequence[Run]:
    query = select(Run).where(col(Run.parent_id) == parent_id)
    if kind:
        query = query.where(col(Run.kind) == kind)
    return uow.session.scalars(query.order_by(col(Run.id))).all()


def list_project_runs(uow: UnitOfWork, project_id: str, *, live_only: bool, limit: int) -> Sequence[Run]:
    query = select(Run).where(col(Run.project_id) == project_id)
    if live_only:
        query = query.where(~_ended())
    return uow.session.scalars(query.order_by(col(Run.id).desc()).limit(limit)).all()


def list_asked(
    uow: UnitOfWork, project_id: str, kinds: Sequence[str], *, about: Mapping[str, str], offset: int, limit: int
) -> tuple[Sequence[Run], int]:
    """What people asked for of these kinds and with these wishes, newest first, and how many there are."""
    wishes = [col(Run.config)[name].as_string() == value for name, value in about.items()]
    asked = (col(Run.project_id) == project_id, col(Run.parent_id).is_(None), col(Run.kind).in_(kinds), *wishes)
    total = uow.session.execute(select(func.count()).select_from(Run).where(*asked)).scalar_one()
    query = select(Run).where(*asked).order_by(col(Run.id).desc()).offset(offset).limit(limit)
    return uow.session.scalars(query).all(), int(total)


def list_live_asked(uow: UnitOfWork, project_id: str, kind: str) -> Sequence[Run]:
    """What people asked for of this kind that has not ended."""
    query = select(Run).where(
        col(Run.project_id) == project_id, col(Run.parent_id).is_(None), col(Run.kind) == kind, ~_ended()
    )
    return uow.session.scalars(query.order_by(col(Run.id)).limit(500)).all()


def oldest_live(uow: UnitOfWork, kind: str) -> datetime | None:
    """When the first run of this kind that has not ended was made."""
    return uow.session.scalar(select(func.min(col(Run.created_at))).where(col(Run.kind) == kind, ~_ended()))


def list_jobs(uow: UnitOfWork, project_ids: Sequence[str], *, limit: int) -> Sequence[Run]:
    """What people asked for in these projects: what still runs, newest first, then what ended last."""
    query = select(Run).where(col(Run.project_id).in_(project_ids), col(Run.parent_id).is_(None))
    order = (case((_ended(), 1), else_=0), case((_ended(), col(Run.completed_at))).desc(), col(Run.id).desc())
    return uow.session.scalars(query.order_by(*order).limit(limit)).all()


def children_of(uow: UnitOfWork, parent_ids: Sequence[str], kind: str) -> Sequence[Run]:
    """The children of this kind of several runs, in order."""
    query = select(Run).where(col(Run.parent_id).in_(parent_ids), col(Run.kind) == kind)
    return uow.session.scalars(query.order_by(col(Run.id))).all()


def pieces_of(uow: UnitOfWork, run_ids: Sequence[str]) -> dict[str, tuple[int, int]]:
    """(ended, all) children of several runs, by run id; those without children are left out."""
    query = select(col(Run.parent_id), func.count().filter(_ended()), func.count()).where(
        col(Run.parent_id).in_(run_ids)
    )
    rows = uow.session.execute(query.group_by(col(Run.parent_id)))
    return {parent: (int(ended), int(count)) for parent, ended, count in rows if parent}


def list_present(uow: UnitOfWork, project_id: str, *, limit: int) -> Sequence[Run]:
    """What a reader needs to begin with: the newest runs people asked for, then the newest parts of them still alive."""
    top = col(Run.parent_id).is_(None)
    query = select(Run).where(col(Run.project_id) == project_id, or_(top, ~_ended()))
    order = (case((top, 0), else_=1), col(Run.id).desc())
    return uow.session.scalars(query.order_by(*order).limit(limit)).all()


def list_transitions(uow: UnitOfWork, run_id: str) -> Sequence[RunTransition]:
    query = select(RunTransition).where(col(RunTransition.run_id) == run_id).order_by(col(RunTransition.id))
    return uow.session.scalars(query).all()


def list_lost(uow: UnitOfWork, at: float) -> Sequence[str]:
    """Ids of runs whose worker stopped renewing its lease."""
    query = select(col(Run.id)).where(
        col(Run.state).in_(_WORKING), col(Run.waiting).is_(False), col(Run.lease_until) < at
    )
    return uow.session.scalars(query.limit(200)).all()


def list_held_by(uow: UnitOfWork, owner_prefix: str) -> Sequence[Run]:
    """Runs whose lease belongs to a worker with a name that begins so."""
    return uow.session.scalars(select(Run).where(col(Run.lease_owner).startswith(owner_prefix, autoescape=True))).all()


def list_due_retries(uow: UnitOfWork, at: float) -> Sequence[str]:
    query = select(col(Run.id)).where(col(Run.state) == RunState.FAILED.value, col(Run.retry_at) <= at)
    return uow.session.scalars(query.limit(200)).all()


def list_forgotten(uow: UnitOfWork, before: float) -> Sequence[Run]:
    """Runs queued since before that time, and waiting runs whose children have all ended: the queue may have lost them."""
    child = select(Run).subquery()
    live_child = (
        select(child.c.id)
        .where(
            child.c.parent_id == col(Run.id),
            ~or_(
                child.c.state.in_([s.value for s in FINAL]),
                and_(child.c.state == RunState.FAILED.value, child.c.retry_at.is_(None)),
            ),
        )
        .exists()
    )
    queued = and_(col(Run.state) == RunState.QUEUED.value, col(Run.queued_at) < before)
    waiting = and_(
        col(Run.state) == RunState.PROCESSING.value,
        col(Run.waiting).is_(True),
        col(Run.queued_at) < before,
        ~live_child,
    )
    return uow.session.scalars(select(Run).where(or_(queued, waiting)).order_by(col(Run.id)).limit(200)).all()


def list_orphans(uow: UnitOfWork) -> Sequence[str]:
    """Ids of ended, unsuccessful runs that still have living children."""
    child = select(Run).subquery()
    bad = or_(
        col(Run.state).in_([RunState.CANCELLED.value, RunState.MODERATION_FAILED.value]),
        and_(col(Run.state) == RunState.FAILED.value, col(Run.retry_at).is_(None)),
    )
    alive = (
        select(child.c.id)
        .where(
            child.c.parent_id == col(Run.id),
            child.c.state.in_([RunState.PENDING.value, RunState.QUEUED.value, *_WORKING]),
        )
        .exists()
    )
    return uow.session.scalars(select(col(Run.id)).where(bad, alive).limit(200)).all()
