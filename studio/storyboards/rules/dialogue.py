"""Dialogue coverage: the two-hander pattern, groups, one person alone, voices from elsewhere, phone calls, reactions.

Source: offline.md 2.3, rules 5 and 6.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from studio.engine.artist.cast.things import is_thing
from studio.engine.artist.spec import ShotType, Size
from studio.storyboards.durations import GAP, LEAD_IN, LEAD_OUT, REACTION, line_seconds, word_count
from studio.storyboards.rules.beats import Beat, SceneBeats
from studio.storyboards.rules.reel import CUT_AFTER, LONGEST_SHOT, TWO_SHOT_LENS, Reel, group_type
from studio.storyboards.shots import Line, Role, ShotPlan

FEW_WORDS = 3
LONG_SPEECH = 10.0
SHORTEST_SIDE = 2.5
LONGEST_OVERHEARD = 3.0
OPENING_CUES = 2
CLOSER_AT = 6
ROUND_CUES = 16
GROUP_EVERY = 6
CONVERSATION_GAP = 2
PHONE_RULE = "They are in two places: cut between them, the same size on both."

_PHONE = re.compile(r"\b(?:phone|telephone|receiver|walkie|video call|into (?:the )?(?:radio|mic|cell))", re.IGNORECASE)


class Phase(StrEnum):
    """How a cue is covered."""

    TWO = "two"
    OVER = "over"
    CLOSE = "close"
    GROUP = "group"
    SINGLE = "single"


@dataclass(frozen=True, slots=True)
class DialoguePlan:
    """How each speech of a scene is covered, by cue: its phase, whom it is said to, how many words it has.

    `reactions` are the beats before or over which a listener's face is shown; `phone` are the cues of calls; `elsewhere` are
    the people who are only heard and seen in a call, not in the place of the scene.
    """

    phases: dict[int, Phase]
    partners: dict[int, str]
    words: dict[int, float]
    reactions: frozenset[int]
    phone: frozenset[int]
    elsewhere: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Cue:
    cue: int
    speaker: str
    tension: float
    words: float
    on_phone: bool


def dialogue_plan(reading: SceneBeats, tensions: Sequence[float]) -> DialoguePlan:
    """The pattern for a scene's speeches, conversation by conversation. `tensions` run with its beats."""
    plan = DialoguePlan({}, {}, {}, _reactions(reading), frozenset(), frozenset())
    called: set[int] = set()
    for talk in _conversations(reading, tensions):
        cues = [one.cue for one in talk]
        speakers = list(dict.fromkeys(one.speaker for one in talk))
        plan.words.update((one.cue, one.words) for one in talk)
        plan.partners.update(_partners(talk))
        if any(one.on_phone for one in talk):
            called.update(cues)
            plan.phases.update(dict.fromkeys(cues, Phase.SINGLE))
        elif len(speakers) == 2:
            plan.phases.update(zip(cues, _two_hander([one.tension for one in talk]), strict=True))
        elif len(speakers) > 2:
            groups = (Phase.GROUP if at % GROUP_EVERY == 0 else Phase.SINGLE for at in range(len(cues)))
            plan.phases.update(zip(cues, groups, strict=True))
        else:
            plan.phases.update(dict.fromkeys(cues, Phase.SINGLE))
    callers = {beat.line.speaker for beat in reading.beats if beat.line is not None and beat.cue in called}
    here = callers & reading.acting or set(reading.people[:1])
    return replace(plan, phone=frozenset(called), elsewhere=frozenset(callers - here))


def _conversations(reading: SceneBeats, tensions: Sequence[float]) -> list[list[_Cue]]:
    """The cues spoken in the picture, parted where more than two action beats lie between."""
    talks: list[list[_Cue]] = []
    apart = CONVERSATION_GAP + 1
    intercut = False
    for beat, tension in zip(reading.beats, tensions, strict=True):
        if beat.line is None:
            apart += 1
            intercut = intercut or "INTERCUT" in beat.text
            continue
        if beat.line.off:
            continue
        if apart > CONVERSATION_GAP:
            talks.append([])
        apart = 0
        on_phone = intercut or _PHONE.search(beat.line.manner) is not None
        cue = _Cue(beat.cue, beat.line.speaker, tension, word_count(beat.text), on_phone)
        if talks[-1] and talks[-1][-1].cue == beat.cue:
            before = talks[-1].pop()
            cue = replace(cue, tension=max(before.tension, tension), words=before.words + cue.words)
        talks[-1].append(cue)
    return talks


