"""Changing a script: one scene's words, scenes added, moved, cut and brought back, versions, the next draft merged in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from app.api.deps import Signed
from app.api.http.answers import (
    UUID,
    Answer,
    FieldProblem,
    Id,
    Listing,
    PageNumber,
    PageSize,
    Several,
    Words,
    listing,
    problems,
    several,
)
from app.api.http.errors import problem
from studio.core.db import reading, unit_of_work
from studio.scripts import service as scripts
from studio.scripts.merging.change import ScriptChange
from studio.scripts.source import MAX_BYTES
from studio.scripts.views import Choice, MergeView, SceneDiff, SceneText, ScriptVersionView
from studio.storyboards import service as storyboards
from studio.storyboards.views import ShotReason
from studio.thread import rewriting

router = APIRouter(tags=["script changes"])
_MOST = 1_000_000
_Text = Annotated[Words, Field(max_length=MAX_BYTES)]
_Position = Annotated[int, Field(ge=0, le=_MOST)]
_VersionId = Annotated[str | None, Query(pattern=UUID, description="Another version; the script as it is without it")]


class SceneInput(BaseModel):
    """A scene's raw Fountain; `revision` and `base` are the scene as the writer saw it."""

    text: _Text
    revision: int = Field(ge=1, le=_MOST)
    base: _Text | None = None


class NewSceneInput(BaseModel):
    """A scene to put behind the one at position `after`; -1 puts it before all."""

    after: int = Field(ge=-1, le=_MOST)
    heading: Words = Field(min_length=1, max_length=500)


class PlaceInput(BaseModel):
    """The position a scene goes to."""

    to: _Position


class NameInput(BaseModel):
    name: Words = Field(max_length=200)


class DraftInput(BaseModel):
    """The next draft, as Fountain."""

    text: _Text


class MergeDecisions(DraftInput):
    """The next draft, the revision its plan was made at, and what was decided of each conflict by its id."""

    expected_revision: int = Field(ge=1, le=_MOST)
    decisions: dict[Words, Choice] = Field(default_factory=dict[Words, Choice], max_length=5000)


class SavedScene(BaseModel):
    """A scene as it is kept; `merged` with somebody else's changes in it, `restructured` when scenes came or went."""

    scene: SceneText
    merged: bool
    restructured: bool


class Changed(BaseModel):
    """A script's revision now, and the version that undoes the change where one was kept."""

    revision: int
    version_id: str | None


@router.get("/scripts/{script_id}/texts", responses=problems())
def list_texts(script_id: Id, session: Signed, first: Annotated[int, Query(ge=0, le=_MOST)] = 0) -> Several[SceneText]:
    """Twenty scenes from a position on, as raw Fountain to write on."""
    with reading() as uow:
        return several(scripts.read_texts(uow, session.actor, script_id, first))


@router.patch("/scripts/{script_id}/scenes/{scene_id}", response_model=None, responses=problems(writes=True))
def save_scene(script_id: Id, scene_id: Id, body: SceneInput, session: Signed) -> Answer[SavedScene] | Response:
    """Replace the words of a scene. Changes of the same lines by somebody else are refused with their text in the details."""
    try:
        with unit_of_work() as uow:
            edit = rewriting.save_scene(
                uow, session.actor, script_id, scene_id, text=body.text, revision=body.revision, base=body.base
            )
    except scripts.SceneChanged as error:
        theirs = FieldProblem(field="text", message=error.theirs)
        revision = FieldProblem(field="revision", message=str(error.revision))
        return problem(409, error.code, error.message, details=(theirs, revision))
    return Answer(data=SavedScene(scene=edit.text, merged=edit.merged, restructured=edit.restructured))


@router.post("/scripts/{script_id}/scenes", status_code=201, responses=problems(writes=True))
def add_scene(script_id: Id, body: NewSceneInput, session: Signed) -> Answer[SceneText]:
    """Put a new scene into the script."""
    with unit_of_work() as uow:
        edit = rewriting.add_scene(uow, session.actor, script_id, after=body.after, heading=body.heading)
    return Answer(data=edit.text)


