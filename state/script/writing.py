"""Writing: a changed scene kept, two people's words brought together, scenes added, moved, cut and brought back, words found."""

from __future__ import annotations

from dataclasses import dataclass, field

import reflex as rx

from state.bridge import read, write
from state.gate import handler
from state.notices import UNDO, NoticesState
from state.project import ProjectState
from state.script.keeping import NEW_HEADING, Kept, begun, lines_sent, replaced, saved
from state.script.printed import Jump, plain
from state.script.script import ScriptState
from state.script.side import ScriptSideState
from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import SignInRequired, StudioError
from studio.core.ids import new_id
from studio.scripts import service as scripts
from studio.scripts.service import SceneChanged
from studio.scripts.writing.both import both
from studio.scripts.writing.lines import composed, lines_in
from studio.thread import rewriting

_KEPT = 12  # answers a page may have missed
_NEW_PLACE = (5, 14)  # where its name stands in it
_MOST_FOUND = 60  # scenes with found words on view


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a scene that was sent: `state` is ok, conflict or refused.

    `lines` are what the page has to show where that is not what it sent; `sent` is the text it sent; `parts` are the scenes
    the text is in now; `force` says that the page must show it in any case.
    """

    ticket: str
    id: str
    state: str
    told: str = ""
    revision: int = 0
    raw: str = ""
    sent: str = ""
    lines: list[dict[str, str]] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    force: bool = False


@dataclass(frozen=True, slots=True)
class Clash:
    """A scene two people changed in the same place; an empty `scene_id` means none."""

    scene_id: str = ""
    heading: str = ""
    theirs: str = ""
    mine: str = ""
    revision: int = 0


@dataclass(frozen=True, slots=True)
class FoundIn:
    """A scene that holds the words looked for."""

    id: str
    number: str
    times: int


class WritingState(rx.State):
    """What one writes in this tab. Words on their way are held by the page until an answer says that they are kept."""

    answers: list[Answer] = []
    clash: Clash = Clash()
    found: list[FoundIn] = []
    found_count: str = ""
    _clashes: tuple[Clash, ...] = ()

    @handler()
    async def save(self, scene_id: str, revision: int, base: str, lines: list[dict[str, str]], ticket: str) -> None:
        """Keep a scene as it is in the page now."""
        room = await self.get_state(ScriptState)
        try:
            done = await write(saved, room._script_id, scene_id, revision, base, lines)
        except SignInRequired:
            raise
        except SceneChanged as e:
            self._answer(Answer(ticket, scene_id, "conflict"))
            mine = composed(lines_sent(lines), lines_in(base), base)
            self._clashes = (*self._clashes, await self._clash(scene_id, e, mine))
            self.clash = self._clashes[0]
        except StudioError as e:
            self._answer(Answer(ticket, scene_id, "refused", told=e.message))
        else:
            await self._kept(room, done, ticket, scene_id)

    @handler()
    async def choose(self, which: str) -> None:
        """Settle a clash: mine, theirs, or both."""
        clash, self._clashes = self.clash, self._clashes[1:]
        if not clash.scene_id:
            return
        room = await self.get_state(ScriptState)
        text = {"mine": clash.mine, "theirs": clash.theirs}.get(which, both(clash.theirs, clash.mine))
        try:
            edit = await write(
                rewriting.save_scene,
                room._script_id,
                clash.scene_id,
                text=text,
                revision=clash.revision,
                base=clash.theirs,
            )
        except SceneChanged as e:
            self._clashes = (await self._clash(clash.scene_id, e, text), *self._clashes)
        else:
            await self._kept(room, Kept(edit, text, []), new_id(), clash.scene_id, force=True)
        finally:
            self.clash = self._clashes[0] if self._clashes else Clash()

    @handler()
    async def begin(self) -> None:
        """A first page in a project without a script."""
        project = await self.get_state(ProjectState)
        await write(begun, project.open_id)
        room = await self.get_state(ScriptState)
        await room._enter()
        room.jump = Jump(room.jump.serial + 1, room._ids[0], 0, *_NEW_PLACE, True)

    @handler()
    async def add(self) -> None:
        """A new scene after the chosen one, ready to be named."""
        room = await self.get_state(ScriptState)
        edit = await write(
            rewriting.add_scene, room._script_id, after=max(room.chosen.position, -1), heading=NEW_HEADING
        )
        await self._changed(room)
        await room._open(edit.text.scene.position)
        room.jump = Jump(room.jump.serial + 1, edit.text.scene.id, 0, *_NEW_PLACE, True)

    @handler()
    async def move(self, scene_id: str, to: int) -> None:
        room = await self.get_state(ScriptState)
        await write(rewriting.move_scene, room._script_id, scene_id, to=to)
        await self._changed(room)
        if scene_id in room._ids:
            await room._open(room._ids.index(scene_id))

    @handler()
    async def cut(self, scene_id: str) -> None:
        """Put a scene into the drawer; the notice brings it back."""
        room = await self.get_state(ScriptState)
        position = room._ids.index(scene_id) if scene_id in room._ids else 0
        number = room._board[position].number if room._board else ""
        await write(rewriting.cut_scene, room._script_id, scene_id)
        await self._changed(room)
        (await self.get_state(NoticesState))._tell(
            "ok",
            f"Scene {number} is in the drawer, with its panels.",
            undo="Bring it back",
            act="bring_back_scene",
            args=[room._script_id, scene_id, position],
        )
        if room._ids:
            await room._open(min(position, len(room._ids) - 1))

    @handler()
    async def bring_back(self, scene_id: str) -> None:
        """Take a scene out of the drawer, to stand after the chosen one."""
        room = await self.get_state(ScriptState)
        await write(rewriting.restore_scene, room._script_id, scene_id, to=room.chosen.position + 1)
        await self._changed(room)
        if scene_id in room._ids:
            await room._open(room._ids.index(scene_id))

    @handler()
    async def find(self, words: str) -> None:
        """Count words in the whole script."""
        room = await self.get_state(ScriptState)
        if not room._script_id:
            return
        told = await read(scripts.find_words, room._script_id, words)
        self.found = [FoundIn(scene_id, number, times) for scene_id, number, _, times in told.scenes[:_MOST_FOUND]]
        self.found_count = f"{told.total:,} in the script" if words.strip() else ""

    @handler()
    async def replace_everywhere(self, form: dict[str, str]) -> None:
        """Replace words in the whole script at once; the notice undoes it."""
        room = await self.get_state(ScriptState)
        words, by = form.get("words", ""), form.get("by", "")
        count, version_id = await write(replaced, room._script_id, words, by)
        notices = await self.get_state(NoticesState)
        if not count:
            notices._tell("info", f"“{words}” is nowhere in the script.")
            return
        await self._changed(room)
        notices._tell(
            "ok",
            f"Replaced {count} times.",
            undo="Undo" if version_id else "",
            act="restore_script_version" if version_id else "",
            args=[room._script_id, version_id],
        )

    async def _kept(self, room: ScriptState, done: Kept, ticket: str, scene_id: str, *, force: bool = False) -> None:
        text = done.edit.text
        parts = [text.scene.id]
        if done.edit.restructured:
            await self._changed(room)
            parts = await self._parts(room, done)
        lines = plain(lines_in(text.text))
        differs = force or done.edit.merged or (len(parts) == 1 and _said(lines) != _said(done.lines))
        self._answer(
            Answer(
                ticket,
                scene_id,
                "ok",
                revision=text.revision,
                raw=text.text,
                sent=done.sent,
                lines=lines if differs else [],
                parts=parts,
                force=force,
            )
        )

    async def _parts(self, room: ScriptState, done: Kept) -> list[str]:
        """The scenes in which the words of one are now."""
        first = done.edit.text
        end = first.start + max(len(first.text), len(done.sent))
        near = await read(scripts.read_texts, room._script_id, first.scene.position)
        return [text.scene.id for text in near if first.start <= text.start < end]

    async def _changed(self, room: ScriptState) -> None:
        """Scenes came, went or moved: read them again."""
        await room._look()
        await (await self.get_state(ScriptSideState))._look_round(room._project_id, room._script_id)

    async def _clash(self, scene_id: str, error: SceneChanged, mine: str) -> Clash:
        scene = await read(scripts.get_scene, scene_id)
        return Clash(scene_id, f"{scene.number}  {scene.heading}", error.theirs, mine, error.revision)

    def _answer(self, answer: Answer) -> None:
        self.answers = [*self.answers[-(_KEPT - 1) :], answer]


def _said(lines: list[dict[str, str]]) -> list[tuple[str, str, str]]:
    """What lines say; spaces at the end of one, just typed before the next word, say nothing."""
    return [(x["k"], " ".join(x["t"].split()), x["n"]) for x in lines]


def _bring_back(uow: UnitOfWork, actor: Actor, script_id: str, scene_id: str, to: int) -> None:
    rewriting.restore_scene(uow, actor, script_id, scene_id, to=to)


def _restore(uow: UnitOfWork, actor: Actor, script_id: str, version_id: str) -> None:
    rewriting.restore_version(uow, actor, script_id, version_id)


UNDO["bring_back_scene"] = _bring_back
UNDO["restore_script_version"] = _restore
