"""What an editor would stumble over in a board: crossed axes, turned directions, jumps, eyelines that miss, changed clothes.

Source: offline.md 2.3, rules 8 and 9. Each warning names two shots and says why; nothing is changed here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from itertools import groupby, pairwise

from studio.engine.artist.spec import Figure, Look, Move, PanelSpec, ShotType, Size

SMALLEST_TURN = 30.0
"""Degrees between two shots of one subject, unless the size changes by two steps."""
WIDEST_JUMP = 6
"""Steps of size between two shots of one subject that feel like a blow: from a wide shot to a close-up and more."""
_FLAT = 0.2
"""A direction whose share across the frame is smaller goes towards the camera or away from it: it has no side."""
_FREE = frozenset({Move.TRACK, Move.FOLLOW, Move.CRANE})
"""A camera on its way may cross the axis in sight of everybody."""
_STEPS = {size: step for step, size in enumerate(Size) if size is not Size.INSERT}
_WORN = ("garment", "top", "bottom", "hat")


class Rule(StrEnum):
    """What a warning is about."""

    AXIS = "axis"
    DIRECTION = "direction"
    TURN = "turn"
    EYELINE = "eyeline"
    JUMP = "jump"
    WARDROBE = "wardrobe"


@dataclass(frozen=True, slots=True)
class Watched:
    """A shot as these rules see it: its panel, its scene's position, the script day, who speaks, and whether a turn is meant."""

    id: str
    number: str
    scene: int
    day: str
    spec: PanelSpec
    speakers: tuple[str, ...] = ()
    turns_back: bool = False


@dataclass(frozen=True, slots=True)
class Warned:
    """Two shots that do not cut together; `who` is the person it is about, if it is one. `told` is a sentence."""

    rule: Rule
    first: Watched
    second: Watched
    told: str
    who: str = ""

    @property
    def key(self) -> str:
        """What stays the same as long as the warning is the same."""
        return ":".join((self.rule, self.first.id, self.second.id, self.who))


def warnings_of(shots: Sequence[Watched]) -> tuple[Warned, ...]:
    """The warnings of a board whose shots come in order, by the place of the second shot."""
    place = {shot.id: at for at, shot in enumerate(shots)}
    found = [*_changed_clothes(shots)]
    for _, scene in groupby(shots, key=lambda shot: shot.scene):
        taken = list(scene)
        found += [*_crossings(taken), *_turned_directions(taken)]
        for first, second in pairwise(taken):
            found += [*_jumps(first, second), *_missed_eyes(first, second)]
    return tuple(sorted(found, key=lambda one: (place[one.second.id], list(Rule).index(one.rule))))


# Sides of the frame


def _side(spec: PanelSpec, x: float, z: float) -> int:
    """Where a direction on the floor goes in the frame: 1 to the right, -1 to the left, 0 neither."""
    turned = math.radians(spec.azimuth)
    length = math.hypot(x, z)
    share = (x * math.cos(turned) + z * math.sin(turned)) / length if length else 0.0
    return 0 if abs(share) < _FLAT else int(math.copysign(1, share))


def _heading(spec: PanelSpec, degrees: float) -> int:
    return _side(spec, math.sin(math.radians(degrees)), math.cos(math.radians(degrees)))


def is_neutral(spec: PanelSpec) -> bool:
    """Whether a shot lets go of the axis: a thing, an empty place, somebody's own eyes, or a camera on its way."""
    return spec.size is Size.INSERT or spec.type in (ShotType.EMPTY, ShotType.POV) or spec.move in _FREE


def _crossings(scene: Sequence[Watched]) -> Iterator[Warned]:
    """Two people who change sides from one shot to the next that shows both."""
    sides: dict[tuple[str, str], tuple[int, Watched]] = {}
    for shot in scene:
        if is_neutral(shot.spec):
            sides.clear()
            continue
        people = sorted(shot.spec.figures, key=lambda figure: figure.name)
        for at, one in enumerate(people):
            for other in people[at + 1 :]:
                side = _side(shot.spec, other.x - one.x, other.z - one.z)
                before = sides.get((one.name, other.name))
                if side and before and before[0] == -side:
                    told = (
                        f"{_name(one)} and {_name(other)} change sides: the camera crosses the line between them. "
                        f"Keep it on the side of {before[1].number}, or put a neutral shot between."
                    )
                    yield Warned(Rule.AXIS, before[1], shot, told, f"{one.name}|{other.name}")
                if side:
                    sides[one.name, other.name] = (side, shot)


