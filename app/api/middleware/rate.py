"""How often one address, or one signed-in session, may ask."""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from typing import Any

from limits.aio.storage import Storage
from limits.errors import StorageError
from limits.storage import storage_from_string
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.http import cookie
from app.api.http.errors import told
from studio.core import log
from studio.core.errors import LimitReached

_log = log.logger("app.api")
ANONYMOUS = 100
SIGNED_IN = 600
"""Requests a minute."""

_WINDOW_S = 60
_KNOWN_SESSIONS = 10_000


class RateLimit:
    """Counts requests to /api/v1 and to the form posts; reading files is free.

    A session has its own count once a request of it was let in: inventing cookies does not help an address.
    """

    def __init__(self, app: ASGIApp, *, redis_url: str, anonymous: int, signed_in: int) -> None:
        self.app = app
        self._counts = _storage(redis_url)
        self._anonymous, self._signed_in = anonymous, signed_in
        self._known: OrderedDict[str, None] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _counted(scope):
            await self.app(scope, receive, send)
            return
        session = _session_key(scope)
        limit, key = self._whose(scope, session)
        allowed, remaining, reset_s = await self._hit(limit, key)
        told_so = {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(remaining),
            "X-RateLimit-Reset": str(reset_s),
        }

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(told_so)
            await send(message)

        if not allowed:
            message = f"Too many requests. Try again in {reset_s} seconds."
            error = LimitReached(message, code="too_many_requests", retry_after_s=reset_s)
            await told(error, path=scope["path"])(scope, receive, counted)
            return
        await self.app(scope, receive, counted)
        if session and scope.get("state", {}).get("signed_in"):
            self._remember(session)

    def _whose(self, scope: Scope, session: str | None) -> tuple[int, str]:
        if session and session in self._known:
            self._known.move_to_end(session)
            return self._signed_in, session
        client = scope.get("client")
        return self._anonymous, client[0] if client else "local"

    def _remember(self, session: str) -> None:
        self._known[session] = None
        if len(self._known) > _KNOWN_SESSIONS:
            self._known.popitem(last=False)

    async def _hit(self, limit: int, key: str) -> tuple[bool, int, int]:
        """Whether it is allowed, how many are left, and seconds until the count begins anew: with the clock's next minute."""
        minute, second = divmod(int(time.time()), _WINDOW_S)
        try:
            count = await self._counts.incr(f"http:{key}:{minute}", _WINDOW_S)
        except StorageError as e:  # a studio without Redis for a minute goes on
            _log.warning("requests not counted", error=str(e))
            return True, limit, _WINDOW_S
        return count <= limit, max(0, limit - count), _WINDOW_S - second


_PATIENCE_S = 0.5


def _storage(redis_url: str) -> Storage:
    url = f"async+{redis_url}" if redis_url else "async+memory://"
    # Counting must not make anybody wait: a Redis that is away or silent is given up after half a second.
    patience = {"socket_timeout": _PATIENCE_S, "socket_connect_timeout": _PATIENCE_S}
    options: dict[str, Any] = {"implementation": "redispy", **patience} if redis_url else {}
    made = storage_from_string(url, wrap_exceptions=True, **options)
    assert isinstance(made, Storage)
    return made


def _session_key(scope: Scope) -> str | None:
    secret = cookie.token(HTTPConnection(scope))
    return hashlib.sha256(secret.encode()).hexdigest() if secret else None


def _counted(scope: Scope) -> bool:
    path: str = scope["path"]
    if path.startswith("/api/v1/"):
        return not (scope["method"] in ("GET", "HEAD") and ("/media/" in path or path.endswith("/download")))
    return path.startswith("/auth/") and scope["method"] == "POST"
