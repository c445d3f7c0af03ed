"""The stage arranged by hand: figures and camera dragged on the plan or set by their fields, each an act on the board."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import reflex as rx

from state.board.board import BoardState
from state.board.editing import BoardEditState
from state.board.stage.floor import CAMERA, Disc, StageState, quick_of
from state.bridge import run, write
from state.gate import handler
from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Invalid, StudioError
from studio.engine.artist.spec import Expression, Pose
from studio.storyboards import service as storyboards
from studio.storyboards.stage.views import CameraPlacing, FigurePlacing
from studio.storyboards.views import BoardEdit

Name = Literal["pose", "face", "prop", "looks_at", "facing"]
Setting = Literal["azimuth", "height"]
_NOTHING = 0.005


class PlacingState(rx.State):
    """What was placed last, while the board is read again; `turns` counts refusals: everything is printed anew as it is."""

    turns: int = 0

    _edit: BoardEdit | None = None

    @handler()
    async def show(self) -> None:
        """Show the plan, or put it away."""
        stage, board = await self.get_state(StageState), await self.get_state(BoardState)
        stage.shown = not stage.shown
        await stage._look(board.shot.id)

    @handler()
    async def choose(self, name: str) -> None:
        stage = await self.get_state(StageState)
        found = next((disc for disc in stage.discs if disc.name == name), None)
        stage.chosen = found or Disc(name=CAMERA)

    @handler()
    async def put(self, form: dict[str, Any]) -> Any:
        """Something was dragged or pushed: a figure to a place and a direction, or the camera round its subject."""
        stage = await self.get_state(StageState)
        name = str(form.get("name", ""))
        disc = next((each for each in stage.discs if each.name == name), None)
        if name == CAMERA:
            return await self._place(camera=CameraPlacing(azimuth=_number(form.get("azimuth"))))
        if disc is None:
            raise Invalid("They are not on this plan any more.")
        stage.chosen = disc
        x, z, facing = (_number(form.get(key)) for key in ("x", "z", "facing"))
        return await self._place(
            FigurePlacing(
                name,
                x=None if abs(x - disc.x) < _NOTHING else x,
                z=None if abs(z - disc.z) < _NOTHING else z,
                facing=None if abs(facing - disc.facing) < _NOTHING else facing,
            )
        )

    @handler()
    async def change(self, name: Name, value: str) -> Any:
        """A field of whoever is chosen."""
        who = (await self.get_state(StageState)).chosen.name
        try:
            if name == "pose":
                return await self._place(FigurePlacing(who, pose=Pose(value)))
            if name == "face":
                return await self._place(FigurePlacing(who, expression=Expression(value)))
        except ValueError as e:
            raise Invalid("There is no such choice.", field=name) from e
        if name == "facing":
            return await self._place(FigurePlacing(who, facing=_number(value)))
        if name == "prop":
            return await self._place(FigurePlacing(who, prop=value))
        return await self._place(FigurePlacing(who, looks_at=value))

    @handler()
    async def film(self, name: Setting, value: str) -> Any:
        """A field of the camera; an empty height leaves it to the angle."""
        lens = (await self.get_state(StageState)).floor.lens
        if value.strip() == getattr(lens, name):
            return None
        if name == "azimuth":
            return await self._place(camera=CameraPlacing(azimuth=_number(value)))
        return await self._place(camera=CameraPlacing(height=_number(value) if value.strip() else 0.0))

    @handler()
    async def settle(self) -> None:
        """Read the board again; first the quick picture is drawn, which the page has been told of."""
        edit, self._edit = self._edit, None
        if edit is None:
            return
        stage = await self.get_state(StageState)
        if stage.quick:
            await run(storyboards.preview_panel, stage.floor.shot_id)
        await (await self.get_state(BoardEditState))._done(edit)

    async def _place(self, *figures: FigurePlacing, camera: CameraPlacing | None = None) -> Any:
        stage = await self.get_state(StageState)
        try:
            edit, tag = await write(_placed, stage.floor.shot_id, figures, camera)
        except StudioError:
            self.turns += 1
            raise
        if edit.seq is None:
            self.turns += 1
            return None
        stage.quick = quick_of(stage.floor.shot_id, tag) if stage.floor.redraws else ""
        self._edit = edit
        return PlacingState.settle


def _placed(
    uow: UnitOfWork, actor: Actor, shot_id: str, figures: Sequence[FigurePlacing], camera: CameraPlacing | None
) -> tuple[BoardEdit, str]:
    """The act, and what names the picture of what it left, in one transaction."""
    edit = storyboards.place_on_floor(uow, actor, shot_id, figures, camera)
    return edit, storyboards.preview_tag(uow, actor, shot_id)


def _number(value: Any) -> float:
    try:
        return float(str(value).strip().removesuffix("m").removesuffix("°").replace(",", "."))
    except ValueError as e:
        raise Invalid("Type a number, such as 1.5 or 30.") from e
