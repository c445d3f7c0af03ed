"""The inspector of the Cut room: what is chosen, and its properties at the playhead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import reflex as rx

from state.bridge import read
from state.cut.document import cut_of
from state.cut.inspector.joins import JoinState
from state.cut.inspector.shown import (
    Head,
    Option,
    Pace,
    Seam,
    Shown,
    Times,
    effects_to_add,
    fields_of,
    head_of,
    pace_of,
    seams_of,
    times_of,
)
from state.cut.room import CutRoomState
from state.gate import handler
from state.sparing import Sparing
from studio.core.errors import NotFound
from studio.engine.timeline import PICTURE
from studio.media import service as media
from studio.storyboards import service as storyboards
from studio.storyboards.views import PanelCard
from studio.thread.views import ProjectHome
from studio.timelines.properties import styles
from studio.timelines.properties.reading import Spot, chosen_of

Scope = Literal["", "waveform", "parade", "vectorscope", "histogram"]
_SHOT = "shot:"


class InspectorState(Sparing, rx.State):
    """The properties of what is chosen in the cut."""

    head: Head = Head()
    times: Times = Times()
    groups: list[Shown] = []
    pace: Pace = Pace()
    seams: list[Seam] = []
    visible: bool = False  # whether all that is chosen is seen
    effects: list[Option] = effects_to_add()
    styles: list[Option] = [Option(code, words) for code, words in styles.STYLES]
    luts: list[Option] = []
    lut: str = ""
    scope: Scope = ""
    scope_link: str = ""
    _project_id: str = ""
    _cut: str = ""
    _chosen: tuple[str, ...] = ()

    @handler()
    async def show_scope(self, scope: Scope) -> None:
        """Show how a colourist reads the frame under the playhead, or hide it."""
        self.scope = scope
        await self._look(self._cut, self._chosen)

    async def _open(self, home: ProjectHome) -> None:
        self._project_id = home.card.id
        page = await read(media.list_media, home.card.id, kinds=("lut",), limit=100)
        self.luts = [Option(card.sha256, card.name) for card in page.items]

    async def _look(self, cut: str, chosen: tuple[str, ...]) -> None:
        """Read what is chosen in a cut as it stands, at the playhead."""
        self._cut, self._chosen = cut, chosen
        whole = await self.get_state(JoinState)
        if not cut:
            self.head, self.times, self.groups, self.pace, self.seams = Head(), Times(), [], Pace(), []
            await whole._show(None)
            return
        found, frame = await cut_of(cut), (await self.get_state(CutRoomState)).rest
        timeline = found.timeline
        await whole._show(timeline)
        at = f"/api/v1/timelines/{cut}/scopes?frame={frame}&kind={self.scope}&r={found.revision}"
        self.scope_link = at if self.scope and frame < timeline.frames else ""
        spots = chosen_of(timeline, chosen)
        shot, board = await self._shot(spots)
        self.head = head_of(spots, shot, board)
        self.times = times_of(timeline, spots, frame)
        self.groups = fields_of(timeline, spots, frame)
        self.pace = pace_of(spots)
        self.seams = seams_of(timeline, spots)
        laid = {spot.clip.colour.lut if spot.clip.colour else "" for spot in spots}
        self.lut = laid.pop() if len(laid) == 1 else ""
        self.visible = bool(spots) and all(spot.track.kind in PICTURE for spot in spots)

    async def _shot(self, spots: Sequence[Spot]) -> tuple[PanelCard | None, str]:
        """The shot one chosen clip stands for, and where it is on the board."""
        link = spots[0].clip.link if len(spots) == 1 else ""
        if not link.startswith(_SHOT):
            return None, ""
        shot_id = link.removeprefix(_SHOT)
        try:
            return await read(storyboards.get_card, shot_id), f"/p/{self._project_id}/board?shot={shot_id}"
        except NotFound:
            return None, ""
