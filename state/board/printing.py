"""The print sheet of the board: what can be printed, what is being printed, and the files to take home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import reflex as rx
from pydantic import TypeAdapter, ValidationError

from state.board.scanning import ScanState
from state.bridge import read, write
from state.gate import handler
from state.hub import News
from state.live import LiveState, ago, clock, percent_of, stage_of, standing
from state.renders.renders import megabytes
from studio.core.errors import Invalid
from studio.core.links import print_link, shot_list_link
from studio.runs.labels import label
from studio.storyboards import service as storyboards
from studio.storyboards.printing.options import PrintOptions
from studio.storyboards.printing.shotlist import COLUMNS
from studio.storyboards.views import PrintView

_LISTED = 5
LAYOUTS = storyboards.list_layouts()
"""The layouts as the sheet draws them."""
FIELDS = tuple((name, column.label) for name, column in COLUMNS.items())
"""Columns of a shot list: name and label."""
NAMES = (("{order}-{shot}", "0001-2A.png"), ("{shot}", "2A.png"), ("{title} {shot} {size}", "The Last Ferry 2A CU.png"))
"""How pictures in a ZIP may be called: pattern and an example."""
FRAMES = (
    ("2x3", "6, in 2 columns"),
    ("1x3", "3, words beside"),
    ("1x4", "4, words beside"),
    ("2x4", "8"),
    ("3x4", "12"),
    ("1x1", "1"),
)
"""Frames on a page of a worksheet: columns x rows, and in words."""
_CONTACT, _WORKSHEET = "contact", "worksheet"
_options: TypeAdapter[PrintOptions] = TypeAdapter(PrintOptions)


@dataclass(frozen=True, slots=True)
class Printed:
    """A file that was asked for; `state` is that of its job, `link` is empty until it can be taken."""

    id: str
    label: str
    told: str
    state: str
    percent: int
    left: str
    link: str
    problem: str


class PrintState(rx.State):
    """The print sheet of one tab."""

    prints: list[Printed] = []
    shot_list: str = ""
    _script_id: str = ""

    @handler()
    async def show(self) -> None:
        await self._look()

    @handler()
    async def make(self, form: dict[str, Any]) -> None:
        """Make the file the sheet is filled in for."""
        if self._script_id:
            await write(storyboards.submit_print, self._script_id, wished(form))
            await self._look()
            await (await self.get_state(LiveState))._look()

    async def _open(self, script_id: str) -> None:
        """The board whose files these are."""
        self._script_id = script_id
        self.shot_list = shot_list_link(script_id) if script_id else ""
        self.prints = []
        await (await self.get_state(ScanState))._open(script_id)

    async def _hear(self, news: News) -> None:
        if self.prints and (news.all or any(r["kind"] == "print" for r in news.runs.values())):
            await self._look()

    async def _look(self) -> None:
        if self._script_id:
            found = await read(storyboards.list_prints, self._script_id, limit=_LISTED)
            self.prints = [_printed(view) for view in found.items]


def wished(form: dict[str, Any]) -> PrintOptions:
    """The options a filled-in sheet stands for. Raises: Invalid."""
    what = form.get("what", "")
    plain: dict[str, Any] = {"format": form.get("list", "xlsx") if what == "list" else what or "pdf"}
    if what == _CONTACT:
        plain |= {"format": "pdf", "layout": _CONTACT}
    elif what == "pdf":
        plain["layout"] = form.get("layout", "standard")
    if what == _WORKSHEET:
        columns, _, rows = str(form.get("frames", FRAMES[0][0])).partition("x")
        blank = form.get("pages") or "0" if form.get("part") == "blank" else "0"
        plain |= {"paper": form.get("paper", "letter"), "columns": columns, "rows": rows, "blank": blank}
        plain["landscape"] = bool(form.get("turned"))
    if plain["format"] == "pdf":
        layout = next((each for each in LAYOUTS if each.name == plain["layout"]), None)
        turned = form.get("turned") and layout is not None and layout.turns
        plain |= {"paper": form.get("paper", "letter"), "cover": bool(form.get("cover"))}
        plain |= {"landscape": not layout.landscape} if turned and layout else {}
    if what == "list":
        plain["fields"] = tuple(name for name, _ in FIELDS if form.get(f"field-{name}"))
        if not plain["fields"]:
            raise Invalid("Choose at least one column for the shot list.", field="fields")
    if what == "zip":
        plain["names"] = form.get("names", NAMES[0][0])
    if form.get("part") == "scene":
        plain["scenes"] = (form.get("scene"),)
    try:
        return _options.validate_python(plain)
    except ValidationError as e:
        raise Invalid("This cannot be printed so. Choose again.") from e


def _printed(view: PrintView) -> Printed:
    run = view.run
    made = view.sha256 is not None
    size = megabytes(view.size_bytes) if view.size_bytes else ""
    ended = " · ".join(filter(None, ((view.layout or "").capitalize(), size, ago(view.created_at))))
    return Printed(
        id=view.id,
        label=view.name or label("print", {"format": view.format}),
        told=ended if run.ended else stage_of(run),
        state=standing(run),
        percent=percent_of(run),
        left="" if run.ended else clock(run.eta_s),
        link=print_link(view.id) if made else "",
        problem=(run.error_message or "It could not be made.") if standing(run) == "failed" else "",
    )
