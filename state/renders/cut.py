"""The cut under the films: one scene of it as a strip, the chosen shot, and what is done to it. The board shows it at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import reflex as rx

from state.bridge import read, write
from state.gate import handler
from state.hub import News
from state.live import clock
from state.project import ProjectState
from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import NotFound, StudioError
from studio.core.links import media_link
from studio.engine.time import Rate
from studio.scripts import service as scripts
from studio.storyboards import service as storyboards
from studio.storyboards.views import BoardScene, PanelCard, Undoable
from studio.thread.views import ProjectHome
from studio.timelines import service as timelines
from studio.timelines.edits import Delete, Edit, FollowVoice, Move, Split, Trim
from studio.timelines.views import CutEdit, TimelineDetail
from studio.timelines.wishes.typed import frames_of, timecode

_MOST = 200
_HEARD = frozenset({"board", "panel", "voice", "cut", "script"})
Side = Literal["left", "right"]
EditOf = Callable[[str], Edit]
"""An edit, once the clip is known."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A scene to choose: where it begins in the film and how long it is."""

    position: str
    told: str


@dataclass(frozen=True, slots=True)
class Strip:
    """A shot on the strip, as wide as it is long."""

    id: str
    number: str
    picture: str
    frames: int
    lasts: str
    stale: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """The chosen shot. `spoken` says that its length could follow a voice, `timed` that a person set it."""

    id: str = ""
    number: str = ""
    begins: str = ""
    lasts: str = ""
    frames: int = 0
    spoken: bool = False
    timed: bool = False
    first: bool = True
    last: bool = True
    board: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said of the whole cut: its number, its length, and what the next film has made first."""

    version: str = ""
    lasts: str = ""
    lacks: str = ""


class CutState(rx.State):
    """The strip of the renders room."""

    scenes: list[Scene] = []
    scene: str = ""
    strip: list[Strip] = []
    chosen: Chosen = Chosen()
    facts: Facts = Facts()
    undo_label: str = ""
    redo_label: str = ""
    turns: int = 0  # counts refused lengths: the field is printed anew as it is
    _project_id: str = ""
    _script_id: str = ""
    _cut: str = ""
    _revision: int = 0
    _rate: str = "24"
    _begins: int = 0

    @handler()
    async def see(self, scene: str) -> None:
        """Show another scene."""
        if any(each.position == scene for each in self.scenes):
            self.scene, self.chosen = scene, Chosen()
            await self._look()

    @handler()
    async def choose(self, shot_id: str) -> None:
        await self._choose("" if self.chosen.id == shot_id else shot_id)

    @handler()
    async def longer(self, frames: int) -> None:
        """Add so many frames to the chosen shot, or take them."""
        await self._edit(lambda clip: Trim(clip, max(1, self.chosen.frames + max(-1000, min(frames, 1000)))))

    @handler()
    async def last(self, value: str) -> None:
        """Give the chosen shot a length: "4:07" is four seconds and seven frames, "4.5" is seconds."""
        if value.strip() == self.chosen.lasts:
            return
        try:
            frames = frames_of(value, Rate.parse(self._rate))
            await self._edit(lambda clip: Trim(clip, frames))
        except StudioError:
            self.turns += 1
            raise

    @handler()
    async def move(self, side: Side) -> None:
        """Put the chosen shot before the one before it, or after the one after it; from the end of a scene into the next."""
        shot = await read(storyboards.get_shot, self.chosen.id)
        near = shot.previous_id if side == "left" else shot.next_id
        if near is None:
            return
        beside = await read(storyboards.get_card, near)
        same = beside.scene == shot.card.scene
        before = (side == "left") == same
        to = await self._clip(near)
        if not same:
            self.scene = str(beside.scene)
        await self._edit(lambda clip: Move((clip,), before=to) if before else Move((clip,), after=to))

    @handler()
    async def split(self) -> None:
        await self._edit(Split)

    @handler()
    async def delete(self) -> None:
        await self._edit(lambda clip: Delete((clip,)))

    @handler()
    async def follow(self) -> None:
        """Let the length of the chosen shot follow its voice again."""
        await self._edit(FollowVoice)

    @handler()
    async def undo(self) -> None:
        await write(storyboards.undo, self._script_id)
        await self._look()

    @handler()
    async def redo(self) -> None:
        await write(storyboards.redo, self._script_id)
        await self._look()

    async def _open(self, home: ProjectHome) -> None:
        script_id = home.script.id if home.script and home.shots else ""
        if script_id != self._script_id:
            self.scene, self.chosen = "", Chosen()
        self._project_id, self._script_id = home.card.id, script_id
        await self._look()

    async def _hear(self, news: News) -> None:
        if (await self.get_state(ProjectState)).open_id != self._project_id or not self._script_id:
            return
        if news.all or _HEARD & news.changed:
            await self._look()

    async def _edit(self, edit: EditOf) -> None:
        """Make an edit of the chosen shot's clip as it is seen here; where it has changed since, look again and say so."""
        clip = await self._clip(self.chosen.id)
        try:
            done: CutEdit = await write(timelines.edit_cut, self._cut, [edit(clip)], revision=self._revision)
        except StudioError:
            await self._look()
            raise
        came = next((c.clip for c in done.changes if c.became == "came"), "")
        await self._look()
        if came and not any(shot.id == self.chosen.id for shot in self.strip):
            await self._choose("")

    async def _clip(self, shot_id: str) -> str:
        """The clip that shows a shot; the cut is begun with the first edit."""
        if not shot_id:
            raise NotFound("Choose a shot on the strip first.")
        detail: TimelineDetail | None = await read(timelines.find_cut, self._script_id)
        if detail is None:
            detail = await write(timelines.start_cut, self._script_id)
            self._revision = detail.revision
        self._cut = detail.id
        clip = next((c.id for c in detail.timeline.clips("picture") if c.link == f"shot:{shot_id}"), "")
        if not clip:
            raise NotFound("This shot is not in the cut any more. Choose another.")
        return clip

    async def _look(self) -> None:
        """Read the scene on view, the chosen shot and what can be undone."""
        if not self._script_id:
            self.scenes, self.strip, self.facts = [], [], Facts()
            return
        seen = await read(look, self._script_id, self.scene)
        rate, cut = seen.rate, seen.cut
        self._rate, self.scene = str(rate), seen.scene
        self.scenes = [
            Scene(str(s.position), f"{s.number} {s.heading} · {timecode(s.frames, rate)} · {s.shots} shots")
            for s in seen.scenes
        ]
        self._begins = sum(s.frames for s in seen.scenes if s.position < int(seen.scene or 0)) + seen.lead
        self.strip = [_strip(self._project_id, card, rate) for card in seen.cards]
        self.undo_label, self.redo_label = seen.undoable.undo, seen.undoable.redo
        self._cut, self._revision = (cut.id, cut.revision) if cut else ("", 0)
        length = timecode(cut.timeline.frames if cut else sum(s.frames for s in seen.scenes), rate)
        self.facts = Facts(f"v{cut.revision}" if cut else "", length, _lacks(cut) if cut else "")
        await self._choose(self.chosen.id if any(shot.id == self.chosen.id for shot in self.strip) else "")

    async def _choose(self, shot_id: str) -> None:
        if not shot_id:
            self.chosen = Chosen()
            return
        shot, rate = await read(storyboards.get_shot, shot_id), Rate.parse(self._rate)
        at = next((i for i, each in enumerate(self.strip) if each.id == shot_id), 0)
        before = self._begins + sum(each.frames for each in self.strip[:at])
        self.chosen = Chosen(
            id=shot_id,
            number=shot.card.number,
            begins=timecode(before, rate),
            lasts=timecode(shot.card.frames, rate),
            frames=shot.card.frames,
            spoken=bool(shot.lines),
            timed=shot.timed,
            first=shot.previous_id is None,
            last=shot.next_id is None,
            board=f"/p/{self._project_id}/board?shot={shot_id}",
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look at a cut brings; `lead` is the length of the title card in frames."""

    rate: Rate
    scenes: tuple[BoardScene, ...]
    scene: str
    cards: tuple[PanelCard, ...]
    cut: TimelineDetail | None
    lead: int
    undoable: Undoable


def look(uow: UnitOfWork, actor: Actor, script_id: str, scene: str) -> Seen:
    """The scenes with shots, the shots of the one on view (the first, where that is gone), and the cut if it is begun."""
    scenes = tuple(s for s in storyboards.list_scenes_on_board(uow, actor, script_id) if s.shots)
    if not any(str(s.position) == scene for s in scenes):
        scene = str(scenes[0].position) if scenes else ""
    cards: tuple[PanelCard, ...] = ()
    if scene:
        cards = storyboards.list_cards(uow, actor, script_id, scene=int(scene), limit=_MOST).items
    cut = timelines.find_cut(uow, actor, script_id)
    shots = next((c.start for c in cut.timeline.clips("picture") if c.link), 0) if cut else 0
    rate = scripts.project_of(uow, actor, script_id).rate
    return Seen(rate, scenes, scene, cards, cut, shots, storyboards.undoable(uow, actor, script_id))


def _strip(project_id: str, card: PanelCard, rate: Rate) -> Strip:
    picture = media_link(project_id, card.sha256, "thumbnail") if card.sha256 else ""
    return Strip(card.shot_id, card.number, picture, card.frames, timecode(card.frames, rate), card.stale)


def _lacks(cut: TimelineDetail) -> str:
    """What the next film has made first."""
    lacks = [f"{len(cut.undrawn)} panels to draw"] if cut.undrawn else []
    if cut.without_music and any(cut.timeline.clips("music")):
        lacks.append(f"{clock(float(cut.timeline.rate.seconds(cut.without_music)))} without music")
    return f"{' and '.join(lacks)}: made with the next film." if lacks else ""
