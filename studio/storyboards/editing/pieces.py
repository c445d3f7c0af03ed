"""One shot cut into two, and several joined to one: their plans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from studio.core.errors import Invalid
from studio.engine.time import Rate
from studio.storyboards.durations import holds_of, line_offsets, line_seconds
from studio.storyboards.editing.fields import with_length
from studio.storyboards.shots import Line, ShotPlan

Voiced = Mapping[tuple[int, int], float]
"""The seconds of recorded lines by where they stand in the source."""


def sounds_of(lines: Sequence[Line], voiced: Voiced) -> list[float]:
    """The seconds of each line, as recorded or as estimated."""
    return [voiced.get((line.start, line.end)) or line_seconds(line) for line in lines]


def parted(plan: ShotPlan, at: int | None, rate: Rate, voiced: Voiced) -> tuple[ShotPlan, ShotPlan, int]:
    """A shot as two, cut `at` frames after its start, and how many of its lines stay in the first.

    Lines that begin at the cut or after it go to the second; without `at` it is cut before the line nearest to its middle, or
    in its middle. Each is at least as long as what is said in it.

    Raises:
        Invalid: it is too short to be cut, or `at` is not inside it.
    """
    if plan.frames < 2:
        raise Invalid(f"{plan.number} lasts one frame and cannot be split.", field="at")
    starts = line_offsets(plan, voiced, rate)
    if at is None:
        inner = [start for start in starts[1:] if 0 < start < plan.frames]
        at = min(inner, key=lambda start: abs(start - plan.frames / 2), default=plan.frames // 2)
    if not 0 < at < plan.frames:
        raise Invalid(f"{plan.number} has {plan.frames} frames: split it inside them.", field="at")
    stays = sum(start < at for start in starts)
    holds = holds_of(plan)
    left, right = plan.lines[:stays], plan.lines[stays:]
    border = right[0].start if left and right else plan.start if right and not plan.action else plan.end
    border = min(max(border, plan.start), plan.end)
    first = replace(plan, lines=left, holds=holds[: stays + 1], end=border)
    second = replace(plan, lines=right, holds=(0.0, *holds[stays + 1 :]), start=border, action="")
    return (
        with_length(first, at, rate, sounds_of(left, voiced), at_least=True),
        with_length(second, plan.frames - at, rate, sounds_of(right, voiced), at_least=True),
        stays,
    )


def joined(plans: Sequence[ShotPlan], taken: Sequence[tuple[int, int]], rate: Rate, voiced: Voiced) -> ShotPlan:
    """Neighbouring shots as one, framed as the first, with everybody and everything said; as long as all of them.

    `taken` are the spans of the script that other shots cover: the joined one does not reach over them.
    """
    first = plans[0]
    start, end = first.start, first.end
    lines, holds, cast = first.lines, holds_of(first), first.cast
    for plan in plans[1:]:
        more = holds_of(plan)
        holds = (*holds[:-1], holds[-1] + more[0], *more[1:])
        lines = (*lines, *plan.lines)
        cast = (*cast, *(name for name in plan.cast if name not in cast))
        if plan.start >= end and not any(a < plan.start and b > end for a, b in taken):
            end = plan.end
    action = " ".join(plan.action for plan in plans if plan.action)
    whole = replace(first, lines=lines, holds=holds, cast=cast, start=start, end=end, action=action)
    return with_length(whole, sum(plan.frames for plan in plans), rate, sounds_of(lines, voiced), at_least=True)
