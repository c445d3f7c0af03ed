"""The board follows the script: what was drawn, voiced or edited stays with its words; new words get shots by the rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.engine.artist.spec import Look
from studio.engine.time import Rate
from studio.projects import service as projects
from studio.scripts.merging.change import Rewritten, Run, ScriptChange
from studio.scripts.outline import said
from studio.storyboards import reading, repository, shifting
from studio.storyboards.breakdown import broken_down, described, retimed
from studio.storyboards.carrying import CarriedLine, CarriedShot, OldShot, action_within, carried, home_of, resentenced
from studio.storyboards.documents import spec_document, spec_from
from studio.storyboards.editing.order import brought
from studio.storyboards.models import Line, Panel, Shot
from studio.storyboards.numbering import numbered
from studio.storyboards.service.board import visible_shot
from studio.storyboards.service.plan import line_row, plan_of, shot_row
from studio.storyboards.shots import ShotPlan
from studio.storyboards.staging import board_specs
from studio.storyboards.views import SceneCounts, ShotReason

_VOICE = ("voice_sha256", "voice_seconds", "provider", "completeness")


def follow(uow: UnitOfWork, actor: Actor, change: ScriptChange) -> None:
    """Let the shots and lines of a script follow a change of its words, in the same transaction.

    What a person drew, edited or chose is kept, with its drawings; lines whose words changed lose their voice; shots whose
    words are gone go, unless by hand; words no shot shows get shots by the rules. A script not broken down yet stays so.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
    """
    project = projects.editable_project(uow, actor, change.project_id)
    uow.session.flush()
    projects.mark_changed(uow, actor, change.project_id, "board")  # from here on nobody edits the board
    before = _Before(uow, change)
    if not before.shots and not repository.has_shots(uow, before.script_ids):
        return
    boards = [
        _board(rewritten, before.olds[i], project.rate, locked=before.locked(before.olds[i]))
        for i, rewritten in enumerate(change.rewritten)
    ]
    _Following(uow, change, before, boards, project.rate).write()
    uow.session.expire_all()


def counts_by_scene(uow: UnitOfWork, scene_ids: Collection[str]) -> dict[str, SceneCounts]:
    """What hangs on each of these scenes; those without shots are left out. The caller has checked who asks."""
    return repository.counts_by_scene(uow, sorted(scene_ids)) if scene_ids else {}


def explain_shot(uow: UnitOfWork, actor: Actor, shot_id: str) -> ShotReason:
    """Why a shot is there: the rule that made it and the words it shows. Raises: NotFound."""
    shot, _, _ = visible_shot(uow, actor, shot_id)
    lines = repository.lines_of_shots(uow, [shot.id]).get(shot.id, [])
    words = " ".join([*([shot.action] if shot.action else []), *(f"{x.speaker}: {x.text}" for x in lines)])
    return ShotReason(shot.id, shot.number, shot.rule, words, shot.explicit, shot.edited)


@dataclass(frozen=True, slots=True)
class _Board:
    """A rewritten scene and its shots as they will be, with their numbers."""

    rewritten: Rewritten
    shots: tuple[CarriedShot, ...]
    numbers: tuple[str, ...]


class _Before:
    """The shots of all scenes whose words are in rewritten ones, each told which of these it goes to."""

    def __init__(self, uow: UnitOfWork, change: ScriptChange) -> None:
        self.scene_ids = sorted({part.scene_id for each in change.rewritten for part in each.parts})
        rows = repository.shots_of_scenes(uow, self.scene_ids) if self.scene_ids else []
        self.shots = {row.id: row for row in rows}
        self.style = reading.style_of(uow, change.script_id)
        self.lines = repository.lines_of_shots(uow, list(self.shots)) if rows else {}
        self.panels = repository.panels_of_shots(uow, list(self.shots)) if rows else {}
        runs = {script for run in change.runs for script in (run.script_id, run.to_script_id)}
        self.script_ids = sorted({change.script_id} | runs | {row.script_id for row in rows})
        self.olds: dict[int, list[OldShot]] = {index: [] for index in range(len(change.rewritten))}
        gone = dict(change.gone)
        at_scene = {each.scene_id: index for index, each in enumerate(change.rewritten)}
        parts: dict[str, list[tuple[int, Any]]] = {}
        for index, each in enumerate(change.rewritten):
            for part in each.parts:
                parts.setdefault(part.scene_id, []).append((index, part.blocks))
        for row in rows:
            found = parts[row.scene_id]
            old = self._old(row)
            home = home_of(old, found)
            if home is None:
                home = at_scene.get(row.scene_id, at_scene.get(gone.get(row.scene_id, ""), found[0][0]))
            blocks = next((blocks for index, blocks in found if index == home), ())
            self.olds[home].append(replace(old, blocks=blocks))

    def locked(self, olds: Sequence[OldShot]) -> bool:
        """Whether the numbers of a scene are not to change."""
        return any(self.shots[old.shot_id].number_locked for old in olds)

    def _old(self, row: Shot) -> OldShot:
        lines = self.lines.get(row.id, [])
        _, drawn, by_person = self.panels.get(row.id, ("", False, False))
        voiced = any(line.voice_sha256 for line in lines)
        plan = plan_of(row, lines)
        ids_of = tuple(line.id for line in lines)
        return OldShot(row.id, plan, ids_of, (), row.edited or drawn or voiced, row.edited or by_person)


def _board(rewritten: Rewritten, olds: Sequence[OldShot], rate: Rate, *, locked: bool) -> _Board:
    """A scene's shots: planned by the rules, the old ones carried over; with `locked` numbers all that had one keep it."""
    outline, by = rewritten.outline, rewritten.offset
    scene = outline.scenes[-1]
    planned = [_shifted(plan, by) for plan in broken_down(outline, rate=rate) if plan.scene == scene.index]
    shots = _as_ordered(carried(olds, planned, said(scene), rewritten.text, rewritten.start, by), olds)
    number_of = {old.shot_id: old.plan.number for old in olds}
    fixed = locked or any(shot.fixed for shot in shots)
    known = [number_of.get(shot.shot_id or "") if fixed else None for shot in shots]
    before = {old.shot_id: old.plan for old in olds}
    finished = tuple(_finished(shot, before.get(shot.shot_id or ""), rewritten, rate) for shot in shots)
    return _Board(rewritten, finished, tuple(numbered(rewritten.number, known)))


