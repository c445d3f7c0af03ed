"""What of a scene's old shots lives on when its words change: what somebody drew, voiced or edited; the rules do the rest.

A fixed shot keeps the words it had, wherever they are now. What the rules would show together with them joins it; what they
would show by itself becomes a shot of its own. Shots nobody touched are planned anew, and keep their ids where they can.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from studio.scripts.elements import Element, Kind, source_offset
from studio.scripts.merging.offsets import WORD, Block, moved, within
from studio.scripts.outline import Off, SceneOutline, Speech
from studio.storyboards.shots import Line, ShotPlan

_ALIVE = 1 / 3
"""A shot is alive while so much of its text is there."""
_OFF = {Off.NONE: "", Off.VO: "V.O.", Off.OS: "O.S."}


@dataclass(frozen=True, slots=True)
class OldShot:
    """A shot as it was: its plan and lines with old offsets, and the blocks that say where its scene's words went.

    `fixed` shots were drawn, voiced or edited; those `by_hand` stay even without their words.
    """

    shot_id: str
    plan: ShotPlan
    line_ids: tuple[str, ...]
    blocks: tuple[Block, ...]
    fixed: bool
    by_hand: bool


@dataclass(frozen=True, slots=True)
class CarriedLine:
    """A line of the new board and the old one it is, if any; `same` words, speaker and manner keep their voice."""

    line: Line
    line_id: str | None
    was: Line | None

    @property
    def same(self) -> bool:
        was, line = self.was, self.line
        if was is None or (was.speaker, was.manner, was.off) != (line.speaker, line.manner, line.off):
            return False
        return was.text == line.text or _plain(was.text) == _plain(line.text)


@dataclass(frozen=True, slots=True)
class CarriedShot:
    """A shot of the new board: an old one (`shot_id`) or a new one; `fixed` ones keep what somebody made of them.

    `changed` says that a fixed one does not hold the very text it held.
    """

    shot_id: str | None
    plan: ShotPlan
    fixed: bool
    changed: bool
    lines: tuple[CarriedLine, ...]


@dataclass(frozen=True, slots=True)
class _Shot:
    """A carried shot whose lines are not matched yet."""

    shot_id: str | None
    plan: ShotPlan
    fixed: bool = False
    changed: bool = False


@dataclass(slots=True)
class _Held:
    """A fixed shot and where its words are now."""

    old: OldShot
    start: int
    end: int

    @property
    def changed(self) -> bool:
        plan = self.old.plan
        pieces = within(self.old.blocks, plan.start, plan.end)
        same = [Block(plan.start, self.start, plan.end - plan.start)]
        return pieces != same or self.end - self.start != plan.end - plan.start


def carried(
    olds: Sequence[OldShot], planned: Sequence[ShotPlan], speeches: Sequence[Speech], text: str, start: int, offset: int
) -> list[CarriedShot]:
    """The shots of a scene whose text is now `text`, from `start` on in the source; `speeches` count from `offset`."""
    held = _held(olds, planned, start)
    free = _free(planned, held, text, start)
    reused = _reused([old for old in olds if not old.fixed], free)
    kept = [_Shot(h.old.shot_id, _kept(h, speeches, offset), fixed=True, changed=h.changed) for h in held]
    planned_anew = [_Shot(reused.get(i), plan) for i, plan in enumerate(free)]
    shots = sorted([*kept, *planned_anew], key=lambda shot: (shot.plan.start, shot.plan.end))
    return _with_lines(shots, olds)


def home_of(old: OldShot, blocks: Sequence[tuple[int, Sequence[Block]]]) -> int | None:
    """Which of several new scenes has most of a shot's words, as the first value of its pair; None when none has any."""
    found = [
        (sum(block.length for block in within(each, old.plan.start, max(old.plan.end, old.plan.start + 1))), -order)
        for order, (_, each) in enumerate(blocks)
    ]
    most, order = max(found, default=(0, 0))
    return blocks[-order][0] if most else None


def _plain(text: str) -> list[str]:
    return [word.casefold().replace("’", "'") for word in WORD.findall(text)]


