"""The Cut room of one tab: which cut is open, what the page is told of it, and every edit that is made in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, Literal

import reflex as rx

from state.bridge import read, write
from state.cut.document import one_look
from state.gate import handler
from state.hub import News
from state.live import ago, clock
from state.notices import NoticesState
from state.project import ProjectState
from state.sparing import Sparing
from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import NotFound
from studio.engine.editing import Edit
from studio.storyboards.views import Undoable
from studio.timelines import service as timelines
from studio.timelines.views import TimelineCard
from studio.timelines.wishes import Wish, told

Begin = Literal["board", "empty", "copy"]
_MOST_OPS = 200
_LONGEST_KEY = 200
_NEWS = frozenset({"cut", "media"})


@dataclass(frozen=True, slots=True)
class CutItem:
    """A cut to open: what is said under its name."""

    id: str
    name: str
    told: str
    on: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What the room's head says of the open cut."""

    name: str = ""
    size: str = ""
    frames: int = 0
    behind: int = 0  # shots the board has otherwise by now


@dataclass(frozen=True, slots=True)
class Undoing:
    """Names of one's own acts that can be taken back and done again; "" is none."""

    undo: str = ""
    redo: str = ""


class CutRoomState(Sparing, rx.State):
    """The document itself is never here: the page fetches it once and is fed what changes."""

    loaded: bool = False
    begins: bool = False  # there is no cut by hand yet
    script: bool = False  # a board to begin from
    cut: str = ""
    cuts: list[CutItem] = []
    facts: Facts = Facts()
    feed: dict[str, Any] = {}
    undoing: Undoing = Undoing()
    saved: str = ""  # when the cut was last changed
    rest: int = 0

    _project_id: str = ""
    _script_id: str = ""
    _revision: int = 0
    _chosen: tuple[str, ...] = ()

    @handler()
    async def load(self) -> None:
        project = await self.get_state(ProjectState)
        home = await project._enter("cut", CutRoomState, *(pane for pane in _panes() if hasattr(pane, "_hear")))
        if home is None:
            return
        script_id = home.script.id if home.script and home.shots else ""
        if (home.card.id, script_id) != (self._project_id, self._script_id):
            self.reset()
            self._project_id, self._script_id = home.card.id, script_id
        self.script = bool(script_id)
        await self._list(self.router.url.query_parameters.get("cut", "") or self.cut)
        for pane in _panes():
            await (await self.get_state(pane))._open(home)
        self.loaded = True

    @handler()
    async def begin(self, how: Begin) -> None:
        """Begin a cut by hand: of the board, empty, or as a copy of the open one."""
        made = await write(
            timelines.create_timeline,
            self._project_id,
            name=f"Cut {len(self.cuts) + 1}",
            begin=how,
            script_id=self._script_id or None if how == "board" else None,
            timeline_id=self.cut if how == "copy" else None,
        )
        await self._list(made.id)

    @handler()
    async def open_cut(self, timeline_id: str) -> None:
        await self._list(timeline_id)

    @handler()
    async def rename(self, name: str) -> None:
        if name.strip() != self.facts.name:
            await write(timelines.rename_timeline, self.cut, name)
            await self._list(self.cut)

    @handler()
    async def delete(self) -> None:
        await write(timelines.delete_timeline, self.cut)
        await self._list("")

    @handler()
    async def edit(self, revision: int, ops: list[dict[str, Any]], label: str, ticket: int, key: str = "") -> None:
        """What was done in the page, as one act, once for a key; the page is told what came of it, also when it is refused."""
        if not self.cut:
            return  # the server was new and the page not loaded yet: it sends again what nobody answers
        self._seen(revision)
        try:
            await self._make([told(op) for op in ops], label, ticket=ticket, key=key[:_LONGEST_KEY])
            if any(op["op"] == "use_template" for op in ops):  # its form has done its work
                from state.cut.templates import TemplatesState

                (await self.get_state(TemplatesState))._done()
        except Exception:
            await self._tell(ticket=ticket, refused=True)
            raise
        finally:
            from state.cut.together import CutTogetherState

            await (await self.get_state(CutTogetherState))._let_go()

    @handler()
    async def undo(self) -> None:
        await self._turned(timelines.undo)

    @handler()
    async def redo(self) -> None:
        await self._turned(timelines.redo)

    @handler()
    async def choose(self, clips: list[str]) -> None:
        self._chosen = tuple(clips[:_MOST_OPS])
        await self._look_beside()

    @handler()
    async def rest_at(self, frame: int) -> None:
        """Where the playhead stands now."""
        self.rest = max(0, frame)
        await self._look_beside()

    async def _make(self, edits: Sequence[Edit | Wish], label: str = "", *, ticket: int = 0, key: str = "") -> None:
        """Make edits of the open cut as this page saw it, once for a key. Raises: as `timelines.edit_timeline`."""
        await write(timelines.edit_timeline, self.cut, list(edits), revision=self._revision, label=label, key=key)
        await self._tell(ticket=ticket)

    async def _turned(self, turn: Callable[..., Any]) -> None:
        await write(turn, self.cut)
        await self._tell()

    def _seen(self, revision: int) -> None:
        """A page may be a step behind what it was told: then it is told again from there."""
        self._revision = min(revision, self._revision) if revision > 0 else self._revision

    async def _tell(self, *, ticket: int = 0, media: bool = False, refused: bool = False, anew: bool = False) -> None:
        """Feed the page what has changed since it was last told; where `media` has, it asks for what is known of that.

        `ticket` is the edit that is answered, `refused` where it was not made; `anew` where all is to be fetched.
        """
        steps = await read(timelines.edits_since, self.cut, self._revision) if self.cut else ()
        anew = anew or steps is None
        told = [
            {"from": s.from_revision, "revision": s.revision, "patch": s.patch, "label": s.label, "by": s.by}
            for s in steps or ()
        ]
        if steps:
            self._revision = steps[-1].revision
        elif steps is None:
            self._revision = (await read(timelines.get_card, self.cut)).revision
        if told or ticket or anew or media:
            self.feed = {
                "cut": self.cut,
                "steps": told,
                "ticket": ticket,
                "anew": anew,
                "at": self._revision,
                "media": self.feed.get("media", 0) + media,
                "refused": refused,
            }
        if told or anew:
            await self._look()
        elif media:
            await self._look_beside()

    async def _look(self) -> None:
        """What the bars say of the open cut."""
        if not self.cut:
            self.facts, self.undoing, self.saved = Facts(), Undoing(), ""
            return
        card, behind, found = await read(_bars, self.cut)
        self.saved = card.changed_at.isoformat() if card.changed_at else ""
        size = f"{card.width} × {card.height} · {card.rate.said} fps"
        self.facts = Facts(card.name, size, card.frames, behind)
        self.undoing = Undoing(found.undo, found.redo)
        await self._look_beside()

    async def _look_beside(self) -> None:
        async with one_look(self.cut) if self.cut else nullcontext():
            for pane in _panes():
                await (await self.get_state(pane))._look(self.cut, self._chosen)

    async def _list(self, wanted: str) -> None:
        """The cuts there are, and the wanted one opened; without a wish the one edited last."""
        cards = [card for card in await read(timelines.list_timelines, self._project_id) if not card.live]
        chosen = next((card for card in cards if card.id == wanted), cards[0] if cards else None)
        self.begins = not cards
        self.cuts = [_item(card, chosen) for card in cards]
        if chosen is None:
            self.cut, self.feed = "", {}
        elif chosen.id != self.cut:
            self.cut, self._revision, self._chosen = chosen.id, chosen.revision, ()
            self.feed = {"cut": chosen.id, "steps": [], "ticket": 0, "anew": False, "media": 0}
        await self._look()

    async def _hear(self, news: News) -> None:
        if not self.cut or not (news.all or _NEWS & news.changed):
            return
        try:
            card = await read(timelines.get_card, self.cut)
            changed = card.changed_at.isoformat() if card.changed_at else ""
            matched = (
                card.revision == self._revision and changed != self.saved
            )  # no act: it has the shape of a film now
            await self._tell(media="media" in news.changed, anew=matched)
            if matched:
                notices = await self.get_state(NoticesState)
                notices._tell("ok", f"The cut has the rate and the shape of your first film now: {self.facts.size}.")
        except NotFound:
            await self._list("")


