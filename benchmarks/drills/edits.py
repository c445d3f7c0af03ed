"""What an edit costs when everything else is kept: one text in A, one trim and one ripple in C."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.film.race import Edited, incremental
from benchmarks.film.timelines import REFERENCES

SECONDS = {"A": 20, "C": 60}
AT_MOST = {"text": 0.08, "trim": 0.02, "ripple": 0.02}
"""Share of the whole export's CPU."""


def edits(media: Path, *, whole: bool) -> Iterator[tuple[list[str], str]]:
    """Export, edit and export again; for each edit what is wrong, and the figures."""
    with tempfile.TemporaryDirectory(prefix="inkreel-edits-") as name:
        for reference, seconds in SECONDS.items():
            length = REFERENCES[reference].seconds if whole else seconds
            for each in incremental(reference, length, media, Path(name) / reference, say=False):
                yield list(_faults(each)), _told(each)


def _faults(each: Edited) -> Iterator[str]:
    share = each.cpu_s / each.full_cpu_s
    if share > AT_MOST[each.edit]:
        yield f"{share:.1%} of the whole export's CPU, not {AT_MOST[each.edit]:.0%}"
    if not each.untouched:
        yield "a segment nobody touched is another one"


def _told(each: Edited) -> str:
    made = ", ".join(map(str, each.made)) or "none"
    return (
        f"{each.reference} {each.seconds} s, {each.edit}: {each.cpu_s:.1f} of {each.full_cpu_s:.1f} s CPU "
        f"({each.cpu_s / each.full_cpu_s:.1%}), segments made anew: {made} of {each.pieces}"
    )
