"""Numbers of shots put between others: those there are stay, a new one behind 4B is 4B1."""

from __future__ import annotations

import re
from collections.abc import Sequence

from studio.storyboards.breakdown import shot_letters

_LETTERS = re.compile(r"[A-Z]+\d*$")
_LONGEST = 40
_MOST = 2000
"""Letters looked at: more than a scene has shots."""


def prefix_of(scene_number: str) -> str:
    """How the numbers of a scene's shots begin."""
    return f"{scene_number}-" if scene_number[-1:].isalpha() else scene_number


def panel_number(shot_number: str, position: int | None, panels: int) -> str:
    """What a panel is called: as its shot where it is the only one, else 4B/1, 4B/2 ..."""
    return f"{shot_number}/{position + 1}" if panels > 1 and position is not None else shot_number


def renumbered(scene_number: str, locked: Sequence[str | None]) -> list[str]:
    """The numbers of a scene's shots in order: A, B, C; where some are locked those stay, and no letter before the last of
    them is given out again."""
    return numbered(scene_number, locked, onward=True)


def numbered(scene_number: str, known: Sequence[str | None], *, onward: bool = False) -> list[str]:
    """The numbers of a scene's shots in order: `known` are those of shots that had one, None for new shots.

    A known number keeps its letters unless another shot of the scene has them; without any known, it is A, B, C. With
    `onward`, what is put behind the last known one gets letters later than all of them.
    """
    prefix = prefix_of(scene_number)
    letters = [_LETTERS.search(number) if number else None for number in known]
    found: list[str | None] = []
    taken: set[str] = set()
    for match in letters:
        own = match[0] if match and match[0] not in taken else None
        found.append(own)
        taken.update([own] if own else [])
    if not taken:
        return [f"{prefix}{shot_letters(index)}"[:_LONGEST] for index in range(len(known))]
    if onward:
        last = max((len(plain := re.sub(r"\d+$", "", each)), plain) for each in taken)
        taken |= {early for index in range(_MOST) if (len(early := shot_letters(index)), early) <= last}
    return [f"{prefix}{each}"[:_LONGEST] for each in _filled(found, taken)]


def _filled(found: Sequence[str | None], taken: set[str]) -> list[str]:
    last = max(index for index, own in enumerate(found) if own)
    out: list[str] = []
    for index, own in enumerate(found):
        base = re.sub(r"\d+$", "", out[-1]) if out and index < last else ""
        letters = own or _next(base, taken)
        taken.add(letters)
        out.append(letters)
    return out


def _next(base: str, taken: set[str]) -> str:
    """The first letters nobody has: behind a base 4B1, 4B2 ..., else the next of A, B, C ..."""
    index = 0
    while True:
        letters = f"{base}{index + 1}" if base else shot_letters(index)
        if letters not in taken:
            return letters
        index += 1
