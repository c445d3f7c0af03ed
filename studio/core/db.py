"""The database: one URL for SQLite or PostgreSQL, and the unit of work through which everything is read and written."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Generator, Hashable, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from itertools import groupby
from typing import Any, TypeVar

from sqlalchemy import DateTime, Dialect, Engine, String, create_engine, event, insert, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from studio.core import clock, events, ids, log
from studio.core.errors import Conflict, Unavailable
from studio.core.settings import settings

_log = log.logger("core.db")
T = TypeVar("T")
BUSY_TIMEOUT_MS = 15_000


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC moment; SQLite keeps no zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def moment() -> Any:
    """A nullable column holding a UTC moment."""
    return Field(default=None, sa_type=UtcDateTime)  # pyright: ignore[reportArgumentType, reportCallIssue]


class Row(SQLModel):
    """What every table has."""

    id: str = Field(default_factory=ids.new_id, primary_key=True, max_length=36)
    created_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)  # pyright: ignore[reportArgumentType]


class Outbox(Row, table=True):
    """A durable event not yet acted on."""

    name: str = Field(max_length=80)
    payload: str = Field(sa_type=String)


class UnitOfWork:
    """One transaction: a session to use, whether it may write, events to tell after it is committed."""

    def __init__(self, session: Session, *, writes: bool = False) -> None:
        self.session = session
        self.writes = writes
        self._looked_up: dict[Hashable, Any] = {}
        self._events: list[tuple[events.Event, str | None]] = []
        self._when_kept: list[Callable[[], None]] = []
        self._settled = 0
        self.undoing: tuple[int, str] | None = None
        """The entry of the history (its number and words) that is undone just now; what is written down meanwhile says so."""

    def once(self, key: Hashable, ask: Callable[[], T]) -> T:
        """What `ask` says; a read transaction asks once and remembers, for its view does not change."""
        if self.writes:
            return ask()
        if key not in self._looked_up:
            self._looked_up[key] = ask()
        return self._looked_up[key]

    def when_kept(self, then: Callable[[], None]) -> None:
        """Do this as soon as what this transaction sees is kept: after its commit, or at once where it only reads."""
        if self.writes:
            self._when_kept.append(then)
        else:
            then()

    def record(self, happened: events.Event) -> None:
        """Tell this after the commit; a durable event is written to the outbox in the same transaction."""
        row_id = None
        if happened.durable:
            row = Outbox(name=type(happened).__name__, payload=json.dumps(happened.payload()))
            self.session.add(row)
            row_id = row.id
        self._events.append((happened, row_id))

    def record_many(self, happened: Sequence[events.Event]) -> None:
        """Tell all of these after the commit, in order; the durable ones are written to the outbox at once."""
        row_ids = [ids.new_id() if each.durable else None for each in happened]
        rows = [
            {
                "id": row_id,
                "created_at": clock.now(),
                "name": type(each).__name__,
                "payload": json.dumps(each.payload()),
            }
            for each, row_id in zip(happened, row_ids, strict=True)
            if row_id
        ]
        self.add_many(Outbox, rows)
        self._events.extend(zip(happened, row_ids, strict=True))

    def add_many(self, table: type[Row], rows: Sequence[dict[str, Any]]) -> None:
        """Insert many rows of one table at once; what a row leaves out has its default."""
        if rows:
            self.session.execute(insert(table), rows)

    def add_once(self, row: Row) -> bool:
        """Insert a row unless a rule of uniqueness says that it is already there; whether it was inserted."""
        try:
            with self.session.begin_nested():
                self.session.add(row)
        except IntegrityError:
            return False
        return True

    def settle(self) -> None:
        """Let what keeps step with the events recorded so far act now, as the commit does; the same one in a row counts once."""
        while self._settled < len(self._events):
            fresh = [what for what, _ in self._events[self._settled :] if events.attended(what)]
            self._settled = len(self._events)
            for what, _ in groupby(fresh):
                events.settle(self, what)

    @contextmanager
    def trial(self) -> Generator[None]:
        """Do something only to see what would come of it: at the end nothing is changed and nothing will be told."""
        told, settled, later = len(self._events), self._settled, len(self._when_kept)
        step = self.session.begin_nested()
        try:
            yield
        finally:
            step.rollback()
            self.session.expire_all()
            del self._events[told:], self._when_kept[later:]
            self._settled = settled

    def kept(self) -> None:
        """It is committed: do what was to be done then."""
        for then in self._when_kept:
            then()

    def take_events(self) -> list[tuple[events.Event, str | None]]:
        taken, self._events = self._events, []
        return taken


@lru_cache(maxsize=4)
def engine(url: str) -> Engine:
    """The engine of this process for a URL. SQLite: WAL, full sync, busy timeout, foreign keys."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, pool_size=5, max_overflow=5)
    made = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000, "check_same_thread": False})

    @event.listens_for(made, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={BUSY_TIMEOUT_MS}", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(made, "begin")
    def begin(connection: Any) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return made


def forget_connections(url: str | None = None) -> None:
    """In a forked child: leave the parent's connections alone and open new ones when needed."""
    engine(url or settings().database).dispose(close=False)


@contextmanager
def unit_of_work(url: str | None = None) -> Generator[UnitOfWork]:
    """One write transaction: settle and commit at the end, roll back on any error, then tell what happened.

    Raises:
        Conflict: a rule of uniqueness was broken.
        Unavailable: the database cannot be reached, is full or stayed busy.
    """
    url = url or settings().database
    with _wrapped_errors(), Session(engine(url), expire_on_commit=False) as session:
        session.connection(execution_options={"writes": True})
        uow = UnitOfWork(session, writes=True)
        yield uow
        uow.settle()
        session.commit()
    uow.kept()
    _tell(url, uow.take_events())


@contextmanager
def reading(url: str | None = None) -> Generator[UnitOfWork]:
    """One read transaction: a steady view, nothing written, nothing told."""
    with _wrapped_errors(), Session(engine(url or settings().database), expire_on_commit=False) as session:
        yield UnitOfWork(session)
        session.rollback()


def relay(older_than_s: float = 5.0, *, url: str | None = None) -> int:
    """Publish outbox events that were never acted on; how many were."""
    url = url or settings().database
    with reading(url) as uow:
        rows = uow.session.query(Outbox).order_by(Outbox.id).limit(500).all()  # pyright: ignore[reportArgumentType]
        limit = clock.now().timestamp() - older_than_s
        due = [(events.rebuilt(r.name, json.loads(r.payload)), r.id) for r in rows if r.created_at.timestamp() <= limit]
    _tell(url, list(due))
    return len(due)


def database_time(uow: UnitOfWork) -> float:
    """The database's own clock in seconds since 1970, the one clock all workers share."""
    if uow.session.get_bind().dialect.name == "sqlite":
        query = "SELECT (julianday('now') - 2440587.5) * 86400.0"
    else:
        query = "SELECT extract(epoch FROM clock_timestamp())"
    return float(uow.session.execute(text(query)).scalar_one())


def _tell(url: str, happened: list[tuple[events.Event, str | None]]) -> None:
    told: list[str] = []
    for what, row_id in happened:
        try:
            events.publish(what)
        except Exception as e:  # noqa: BLE001 - the work is committed; a lost telling is sent again from the outbox
            _log.warning("event not delivered", event_name=type(what).__name__, error=repr(e))
        else:
            if row_id:
                told.append(row_id)
    if told:
        with _wrapped_errors(), Session(engine(url)) as session:
            session.connection(execution_options={"writes": True})
            session.query(Outbox).filter(Outbox.id.in_(told)).delete()  # pyright: ignore[reportAttributeAccessIssue]
            session.commit()


@contextmanager
def _wrapped_errors() -> Generator[None]:
    try:
        yield
    except IntegrityError as e:
        raise Conflict("Somebody else made or changed this at the same moment. Look again and retry.") from e
    except OperationalError as e:
        why = "the disk is full" if "full" in str(e.orig) else "it does not answer"
        raise Unavailable(f"The database cannot be used: {why}. Try again in a moment.", service="database") from e
