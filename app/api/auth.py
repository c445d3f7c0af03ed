"""Signing up, in and out, and one's own account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from app.api.deps import Signed, caller
from app.api.http import cookie
from app.api.http.answers import Answer, Id, Several, Words, problems, several
from studio.accounts import service as accounts
from studio.accounts.views import SessionRow, SignedIn, UserView
from studio.core.db import reading, unit_of_work

router = APIRouter(prefix="/auth", tags=["auth"])


class Registration(BaseModel):
    email: Words
    password: Words
    display_name: Words
    setup_code: Words = ""


class Credentials(BaseModel):
    email: Words
    password: Words


class PasswordChange(BaseModel):
    current: Words
    new: Words


class ProfileChange(BaseModel):
    display_name: Words


@dataclass(frozen=True, slots=True)
class Signature:
    """Who is signed in, in which session and until when."""

    user: UserView
    session_id: str
    expires_at: datetime


@router.post("/register", status_code=201, responses=problems(401, signed=False, writes=True))
def register(body: Registration, request: Request, response: Response) -> Answer[Signature]:
    """Make an account and sign it in; the first one is the admin."""
    made = accounts.register(
        email=body.email,
        password=body.password,
        display_name=body.display_name,
        setup_code=body.setup_code,
        **caller(request),
    )
    return _begun(made, response)


@router.post("/login", responses=problems(401, signed=False, writes=True))
def login(body: Credentials, request: Request, response: Response) -> Answer[Signature]:
    """Sign in."""
    return _begun(accounts.sign_in(email=body.email, password=body.password, **caller(request)), response)


@router.post("/logout", status_code=204, responses=problems(signed=False, writes=True))
def logout(request: Request, response: Response) -> None:
    """End this session; without one nothing happens."""
    if secret := cookie.token(request):
        with unit_of_work() as uow:
            accounts.sign_out(uow, secret)
    cookie.drop(response)


@router.get("/me", responses=problems())
def me(session: Signed) -> Answer[Signature]:
    """Who is signed in."""
    return Answer(data=Signature(session.user, session.id, session.expires_at))


@router.patch("/me", responses=problems(writes=True))
def update_me(body: ProfileChange, session: Signed) -> Answer[UserView]:
    """Change the name others see."""
    with unit_of_work() as uow:
        return Answer(data=accounts.update_profile(uow, session.actor, display_name=body.display_name))


@router.put("/password", responses=problems(writes=True))
def change_password(body: PasswordChange, session: Signed, response: Response) -> Answer[Signature]:
    """Change the password; every other session ends and this one gets a new cookie."""
    made = accounts.change_password(session.actor, session.id, current=body.current, new=body.new)
    return _begun(made, response)


@router.get("/sessions", responses=problems())
def list_sessions(session: Signed) -> Several[SessionRow]:
    """Where this account is signed in."""
    with reading() as uow:
        return several(accounts.list_sessions(uow, session.actor, current_id=session.id))


@router.delete("/sessions/{session_id}", status_code=204, responses=problems(writes=True))
def revoke_session(session_id: Id, session: Signed) -> None:
    """End a session of this account."""
    with unit_of_work() as uow:
        accounts.revoke_session(uow, session.actor, session_id)


def _begun(made: SignedIn, response: Response) -> Answer[Signature]:
    cookie.put(response, made.token)
    return Answer(data=Signature(made.session.user, made.session.id, made.session.expires_at))
