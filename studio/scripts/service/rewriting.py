"""The one place where a script's text changes as a whole: scenes are found again, keep their ids, come, go, and move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from studio.accounts.views import Actor
from studio.core import ids
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict, LimitReached
from studio.projects import service as projects
from studio.scripts import repository
from studio.scripts.merging.change import Part, Renumbered, Rewritten, Run, ScriptChange
from studio.scripts.merging.matching import Match, MergePlan, Passage, followed, matched
from studio.scripts.merging.offsets import Block, blocks, shared_out
from studio.scripts.merging.pieces import closed, line_end_of
from studio.scripts.models import Scene, Script
from studio.scripts.outline import Outline, SceneOutline
from studio.scripts.service.names import add_names
from studio.scripts.service.reading import outline_of
from studio.scripts.service.versions import passages_of
from studio.scripts.source import MAX_BYTES, SourceText
from studio.scripts.views import Choice

_SAME_TIME = ("CONT", "LATER", "SAME", "MOMENTS")
_NO_SCENE = "A script keeps at least one scene. Write another one before you take this one out."


@dataclass(frozen=True, slots=True)
class OldScene:
    """A scene as it was: its row, its text, and whether it lies in the drawer."""

    row: Scene
    text: str
    cut: bool

    @property
    def passage(self) -> Passage:
        number = self.row.number if f"#{self.row.number}#" in self.text else ""
        return Passage(self.row.heading, number, self.text, self.cut)


def editable_script(uow: UnitOfWork, actor: Actor, script_id: str) -> Script:
    """A script the actor may change, held for this transaction.

    Raises:
        NotFound, Forbidden, Conflict: as `projects.editable_project`.
    """
    script = repository.lock_script(uow, script_id)
    projects.editable_project(uow, actor, script.project_id)
    return script


def old_scenes(uow: UnitOfWork, script: Script, drawer: Script | None) -> list[OldScene]:
    """The scenes of a script in order, then those in its drawer."""
    return [
        OldScene(row, held.source[row.start_at : row.end_at], held is drawer)
        for held in (script, drawer)
        if held is not None
        for row in repository.list_scenes(uow, held.id)
    ]


def put_source(script: Script, source: str) -> None:
    """Give a script another text; where its encoding lacks a letter, the script is UTF-8 from now on.

    Raises:
        Invalid: the text holds half a character.
        LimitReached: it is too large.
    """
    size = len(SourceText(source, "utf-8", b"").encoded())
    if size > MAX_BYTES:
        raise LimitReached(
            f"This script would be {size / 1024 / 1024:.1f} MB; the most is {MAX_BYTES // 1024 // 1024} MB."
        )
    try:
        source.encode(script.encoding)
    except UnicodeEncodeError:
        script.encoding, script.bom = "utf-8", ""
    script.source = source
    script.revision += 1


def rewrite(
    uow: UnitOfWork,
    actor: Actor,
    script: Script,
    source: str,
    *,
    known: Sequence[str | None] | None = None,
    decided: Mapping[tuple[int, int], Choice] | None = None,
    writing: str | None = None,
    version_id: str | None = None,
) -> ScriptChange:
    """Give a script another text and find its scenes in it again; what is cut goes to the drawer.

    `known` are the ids of the scenes in their new order where that is known; `decided` what a person chose for doubtful
    ones; `writing` is the scene whose text is being written, which goes on if it can.

    Raises:
        Conflict: no scene would be left.
        Invalid, LimitReached: as `put_source`.
    """
    outline = outline_of(source)
    if not outline.scenes:
        raise Conflict(_NO_SCENE)
    drawer = repository.find_drawer(uow, script.id)
    olds = old_scenes(uow, script, drawer)
    plan = _plan(olds, passages_of(outline, source), known, decided, writing)
    if plan.cut and drawer is None:
        drawer = _new_drawer(uow, script)
    put_source(script, source)
    script.title, script.author = outline.title[:300], outline.author[:300]
    uow.session.add(script)
    change = _Rewriting(script, drawer, olds, outline, plan).written(uow)
    add_names(uow, script.project_id, outline)
    uow.session.flush()
    projects.mark_changed(uow, actor, script.project_id, "script")
    return replace(change, version_id=version_id)


def settle(uow: UnitOfWork, change: ScriptChange) -> None:
    """Let go of scenes that live on in others, once nothing hangs on them any more; their tags go along."""
    if change.gone:
        repository.move_tags(uow, dict(change.gone))
        repository.delete_scenes(uow, [scene_id for scene_id, _ in change.gone])


def scene_before(outline: Outline, index: int) -> Outline:
    """One scene as an outline of its own, behind a stand-in for the one before it that has its place and time, no words."""
    scene = outline.scenes[index]
    if not index:
        return replace(outline, scenes=(scene,))
    before = outline.scenes[index - 1]
    time = next((s.time_of_day for s in reversed(outline.scenes[:index]) if names_time(s.time_of_day)), "")
    return replace(
        outline,
        scenes=(replace(before, index=0, time_of_day=time, elements=(), characters=()), replace(scene, index=1)),
    )


def names_time(time_of_day: str) -> bool:
    """Whether a time of day says more than that time goes on."""
    return bool(time_of_day) and not time_of_day.upper().startswith(_SAME_TIME)


def scene_fields(scene: SceneOutline) -> dict[str, Any]:
    """What a scene's row takes from the outline, but for its place."""
    return {
        "number": scene.number[:32],
        "heading": scene.heading[:500],
        "int_ext": scene.int_ext.value,
        "set_name": scene.set_name[:500],
        "time_of_day": scene.time_of_day[:120],
        "eighths": scene.eighths,
        "seconds": scene.seconds,
    }


