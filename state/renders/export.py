"""The cut for other programs: a format is chosen, what it cannot carry is listed, and its file is a link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

import reflex as rx

from state.bridge import read, write
from state.gate import handler
from state.project import ProjectState
from state.renders.cut import CutState
from studio.core.errors import Invalid, NotFound
from studio.engine.interchange.formats import Format
from studio.timelines import service as timelines
from studio.timelines.views import LossView

_MOST = 30


@dataclass(frozen=True, slots=True)
class Lost:
    """One thing the file does not have, and where."""

    what: str
    where: str


class CutExportState(rx.State):
    """The foot of the cut in the renders room."""

    form: str = ""
    address: str = ""
    losses: list[Lost] = []
    more: int = 0

    @handler()
    async def choose(self, form: str) -> None:
        """List what the cut loses in a format; none closes the list."""
        self.form, self.address, self.losses, self.more = "", "", [], 0
        if not form:
            return
        chosen: Format | None = next((each for each in get_args(Format) if each == form), None)
        if chosen is None:
            raise Invalid("Choose a format of the list.", field="form")
        cut = await self._cut()
        file = await read(timelines.export_timeline, cut, chosen)
        self.form, self.address = form, f"/api/v1/timelines/{cut}/export?format={form}"
        self.losses = [Lost(loss.what.partition(" is not in ")[0], _where(loss)) for loss in file.losses[:_MOST]]
        self.more = max(0, len(file.losses) - _MOST)

    async def _cut(self) -> str:
        """The cut on view; who may edit begins it where it is not begun."""
        strip = await self.get_state(CutState)
        script_id = strip._script_id
        if not script_id:
            raise NotFound("There is nothing to cut yet. Break the script down into shots first.")
        found = await read(timelines.find_cut, script_id)
        if found is None and (await self.get_state(ProjectState)).may_edit:
            found = await write(timelines.start_cut, script_id)
            await strip._look()
        if found is None:
            raise NotFound("The cut is begun with the first film. Ask somebody who may edit to make it.")
        return found.id


def _where(loss: LossView) -> str:
    return loss.where if loss.count == 1 else f"{loss.where} and {loss.count - 1} more"
