"""A script's outline to the shots of its film: every scene covered, cut together, timed to the frame, numbered and described.

Source: offline.md 2.1-2.4. Pure and deterministic; the rules themselves are in `rules/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from studio.engine.artist.spec import ShotType, Size
from studio.engine.time import Rate
from studio.scripts.outline import IntExt, Outline, SceneOutline
from studio.storyboards.durations import in_frames, line_offsets, retimed, scaled
from studio.storyboards.rules.beats import People, scene_beats
from studio.storyboards.rules.continuity import with_push_in, within_budget, without_jump_cuts
from studio.storyboards.rules.coverage import covered
from studio.storyboards.rules.reading import PERSON_NOUNS
from studio.storyboards.shots import Line, Role, ShotPlan

__all__ = ["Line", "Role", "ShotPlan", "broken_down", "line_offsets", "retimed", "shot_letters"]

_SAME_TIME = frozenset(("CONTINUOUS", "CONT", "CONT'D", "CONTINUED", "LATER", "SAME", "MOMENTS LATER", "SAME TIME"))
_LOOKING = re.compile(
    r"(?:\s+(?:at|to|into|towards?|through|past|over|around|out|and sees|and notices|and|sees|notices|spots))+…?$"
)
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_AVERAGES = (2.5, 2.9, 3.3)
"""Seconds a shot of a scene lasts on average at least: 4 / 1.6, and more only if the whole film is still cut too fast."""
_FASTEST_FILM = 3.05
_SHORTEST_ESTABLISHED = 2
"""Eighths of a page under which a scene gets no establishing shot."""


def broken_down(outline: Outline, *, rate: Rate) -> tuple[ShotPlan, ...]:
    """The shots of a film in order; every word spoken in the script is in exactly one of them. At least one shot a scene."""
    people = People(outline)
    scenes = [
        covered(scene_beats(scene, people), establish=_is_established(scene, before))
        for before, scene in pairwise((None, *outline.scenes))
        if scene is not None
    ]
    film: list[ShotPlan] = []
    for average in _AVERAGES:
        film = _joined(scenes, outline, average)
        if sum(shot.seconds for shot in film) >= _FASTEST_FILM * len(film):
            break
    numbers = _numbers(outline.scenes, film)
    film = [
        replace(shot, order=order, number=number, description=described(shot, outline.scenes[shot.scene]))
        for order, (shot, number) in enumerate(zip(without_jump_cuts(film), numbers, strict=True))
    ]
    return in_frames(film, rate)


def _joined(scenes: Sequence[list[ShotPlan]], outline: Outline, average: float) -> list[ShotPlan]:
    """The film with every scene's shots joined to an average length in seconds, then stretched to its scene's length."""
    film: list[ShotPlan] = []
    for shots, scene in zip(scenes, outline.scenes, strict=True):
        film.extend(with_push_in(scaled(within_budget(shots, average), scene)))
    return film


def _is_established(scene: SceneOutline, before: SceneOutline | None) -> bool:
    """Whether a scene opens on its place: it is new, outside, or at another time; not when it goes straight on or is very short."""
    time = scene.time_of_day.upper().strip(". ")
    if not scene.heading or time in _SAME_TIME or scene.eighths < _SHORTEST_ESTABLISHED:
        return False
    if before is None or scene.int_ext in (IntExt.EXT, IntExt.INT_EXT):
        return True
    return (scene.set_name, scene.time_of_day) != (before.set_name, before.time_of_day)


def shot_letters(index: int) -> str:
    """The letters of the shot with this index in its scene: A to Z without I and O, then AA, AB ...

    Source: slate practice; I and O read as 1 and 0.
    """
    letters = ""
    index += 1
    while index > 0:
        index, letter = divmod(index - 1, len(_LETTERS))
        letters = _LETTERS[letter] + letters
    return letters


def _numbers(scenes: Sequence[SceneOutline], shots: Sequence[ShotPlan]) -> Iterator[str]:
    """Scene number and letters for each shot; a dash parts them when the scene's own number ends in a letter."""
    scene = -1
    index = 0
    for shot in shots:
        index = index + 1 if shot.scene == scene else 0
        scene = shot.scene
        number = scenes[scene].number
        dash = "-" if number[-1:].isalpha() else ""
        yield f"{number}{dash}{shot_letters(index)}"


_SMALL_WORDS = frozenset(
    {"The", "A", "An", "His", "Her", "Their", "Its", "That", "This", "Through", "Into", "Straight"}
)
"""Words that begin with a capital only because a sentence does."""


def described(shot: ShotPlan, scene: SceneOutline) -> str:
    """What is seen in a shot, in a sentence: the script's own words when it has some."""
    text = _description(shot, scene)
    return text[:1].upper() + text[1:]


def _description(shot: ShotPlan, scene: SceneOutline) -> str:
    if shot.role is Role.POV:
        viewer = f"What {spoken_name(shot.foreground)} sees" if shot.foreground else "Seen through their eyes"
        seen = re.sub(r"^.{0,40}?\bPOV\b[\s:.–—-]*", "", shot.action).lstrip("-–— ")
        if seen.split(" ", 1)[0] in _SMALL_WORDS:
            seen = seen[:1].lower() + seen[1:]
        return f"{viewer}: {seen}{'' if seen[-1:] in '.!?…' else '.'}"
    if shot.action:
        return _sentence(shot.action)
    names = [spoken_name(name) for name in shot.cast]
    if shot.type is ShotType.EMPTY or not names:
        place = spoken_name(scene.set_name) or "The place"
        time = f", {scene.time_of_day.lower()}" if scene.time_of_day else ""
        return f"{place}{time}."
    who = spoken_name(shot.subject) if shot.subject else _listed(names)
    if shot.role is Role.REACTION:
        return f"{who} listens." if shot.lines else f"{who}, silent, takes it in."
    if shot.type is ShotType.OTS and shot.foreground:
        return f"{who} speaks, seen over {spoken_name(shot.foreground)}’s shoulder."
    if shot.subject and any(line.speaker == shot.subject for line in shot.lines):
        return f"{who} speaks{', close' if shot.size in (Size.CU, Size.ECU) else ''}."
    if shot.lines and not shot.subject:
        return f"{who} talk."
    return f"{who}."


def spoken_name(name: str | None) -> str:
    """A name as a sentence has it: "MARA O'BRIEN" is Mara O'Brien."""
    words = (name or "").split()
    if words and words[-1].lower() in PERSON_NOUNS:
        return " ".join(("the", *(word.lower() for word in words)))
    return " ".join("-".join(_capital(part) for part in word.split("-")) for word in words)


def _capital(word: str) -> str:
    if any(mark in word[1:2] for mark in "'’") and len(word) > 3:
        return word[:2] + word[2:].capitalize()
    return word.capitalize() if len(word) > 2 or word.isalpha() else word


def _sentence(text: str) -> str:
    text = text.strip().lstrip("-–—•* ").strip()
    if not text:
        return ""
    text = _LOOKING.sub("…", text[0].upper() + text[1:])
    return text if text[-1] in ".!?…:\"”’'" else f"{text}."


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
