"""No body is read beyond its cap: 12 MB where scripts and cuts of other programs come in, 41 MB where pictures and scans do,
161 MB where whole boards do, 8 MB where pieces of media do, 1 MB everywhere else."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.http.errors import refused

CAP = 1 << 20
UPLOAD_CAP = 12 << 20
PICTURE_CAP = 41 << 20
BOARDS_CAP = 161 << 20
PIECE_CAP = 8 << 20
_UPLOADS = ("/start/file", "/script/file", "/api/v1/imports", "/timelines/import", "/auth/new-project", "/auth/import")
_PICTURES = ("/panel", "/scans")
_BOARDS = ("/start/boards", "/auth/boards")
_PIECES = "/api/v1/uploads/"


class BodyCap:
    """Answers 413 at once when the announced length is too much, else as soon as the count is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        cap = _cap(scope["path"])
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdecimal() or int(announced) > cap:
            await refused(413, path=scope["path"])(scope, receive, send)
            return
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > cap:
                raise HTTPException(413)
            return message

        await self.app(scope, counted, send)


def _cap(path: str) -> int:
    if path.startswith(_PIECES):
        return PIECE_CAP
    if path.endswith(_BOARDS):
        return BOARDS_CAP
    if path.endswith(_PICTURES):
        return PICTURE_CAP
    return UPLOAD_CAP if path.endswith(_UPLOADS) else CAP