def _as_ordered(shots: list[CarriedShot], olds: Sequence[OldShot]) -> list[CarriedShot]:
    """The shots with those that a person put into another order than that of their words in that order still."""
    names = [shot.shot_id or f"new {i}" for i, shot in enumerate(shots)]
    by_hand = [old for old in sorted(olds, key=lambda each: each.plan.order) if old.shot_id in names]
    by_words = sorted(by_hand, key=lambda each: (each.plan.start, each.plan.end))
    order = brought(names, [old.shot_id for old in by_words], [old.shot_id for old in by_hand])
    return [shots[names.index(name)] for name in order]


def _shifted(plan: ShotPlan, by: int) -> ShotPlan:
    lines = tuple(replace(line, start=line.start + by, end=line.end + by) for line in plan.lines)
    return replace(plan, start=plan.start + by, end=plan.end + by, lines=lines)


def _finished(shot: CarriedShot, was: ShotPlan | None, rewritten: Rewritten, rate: Rate) -> CarriedShot:
    """A fixed shot with what follows from its new words: action, description and length."""
    scene = rewritten.outline.scenes[-1]
    plan = replace(shot.plan, scene=scene.index)
    if not shot.fixed or was is None or not shot.changed:
        return replace(shot, plan=plan)
    plan = replace(plan, action=action_within(scene, plan.start, plan.end, rewritten.offset))
    if (plan.action, [line.text for line in plan.lines]) == (was.action, [line.text for line in was.lines]):
        return replace(shot, plan=plan)
    plan = replace(plan, description=described(plan, scene), holds=plan.holds if plan.lines or plan.action else (0.0,))
    return replace(shot, plan=retimed((plan,), {}, rate)[0])


