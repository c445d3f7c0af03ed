"""Two drawings of a panel beside each other, or one over the other with a line to draw across."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import reflex as rx

from state.board.board import BoardState
from state.board.panels import told_of
from state.bridge import read
from state.gate import handler
from studio.core.links import media_link
from studio.storyboards import service as storyboards
from studio.storyboards.views import ShotDetail, VersionView

Side = Literal["before", "after"]
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Drawing:
    """A version in full size."""

    number: int = 0
    picture: str = ""
    told: str = ""


class ComparingState(rx.State):
    """The comparison of one tab: of the chosen shot, first the version shown with the one before it."""

    shot: str = ""
    before: Drawing = Drawing()
    after: Drawing = Drawing()
    all: list[Drawing] = []

    @handler()
    async def open(self) -> None:
        shot = (await self.get_state(BoardState)).shot
        detail = await read(storyboards.get_shot, shot.id, panel_id=shot.panel)
        if len(detail.versions) < _FEWEST:
            return
        self.shot = shot.panel_number
        self.all = [_drawing(detail, version) for version in detail.versions]
        shown = next((i for i, v in enumerate(detail.versions) if v.number == detail.card.version), 0)
        self.after = self.all[shown]
        self.before = self.all[shown + 1 if shown + 1 < len(self.all) else shown - 1]

    @handler()
    async def take(self, side: Side, number: int) -> None:
        found = next((one for one in self.all if one.number == number), None)
        if found is not None:
            setattr(self, side, found)


def _drawing(detail: ShotDetail, version: VersionView) -> Drawing:
    return Drawing(version.number, media_link(detail.project_id, version.sha256), told_of(version))