def _turned_directions(scene: Sequence[Watched]) -> Iterator[Warned]:
    """Somebody on the way who goes the other way in the next shot, without having turned round."""
    going: dict[str, tuple[int, Watched]] = {}
    for shot in scene:
        if is_neutral(shot.spec):
            going.clear()
            continue
        for figure in shot.spec.figures:
            if figure.travels is None:
                continue
            side = _heading(shot.spec, figure.travels)
            before = going.get(figure.name)
            if side and before and before[0] == -side and not shot.turns_back:
                told = (
                    f"{_name(figure)} goes to the {_word(before[0])} in {before[1].number} and to the {_word(side)} here, "
                    "as if they had turned round. Turn the camera, or show the turn."
                )
                yield Warned(Rule.DIRECTION, before[1], shot, told, figure.name)
            if side:
                going[figure.name] = (side, shot)


# Two shots in a row


def _jumps(first: Watched, second: Watched) -> Iterator[Warned]:
    """Cuts on one person that change too little or too much."""
    a, b = first.spec, second.spec
    if (
        a.subject is None
        or a.subject != b.subject
        or Size.INSERT in (a.size, b.size)
        or ShotType.POV in (a.type, b.type)
    ):
        return
    steps = abs(_STEPS[a.size] - _STEPS[b.size])
    turned = abs((a.azimuth - b.azimuth + 180.0) % 360.0 - 180.0)
    if steps < 2 and turned < SMALLEST_TURN - 1e-9 and a.angle is b.angle:
        told = (
            f"Almost the same picture of {_titled(a.subject)} twice: the cut will jump. "
            "Turn the camera by 30 degrees or change the size by two steps."
        )
        yield Warned(Rule.TURN, first, second, told, a.subject)
    if steps >= WIDEST_JUMP:
        told = f"From {a.size} to {b.size} of {_titled(a.subject)} in one cut is a blow. A shot between softens it."
        yield Warned(Rule.JUMP, first, second, told, a.subject)


def _missed_eyes(first: Watched, second: Watched) -> Iterator[Warned]:
    """Two people who speak to each other, each alone in the frame, and look the same way."""
    a, b = first.spec, second.spec
    if a.subject is None or b.subject is None or a.subject == b.subject:
        return
    if first.speakers != (a.subject,) or second.speakers != (b.subject,) or is_neutral(a) or is_neutral(b):
        return
    looks = gaze_of(a), gaze_of(b)
    if looks[0] and looks[0] == looks[1]:
        told = (
            f"{_titled(a.subject)} and {_titled(b.subject)} both look to the {_word(looks[0])}: "
            "they do not seem to see each other. Turn one of them, or move the camera to the other side."
        )
        yield Warned(Rule.EYELINE, first, second, told, f"{a.subject}|{b.subject}")


def gaze_of(spec: PanelSpec) -> int:
    """To which side the subject of a shot looks: at whom it looks if they are there, else where the body points."""
    there = {figure.name: figure for figure in spec.figures}
    subject = there.get(spec.subject or "")
    if subject is None:
        return 0
    target = there.get(subject.looks_at or "")
    if target is not None:
        return _side(spec, target.x - subject.x, target.z - subject.z)
    return _heading(spec, subject.facing)


# Clothes


def _changed_clothes(shots: Sequence[Watched]) -> Iterator[Warned]:
    """Somebody who wears something else later on the same day of the story."""
    worn: dict[tuple[str, str], tuple[Look, Watched]] = {}
    for shot in shots:
        for figure in shot.spec.figures:
            before = worn.get((shot.day, figure.name))
            changed = _differing(before[0], figure.look) if before else []
            if before and changed:
                told = (
                    f"{_name(figure)} wears another {_listed(changed)} than in {before[1].number}, on the same day of the "
                    "story. Give both shots the same clothes, or a day between them."
                )
                yield Warned(Rule.WARDROBE, before[1], shot, told, figure.name)
            worn[shot.day, figure.name] = (figure.look, shot)


def _differing(one: Look, other: Look) -> list[str]:
    names = [field.name for field in fields(Look) if field.name in _WORN]
    return [name for name in names if getattr(one, name) != getattr(other, name)]


# Words


def _name(figure: Figure) -> str:
    return _titled(figure.name)


def _titled(name: str) -> str:
    return name.title() if name == name.upper() else name


def _word(side: int) -> str:
    return "right" if side > 0 else "left"


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
