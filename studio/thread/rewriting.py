"""Changing a script with its board: every change of the words is followed by shots, lines and panels in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.scripts import service as scripts
from studio.scripts.merging.change import ScriptChange
from studio.scripts.views import Choice, MergeView, SceneEdit
from studio.storyboards import service as storyboards


def save_scene(
    uow: UnitOfWork,
    actor: Actor,
    script_id: str,
    scene_id: str,
    *,
    text: str,
    revision: int,
    base: str | None = None,
) -> SceneEdit:
    """Replace the raw text of a scene; `revision` and `base` are the scene as the writer saw it. The board follows.

    Raises: as `scripts.edit_scene`; SceneChanged when somebody else changed the same lines.
    """
    edit = scripts.edit_scene(uow, actor, script_id, scene_id, text=text, revision=revision, base=base)
    _follow(uow, actor, edit.change)
    return edit


def add_scene(uow: UnitOfWork, actor: Actor, script_id: str, *, after: int, heading: str) -> SceneEdit:
    """Put a new scene behind the one at position `after` (-1: before all). Raises: as `scripts.add_scene`."""
    edit = scripts.add_scene(uow, actor, script_id, after=after, heading=heading)
    _follow(uow, actor, edit.change)
    return edit


def move_scene(uow: UnitOfWork, actor: Actor, script_id: str, scene_id: str, *, to: int) -> ScriptChange | None:
    """Put a scene, with its shots, at another position. Raises: as `scripts.move_scene`."""
    return _follow(uow, actor, scripts.move_scene(uow, actor, script_id, scene_id, to=to))


def cut_scene(uow: UnitOfWork, actor: Actor, script_id: str, scene_id: str) -> ScriptChange | None:
    """Move a scene, with its shots, to the drawer. Raises: as `scripts.cut_scene`."""
    return _follow(uow, actor, scripts.cut_scene(uow, actor, script_id, scene_id))


def restore_scene(uow: UnitOfWork, actor: Actor, script_id: str, scene_id: str, *, to: int) -> ScriptChange | None:
    """Bring a scene, with its shots, back from the drawer. Raises: as `scripts.restore_scene`."""
    return _follow(uow, actor, scripts.restore_scene(uow, actor, script_id, scene_id, to=to))


def plan_merge(uow: UnitOfWork, actor: Actor, script_id: str, new_source: str) -> MergeView:
    """What a new text would make of a script, with the drawn panels and voiced lines each scene carries along.

    Raises: as `scripts.plan_merge`.
    """
    view = scripts.plan_merge(uow, actor, script_id, new_source)
    wanted = {scene_id for scene in view.scenes for scene_id in scene.was} | {c.scene_id for c in view.conflicts}
    carried = storyboards.counts_by_scene(uow, wanted)
    return replace(
        view,
        scenes=tuple(
            replace(
                scene,
                drawn=sum(carried[was].drawn for was in scene.was if was in carried),
                voiced=sum(carried[was].voiced for was in scene.was if was in carried),
            )
            for scene in view.scenes
        ),
        conflicts=tuple(
            replace(c, drawn=carried[c.scene_id].drawn, voiced=carried[c.scene_id].voiced)
            if c.scene_id in carried
            else c
            for c in view.conflicts
        ),
    )


def apply_merge(
    uow: UnitOfWork,
    actor: Actor,
    script_id: str,
    new_source: str,
    decisions: Mapping[str, Choice],
    *,
    expected_revision: int,
    name: str = "",
    original_sha256: str | None = None,
) -> ScriptChange | None:
    """Make a new text the script's; drawings and voices stay with their scenes. Raises: as `scripts.apply_merge`."""
    change = scripts.apply_merge(
        uow,
        actor,
        script_id,
        new_source,
        decisions,
        expected_revision=expected_revision,
        name=name,
        original_sha256=original_sha256,
    )
    return _follow(uow, actor, change)


def restore_version(uow: UnitOfWork, actor: Actor, script_id: str, version_id: str) -> ScriptChange | None:
    """Make a version the script's text again; `version_id` of the answer undoes it. Raises: as `scripts.restore_version`."""
    return _follow(uow, actor, scripts.restore_version(uow, actor, script_id, version_id))


def _follow(uow: UnitOfWork, actor: Actor, change: ScriptChange | None) -> ScriptChange | None:
    if change is not None:
        storyboards.follow(uow, actor, change)
        scripts.settle(uow, change)
    return change