class _Following:
    """Writes the boards of rewritten scenes, and moves the shots of all others along."""

    def __init__(
        self, uow: UnitOfWork, change: ScriptChange, before: _Before, boards: Sequence[_Board], rate: Rate
    ) -> None:
        self.uow, self.change, self.before, self.boards, self.rate = uow, change, before, boards, rate
        self.first: dict[int, int] = {}

    def write(self) -> None:
        uow, change = self.uow, self.change
        looks = self._looks()
        places = self._places() if self._recomposed() else None
        if places is not None:
            shifting.put_aside(uow, self.before.script_ids)
        shifting.shift_runs(uow, change.runs, self.before.scene_ids)
        meant = set(self.before.scene_ids)
        shifting.renumber(uow, [each for each in change.renumbered if each.scene_id not in meant])
        self._write_boards(looks)
        kept = {shot.shot_id for board in self.boards for shot in board.shots}
        if removed := [each for each in self.before.shots if each not in kept]:
            repository.delete_shots(uow, removed)
        if places is not None:
            shifting.put_in_place(uow, places)

    def _recomposed(self) -> bool:
        """Whether any shot comes, goes or has another place."""
        if any(run.places or run.to_script_id != run.script_id for run in self.change.runs):
            return True
        return any(self._order(board) != self._order_was(board.rewritten.scene_id) for board in self.boards) or len(
            self.boards
        ) != len(self.before.scene_ids)

    def _order(self, board: _Board) -> list[str | None]:
        return [shot.shot_id for shot in board.shots]

    def _order_was(self, scene_id: str) -> list[str]:
        return [shot.id for shot in self.before.shots.values() if shot.scene_id == scene_id]

    def _places(self) -> list[shifting.Place]:
        """Where the shots of every other scene go; `first` remembers where each board begins."""
        meant = set(self.before.scene_ids)
        scenes: list[tuple[str, int, int, int | None, int]] = []
        for script_id, scene_id, position, first, count in repository.places_of_scenes(
            self.uow, self.before.script_ids
        ):
            if scene_id not in meant:
                to, at = _moved(self.change.runs, script_id, position)
                scenes.append((to, at, count, first, self.before.script_ids.index(script_id)))
        for index, board in enumerate(self.boards):
            place = (self.change.script_id, board.rewritten.position, len(board.shots))
            scenes.append((*place, None, index))
        places: list[shifting.Place] = []
        following: dict[str, int] = {}
        for script_id, at, count, was, index in sorted(scenes, key=lambda each: each[:2]):
            first = following.get(script_id, 0)
            following[script_id] = first + count
            if was is None:
                self.first[index] = first
                continue
            delta = shifting.aside(index, was, first)
            last = places[-1] if places else None
            if last and (last.script_id, last.delta) == (script_id, delta) and last.last == at - 1:
                places[-1] = replace(last, last=at)
            else:
                places.append(shifting.Place(script_id, at, at, delta))
        return places

    def _write_boards(self, looks: Mapping[str, Look]) -> None:
        fixed: list[dict[str, Any]] = []
        anew: list[dict[str, Any]] = []
        made: list[dict[str, Any]] = []
        specs: list[dict[str, Any]] = []
        panels: list[dict[str, Any]] = []
        lines: list[tuple[str, int, CarriedLine]] = []
        for index, board in enumerate(self.boards):
            rewritten = board.rewritten
            drawn = board_specs([shot.plan for shot in board.shots], rewritten.outline, style=self.before.style)
            first = self.first.get(index, self._first_was(rewritten.scene_id))
            for place, (shot, spec, number) in enumerate(zip(board.shots, drawn, board.numbers, strict=True)):
                row = shot_row(
                    replace(shot.plan, number=number, order=first + place, scene=rewritten.position),
                    self.change.project_id,
                    self.change.script_id,
                    rewritten.scene_id,
                )
                row["id"] = shot.shot_id or row["id"]
                spec = replace(spec, figures=tuple(replace(f, look=looks.get(f.name, f.look)) for f in spec.figures))
                if shot.shot_id is None:
                    made.append(row)
                    panels.append({"shot_id": row["id"], "position": 0, "spec": spec_document(spec)})
                elif shot.fixed:
                    fixed.append(row if not self.before.shots[shot.shot_id].edited else self._as_edited(row))
                else:
                    anew.append(row)
                    specs.append({"id": self.before.panels[shot.shot_id][0], "spec": spec_document(spec)})
                lines += [(row["id"], i, line) for i, line in enumerate(shot.lines)]
        shifting.write_rows(self.uow, Shot, [*fixed, *anew])
        self.uow.add_many(Shot, made)
        self.uow.add_many(Panel, panels)
        shifting.write_rows(self.uow, Panel, specs)
        self._write_lines(lines)

    def _as_edited(self, row: dict[str, Any]) -> dict[str, Any]:
        """A row with what a person may have edited as they left it: its place, its words and its number follow."""
        was = self.before.shots[row["id"]]
        row |= {"description": was.description, "action": was.action}
        if len(was.holds) == len(row["holds"]):
            row |= {"holds": was.holds, "seconds": was.seconds, "frames": was.frames}
        return row

    def _first_was(self, scene_id: str) -> int:
        return min((s.position for s in self.before.shots.values() if s.scene_id == scene_id), default=0)

    def _write_lines(self, lines: Sequence[tuple[str, int, CarriedLine]]) -> None:
        before = {line.id: line for group in self.before.lines.values() for line in group}
        living = {line.line_id for _, _, line in lines if line.line_id}
        if gone := [each for each in before if each not in living]:
            repository.delete_lines(self.uow, gone)
        rows = [_line_row(before[x.line_id], x, shot, place) for shot, place, x in lines if x.line_id]
        if rows:
            shifting.put_lines_aside(self.uow, [*self.before.shots])
            shifting.write_rows(self.uow, Line, rows)
        self.uow.add_many(Line, [line_row(x.line, shot, place) for shot, place, x in lines if not x.line_id])

    def _looks(self) -> dict[str, Look]:
        """How people look about whom a person decided, or who were seen in earlier scenes already."""
        free = [shot for board in self.boards for shot in board.shots if not shot.fixed]
        names = sorted({name for shot in free for name in (*shot.plan.cast, shot.plan.foreground or "")} - {""})
        if not names:
            return {}
        first = min(board.rewritten.position for board in self.boards)
        specs = repository.specs_of_people(self.uow, self.change.script_id, names, before=first)
        looks = reading.chosen_looks(self.uow, self.change.script_id)
        for document in specs:
            for figure in spec_from(document).figures:
                looks.setdefault(figure.name, figure.look)
        return looks


def _line_row(was: Line, carried_line: CarriedLine, shot_id: str, place: int) -> dict[str, Any]:
    row = {"id": was.id, **line_row(carried_line.line, shot_id, place)}
    if not carried_line.same:
        return {**row, **dict.fromkeys(_VOICE), "sentences": []}
    sentences = resentenced(was.sentences, was.text, carried_line.line.text)
    return {**row, **{name: getattr(was, name) for name in _VOICE}, "sentences": sentences}


def _moved(runs: Sequence[Run], script_id: str, position: int) -> tuple[str, int]:
    """Where a scene that went on is now."""
    for run in runs:
        if run.script_id == script_id and run.first <= position and (run.last is None or position <= run.last):
            return run.to_script_id, position + run.places
    return script_id, position
