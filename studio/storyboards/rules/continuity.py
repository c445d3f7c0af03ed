"""What makes shots cut together: the 180 and 30-degree rules, no two equal set-ups in a row, and the shot budget of a scene.

Source: offline.md 2.3, rules 7-10.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from studio.engine.artist.spec import Angle, Move, ShotType, Size
from studio.storyboards.durations import estimated_seconds
from studio.storyboards.rules.dialogue import PHONE_RULE, heard_over, joined, without_silent_reaction
from studio.storyboards.rules.reel import CUT_AFTER, LENSES, LONGEST_SHOT, MOST_VISIBLE, TWO_SHOT_LENS
from studio.storyboards.shots import Role, ShotPlan

SMALLEST_TURN = 30.0
"""Degrees the camera must move between two shots of one subject, unless the size changes by two steps."""

_STEPS = {size: step for step, size in enumerate(Size)}
_TURNS = tuple(float(angle) for angle in (15, 25, 40, 0, 55, 70, 5, 35, 50, 60, 75))


def subject_of(shot: ShotPlan) -> tuple[str, str]:
    """What a shot is of, as the 30-degree rule compares it: a thing, a person, or the place with whoever is in it."""
    if shot.insert is not None:
        return ("thing", shot.insert)
    if shot.subject is not None:
        return ("person", shot.subject)
    return ("place", "")


def is_jump_cut(first: ShotPlan, second: ShotPlan) -> bool:
    """Whether two shots of one subject differ by less than 30 degrees and less than two sizes."""
    if subject_of(first) != subject_of(second):
        return False
    turned = abs(first.azimuth - second.azimuth) >= SMALLEST_TURN - 1e-9
    return not turned and abs(_STEPS[first.size] - _STEPS[second.size]) < 2


def is_across_axis(shot: ShotPlan) -> bool:
    """Whether a camera stands on the wrong side of the line between the people."""
    return math.cos(math.radians(shot.azimuth)) * shot.side <= 0


def within_budget(shots: Sequence[ShotPlan], average: float) -> list[ShotPlan]:
    """A scene's shots, the least telling neighbours joined until they last `average` seconds on average."""
    kept = list(shots)
    seconds = sum(shot.seconds for shot in kept)
    for _ in range(6):
        if len(kept) < 2 or seconds >= average * len(kept):
            break
        excess = math.ceil(len(kept) - seconds / average)
        joins = _cheapest_joins(kept, excess)
        if not joins:
            break
        kept = _with_joins(kept, joins)
        seconds = sum(shot.seconds for shot in kept)
    return kept


def _cheapest_joins(shots: list[ShotPlan], wanted: int) -> dict[int, ShotPlan]:
    """The cheapest pairs to join, none overlapping: index of the first of each to the shot that replaces both."""
    priced: list[tuple[float, int, ShotPlan]] = []
    for index in range(len(shots) - 1):
        one = _one_for(shots[index], shots[index + 1])
        after = shots[index + 2] if index + 2 < len(shots) else None
        if after is not None and after.role is Role.POV and after.foreground == shots[index + 1].subject:
            continue  # a look and what is seen stay together
        if one is not None:
            priced.append((_loss(shots[index], shots[index + 1]), index, one))
    chosen: dict[int, ShotPlan] = {}
    used: set[int] = set()
    for _, index, one in sorted(priced, key=lambda item: item[:2]):
        if len(chosen) >= wanted:
            break
        if index not in used and index + 1 not in used:
            chosen[index] = one
            used.update((index, index + 1))
    return chosen


def _with_joins(shots: list[ShotPlan], joins: dict[int, ShotPlan]) -> list[ShotPlan]:
    out: list[ShotPlan] = []
    index = 0
    while index < len(shots):
        out.append(joins.get(index, shots[index]))
        index += 2 if index in joins else 1
    return out


def _loss(first: ShotPlan, second: ShotPlan) -> float:
    """What is lost by joining two shots: short ones of one subject cost least."""
    cost = first.seconds + second.seconds
    if without_silent_reaction(first) or without_silent_reaction(second):
        return cost - 20
    cost += 0 if subject_of(first) == subject_of(second) else 4
    cost += 3 * sum(shot.move is not Move.STATIC for shot in (first, second))
    cost += 4 * sum(shot.role in (Role.POV, Role.INSERT, Role.ESTABLISH) for shot in (first, second))
    return cost + 3 * max(first.tension, second.tension)


