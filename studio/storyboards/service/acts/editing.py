"""Editing a board by hand: fields, order, numbers, shots that come, go, part and join. Each act can be undone (undoing)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from studio.accounts.views import Actor
from studio.core import ids
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict, Invalid, NotFound
from studio.engine.artist.spec import Light, PanelSpec, Size
from studio.scripts import service as scripts
from studio.storyboards import reading, repository
from studio.storyboards.documents import same_panel, spec_document, spec_from
from studio.storyboards.editing.change import Standing
from studio.storyboards.editing.fields import as_spoken, followed, with_fields, with_length
from studio.storyboards.editing.order import put, without
from studio.storyboards.editing.pieces import joined, parted, sounds_of
from studio.storyboards.editing.shares import cut, lengths_of
from studio.storyboards.models import Panel, Shot
from studio.storyboards.numbering import renumbered
from studio.storyboards.service.acts.acting import Acting, named
from studio.storyboards.service.acts.panels import copy_drawings, line_up, new_panels, own_framing
from studio.storyboards.service.board import visible_shot
from studio.storyboards.service.panels import number_of
from studio.storyboards.service.plan import plan_of, planned, shot_row, voiced_of
from studio.storyboards.shots import ShotPlan
from studio.storyboards.staging import looks, staged
from studio.storyboards.views import BoardEdit, PanelCard, ShotFields

BY_HAND = "Put in by hand."
_NEW_S = 2.0


def change_shot(uow: UnitOfWork, actor: Actor, shot_id: str, fields: ShotFields) -> BoardEdit:
    """Change fields of a shot; its panel follows, and is drawn anew where a machine drew it. What is None stays.

    Raises:
        Invalid: a value is out of bounds or does not fit the others.
        NotFound, Forbidden, Conflict: the actor may not change the project.
    """
    act = Acting(uow, actor, visible_shot(uow, actor, shot_id)[0].script_id)
    shot = act.chosen([shot_id])[0]
    before = plan_of(shot, lines := repository.lines_of_shots(uow, [shot_id]).get(shot_id, []))
    people = _people(act) if fields.cast is not None else ()
    plan = with_fields(before, fields, people)
    sounds = sounds_of(plan.lines, voiced_of(lines))
    if fields.frames is not None and fields.frames != shot.frames:
        plan = with_length(plan, fields.frames, act.project.rate, sounds, edge=fields.edge)
        act.set("shot", shot, timed=True)
    elif fields.timed is False:
        plan = as_spoken(plan, act.project.rate, sounds)
        act.set("shot", shot, timed=False)
    elif fields.timed:
        act.set("shot", shot, timed=True)
    _store(act, shot, before, plan)
    for panel in repository.panel_rows(uow, [shot_id])[shot_id]:
        spec = spec_from(panel.spec)
        own = own_framing(spec, before) if panel.position else {}
        act.respecify(panel, replace(_followed(act, spec, before, plan, fields.light), **own))
    return act.finish("change", f"{_what(fields)} of {shot.number}", [shot_id])


def insert_shot(
    uow: UnitOfWork,
    actor: Actor,
    script_id: str,
    scene_id: str,
    *,
    before_id: str | None = None,
    after_id: str | None = None,
    description: str = "",
) -> BoardEdit:
    """A new shot before or after another one, or at the end of a scene: framed as its neighbour, two seconds, nothing said.

    Raises:
        NotFound: there is no such scene, or no such shot in it.
        NotFound, Forbidden, Conflict: the actor may not change the project.
    """
    act = Acting(uow, actor, script_id)
    scene = act.scene(scene_id)
    order = act.order[scene_id]
    at = _index(act, order, before_id, after_id)
    near = order[max(0, at - 1)] if order else None
    if near is not None:
        beside, panel = act.shots[near], repository.panels_by_shot(uow, [near])[near]
        plan, spec, drawn = plan_of(beside, []), spec_from(panel.spec), panel.current is not None
    else:
        plan, spec = _first_planned(act, scene.position)
        drawn = False
    words = description.replace("\x00", "").strip()[:2000] or "New shot."
    frames = act.project.rate.frames(_NEW_S)
    plan = replace(
        plan, lines=(), holds=(0.0,), action="", insert=None, description=words, rule=BY_HAND, start=plan.end
    )
    plan = replace(plan, size=Size.MS if plan.size is Size.INSERT else plan.size, explicit=False)
    plan = with_length(plan, frames, act.project.rate, [])
    made = _made(act, plan, [(replace(spec, size=plan.size, insert=None), 1)], scene_id, timed=True)[0]
    act.order[scene_id] = [*order[:at], made.shot_id, *order[at:]]
    return act.finish("insert", "insert a shot", [made.shot_id], draw=[made] if drawn else [])


def duplicate_shots(uow: UnitOfWork, actor: Actor, script_id: str, shot_ids: Sequence[str]) -> BoardEdit:
    """Each of these shots once more, behind it, with its picture; what is said stays in the first.

    Raises:
        NotFound, Forbidden, Conflict: there is no such shot, or the actor may not change the project.
        Invalid, LimitReached: none was chosen, or more than 200.
    """
    act = Acting(uow, actor, script_id)
    shots = act.chosen(shot_ids)
    rows = repository.panel_rows(uow, [shot.id for shot in shots])
    shown = repository.shown_versions(uow, [panel.id for row in rows.values() for panel in row])
    made: list[str] = []
    for shot in shots:
        row = rows[shot.id]
        plan = plan_of(shot, [])
        plan = replace(plan, holds=(0.0,), start=plan.end, rule=BY_HAND, explicit=False)
        plan = with_length(plan, shot.frames, act.project.rate, [])
        copies = _made(act, plan, [(spec_from(each.spec), each.share) for each in row], shot.scene_id, timed=True)
        copy_drawings(uow, row, copies, shown)
        order = act.order[shot.scene_id]
        order.insert(order.index(shot.id) + 1, copies[0].shot_id)
        made.append(copies[0].shot_id)
    return act.finish("duplicate", f"duplicate {named(shots)}", made)


def delete_shots(uow: UnitOfWork, actor: Actor, script_id: str, shot_ids: Sequence[str]) -> BoardEdit:
    """Take shots off the board. With all their drawings and lines they wait for an undo; nothing is thrown away.

    Raises: as `duplicate_shots`.
    """
    act = Acting(uow, actor, script_id)
    shots = act.chosen(shot_ids)
    gone = {shot.id for shot in shots}
    for scene_id in {shot.scene_id for shot in shots}:
        act.order[scene_id] = without(act.order[scene_id], gone)
    return act.finish("delete", f"delete {named(shots)}", [shot.id for shot in shots])


def split_shot(uow: UnitOfWork, actor: Actor, shot_id: str, *, at: int | None = None) -> BoardEdit:
    """Cut a shot in two, `at` frames after its start; without that before the line nearest to its middle, or in its middle.

    Each has the panels that were shown in it; the one that is cut is in both.

    Raises:
        Invalid: it is too short, or `at` is not inside it.
        NotFound, Forbidden, Conflict: the actor may not change the project.
    """
    act = Acting(uow, actor, visible_shot(uow, actor, shot_id)[0].script_id)
    shot = act.chosen([shot_id])[0]
    lines = repository.lines_of_shots(uow, [shot_id]).get(shot_id, [])
    row = repository.panel_rows(uow, [shot_id])[shot_id]
    before = plan_of(shot, lines)
    first, second, stays = parted(before, at, act.project.rate, voiced_of(lines))
    left, right = cut(lengths_of([panel.share for panel in row], before.frames), min(first.frames, before.frames - 1))
    _store(act, shot, before, first)
    act.set("shot", shot, timed=False)
    specs = [(spec_from(row[at].spec), length) for at, length in right]
    made = _made(act, replace(second, rule=BY_HAND, explicit=False), specs, shot.scene_id)
    shown = repository.shown_versions(uow, [panel.id for panel in row])
    copy_drawings(uow, [row[at] for at, _ in right], made, shown)
    line_up(act, shot, [row[at] for at, _ in left], [length for _, length in left], away=row[len(left) :])
    act.place_lines((line, shot_id, i) for i, line in enumerate(lines[:stays]))
    act.place_lines((line, made[0].shot_id, i) for i, line in enumerate(lines[stays:]))
    order = act.order[shot.scene_id]
    order.insert(order.index(shot_id) + 1, made[0].shot_id)
    return act.finish("split", f"split {shot.number}", [shot_id, made[0].shot_id])


def merge_shots(uow: UnitOfWork, actor: Actor, script_id: str, shot_ids: Sequence[str]) -> BoardEdit:
    """Join shots that stand side by side in a scene to one: framed as the first, with everybody and all that is said, and
    the panels of all of them in order.

    Raises:
        Invalid: they are fewer than two, or do not stand side by side.
        NotFound, Forbidden, Conflict: the actor may not change the project.
    """
    act = Acting(uow, actor, script_id)
    shots = act.chosen(shot_ids)
    order = act.order[shots[0].scene_id]
    mine = [shot.id for shot in shots]
    first = order.index(mine[0])
    if len(mine) < 2 or order[first : first + len(mine)] != mine:
        raise Invalid("Choose two or more shots that stand side by side in one scene.", field="shots")
    lines = repository.lines_of_shots(uow, mine)
    said = [line for shot in shots for line in lines.get(shot.id, [])]
    plans = [plan_of(shot, lines.get(shot.id, [])) for shot in shots]
    taken = [(s.start_at, s.end_at) for s in act.shots.values() if s.id not in mine and s.start_at < s.end_at]
    whole = joined(plans, taken, act.project.rate, voiced_of(said))
    whole = with_fields(replace(whole, cast=plans[0].cast), ShotFields(cast=whole.cast), whole.cast)
    rows = repository.panel_rows(uow, mine)
    panels = [panel for shot in shots for panel in rows[shot.id]]
    lengths = [n for shot in shots for n in lengths_of([panel.share for panel in rows[shot.id]], shot.frames)]
    own = rows[mine[0]]
    more = panels[len(own) :]
    copies = new_panels(act, shots[0], [spec_from(panel.spec) for panel in more], len(panels))
    copy_drawings(uow, more, copies, repository.shown_versions(uow, [panel.id for panel in more]))
    _store(act, shots[0], plans[0], whole)
    act.set("shot", shots[0], timed=any(shot.timed for shot in shots))
    line_up(act, shots[0], [*own, *copies], lengths)
    act.respecify(own[0], _followed(act, spec_from(own[0].spec), plans[0], whole, None))
    act.place_lines((line, mine[0], i) for i, line in enumerate(said))
    act.order[shots[0].scene_id] = without(order, mine[1:])
    return act.finish("merge", f"merge {shots[0].number} to {shots[-1].number}", mine)


def move_shots(
    uow: UnitOfWork,
    actor: Actor,
    script_id: str,
    shot_ids: Sequence[str],
    scene_id: str,
    *,
    before_id: str | None = None,
    after_id: str | None = None,
) -> BoardEdit:
    """Put shots, in their order, before or after another one or at the end of a scene.

    Raises:
        NotFound: there is no such shot, scene, or shot of that scene.
        NotFound, Forbidden, Conflict: the actor may not change the project.
        Invalid, LimitReached: none was chosen, or more than 200.
    """
    act = Acting(uow, actor, script_id)
    act.scene(scene_id)
    shots = act.chosen(shot_ids)
    mine = [shot.id for shot in shots]
    at = _index(act, act.order[scene_id], before_id, after_id)
    after = act.order[scene_id][at:]
    anchor = next((each for each in after if each not in mine), None)
    for each in {shot.scene_id for shot in shots} - {scene_id}:
        act.order[each] = without(act.order[each], mine)
    act.order[scene_id] = put(act.order[scene_id], mine, anchor)
    for shot in shots:
        act.set("shot", shot, edited=True)
    return act.finish("move", f"move {named(shots)}", mine)


def lock_numbers(uow: UnitOfWork, actor: Actor, script_id: str, scene_id: str, *, locked: bool) -> BoardEdit:
    """Let the numbers of a scene's shots stay as they are from now on (new ones become 12A1), or go back to A, B, C.

    Raises:
        NotFound: there is no such scene.
        Conflict: it has no shots.
        NotFound, Forbidden, Conflict: the actor may not change the project.
    """
    act = Acting(uow, actor, script_id)
    scene = act.scene(scene_id)
    if not act.order[scene_id]:
        raise Conflict("This scene has no shots whose numbers could be locked.")
    was = act.was[scene_id]
    numbers = [each.number for each in was] if locked else renumbered(scene.number, [None] * len(was))
    act.exact[scene_id] = tuple(Standing(s.shot_id, n, locked) for s, n in zip(was, numbers, strict=True))
    what = "lock" if locked else "unlock"
    return act.finish(what, f"{what} the numbers of scene {scene.number}", act.order[scene_id])


def show_version(uow: UnitOfWork, actor: Actor, shot_id: str, number: int, panel_id: str | None = None) -> PanelCard:
    """Show another drawing of a shot's first panel, or of this one of its; the shot as it looks now.

    Raises:
        NotFound: there is no such shot or version.
        Forbidden: the actor may not change the project.
    """
    shot, panel, _ = visible_shot(uow, actor, shot_id, panel_id)
    act = Acting(uow, actor, shot.script_id)
    uow.session.refresh(panel)
    version = repository.find_version(uow, panel.id, number=number)
    if version is None:
        raise NotFound("This panel has no such version.")
    planned_then = "schema" in version.parameters
    act.set("panel", panel, current=number, stale=planned_then and not same_panel(version.parameters, panel.spec))
    number_now = number_of(uow, panel, shot)
    return act.finish("version", f"version of {number_now}", [shot_id], panel_id=panel.id).shots[0]


def _store(act: Acting, shot: Shot, before: ShotPlan, plan: ShotPlan) -> None:
    """Write what is new in a plan into the shot's row, by hand from now on."""
    if plan == before:
        return
    was = shot_row(before, shot.project_id, shot.script_id, shot.scene_id)
    now = shot_row(plan, shot.project_id, shot.script_id, shot.scene_id)
    new = {name: value for name, value in now.items() if name != "id" and value != was[name]}
    act.set("shot", shot, edited=True, **new)


