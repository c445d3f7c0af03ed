"""The renders room: what a film can be made as, what is being made, and the film to watch and keep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import reflex as rx

from state.bridge import read, threaded, write
from state.gate import handler
from state.hub import News
from state.live import LiveState, ago, clock
from state.project import ProjectState
from state.renders.asking import AskingState
from state.renders.cut import CutState
from state.renders.report import ReportState, megabytes
from studio.core.errors import MediaMissing
from studio.core.links import captions_link, film_link, media_link
from studio.projects import service as projects
from studio.renders import service as renders
from studio.renders.views import PieceView, PresetView, RenderCard
from studio.storyboards import service as storyboards
from studio.timelines import service as timelines

_STRIP = 40
_LISTED = 20
_FRONT = ("720p", "1080p")
_PLAYED = ("mp4", "webm", "mp3", "wav")
"""Files a browser plays."""

_MAKES = frozenset({"film", "render", "segment", "sound"})


@dataclass(frozen=True, slots=True)
class Preset:
    """One way to make the film: estimates as m:ss and MB; `front` ones stand first, others under their group's `heading`."""

    name: str
    title: str
    detail: str
    time: str
    size: str
    front: bool
    heading: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture of the film strip, as wide as its shot is long."""

    picture: str
    frames: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of the bar under the strip: `state` kept, made, now or wait."""

    frames: int
    state: str


@dataclass(frozen=True, slots=True)
class Film:
    """A finished film in the list, or one that could not be made (then `problem` says why)."""

    id: str
    title: str
    when: str
    duration: str
    size: str
    pieces: str
    poster: str
    problem: str
    standin: bool
    faults: bool


@dataclass(frozen=True, slots=True)
class Chapter:
    """A scene to jump to in the player."""

    at: float
    time: str
    heading: str


