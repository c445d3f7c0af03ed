"""What a change did to a text, as the one stretch that is different; and that stretch put back, wherever it is by now. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Span:
    """At `at`, `was` became `now`."""

    at: int
    was: str
    now: str


def between(before: str, after: str) -> Span:
    """The smallest stretch whose change makes one text the other."""
    most = min(len(before), len(after))
    start = _longest(most, lambda count: before[:count] == after[:count])
    end = _longest(most - start, lambda count: before[len(before) - count :] == after[len(after) - count :])
    return Span(start, before[start : len(before) - end], after[start : len(after) - end])


def _longest(most: int, same: Callable[[int], bool]) -> int:
    """The largest count up to `most` that is the same; every smaller one is as well."""
    least = 0
    while least < most:
        middle = (least + most + 1) // 2
        least, most = (middle, most) if same(middle) else (least, middle - 1)
    return least


def undone(span: Span, later: Iterable[Span], text: str) -> str | None:
    """A text as it is after `later` changes, in order, with a change before them taken back; None where they overlap it."""
    at = span.at
    for each in later:
        if each.at + len(each.was) <= at:
            at += len(each.now) - len(each.was)
        elif each.at < at + len(span.now):
            return None
    if text[at : at + len(span.now)] != span.now:
        return None
    return text[:at] + span.was + text[at + len(span.now) :]


def sides(span: Span) -> tuple[dict[str, Any], dict[str, Any]]:
    """How it is written down: before and after."""
    return {"at": span.at, "text": span.was}, {"at": span.at, "text": span.now}


def span_from(before: dict[str, Any], after: dict[str, Any]) -> Span:
    """As it was written down."""
    return Span(before["at"], before["text"], after["text"])
