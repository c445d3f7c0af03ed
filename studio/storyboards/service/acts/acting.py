"""One act on a board: what is there is read and kept from others, what is touched is remembered, and in the end it is written,
numbered and put into the history, all in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from studio.accounts.views import Actor
from studio.audit import service as audit
from studio.core.db import Row, UnitOfWork
from studio.core.errors import Invalid, LimitReached, NotFound
from studio.engine.artist.spec import PanelSpec
from studio.projects import service as projects
from studio.runs import service as runs
from studio.runs.views import Wanted
from studio.scripts import service as scripts
from studio.scripts.views import SceneView
from studio.storyboards import reading, repository, shifting
from studio.storyboards.documents import plain_document, same_panel, spec_from
from studio.storyboards.editing.change import Change, Side, Standing, side_document
from studio.storyboards.editing.order import without
from studio.storyboards.models import Line, Panel, Shot
from studio.storyboards.numbering import renumbered
from studio.storyboards.service.board import NO_SHOT
from studio.storyboards.service.panels import PANEL_WEIGHT, coming_pictures, is_being_drawn, submit_board
from studio.storyboards.views import BoardEdit, PanelCard

ENTITY = "board"
MOST_AT_ONCE = 200
ROWS: dict[str, Callable[[UnitOfWork, Sequence[str]], Mapping[str, Row]]] = {}
"""How rows of higher rooms that acts on a board may `set` are found by id, by their kind: with that they are undone as well."""


class Acting:
    """A board while somebody changes it. Until the transaction ends nobody else changes the project.

    `order` holds the ids of every scene's shots and is changed freely; fields are changed through `set`.
    """

    def __init__(self, uow: UnitOfWork, actor: Actor, script_id: str) -> None:
        """Raises: NotFound, Forbidden, Conflict: the actor may not change the project."""
        self.uow, self.actor, self.script_id = uow, actor, script_id
        self.project = projects.editable_project(uow, actor, scripts.project_of(uow, actor, script_id).id)
        projects.mark_changed(uow, actor, self.project.id, "board")
        self.scenes = {scene.id: scene for scene in scripts.list_scenes(uow, actor, script_id)}
        self.shots = {shot.id: shot for shot in repository.shots_now(uow, script_id)}
        self.order: dict[str, list[str]] = {scene_id: [] for scene_id in self.scenes}
        for shot in self.shots.values():
            self.order[shot.scene_id].append(shot.id)
        self.was = {scene: tuple(self.standing_of(each) for each in ids) for scene, ids in self.order.items()}
        self.exact: dict[str, tuple[Standing, ...]] = {}
        self.known: dict[str, Standing] = {}
        self._before: dict[str, dict[str, Any]] = {}
        self._after: dict[str, dict[str, Any]] = {}
        self._line_places: dict[str, tuple[str, int]] = {}
        self._panels: dict[str, Panel] = {}
        self._panel_places: dict[str, int | None] = {}
        self._redrawn: list[Panel] = []

    def chosen(self, shot_ids: Sequence[str]) -> list[Shot]:
        """These shots in the order of the board. Raises: NotFound, Invalid (none), LimitReached (more than 200)."""
        if not shot_ids:
            raise Invalid("Choose a shot first.", field="shots")
        if len(shot_ids) > MOST_AT_ONCE:
            raise LimitReached(f"At most {MOST_AT_ONCE} shots are changed at once. Choose fewer.")
        if any(each not in self.shots for each in shot_ids):
            raise NotFound(NO_SHOT)
        wanted = set(shot_ids)
        return [self.shots[each] for ids in self.order.values() for each in ids if each in wanted]

    def scene(self, scene_id: str) -> SceneView:
        """A scene of this script. Raises: NotFound."""
        if scene_id not in self.scenes:
            raise NotFound("There is no such scene in this script.")
        return self.scenes[scene_id]

    def standing_of(self, shot_id: str) -> Standing:
        """How a shot stood when the act began."""
        shot = self.shots[shot_id]
        return Standing(shot_id, shot.number, shot.number_locked)

    def keep_apart(self, scene_ids: Collection[str]) -> None:
        """Let every shot stand in one scene: in that of these which names it."""
        chosen = {each for scene_id in scene_ids for each in self.order[scene_id]}
        for scene_id, order in self.order.items():
            if scene_id not in scene_ids and chosen & set(order):
                self.order[scene_id] = without(order, chosen)

    def set(self, kind: str, row: Row, **values: Any) -> None:
        """Change fields of a shot or a panel, remembering how they were; a panel's position is written in the end."""
        key = f"{kind}:{row.id}"
        before, after = self._before.setdefault(key, {}), self._after.setdefault(key, {})
        for name, value in values.items():
            before.setdefault(name, getattr(row, name))
            after[name] = value
            if isinstance(row, Panel) and name == "position":
                self._panel_places[row.id] = value
            else:
                setattr(row, name, value)
        self.uow.session.add(row)
        if isinstance(row, Panel):
            self._panels[row.id] = row

    def place_lines(self, places: Iterable[tuple[Line, str, int]]) -> None:
        """Give lines their shot and place; all lines of the shots concerned are named."""
        for line, shot_id, position in places:
            if (line.shot_id, line.position) != (shot_id, position):
                self._before[f"line:{line.id}"] = {"shot_id": line.shot_id, "position": line.position}
                self._after[f"line:{line.id}"] = {"shot_id": shot_id, "position": position}
            self._line_places[line.id] = (shot_id, position)

    def respecify(self, panel: Panel, spec: PanelSpec) -> None:
        """Give a panel another spec: what is shown of it is stale, unless it was drawn from just that before."""
        if spec != spec_from(panel.spec):
            self.set("panel", panel, spec=plain_document(spec), stale=panel.current is not None)

    def finish(
        self,
        action: str,
        label: str,
        shot_ids: Sequence[str],
        *,
        reverses: int | None = None,
        draw: Sequence[Panel] = (),
        as_board: bool = False,
        panel_id: str | None = None,
    ) -> BoardEdit:
        """Write it all, put it into the history, and have drawn what machines drew before; what came of it.

        `draw` are panels without a picture that are wanted drawn; what is drawn is one job of its own `as_board`. `panel_id` is
        the panel the act was about, if it was about one.
        """
        self._find_fresh()
        standing = {scene_id: self._standing(scene) for scene_id, scene in self.scenes.items()}
        change = self._change(tuple(shot_ids), standing)
        if change.empty:
            return BoardEdit(action, label, None, self._cards(shot_ids), panel_id)
        self.uow.session.flush()
        self._write_lines()
        shifting.place_panels(self.uow, self._panel_places)
        self._write_places(standing)
        self.uow.session.expire_all()
        seq = audit.append(
            self.uow,
            self.actor,
            self.project.id,
            entity=ENTITY,
            entity_id=self.script_id,
            action=action,
            label=label,
            before=side_document(change.shots, change.before),
            after=side_document(change.shots, change.after),
            inverse={"act": "put_back"},
            reverses=reverses,
        )
        self._ask_for_drawings([*self._redrawn, *draw], as_board=as_board)
        return BoardEdit(action, label, seq, self._cards(shot_ids[:MOST_AT_ONCE]), panel_id)

    def _standing(self, scene: SceneView) -> tuple[Standing, ...]:
        """How a scene's shots stand now: as asked for exactly, as they did, or numbered anew."""
        was, ids = self.was[scene.id], self.order[scene.id]
        if scene.id in self.exact:
            return self.exact[scene.id]
        if [each.shot_id for each in was] == ids:
            return was
        known = {each.shot_id: each for each in was} | {i: self.known[i] for i in ids if i in self.known}
        locked = any(each.locked for each in known.values())
        numbers = renumbered(scene.number, [known[i].number if i in known and known[i].locked else None for i in ids])
        return tuple(Standing(shot_id, number, locked) for shot_id, number in zip(ids, numbers, strict=True))

    def _change(self, shot_ids: tuple[str, ...], standing: dict[str, tuple[Standing, ...]]) -> Change:
        scenes = [scene for scene, now in standing.items() if now != self.was[scene]]
        before: dict[str, dict[str, Any]] = {}
        after: dict[str, dict[str, Any]] = {}
        for key, was in self._before.items():
            names = [name for name, value in was.items() if value != self._after[key][name]]
            if names and key.startswith("line:"):
                names = list(was)  # a line's place is its shot and its number there
            if names:
                before[key] = {name: was[name] for name in names}
                after[key] = {name: self._after[key][name] for name in names}
        return Change(
            shot_ids,
            Side({scene: self.was[scene] for scene in scenes}, before),
            Side({scene: standing[scene] for scene in scenes}, after),
        )

    def _write_lines(self) -> None:
        if not self._line_places:
            return
        rows = [{"id": i, "shot_id": shot, "position": at} for i, (shot, at) in self._line_places.items()]
        shots = {shot for shot, _ in self._line_places.values()}
        shots |= {was["shot_id"] for key, was in self._before.items() if key.startswith("line:")}
        shifting.put_lines_aside(self.uow, sorted(shots))
        shifting.write_rows(self.uow, Line, rows)

    def _write_places(self, standing: dict[str, tuple[Standing, ...]]) -> None:
        """Take off the board what is in no scene; of the rest write what has another scene, place, number or lock."""
        rows: list[dict[str, Any]] = []
        position = 0
        for scene in self.scenes.values():
            for each in standing[scene.id]:
                row = {
                    "id": each.shot_id,
                    "script_id": self.script_id,
                    "scene_id": scene.id,
                    "scene_position": scene.position,
                    "position": position,
                    "number": each.number,
                    "number_locked": each.locked,
                }
                shot = self.shots[each.shot_id]
                if any(getattr(shot, name) != value for name, value in row.items()):
                    rows.append(row)
                position += 1
        there = {each.shot_id for stand in standing.values() for each in stand}
        off = [{"id": i, "script_id": None, "scene_id": None} for i in self.shots if i not in there]
        shifting.write_rows(self.uow, Shot, off)
        shifting.write_rows(self.uow, Shot, [{"id": r["id"], "position": -1 - r["position"]} for r in rows])
        shifting.write_rows(self.uow, Shot, rows)

    def _find_fresh(self) -> None:
        """Of changed panels that show what a machine drew, show what was drawn of just what they say now, if there is that."""
        changed = [panel for panel in self._panels.values() if "spec" in self._after[f"panel:{panel.id}"]]
        versions = repository.versions_by_panel(self.uow, [panel.id for panel in changed]) if changed else {}
        for panel in changed:
            drawn = versions.get(panel.id, [])
            if not any(v.number == panel.current and v.origin in repository.MACHINE_MADE for v in drawn):
                continue
            fresh = [v.number for v in drawn if same_panel(v.parameters, panel.spec)]
            if fresh:
                self.set("panel", panel, current=panel.current if panel.current in fresh else fresh[0], stale=False)
            else:
                self.set("panel", panel, stale=True)
                self._redrawn.append(panel)

    def _ask_for_drawings(self, panels: Sequence[Panel], *, as_board: bool) -> None:
        if panels:
            coming = coming_pictures(self.uow, self.actor, self.project.id, self.script_id)
            panels = [panel for panel in panels if panel.id not in coming]
        if as_board and panels and not is_being_drawn(self.uow, self.project.id, self.script_id):
            submit_board(self.uow, self.actor, self.script_id)
            return
        wanted = [
            Wanted({"panel_id": panel.id, "number": self.shots[panel.shot_id].number}, None, PANEL_WEIGHT)
            for panel in panels
        ]
        if wanted:
            runs.submit_many(self.uow, self.actor, self.project.id, "panel", wanted)

    def _cards(self, shot_ids: Sequence[str]) -> tuple[PanelCard, ...]:
        return reading.cards_of(self.uow, list(shot_ids), self.project.rate)


def named(shots: Sequence[Shot]) -> str:
    """Shots in a few words: "2E", "2E and 2F", "4 shots"."""
    if len(shots) > 2:
        return f"{len(shots)} shots"
    return " and ".join(shot.number for shot in shots)
