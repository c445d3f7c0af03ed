"""Signing up, signing in and changing the password. Hashing takes its time, so these open short units of work around it."""

from __future__ import annotations

import hmac

from studio.accounts import passwords, repository
from studio.accounts.identity import checked_display_name, normalised_email, username_of
from studio.accounts.models import Session, User
from studio.accounts.service import sessions, tries
from studio.accounts.service.people import OWNER_EMAIL
from studio.accounts.views import Actor, SignedIn, UserRole
from studio.core import clock
from studio.core.db import UnitOfWork, reading, unit_of_work
from studio.core.errors import Conflict, Forbidden, Invalid, SignInRequired
from studio.core.settings import settings
from studio.core.text import one_line


def register(
    *, email: str, password: str, display_name: str, agent: str = "", address: str = "", setup_code: str = ""
) -> SignedIn:
    """Make an account and sign it in. The first is the admin and takes over what the command line's owner has.

    Raises:
        Invalid: the e-mail, the password or the name will not do (`field` says which).
        Conflict: the e-mail has an account (code "email_taken").
        Forbidden: sign-up is closed, or the first account lacks the code shown at the start (code "setup_code").
    """
    email = normalised_email(email)
    name = checked_display_name(display_name)
    passwords.checked_password(password, email=email, display_name=name)
    with reading() as uow:
        _check_admission(uow, email, setup_code)
    kept = passwords.hashed(password)
    with unit_of_work() as uow:
        repository.one_at_a_time(uow)
        first = _check_admission(uow, email, setup_code)
        user = (repository.find_by_email(uow, OWNER_EMAIL) if first else None) or User(
            email=email, username="", display_name=name, role=UserRole.USER.value
        )
        username = username_of(email)
        if user.username != username and repository.username_taken(uow, username):
            username = username_of(email, distinct=True)
        user.email, user.username, user.display_name = email, username, name
        user.role = (UserRole.ADMIN if first else UserRole.USER).value
        user.is_active = True
        user.password_hash, user.password_changed_at = kept, clock.now()
        uow.session.add(user)
        uow.session.flush()
        return sessions.begin(uow, user, agent=agent, address=address)


def sign_in(*, email: str, password: str, agent: str = "", address: str = "") -> SignedIn:
    """Begin a session of an existing account.

    Raises:
        SignInRequired: e-mail or password is wrong; the same words and time whichever it is (code "wrong_password").
        LimitReached: too many tries (code "too_many_tries").
    """
    try:
        wanted = normalised_email(email)
    except Invalid:
        wanted = ""  # nobody's; asked for all the same, to take the same time
    address = one_line(address)[:64]
    with unit_of_work() as uow:
        charged = tries.charge(uow, wanted or email.strip().lower(), address)
        user = repository.find_by_email(uow, wanted)
    correct, rehash = passwords.verified(password, user.password_hash if user and user.is_active else None)
    if user is None or not correct:
        raise _wrong()
    with unit_of_work() as uow:
        current = _unchanged(uow, user)
        if rehash:
            current.password_hash = rehash
        tries.refund(uow, charged)
        return sessions.begin(uow, current, agent=agent, address=address)


def change_password(actor: Actor, session_id: str, *, current: str, new: str) -> SignedIn:
    """Change the actor's password: every session ends, a new one begins in place of this one.

    Raises:
        SignInRequired: the session has ended.
        Invalid: the present password is wrong (field "current"), or the new one will not do (field "password").
        LimitReached: too many tries (code "too_many_tries").
    """
    with unit_of_work() as uow:
        user, session = _own_session(uow, actor, session_id)
        passwords.checked_password(new, email=user.email, display_name=user.display_name)
        charged = tries.charge(uow, user.email, session.address)
    correct, _ = passwords.verified(current, user.password_hash)
    if not correct:
        raise Invalid("The present password is not right.", field="current")
    kept = passwords.hashed(new)
    with unit_of_work() as uow:
        owner = _unchanged(uow, user)
        owner.password_hash, owner.password_changed_at = kept, clock.now()
        tries.refund(uow, charged)
        sessions.end(uow, owner.id, repository.list_live_sessions(uow, owner.id, clock.now()))
        return sessions.begin(uow, owner, agent=session.agent, address=session.address)


def _check_admission(uow: UnitOfWork, email: str, setup_code: str) -> bool:
    """Whether this will be the first account. Raises: Conflict, Forbidden (this e-mail may not sign up)."""
    first = not repository.any_password(uow)
    if first and settings().needs_setup_code:
        if not hmac.compare_digest(setup_code.strip().encode("utf-8", "replace"), settings().setup_code().encode()):
            raise Forbidden(
                "The first account of this studio needs the set-up code. Open the link that was printed when it started.",
                code="setup_code",
            )
    elif not first and settings().sign_up == "closed":
        raise Forbidden("This studio takes no new accounts. Ask its admin.", code="sign_up_closed")
    if (known := repository.find_by_email(uow, email)) and not (first and known.email == OWNER_EMAIL):
        raise Conflict("This e-mail already has an account. Sign in instead.", code="email_taken")
    return first


def _unchanged(uow: UnitOfWork, seen: User) -> User:
    """The account, locked, when its password is still the one that was compared. Raises: SignInRequired."""
    user = repository.find_user(uow, seen.id, lock=True)
    if user is None or not user.is_active or user.password_changed_at != seen.password_changed_at:
        raise _wrong()
    return user


def _own_session(uow: UnitOfWork, actor: Actor, session_id: str) -> tuple[User, Session]:
    user = repository.find_user(uow, actor.user_id)
    session = uow.session.get(Session, session_id)
    ended = session is None or session.revoked_at is not None or session.expires_at <= clock.now()
    if user is None or session is None or session.user_id != actor.user_id or ended or not user.is_active:
        raise SignInRequired("Your session has ended. Sign in again.")
    return user, session


def _wrong() -> SignInRequired:
    return SignInRequired("The e-mail or the password is not right. Check both and try again.", code="wrong_password")
