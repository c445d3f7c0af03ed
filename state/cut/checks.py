"""What is wrong with the open cut before its film is made, and the way to the film."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import reflex as rx

from state.bridge import read
from state.sparing import Sparing
from studio.thread.views import ProjectHome
from studio.timelines import service as timelines
from studio.timelines.views import CheckView

_SHOWN = 8
_NAME = re.compile(r"“[^”]*”")
"""What a sentence calls the one clip it is about."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is wrong, how often, and the frame it first begins at."""

    told: str
    grave: bool
    frame: int
    times: int = 1


class ChecksState(Sparing, rx.State):
    """The bar under the timeline."""

    found: list[Check] = []
    grave: int = 0
    render: str = ""
    _seen: tuple[str, int] = ("", 0)

    async def _open(self, home: ProjectHome) -> None:
        self._seen = ("", 0)

    async def _look(self, cut: str, chosen: tuple[str, ...]) -> None:
        """Look again where the cut is another one, or has been edited since; which clips are chosen does not matter."""
        if not cut:
            self.found, self.grave, self.render, self._seen = [], 0, "", ("", 0)
            return
        card = await read(timelines.get_card, cut)
        if (cut, card.revision) == self._seen:
            return
        self._seen, self.render = (cut, card.revision), f"/p/{card.project_id}/renders?cut={cut}"
        found = await read(timelines.check_timeline, cut)
        self.grave = sum(each.grave for each in found)
        self.found = checks_of(found)[:_SHOWN]


def checks_of(found: Sequence[CheckView]) -> list[Check]:
    """What is wrong, each thing once, whichever clips it is wrong with: the first of them is named."""
    seen: dict[tuple[str, bool], Check] = {}
    for each in found:
        key = _NAME.sub("", each.told), each.grave
        first = seen.get(key)
        seen[key] = replace(first, times=first.times + 1) if first else Check(each.told, each.grave, each.start)
    return list(seen.values())
