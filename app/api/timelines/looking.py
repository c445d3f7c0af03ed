"""Looking at a cut and hearing it: exact frames, what is lettered on a clip, the scopes of a frame, its tracks and its loudness."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from app.api.deps import Signed
from app.api.http.answers import Answer, Id, Words, problems
from app.api.http.files import drawn_of
from studio.core.db import reading
from studio.core.storage import storage
from studio.engine.previews.scopes import Scope
from studio.renders import service as renders
from studio.timelines import service as timelines
from studio.timelines.views import MixView

router = APIRouter(tags=["timelines"])
_MOST = 10_000_000
Frame = Annotated[int, Query(ge=0, le=_MOST, description="Counted from 0")]
Width = Annotated[int, Query(ge=renders.NARROWEST, le=renders.WIDEST, description="Pixels")]
Revision = Annotated[
    int | None, Query(ge=0, le=2_000_000_000, alias="r", description="The revision one looks at: kept by the browser")
]
Tried = Annotated[
    str,
    Query(
        max_length=8_000,
        description="A text or a shape (JSON) to look at in place of the clip's, such as one being typed",
    ),
]
_Clip = Annotated[str, Query(max_length=200, description="Of this clip alone")]
_JPEG: dict[int | str, dict[str, Any]] = {
    200: {"content": {"image/jpeg": {}}, "description": "The frame"},
    304: {"description": "The one known under If-None-Match still shows the same"},
}
_PNG: dict[int | str, dict[str, Any]] = {
    200: {"content": {"image/png": {}}, "description": "The picture"},
    204: {"description": "Nothing of it is seen"},
    304: {"description": "The one known under If-None-Match still shows the same"},
}


@router.get("/timelines/{timeline_id}/frame", response_class=Response, responses={**problems(), **_JPEG})
def get_frame(
    timeline_id: Id, request: Request, session: Signed, frame: Frame = 0, width: Width = 960, revision: Revision = None
) -> Response:
    """A frame of a cut exactly as it will be rendered, as a JPEG."""
    seen = renders.look_at_frame(session.actor, timeline_id, frame, width=width)
    return drawn_of(request, seen.data, tag=seen.tag, mime="image/jpeg", keep=revision == seen.revision)


@router.get("/timelines/{timeline_id}/scopes", response_class=Response, responses={**problems(), **_PNG})
def get_scopes(
    timeline_id: Id,
    request: Request,
    session: Signed,
    frame: Frame = 0,
    kind: Scope = "waveform",
    revision: Revision = None,
) -> Response:
    """The light and colours of a frame as a colourist reads them, as a PNG."""
    seen = renders.look_at_scope(session.actor, timeline_id, frame, kind)
    return drawn_of(request, seen.data, tag=seen.tag, mime="image/png", keep=revision == seen.revision)


@router.get("/timelines/{timeline_id}/clips/{clip}/picture", response_class=Response, responses={**problems(), **_PNG})
def get_clip_picture(
    timeline_id: Id,
    clip: Words,
    request: Request,
    session: Signed,
    width: Width = 1920,
    revision: Revision = None,
    made: Tried = "",
) -> Response:
    """The letters or the shape of a clip as a PNG, cropped; `Inkreel-Box` says where it lies untouched: left, top, width and
    height in shares of the frame."""
    seen = renders.look_at_letters(session.actor, timeline_id, clip, width=width, made=made)
    box = {"Inkreel-Box": " ".join(f"{part:.6f}" for part in seen.box)}
    if not seen.png:
        return Response(status_code=204, headers=box | {"Cache-Control": "private, no-cache"})
    return drawn_of(request, seen.png, tag=seen.tag, mime="image/png", headers=box)


@router.get("/timelines/{timeline_id}/mix", responses=problems())
def get_mix(timeline_id: Id, session: Signed) -> Answer[MixView]:
    """How the audio tracks of a cut sound, for a player: the gain of each while it is ducked, its tone, its compressor."""
    with reading() as uow:
        cut = timelines.voiced(uow, session.actor, timeline_id)
    return Answer(data=timelines.mix_of(cut, storage()))


class Heard(BaseModel):
    """Integrated loudness in LUFS, and of a whole cut the true peak in dBTP."""

    lufs: float
    peak_dbtp: float | None = None


@router.get("/timelines/{timeline_id}/loudness", responses=problems(409, 415))
def get_loudness(timeline_id: Id, session: Signed, clip: _Clip = "") -> Answer[Heard]:
    """How loud a cut is as its faders have it, or one clip by itself; a film is brought to the loudness of its preset later."""
    if clip:
        ((_, lufs),) = renders.hear_clips(session.actor, timeline_id, [clip])
        return Answer(data=Heard(lufs=lufs))
    found = renders.hear_cut(session.actor, timeline_id)
    return Answer(data=Heard(lufs=found.lufs, peak_dbtp=found.peak_dbtp))
