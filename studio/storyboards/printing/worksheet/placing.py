"""Whose drawings those of a scanned worksheet are, and what is told of every frame. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from studio.storyboards.printing.worksheet.apart import SheetPage
from studio.storyboards.printing.worksheet.code import BLANK, script_tag, tag_of

Came = Literal["kept", "blank", "gone", "unplaced"]
"""What came of a frame: a drawing of its panel, nothing in it, its panel is off the board, nobody's and no shot was chosen."""


@dataclass(frozen=True, slots=True)
class FrameReport:
    """What came of a frame, and the number of its panel where it has one."""

    came: Came
    shot: str = ""


@dataclass(frozen=True, slots=True)
class SheetReport:
    """What came of a page (from 1) of a file: `told` in a sentence, frame by frame where a worksheet was found."""

    file: str
    page: int
    told: str
    frames: tuple[FrameReport, ...] = ()

    def plain(self) -> dict[str, Any]:
        """JSON values."""
        return asdict(self) | {"frames": [asdict(frame) for frame in self.frames]}


def sheet_report(plain: Mapping[str, Any]) -> SheetReport:
    """The report from its JSON values."""
    frames = tuple(FrameReport(frame["came"], frame["shot"]) for frame in plain["frames"])
    return SheetReport(plain["file"], plain["page"], plain["told"], frames)


class Placing:
    """Gives drawings to the panels of a script, page after page: by their tags, and those of blank sheets to `first` and the
    panels after it. `panels` are (id, number) in the order of the board.
    """

    def __init__(self, script_id: str, panels: Sequence[tuple[str, str]], first: str | None) -> None:
        self._script = script_tag(script_id)
        self._numbers = dict(panels)
        self._by_tag = {tag_of(panel_id): panel_id for panel_id in self._numbers}
        order = list(self._numbers)
        self._next = order[order.index(first) :] if first in self._numbers else []

    def place(self, sheet: SheetPage, file: str, page: int) -> tuple[SheetReport, tuple[tuple[str, bytes], ...]]:
        """What came of a page, and its drawings as (panel, PNG)."""
        if sheet.problem:
            return SheetReport(file, page, sheet.problem), ()
        nobodys = all(tag == BLANK for tag in sheet.frames)
        if sheet.script != self._script and not nobodys:
            return SheetReport(
                file, page, "This sheet belongs to another script. Bring it in on that script's board."
            ), ()
        frames: list[FrameReport] = []
        kept: list[tuple[str, bytes]] = []
        for tag, drawing in zip(sheet.frames, sheet.drawings, strict=True):
            owner = self._by_tag.get(tag)
            if drawing is None:
                frames.append(FrameReport("blank", self._numbers.get(owner or "", "")))
                continue
            if tag == BLANK and self._next:
                owner = self._next.pop(0)
            if owner is None:
                frames.append(FrameReport("unplaced" if tag == BLANK else "gone"))
                continue
            frames.append(FrameReport("kept", self._numbers[owner]))
            kept.append((owner, drawing))
        return SheetReport(file, page, _told(frames), tuple(frames)), tuple(kept)


def _told(frames: Sequence[FrameReport]) -> str:
    kept = [frame.shot for frame in frames if frame.came == "kept"]
    counts = {came: sum(frame.came == came for frame in frames) for came in ("blank", "gone", "unplaced")}
    told = [f"Drawings for {', '.join(kept)}." if kept else "No drawing was taken."]
    if counts["blank"]:
        told.append(f"{_frames(counts['blank'])} blank.")
    if counts["gone"]:
        told.append(f"{_frames(counts['gone'])} of shots that are not on this board any more.")
    if counts["unplaced"]:
        told.append(
            f"{_frames(counts['unplaced'])} of no shot: choose the shot they begin with and bring the sheet in again."
        )
    return " ".join(told)


def _frames(count: int) -> str:
    return f"{count} frame{' is' if count == 1 else 's are'}"
