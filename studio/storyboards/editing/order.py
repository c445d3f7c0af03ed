"""The order of a scene's shots: brought towards another one without disturbing what has come between."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from studio.core.rising import longest_rising


def brought(current: Sequence[str], was: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """`current` with the step from `was` to `wanted` made in it: what that step does not move stays where it is.

    Where nothing has changed since (`current` is `was`), this is `wanted`.
    """
    moved = moved_between(was, wanted)
    found = [each for each in current if each not in moved]
    before: list[str] = []
    for each in wanted:
        if each in moved:
            at = next((found.index(other) + 1 for other in reversed(before) if other in found), 0)
            found.insert(at, each)
        before.append(each)
    return found


def moved_between(was: Sequence[str], wanted: Sequence[str]) -> set[str]:
    """What came, what went, and the fewest that have another place among those that stayed."""
    place = {each: i for i, each in enumerate(was)}
    stayed = [each for each in wanted if each in place]
    kept = longest_rising(stayed, [place[each] for each in stayed])
    return (set(was) | set(wanted)) - set(kept)


def put(order: Sequence[str], moved: Sequence[str], before: str | None) -> list[str]:
    """`moved`, in their order, put before one that is not among them, or at the end."""
    left = without(order, moved)
    at = left.index(before) if before is not None else len(left)
    return [*left[:at], *moved, *left[at:]]


def without(order: Sequence[str], gone: Collection[str]) -> list[str]:
    """What is left."""
    return [each for each in order if each not in gone]