def _held(olds: Sequence[OldShot], planned: Sequence[ShotPlan], start: int) -> list[_Held]:
    """The fixed shots that stay, in the order of their words, none over another's words."""
    found: list[_Held] = []
    at, alive = start, False
    for old in sorted(olds, key=lambda each: each.plan.order):
        place = _place(old, planned)
        if not old.fixed:
            alive = place is not None
            at = place[1] if place else at
            continue
        if place is None and old.plan.start == old.plan.end and alive:
            place = (at, at)
        if place is None and old.by_hand:
            place = (at, at)
        alive = place is not None
        if place is not None:
            found.append(_Held(old, *place))
            at = place[1]
    found.sort(key=lambda h: (h.start, h.end))
    for one, other in pairwise(found):
        if one.end > other.start:
            one.end = max(one.start, other.start)
    return found


def _place(old: OldShot, planned: Sequence[ShotPlan]) -> tuple[int, int] | None:
    """Where a shot's words are now, when enough of them are; where a whole new shot came between them, the greater part."""
    start, end = old.plan.start, old.plan.end
    if start == end:
        there = moved(old.blocks, start)
        return None if there is None else (there, there)
    pieces = _near(within(old.blocks, start, end), end - start)
    if sum(piece.length for piece in pieces) < _ALIVE * (end - start):
        return None
    while (at := _parted(pieces, planned)) is not None:
        pieces = max(pieces[:at], pieces[at:], key=lambda side: sum(piece.length for piece in side))
    return pieces[0].new_start, pieces[-1].new_end


def _parted(pieces: Sequence[Block], planned: Sequence[ShotPlan]) -> int | None:
    """The piece before which a whole planned shot stands, if there is one."""
    for at, (one, other) in enumerate(pairwise(pieces), start=1):
        if any(one.new_end <= plan.start < plan.end <= other.new_start for plan in planned):
            return at
    return None


def _near(pieces: list[Block], length: int) -> list[Block]:
    """The pieces without small ones that strayed far from the rest."""
    while len(pieces) > 1:
        gaps = [other.new_start - one.new_end for one, other in pairwise(pieces)]
        widest = max(range(len(gaps)), key=gaps.__getitem__)
        if gaps[widest] <= max(60, length):
            break
        left, right = pieces[: widest + 1], pieces[widest + 1 :]
        pieces = max(left, right, key=lambda side: sum(piece.length for piece in side))
    return pieces


def _free(planned: Sequence[ShotPlan], held: Sequence[_Held], text: str, start: int) -> list[ShotPlan]:
    """The planned shots that show no word of a fixed one; words of the others that nobody shows join the fixed shots."""
    free: list[ShotPlan] = []
    after_free = not held
    for plan in planned:
        if plan.start == plan.end:
            if after_free:
                free.append(plan)
            continue
        over = [h for h in held if h.start < plan.end and h.end > plan.start]
        after_free = not over
        if not over:
            free.append(plan)
            continue
        for left, right in _gaps(plan, over):
            if not text[left - start : right - start].strip():
                continue
            before = [h for h in over if h.end <= left]
            if before:
                before[-1].end = right
            else:
                over[0].start = left
    return free


def _gaps(plan: ShotPlan, over: Sequence[_Held]) -> Iterator[tuple[int, int]]:
    at = plan.start
    for left, right in [*((h.start, h.end) for h in over), (plan.end, plan.end)]:
        if left > at:
            yield at, min(left, plan.end)
        at = max(at, right)


def _reused(olds: Sequence[OldShot], free: Sequence[ShotPlan]) -> dict[int, str]:
    """Which old shot each planned one takes the place of: that with most words in common."""
    pieces = [within(old.blocks, old.plan.start, old.plan.end) for old in olds]
    scored = sorted(
        (-_common(pieces[rank], plan.start, plan.end), abs(rank - index), rank, index)
        for rank in range(len(olds))
        for index, plan in enumerate(free)
    )
    found: dict[int, str] = {}
    taken: set[int] = set()
    for common, _, rank, index in scored:
        both_silent = olds[rank].plan.start == olds[rank].plan.end and free[index].start == free[index].end
        if (common or both_silent) and rank not in taken and index not in found:
            taken.add(rank)
            found[index] = olds[rank].shot_id
    return found


def _common(pieces: Sequence[Block], start: int, end: int) -> int:
    return sum(max(0, min(piece.new_end, end) - max(piece.new_start, start)) for piece in pieces)


