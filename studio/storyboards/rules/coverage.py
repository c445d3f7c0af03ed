"""A scene walked beat by beat: its establishing shot, then action and dialogue each by their own rules.

Source: offline.md 2.3, rules 2 and 7.
"""

from __future__ import annotations

import re

from studio.engine.artist.spec import Size
from studio.scripts.elements import Kind
from studio.scripts.outline import SceneOutline
from studio.storyboards.durations import ESTABLISH_INSIDE, ESTABLISH_OUTSIDE, LONGEST_ACTION, action_seconds
from studio.storyboards.rules.action import show_action
from studio.storyboards.rules.beats import Beat, SceneBeats, gone_after
from studio.storyboards.rules.dialogue import dialogue_plan, speak
from studio.storyboards.rules.reading import ActionRule, action_rule, angle_of, camera_call, tension
from studio.storyboards.rules.reel import CUT_AFTER, Reel, group_type
from studio.storyboards.shots import Role, ShotPlan

_CALM_OPENINGS = (ActionRule.PLAIN, ActionRule.WALK, ActionRule.GESTURE, ActionRule.VISTA)


def covered(reading: SceneBeats, *, establish: bool) -> list[ShotPlan]:
    """The shots of a scene in order, at least one. `establish` says its place or time is new."""
    tensions = tensions_of(reading)
    plan = dialogue_plan(reading, tensions)
    reel = Reel(reading)
    reel.elsewhere.update(plan.elsewhere)
    taken = _opened(reel, tensions, establish=establish)
    for index, beat in enumerate(reading.beats[taken:], taken):
        reel.tension = tensions[index]
        reel.welcome(beat)
        if beat.line is not None:
            reel.call_open = False
            speak(reel, plan, index, beat, beat.line)
        else:
            show_action(reel, beat)
        reel.absent.update(gone_after(beat))
    if not reel.shots:
        reel.pending_start = None
        _establishing(reel, reading.beats)
    reel.close(reading.beats[-1].end if reading.beats else 0)
    return reel.shots


def tensions_of(reading: SceneBeats) -> list[float]:
    """How tense each beat is, 0..1; names in capitals do not count as shouting."""
    names = {word for name in reading.people for word in re.findall(r"[A-ZÀ-Þ]{3,}", name.upper())}
    named = re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, names))) + r")\b") if names else None
    last = max(len(reading.beats) - 1, 1)
    return [
        tension(named.sub("", beat.text) if named else beat.text, index / last)
        for index, beat in enumerate(reading.beats)
    ]


def _opened(reel: Reel, tensions: list[float], *, establish: bool) -> int:
    """Make the establishing shot when there is to be one; how many beats it takes."""
    beats = reel.reading.beats
    opens_with_camera = bool(beats) and beats[0].line is None and camera_call(beats[0].text) is not None
    if not establish or opens_with_camera or not beats or (reel.in_vehicle and beats[0].people):
        return 0
    taken = _beats_of_the_place(beats)
    if not taken and reel.exterior and _opens_on_small_figures(beats):
        taken = 1
    reel.tension = tensions[0]
    _establishing(reel, beats[:taken])
    return taken


def _beats_of_the_place(beats: tuple[Beat, ...]) -> int:
    """How many of the first sentences only describe the place."""
    taken = 0
    seconds = 0.0
    for beat in beats:
        if beat.line is not None or beat.people or camera_call(beat.text) is not None:
            break
        seconds += action_seconds(beat.text)
        if taken and (seconds > CUT_AFTER - 1 or action_rule(beat.text, peopled=False) is ActionRule.INSERT):
            break
        taken += 1
    return taken


def _opens_on_small_figures(beats: tuple[Beat, ...]) -> bool:
    """The first sentence may name people: small in the wide picture, when more action follows for the master."""
    if len(beats) < 2 or beats[0].line is not None or beats[1].line is not None:
        return False
    return bool(beats[0].people) and action_rule(beats[0].text, peopled=True) in _CALM_OPENINGS


def _establishing(reel: Reel, beats: tuple[Beat, ...]) -> None:
    cast = reel.in_order(name for beat in beats for name in beat.people)
    for beat in beats:
        reel.welcome(beat)
    base = ESTABLISH_OUTSIDE if reel.exterior else ESTABLISH_INSIDE
    start, end = _opening_span(reel.scene, reel.reading.beats, beats)
    text = " ".join(beat.text for beat in beats)
    reel.add(
        Size.EWS if reel.exterior else Size.WS,
        group_type(cast),
        "A new place or time: show where we are first.",
        role=Role.ESTABLISH,
        cast=cast,
        subject=cast[0] if len(cast) == 1 else None,
        start=start,
        end=end,
        action=text,
        hold=min(max(base, sum(action_seconds(beat.text) for beat in beats)), LONGEST_ACTION),
        angle=angle_of(text),
    )


def _opening_span(scene: SceneOutline, beats: tuple[Beat, ...], taken: tuple[Beat, ...]) -> tuple[int, int]:
    """The source an establishing shot covers: the heading and the beats it takes, never words of a later beat."""
    heading = next((element for element in scene.elements if element.kind is Kind.SCENE_HEADING), None)
    start, end = (heading.start, heading.end) if heading else (scene.start, scene.start)
    if taken:
        return min(start, taken[0].start), max(taken[-1].end, min(end, _next_start(beats, taken)))
    if beats and beats[0].start < end:
        return beats[0].start, beats[0].start
    return start, end


def _next_start(beats: tuple[Beat, ...], taken: tuple[Beat, ...]) -> int:
    return beats[len(taken)].start if len(beats) > len(taken) else taken[-1].end