@router.post("/scripts/{script_id}/scenes/{scene_id}/move", responses=problems(writes=True))
def move_scene(script_id: Id, scene_id: Id, body: PlaceInput, session: Signed) -> Several[SceneText]:
    """Put a scene, with its shots, at another position; the scenes around it as they are now."""
    with unit_of_work() as uow:
        rewriting.move_scene(uow, session.actor, script_id, scene_id, to=body.to)
        return several(scripts.read_texts(uow, session.actor, script_id, max(0, body.to - 1), 3))


@router.post("/scripts/{script_id}/scenes/{scene_id}/cut", responses=problems(writes=True))
def cut_scene(script_id: Id, scene_id: Id, session: Signed) -> Several[SceneText]:
    """Move a scene, with its shots, to the drawer; what lies there now."""
    with unit_of_work() as uow:
        rewriting.cut_scene(uow, session.actor, script_id, scene_id)
        return several(scripts.list_drawer(uow, session.actor, script_id))


@router.post("/scripts/{script_id}/scenes/{scene_id}/restore", responses=problems(writes=True))
def restore_scene(script_id: Id, scene_id: Id, body: PlaceInput, session: Signed) -> Several[SceneText]:
    """Bring a scene, with its shots, back from the drawer; what still lies there."""
    with unit_of_work() as uow:
        rewriting.restore_scene(uow, session.actor, script_id, scene_id, to=body.to)
        return several(scripts.list_drawer(uow, session.actor, script_id))


@router.get("/scripts/{script_id}/drawer", responses=problems())
def list_drawer(script_id: Id, session: Signed) -> Several[SceneText]:
    """The scenes that were cut."""
    with reading() as uow:
        return several(scripts.list_drawer(uow, session.actor, script_id))


@router.get("/scripts/{script_id}/versions", responses=problems())
def list_versions(
    script_id: Id, session: Signed, page: PageNumber = 1, limit: PageSize = 20
) -> Listing[ScriptVersionView]:
    """The versions of a script, newest first."""
    with reading() as uow:
        found = scripts.list_versions(uow, session.actor, script_id, page=page, limit=limit)
    return listing(found.items, page=page, limit=limit, total=found.total)


@router.patch("/script-versions/{version_id}", responses=problems(writes=True))
def name_version(version_id: Id, body: NameInput, session: Signed) -> Answer[ScriptVersionView]:
    """Give a version a name."""
    with unit_of_work() as uow:
        return Answer(data=scripts.name_version(uow, session.actor, version_id, body.name))


@router.get("/scripts/{script_id}/versions/{version_id}/diff", responses=problems())
def diff_versions(script_id: Id, version_id: Id, session: Signed, other: _VersionId = None) -> Several[SceneDiff]:
    """What changed from a version to another, or to now, scene by scene and word by word."""
    with reading() as uow:
        return several(scripts.diff_versions(uow, session.actor, script_id, version_id, other))


@router.post("/scripts/{script_id}/versions/{version_id}/restore", responses=problems(writes=True))
def restore_version(script_id: Id, version_id: Id, session: Signed) -> Answer[Changed]:
    """Make a version the script's text again; drawings stay with their scenes."""
    with unit_of_work() as uow:
        return _changed(rewriting.restore_version(uow, session.actor, script_id, version_id))


@router.post("/scripts/{script_id}/merge/plan", responses=problems(400, 413))
def plan_merge(script_id: Id, body: DraftInput, session: Signed) -> Answer[MergeView]:
    """What the next draft would make of every scene; nothing is changed."""
    with reading() as uow:
        return Answer(data=rewriting.plan_merge(uow, session.actor, script_id, body.text))


@router.post("/scripts/{script_id}/merge/apply", responses=problems(writes=True))
def apply_merge(script_id: Id, body: MergeDecisions, session: Signed) -> Answer[Changed]:
    """Make the next draft the script's text, as it was decided."""
    with unit_of_work() as uow:
        change = rewriting.apply_merge(
            uow, session.actor, script_id, body.text, body.decisions, expected_revision=body.expected_revision
        )
    return _changed(change)


@router.get("/shots/{shot_id}/reason", responses=problems())
def explain_shot(shot_id: Id, session: Signed) -> Answer[ShotReason]:
    """Which rule made a shot, and of which words."""
    with reading() as uow:
        return Answer(data=storyboards.explain_shot(uow, session.actor, shot_id))


def _changed(change: ScriptChange | None) -> Answer[Changed]:
    assert change is not None
    return Answer(data=Changed(revision=change.revision, version_id=change.version_id))