class RendersState(rx.State):
    """One tab's view of the renders room."""

    loaded: bool = False
    ready: bool = False
    _script_id: str = ""
    _board: bool = False  # the script has shots
    _film: tuple[int, float] = (0, 0.0)  # the board's film: frames, seconds
    presets: list[Preset] = []
    chosen: str = "1080p"
    strip: list[Frame] = []
    making: list[str] = []
    pieces: list[Piece] = []
    summary: str = ""
    films: list[Film] = []
    shown: str = ""
    source: str = ""
    download: str = ""
    captions: str = ""
    poster: str = ""
    chapters: list[Chapter] = []

    @handler()
    async def load(self) -> None:
        project = await self.get_state(ProjectState)
        home = await project._enter("renders", RendersState, CutState)
        if home is None:
            return
        await (await self.get_state(CutState))._open(home)
        self.shown, self.source = "", ""
        self._script_id = home.script.id if home.script else ""
        self._board = bool(home.script and home.shots)
        asking = await self.get_state(AskingState)
        rate = (await read(projects.get_project, home.card.id)).rate
        await asking._open(home.card.id, rate, self.router.url.query_parameters, board=self._board)
        self._film = home.timeline_frames or home.card.frames, home.card.length_s
        await self._price()
        await self._see()
        self.loaded = True

    @handler()
    async def choose(self, name: str) -> None:
        if any(p.name == name for p in self.presets):
            self.chosen = name
            (await self.get_state(AskingState))._choose(name)

    @handler()
    async def make(self) -> None:
        """Make the film as it is wanted; one at a time is enough, a second click changes nothing."""
        if self.making:
            return
        order = (await self.get_state(AskingState))._order(self.chosen)
        await threaded(lambda: renders.require_preset(order.preset))
        cut = (await self.get_state(AskingState)).cut
        if cut:
            await write(renders.submit_render, cut, order)
        else:
            await write(renders.submit_film, self._script_id, order)
        await self._see()
        await (await self.get_state(LiveState))._look()

    @handler()
    async def make_of(self, cut: str) -> None:
        """Make the film of a cut by hand, or of the board's own ("")."""
        asking = await self.get_state(AskingState)
        asking._take(cut)
        await asking._look_before((await self.get_state(ProjectState)).open_id)
        await self._price()

    @handler()
    async def make_rest(self, film_id: str) -> None:
        """Make a film that was refused once more, without the clips whose files are missing."""
        await write(renders.submit_rest, film_id)
        await self._see()
        await (await self.get_state(LiveState))._look()

    @handler()
    async def show(self, film_id: str) -> None:
        await self._show(await read(renders.get_film, film_id))

    async def _hear(self, news: News) -> None:
        project = await self.get_state(ProjectState)
        if not self.loaded or not project.open_id:
            return
        if news.all or any(r["kind"] in _MAKES for r in news.runs.values()):
            await self._see()

    async def _price(self) -> None:
        """What each kind of output would take for the cut that is chosen."""
        asking, project = await self.get_state(AskingState), await self.get_state(ProjectState)
        kinds = await read(renders.list_presets, project.open_id, await threaded(renders.offered_presets))
        self.presets = _presets(kinds, *(asking._length() or self._film))
        self.ready = bool(asking.cut) or self._board

    async def _see(self) -> None:
        """Read the films again; the newest one whose run has ended is shown when none is."""
        project_id = (await self.get_state(ProjectState)).open_id
        found = (await read(renders.list_renders, project_id, page=1, limit=_LISTED)).items
        under_way = [c for c in found if not c.run.ended]
        self.making = [c.id for c in under_way]
        self.films = [_film(c) for c in found if c.run.ended and c.run.state.value != "cancelled"]
        lacking = [c.id for c in found if c.run.error_code == MediaMissing.code]
        (await self.get_state(AskingState)).lacking = lacking
        await self._see_pieces(under_way)
        if not self.shown:
            finished = next((c for c in found if c.sha256 and c.run.ended), None)
            if finished:
                await self._show(await read(renders.get_film, finished.id))

    async def _see_pieces(self, under_way: list[RenderCard]) -> None:
        """The strip and the blocks of the film being made."""
        if not under_way:
            self.strip, self.pieces, self.summary = [], [], ""
            return
        if self._script_id and (not self.strip or any(not f.picture for f in self.strip)):
            page = await read(storyboards.list_cards, self._script_id, page=1, limit=_STRIP)
            project_id = under_way[0].project_id
            self.strip = [
                Frame(media_link(project_id, c.sha256, "thumbnail") if c.sha256 else "", c.frames) for c in page.items
            ]
        found: tuple[PieceView, ...] = await read(renders.list_pieces, under_way[-1].id)
        self.pieces = [Piece(p.frames, p.state) for p in found]
        self.summary = _summary(found)

    async def _show(self, card: RenderCard) -> None:
        if not card.sha256 or not card.timeline_id:
            return
        found = await read(timelines.list_chapters, card.timeline_id)
        self.shown = card.id
        self.source = media_link(card.project_id, card.sha256) if card.suffix in _PLAYED else ""
        self.download = film_link(card.id)
        self.captions = captions_link(card.id) if card.order.captions in ("track", "file") else ""
        self.poster = media_link(card.project_id, card.poster_sha256, "thumbnail") if card.poster_sha256 else ""
        rate, first, last = card.rate, card.order.start, card.order.start + card.frames
        starts = [(float(rate.seconds(c.frame - first)), c.heading) for c in found if first <= c.frame < last]
        self.chapters = [Chapter(at, clock(at), heading) for at, heading in starts] if self.source else []
        (await self.get_state(ReportState))._show(card)


def _presets(kinds: tuple[PresetView, ...], frames: int, seconds: float) -> list[Preset]:
    """The kinds as cards, those in front first; the first of a group carries its heading."""
    out: list[Preset] = []
    headed = ""
    for kind in sorted(kinds, key=lambda k: k.name not in _FRONT):
        front = kind.name in _FRONT
        heading = kind.group if not front and kind.group != headed else ""
        headed = headed if front else kind.group
        size = f", {kind.width} x {kind.height}" if kind.width else ""
        cost = clock(kind.estimate_s(frames)), megabytes(kind.estimate_bytes(seconds))
        out.append(Preset(kind.name, kind.title, kind.codec + size, *cost, front, heading))
    return out


def _film(card: RenderCard) -> Film:
    failed = card.run.state.value == "failed"
    return Film(
        id=card.id,
        title=card.title,
        when=ago(card.created_at),
        duration=clock(card.length_s),
        size=megabytes(card.size_bytes) if card.size_bytes else "",
        pieces=f"{card.segments} pieces" if card.segments else "",
        poster=media_link(card.project_id, card.poster_sha256, "thumbnail") if card.poster_sha256 else "",
        problem=(card.run.error_message or "It could not be made.") if failed else "",
        standin=card.completeness == "stand-in",
        faults=card.level in ("warn", "fail"),
    )


def _summary(pieces: tuple[PieceView, ...]) -> str:
    counts: dict[str, int] = {}
    for piece in pieces:
        counts[piece.state] = counts.get(piece.state, 0) + 1
    words: dict[str, Any] = {"kept": "reused", "made": "made", "now": "being made", "wait": "to go"}
    return " · ".join(f"{counts[s]} {word}" for s, word in words.items() if s in counts)