def _one_for(first: ShotPlan, second: ShotPlan) -> ShotPlan | None:
    """One shot in place of two, or None when they must stay apart."""
    for quiet, other in ((first, second), (second, first)):
        if without_silent_reaction(quiet):
            return other
    if first.explicit or second.explicit or first.seconds + second.seconds > LONGEST_SHOT - 1:
        return None
    if Role.INSERT in (first.role, second.role) or (second.role is Role.POV and first.subject != second.foreground):
        return None
    if second.role is Role.POV and second.insert is None and first.role is not Role.ESTABLISH:
        return _timed(joined(first, second, first))
    if Role.POV in (first.role, second.role):
        return None
    if PHONE_RULE in (first.rule, second.rule) and first.cast != second.cast:
        return None
    setup = _setup_for(first, second)
    one = _timed(joined(first, second, setup))
    return None if heard_over(one) or (first.action and sum(one.holds) > CUT_AFTER) else one


def _setup_for(first: ShotPlan, second: ShotPlan) -> ShotPlan:
    """The camera that shows what two shots showed: one of theirs if it holds everybody, else a wider one of them all."""
    everybody = set(first.cast) | set(second.cast)
    for setup in sorted((first, second), key=lambda shot: _STEPS[shot.size], reverse=first.role is not Role.ESTABLISH):
        if everybody <= set(setup.cast):
            return setup
    wider = min((first, second), key=lambda shot: (-len(shot.cast), _STEPS[shot.size]))
    order = list(dict.fromkeys((*wider.cast, *first.cast, *second.cast)))[:MOST_VISIBLE]
    cast = tuple(_axis_order(order, first, second))
    two = len(cast) == 2
    size = Size.MS if two and wider.size in (Size.MS, Size.MCU, Size.CU) else Size.WS
    return replace(
        wider,
        size=size,
        type=ShotType.TWO if two else ShotType.GROUP,
        lens_mm=TWO_SHOT_LENS if size is Size.MS else LENSES[size],
        rule="Short moments of several people: hold them in one frame.",
        role=Role.COVERAGE if wider.role is Role.REACTION else wider.role,
        subject=None,
        foreground=None,
        cast=cast,
        azimuth=0.0,
        angle=Angle.EYE,
        move=Move.STATIC,
    )


def _axis_order(names: list[str], first: ShotPlan, second: ShotPlan) -> list[str]:
    """People from left to right: those seen from the right stand left."""
    lean = {shot.subject: shot.azimuth for shot in (first, second) if shot.subject}
    wide = max((first.cast, second.cast), key=len)
    place = {name: at for at, name in enumerate(wide)}
    if len(wide) > 1 and all(name in place for name in names):
        return sorted(names, key=lambda name: place[name])
    return sorted(names, key=lambda name: -lean.get(name, 0.0))


def _timed(shot: ShotPlan) -> ShotPlan:
    return replace(shot, seconds=estimated_seconds(shot))


def without_jump_cuts(shots: Sequence[ShotPlan]) -> list[ShotPlan]:
    """The shots of a film with cameras turned, on their own side of the axis, or moved in where two would jump."""
    out: list[ShotPlan] = []
    for shot in shots:
        out.append(_apart(out[-1], shot) if out and is_jump_cut(out[-1], shot) else shot)
    return out


def _apart(before: ShotPlan, shot: ShotPlan) -> ShotPlan:
    sign = -1.0 if shot.azimuth < 0 else 1.0
    turned = [replace(shot, azimuth=sign * angle) for angle in _TURNS]
    fitting = [one for one in turned if not is_jump_cut(before, one)]
    if fitting:
        return min(fitting, key=lambda one: abs(one.azimuth - shot.azimuth))
    return replace(shot, azimuth=-math.copysign(SMALLEST_TURN, before.azimuth))


def with_push_in(shots: Sequence[ShotPlan]) -> list[ShotPlan]:
    """A scene's shots with one push-in, on the longest close-up of its tensest moments, unless the script asked for one."""
    out = list(shots)
    asked = [index for index, shot in enumerate(out) if shot.move is Move.PUSH_IN]
    for index in asked[1:]:
        out[index] = replace(out[index], move=Move.STATIC)
    close = [
        index
        for index, shot in enumerate(out)
        if shot.size in (Size.CU, Size.ECU) and shot.move is Move.STATIC and shot.tension > 0.8 and shot.insert is None
    ]
    if close and not asked:
        longest = max(close, key=lambda index: (out[index].seconds, -index))
        out[longest] = replace(out[longest], move=Move.PUSH_IN)
    return out
