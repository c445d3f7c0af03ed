"""The figures as people read them."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.film.race import LIMIT, OURS, Edited, Result
from benchmarks.film.timelines import REFERENCES

_GOALS = {"A": 1.35, "B": 1.15, "C": 1.2}
"""CPU against the limit, at most (engine.md)."""


def table(results: Sequence[Result], edits: Sequence[Edited]) -> str:
    """Both tables in Markdown."""
    lines = [
        "| film | who | CPU s | x limit | x ours | wall s | peak MB | SSIM | |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    by = {(r.reference, r.who): r for r in results if not r.fault}
    for r in results:
        what = f"{r.reference} {REFERENCES[r.reference].title}, {r.seconds} s"
        if r.fault and not r.cpu_s:
            lines.append(f"| {what} | {r.who} | - | - | - | - | - | - | {r.fault} |")
            continue
        against = [_times(r, by.get((r.reference, who))) for who in (LIMIT, OURS)]
        said = f"does not count: {r.fault}" if r.fault else _goal(r, by.get((r.reference, LIMIT)))
        figures = [f"{r.cpu_s:.1f}", *against, f"{r.wall_s:.1f}", f"{r.peak_mb:.0f}", f"{r.ssim:.3f}", said]
        lines.append(f"| {what} | {r.who} | {' | '.join(figures)} |")
    if edits:
        lines += [
            "",
            "| edit, warm cache | CPU s | of the whole export's | wall s | pieces made anew | every other piece |",
        ]
        lines.append("|---|---|---|---|---|---|")
    for e in edits:
        share = f"{100 * e.cpu_s / e.full_cpu_s:.1f} % of {e.full_cpu_s:.1f} s"
        made = f"{', '.join(str(n + 1) for n in e.made) or 'none'} of {e.pieces}"
        same = "byte-identical" if e.untouched else "CHANGED"
        lines.append(
            f"| {e.reference}, {e.seconds} s: {e.edit} | {e.cpu_s:.1f} | {share} | {e.wall_s:.1f} | {made} | {same} |"
        )
    return "\n".join(lines)


def page(results: Sequence[Result], edits: Sequence[Edited], machines: Sequence[str], ffmpeg: str) -> str:
    """docs/figures-render.md."""
    return f"""# What a film costs to render

`make bench-render` makes its own media and renders the first seconds of four timelines (`--whole`: all of them) by everybody in
turn: our engine with two processes and an empty cache, one plain ffmpeg graph, MLT's melt, MoviePy 2.2.1, and the limit: the
finished film decoded and encoded once more, which nobody who encodes can go below. All write libx264 veryfast crf 20, AAC 128k,
30 frames a second. CPU is user and system time of the whole tree of processes; Python programs are counted from when they have
read their parts, as a worker has. Letters come to the peers as pictures we drew (MLT's own draw nothing without a screen).
Remotion 4.0.529 renders A, start-up included, in the Chromium of the machine with two tabs.

A film counts when its frames are exact in number, 24 of them spread over it are like our compositor's unencoded ones (SSIM 0.90
at 480 x 270), and its sound has the right length (0.1 s) and is the one ffmpeg mixes (correlation 0.80, at the best lag within
60 ms). In the product every film has a report card, for which each new piece is decoded once more and watched, and up to 60 cuts
are drawn to hold it against: that is a row of its own, for nobody else does it. Edits are made in the middle of the film after one
export, both with the card; what the cache then holds is compared byte by byte.

ffmpeg {ffmpeg}; {machines[0]}; afterwards {machines[-1]}

{table(results, edits)}
"""


def _times(one: Result, other: Result | None) -> str:
    return f"{one.cpu_s / other.cpu_s:.2f}" if other and other.cpu_s else "-"


def _goal(result: Result, limit: Result | None) -> str:
    goal = _GOALS.get(result.reference)
    if result.who != OURS or goal is None or limit is None:
        return ""
    return f"goal {goal} x limit: {'met' if result.cpu_s <= goal * limit.cpu_s else 'missed'}"
