"""Files of a project: shown or saved by its members, or by whoever holds a fresh signed link."""

from __future__ import annotations

import time
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from app.api.deps import Signed
from app.api.http.answers import UUID, Answer, Id, Sha256, Words, problems
from app.api.http.files import BINARY, sent
from app.api.http.uploads import file_name
from studio.accounts import service as accounts
from studio.core import links
from studio.core.db import reading
from studio.core.errors import NotFound
from studio.core.settings import settings
from studio.core.storage import media_key, storage
from studio.media import service as media
from studio.media.views import proxy
from studio.projects import service as projects

router = APIRouter(tags=["media"])
files = APIRouter(tags=["media"])
_Size = Literal["full", "thumbnail", "proxy", "filmstrip", "waveform", "beats", "levels"]
_MIMES = {
    "thumbnail": "image/webp",
    "proxy": "video/mp4",
    "filmstrip": "image/jpeg",
    "waveform": "application/octet-stream",
    "beats": "application/json",
    "levels": "image/svg+xml",
}
_DownloadName = Annotated[Words, Query(max_length=200, description="Save it under this name")]


class LinkInput(BaseModel):
    """How long the link lives, in seconds (at most 900), and the name to save the file under."""

    seconds: int = Field(default=links.LONGEST_S, ge=1, le=links.LONGEST_S)
    download: Words = Field(default="", max_length=200)


class Link(BaseModel):
    url: str


@router.head("/projects/{project_id}/media/{sha256}", include_in_schema=False)
@router.get("/projects/{project_id}/media/{sha256}", response_class=Response, responses={**problems(416), **BINARY})
def get_media(
    project_id: Id,
    sha256: Sha256,
    request: Request,
    session: Signed,
    size: _Size = "full",
    download: _DownloadName = "",
) -> Response:
    """A file, whole or in parts (Range), or another form of it; one that is not made yet is not there.

    `thumbnail` is a small WebP, of a picture that has none the picture. `proxy` is an MP4 without sound, 540 lines high, whose
    frame n is frame n at the project's rate. `filmstrip` is a JPEG 52 pixels high, pictures of equal parts side by side (the
    list of media says how many, and how wide). `waveform` is bare bytes: for every 1/50 s of the first sound its lowest and
    highest level as signed bytes (127 is full), the first of them from frame 0 on; `levels` is a small drawing of it.
    `beats` is a list of the milliseconds from frame 0 on at which the beats of music fall, empty where there is no steady one.
    """
    with reading() as uow:
        found = media.find_for(uow, session.actor, project_id, sha256)
        rate = projects.get_project(uow, session.actor, project_id).rate
    name = file_name(download) if download else ""
    kind = proxy(rate) if size == "proxy" else size
    small = None if size == "full" else media.find_form(storage(), found, kind)
    if small is not None:
        return sent(request, small, tag=f"{sha256}-{kind}", mime=_MIMES[size], download_as=name)
    return sent(request, storage().fetch(media_key(sha256)), tag=sha256, mime=found.mime, download_as=name)


@router.post("/projects/{project_id}/media/{sha256}/link", status_code=201, responses=problems(writes=True))
def make_link(project_id: Id, sha256: Sha256, body: LinkInput, session: Signed) -> Answer[Link]:
    """A link for a player or a downloader that has no cookie; it ends with its time, or with one's right to see the file."""
    with reading() as uow:
        media.find_for(uow, session.actor, project_id, sha256)
    name = file_name(body.download) if body.download else ""
    url = storage().link(media_key(sha256), seconds=body.seconds, viewer=session.actor.user_id, download_as=name)
    ours = url.startswith("/files/")
    return Answer(data=Link(url=f"{url}&p={quote(project_id)}" if ours else url))


@files.head("/files/{key:path}", include_in_schema=False)
@files.get("/files/{key:path}", response_class=Response, responses={**problems(416), **BINARY})
def open_link(
    key: str,
    request: Request,
    v: Annotated[str, Query(pattern=UUID, description="Whose link it is")],
    p: Annotated[str, Query(pattern=UUID, description="The project")],
) -> Response:
    """A file through its signed link, as long as the person it was made for may still see it."""
    url = f"{request.scope['path']}?{request.url.query}"
    link = links.verified_file_link(url, secret=settings().signing_key(), at=time.time(), viewer=v)
    sha256 = link.key.rsplit("/", 1)[-1]
    if link.key != media_key(sha256):
        raise NotFound("There is no such file.")
    with reading() as uow:
        found = media.find_for(uow, accounts.actor_of(uow, v), p, sha256)
    return sent(request, storage().fetch(link.key), tag=sha256, mime=found.mime, download_as=link.download_as)
