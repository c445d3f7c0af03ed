"""The inspector of the Cut room: what is chosen, its properties at the playhead, and every change of them as one act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

import reflex as rx

from state.bridge import read
from state.cut.document import cut_of, document_of
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
    group_named,
    head_of,
    meant_by,
    pace_of,
    seams_of,
    times_of,
)
from state.cut.room import CutRoomState
from state.gate import handler
from state.renders.cut import frames_of, timecode
from state.sparing import Sparing
from studio.core.errors import Invalid, NotFound, StudioError
from studio.engine.editing import Edit
from studio.engine.timeline import PICTURE, Timeline
from studio.engine.timeline.curves import Way
from studio.media import service as media
from studio.storyboards import service as storyboards
from studio.storyboards.views import PanelCard
from studio.thread.views import ProjectHome
from studio.timelines.properties import setting, styles, table
from studio.timelines.properties.reading import Spot, chosen_of

Which = Literal["in", "out", "length"]
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
    turns: int = 0  # counts refused changes: fields are printed anew as they are
    _project_id: str = ""
    _cut: str = ""
    _chosen: tuple[str, ...] = ()

    @handler()
    async def change(self, group: str, name: str, value: float | str | bool) -> None:
        """Set a property of what is chosen, at the playhead where keys change it."""
        cut, frame = await self._seen()
        spots = self._meant(cut, group)
        each = table.property_of(name, spots[0].clip.effects)
        label = f"{each.label.lower()} of {_named(spots)}" if each else ""
        await self._make(lambda: setting.set_value(cut, spots, name, value, frame), label)

    @handler()
    async def turn_key(self, group: str, name: str) -> None:
        """Put a key on the playhead, or take the one there away."""
        cut, frame = await self._seen()
        spots = self._meant(cut, group)
        await self._make(lambda: setting.turn_key(cut, spots, name, frame), f"key of {_named(spots)}")

    @handler()
    async def go_on(self, group: str, name: str, way: Way) -> None:
        """How a value goes on from the key on the playhead."""
        cut, frame = await self._seen()
        spots = self._meant(cut, group)
        await self._make(lambda: setting.set_way(cut, spots, name, way, frame), f"key of {_named(spots)}")

    @handler()
    async def restore(self, group: str, name: str = "") -> None:
        """A group of properties as it was at first, or the one of a name."""
        cut, _ = await self._seen()
        spots = self._meant(cut, group)
        found = group_named(cut, self._chosen, group)
        if found is None:
            return
        if name:
            found = replace(found, properties=tuple(each for each in found.properties if each.name == name))
        told = (found.properties[0].label if name and found.properties else found.title).lower()
        await self._make(lambda: setting.reset(spots, found), f"reset {told} of {_named(spots)}")

    @handler()
    async def time(self, which: Which, value: str) -> None:
        """Trim the chosen clip to a time; a new length moves along what follows."""
        cut, _ = await self._seen()
        clip = self._meant(cut, "")[0].clip
        was = {"in": clip.start, "out": clip.end, "length": clip.frames}[which]
        if value.strip() in ("", timecode(was, cut.rate)):
            return
        await self._make(
            lambda: [
                Edit(
                    "trim",
                    {
                        "clip": clip.id,
                        "edge": "in" if which == "in" else "out",
                        "by": frames_of(value, cut.rate) - was,
                        "ripple": which == "length",
                    },
                )
            ],
            f"trim {clip.name}",
        )

    @handler()
    async def speed(self, percent: str) -> None:
        if percent.strip() in ("", self.pace.percent):
            return
        cut, _ = await self._seen()
        spots = self._meant(cut, "")
        await self._make(lambda: setting.set_speed(spots, _number(percent)), f"speed of {_named(spots)}")

    @handler()
    async def reverse(self) -> None:
        cut, _ = await self._seen()
        spots = self._meant(cut, "")
        await self._make(lambda: setting.set_speed(spots, back=not self.pace.back), f"reverse {_named(spots)}")

    @handler()
    async def freeze(self) -> None:
        """Stand still, or run again."""
        cut, _ = await self._seen()
        spots = self._meant(cut, "")
        await self._make(lambda: setting.set_speed(spots, 100 if self.pace.frozen else 0), f"freeze {_named(spots)}")

    @handler()
    async def keep_pitch(self) -> None:
        cut, _ = await self._seen()
        spots = self._meant(cut, "")
        await self._make(lambda: setting.set_speed(spots, keep_pitch=not self.pace.pitch), f"pitch of {_named(spots)}")

    @handler()
    async def add_effect(self, code: str) -> None:
        cut, _ = await self._seen()
        spots = self._meant(cut, "")
        if code:
            await self._make(
                lambda: setting.add_effect(spots, code), f"{dict(table.EFFECTS).get(code, '')} on {_named(spots)}"
            )

    @handler()
    async def remove_effect(self, number: int) -> None:
        cut, _ = await self._seen()
        spots = self._meant(cut, "")
        await self._make(lambda: setting.remove_effect(spots, max(0, number)), f"effect off {_named(spots)}")

    @handler()
    async def move_effect(self, number: int, by: int) -> None:
        cut, _ = await self._seen()
        spots = self._meant(cut, "")
        await self._make(lambda: setting.move_effect(spots, max(0, number), by), f"order of effects of {_named(spots)}")

    @handler()
    async def restyle(self, code: str) -> None:
        """Letters in one of the styles there are."""
        cut, _ = await self._seen()
        spots = self._meant(cut, "")
        if code:
            await self._make(lambda: styles.styled(spots, code), f"style of {_named(spots)}")

    @handler()
    async def lay_lut(self, sha256: str) -> None:
        """Lay one of the project's LUTs on the colours; "" takes it off."""
        cut, _ = await self._seen()
        spots = self._meant(cut, "")
        if sha256 and all(each.code != sha256 for each in self.luts):
            raise Invalid("There is no such LUT in this project.", field="lut")
        await self._make(lambda: setting.set_lut(spots, sha256), f"LUT on {_named(spots)}")

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
            await whole._show("", None)
            return
        found, frame = await cut_of(cut), (await self.get_state(CutRoomState)).rest
        timeline = found.timeline
        await whole._show(cut, timeline)
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

    async def _seen(self) -> tuple[Timeline, int]:
        """The cut, and where the playhead stands."""
        return await document_of(self._cut), (await self.get_state(CutRoomState)).rest

    def _meant(self, cut: Timeline, group: str) -> tuple[Spot, ...]:
        spots = meant_by(cut, self._chosen, group)
        if not spots:
            raise Invalid("Choose a clip first.", field="clips")
        return spots

    async def _make(self, edits: Callable[[], Sequence[Edit]], label: str) -> None:
        """Make edits as one act; where they cannot be, the fields are printed anew."""
        try:
            if made := edits():
                await (await self.get_state(CutRoomState))._make(made, label)
        except StudioError:
            self.turns += 1
            raise

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


def _named(spots: Sequence[Spot]) -> str:
    return spots[0].clip.name or "a clip" if len(spots) == 1 else f"{len(spots)} clips"


def _number(text: str) -> float:
    """Per cent as people type it. Raises: Invalid."""
    try:
        return abs(float(text.strip().removesuffix("%").replace(",", ".")))
    except ValueError as e:
        raise Invalid("Type a number, such as 50 or 200.", field="speed") from e
