"""Undoing: one's own acts one after the other, doing them again, and a scene put back to how it was at a moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from studio.accounts.views import Actor
from studio.audit import service as audit
from studio.audit.views import EntryMark
from studio.core.db import Row, UnitOfWork
from studio.core.errors import Conflict, LimitReached
from studio.scripts import service as scripts
from studio.storyboards import repository
from studio.storyboards.editing.change import UNDER_WAY, Change, Standing, change_from
from studio.storyboards.editing.order import brought, without
from studio.storyboards.editing.stacks import REDO, UNDO, in_force, stacks
from studio.storyboards.models import Line, Panel
from studio.storyboards.service.acts.acting import ENTITY, ROWS, Acting
from studio.storyboards.views import BoardEdit, Undoable

_REMEMBERED = 2000
"""Entries looked back on for what somebody can undo."""
_FARTHEST = 3000
"""Entries a scene is put back over at most."""


def undoable(uow: UnitOfWork, actor: Actor, script_id: str) -> Undoable:
    """What the actor can undo and do again next. Raises: NotFound."""
    scripts.project_of(uow, actor, script_id)
    done, undone = stacks(audit.newest_of(uow, ENTITY, script_id, limit=_REMEMBERED), actor.user_id)
    return Undoable(done[-1].label if done else "", undone[-1].label if undone else "")


def undoable_entries(uow: UnitOfWork, actor: Actor, script_id: str) -> frozenset[int]:
    """Which entries of a board's history the actor may undo: their own that hold now. Raises: NotFound."""
    scripts.project_of(uow, actor, script_id)
    done, _ = stacks(audit.newest_of(uow, ENTITY, script_id, limit=_REMEMBERED), actor.user_id)
    return frozenset(entry.seq for entry in done)


def undo(uow: UnitOfWork, actor: Actor, script_id: str, seq: int | None = None) -> BoardEdit:
    """Undo one's last act on a board, or the one of one's own with this `seq`.

    Raises:
        Conflict: there is nothing to undo (code "nothing_to_undo"), or its shots have changed since.
        NotFound, Forbidden: the actor may not change the project.
    """
    act = Acting(uow, actor, script_id)
    entries = audit.newest_of(uow, ENTITY, script_id, limit=_REMEMBERED)
    done, _ = stacks(entries, actor.user_id)
    entry = next((e for e in reversed(done) if seq in (None, e.seq)), None)
    if entry is None:
        raise Conflict("There is nothing of yours to undo on this board.", code="nothing_to_undo")
    return _again(act, entries, entry, UNDO)


def redo(uow: UnitOfWork, actor: Actor, script_id: str) -> BoardEdit:
    """Do again what one undid last.

    Raises:
        Conflict: there is nothing to do again (code "nothing_to_redo"), or its shots have changed since.
        NotFound, Forbidden: the actor may not change the project.
    """
    act = Acting(uow, actor, script_id)
    entries = audit.newest_of(uow, ENTITY, script_id, limit=_REMEMBERED)
    _, undone = stacks(entries, actor.user_id)
    if not undone:
        raise Conflict("There is nothing to do again on this board.", code="nothing_to_redo")
    return _again(act, entries, undone[-1], REDO)


def rewind_scene(uow: UnitOfWork, actor: Actor, script_id: str, scene_id: str, at: datetime) -> BoardEdit:
    """Put the shots of a scene back to how they were at a moment, whoever changed them since; this can be undone as well.

    Raises:
        NotFound: there is no such scene.
        Conflict: it is as it was then.
        LimitReached: more than 3,000 changes lie between.
        NotFound, Forbidden, Conflict: the actor may not change the project.
    """
    act = Acting(uow, actor, script_id)
    scene = act.scene(scene_id)
    since = audit.changes_since(uow, ENTITY, script_id, at, limit=_FARTHEST + 1)
    if len(since) > _FARTHEST:
        raise LimitReached("Too much has changed since that moment to put the scene back. Choose a later one.")
    scenes: dict[str, tuple[Standing, ...]] = {}
    rows: dict[str, dict[str, Any]] = {}
    met: set[str] = set()
    for entry in since:
        change = change_from(entry.before, entry.after)
        scenes |= change.before.scenes
        for key, values in change.before.rows.items():
            rows[key] = {**rows.get(key, {}), **values}
        met |= {each.shot_id for side in (change.before, change.after) for s in side.scenes.values() for each in s}
    _put_back(act, scene_id, scenes, met)
    there = set(act.order[scene_id])
    _set_rows(act, _of_shots(act, rows, there), None)
    edit = act.finish("rewind", f"put scene {scene.number} back to {at:%-d %b, %H:%M}", sorted(there))
    if edit.seq is None:
        raise Conflict("This scene is as it was then.")
    return edit


