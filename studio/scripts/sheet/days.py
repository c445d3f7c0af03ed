"""The day of the story every scene plays on, D1, N1, D2 ..., from the times of day in the headings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

# The hours of a day in order: a scene at an earlier hour than the one before it plays on the next day.
_HOURS: dict[int, str] = {
    0: "DAWN SUNRISE SUNUP DAYBREAK PRE-DAWN AUBE РАССВЕТ",
    1: "MORNING MATIN MORGEN MATTINA MAÑANA MANHÃ УТРО AM",
    2: "DAY NOON MIDDAY DAYTIME JOUR TAG DÍA DIA GIORNO DAG ДЕНЬ",
    3: "AFTERNOON TARDE PM",
    4: "DUSK SUNSET SUNDOWN TWILIGHT CRÉPUSCULE ЗАКАТ",
    5: "EVENING NIGHTFALL SOIR SOIRÉE ABEND SERA ВЕЧЕР",
    6: "NIGHT MIDNIGHT NIGHTTIME NUIT NACHT NOCHE NOITE NOTTE НОЧЬ",
}
_HOUR_OF = {word: hour for hour, words in _HOURS.items() for word in words.split()}
_DAY, _NIGHT = 2, 5
_NEXT = re.compile(
    r"\b(?:NEXT|FOLLOWING) (?:DAY|MORNING|AFTERNOON|EVENING|NIGHT)\b|\bTHE DAY AFTER\b|\b(?:DAYS?|WEEKS?|MONTHS?|YEARS?) LATER\b"
)
_BACK = re.compile(r"\bFLASH ?BACK\b")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LABEL = re.compile(r"([DN])(\d{1,4})", re.IGNORECASE)
_LONGEST = 16


@dataclass(frozen=True, slots=True)
class Timed:
    """What is known of a scene's time: its heading, the time of day in it, and the day a person gave it ("" for none)."""

    heading: str
    time_of_day: str
    by_hand: str = ""


@dataclass(frozen=True, slots=True)
class ScriptDay:
    """The day a scene plays on, as it is printed, and whether it is dark then."""

    label: str
    dark: bool


def script_days(scenes: Iterable[Timed]) -> tuple[ScriptDay, ...]:
    """The day of every scene, in order. CONTINUOUS, LATER and scenes without a time go on where the one before them was.

    A day by hand counts for its scene and the ones after it; a flashback ("FB") does not move the story's day.
    """
    days: list[ScriptDay] = []
    number, hour = 1, _DAY
    first = True
    for scene in scenes:
        words = f"{scene.heading} {scene.time_of_day}".upper()
        new = _hour(scene.time_of_day)
        if _BACK.search(words) and not scene.by_hand:
            days.append(ScriptDay("FB", (hour if new is None else new) >= _NIGHT))
            continue
        if new is not None and not first and (new < hour or _NEXT.search(words)):
            number += 1
        elif new is None and not first and _NEXT.search(words):
            number, new = number + 1, _DAY
        hour = hour if new is None else new
        if given := _LABEL.fullmatch(scene.by_hand):
            number = int(given[2])
            hour = (
                hour if (hour >= _NIGHT) == (given[1].upper() == "N") else _NIGHT if given[1].upper() == "N" else _DAY
            )
        dark = hour >= _NIGHT
        days.append(ScriptDay(scene.by_hand or f"{'N' if dark else 'D'}{number}"[:_LONGEST], dark))
        first = False
    return tuple(days)


def _hour(time_of_day: str) -> int | None:
    """The hour a time of day names; None when it names none ("LATER", "CONTINUOUS")."""
    words = _WORD.findall(time_of_day.upper())
    return next((_HOUR_OF[word] for word in reversed(words) if word in _HOUR_OF), None)
