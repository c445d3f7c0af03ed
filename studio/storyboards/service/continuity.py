"""Continuity warnings: which shots of a board do not cut together, and those somebody meant to be so."""

from __future__ import annotations

from hashlib import sha256

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Invalid, NotFound
from studio.projects import service as projects
from studio.scripts import service as scripts
from studio.storyboards import reading
from studio.storyboards.documents import spec_from
from studio.storyboards.models import Dismissal
from studio.storyboards.rules.warnings import Warned, Watched, warnings_of
from studio.storyboards.staging import BACKWARDS
from studio.storyboards.views import ContinuityWarning

_LONGEST_REASON = 500


def list_warnings(uow: UnitOfWork, actor: Actor, script_id: str) -> tuple[ContinuityWarning, ...]:
    """The continuity warnings of a board in order, those that are meant among them. Raises: NotFound."""
    days = scripts.days_by_scene(uow, actor, script_id)
    spoken = reading.speakers_of(uow, script_id)
    shots = [
        Watched(
            id=shot_id,
            number=number,
            scene=scene,
            day=days.get(scene, ""),
            spec=spec_from(spec),
            speakers=tuple(dict.fromkeys(spoken.get(shot_id, ()))),
            turns_back=BACKWARDS.search(action) is not None,
        )
        for shot_id, number, scene, action, spec in reading.specs_in_order(uow, script_id)
    ]
    meant = reading.dismissals_of(uow, script_id)
    return tuple(_view(warned, meant) for warned in warnings_of(shots))


def dismiss_warning(uow: UnitOfWork, actor: Actor, script_id: str, warning_id: str, reason: str) -> ContinuityWarning:
    """Say that a warning is meant, and why; it is told no more.

    Raises:
        Invalid: no reason, or one longer than 500 characters.
        NotFound: there is no such warning (any more).
        Forbidden: the actor may not change the project.
    """
    project_id = _editable(uow, actor, script_id)
    reason = " ".join(reason.split())
    if not 0 < len(reason) <= _LONGEST_REASON:
        raise Invalid(f"Say in a few words why this is meant (at most {_LONGEST_REASON} characters).", field="reason")
    found = _get(uow, actor, script_id, warning_id)
    row = reading.find_dismissal(uow, script_id, warning_id) or Dismissal(
        script_id=script_id, warning=warning_id, reason=reason, by_id=actor.user_id
    )
    row.reason, row.by_id = reason, actor.user_id
    uow.session.add(row)
    return _changed(uow, actor, project_id, script_id, found.id)


def recall_warning(uow: UnitOfWork, actor: Actor, script_id: str, warning_id: str) -> ContinuityWarning:
    """Let a warning count again.

    Raises:
        NotFound: there is no such warning (any more).
        Forbidden: the actor may not change the project.
    """
    project_id = _editable(uow, actor, script_id)
    found = _get(uow, actor, script_id, warning_id)
    if row := reading.find_dismissal(uow, script_id, warning_id):
        uow.session.delete(row)
    return _changed(uow, actor, project_id, script_id, found.id)


def _editable(uow: UnitOfWork, actor: Actor, script_id: str) -> str:
    return projects.editable_project(uow, actor, scripts.project_of(uow, actor, script_id).id).id


def _get(uow: UnitOfWork, actor: Actor, script_id: str, warning_id: str) -> ContinuityWarning:
    found = next((one for one in list_warnings(uow, actor, script_id) if one.id == warning_id), None)
    if found is None:
        raise NotFound("There is no such warning. The shots it was about may have changed.")
    return found


def _changed(uow: UnitOfWork, actor: Actor, project_id: str, script_id: str, warning_id: str) -> ContinuityWarning:
    projects.mark_changed(uow, actor, project_id, "continuity")
    uow.session.flush()
    return _get(uow, actor, script_id, warning_id)


def _view(warned: Warned, meant: dict[str, str]) -> ContinuityWarning:
    identity = sha256(warned.key.encode()).hexdigest()[:16]
    return ContinuityWarning(
        id=identity,
        rule=warned.rule.value,
        first_shot_id=warned.first.id,
        first_number=warned.first.number,
        shot_id=warned.second.id,
        number=warned.second.number,
        scene=warned.second.scene,
        told=warned.told,
        dismissed=identity in meant,
        reason=meant.get(identity, ""),
    )
