"""Security and cache headers on every response: pages, files, answers and errors alike."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
_FOREVER = "public, max-age=31536000, immutable"
_HSTS = "max-age=31536000; includeSubDomains"


class SecurityHeaders:
    """Adds what is missing; a route may set a stricter policy of its own."""

    def __init__(self, app: ASGIApp, *, policy: str, https: bool) -> None:
        self.app = app
        self._fixed = {**_ALWAYS, **({"Strict-Transport-Security": _HSTS} if https else {})}
        self._policy = policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._fixed.items():
                    headers[name] = value
                headers.setdefault("Content-Security-Policy", self._policy)
                _cache(headers, scope["path"], message["status"])
            await send(message)

        await self.app(scope, receive, guarded)


def _cache(headers: MutableHeaders, path: str, status: int) -> None:
    """Built files carry a hash in their name and never change; pages are asked for again; answers are nobody else's."""
    if path.startswith("/assets/") and status in (200, 206, 304):
        headers["Cache-Control"] = _FOREVER
    elif path.startswith(("/api/", "/auth/", "/files/")):
        headers.setdefault("Cache-Control", "no-store")
    elif headers.get("content-type", "").startswith("text/html"):
        headers["Cache-Control"] = "no-cache"
