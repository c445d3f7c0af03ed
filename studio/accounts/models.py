"""Tables of accounts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON
from sqlmodel import Field

from studio.core import clock
from studio.core.db import Row, UtcDateTime, moment


class User(Row, table=True):
    __tablename__ = "user_account"  # pyright: ignore[reportAssignmentType]  - "user" is reserved in SQL

    email: str = Field(unique=True, max_length=254)
    username: str = Field(unique=True, max_length=64)
    display_name: str = Field(max_length=120)
    role: str = Field(max_length=16)
    is_active: bool = True
    password_hash: str | None = Field(default=None, max_length=255, repr=False)
    password_changed_at: datetime | None = moment()


class Session(Row, table=True):
    """A browser in which somebody is signed in; only the SHA-256 of its token is kept."""

    user_id: str = Field(foreign_key="user_account.id", index=True, max_length=36)
    token_hash: str = Field(unique=True, max_length=64)
    seen_at: datetime = Field(default_factory=clock.now, sa_type=UtcDateTime)  # pyright: ignore[reportArgumentType]
    expires_at: datetime = Field(sa_type=UtcDateTime)  # pyright: ignore[reportArgumentType]
    revoked_at: datetime | None = moment()
    agent: str = Field(default="", max_length=200)
    address: str = Field(default="", max_length=64)


class SignInThrottle(Row, table=True):
    """Failed tries to sign in under one key (the hash of an account with an address, or of an address)."""

    key: str = Field(unique=True, max_length=64)
    failures: int = 0
    counted_from: datetime = Field(sa_type=UtcDateTime, index=True)  # pyright: ignore[reportArgumentType]
    blocked_until: datetime = Field(sa_type=UtcDateTime)  # pyright: ignore[reportArgumentType]


class KeyChoice(Row, table=True):
    """Which keys a person chose: the table they began from, and `changes`, the keys of each act they changed."""

    user_id: str = Field(foreign_key="user_account.id", unique=True, max_length=36)
    preset: str = Field(default="inkreel", max_length=32)
    changes: dict[str, list[str]] = Field(default_factory=dict, sa_type=JSON)