def _again(act: Acting, entries: Sequence[EntryMark], entry: EntryMark, action: str) -> BoardEdit:
    later = [e for e in in_force(entries) if e.seq > entry.seq]
    found = audit.records_of(act.uow, act.script_id, [entry.seq, *(e.seq for e in later)])
    change = change_from(found[entry.seq].before, found[entry.seq].after)
    for each in later:
        if set(change.shots) & set(found[each.seq].after["shots"]):
            if each.actor_id == act.actor.user_id:
                raise Conflict(f"You changed the same shot again since ({each.label}). Undo that first.")
            raise Conflict(f"Somebody else changed the same shot since ({each.label}), so this cannot be undone.")
    step = change.inverse if action == UNDO else change
    _set_rows(act, step.after.rows, step.before.rows)
    _set_scenes(act, step)
    return act.finish(action, entry.label, list(step.shots), reverses=entry.seq)


def _set_scenes(act: Acting, step: Change) -> None:
    """Bring the scenes of a step from how it expects them to how it leaves them; what else came between stays."""
    expected, wanted = step.before.scenes, step.after.scenes
    if any(scene_id not in act.scenes for scene_id in wanted):
        raise Conflict("The scene this was in is not in the script any more, so it cannot be undone.")
    _fetch(act, [each.shot_id for standing in wanted.values() for each in standing], essential=set(step.shots))
    for scene_id, standing in wanted.items():
        was = [each.shot_id for each in expected[scene_id]]
        now = [each.shot_id for each in standing if each.shot_id in act.shots]
        if act.was[scene_id] == expected[scene_id] and len(now) == len(standing):
            act.order[scene_id] = now
            act.exact[scene_id] = standing
            continue
        act.known |= {each.shot_id: each for each in standing}
        act.order[scene_id] = brought(act.order[scene_id], was, now)
        if was == now and len(now) == len(standing):  # only numbers and locks
            by_id = {each.shot_id: each for each in standing}
            act.exact[scene_id] = tuple(by_id.get(i) or act.standing_of(i) for i in act.order[scene_id])
    act.keep_apart(wanted)


def _put_back(act: Acting, scene_id: str, scenes: dict[str, tuple[Standing, ...]], met: set[str]) -> None:
    """Order a scene as it stood; what came into it since goes back where it was then, or off the board."""
    if scene_id not in scenes:
        return
    standing = scenes[scene_id]
    _fetch(act, [each.shot_id for each in standing], essential=set())
    wanted = [each.shot_id for each in standing if each.shot_id in act.shots]
    now = act.order[scene_id]
    came = [each for each in now if each not in wanted and each in met]
    stay = [each for each in now if each not in wanted and each not in met]
    for other, stood in scenes.items():
        home = [each.shot_id for each in stood]
        back = [each for each in came if each in home]
        if back and other in act.order and other != scene_id:
            there = act.order[other]
            target = [each for each in home if each in there or each in back]
            act.order[other] = brought(there, [each for each in target if each in there], target)
    for other in act.order:
        if other != scene_id:
            act.order[other] = without(act.order[other], wanted)
    act.known |= {each.shot_id: each for each in standing}
    merged = brought(now, [each for each in now if each not in stay], wanted)
    act.order[scene_id] = merged
    if merged == [each.shot_id for each in standing]:
        act.exact[scene_id] = standing


