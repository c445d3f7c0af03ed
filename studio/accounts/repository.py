"""Queries of accounts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, exists, or_, text, update
from sqlmodel import col, select

from studio.accounts.models import KeyChoice, Session, SignInThrottle, User
from studio.accounts.views import UserRole, UserView
from studio.core.db import UnitOfWork

_SIGN_UP_LOCK = 0x1A6B_0001


def one_at_a_time(uow: UnitOfWork) -> None:
    """Wait until no other sign-up is under way; on SQLite a write transaction is alone already."""
    if uow.session.get_bind().dialect.name == "postgresql":
        uow.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _SIGN_UP_LOCK})


def find_by_email(uow: UnitOfWork, email: str) -> User | None:
    return uow.session.scalars(select(User).where(col(User.email) == email)).one_or_none()


def find_user(uow: UnitOfWork, user_id: str, *, lock: bool = False) -> User | None:
    return uow.session.get(User, user_id, with_for_update=lock or None, populate_existing=lock)


def find_first_admin(uow: UnitOfWork) -> User | None:
    query = (
        select(User)
        .where(col(User.role) == UserRole.ADMIN.value, col(User.is_active).is_(True))
        .order_by(col(User.created_at), col(User.id))
        .limit(1)
    )
    return uow.session.scalars(query).one_or_none()


def list_users(uow: UnitOfWork, user_ids: Collection[str]) -> list[UserView]:
    """What others see of these accounts."""
    fields = (User.id, User.email, User.username, User.display_name, User.role, User.created_at)
    columns: list[Any] = [col(f) for f in fields]
    rows: Sequence[Any] = uow.session.execute(select(*columns).where(col(User.id).in_(user_ids))).all()
    return [UserView(i, email, username, name, UserRole(role), at) for i, email, username, name, role, at in rows]


def any_password(uow: UnitOfWork) -> bool:
    return bool(uow.session.scalar(select(exists().where(col(User.password_hash).is_not(None)))))


def username_taken(uow: UnitOfWork, username: str) -> bool:
    return bool(uow.session.scalar(select(exists().where(col(User.username) == username))))


_LIVE_SESSION = (
    select(Session, User)
    .join(User, col(User.id) == col(Session.user_id))
    .where(
        col(Session.token_hash) == bindparam("token_hash"),
        col(Session.revoked_at).is_(None),
        col(Session.expires_at) > bindparam("now"),
        col(User.is_active).is_(True),
        or_(col(User.password_changed_at).is_(None), col(Session.created_at) >= col(User.password_changed_at)),
    )
)
"""Asked at every request and event, so built once."""


def find_live_session(uow: UnitOfWork, token_hash: str, now: datetime) -> tuple[Session, User] | None:
    """A session that lets its person in now, with the person, in one query."""
    found = uow.session.execute(_LIVE_SESSION, {"token_hash": token_hash, "now": now}).one_or_none()
    return (found[0], found[1]) if found else None


def find_session_by_hash(uow: UnitOfWork, token_hash: str) -> Session | None:
    return uow.session.scalars(select(Session).where(col(Session.token_hash) == token_hash)).one_or_none()


def list_live_sessions(uow: UnitOfWork, user_id: str, now: datetime, *, limit: int | None = None) -> Sequence[Session]:
    """The sessions not ended and not expired, the latest seen first."""
    query = (
        select(Session)
        .where(col(Session.user_id) == user_id, col(Session.revoked_at).is_(None), col(Session.expires_at) > now)
        .order_by(col(Session.seen_at).desc(), col(Session.id).desc())
        .limit(limit)
    )
    return uow.session.scalars(query).all()


def extend_session(uow: UnitOfWork, session_id: str, *, seen_at: datetime, expires_at: datetime) -> None:
    uow.session.execute(
        update(Session)
        .where(col(Session.id) == session_id, col(Session.revoked_at).is_(None), col(Session.expires_at) > seen_at)
        .values(seen_at=seen_at, expires_at=expires_at)
    )


def address_known(uow: UnitOfWork, email: str, address: str) -> bool:
    """Whether this person has ever been signed in from this address."""
    query = select(
        exists()
        .where(col(Session.user_id) == col(User.id), col(Session.address) == address)
        .where(col(User.email) == email)
    )
    return bool(uow.session.scalar(query))


def throttle_for_update(uow: UnitOfWork, key: str, now: datetime) -> SignInThrottle:
    """The count under a key, made when missing, locked until the end of the transaction."""
    query = select(SignInThrottle).where(col(SignInThrottle.key) == key).with_for_update()
    query = query.execution_options(populate_existing=True)
    found = uow.session.scalars(query).one_or_none()
    if found is None:
        uow.add_once(SignInThrottle(key=key, counted_from=now, blocked_until=now))
        found = uow.session.scalars(query).one()
    return found


def forget_throttles(uow: UnitOfWork, before: datetime) -> None:
    """Drop counts begun before a moment, a hundred at a time, passing over those in use."""
    old = (
        select(col(SignInThrottle.id))
        .where(col(SignInThrottle.counted_from) < before)
        .limit(100)
        .with_for_update(skip_locked=True)
    )
    if ids := uow.session.scalars(old).all():
        uow.session.execute(delete(SignInThrottle).where(col(SignInThrottle.id).in_(ids)))


def find_keys(uow: UnitOfWork, user_id: str) -> KeyChoice | None:
    return uow.session.scalars(select(KeyChoice).where(col(KeyChoice.user_id) == user_id)).one_or_none()


def keys_for_update(uow: UnitOfWork, user_id: str) -> KeyChoice:
    """What a person chose, made when missing, locked until the end of the transaction."""
    query = select(KeyChoice).where(col(KeyChoice.user_id) == user_id).with_for_update()
    query = query.execution_options(populate_existing=True)
    found = uow.session.scalars(query).one_or_none()
    if found is None:
        uow.add_once(KeyChoice(user_id=user_id))
        found = uow.session.scalars(query).one()
    return found