def _bars(uow: UnitOfWork, who: Actor, timeline_id: str) -> tuple[TimelineCard, int, Undoable]:
    """A cut at a glance, how far the board is ahead of it, and what can be undone in it. Raises: NotFound."""
    card = timelines.get_card(uow, who, timeline_id)
    behind = 0 if card.live else timelines.behind_board(uow, who, timeline_id)
    return card, behind, timelines.undoable(uow, who, timeline_id)


def _panes() -> tuple[type[Any], ...]:
    """The states of the room's panes: each has `_open(home)` and `_look(cut, chosen)`. They know this one, so it asks late."""
    from state.cut.animatic import AnimaticState
    from state.cut.bin import BinState
    from state.cut.captions import CaptionsState
    from state.cut.checks import ChecksState
    from state.cut.inspector import InspectorState
    from state.cut.loudness import LoudnessState
    from state.cut.mixer import MixerState
    from state.cut.past.history import CutHistoryState
    from state.cut.past.lengths import BoardLengthsState
    from state.cut.previews import PreviewsState
    from state.cut.rewriting import RewritingState
    from state.cut.templates import TemplatesState
    from state.cut.together import CutTogetherState
    from state.cut.transcript import TranscriptState

    beside = (TranscriptState, RewritingState, CaptionsState, InspectorState, MixerState, ChecksState, CutHistoryState)
    more = (LoudnessState, BoardLengthsState, TemplatesState, CutTogetherState, PreviewsState, AnimaticState)
    return (BinState, *beside, *more)


def _item(card: TimelineCard, chosen: TimelineCard | None) -> CutItem:
    seconds = float(card.rate.seconds(card.frames))
    return CutItem(card.id, card.name, f"{clock(seconds)} · {ago(card.changed_at)}", card is chosen)
