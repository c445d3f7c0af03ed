"""The versions of a script in this tab: listed, named, compared with the script as it is, restored."""

from __future__ import annotations

from dataclasses import dataclass

import reflex as rx

from state.bridge import read, write
from state.gate import handler
from state.live import ago
from state.notices import NoticesState
from state.script.script import ScriptState
from state.script.side import ScriptSideState
from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.projects import service as projects
from studio.scripts import service as scripts
from studio.scripts.views import SceneDiff, ScriptVersionPage
from studio.thread import rewriting

_PAGE = 20
_MOST_SCENES = 40  # scenes of a comparison on view
_MOST_RUNS = 400
_SAME = 90  # characters of unchanged words kept beside a change
_WHY = {"import": "Brought in", "edit": "Written", "merge": "Before a change", "restore": "Before going back"}
_FATES = {
    "edited": "Changed",
    "moved": "Moved",
    "split": "Split",
    "merged": "Joined",
    "new": "New",
    "cut": "Cut",
}


@dataclass(frozen=True, slots=True)
class VersionItem:
    """A version in the list."""

    id: str
    number: int
    name: str
    told: str


@dataclass(frozen=True, slots=True)
class DiffRun:
    """Words of a comparison; `kind` is same, added, removed or gap (unchanged words left out)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class DiffScene:
    """A scene that is different."""

    fate: str
    told: str
    heading: str
    runs: list[DiffRun]


class VersionsState(rx.State):
    """The drafts of one script."""

    items: list[VersionItem] = []
    more: bool = False
    comparing: VersionItem = VersionItem("", 0, "", "")
    scenes: list[DiffScene] = []
    summary: str = ""
    _page: int = 1

    @handler()
    async def show(self) -> None:
        """The newest versions."""
        self._page = 1
        await self._look()

    @handler()
    async def older(self) -> None:
        self._page += 1
        await self._look()

    @handler()
    async def name(self, form: dict[str, str]) -> None:
        await write(scripts.name_version, form.get("version_id", ""), form.get("name", ""))
        await self._look()

    @handler()
    async def compare(self, version_id: str) -> None:
        """What has changed since a version, scene by scene."""
        script_id = (await self.get_state(ScriptState))._script_id
        found = await read(scripts.diff_versions, script_id, version_id)
        changed = [scene for scene in found if scene.fate != "kept"]
        self.comparing = next((i for i in self.items if i.id == version_id), VersionItem(version_id, 0, "", ""))
        self.scenes = [_diff(scene) for scene in changed[:_MOST_SCENES]]
        more = f", the first {_MOST_SCENES} shown" if len(changed) > _MOST_SCENES else ""
        counted = "1 scene is" if len(changed) == 1 else f"{len(changed)} scenes are"
        self.summary = f"{counted} different now{more}." if changed else "Nothing has changed since."

    @handler()
    async def close(self) -> None:
        self.comparing, self.scenes = VersionItem("", 0, "", ""), []

    @handler()
    async def restore(self, version_id: str) -> None:
        """Make a version the script again; the notice undoes it."""
        room = await self.get_state(ScriptState)
        change = await write(rewriting.restore_version, room._script_id, version_id)
        before = change.version_id if change else None
        self.comparing, self.scenes = VersionItem("", 0, "", ""), []
        await room._look()
        await (await self.get_state(ScriptSideState))._look_round(room._project_id, room._script_id)
        await self._look()
        (await self.get_state(NoticesState))._tell(
            "ok",
            "The script is as it was then. What it was until now is kept as a version.",
            undo="Undo" if before else "",
            act="restore_script_version" if before else "",
            args=[room._script_id, before],
        )

    async def _look(self) -> None:
        room = await self.get_state(ScriptState)
        if not room._script_id:
            self.items = []
            return
        page, names = await read(_listed, room._project_id, room._script_id, self._page)
        self.items = [
            VersionItem(
                v.id, v.number, v.name, f"{_WHY[v.origin]} by {names.get(v.by_id, 'somebody')}, {ago(v.created_at)}"
            )
            for v in page.items
        ]
        self.more = page.total > self._page * _PAGE


def _listed(
    uow: UnitOfWork, actor: Actor, project_id: str, script_id: str, page: int
) -> tuple[ScriptVersionPage, dict[str, str]]:
    names = {m.user_id: m.display_name for m in projects.list_members(uow, actor, project_id)}
    return scripts.list_versions(uow, actor, script_id, page=page, limit=_PAGE), names


def _diff(scene: SceneDiff) -> DiffScene:
    heading = scene.heading or scene.was_heading
    number = scene.number or scene.was_number
    moved = (
        f", was {scene.was_number}" if scene.was_number and scene.number and scene.was_number != scene.number else ""
    )
    return DiffScene(scene.fate, f"{_FATES.get(scene.fate, '')}{moved}", f"{number}  {heading}", _runs(scene))


def _runs(scene: SceneDiff) -> list[DiffRun]:
    """The words of a scene, long unchanged stretches cut down to their ends."""
    found: list[DiffRun] = []
    for i, run in enumerate(scene.runs[:_MOST_RUNS]):
        if run.kind != "same" or len(run.text) <= 2 * _SAME:
            found.append(DiffRun(run.kind, run.text))
            continue
        if i:
            found.append(DiffRun("same", run.text[:_SAME].rpartition(" ")[0]))
        found.append(DiffRun("gap", " … "))
        if i < len(scene.runs) - 1:
            found.append(DiffRun("same", run.text[-_SAME:].partition(" ")[2]))
    return found
