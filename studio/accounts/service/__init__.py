"""Use cases of accounts: people, signing up and in (signing), and the sessions this begins (sessions)."""

from studio.accounts.service.people import (
    OWNER_EMAIL,
    actor_of,
    any_account,
    ensure_owner,
    find_person,
    get_user,
    list_people,
    update_profile,
)
from studio.accounts.service.sessions import (
    SESSION_LIFE,
    find_session,
    list_sessions,
    revoke_session,
    sign_out,
    touch_session,
)
from studio.accounts.service.signing import change_password, register, sign_in

__all__ = [
    "OWNER_EMAIL",
    "SESSION_LIFE",
    "actor_of",
    "any_account",
    "change_password",
    "ensure_owner",
    "find_person",
    "find_session",
    "get_user",
    "list_people",
    "list_sessions",
    "register",
    "revoke_session",
    "sign_in",
    "sign_out",
    "touch_session",
    "update_profile",
]
