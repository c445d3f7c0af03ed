"""An edit decision list (CMX3600 and what Avid, Premiere and Resolve make of it) as a timeline."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import PureWindowsPath

from studio.core.errors import Invalid
from studio.engine.interchange.edl_writing import RATE, START, WIPES
from studio.engine.interchange.formats import Loss, Media, Read, Shelf, colour_named, path_of
from studio.engine.interchange.rates import rate_near
from studio.engine.interchange.screening import text_of
from studio.engine.interchange.timecode import counted, drops, frames_of
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Marker, Speed, Timeline, Track, Transition
from studio.engine.timeline.model import TransitionKind

_CODE = r"\d{1,2}[:;.]\d{2}[:;.]\d{2}[:;.,]\d{2}"
_EVENT = re.compile(
    r"(?P<number>\d+)\s+(?P<reel>\S.{0,128}?)\s+(?P<channels>V\d*|NONE|B|(?:A+\d*)(?:/V)?)\s+"
    r"(?P<how>C|D|K\s?[BO]?|W\s?\d{1,4})\s*(?P<frames>\d{1,5})?\s+"
    rf"(?P<a>{_CODE})\s+(?P<b>{_CODE})\s+(?P<c>{_CODE})\s+(?P<d>{_CODE})\s*",
    re.IGNORECASE,
)
_SPEED = re.compile(r"M2\s+(?P<reel>.*?)\s+(?P<speed>[-+]?\d+(?:\.\d+)?)\s+(?P<code>" + _CODE + r")\s*")
_MARK = re.compile(rf"(?P<code>{_CODE})\s+(?P<colour>[A-Za-z]+)\s*(?P<name>.*)")
_AUD = re.compile(r"AUD\s+((?:\d{1,2}\s*){1,4})")
_LIKE_EVENT = re.compile(r"\d{1,6}\s+\S+\s+")
_MOST_EVENTS = 20_000
_KINDS: dict[str, TransitionKind] = {code: kind for kind, code in WIPES.items()}  # pyright: ignore[reportAssignmentType]
_QUIET = ("ASC_SOP", "ASC_SAT")


@dataclass(slots=True)
class _Event:
    """One line of the list and what is said below it."""

    line: int
    reel: str
    channels: str
    how: str
    frames: int
    source: tuple[int, int]
    record: tuple[int, int]
    speed: Fraction | None = None
    said: dict[str, str] = field(default_factory=dict[str, str])
    further: tuple[str, ...] = ()


@dataclass(slots=True)
class _Lane:
    """A channel as it fills."""

    clips: list[Clip] = field(default_factory=list[Clip])
    transitions: list[Transition] = field(default_factory=list[Transition])
    black: bool = False
    """Whether the line before was black of no length: what is dissolved in from it fades in."""


@dataclass(slots=True)
class _List:
    """The list being read."""

    rate: Rate
    drop: bool = False
    title: str = ""
    start: int | None = None
    events: list[_Event] = field(default_factory=list[_Event])
    marks: list[tuple[int, str, str]] = field(default_factory=list[tuple[int, str, str]])
    losses: list[Loss] = field(default_factory=list[Loss])
    shelf: Shelf = field(default_factory=Shelf)
    lanes: dict[str, _Lane] = field(default_factory=dict[str, _Lane])
    ids: int = 0

    def new(self, letter: str) -> str:
        self.ids += 1
        return f"{letter}{self.ids}"


def read(data: bytes, name: str, *, rate: Rate | None = None) -> Read:
    """An EDL; its rate is not in it, so that it is given or taken from the timecodes that are there.

    Raises: Invalid, LimitReached.
    """
    text = text_of(data)
    ours = re.search(rf"^\* {RATE}: (\d{{1,6}}/\d{{1,4}})\s*$", text, re.MULTILINE)
    found = _List(rate or (rate_near(Fraction(ours[1])) if ours and ours[1][-2:] != "/0" else _likely(text)))
    if rate is None and ours is None:
        found.losses.append(Loss("File", f"an EDL does not say its rate, {found.rate.said} frames a second was taken"))
    for number, line in enumerate(text.splitlines(), 1):
        _take(found, number, line.strip())
    if not found.events and not found.title:
        raise Invalid("There is no event in this file: it is no EDL. Export the timeline as CMX3600 EDL.")
    first = found.start if found.start is not None else min((e.record[0] for e in found.events), default=0)
    for event in found.events:
        _place(found, event, first)
    tracks = [
        Track(
            channel.lower(),
            "video" if channel.startswith("V") else "audio",
            channel,
            "picture" if channel.startswith("V") else "sound",
            clips=tuple(clip for clip in lane.clips if clip.frames > 0),
            transitions=tuple(lane.transitions),
        )
        for channel, lane in sorted(found.lanes.items(), key=lambda each: (each[0][0] != "V", each[0]))
    ]
    markers = tuple(Marker(max(0, at - first), told, colour=colour) for at, told, colour in found.marks)
    timeline = Timeline(
        found.title or PureWindowsPath(name).stem,
        found.rate,
        1920,
        1080,
        tuple(tracks),
        markers,
        drop_frame=found.drop,
        first_frame=first,
    )
    return Read("edl", timeline, tuple(found.shelf.found.values()), tuple(found.losses))


def _likely(text: str) -> Rate:
    """The rate timecodes speak of: drop-frame is 29.97; the highest frame they count says the rest."""
    codes = re.findall(_CODE, text)
    if re.search(r"^\s*FCM:\s*DROP", text, re.MULTILINE | re.IGNORECASE) or any(";" in code for code in codes):
        return Rate(30_000, 1001) if max((int(c[-2:]) for c in codes), default=0) < 30 else Rate(60_000, 1001)
    highest = max((int(code[-2:]) for code in codes), default=0)
    return next((Rate(fps) for fps in (24, 25, 30, 50) if highest < fps), Rate(60))


def _take(found: _List, number: int, line: str) -> None:
    """Read one line."""
    upper = line.upper()
    if not line:
        return
    if upper.startswith("TITLE:"):
        found.title = line[6:].strip()
    elif upper.startswith("FCM:"):
        found.drop = upper[4:].strip().startswith("DROP") and drops(found.rate)
    elif upper.startswith("M2"):
        _speed(found, line)
    elif (match := _AUD.fullmatch(upper)) and found.events:
        found.events[-1].further += tuple(f"A{n}" for n in match[1].split())
    elif line[0] in "*>" or upper.startswith(("M2", "FINAL CUT PRO")):
        _comment(found, line.lstrip("*> ").strip())
    elif match := _EVENT.fullmatch(line):
        _event(found, number, match)
    elif _LIKE_EVENT.match(line) and re.search(_CODE, line):
        raise Invalid(f"Line {number} of this EDL is no event. Export the list as CMX3600 EDL.")


def _event(found: _List, number: int, match: re.Match[str]) -> None:
    if len(found.events) >= _MOST_EVENTS:
        raise Invalid(f"This EDL has more than {_MOST_EVENTS} events. Export it in parts.")
    try:
        a, b, c, d = (frames_of(match[each], found.rate, drop=found.drop) for each in "abcd")
    except Invalid as e:
        raise Invalid(f"Line {number}: {e.message}") from e
    if b < a or d < c:
        raise Invalid(f"Line {number} of this EDL ends before it begins. Export the list again.")
    how = match["how"].upper().replace(" ", "")
    if any(";" in match[each] for each in "abcd") and drops(found.rate):
        found.drop = True
    found.events.append(
        _Event(number, match["reel"], match["channels"].upper(), how, int(match["frames"] or 0), (a, b), (c, d))
    )


def _speed(found: _List, line: str) -> None:
    match = _SPEED.fullmatch(line)
    if match is None or not found.events:
        return
    fps = Fraction(match["speed"])
    exact = (fps / counted(found.rate)).limit_denominator(1000)
    reel = match["reel"].strip()
    event = next((e for e in reversed(found.events[-2:]) if e.reel == reel), found.events[-1])
    event.speed = exact


def _comment(found: _List, line: str) -> None:
    key, colon, value = line.partition(":")
    key, value = key.strip().upper(), value.strip()
    if not colon:
        return
    if key == START:
        found.start = frames_of(value, found.rate, drop=found.drop)
    elif key == "LOC" and (match := _MARK.match(value)):
        at = frames_of(match["code"], found.rate, drop=found.drop)
        colour = "" if match["colour"].lower() == "white" else colour_named(match["colour"])
        found.marks.append((at, match["name"].strip(), colour))
    elif found.events:
        found.events[-1].said.setdefault(key, value)
        if key.startswith(_QUIET):
            found.losses.append(
                Loss(f"Event on line {found.events[-1].line}", "its colours (ASC CDL) were not brought in")
            )


def _place(found: _List, event: _Event, first: int) -> None:
    """Put an event on its channels."""
    start, end = event.record[0] - first, event.record[1] - first
    if start < 0:
        found.losses.append(Loss(f"Event on line {event.line}", "it lies before the start of the timeline"))
        return
    black = event.reel.upper() in ("BL", "BLACK")
    for channel in (*_channels(event.channels), *event.further):
        lane = found.lanes.setdefault(channel, _Lane())
        last = lane.clips[-1] if lane.clips else None
        if start == end:
            lane.black = black
        elif black:
            if event.how == "D" and event.frames and last and last.end == start:
                lane.clips[-1] = replace(last, frames=last.frames + event.frames, fade_out=event.frames)
            lane.black = True
        else:
            _clip(found, lane, event, start, end)
            lane.black = False


def _clip(found: _List, lane: _Lane, event: _Event, start: int, end: int) -> None:
    clip = _made(found, event, start, end)
    lane.clips = [each for each in lane.clips if each.start < start] if _over(lane, start) else lane.clips
    last = lane.clips[-1] if lane.clips else None
    if last is not None and last.end > start:
        found.losses.append(Loss(f"Clip '{last.name}'", "the event after it begins before it ends, it was cut there"))
        lane.clips[-1] = replace(last, frames=start - last.start)
    length = min(event.frames, clip.frames)
    if event.how != "C" and length:
        if event.how.startswith("K"):
            found.losses.append(Loss(f"Clip '{clip.name}'", "its key was not brought in"))
        elif last is None or lane.black or last.end < start:
            clip = replace(clip, fade_in=length)
        else:
            lane.transitions.append(_transition(found, event, start, length))
    lane.clips.append(clip)


def _over(lane: _Lane, start: int) -> bool:
    return bool(lane.clips) and lane.clips[-1].start >= start


def _transition(found: _List, event: _Event, start: int, length: int) -> Transition:
    kind: TransitionKind = "dissolve"
    if event.how.startswith("W"):
        code = f"W{int(event.how[1:]):03d}"
        kind = _KINDS.get(code, "dissolve")
        if code not in _KINDS:
            found.losses.append(Loss(f"Event on line {event.line}", f"wipe {code} was brought in as a dissolve"))
    return Transition(found.new("t"), kind, start, 0, length)


def _made(found: _List, event: _Event, start: int, end: int) -> Clip:
    """The clip of an event; its file is the one its comments name, or its reel."""
    said, moved = event.said, event.how != "C"
    name = (said.get("TO CLIP NAME") if moved else None) or said.get("FROM CLIP NAME") or event.reel
    path = said.get("SOURCE FILE") or (said.get("TO CLIP") if moved else None) or said.get("FROM CLIP") or ""
    path = path_of(path)
    reel = said.get("REEL NAME") or said.get("REEL") or event.reel
    reel = "" if reel.upper() == "AX" else reel
    file = Media("", PureWindowsPath(path).name or name, path if re.search(r"[/\\]", path) else "", reel)
    source, length = event.source[0], event.source[1] - event.source[0]
    speed: Speed | None = None
    if event.speed is not None and event.speed != 1:
        speed = Speed(event.speed)
        source = max(source, event.source[1] - 1) if event.speed < 0 else source
    elif length != end - start:
        found.losses.append(Loss(f"Clip '{name}'", f"its source is {length} frames long and its place {end - start}"))
    return Clip(found.new("c"), name, found.shelf.keep(file), start, end - start, source, speed=speed)


def _channels(said: str) -> list[str]:
    """The channels an event is on: B is picture and sound, AA two of sound."""
    if said == "NONE":
        return []
    if said == "B":
        return ["V", "A"]
    sounds, _, picture = said.partition("/")
    if sounds.startswith("V"):
        return [sounds]
    if sounds == "AA":
        channels = ["A", "A2"]
    else:
        digits = sounds.lstrip("A")
        channels = [f"A{digits}" if digits and digits != "1" else "A"]
    return ["V", *channels] if picture else channels
