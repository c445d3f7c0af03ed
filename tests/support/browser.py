"""A client of our own application without a network: one person with a cookie jar, asking from our own pages."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from typing import Any

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI

from studio.core.settings import settings


class Browser:
    """Asks the application; `Origin` is ours unless a request says otherwise (None: leave it out)."""

    def __init__(self, portal: BlockingPortal, app: FastAPI, secret: str | None = None, address: str = "127.0.0.1"):
        transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(address, 50000))
        self._portal = portal
        self._client = httpx.AsyncClient(transport=transport, base_url=settings().origin)
        self.app = app
        if secret:
            self._client.cookies.set(settings().session_cookie, secret)

    @property
    def cookies(self) -> httpx.Cookies:
        return self._client.cookies

    def request(self, method: str, url: str, *, headers: dict[str, str | None] | None = None, **rest: Any):
        given: dict[str, str | None] = {"Origin": settings().origin, **(headers or {})}
        sent = {k: v for k, v in given.items() if v is not None}
        return self._portal.call(partial(self._client.request, method, url, headers=sent, **rest))

    def get(self, url: str, **rest: Any) -> httpx.Response:
        return self.request("GET", url, **rest)

    def post(self, url: str, **rest: Any) -> httpx.Response:
        return self.request("POST", url, **rest)

    def another(self, secret: str | None = None, address: str = "127.0.0.1") -> Browser:
        """Somebody else at the same studio."""
        return Browser(self._portal, self.app, secret, address)


@contextmanager
def browsing(app: FastAPI) -> Generator[Browser]:
    """Somebody without an account."""
    with start_blocking_portal() as portal:
        yield Browser(portal, app)
