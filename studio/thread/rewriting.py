"""Changing a script with its board: every change of the words is followed by shots, lines and panels in the same transaction,
and written into the history with what it changed."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from studio.accounts.views import Actor
from studio.audit import service as audit
from studio.audit.views import EntryRecord
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict
from studio.scripts import service as scripts
from studio.scripts.merging.change import ScriptChange
from studio.scripts.views import Choice, MergeView, SceneEdit
from studio.storyboards import service as storyboards
from studio.thread.spans import between, sides, span_from, undone

SCRIPT = "script"


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
    with _written(uow, actor, script_id, "words", f"words of scene {_number(uow, actor, scene_id)}"):
        edit = scripts.edit_scene(uow, actor, script_id, scene_id, text=text, revision=revision, base=base)
        _follow(uow, actor, edit.change)
    return edit


def add_scene(uow: UnitOfWork, actor: Actor, script_id: str, *, after: int, heading: str) -> SceneEdit:
    """Put a new scene behind the one at position `after` (-1: before all). Raises: as `scripts.add_scene`."""
    with _written(uow, actor, script_id, "add", f"add scene {' '.join(heading.split())}"):
        edit = scripts.add_scene(uow, actor, script_id, after=after, heading=heading)
        _follow(uow, actor, edit.change)
    return edit


def move_scene(uow: UnitOfWork, actor: Actor, script_id: str, scene_id: str, *, to: int) -> ScriptChange | None:
    """Put a scene, with its shots, at another position. Raises: as `scripts.move_scene`."""
    with _written(uow, actor, script_id, "move", f"move scene {_number(uow, actor, scene_id)}"):
        return _follow(uow, actor, scripts.move_scene(uow, actor, script_id, scene_id, to=to))


def cut_scene(uow: UnitOfWork, actor: Actor, script_id: str, scene_id: str) -> ScriptChange | None:
    """Move a scene, with its shots, to the drawer. Raises: as `scripts.cut_scene`."""
    with _written(uow, actor, script_id, "cut", f"put scene {_number(uow, actor, scene_id)} into the drawer"):
        return _follow(uow, actor, scripts.cut_scene(uow, actor, script_id, scene_id))


def restore_scene(uow: UnitOfWork, actor: Actor, script_id: str, scene_id: str, *, to: int) -> ScriptChange | None:
    """Bring a scene, with its shots, back from the drawer. Raises: as `scripts.restore_scene`."""
    with _written(
        uow, actor, script_id, "restore", f"bring scene {_number(uow, actor, scene_id)} back from the drawer"
    ):
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
    with _written(uow, actor, script_id, "merge", f"bring in {name or 'another draft'}"):
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
    with _written(uow, actor, script_id, "version", "go back to a kept version of the script"):
        return _follow(uow, actor, scripts.restore_version(uow, actor, script_id, version_id))


def undo_writing(uow: UnitOfWork, actor: Actor, record: EntryRecord) -> None:
    """Take one's own change of a script's text back, whatever else was written since; the board follows.

    Words and scenes are as they were; a shot that went with its words, untouched by people, is made anew by the rules.

    Raises:
        Conflict: the same words were changed since.
        NotFound, Forbidden: the actor may not change the project.
    """
    script_id = record.entity_id
    source = scripts.held_source(uow, actor, script_id)
    later = [span_from(each.before, each.after) for each in audit.records_after(uow, record)]
    before = undone(span_from(record.before, record.after), later, source)
    if before is None:
        raise Conflict(
            "The same words were changed again since, so this cannot be undone. Look into the kept versions."
        )
    with audit.undoing(uow, record), _written(uow, actor, script_id, record.action, record.label):
        _follow(uow, actor, scripts.put_text(uow, actor, script_id, before))


@contextmanager
def _written(uow: UnitOfWork, actor: Actor, script_id: str, action: str, label: str) -> Generator[None]:
    """Write into the history what is done within to the text of a script."""
    before = scripts.held_source(uow, actor, script_id)
    yield
    span = between(before, scripts.held_source(uow, actor, script_id))
    if span.was != span.now:
        was, now = sides(span)
        audit.append(
            uow,
            actor,
            scripts.project_of(uow, actor, script_id).id,
            entity=SCRIPT,
            entity_id=script_id,
            action=action,
            label=label,
            before=was,
            after=now,
            inverse={"act": "put_back"},
        )


def _number(uow: UnitOfWork, actor: Actor, scene_id: str) -> str:
    return scripts.get_scene(uow, actor, scene_id).number


def _follow(uow: UnitOfWork, actor: Actor, change: ScriptChange | None) -> ScriptChange | None:
    if change is not None:
        storyboards.follow(uow, actor, change)
        scripts.settle(uow, change)
    return change
