"""Use cases of accounts: people, signing up and in (signing), the sessions this begins (sessions), and the keys they use (keys)."""

from studio.accounts.service.keys import get_keys, reset_keys, set_key, use_preset
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
    "get_keys",
    "get_user",
    "list_people",
    "list_sessions",
    "register",
    "reset_keys",
    "revoke_session",
    "set_key",
    "sign_in",
    "sign_out",
    "touch_session",
    "update_profile",
    "use_preset",
]