def _partners(talk: list[_Cue]) -> dict[int, str]:
    """Whom each cue is said to: the last other speaker, at first the next one."""
    found: dict[int, str] = {}
    for ordered in (list(reversed(talk)), talk):
        last: dict[str, None] = {}
        for one in ordered:
            other = next((name for name in reversed(last) if name != one.speaker), None)
            if other is not None:
                found[one.cue] = other
            last.pop(one.speaker, None)
            last[one.speaker] = None
    return found


def _two_hander(tensions: list[float]) -> list[Phase]:
    """Together, over shoulders, then close after six cues or from the peak on, and together again for the last cue.

    A long scene breathes: every sixteen cues it comes back to the two-shot and starts again.
    """
    count = len(tensions)
    if count <= OPENING_CUES:
        return [Phase.TWO] * count
    highest = max(tensions)
    peak = tensions.index(highest) if highest > 0.5 else count
    phases: list[Phase] = []
    for at in range(count):
        turn = at % ROUND_CUES if count - (at - at % ROUND_CUES) > 4 else ROUND_CUES
        if (at == count - 1 and count > 4) or turn < OPENING_CUES:
            phases.append(Phase.TWO)
        elif turn >= CLOSER_AT or peak <= at < peak + ROUND_CUES:
            phases.append(Phase.CLOSE)
        else:
            phases.append(Phase.OVER)
    return phases


def _reactions(reading: SceneBeats) -> frozenset[int]:
    """For each speech over ten seconds, the piece that begins nearest to 60% of it, if both sides are long enough."""
    pieces: dict[int, list[int]] = {}
    for index, beat in enumerate(reading.beats):
        if beat.line is not None and not beat.line.off:
            pieces.setdefault(beat.cue, []).append(index)
    found: set[int] = set()
    for indexes in pieces.values():
        lengths = [_seconds(reading.beats[index]) for index in indexes]
        total = sum(lengths)
        if total <= LONG_SPEECH:
            continue
        before = 0.0
        choices: list[tuple[float, int]] = []
        for index, length in zip(indexes[1:], lengths, strict=False):
            before += length
            if min(before, total - before) >= SHORTEST_SIDE:
                choices.append((abs(before / total - 0.6), index))
        if choices:
            found.add(min(choices)[1])
    return frozenset(found)


def _seconds(beat: Beat) -> float:
    return line_seconds(beat.line) if beat.line is not None else 0.0


def speak(reel: Reel, plan: DialoguePlan, index: int, beat: Beat, line: Line) -> None:
    """Cover one piece of a speech."""
    if line.off == "V.O.":
        _voice_over(reel, beat, line)
    elif line.off:
        _from_beside(reel, beat, line)
    elif index in plan.reactions and _react(reel, plan, beat, line):
        pass
    elif _stays(reel, plan, beat, line):
        reel.hear(line, beat.cue)
    else:
        _cover(reel, plan, beat, line)
    reel.last_cue = beat.cue
    if not line.off:
        reel.last_speaker = line.speaker


def _length_with(shot: ShotPlan, line: Line) -> float:
    return shot.seconds + line_seconds(line) + (GAP if shot.lines else LEAD_IN + LEAD_OUT)


def _stays(reel: Reel, plan: DialoguePlan, beat: Beat, line: Line) -> bool:
    """Whether a seen speaker needs no cut: a few words, or more of the same speech while the shot is short."""
    shot = reel.current
    if shot is None or line.speaker not in shot.cast or shot.role not in (Role.COVERAGE, Role.MASTER):
        return False
    if _length_with(shot, line) > LONGEST_SHOT or shot.type is ShotType.POV:
        return False
    if shot.explicit and (shot.subject in (None, line.speaker)):
        return shot.seconds < CUT_AFTER
    few = plan.words.get(beat.cue, FEW_WORDS + 1) <= FEW_WORDS
    if few and (shot.lines or shot.size not in (Size.EWS, Size.WS)):
        return _length_with(shot, line) <= CUT_AFTER + 1
    continues = beat.cue == reel.last_cue and bool(shot.lines)
    return continues and _length_with(shot, line) <= CUT_AFTER


