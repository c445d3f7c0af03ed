"""Slow work: what runs, stopping it, trying it again, and following it as it happens."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse

from app.api.deps import Signed
from app.api.http import cookie
from app.api.http.answers import UUID, Answer, Id, Several, problems, several
from app.api.http.events import stream
from studio.core.db import reading, unit_of_work
from studio.projects import service as projects
from studio.runs import service as runs
from studio.runs.views import JobView, RunView

router = APIRouter(tags=["runs"])
_STREAM = {200: {"content": {"text/event-stream": {}}, "description": "`run` events whose data is a run as JSON"}}


@router.get("/projects/{project_id}/runs", responses=problems())
def list_runs(project_id: Id, session: Signed, limit: Annotated[int, Query(ge=1, le=100)] = 50) -> Several[JobView]:
    """What people asked for in a project: running first, then the latest ended."""
    with reading() as uow:
        projects.get_project(uow, session.actor, project_id)
        return several(runs.list_jobs(uow, session.actor, [project_id], limit=limit))


@router.get("/runs/events", response_class=StreamingResponse, responses={**problems(), **_STREAM})
def follow_runs(request: Request, session: Signed, project: Annotated[str, Query(pattern=UUID)]) -> StreamingResponse:
    """Server-sent events: the present state of every run of a project, then each change as it happens."""
    with reading() as uow:
        projects.get_project(uow, session.actor, project)
    return stream(session.actor, project, secret=cookie.token(request) or "")


@router.get("/runs/{run_id}", responses=problems())
def get_run(run_id: Id, session: Signed) -> Answer[RunView]:
    """One run."""
    with reading() as uow:
        return Answer(data=runs.get_run(uow, session.actor, run_id))


@router.post("/runs/{run_id}/cancel", responses=problems(writes=True))
def cancel_run(run_id: Id, session: Signed) -> Answer[RunView]:
    """Stop it, and what it started."""
    with unit_of_work() as uow:
        return Answer(data=runs.cancel_run(uow, session.actor, run_id))


@router.post("/runs/{run_id}/retry", status_code=202, responses=problems(writes=True))
def retry_run(run_id: Id, session: Signed) -> Answer[RunView]:
    """Try again what failed or was stopped."""
    with unit_of_work() as uow:
        return Answer(data=runs.retry_run(uow, session.actor, run_id))