def _plan(
    olds: Sequence[OldScene],
    news: Sequence[Passage],
    known: Sequence[str | None] | None,
    decided: Mapping[tuple[int, int], Choice] | None,
    writing: str | None,
) -> MergePlan:
    passages = [old.passage for old in olds]
    index = {old.row.id: i for i, old in enumerate(olds)}
    if known is not None and len(known) == len(news):
        return followed(passages, news, [None if one is None else index[one] for one in known])
    plan = matched(passages, news, decided)
    at = index.get(writing or "")
    return plan if at is None else _going_on(plan, at)


def _going_on(plan: MergePlan, old: int) -> MergePlan:
    """The plan with a scene that is being written going on: in its first part when it was split, in a new scene if it must."""
    parts = [new for new, match in enumerate(plan.matches) if old in match.sources]
    if not parts and old in plan.cut:
        free = [new for new, match in enumerate(plan.matches) if match.old is None and not match.sources]
        parts = sorted(free, key=lambda new: (abs(new - old), new))[:1]
    if not parts or plan.matches[parts[0]].old is not None:
        return plan
    matches = list(plan.matches)
    for new in parts:
        match = matches[new]
        if match.old == old:
            matches[new] = replace(match, old=None)
    matches[parts[0]] = replace(matches[parts[0]], old=old, sources=(old,), fate="split" if parts[1:] else "edited")
    return replace(plan, matches=tuple(matches), cut=tuple(i for i in plan.cut if i != old))


def _new_drawer(uow: UnitOfWork, script: Script) -> Script:
    drawer = Script(
        project_id=script.project_id,
        title=script.title,
        author=script.author,
        name=script.name,
        format="fountain",
        encoding="utf-8",
        bom="",
        source="",
        drawer_of=script.id,
    )
    uow.session.add(drawer)
    uow.session.flush()
    return drawer


@dataclass(frozen=True, slots=True)
class _Going:
    """A scene that goes on with its words as they were."""

    script_id: str
    position: int
    to_script_id: str
    places: int
    characters: int