def _cover(reel: Reel, plan: DialoguePlan, beat: Beat, line: Line) -> None:
    phase = plan.phases.get(beat.cue, Phase.SINGLE)
    other = plan.partners.get(beat.cue)
    if is_thing(line.speaker):
        _machine(reel, beat, line)
    elif is_thing(other):
        _single(reel, plan, beat, line)
    elif phase is Phase.TWO and other is not None:
        reel.absent.difference_update((line.speaker, other))
        _together(reel, beat, line, other)
    elif phase in (Phase.OVER, Phase.CLOSE) and other is not None:
        _one_of_two(reel, beat, line, other, close=phase is Phase.CLOSE)
    elif phase is Phase.GROUP and len(reel.present()) > 2:
        _group(reel, beat, line)
    else:
        _single(reel, plan, beat, line)


def _together(reel: Reel, beat: Beat, line: Line, other: str) -> None:
    pair = reel.in_order((line.speaker, other))
    shot = reel.current
    if shot is not None and shot.type is ShotType.TWO and shot.cast == pair and shot.size is Size.MS:
        if _length_with(shot, line) <= CUT_AFTER + 1:
            reel.hear(line, beat.cue)
            return
        _one_of_two(reel, beat, line, other, close=False)
        return
    reel.master_done = True
    reel.add(
        Size.MS,
        ShotType.TWO,
        "Both together: who talks to whom, and how near they are.",
        start=beat.start,
        end=beat.end,
        cast=pair,
        lens=TWO_SHOT_LENS,
        line=line,
    )


def _one_of_two(reel: Reel, beat: Beat, line: Line, other: str, *, close: bool) -> None:
    shot = reel.current
    wanted = (Size.CU, ShotType.SINGLE) if close else (Size.MCU, ShotType.OTS)
    if shot is not None and (shot.size, shot.type, shot.subject, shot.role) == (*wanted, line.speaker, Role.COVERAGE):
        short = shot.seconds < CUT_AFTER and _length_with(shot, line) <= LONGEST_SHOT
        if short:
            reel.hear(line, beat.cue)
            return
    if close:
        rule = "It gets closer: single close-ups, the same size on both sides."
        cast: tuple[str, ...] = (line.speaker,)
    else:
        rule = "They answer each other: over the listener's shoulder to whoever speaks."
        cast = reel.in_order((line.speaker, other))
    reel.add(
        wanted[0],
        wanted[1],
        rule,
        start=beat.start,
        end=beat.end,
        cast=cast,
        subject=line.speaker,
        foreground=None if close else other,
        line=line,
        towards=other,
    )


def _machine(reel: Reel, beat: Beat, line: Line) -> None:
    """A machine has neither face nor shoulder: the machine itself, near."""
    shot, thing = reel.current, line.speaker.lower()
    if (
        shot is not None
        and shot.insert == thing
        and shot.seconds < CUT_AFTER
        and _length_with(shot, line) <= LONGEST_SHOT
    ):
        reel.hear(line, beat.cue)
        return
    reel.add(
        Size.INSERT,
        ShotType.SINGLE,
        "A machine speaks: show the machine.",
        role=Role.INSERT,
        start=beat.start,
        end=beat.end,
        insert=thing,
        line=line,
    )


def _group(reel: Reel, beat: Beat, line: Line) -> None:
    cast = reel.with_others((line.speaker,))
    first = not reel.master_done
    reel.master_done = True
    reel.add(
        Size.WS if first else Size.MWS,
        group_type(cast),
        "Everybody once more, so that we know where they all are.",
        role=Role.MASTER if first else Role.COVERAGE,
        start=beat.start,
        end=beat.end,
        cast=cast,
        line=line,
    )


def _single(reel: Reel, plan: DialoguePlan, beat: Beat, line: Line) -> None:
    speaker = line.speaker
    shot = reel.current
    mine = shot is not None and shot.subject == speaker and shot.type is ShotType.SINGLE and shot.role is Role.COVERAGE
    if shot is not None and mine and shot.seconds < CUT_AFTER and _length_with(shot, line) <= CUT_AFTER + 1:
        reel.hear(line, beat.cue)
        return
    towards = plan.partners.get(beat.cue) or reel.partner_of(speaker)
    if beat.cue in plan.phone and (reel.intercut or plan.elsewhere):
        size, rule = Size.MCU, PHONE_RULE
    elif len(reel.present()) > 2 and beat.cue in plan.partners:
        size, rule = Size.MCU, "One of several speaks: single them out."
    else:
        size, rule = Size.MS, "One person speaks: near enough to read the face."
        if mine and shot is not None and shot.size in (Size.MS, Size.MCU):
            size, rule = Size.CU, "They go on: come in closer."
    reel.add(
        size,
        ShotType.SINGLE,
        rule,
        start=beat.start,
        end=beat.end,
        cast=(speaker,),
        subject=speaker,
        line=line,
        towards=towards,
    )


