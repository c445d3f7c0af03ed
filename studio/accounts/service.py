"""Use cases of accounts."""

from __future__ import annotations

from studio.accounts import repository
from studio.accounts.models import User
from studio.accounts.views import Actor, UserRole
from studio.core.db import UnitOfWork
from studio.core.errors import Forbidden

OWNER_EMAIL = "owner@inkreel.invalid"


def ensure_owner(uow: UnitOfWork) -> Actor:
    """The person at this machine's command line: an admin of the data folder, made the first time."""
    user = repository.find_by_email(uow, OWNER_EMAIL)
    if user is None:
        user = User(email=OWNER_EMAIL, username="owner", display_name="Owner", role=UserRole.ADMIN.value)
        uow.session.add(user)
        uow.session.flush()
    return Actor(user.id, UserRole(user.role))


def actor_of(uow: UnitOfWork, user_id: str) -> Actor:
    """The actor on whose behalf stored work is done.

    Raises:
        Forbidden: the account is gone or switched off.
    """
    user = repository.find_user(uow, user_id)
    if user is None or not user.is_active:
        raise Forbidden("The account this work belongs to is no longer active.")
    return Actor(user.id, UserRole(user.role))