def _kept(held: _Held, speeches: Sequence[Speech], offset: int) -> ShotPlan:
    """A fixed shot over its words as they are now, with the lines that are in them."""
    old = held.old
    cuts = {there for line in old.plan.lines if (there := moved(old.blocks, line.start)) is not None}
    lines = tuple(_lines_within(speeches, held.start, held.end, cuts, offset))
    holds = old.plan.holds
    if len(lines) != len(old.plan.lines):
        holds = (sum(holds), *([0.0] * len(lines)))
    return replace(old.plan, start=held.start, end=held.end, lines=lines, holds=holds)


def _lines_within(speeches: Sequence[Speech], start: int, end: int, cuts: set[int], offset: int) -> Iterator[Line]:
    """What is said from `start` to `end` of the source, a line for each speech, cut where lines were cut before."""
    for speech in speeches:
        first, last = max(start, speech.start + offset), min(end, speech.end + offset)
        if first >= last:
            continue
        inner = sorted(cut for cut in cuts if first < cut < last)
        for left, right in zip([first, *inner], [*inner, last], strict=True):
            a, b = _index(speech.element, left - offset), _index(speech.element, right - offset)
            piece = speech.text[a:b]
            if not WORD.search(piece):
                continue
            a += len(piece) - len(piece.lstrip())
            b -= len(piece) - len(piece.rstrip())
            yield Line(
                speech.speaker,
                " ".join(speech.text[a:b].split()),
                speech.manner,
                _OFF[speech.off],
                source_offset(speech.element, a) + offset,
                source_offset(speech.element, b - 1) + 1 + offset,
            )


def _index(element: Element, at: int) -> int:
    """The index in an element's text of the first character at a source offset or behind it."""
    return bisect_left(range(len(element.text)), at, key=lambda index: source_offset(element, index))


def _with_lines(shots: Sequence[_Shot], olds: Sequence[OldShot]) -> list[CarriedShot]:
    """The shots, each line with the old one it is: that with most words in common, in its own shot if there are two."""
    before = [(old, line_id, line) for old in olds for line_id, line in zip(old.line_ids, old.plan.lines, strict=True)]
    new = [(shot, place) for shot in range(len(shots)) for place in range(len(shots[shot].plan.lines))]
    scored: list[tuple[int, bool, int, int]] = []
    for rank, (old, _, line) in enumerate(before):
        pieces = within(old.blocks, line.start, line.end)
        for at, (shot, place) in enumerate(new):
            target = shots[shot].plan.lines[place]
            if common := _common(pieces, target.start, target.end):
                scored.append((-common, shots[shot].shot_id != old.shot_id, rank, at))
    known: dict[tuple[int, int], tuple[str, Line]] = {}
    taken: set[int] = set()
    for _, _, rank, at in sorted(scored):
        if rank not in taken and new[at] not in known:
            taken.add(rank)
            known[new[at]] = before[rank][1:]
    return [
        CarriedShot(
            shot.shot_id,
            shot.plan,
            shot.fixed,
            shot.changed,
            tuple(
                CarriedLine(line, *known.get((index, place), (None, None)))
                for place, line in enumerate(shot.plan.lines)
            ),
        )
        for index, shot in enumerate(shots)
    ]


def action_within(scene: SceneOutline, start: int, end: int, offset: int) -> str:
    """The words of action from `start` to `end` of the source; the scene counts from `offset`."""
    found: list[str] = []
    for element in scene.elements:
        if element.kind not in (Kind.ACTION, Kind.CENTERED) or not element.text:
            continue
        if element.start + offset < end and element.end + offset > start:
            a, b = _index(element, start - offset), _index(element, end - offset)
            found.append(" ".join(element.text[a:b].split()))
    return " ".join(each for each in found if each)


def resentenced(sentences: Sequence[Sequence[float]], was: str, now: str) -> list[list[float]]:
    """The sentences of a voiced line, [start, end, begin_s, end_s], in a text with the same words and other marks."""
    if was == now:
        return [list(each) for each in sentences]
    before, after = list(WORD.finditer(was)), list(WORD.finditer(now))
    starts = [next((i for i, word in enumerate(before) if word.start() >= each[0]), len(after)) for each in sentences]
    found: list[list[float]] = []
    for index, each in enumerate(sentences):
        left = 0 if not index else (after[starts[index]].start() if starts[index] < len(after) else len(now))
        following = starts[index + 1] if index + 1 < len(starts) else len(after)
        right = after[following].start() if following < len(after) else len(now)
        found.append([left, left + len(now[left:right].rstrip()), *each[2:]])
    return found
