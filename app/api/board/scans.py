"""Drawn worksheets brought in from scans and photos, and what came of every frame on them."""

from __future__ import annotations

import hashlib
from typing import Annotated

from fastapi import APIRouter, Form, UploadFile

from app.api.deps import Signed
from app.api.http.answers import UUID, Answer, Id, Listing, PageNumber, PageSize, listing, problems
from app.api.http.once import IdempotencyKey, made_once
from app.api.http.uploads import file_name
from studio.core.db import reading
from studio.runs.views import RunView
from studio.storyboards import service as storyboards
from studio.storyboards.views import ScanView

router = APIRouter(tags=["board"])
_FIRST = "The shot that drawings on blank sheets begin with"


@router.post("/scripts/{script_id}/scans", status_code=202, responses=problems(writes=True))
def bring_in_sheets(
    script_id: Id,
    file: list[UploadFile],
    session: Signed,
    first_shot: Annotated[str, Form(pattern=rf"{UUID}|^$", description=_FIRST)] = "",
    idempotency_key: IdempotencyKey = None,
) -> Answer[RunView]:
    """Bring in drawn worksheets (PDF, JPEG, PNG or WebP, at most 40 MB together): every drawing is its shot's newest."""
    files = [(file_name(each.filename, "sheet"), each.file.read()) for each in file]
    same = hashlib.sha256(b"".join(hashlib.sha256(content).digest() for _, content in files)).hexdigest()

    def make() -> RunView:
        return storyboards.submit_scan(session.actor, script_id, files, first_shot_id=first_shot or None)

    wished = f"scan {script_id} {same} {first_shot}"
    return Answer(data=made_once(idempotency_key, session.actor, wished, RunView, make))


@router.get("/scripts/{script_id}/scans", responses=problems())
def list_scans(script_id: Id, session: Signed, page: PageNumber = 1, limit: PageSize = 20) -> Listing[ScanView]:
    """The sheets brought in on a board, newest first, with what came of every frame."""
    with reading() as uow:
        found = storyboards.list_scans(uow, session.actor, script_id, page=page, limit=limit)
    return listing(found.items, page=page, limit=limit, total=found.total)
