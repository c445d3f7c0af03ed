"""The last net: an error nobody expected becomes one sentence with the request's id; the rest goes to the log."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.http.errors import INTERNAL, problem, refused, told
from studio.core import log
from studio.core.errors import StudioError

_log = log.logger("app.api")


class Faults:
    """Inside the headers, so that the answer carries them; outside everything that may break."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            _log.error("request broke", method=scope["method"], path=scope["path"], exc_info=True)
            if started:  # the server must cut the connection: half an answer may not look whole
                raise
            await _answer(error)(scope, receive, send)


def _answer(error: Exception) -> ASGIApp:
    if isinstance(error, StudioError):
        return told(error)
    if isinstance(error, HTTPException) and error.status_code < 500:
        return refused(error.status_code, error.headers, str(error.detail))
    return problem(500, "internal", INTERNAL)