def _fetch(act: Acting, shot_ids: Sequence[str], *, essential: set[str]) -> None:
    """Have shots at hand that are off the board. Raises: Conflict (one that is needed is gone for good, or elsewhere)."""
    missing = sorted({each for each in shot_ids if each not in act.shots})
    found = {shot.id: shot for shot in repository.list_shots_by_id(act.uow, missing)} if missing else {}
    for each in missing:
        shot = found.get(each)
        if shot is not None and shot.script_id in (None, act.script_id):
            act.shots[each] = shot
        elif each in essential:
            raise Conflict("A shot of this is not there any more: the script has changed since.")


def _of_shots(act: Acting, rows: dict[str, dict[str, Any]], shot_ids: set[str]) -> dict[str, dict[str, Any]]:
    """Those rows that are of these shots, or were."""
    ids = [key.partition(":")[2] for key in rows if key.startswith("panel:")]
    panels = {panel.id: panel.shot_id for panel in repository.panels_by_id(act.uow, ids)}
    found: dict[str, dict[str, Any]] = {}
    for key, values in rows.items():
        kind, _, row_id = key.partition(":")
        owner = {"shot": row_id, "panel": panels.get(row_id), "line": values.get("shot_id")}.get(kind)
        if owner in shot_ids:
            found[key] = values
    return found


def _set_rows(act: Acting, wanted: dict[str, dict[str, Any]], expected: dict[str, dict[str, Any]] | None) -> None:
    """Set fields of shots, panels and lines; with `expected`, only if they are as that says.

    Raises:
        Conflict: a row is gone, or is not as expected.
    """
    ids: dict[str, list[str]] = {kind: [] for kind in ("shot", "panel", "line", *ROWS)}
    for key in wanted:
        kind, _, row_id = key.partition(":")
        ids[kind].append(row_id)
    _fetch(act, ids["shot"], essential=set(ids["shot"]) if expected is not None else set())
    panels = {panel.id: panel for panel in repository.panels_by_id(act.uow, ids["panel"])}
    rows: dict[str, Row | None] = {f"shot:{i}": act.shots.get(i) for i in ids["shot"]}
    rows |= {f"panel:{i}": panels.get(i) for i in ids["panel"]}
    for kind, find in ROWS.items():
        found = find(act.uow, ids[kind]) if ids[kind] else {}
        rows |= {f"{kind}:{i}": found.get(i) for i in ids[kind]}
    for key, row in rows.items():
        if row is None:
            if expected is not None:
                raise Conflict("A shot of this is not there any more: the script has changed since.")
            continue
        checked = {} if expected is None else {n: v for n, v in expected[key].items() if n not in UNDER_WAY}
        if any(getattr(row, name) != value for name, value in checked.items()):
            raise Conflict("This shot has changed since, so this cannot be undone any more.")
        values = dict(wanted[key])
        if isinstance(row, Panel) and "spec" in values and "stale" not in values:
            values["stale"] = row.current is not None
        act.set(key.partition(":")[0], row, **values)
    _set_lines(act, {i: wanted[f"line:{i}"] for i in ids["line"]}, strict=expected is not None)


def _set_lines(act: Acting, wanted: dict[str, dict[str, Any]], *, strict: bool) -> None:
    """Give lines back to the shots that spoke them; the other lines of these shots close up."""
    if not wanted:
        return
    moved = repository.lines_by_id(act.uow, list(wanted))
    if strict and len(moved) < len(wanted):
        raise Conflict("The script does not say these words any more, so this cannot be undone.")
    shots = {line.shot_id for line in moved.values()} | {wanted[i]["shot_id"] for i in moved}
    present = repository.lines_of_shots(act.uow, sorted(shots))
    places: dict[str, list[tuple[int, int, Line]]] = {shot_id: [] for shot_id in shots}
    for lines in present.values():
        for line in lines:
            to = wanted.get(line.id, {"shot_id": line.shot_id, "position": line.position})
            places[to["shot_id"]].append((to["position"], line.start_at, line))
    for shot_id, lines in places.items():
        in_order = sorted(lines, key=lambda each: (each[0], each[1]))
        act.place_lines((line, shot_id, i) for i, (_, _, line) in enumerate(in_order))
