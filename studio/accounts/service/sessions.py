"""Sessions: found by the cookie's token, kept alive, listed and ended."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta

from studio.accounts import repository
from studio.accounts.events import SessionsEnded
from studio.accounts.models import Session, User
from studio.accounts.service.people import view as user_view
from studio.accounts.views import Actor, SessionRow, SessionView, SignedIn
from studio.core import clock
from studio.core.db import UnitOfWork
from studio.core.errors import NotFound
from studio.core.text import one_line

SESSION_LIFE = timedelta(days=30)
"""How long a session lasts after it was last touched."""

_MOST_LISTED = 100


def find_session(uow: UnitOfWork, token: str) -> SessionView | None:
    """The live session of a token, with its person; None when unknown, expired, ended, or the account no longer allows it."""
    found = repository.find_live_session(uow, _hash(token), clock.now())
    return _view(*found) if found else None


def touch_session(uow: UnitOfWork, session_id: str) -> None:
    """Note that a live session was used just now and let it last another 30 days; call it at most every 5 minutes."""
    now = clock.now()
    repository.extend_session(uow, session_id, seen_at=now, expires_at=now + SESSION_LIFE)


def sign_out(uow: UnitOfWork, token: str) -> None:
    """End the session of a token; a token that opens nothing is no error."""
    session = repository.find_session_by_hash(uow, _hash(token))
    if session is not None:
        end(uow, session.user_id, [session])


def list_sessions(uow: UnitOfWork, actor: Actor, *, current_id: str) -> tuple[SessionRow, ...]:
    """Where the actor is signed in, the latest seen first (at most 100)."""
    live = repository.list_live_sessions(uow, actor.user_id, clock.now(), limit=_MOST_LISTED)
    return tuple(SessionRow(s.id, s.created_at, s.seen_at, s.agent, s.address, s.id == current_id) for s in live)


def revoke_session(uow: UnitOfWork, actor: Actor, session_id: str) -> None:
    """End one of the actor's own sessions. Raises: NotFound (also when it has ended, or is somebody else's)."""
    session = uow.session.get(Session, session_id)
    if session is None or session.user_id != actor.user_id or session.revoked_at or session.expires_at <= clock.now():
        raise NotFound("There is no such session. It may have ended already.")
    end(uow, actor.user_id, [session])


def begin(uow: UnitOfWork, user: User, *, agent: str, address: str) -> SignedIn:
    """A new session of somebody who has just proved who they are."""
    token, now = secrets.token_urlsafe(32), clock.now()
    began = max(now, user.password_changed_at or now)  # a clock set back must not make it older than the password
    session = Session(
        user_id=user.id,
        token_hash=_hash(token),
        created_at=began,
        expires_at=now + SESSION_LIFE,
        agent=one_line(agent)[:200],
        address=one_line(address)[:64],
    )
    uow.session.add(session)
    uow.session.flush()
    return SignedIn(token, _view(session, user))


def end(uow: UnitOfWork, user_id: str, sessions: Iterable[Session]) -> None:
    """End these sessions of a person, those that have not ended, and tell it after the commit."""
    now = clock.now()
    ended: list[str] = []
    for session in sessions:
        if session.revoked_at is None:
            session.revoked_at = now
            ended.append(session.id)
    uow.session.flush()
    if ended:
        uow.record(SessionsEnded(user_id, tuple(ended)))


def _view(session: Session, user: User) -> SessionView:
    person = user_view(user)
    return SessionView(session.id, Actor(person.id, person.role), person, session.expires_at)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
