"""How long things take: estimates in seconds from words, real lengths once voiced, and whole frames that add up exactly.

Source: offline.md 2.4. Its half second for the full stop that ends a line, and its lead-out, are kept as a lead-in of 0.4 s and a
lead-out of 0.5 s for the whole shot, so that an estimated and a voiced shot are laid out alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from studio.core.errors import Invalid
from studio.engine.time import Rate, whole_frames
from studio.scripts.outline import SceneOutline
from studio.storyboards.shots import Line, Role, ShotPlan

LEAD_IN = 0.4
GAP = 0.25
LEAD_OUT = 0.5
LONGEST_ACTION = 8.0
SHORTEST_ACTION = 1.2
ESTABLISH_OUTSIDE = 3.0
ESTABLISH_INSIDE = 2.5
REACTION = 1.5
POINT_OF_VIEW = 2.0

WORDS_A_SECOND = 2.6
_FAST = 3.2
_SLOW = 2.1

_QUICK_MANNER = re.compile(
    r"\b(?:shout|yell|scream|argu|angr|furious|fast|quick|rapid|panick|hurried|urgent)", re.IGNORECASE
)
_SLOW_MANNER = re.compile(
    r"\b(?:whisper|quiet|soft|slow|grie[fv]|tear|cry|crying|sob|weep|hush|gentl|tired|weak|old)", re.IGNORECASE
)
_LETTER_SCRIPTS = re.compile(r"[぀-ヿ㐀-鿿가-힯ก-๛]")
_QUOTED = re.compile(r"[\"“«]([^\"”»]{1,400})[\"”»]")


def word_count(text: str) -> float:
    """How many words a text takes to say: those between spaces, two characters a word in scripts without spaces."""
    letters = len(_LETTER_SCRIPTS.findall(text))
    return max(len(text.split()), len(text) / 14) if not letters else letters / 2 + len(text.split())


def action_seconds(text: str) -> float:
    """Screen seconds of a sentence of action."""
    return min(max(SHORTEST_ACTION, 0.35 * word_count(text)), LONGEST_ACTION)


def insert_seconds(text: str) -> float:
    """Screen seconds of an insert: longer when there is writing in quotation marks to read."""
    to_read = sum(word_count(quoted) for quoted in _QUOTED.findall(text))
    return min(1.5 + 0.3 * to_read, LONGEST_ACTION)


def line_seconds(line: Line) -> float:
    """Estimated seconds of a line's sound, from its first word to its last."""
    text = line.text.rstrip()
    rate = WORDS_A_SECOND
    if "!" in text or _QUICK_MANNER.search(line.manner):
        rate = _FAST
    elif _SLOW_MANNER.search(line.manner):
        rate = _SLOW
    ellipses = len(re.findall(r"(?<!\.)\.{3,}|…", text))
    stops = len(re.findall(r"[.!?。！？]+(?=\s|$)", re.sub(r"\.{3,}|…", "", text)))
    ends = 1 if re.search(r"[.!?。！？][\"'”’)]*$", text) else 0
    pauses = 0.25 * len(re.findall(r"[,，、]", text)) + 0.5 * max(stops - ends, 0) + 0.6 * ellipses
    beats = len(re.findall(r"\b(?:beat|pause)\b", line.manner, re.IGNORECASE))
    return max(word_count(text) / rate, 0.3) + pauses + 1.0 * beats


def spoken_seconds(sounds: Sequence[float]) -> float:
    """Screen seconds of lines with these lengths of sound, with lead-in, gaps and lead-out; none take none."""
    return LEAD_IN + sum(sounds) + GAP * (len(sounds) - 1) + LEAD_OUT if sounds else 0.0


def holds_of(shot: ShotPlan) -> tuple[float, ...]:
    """Seconds of action before each line and after the last; a plan without them has all its action before the first line."""
    if len(shot.holds) == len(shot.lines) + 1:
        return shot.holds
    action = max(shot.seconds - spoken_seconds([line_seconds(line) for line in shot.lines]), 0.0)
    return (action, *([0.0] * len(shot.lines)))


def estimated_seconds(shot: ShotPlan) -> float:
    """Screen seconds of a shot before anything is voiced."""
    return sum(holds_of(shot)) + spoken_seconds([line_seconds(line) for line in shot.lines])


def scaled(shots: Sequence[ShotPlan], scene: SceneOutline) -> list[ShotPlan]:
    """One scene's shots with their action stretched or squeezed by 0.7-1.4 towards the scene's length; speech is left alone."""
    action = sum(sum(shot.holds) for shot in shots)
    if action <= 0:
        return [replace(shot, seconds=estimated_seconds(shot)) for shot in shots]
    speech = sum(estimated_seconds(shot) for shot in shots) - action
    factor = min(max((scene.seconds - speech) / action, 0.7), 1.4)
    out: list[ShotPlan] = []
    for shot in shots:
        held = sum(shot.holds)
        own = min(factor, max(LONGEST_ACTION / held, 0.7)) if held > 0 else 1.0
        if not shot.lines:
            own = max(own, min(SHORTEST_ACTION / held, 1.0))
        if shot.role in (Role.REACTION, Role.POV, Role.INSERT):
            own = max(own, 1.0)
        stretched = replace(shot, holds=tuple(hold * own for hold in shot.holds))
        out.append(replace(stretched, seconds=estimated_seconds(stretched)))
    return out


def in_frames(shots: Sequence[ShotPlan], rate: Rate) -> tuple[ShotPlan, ...]:
    """The shots with their lengths in whole frames; the remainder is carried, so the film is never half a frame off."""
    frames = whole_frames([shot.seconds for shot in shots], rate)
    return tuple(replace(shot, frames=length) for shot, length in zip(shots, frames, strict=True))


def retimed(shots: tuple[ShotPlan, ...], voiced: Mapping[tuple[int, int], float], rate: Rate) -> tuple[ShotPlan, ...]:
    """The shots with real sound in place of estimates: `voiced` gives a line's seconds by its (start, end) in the source.

    Lines that are not voiced yet keep their estimate; action keeps its time.

    Raises:
        Invalid: a voiced length is negative or not a number.
    """
    timed = [
        replace(shot, seconds=sum(holds_of(shot)) + spoken_seconds(_sounds(shot, voiced)), holds=holds_of(shot))
        for shot in shots
    ]
    return in_frames(timed, rate)


def line_offsets(shot: ShotPlan, voiced: Mapping[tuple[int, int], float], rate: Rate) -> tuple[int, ...]:
    """The frame each line of a shot begins at, counted from the shot's start.

    Raises:
        Invalid: a voiced length is negative or not a number.
    """
    return tuple(rate.frames(start) for start in _line_starts(shot, _sounds(shot, voiced)))


def _line_starts(shot: ShotPlan, sounds: Sequence[float]) -> Iterator[float]:
    now = LEAD_IN
    for hold, sound in zip(holds_of(shot), sounds, strict=False):
        now += hold
        yield now
        now += sound + GAP


def _sounds(shot: ShotPlan, voiced: Mapping[tuple[int, int], float]) -> list[float]:
    return [_sound(line, voiced.get((line.start, line.end))) for line in shot.lines]


def _sound(line: Line, seconds: float | None) -> float:
    if seconds is None:
        return line_seconds(line)
    if not 0 <= seconds < 24 * 3600:
        raise Invalid(
            f"The voice of “{line.text[:40]}” has an impossible length; voice the line again.", field="voiced"
        )
    return seconds
