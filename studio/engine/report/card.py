"""The report card of a finished file: findings, each with its place, what was measured and the limit it is held against."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

Level = Literal["ok", "warn", "fail"]
_WORST: tuple[Level, ...] = ("ok", "warn", "fail")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing measured: `kind` says which, `start` and `end` are frames of the film (both 0: the whole of it).

    `measured` and `limit` are in the unit the sentence names.
    """

    kind: str
    level: Level
    start: int
    end: int
    sentence: str
    measured: float
    limit: float


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of a file, the gravest first; `numbers` are what was measured without a limit to hold it against."""

    findings: tuple[Finding, ...]
    numbers: dict[str, float]

    @property
    def level(self) -> Level:
        return _WORST[max((_WORST.index(f.level) for f in self.findings), default=0)]

    @property
    def faults(self) -> tuple[Finding, ...]:
        """What is not well."""
        return tuple(f for f in self.findings if f.level != "ok")

    def plain(self) -> dict[str, Any]:
        """JSON values."""
        return {"level": self.level, "findings": [asdict(f) for f in self.findings], "numbers": self.numbers}


def report_of(findings: Iterable[Finding], numbers: dict[str, float]) -> Report:
    """The card with its findings in order: the gravest first, then by place."""
    ordered = sorted(findings, key=lambda f: (-_WORST.index(f.level), f.start, f.kind))
    return Report(tuple(ordered), {name: round(value, 3) for name, value in numbers.items()})


def from_plain(plain: dict[str, Any]) -> Report:
    """The card from its JSON values."""
    return Report(tuple(Finding(**f) for f in plain["findings"]), dict(plain["numbers"]))
