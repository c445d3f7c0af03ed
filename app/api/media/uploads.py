"""Files on their way in: announced, sent in pieces from any offset, handed in, or given up."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request, Response
from pydantic import BaseModel, Field

from app.api.deps import Signed
from app.api.http.answers import Answer, Id, Several, Words, problems, several
from app.api.http.errors import problem
from app.api.http.uploads import file_name
from studio.core.db import reading, unit_of_work
from studio.core.errors import Conflict
from studio.core.storage import sha256_of, storage
from studio.media import service as media
from studio.media.views import UploadView
from studio.runs import service as runs

router = APIRouter(tags=["media"])
_LARGEST = 1 << 50


class UploadInput(BaseModel):
    """A file of `size` bytes; with its SHA-256, what the project has already need not be sent. `folder` is one of the bin."""

    name: Words = Field(min_length=1, max_length=400)
    size: int = Field(ge=1, le=_LARGEST)
    sha256: str = Field(default="", pattern=r"^([0-9a-f]{64})?$")
    folder: Words = Field(default="", max_length=200)


class Beginning(BaseModel):
    """The first `size` bytes of a file, as their SHA-256."""

    size: int
    sha256: str


async def _body(request: Request) -> bytes:
    return await request.body()


Offset = Annotated[int, Header(alias="Upload-Offset", ge=0, le=_LARGEST, description="Where this piece begins")]
_PIECE = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.post("/projects/{project_id}/uploads", status_code=201, responses=problems(writes=True))
def begin_upload(project_id: Id, body: UploadInput, session: Signed) -> Answer[UploadView]:
    """Announce a file. State `done` says that the project has it: nothing has to be sent."""
    name = file_name(body.name, "file")
    with unit_of_work() as uow:
        begun = media.begin_upload(
            uow, session.actor, project_id, name=name, size=body.size, sha256=body.sha256, folder=body.folder
        )
    return Answer(data=begun)


@router.get("/projects/{project_id}/uploads", responses=problems())
def list_uploads(project_id: Id, session: Signed) -> Several[UploadView]:
    """One's own files on their way into a project."""
    with reading() as uow:
        return several(media.list_uploads(uow, session.actor, project_id))


@router.get("/uploads/{upload_id}", responses=problems())
def get_upload(upload_id: Id, session: Signed) -> Answer[UploadView]:
    """How far one's own upload is: `offset` is where the next piece begins."""
    with reading() as uow:
        return Answer(data=media.find_upload(uow, session.actor, upload_id))


@router.get("/uploads/{upload_id}/beginning", responses=problems())
def get_beginning(upload_id: Id, session: Signed) -> Answer[Beginning]:
    """The first bytes that have arrived, as a hash: whoever goes on with a file finds out whether it is the same one."""
    with reading() as uow:
        piece = media.first_piece(uow, session.actor, upload_id)
    return Answer(data=Beginning(size=piece.size, sha256=sha256_of(storage().fetch(piece.key))))


@router.patch(
    "/uploads/{upload_id}", responses=problems(writes=True), openapi_extra=_PIECE, response_model=Answer[UploadView]
)
def send_piece(
    upload_id: Id, session: Signed, offset: Offset, data: Annotated[bytes, Depends(_body)]
) -> Answer[UploadView] | Response:
    """The next piece, at most 8 MB. One that does not fit is answered by 409 with the right place in `Upload-Offset`."""
    with reading() as uow:
        found = media.find_upload(uow, session.actor, upload_id)
    if offset != found.offset or offset + len(data) > found.size or found.state != "open":
        message = f"This upload goes on at byte {found.offset} of {found.size}."
        return problem(409, "upload_offset", message, headers={"Upload-Offset": str(found.offset)})
    key = media.put_piece(storage(), upload_id, offset, data)
    try:
        with unit_of_work() as uow:
            return Answer(data=media.add_piece(uow, session.actor, upload_id, offset, len(data), key))
    except Conflict:  # another came first with the same
        storage().delete(key)
        raise


@router.post("/uploads/{upload_id}/finish", responses=problems(writes=True))
def finish_upload(upload_id: Id, session: Signed) -> Answer[UploadView]:
    """Hand in a file that has wholly arrived: `run_id` is the job that reads it."""
    with unit_of_work() as uow:
        return Answer(data=media.finish_upload(uow, session.actor, upload_id))


@router.delete("/uploads/{upload_id}", status_code=204, responses=problems(writes=True))
def drop_upload(upload_id: Id, session: Signed) -> None:
    """Give up a file on its way in; one that is read already is stopped, and what it became stays."""
    with unit_of_work() as uow:
        found = media.find_upload(uow, session.actor, upload_id)
        if found.state == "handed":
            runs.cancel_run(uow, session.actor, found.run_id)
        keys = media.drop_upload(uow, session.actor, upload_id)
    for key in keys:
        storage().delete(key)
