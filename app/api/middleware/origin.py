"""Requests that change something must come from our own pages, or from a program without cookies."""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from app.api.http import cookie
from app.api.http.errors import problem
from studio.core.settings import settings

_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_MESSAGE = (
    "This request came from another site and was refused. Open Inkreel at {own} and try again; "
    "if that is not its address, set INKREEL_PUBLIC_URL."
)


class OwnOrigin:
    """Refuses unsafe requests from anywhere else with 403 `foreign_origin`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in _SAFE or _allowed(HTTPConnection(scope)):
            await self.app(scope, receive, send)
            return
        answer = problem(403, "foreign_origin", _MESSAGE.format(own=settings().origin))
        await answer(scope, receive, send)


def _allowed(request: HTTPConnection) -> bool:
    origins = request.headers.getlist("origin")
    if origins:
        return len(origins) == 1 and origins[0] in settings().origins
    site = request.headers.get("sec-fetch-site")
    return site == "same-origin" if site is not None else cookie.token(request) is None