def _followed(act: Acting, spec: PanelSpec, before: ShotPlan, plan: ShotPlan, light: Light | None) -> PanelSpec:
    """What to draw for a changed plan; it is staged anew only where other people are in it, or seen otherwise."""
    peopled = (plan.cast, plan.type, plan.subject, plan.foreground)
    if peopled == (before.cast, before.type, before.subject, before.foreground):
        return followed(spec, plan, None, light)
    outline = scripts.get_outline(act.uow, act.actor, act.script_id)
    appearance = looks(outline) | reading.chosen_looks(act.uow, act.script_id)
    anew = staged(plan, outline.scenes[plan.scene], appearance, light=light or spec.light)
    return followed(spec, plan, anew, light)


def _made(
    act: Acting, plan: ShotPlan, specs: Sequence[tuple[PanelSpec, int]], scene_id: str, *, timed: bool = False
) -> list[Panel]:
    """The panels of a new shot, of these specs and shares; it is off the board until its scene's order names it."""
    row: dict[str, Any] = shot_row(plan, act.project.id, act.script_id, scene_id)
    row |= {"script_id": None, "scene_id": None, "edited": True, "timed": timed}
    panels = [
        {"id": ids.new_id(), "shot_id": row["id"], "position": at, "spec": spec_document(spec), "share": share}
        for at, (spec, share) in enumerate(specs)
    ]
    act.uow.add_many(Shot, [row])
    act.uow.add_many(Panel, panels)
    act.shots[row["id"]] = repository.list_shots_by_id(act.uow, [row["id"]])[0]
    return repository.panel_rows(act.uow, [row["id"]])[row["id"]]


