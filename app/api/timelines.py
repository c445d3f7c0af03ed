"""The cut: begun from the board, read, edited, its words as captions."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from app.api.deps import Signed
from app.api.http.answers import Answer, Id, Several, Words, problems, several
from app.api.http.once import IdempotencyKey, made_once
from studio.core.db import reading, unit_of_work
from studio.engine.interchange.formats import MIMES, Format
from studio.engine.timeline import to_document
from studio.storyboards.views import Edge
from studio.timelines import service as timelines
from studio.timelines.edits import Delete, Edit, FollowVoice, Gain, Move, Split, Trim
from studio.timelines.views import CutEdit, LossView, TimelineDetail

router = APIRouter(tags=["timelines"])
_CAPTIONS: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/vtt": {"schema": {"type": "string"}}}, "description": "WebVTT"}
}
_FILES: dict[int | str, dict[str, Any]] = {
    200: {"content": {mime: {} for mime in sorted(set(MIMES.values()))}, "description": "The cut as a file"}
}
_MOST = 1_000_000
Clip = Annotated[Words, Field(min_length=1, max_length=100)]
Clips = Annotated[tuple[Clip, ...], Field(min_length=1, max_length=200)]
Frames = Annotated[int, Field(ge=1, le=_MOST)]


class Cut(BaseModel):
    """A cut: `live` while it follows its board; `undrawn` shots and frames `without_music` are made with the next film."""

    id: str
    project_id: str
    script_id: str | None
    revision: int
    frames: int
    live: bool
    undrawn: tuple[str, ...]
    without_music: int
    document: dict[str, Any]


class TrimInput(BaseModel):
    """A shot gets a length in frames, at its head or tail; without an edge its pauses share."""

    do: Literal["trim"]
    clip: Clip
    frames: Frames
    edge: Edge | None = None

    def edit(self) -> Edit:
        return Trim(self.clip, self.frames, self.edge)


class FollowInput(BaseModel):
    """A shot is as long as what is said in it."""

    do: Literal["follow_voice"]
    clip: Clip

    def edit(self) -> Edit:
        return FollowVoice(self.clip)


class MoveClipsInput(BaseModel):
    """Shots go before another one, or after it."""

    do: Literal["move"]
    clips: Clips
    before: Clip | None = None
    after: Clip | None = None

    def edit(self) -> Edit:
        return Move(self.clips, self.before, self.after)


class DeleteInput(BaseModel):
    """Shots are taken out."""

    do: Literal["delete"]
    clips: Clips

    def edit(self) -> Edit:
        return Delete(self.clips)


class SplitClipInput(BaseModel):
    """A shot is cut in two, `at` frames after its start; without that where it is best."""

    do: Literal["split"]
    clip: Clip
    at: Frames | None = None

    def edit(self) -> Edit:
        return Split(self.clip, self.at)


class GainInput(BaseModel):
    """A voice or music gets louder or softer."""

    do: Literal["gain"]
    clip: Clip
    db: float

    def edit(self) -> Edit:
        return Gain(self.clip, self.db)


AnyEdit = Annotated[
    TrimInput | FollowInput | MoveClipsInput | DeleteInput | SplitClipInput | GainInput, Field(discriminator="do")
]


class EditsInput(BaseModel):
    """Edits of the cut as it was at `revision`, all or none; with `dry_run` nothing is changed."""

    revision: Annotated[int, Field(ge=1, le=2_000_000_000)]
    edits: Annotated[tuple[AnyEdit, ...], Field(min_length=1, max_length=100)]
    dry_run: bool = False


@router.get("/scripts/{script_id}/cut", responses=problems())
def get_cut(script_id: Id, session: Signed) -> Answer[Cut | None]:
    """The cut of a script; null before it is begun."""
    with reading() as uow:
        found = timelines.find_cut(uow, session.actor, script_id)
        return Answer(data=_cut(found) if found else None)


@router.post("/scripts/{script_id}/cut", responses=problems(writes=True))
def start_cut(script_id: Id, session: Signed, idempotency_key: IdempotencyKey = None) -> Answer[Cut]:
    """Begin the cut of a script from its board; the one there is, if it is begun."""

    def make() -> Cut:
        with unit_of_work() as uow:
            return _cut(timelines.start_cut(uow, session.actor, script_id))

    return Answer(data=made_once(idempotency_key, session.actor, f"cut {script_id}", Cut, make))


@router.get("/timelines/{timeline_id}", responses=problems())
def get_timeline(timeline_id: Id, session: Signed) -> Answer[Cut]:
    """A cut with its document."""
    with reading() as uow:
        return Answer(data=_cut(timelines.get_timeline(uow, session.actor, timeline_id)))


@router.post("/timelines/{timeline_id}/edits", responses=problems(writes=True))
def edit_cut(
    timeline_id: Id, body: EditsInput, session: Signed, idempotency_key: IdempotencyKey = None
) -> Answer[CutEdit]:
    """Edit a cut; the board is edited with it. Refused with 409 where it has changed since that revision."""
    edits = [each.edit() for each in body.edits]

    def make() -> CutEdit:
        with unit_of_work() as uow:
            return timelines.edit_cut(
                uow, session.actor, timeline_id, edits, revision=body.revision, dry_run=body.dry_run
            )

    return Answer(data=made_once(idempotency_key, session.actor, f"edit {timeline_id}", CutEdit, make))


@router.get("/timelines/{timeline_id}/captions.vtt", response_class=Response, responses={**problems(), **_CAPTIONS})
def get_captions(timeline_id: Id, session: Signed) -> Response:
    """The words of a cut as WebVTT."""
    with reading() as uow:
        return Response(timelines.get_captions(uow, session.actor, timeline_id), media_type="text/vtt")


@router.get("/timelines/{timeline_id}/export", response_class=Response, responses={**problems(), **_FILES})
def export_timeline(timeline_id: Id, session: Signed, format: Format = "otio") -> Response:
    """A cut as a file: OpenTimelineIO (whole), EDL, FCP 7 XML, FCPXML; its words as SubRip, WebVTT or SubStation Alpha."""
    with reading() as uow:
        file = timelines.export_timeline(uow, session.actor, timeline_id, format)
    disposition = f"attachment; filename*=utf-8''{quote(file.name)}"
    return Response(file.data, media_type=file.mime, headers={"Content-Disposition": disposition})


@router.get("/timelines/{timeline_id}/export/losses", responses=problems())
def list_export_losses(timeline_id: Id, session: Signed, format: Format = "otio") -> Several[LossView]:
    """What of a cut is not in its file of a format."""
    with reading() as uow:
        return several(timelines.export_timeline(uow, session.actor, timeline_id, format).losses)


def _cut(found: TimelineDetail) -> Cut:
    return Cut(
        id=found.id,
        project_id=found.project_id,
        script_id=found.script_id,
        revision=found.revision,
        frames=found.timeline.frames,
        live=found.live,
        undrawn=found.undrawn,
        without_music=found.without_music,
        document=to_document(found.timeline),
    )
