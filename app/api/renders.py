"""Films: ask for one, see them all, take one home."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from app.api.deps import Signed
from app.api.http.answers import Answer, Id, Listing, PageNumber, PageSize, Several, listing, problems, several
from app.api.http.files import BINARY, sent
from app.api.http.once import IdempotencyKey, made_once
from studio.core.db import reading, unit_of_work
from studio.core.errors import Conflict
from studio.core.storage import media_key, storage
from studio.engine.presets import Captions, Fit, Order
from studio.media import service as media
from studio.projects import service as projects
from studio.renders import service as renders
from studio.renders.views import AnimaticView, PieceView, PresetView, RenderCard, RenderView
from studio.runs.views import RunView

router = APIRouter(tags=["renders"])
_CAPTIONS: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {form: {"schema": {"type": "string"}} for form in ("application/x-subrip", "text/vtt")},
        "description": "SubRip or WebVTT",
    }
}


PresetName = Literal[
    "720p",
    "1080p",
    "2160p",
    "hevc",
    "av1",
    "webm",
    "vertical",
    "square",
    "prores",
    "wav",
    "mp3",
    "gif",
    "png",
    "stills",
]
Frame = Annotated[int, Field(ge=0, le=10_000_000)]


class RenderInput(BaseModel):
    """A kind of output; captions as a track, in the picture, as files beside it or none; `start` up to `end` in frames.

    `fit` lays a film into a vertical or square frame; `split` makes a file of each marker's stretch, in a ZIP. A film that
    needs files that are missing is refused (`media_missing`) unless `rest` leaves their clips out.
    """

    preset: PresetName = "720p"
    captions: Captions = "track"
    fit: Fit = "contain"
    start: Frame = 0
    end: Annotated[int, Field(ge=1, le=10_000_000)] | None = None
    split: bool = False
    rest: bool = False

    def order(self) -> Order:
        return Order(self.preset, self.captions, self.fit, self.start, self.end, self.split, self.rest)


@router.get("/projects/{project_id}/renders", responses=problems())
def list_renders(project_id: Id, session: Signed, page: PageNumber = 1, limit: PageSize = 20) -> Listing[RenderCard]:
    """The films of a project, newest first: under way, finished, failed."""
    with reading() as uow:
        found = renders.list_renders(uow, session.actor, project_id, page=page, limit=limit)
    return listing(found.items, page=page, limit=limit, total=found.total)


@router.get("/projects/{project_id}/presets", responses=problems())
def list_presets(project_id: Id, session: Signed) -> Several[PresetView]:
    """What a film of this project can be rendered as on this machine."""
    names = renders.offered_presets()
    with reading() as uow:
        return several(renders.list_presets(uow, session.actor, project_id, names))


@router.post("/scripts/{script_id}/film", status_code=202, responses=problems(writes=True))
def make_film(
    script_id: Id, body: RenderInput, session: Signed, idempotency_key: IdempotencyKey = None
) -> Answer[RunView]:
    """Make the whole film of a script: panels, voices, music, cut and render."""
    order = body.order()

    def make() -> RunView:
        renders.require_preset(order.preset)
        with unit_of_work() as uow:
            return renders.submit_film(uow, session.actor, script_id, order)

    return Answer(data=made_once(idempotency_key, session.actor, f"film {script_id} {order}", RunView, make))


@router.post("/timelines/{timeline_id}/renders", status_code=202, responses=problems(writes=True))
def make_render(
    timeline_id: Id, body: RenderInput, session: Signed, idempotency_key: IdempotencyKey = None
) -> Answer[RenderView]:
    """Make a cut, as it is now, into a file. What its shots lack is not made: every one needs a picture."""
    order = body.order()

    def make() -> RenderView:
        renders.require_preset(order.preset)
        with unit_of_work() as uow:
            return renders.submit_render(uow, session.actor, timeline_id, order)

    return Answer(data=made_once(idempotency_key, session.actor, f"render {timeline_id} {order}", RenderView, make))


@router.get("/timelines/{timeline_id}/animatic", responses=problems())
def get_animatic(timeline_id: Id, session: Signed) -> Answer[AnimaticView]:
    """What the board of a cut lacks to be heard: lines nobody speaks yet, music; and the run that makes it."""
    with reading() as uow:
        return Answer(data=renders.get_animatic(uow, session.actor, timeline_id))


@router.post("/timelines/{timeline_id}/animatic", status_code=202, responses=problems(writes=True))
def make_animatic(timeline_id: Id, session: Signed) -> Answer[RunView]:
    """Make what the board of a cut lacks: panels, voices, music. A cut by hand takes them in as one act, which can be undone."""
    with unit_of_work() as uow:
        return Answer(data=renders.submit_animatic(uow, session.actor, timeline_id))


@router.get("/renders/{render_id}", responses=problems())
def get_render(render_id: Id, session: Signed) -> Answer[RenderCard]:
    """One film, with its report card when it is finished."""
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
    name = f"{project.name} {card.preset}.{card.suffix}".replace("/", "-")
    path = storage().fetch(media_key(film.sha256))
    return sent(request, path, tag=film.sha256, mime=film.mime, download_as=name)


@router.get("/renders/{render_id}/captions", response_class=Response, responses={**problems(409), **_CAPTIONS})
def get_render_captions(render_id: Id, session: Signed, form: Literal["srt", "vtt"] = "srt") -> Response:
    """The captions of a film as a file to lie beside it, timed as the film is cut."""
    with reading() as uow:
        words = renders.get_sidecar(uow, session.actor, render_id, form)
        project = projects.get_project(uow, session.actor, renders.get_film(uow, session.actor, render_id).project_id)
    kept = quote(f"{project.name}.{form}".replace("/", "-"))
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{kept}", "Cache-Control": "private, no-cache"}
    return Response(words, media_type="text/vtt" if form == "vtt" else "application/x-subrip", headers=headers)


@router.get("/renders/{render_id}/pieces", responses=problems())
def list_pieces(render_id: Id, session: Signed) -> Several[PieceView]:
    """How far a film that is being made has come, from its first frame to its last."""
    with reading() as uow:
        return several(renders.list_pieces(uow, session.actor, render_id))
