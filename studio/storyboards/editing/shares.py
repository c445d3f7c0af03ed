"""How the panels of a shot share its frames: whole frames that always add up to the shot."""

from __future__ import annotations

from collections.abc import Sequence

from studio.core.errors import Invalid


def lengths_of(shares: Sequence[int], frames: int) -> tuple[int, ...]:
    """The frames of each panel of a shot: in the proportion of their shares, at least one each while there are enough.

    Shares that add up to the shot are the lengths themselves.
    """
    count, whole = len(shares), sum(shares)
    if frames < count:
        return tuple(int(at < frames) for at in range(count))
    ends: list[int] = []
    reached = 0
    for at, share in enumerate(shares, start=1):
        reached += share
        end = (2 * frames * reached + whole) // (2 * whole)
        before = ends[-1] if ends else 0
        ends.append(min(max(end, before + 1), frames - (count - at)))
    return tuple(end - start for start, end in zip([0, *ends], ends, strict=False))


def timed(lengths: Sequence[int], index: int, frames: int) -> tuple[int, ...]:
    """The lengths with one of them set: the panels after it give or take the rest, nearest first, then those before it.

    Raises:
        Invalid: it leaves no frame for one of the others.
    """
    most = sum(lengths) - (len(lengths) - 1)
    if len(lengths) == 1 and frames != most:
        raise Invalid("The only panel of a shot lasts as long as the shot. Change the length of that.", field="frames")
    if not 1 <= frames <= most:
        what = f"from 1 to {most} frames" if most > 1 else "one frame"
        raise Invalid(
            f"This panel can last {what}: the others need one each. Make the shot longer first.", field="frames"
        )
    out = list(lengths)
    owed = frames - lengths[index]
    out[index] = frames
    for other in (*range(index + 1, len(out)), *range(index - 1, -1, -1)):
        given = min(owed, out[other] - 1)
        out[other] -= given
        owed -= given
        if not owed:
            break
    return tuple(out)


def halved(lengths: Sequence[int], index: int) -> tuple[int, ...]:
    """The lengths with a new panel after this one: they share its frames. Raises: Invalid (there is no frame for it)."""
    if sum(lengths) <= len(lengths):
        raise Invalid("There is no frame left for another panel. Make the shot longer first.", field="frames")
    mine = max(1, lengths[index] // 2)
    if lengths[index] > 1:
        return (*lengths[:index], lengths[index] - mine, mine, *lengths[index + 1 :])
    return timed((*lengths[: index + 1], 0, *lengths[index + 1 :]), index + 1, 1)


def cut(lengths: Sequence[int], at: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """(panel, frames) of the panels before a cut and of those after it; the one that is cut is in both."""
    first: list[tuple[int, int]] = []
    second: list[tuple[int, int]] = []
    start = 0
    for panel, length in enumerate(lengths):
        end = start + length
        if start < at:
            first.append((panel, min(end, at) - start))
        if end > at:
            second.append((panel, end - max(start, at)))
        start = end
    return first, second
