"""How figures are told: shares of a sample, a line beside its limit, and how busy the machine was."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_BUSY_SHARE = 0.15


def share(values: Sequence[float], part: float) -> float:
    """The value below which `part` (0..1) of a sample lies; NaN of nothing."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else float("nan")


def spread(seconds: Sequence[float]) -> str:
    """Median, 95th and 99th of a hundred, in milliseconds."""
    return " / ".join(f"{share(seconds, p) * 1000:.1f}" for p in (0.5, 0.95, 0.99)) + " ms"


def verdict(value: float, limit: float) -> str:
    """Whether a figure keeps its limit (both in the same unit)."""
    return "kept" if value <= limit else f"MISSED, {value / limit:.1f} x the limit"


@dataclass(frozen=True, slots=True)
class Usage:
    """What some processes have used so far: seconds of CPU, and the memory they hold in MB."""

    cpu_s: float
    memory_mb: float


def usage(pids: Sequence[int]) -> Usage:
    """The sum over processes; those that have gone count nothing."""
    cpu = pages = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        cpu += int(fields[11]) + int(fields[12])
        pages += int(fields[21])
    return Usage(cpu / _TICKS, pages * os.sysconf("SC_PAGE_SIZE") / 1e6)


def others_share(seconds: float = 2.0) -> float:
    """How much of this machine's CPU somebody uses while we do nothing (0..1)."""

    def now() -> tuple[int, int]:
        fields = [int(f) for f in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
        return sum(fields) - fields[3] - fields[4], sum(fields)

    busy, whole = now()
    time.sleep(seconds)
    busy_then, whole_then = now()
    return (busy_then - busy) / max(1, whole_then - whole)


def machine() -> str:
    """The machine in a line; figures taken while others work on it are no figures."""
    others = others_share()
    told = f"{os.cpu_count()} cores, others use {100 * others:.0f} % of them"
    return told + (": TOO BUSY, measure again when it is quiet" if others > _BUSY_SHARE else "")