def _first_planned(act: Acting, position: int) -> tuple[ShotPlan, PanelSpec]:
    """What the rules would show of a scene first."""
    plans, specs = planned(scripts.get_outline(act.uow, act.actor, act.script_id), act.project.rate)
    plan, spec = next(each for each in zip(plans, specs, strict=True) if each[0].scene == position)
    return plan, replace(spec, style=reading.style_of(act.uow, act.script_id))


def _index(act: Acting, order: Sequence[str], before_id: str | None, after_id: str | None) -> int:
    """The place before or after a shot of a scene; the end when none is named."""
    near = before_id or after_id
    if near is None:
        return len(order)
    act.chosen([near])
    if near not in order:
        raise Invalid("That shot stands in another scene.", field="before_id")
    return order.index(near) + (before_id is None)


def _people(act: Acting) -> list[str]:
    return [person.name for person in scripts.list_people(act.uow, act.actor, act.project.id)]


_NAMES = {
    "size": "size",
    "type": "framing",
    "angle": "angle",
    "move": "camera move",
    "lens_mm": "lens",
    "frames": "length",
    "description": "words",
    "cast": "cast",
    "light": "light",
    "timed": "length by voice",
}


def _what(fields: ShotFields) -> str:
    found = [word for name, word in _NAMES.items() if getattr(fields, name) is not None]
    return found[0] if len(found) == 1 else "fields"
