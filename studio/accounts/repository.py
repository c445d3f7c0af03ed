"""Queries of accounts."""

from __future__ import annotations

from sqlmodel import col, select

from studio.accounts.models import User
from studio.core.db import UnitOfWork


def find_by_email(uow: UnitOfWork, email: str) -> User | None:
    return uow.session.scalars(select(User).where(col(User.email) == email)).one_or_none()


def find_user(uow: UnitOfWork, user_id: str) -> User | None:
    return uow.session.get(User, user_id)
