"""Scene headings: what is one, and the place and time it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class IntExt(StrEnum):
    INT = "INT"
    EXT = "EXT"
    INT_EXT = "INT_EXT"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading names. Set and time are in upper case; the time is empty when none is given."""

    int_ext: IntExt
    set_name: str
    time_of_day: str


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Source: Fountain syntax, "Scene Heading"; German and Russian as they are printed there, with their full stop only.
_PREFIX = re.compile(
    r"(?:(?P<both>INT\.? ?/ ?EXT|EXT\.? ?/ ?INT|I\.?/E|E/I)|(?P<ext>EXT|EST)|(?P<int>INT))(?:\.|(?=[ \t]))"
    r"|(?P<both2>INNEN/AUSSEN|ИНТ\.?/НАТ|ИНТ\.?/ЭКСТ)\.|(?P<ext2>AUSSEN|AUßEN|НАТ|ЭКСТ)\.|(?P<int2>INNEN|ИНТ)\.",
    re.IGNORECASE,
)
_REVERSED = re.compile(r"EXT\.? ?/|E/I", re.IGNORECASE)
_STRICT = re.compile(r"(?:INT|EXT|EST|I/E|I\./E|INNEN|AUSSEN|ИНТ|НАТ|ЭКСТ)[./ ]")
_DASH = re.compile(r"[ \t]+(?:-{1,2}|[–—])[ \t]+|[ \t]+-{1,2}(?=\S)|(?<=\S)--?[ \t]+|[–—]")
_TIMES = _set(
    """DAY NIGHT MORNING AFTERNOON EVENING DAWN DUSK NOON MIDDAY MIDNIGHT SUNRISE SUNSET SUNUP SUNDOWN TWILIGHT DAYBREAK
    NIGHTFALL DAYTIME NIGHTTIME PRE-DAWN CONTINUOUS CONT CONT'D CONTINUED LATER SAME HOUR PRESENT FLASHBACK FLASHFORWARD
    DREAM AM PM JOUR NUIT MATIN SOIR SOIRÉE AUBE CRÉPUSCULE TAG NACHT MORGEN ABEND DÍA DIA NOCHE MAÑANA TARDE NOITE
    MANHÃ GIORNO NOTTE SERA MATTINA DAG ДЕНЬ НОЧЬ УТРО ВЕЧЕР РАССВЕТ ЗАКАТ"""
)
_YEAR = re.compile(r"\(?\d{4}\)?")
_NUMBER = re.compile(r"[\w.\-]{1,24}")


def is_heading(line: str) -> bool:
    """Whether a trimmed line begins as a scene heading does, in any case."""
    return _PREFIX.match(line) is not None


def opens_scene(line: str) -> bool:
    """Whether Fountain reads a trimmed line as a scene heading: as `is_heading`, but for "EXT/INT." and "E/I", which other
    programs write and its syntax does not name.
    """
    return is_heading(line) and not _REVERSED.match(line)


def is_certain_heading(line: str) -> bool:
    """Whether a line is a heading even in the middle of a paragraph: all capitals, "INT. KITCHEN - DAY"."""
    return bool(_STRICT.match(line) and _PREFIX.match(line) and line == line.upper() and len(line) > 5 and _clear(line))


def _clear(line: str) -> bool:
    return "." in line[:10] or "/" in line[:4]


def number_at(line: str) -> tuple[int, str]:
    """Where the words of a heading end, and its scene number: "INT. HALL #12A#" gives (9, "12A").

    Source: Fountain syntax, "Scene Numbers": letters, digits, dashes and full stops between number signs.
    """
    trimmed = line.rstrip()
    if trimmed.endswith("#"):
        left = trimmed.rfind("#", 0, len(trimmed) - 1)
        number = trimmed[left + 1 : -1].strip()
        if left > 0 and _NUMBER.fullmatch(number):
            return len(trimmed[:left].rstrip()), number
    return len(trimmed), ""


def heading_of(text: str) -> Heading:
    """The place and time in the text of a heading (without its scene number)."""
    line = " ".join(text.upper().split())
    prefix = _PREFIX.match(line)
    if not prefix:
        return Heading(IntExt.OTHER, *_set_and_time(line))
    group = prefix.lastgroup or ""
    int_ext = IntExt.INT_EXT if group.startswith("both") else IntExt.EXT if group.startswith("ext") else IntExt.INT
    return Heading(int_ext, *_set_and_time(line[prefix.end() :].lstrip(" .-–—:")))


def _set_and_time(line: str) -> tuple[str, str]:
    """The set and the time of day. Every trailing part that is a time or a year leaves the set; the last one is the time."""
    dashes = list(_DASH.finditer(line))
    times: list[str] = []
    end = len(line)
    for dash in reversed(dashes):
        part = line[dash.end() : end].strip()
        if not _is_time(part) and not (_YEAR.fullmatch(part) and not times):
            break
        times.append(part)
        end = dash.start()
    time = next((time for time in times if not _YEAR.fullmatch(time)), "")
    if not time:
        time, end = _undashed_time(line)
    return line[:end].strip(" .,-–—"), time


def _undashed_time(line: str) -> tuple[str, int]:
    """ "KITCHEN, NIGHT", "KITCHEN. NIGHT" and "KITCHEN NIGHT": the time and where the set ends before it."""
    if _is_time(line) and len(line.split()) == 1:
        return line, 0
    for separator in (". ", ", "):
        at = line.rfind(separator)
        if at > 0 and _is_time(line[at + 2 :]):
            return line[at + 2 :].strip(), at
    at = line.rfind(" ")
    if at > 0 and line[at + 1 :] in {"DAY", "NIGHT"}:
        return line[at + 1 :], at
    return "", len(line)


def _is_time(part: str) -> bool:
    """A time ends in one: "EARLY MORNING", "MOMENTS LATER", "DAY 3" and "NIGHT (1987)", but no "DAY ROOM"."""
    plain = re.sub(r"[(\[][^)\]]*[)\]]?", " ", part)
    words = re.split(r"[,/;]", plain, maxsplit=1)[0].replace(".", "").split()
    while words and words[-1].isdigit():
        words.pop()
    if not words:
        return False
    return words[-1] in _TIMES or bool(re.fullmatch(r"\d{1,2}(?::\d\d)?(?:AM|PM)?", words[-1]))
