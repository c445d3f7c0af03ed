"""A script's next draft: how its scenes would be found again, what a person has to decide, and the merge itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict, Invalid
from studio.scripts import repository
from studio.scripts.merging.change import ScriptChange
from studio.scripts.merging.matching import Doubt, Match, matched
from studio.scripts.models import Script
from studio.scripts.outline import Outline
from studio.scripts.service import versions
from studio.scripts.service.reading import outline_of, project_of
from studio.scripts.service.rewriting import OldScene, editable_script, old_scenes, rewrite
from studio.scripts.views import Choice, MergeConflict, MergeScene, MergeView

_CHANGED = "Somebody changed this script since you looked at the merge. Look at it again, then decide."
_UNKNOWN = "This merge has no such question any more. Look at it again, then decide."


def plan_merge(uow: UnitOfWork, actor: Actor, script_id: str, new_source: str) -> MergeView:
    """What a new text would make of the scenes of a script; nothing is changed.

    Raises:
        Invalid: the new text has no scenes.
        NotFound: the actor may not see the project.
    """
    project_of(uow, actor, script_id)
    script = repository.get_script(uow, script_id)
    olds = old_scenes(uow, script, repository.find_drawer(uow, script_id))
    outline = _read(new_source)
    news = versions.passages_of(outline, new_source)
    plan = matched([old.passage for old in olds], news)
    doubtful = {doubt.new for doubt in plan.doubts}
    scenes = [_merge_scene(new, match, olds, outline) for new, match in enumerate(plan.matches) if new not in doubtful]
    scenes += [_cut_scene(olds[index]) for index in plan.cut]
    conflicts = [_conflict(doubt, olds, outline, new_source) for doubt in plan.doubts]
    return MergeView(script.revision, tuple(scenes), tuple(conflicts))


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
) -> ScriptChange:
    """Make a new text the script's, its old one a version. The caller lets the board follow.

    `decisions` answers conflicts by their ids; `name` and `original_sha256` are the file the text came from.

    Raises:
        Conflict: the script changed since the plan was made (code "script_changed").
        Invalid: the new text has no scenes, or a decision is about nothing.
        NotFound, Forbidden: the actor may not change the project.
    """
    script = editable_script(uow, actor, script_id)
    if script.revision != expected_revision:
        raise Conflict(_CHANGED, code="script_changed")
    _read(new_source)
    olds = old_scenes(uow, script, repository.find_drawer(uow, script_id))
    decided = _decided(decisions, olds)
    version_id = versions.keep(uow, script, actor, "merge", name).id
    _came_from(script, name, original_sha256)
    return rewrite(uow, actor, script, new_source, decided=decided, version_id=version_id)


def restore_version(uow: UnitOfWork, actor: Actor, script_id: str, version_id: str) -> ScriptChange:
    """Make a version the script's text again; what it was until now is kept as a version, so that this can be undone.

    Scenes keep what hangs on them; those the version does not have go to the drawer, those of the drawer it has come back.
    The caller lets the board follow.

    Raises:
        NotFound, Forbidden: there is no such version, or the actor may not change the project.
    """
    script = editable_script(uow, actor, script_id)
    version = versions.version_of(uow, script_id, version_id)
    kept = versions.keep(uow, script, actor, "restore")
    return rewrite(uow, actor, script, version.source, version_id=kept.id)


def put_text(uow: UnitOfWork, actor: Actor, script_id: str, source: str) -> ScriptChange:
    """Give a script a text it had before; a version is kept first if one is due. Scenes are found as in `restore_version`.

    Raises:
        Conflict: no scene would be left.
        NotFound, Forbidden: the actor may not change the project.
    """
    script = editable_script(uow, actor, script_id)
    version_id = versions.keep_if_due(uow, script, actor)
    return rewrite(uow, actor, script, source, version_id=version_id)


def held_source(uow: UnitOfWork, actor: Actor, script_id: str) -> str:
    """The text of a script, which nobody else changes until the transaction ends.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
    """
    return editable_script(uow, actor, script_id).source


def _read(source: str) -> Outline:
    outline = outline_of(source)
    if not outline.scenes:
        raise Invalid("There is nothing to film in this script: it has a title page and no scenes.", field="script")
    return outline


def _came_from(script: Script, name: str, sha256: str | None) -> None:
    script.name = name[:200] or script.name
    script.original_sha256 = sha256 or script.original_sha256


def _decided(decisions: Mapping[str, Choice], olds: Sequence[OldScene]) -> dict[tuple[int, int], Choice]:
    index = {old.row.id: i for i, old in enumerate(olds)}
    found: dict[tuple[int, int], Choice] = {}
    for key, choice in decisions.items():
        scene_id, _, position = key.partition(":")
        if scene_id not in index or not position.isdecimal():
            raise Invalid(_UNKNOWN, field="decisions")
        found[index[scene_id], int(position)] = choice
    return found


def _merge_scene(new: int, match: Match, olds: Sequence[OldScene], outline: Outline) -> MergeScene:
    scene = outline.scenes[new]
    was = olds[match.sources[0]].row if match.sources else None
    return MergeScene(
        match.fate,
        new,
        scene.number,
        scene.heading,
        tuple(olds[i].row.id for i in match.sources),
        was.number if was else "",
        was.heading if was else "",
        match.confidence,
    )


def _cut_scene(old: OldScene) -> MergeScene:
    row = old.row
    return MergeScene("cut", None, "", "", (row.id,), row.number, row.heading, 1.0)


def _conflict(doubt: Doubt, olds: Sequence[OldScene], outline: Outline, source: str) -> MergeConflict:
    old, scene = olds[doubt.old], outline.scenes[doubt.new]
    return MergeConflict(
        f"{old.row.id}:{doubt.new}",
        old.row.id,
        old.row.number,
        old.row.heading,
        doubt.new,
        scene.number,
        scene.heading,
        doubt.confidence,
        old.text,
        source[scene.start : scene.end],
    )
