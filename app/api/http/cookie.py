"""The session cookie: how it is read, set and removed. Its name is `settings().session_cookie`."""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.responses import Response

from studio.core.settings import settings

LIVES_S = 30 * 24 * 3600


def token(request: HTTPConnection) -> str | None:
    """The secret a browser shows; None without one."""
    return request.cookies.get(settings().session_cookie) or None


def put(response: Response, secret: str) -> None:
    """Let the browser keep it for 30 days, out of reach of scripts."""
    response.set_cookie(
        settings().session_cookie,
        secret,
        max_age=LIVES_S,
        path="/",
        secure=settings().secure_cookies,
        httponly=True,
        samesite="lax",
    )


def drop(response: Response) -> None:
    """Let the browser forget it."""
    response.delete_cookie(
        settings().session_cookie, path="/", secure=settings().secure_cookies, httponly=True, samesite="lax"
    )