class _Rewriting:
    """Writes the rows of a plan, and says what changed."""

    def __init__(
        self, script: Script, drawer: Script | None, olds: Sequence[OldScene], outline: Outline, plan: MergePlan
    ) -> None:
        self.script, self.drawer, self.olds, self.outline, self.plan = script, drawer, olds, outline, plan
        self.source = script.source
        self.scene_ids = [olds[m.old].row.id if m.old is not None else ids.new_id() for m in plan.matches]
        self.updates: list[dict[str, Any]] = []
        self.inserts: list[dict[str, Any]] = []
        self.going: list[_Going] = []
        self.changed: list[int] = []
        self.renumbered: list[Renumbered] = []

    def written(self, uow: UnitOfWork) -> ScriptChange:
        for index, match in enumerate(self.plan.matches):
            self._place(index, match)
        if self.drawer is not None:
            self._fill_drawer(self.drawer)
            uow.session.add(self.drawer)
        rewritten = self._rewritten()
        uow.session.flush()
        rows = [old.row for old in self.olds]
        scripts = [self.script.id, *([self.drawer.id] if self.drawer else [])]
        repository.place_scenes(uow, scripts, self.updates)
        uow.add_many(Scene, self.inserts)
        for row in rows:
            uow.session.expire(row)
        if self.drawer is not None:
            repository.tags_follow(uow, scripts)
        gone = [(self.olds[i].row.id, self._home_of(i)) for i in self.plan.gone]
        return ScriptChange(
            self.script.id,
            self.script.project_id,
            self.script.revision,
            runs=_runs(self.going),
            rewritten=rewritten,
            renumbered=tuple(self.renumbered),
            gone=tuple(gone),
        )

    def _place(self, index: int, match: Match) -> None:
        scene = self.outline.scenes[index]
        fields: dict[str, Any] = {
            "id": self.scene_ids[index],
            "script_id": self.script.id,
            "position": index,
            "start_at": scene.start,
            "end_at": scene.end,
            **scene_fields(scene),
        }
        if match.old is None:
            self.inserts.append(fields)
            self.changed.append(index)
            return
        old = self.olds[match.old]
        if old.row.number != fields["number"]:
            self.renumbered.append(Renumbered(old.row.id, old.row.number, fields["number"]))
        text = self.source[scene.start : scene.end]
        same = len(match.sources) == 1 and old.text.strip() == text.strip()  # blank lines around it are no words
        self.updates.append({**fields, "revision": old.row.revision + (not same)})
        if same:
            self._go(old, self.script.id, index, scene.start + _indent(text) - _indent(old.text))
        else:
            self.changed.append(index)

    def _go(self, old: OldScene, to: str, position: int, start: int) -> None:
        row = old.row
        self.going.append(_Going(row.script_id, row.position, to, position - row.position, start - row.start_at))

    def _fill_drawer(self, drawer: Script) -> None:
        """The drawer's text and rows: what stays in it, then what is cut now."""
        back = {m.old for m in self.plan.matches}
        kept = [old for i, old in enumerate(self.olds) if (old.cut and i not in back) or i in self.plan.cut]
        texts = [closed(old.text, line_end_of(self.source)) for old in kept]
        start = 0
        for position, (old, text) in enumerate(zip(kept, texts, strict=True)):
            self.updates.append(
                {
                    "id": old.row.id,
                    "script_id": drawer.id,
                    "position": position,
                    "start_at": start,
                    "end_at": start + len(text),
                    **{name: getattr(old.row, name) for name in _SCENE_FIELDS},
                    "revision": old.row.revision,
                }
            )
            self._go(old, drawer.id, position, start)
            start += len(text)
        if drawer.source != "".join(texts):
            put_source(drawer, "".join(texts))

    def _home_of(self, old: int) -> str:
        """The scene that has the words of one merged into it."""
        return next(self.scene_ids[new] for new, match in enumerate(self.plan.matches) if old in match.sources)

    def _rewritten(self) -> tuple[Rewritten, ...]:
        parts = self._parts()
        return tuple(
            Rewritten(
                self.scene_ids[new],
                new,
                self.outline.scenes[new].number[:32],
                scene_before(self.outline, new),
                0,
                (scene := self.outline.scenes[new]).start,
                self.source[scene.start : scene.end],
                tuple(Part(self.olds[old].row.id, parts[old, new]) for old in self.plan.matches[new].sources),
            )
            for new in self.changed
        )

    def _parts(self) -> dict[tuple[int, int], tuple[Block, ...]]:
        """Where the words of every old scene went, for the scenes that changed."""
        pairs = [(old, new) for new in self.changed for old in self.plan.matches[new].sources]
        times = Counter(old for old, _ in pairs)
        alone = {new for new in self.changed if len(self.plan.matches[new].sources) == 1}
        found = {(old, new): self._blocks(old, new) for old, new in pairs}
        mixed = [(pair, found[pair]) for pair in pairs if times[pair[0]] > 1 or pair[1] not in alone]
        return found | shared_out(mixed)

    def _blocks(self, old: int, new: int) -> tuple[Block, ...]:
        scene = self.outline.scenes[new]
        was = self.olds[old]
        text = self.source[scene.start : scene.end]
        return blocks(was.text, text, old_at=was.row.start_at, new_at=scene.start)


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


_SCENE_FIELDS = ("number", "heading", "int_ext", "set_name", "time_of_day", "eighths", "seconds")


def _runs(going: Sequence[_Going]) -> tuple[Run, ...]:
    """Scenes that went on, those in a row that moved alike together; those that are where they were left out."""
    runs: list[Run] = []
    for each in sorted(going, key=lambda g: (g.script_id, g.position)):
        alike = (each.script_id, each.to_script_id, each.places, each.characters)
        last = runs[-1] if runs else None
        if (
            last is not None
            and last.last == each.position - 1
            and (last.script_id, last.to_script_id, last.places, last.characters) == alike
        ):
            runs[-1] = replace(last, last=each.position)
        else:
            runs.append(Run(each.script_id, each.position, each.position, *alike[1:]))
    return tuple(r for r in runs if r.places or r.characters or r.to_script_id != r.script_id)
