"""Tables of accounts."""

from __future__ import annotations

from sqlmodel import Field

from studio.core.db import Row


class User(Row, table=True):
    __tablename__ = "user_account"  # pyright: ignore[reportAssignmentType]  - "user" is reserved in SQL

    email: str = Field(unique=True, max_length=254)
    username: str = Field(unique=True, max_length=64)
    display_name: str = Field(max_length=120)
    role: str = Field(max_length=16)
    is_active: bool = True
