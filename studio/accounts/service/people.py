"""Who there is: the command line's owner, profiles, and people by id or e-mail."""

from __future__ import annotations

from collections.abc import Collection

from studio.accounts import repository
from studio.accounts.identity import checked_display_name, normalised_email
from studio.accounts.models import User
from studio.accounts.views import Actor, UserRole, UserView
from studio.core.db import UnitOfWork
from studio.core.errors import Forbidden, NotFound

OWNER_EMAIL = "owner@inkreel.invalid"


def ensure_owner(uow: UnitOfWork) -> Actor:
    """The person at this machine's command line: the first admin; before anybody signed up, one without a password."""
    user = repository.find_first_admin(uow) or repository.find_by_email(uow, OWNER_EMAIL)
    if user is None:
        user = User(email=OWNER_EMAIL, username="owner", display_name="Owner", role=UserRole.ADMIN.value)
        uow.session.add(user)
        uow.session.flush()
    return Actor(user.id, UserRole(user.role))


def any_account(uow: UnitOfWork) -> bool:
    """Whether anybody has signed up yet."""
    return repository.any_password(uow)


def actor_of(uow: UnitOfWork, user_id: str) -> Actor:
    """The actor on whose behalf stored work is done.

    Raises:
        Forbidden: the account is gone or switched off.
    """
    user = repository.find_user(uow, user_id)
    if user is None or not user.is_active:
        raise Forbidden("The account this work belongs to is no longer active.")
    return Actor(user.id, UserRole(user.role))


def get_user(uow: UnitOfWork, actor: Actor) -> UserView:
    """The actor's own account. Raises: NotFound."""
    return view(_own(uow, actor))


def update_profile(uow: UnitOfWork, actor: Actor, *, display_name: str) -> UserView:
    """Change the name others see.

    Raises:
        Invalid: the name is missing or too long.
        NotFound: the account is gone.
    """
    name = checked_display_name(display_name)
    user = _own(uow, actor)
    user.display_name = name
    uow.session.flush()
    return view(user)


def find_person(uow: UnitOfWork, email: str) -> UserView | None:
    """The active account that signs in with this e-mail. Raises: Invalid (not an e-mail)."""
    user = repository.find_by_email(uow, normalised_email(email))
    return view(user) if user and user.is_active and user.password_hash else None


def list_people(uow: UnitOfWork, user_ids: Collection[str]) -> dict[str, UserView]:
    """Accounts by their id, in one query; ids nobody has are left out."""
    return {user.id: user for user in repository.list_users(uow, set(user_ids))} if user_ids else {}


def view(user: User) -> UserView:
    """What others see of an account."""
    return UserView(user.id, user.email, user.username, user.display_name, UserRole(user.role), user.created_at)


def _own(uow: UnitOfWork, actor: Actor) -> User:
    user = repository.find_user(uow, actor.user_id)
    if user is None or not user.is_active:
        raise NotFound("There is no such account.")
    return user
