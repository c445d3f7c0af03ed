"""A fresh id for every request: in the log's lines, in the answer's body and header. None is taken from outside."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars

from studio.core import ids


class RequestId:
    """Outermost: what follows finds the id in the log's context."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        made = ids.new_id()

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["X-Request-Id"] = made
            await send(message)

        with bound_contextvars(request_id=made):
            await self.app(scope, receive, named)
