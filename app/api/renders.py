"""Films: ask for one, see them all, take one home."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from app.api.deps import Signed
from app.api.http.answers import Answer, Id, Listing, PageNumber, PageSize, Several, listing, problems, several
from app.api.http.files import BINARY, sent
from app.api.http.once import IdempotencyKey, made_once
from studio.core.db import reading, unit_of_work
from studio.core.errors import Conflict
from studio.core.storage import media_key, storage
from studio.media import service as media
from studio.projects import service as projects
from studio.renders import service as renders
from studio.renders.views import PieceView, PresetView, RenderCard
from studio.runs.views import RunView

router = APIRouter(tags=["renders"])


class FilmInput(BaseModel):
    preset: Literal["720p", "1080p"] = "720p"


@router.get("/projects/{project_id}/renders", responses=problems())
def list_renders(project_id: Id, session: Signed, page: PageNumber = 1, limit: PageSize = 20) -> Listing[RenderCard]:
    """The films of a project, newest first: under way, finished, failed."""
    with reading() as uow:
        found = renders.list_renders(uow, session.actor, project_id, page=page, limit=limit)
    return listing(found.items, page=page, limit=limit, total=found.total)


@router.get("/projects/{project_id}/presets", responses=problems())
def list_presets(project_id: Id, session: Signed) -> Several[PresetView]:
    """What a film of this project can be rendered as."""
    with reading() as uow:
        return several(renders.list_presets(projects.get_project(uow, session.actor, project_id)))


@router.post("/scripts/{script_id}/film", status_code=202, responses=problems(writes=True))
def make_film(
    script_id: Id, body: FilmInput, session: Signed, idempotency_key: IdempotencyKey = None
) -> Answer[RunView]:
    """Make the whole film of a script: panels, voices, music, cut and render."""

    def make() -> RunView:
        with unit_of_work() as uow:
            return renders.submit_film(uow, session.actor, script_id, body.preset)

    return Answer(data=made_once(idempotency_key, session.actor, f"film {script_id} {body.preset}", RunView, make))


@router.get("/renders/{render_id}", responses=problems())
def get_render(render_id: Id, session: Signed) -> Answer[RenderCard]:
    """One film."""
    with reading() as uow:
        return Answer(data=renders.get_film(uow, session.actor, render_id))


@router.get("/renders/{render_id}/download", response_class=Response, responses={**problems(409, 416), **BINARY})
def download_render(render_id: Id, request: Request, session: Signed) -> Response:
    """The finished file, to be saved."""
    with reading() as uow:
        card = renders.get_film(uow, session.actor, render_id)
        if card.sha256 is None:
            raise Conflict("This film is not finished yet. Wait for its render to end.")
        film = media.find_for(uow, session.actor, card.project_id, card.sha256)
        project = projects.get_project(uow, session.actor, card.project_id)
    name = f"{project.name} {card.preset}.mp4".replace("/", "-")
    path = storage().fetch(media_key(film.sha256))
    return sent(request, path, tag=film.sha256, mime=film.mime, download_as=name)


@router.get("/renders/{render_id}/pieces", responses=problems())
def list_pieces(render_id: Id, session: Signed) -> Several[PieceView]:
    """How far a film that is being made has come, from its first frame to its last."""
    with reading() as uow:
        return several(renders.list_pieces(uow, session.actor, render_id))
