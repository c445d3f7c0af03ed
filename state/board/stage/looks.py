"""How the people of a board look: one of them open on the sheet, their fields, and how alike their drawings are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import quote

import reflex as rx

from state.board.board import BoardState
from state.board.editing import BoardEditState
from state.board.panels import counted, person
from state.bridge import read, run, write
from state.gate import handler
from studio.core.errors import Invalid, StudioError
from studio.engine.artist.people.look import BOTTOMS, GREYS, HAIRS, SKINS, TOPS
from studio.storyboards import service as storyboards
from studio.storyboards.stage.views import LikenessView, LookFields, PersonLook, hexed

Name = Literal["feminine", "age", "stature", "build", "hair", "hair_style", "hat", "garment", "top", "bottom", "skin"]
SWATCHES = {
    name: tuple(map(hexed, colours))
    for name, colours in {"top": TOPS, "bottom": BOTTOMS, "hair": (*HAIRS, *GREYS), "skin": SKINS}.items()
}
"""The colours to choose from at once, by field."""
_YES_NO = ("feminine", "hat")
_NUMBERS = ("stature", "build")


@dataclass(frozen=True, slots=True)
class Looker:
    """Somebody of a board as the sheet prints them; `portrait` is the address of a picture of them."""

    name: str = ""
    spoken: str = ""
    panels: str = ""
    decided: bool = False
    portrait: str = ""
    feminine: str = ""
    age: str = ""
    stature: str = ""
    build: str = ""
    hair: str = ""
    hair_style: str = ""
    hat: str = ""
    garment: str = ""
    top: str = ""
    bottom: str = ""
    skin: str = ""


class LooksState(rx.State):
    """The sheet of looks of one tab; `alike` says how alike the open one's drawings are, once they were compared."""

    people: list[Looker] = []
    open: Looker = Looker()
    alike: str = ""
    apart: bool = False  # farther than one person may be
    comparing: bool = False
    turns: int = 0  # counts refused changes: fields are printed anew as they are

    @handler()
    async def show(self, name: str) -> None:
        """Open the sheet on somebody; "" is whoever was open, or the first."""
        await self._look(name or self.open.name)

    @handler()
    async def change(self, name: Name, value: str) -> None:
        if value == getattr(self.open, name):
            return
        board = await self.get_state(BoardState)
        try:
            edit = await write(
                storyboards.change_look, board._script_id, self.open.name, LookFields(**{name: _value(name, value)})
            )
        except StudioError:
            self.turns += 1
            raise
        await (await self.get_state(BoardEditState))._done(edit)
        await self._look(self.open.name)

    @handler()
    async def compare(self) -> Any:
        """Say that the drawings are being compared, then compare them."""
        self.comparing, self.alike = True, ""
        return LooksState.compared

    @handler()
    async def compared(self) -> None:
        board = await self.get_state(BoardState)
        try:
            found = await run(storyboards.likeness_of, board._script_id, self.open.name)
        finally:
            self.comparing = False
        self.alike, self.apart = told_of(found), found.farthest is not None and found.farthest > found.bound

    async def _look(self, name: str) -> None:
        script_id = (await self.get_state(BoardState))._script_id
        looks = await read(storyboards.list_looks, script_id)
        self.people = [_looker(script_id, look) for look in looks]
        found = next((each for each in self.people if each.name == name), None)
        found = found or (self.people[0] if self.people else Looker())
        if found != self.open:
            self.open, self.alike, self.apart = found, "", False


def told_of(found: LikenessView) -> str:
    """What was measured, in a sentence."""
    drawn = f"Drawn in {counted(found.panels, 'panel')}"
    if found.farthest is None:
        return f"{drawn}; fewer than two show enough to compare."
    told = f"{drawn}, farthest likeness {found.farthest:.2f} of {found.bound:.2f} allowed"
    pair = f"{found.first_number} and {found.second_number}" if found.farthest else ""
    some = "" if found.compared == found.panels else f"; {found.compared} compared"
    return f"{told}{f' ({pair})' if pair else ''}{some}."


def _looker(script_id: str, look: PersonLook) -> Looker:
    colours = f"{look.top}{look.bottom}{look.skin}{look.hair}"
    shape = f"{look.feminine}{look.age}{look.stature}{look.build}{look.hair_style}{look.hat}{look.garment}"
    version = quote(f"{colours}{shape}")
    return Looker(
        name=look.name,
        spoken=person(look.name),
        panels=counted(look.panels, "panel"),
        decided=look.chosen,
        portrait=f"/api/v1/scripts/{script_id}/looks/portrait?name={quote(look.name)}&v={version}",
        feminine="yes" if look.feminine else "no",
        age=look.age,
        stature=f"{look.stature:g}",
        build=f"{look.build:g}",
        hair=look.hair,
        hair_style=look.hair_style,
        hat="yes" if look.hat else "no",
        garment=look.garment,
        top=look.top,
        bottom=look.bottom,
        skin=look.skin,
    )


def _value(name: Name, value: str) -> Any:
    if name in _YES_NO:
        return value == "yes"
    if name not in _NUMBERS:
        return value.strip()
    try:
        return float(value.strip().removesuffix("m").replace(",", "."))
    except ValueError as e:
        raise Invalid("Type a number, such as 1.75.", field=name) from e
