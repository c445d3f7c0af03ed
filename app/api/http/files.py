"""Sending stored files: whole or one range, small ones at once, large ones in parts, and never able to act as a page of ours."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send

from app.api.http.errors import problem

_SMALL = 128 * 1024
"""Bytes: a thumbnail is less."""
_RANGE = re.compile(r"bytes=(\d{1,18})?-(\d{1,18})?")
_SAFE_MIME = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+-]+")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; media-src 'self'; sandbox"
"""A file opened on its own (an SVG, say) runs nothing and reaches nothing."""

BINARY: dict[int | str, dict[str, Any]] = {
    200: {"content": {"*/*": {}}, "description": "The file"},
    206: {"content": {"*/*": {}}, "description": "The part of the file asked for with Range"},
    304: {"description": "The file known under If-None-Match is still right"},
}
"""How routes that send files declare it."""


def sent(request: Request, path: Path, *, tag: str, mime: str, download_as: str = "") -> Response:
    """The response for a file whose content never changes under its `tag` (a hash): 200, 206, 304 or 416."""
    headers = {
        "ETag": f'"{tag}"',
        "Cache-Control": "private, max-age=31536000, immutable",
        "Content-Security-Policy": _POLICY,
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if _known(request.headers.get("if-none-match", ""), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    stat = path.stat()
    size = stat.st_size
    asked = _asked_range(request.headers)
    if asked and request.headers.get("if-range", headers["ETag"]) == headers["ETag"] and not _within(asked, size):
        return problem(
            416, "range", "This file has no such part.", headers={"Content-Range": f"bytes */{size}"} | _kept(headers)
        )
    mime = mime if _SAFE_MIME.fullmatch(mime) else "application/octet-stream"
    if size <= _SMALL and request.method == "GET" and asked is None and not download_as:
        return Response(path.read_bytes(), headers=headers | {"Accept-Ranges": "bytes"}, media_type=mime)
    return _Stored(
        path, stat=stat, headers=headers, media_type=mime, filename=download_as or None, keep_range=asked is not None
    )


def shown_now(request: Request, png: bytes, *, tag: str) -> Response:
    """The response for a picture that was drawn for this request: asked for again each time, sent again only when it changed."""
    return drawn_of(request, png, tag=tag, mime="image/png")


def drawn_of(
    request: Request,
    picture: bytes,
    *,
    tag: str,
    mime: str,
    keep: bool = False,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The same for any kind of picture; with `keep` its address is that of one revision, and the browser need not ask again."""
    said = {
        "ETag": f'"{tag}"',
        "Cache-Control": "private, max-age=3600" if keep else "private, no-cache",
        "Cross-Origin-Resource-Policy": "same-origin",
        **(headers or {}),
    }
    if _known(request.headers.get("if-none-match", ""), said["ETag"]):
        return Response(status_code=304, headers=said)
    return Response(picture, headers=said, media_type=mime)


class _Stored(FileResponse):
    """A file response that knows single ranges only: others get the whole file, as RFC 9110 14.2 allows."""

    def __init__(
        self,
        path: Path,
        *,
        stat: os.stat_result,
        headers: dict[str, str],
        media_type: str,
        filename: str | None,
        keep_range: bool,
    ) -> None:
        super().__init__(path, headers=headers, media_type=media_type, filename=filename, stat_result=stat)
        self._keep_range = keep_range

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._keep_range:
            scope = {**scope, "headers": [(k, v) for k, v in scope["headers"] if k != b"range"]}
        await super().__call__(scope, receive, send)


def _kept(headers: dict[str, str]) -> dict[str, str]:
    return {k: v for k, v in headers.items() if k == "Content-Security-Policy"}


def _known(if_none_match: str, tag: str) -> bool:
    return any(part.strip().removeprefix("W/") in (tag, "*") for part in if_none_match.split(","))


def _asked_range(headers: Headers) -> tuple[int | None, int | None] | None:
    """First and last byte of a single well-formed range, either may be open; None for anything else."""
    found = _RANGE.fullmatch(headers.get("range", "").replace(" ", ""))
    if found is None or found.group(0) == "bytes=-":
        return None
    first, last = (int(part) if part else None for part in found.groups())
    return None if first is not None and last is not None and last < first else (first, last)


def _within(asked: tuple[int | None, int | None], size: int) -> bool:
    first, last = asked
    return first < size if first is not None else bool(last) and size > 0
