"""Who asks: the session behind the cookie, read from the database at every request."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import Depends, Request, Response
from fastapi.security import APIKeyCookie

from app.api.http import cookie
from studio.accounts import service as accounts
from studio.accounts.views import SessionView
from studio.core import clock
from studio.core.db import reading, unit_of_work
from studio.core.errors import SignInRequired

_TOUCH_EVERY = timedelta(minutes=5)
_documented = APIKeyCookie(
    name="inkreel",
    scheme_name="session",
    description="Set by signing in. Over https its name is `__Host-inkreel`.",
    auto_error=False,
)


def signed_in(
    request: Request, response: Response, _: Annotated[str | None, Depends(_documented)] = None
) -> SessionView:
    """The live session of this request; a session in use is prolonged every five minutes.

    Raises:
        SignInRequired: there is none, or it has ended.
    """
    secret = cookie.token(request)
    session = None
    if secret:
        with reading() as uow:
            session = accounts.find_session(uow, secret)
    if secret is None or session is None:
        raise SignInRequired("Sign in first.")
    if session.expires_at - clock.now() < accounts.SESSION_LIFE - _TOUCH_EVERY:
        with unit_of_work() as uow:
            accounts.touch_session(uow, session.id)
        cookie.put(response, secret)
    request.state.signed_in = True
    return session


Signed = Annotated[SessionView, Depends(signed_in)]


def caller(request: Request) -> dict[str, str]:
    """What is kept about where somebody signs in from: the program's name and the address."""
    return {
        "agent": request.headers.get("user-agent", ""),
        "address": request.client.host if request.client else "",
    }