def _voice_over(reel: Reel, beat: Beat, line: Line) -> None:
    """A voice over the picture takes no shot of its own, unless the picture would stand too long."""
    shot = reel.current
    if shot is not None and _length_with(shot, line) <= LONGEST_SHOT - 2 and shot.seconds < CUT_AFTER:
        reel.hear(line, beat.cue)
        return
    subject = shot.subject if shot is not None and shot.subject in reel.present() else None
    if subject is not None and shot is not None:
        size = Size.MS if shot.size in (Size.CU, Size.ECU) else Size.CU
    else:
        size = Size.WS if shot is not None and shot.size is Size.EWS else Size.EWS
        size = size if reel.exterior else Size.WS
    reel.add(
        size,
        ShotType.SINGLE if subject else ShotType.EMPTY,
        "The voice goes on over the picture: give it something new to lie on.",
        start=beat.start,
        end=beat.end,
        cast=(subject,) if subject else (),
        subject=subject,
        line=line,
    )


def _from_beside(reel: Reel, beat: Beat, line: Line) -> None:
    """A voice from outside the frame plays on whoever hears it."""
    shot = reel.current
    listener = reel.partner_of(line.speaker)
    if listener is None:
        _voice_over(reel, beat, line)
        return
    on_listener = shot is not None and shot.subject == listener and shot.role in (Role.COVERAGE, Role.REACTION)
    if shot is not None and on_listener and shot.seconds < CUT_AFTER and _length_with(shot, line) <= CUT_AFTER + 1:
        reel.hear(line, beat.cue)
        return
    close = shot is not None and shot.subject == listener and shot.size in (Size.MS, Size.MCU)
    reel.add(
        Size.CU if close else Size.MCU,
        ShotType.SINGLE,
        "The voice is not in the picture: watch the one who hears it.",
        role=Role.REACTION,
        start=beat.start,
        end=beat.end,
        cast=(listener,),
        subject=listener,
        line=line,
        towards=line.speaker if line.speaker in reel.reading.people else None,
    )


def _react(reel: Reel, plan: DialoguePlan, beat: Beat, line: Line) -> bool:
    """Show the listener during a long speech: over the next sentence if that is short, else in a silence. False: nobody listens."""
    listener = plan.partners.get(beat.cue) or reel.partner_of(line.speaker)
    if beat.cue in plan.phone or listener is None or beat.cue != reel.last_cue:
        return False
    overheard = line_seconds(line) <= LONGEST_OVERHEARD
    reel.add(
        Size.CU,
        ShotType.SINGLE,
        "A long speech: see how it lands.",
        role=Role.REACTION,
        start=beat.start,
        end=beat.end if overheard else beat.start,
        cast=(listener,),
        subject=listener,
        hold=0.0 if overheard else REACTION,
        line=line if overheard else None,
        towards=line.speaker,
    )
    if not overheard:
        _cover(reel, plan, beat, line)
    return True


def without_silent_reaction(shot: ShotPlan) -> bool:
    """Whether a shot may be left out of a film that is cut too fast: a reaction in which nothing is said or done."""
    return shot.role is Role.REACTION and not shot.lines and not shot.action


def heard_over(shot: ShotPlan) -> tuple[str, ...]:
    """Those who speak in a shot without being seen in it, though they could be."""
    return tuple(line.speaker for line in shot.lines if not line.off and line.speaker not in shot.cast)


def joined(first: ShotPlan, second: ShotPlan, setup: ShotPlan) -> ShotPlan:
    """Two shots that follow one another as one, from the camera of `setup`."""
    holds = (*first.holds[:-1], first.holds[-1] + second.holds[0], *second.holds[1:])
    return replace(
        setup,
        start=min(first.start, second.start),
        end=max(first.end, second.end),
        lines=(*first.lines, *second.lines),
        action=f"{first.action} {second.action}".strip(),
        tension=max(first.tension, second.tension),
        holds=holds,
        explicit=first.explicit or second.explicit,
    )
