"""What other rooms see of people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class UserRole(StrEnum):
    USER = "user"
    CREATOR = "creator"
    PRO = "pro"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: every service asks for one."""

    user_id: str
    role: UserRole


@dataclass(frozen=True, slots=True)
class UserView:
    """A person."""

    id: str
    email: str
    username: str
    display_name: str
    role: UserRole
    created_at: datetime


@dataclass(frozen=True, slots=True)
class SessionView:
    """A live session, as the gate needs it."""

    id: str
    actor: Actor
    user: UserView
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One of a person's live sessions in the list they see; `current` marks the one they look from."""

    id: str
    created_at: datetime
    seen_at: datetime
    agent: str
    address: str
    current: bool


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session just begun; `token` is the cookie's secret, told this once."""

    token: str = field(repr=False)
    session: SessionView


@dataclass(frozen=True, slots=True)
class KeyTable:
    """A person's keys: `keys` of every act by its id ("cut.split"), first the one that is shown; `own` are the acts they changed.

    `told` is a sentence on the key set last, where there is something to know about it.
    """

    preset: str
    keys: Mapping[str, tuple[str, ...]]
    own: tuple[str, ...]
    told: str = ""
