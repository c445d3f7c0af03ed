"""The report card of the film on view: what was found, where, and how its time and size compare with what was expected."""

from __future__ import annotations

from dataclasses import dataclass

import reflex as rx

from state.live import clock
from studio.core.links import captions_link
from studio.engine.report import Finding
from studio.engine.time import Rate
from studio.renders.views import RenderCard

_MOST = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One finding: `at` seconds into the film when `placed`, else it is about the whole."""

    level: str
    sentence: str
    placed: bool
    at: float
    time: str


class ReportState(rx.State):
    """One tab's view of the card."""

    told: str = ""
    score: int = 0  # how much of what was checked is well, and of how much
    checked: int = 0
    level: str = ""
    lines: list[Line] = []
    well: list[str] = []
    cost: str = ""
    sidecar: str = ""

    def _show(self, card: RenderCard) -> None:
        report = card.report
        self.cost = _cost(card)
        self.sidecar = captions_link(card.id, "srt") if card.order.captions == "file" else ""
        if report is None:
            self.told, self.level, self.lines, self.well = "", "", [], []
            return
        faults = report.faults
        self.level = report.level
        self.told = _told(len(faults))
        self.checked = len(report.findings)
        self.score = self.checked - len(faults)
        self.lines = [_line(f, card.rate) for f in faults[:_MOST]]
        self.well = [f.sentence for f in report.findings if f.level == "ok"]


def _told(faults: int) -> str:
    if not faults:
        return "All well. It can be shown."
    return (
        "One thing to look at before it is shown" if faults == 1 else f"{faults} things to look at before it is shown"
    )


def _line(finding: Finding, rate: Rate) -> Line:
    at = float(rate.seconds(finding.start))
    return Line(finding.level, finding.sentence, finding.end > 0, at, clock(at))


def _cost(card: RenderCard) -> str:
    """What it took and weighs beside what was expected; empty where nothing was."""
    if not card.estimated_bytes or card.took_s is None or not card.size_bytes:
        return ""
    return (
        f"Took {clock(card.took_s)}, {megabytes(card.size_bytes)}. "
        f"Expected {clock(card.estimated_s)}, {megabytes(card.estimated_bytes)}."
    )


def megabytes(size: int) -> str:
    """Bytes as people read them."""
    return f"{size / 1e6:.1f} MB" if size < 1e9 else f"{size / 1e9:.1f} GB"
