"""The templates of the Cut room: the gallery, the form of one with its poster, laid into the cut, filled anew, saved."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

import reflex as rx

from state.bridge import read, write
from state.cut.bin.shelf import shots_with
from state.cut.room import CutRoomState
from state.gate import handler
from state.hub import News
from studio.core.errors import Invalid
from studio.engine.templates import Parameter, Template
from studio.engine.templates.model import ParameterKind, Value
from studio.media import service as media
from studio.thread.views import ProjectHome
from studio.timelines import service as timelines

_MOST_FILES = 300
_LONGEST_ADDRESS = 3_000
_OF_USE = re.compile(r"[0-9a-f]{8}-[0-9]+(~[0-9]+)?")
"""What clips that came with a template are called."""


@dataclass(frozen=True, slots=True)
class TemplateItem:
    """A template in the gallery; `posters` is the address of its poster, but for the moment it shows, and `carried` what the
    timeline is given when it is dropped there."""

    id: str = ""
    name: str = ""
    about: str = ""
    lasts: str = ""
    ours: bool = True
    posters: str = ""
    carried: str = ""


@dataclass(frozen=True, slots=True)
class FieldItem:
    """Something to fill, and what is in it; a number has its limits in words."""

    name: str
    label: str
    kind: ParameterKind
    value: str
    least: str = ""
    most: str = ""
    choices: tuple[str, ...] = ()
    long: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class FileChoice:
    """A picture or a film of the bin."""

    sha256: str
    name: str


class TemplatesState(rx.State):
    """The gallery, or the form of the template that is open; `use` is the one in the cut that is being filled anew."""

    items: list[TemplateItem] = []
    open: TemplateItem = TemplateItem()
    fields: list[FieldItem] = []
    files: list[FileChoice] = []
    poster: str = ""
    use: str = ""
    chosen: int = 0  # clips that can be saved as a template
    made_of: bool = False  # what is chosen came with a template
    project: str = ""
    laid: int = 0  # counts templates that were laid down from their form

    _chosen: tuple[str, ...] = ()
    _values: dict[str, Value] = {}
    _script_id: str = ""

    @handler()
    async def choose(self, template_id: str) -> None:
        """Open the form of a template; "" goes back to the gallery."""
        if not template_id:
            self._shut()
            return
        await self._show(template_id, {}, "")

    @handler()
    async def choose_used(self) -> None:
        """Open the form of the template the chosen clip came with, as it was filled."""
        room = await self.get_state(CutRoomState)
        found = await read(timelines.find_use, room.cut, self._chosen[0]) if self._chosen and room.cut else None
        if found is None:
            raise Invalid("Choose a clip of a template first.")
        await self._show(found.template_id, found.values, found.use)

    @handler()
    async def set_value(self, name: str, value: str) -> None:
        """Fill something; what cannot be is refused when it is laid down."""
        field = next((each for each in self.fields if each.name == name), None)
        if field is None or field.value == value:
            return
        self._values = {**self._values, name: _number(value) if field.kind in ("length", "number") else value}
        self.fields = [replace(each, value=value) if each.name == name else each for each in self.fields]
        self.poster = self._poster()

    @handler()
    async def save(self, form: dict[str, Any]) -> None:
        """Keep the chosen clips of the cut as a template."""
        room = await self.get_state(CutRoomState)
        if not (room.cut and self._chosen):
            raise Invalid("Choose clips of the cut first.")
        await write(timelines.save_template, room.cut, list(self._chosen), name=str(form.get("name", "")))
        await self._list()

    @handler()
    async def bring(self, name: str, text: str) -> None:
        """A template of a file that another project wrote."""
        del name  # what it is called stands in it
        await write(timelines.add_template, self.project, text.encode("utf-8", "replace"))
        await self._list()

    @handler()
    async def rename(self, name: str) -> None:
        if self.open.id and not self.open.ours and name.strip() != self.open.name:
            await write(timelines.change_template, self.open.id, name=name)
            await self._list()
            self.open = next((item for item in self.items if item.id == self.open.id), self.open)

    @handler()
    async def delete(self) -> None:
        if self.open.id:
            await write(timelines.delete_template, self.open.id)
            self._shut()
            await self._list()

    async def _open(self, home: ProjectHome) -> None:
        if home.card.id != self.project:
            self.reset()
            self.project = home.card.id
        self._script_id = home.script.id if home.script and home.shots else ""
        await self._list()

    async def _look(self, cut: str, chosen: tuple[str, ...]) -> None:
        """What is chosen may be saved, or may have come with a template."""
        if chosen != self._chosen:
            self._chosen, self.chosen = chosen, len(chosen)
            self.made_of = bool(chosen) and bool(_OF_USE.fullmatch(chosen[0]))
            if self.use:
                self._shut()

    async def _hear(self, news: News) -> None:
        if self.project and (news.all or "templates" in news.changed):
            await self._list()

    async def _list(self) -> None:
        cards = await read(timelines.list_templates, self.project)
        self.items = [
            TemplateItem(
                c.id,
                c.name,
                c.about,
                f"{c.seconds:g} s",
                c.ours,
                f"{self._address(c.id)}sampled=true&",
                json.dumps({"template": c.id, "name": c.name}),
            )
            for c in cards
        ]

    async def _show(self, template_id: str, values: dict[str, Any], use: str) -> None:
        template = await read(timelines.get_template, self.project, template_id)
        self.open = next((item for item in self.items if item.id == template_id), TemplateItem())
        self.use, self._values = use, {}
        self.fields = [_field(each, values.get(each.name, each.default)) for each in template.parameters]
        self._values = {each.name: values.get(each.name, each.default) for each in template.parameters}
        if _takes_media(template):
            self.files = await self._to_show()
        self.poster = self._poster()

    async def _to_show(self) -> list[FileChoice]:
        """What can fill a place for a picture: files of the bin, then the shots of the board that are drawn."""
        found = await read(media.list_media, self.project, kinds=("video", "image"), limit=_MOST_FILES)
        files = [FileChoice(file.sha256, file.name) for file in found.items]
        if not self._script_id:
            return files
        cards, _ = await read(shots_with, self._script_id, "", _MOST_FILES)
        drawn = {card.sha256: f"Shot {card.number}" for card in cards if card.sha256}
        return files + [FileChoice(sha256, name) for sha256, name in drawn.items()]

    def _done(self) -> None:
        """What the form was for is laid down."""
        self.laid += 1
        self._shut()

    def _shut(self) -> None:
        self.open, self.fields, self.use, self.poster, self._values = TemplateItem(), [], "", "", {}

    def _address(self, template_id: str) -> str:
        return f"/api/v1/projects/{self.project}/templates/{template_id}/picture?"

    def _poster(self) -> str:
        """The address of the posters as it is filled, but for the moment; too many words to be told in an address are left out."""
        told = quote(json.dumps(self._values, separators=(",", ":"), ensure_ascii=False))
        with_values = f"values={told}&" if len(told) <= _LONGEST_ADDRESS else ""
        return f"{self._address(self.open.id)}width=480&{with_values}"


def _field(parameter: Parameter, value: Value) -> FieldItem:
    return FieldItem(
        name=parameter.name,
        label=parameter.label,
        kind=parameter.kind,
        value=f"{value:g}" if isinstance(value, int | float) else value,
        least=f"{parameter.least:g}",
        most=f"{parameter.most:g}",
        choices=parameter.choices,
        long=parameter.long,
        optional=parameter.optional,
    )


def _number(text: str) -> Value:
    """A number as somebody types it; anything else stays words, which are refused by name."""
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return text


def _takes_media(template: Template) -> bool:
    return any(each.kind == "media" for each in template.parameters)
