"""What the panes beside a cut print: properties, times and transitions of what is chosen, as flat views."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from state.board.panels import ANGLES, MOVES
from state.renders.cut import timecode
from studio.engine.timeline import PICTURE, Speed, Timeline, Track, Transition
from studio.engine.timeline.looks import Nested
from studio.storyboards.views import PanelCard
from studio.timelines.properties.reading import Spot, Value, chosen_of, factor_of, groups_of, heard_of, value_of
from studio.timelines.properties.setting import near_key
from studio.timelines.properties.table import COLOUR, EFFECTS, SOUND, TRANSFORM, Group

NOWHERE = -1

TRANSITIONS = {
    "dissolve": "Dissolve",
    "dip": "Dip to a colour",
    "wipe_left": "Wipe left",
    "wipe_right": "Wipe right",
    "wipe_up": "Wipe up",
    "wipe_down": "Wipe down",
    "push_left": "Push left",
    "push_right": "Push right",
    "push_up": "Push up",
    "push_down": "Push down",
    "slide_left": "Slide left",
    "slide_right": "Slide right",
    "slide_up": "Slide up",
    "slide_down": "Slide down",
}
MOVING = {
    path: each.label
    for group in (TRANSFORM, COLOUR, SOUND)
    for each in group.properties
    if each.moves
    for path in each.paths
} | {"speed.ramp": "Speed"}
"""What a value of a clip that moves is called, by its place."""

_SPECIAL = {"effect": "Look of all below", "text": "Text", "audio": "Sound"}


@dataclass(frozen=True, slots=True)
class Option:
    """One of a few to choose from."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Field:
    """A property as it stands: its words in `value`, or its `number`; "" and 0 where the chosen clips differ (`mixed`).

    `keyed` is "", some or here; `paths` and `factor` say where the page may try a value before it is kept.
    """

    name: str
    label: str
    kind: str
    value: str
    number: float
    mixed: bool
    unit: str
    least: float
    most: float
    step: float
    whole: bool
    moves: bool
    keyed: str
    way: str
    factor: float
    paths: list[str] = field(default_factory=list[str])
    options: list[Option] = field(default_factory=list[Option])


@dataclass(frozen=True, slots=True)
class Shown:
    """A group of fields; an `effect` has a number among the effects, else -1."""

    name: str
    title: str
    note: str
    effect: int
    last: bool
    fields: list[Field]


@dataclass(frozen=True, slots=True)
class Head:
    """What is chosen: nothing (`count` 0), one clip or several; `board` is where its shot can be opened."""

    count: int = 0
    title: str = ""
    told: str = ""
    board: str = ""
    clips: list[str] = field(default_factory=list[str])


@dataclass(frozen=True, slots=True)
class Times:
    """In, out and length of the one chosen clip; where keys are before and after the playhead (-1: nowhere)."""

    begins: str = ""
    ends: str = ""
    lasts: str = ""
    key_before: int = NOWHERE
    key_after: int = NOWHERE
    on_clip: bool = False


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast the chosen clips run: per cent as text, "" where they differ, and as a number; `has` says whether what they
    show runs at all."""

    has: bool = False
    percent: str = ""
    number: float = 0.0
    back: bool = False
    frozen: bool = False
    pitch: bool = True


@dataclass(frozen=True, slots=True)
class Seam:
    """A cut at an end of what is chosen; without `id` it is a hard one. `frames` is the length of its transition."""

    id: str
    track: str
    at: int
    where: str
    kind: str
    frames: int
    colour: str


def fields_of(timeline: Timeline, chosen: Sequence[Spot], frame: int) -> list[Shown]:
    """The groups of the chosen clips with their values at the playhead."""
    heard = heard_of(timeline, chosen)
    groups = groups_of(timeline, chosen)
    effects = [group.name for group in groups if group.name.startswith("effects[")]
    shown: list[Shown] = []
    for group in groups:
        meant = heard if group.name == "sound" else chosen
        note = f"linked, {heard[0].clip.name}" if meant is heard and heard[0] not in chosen else ""
        number = effects.index(group.name) if group.name in effects else NOWHERE
        last = number == len(effects) - 1
        values = [_field(timeline, value_of(timeline, meant, each, frame)) for each in group.properties]
        shown.append(Shown(group.name, group.title, note, number, last, values))
    return shown


def meant_by(timeline: Timeline, clips: Sequence[str], group: str) -> tuple[Spot, ...]:
    """The clips a group of properties is about."""
    chosen = chosen_of(timeline, clips)
    return heard_of(timeline, chosen) if group == "sound" else chosen


def group_named(timeline: Timeline, clips: Sequence[str], name: str) -> Group | None:
    """A group of properties of the chosen clips."""
    return next((group for group in groups_of(timeline, chosen_of(timeline, clips)) if group.name == name), None)


def head_of(chosen: Sequence[Spot], shot: PanelCard | None, board: str) -> Head:
    """What stands over the inspector."""
    clips = [spot.clip.id for spot in chosen]
    if not chosen:
        return Head()
    if len(chosen) > 1:
        tracks = len({spot.track.id for spot in chosen})
        told = f"on {tracks} tracks" if tracks > 1 else f"on {chosen[0].track.name}"
        return Head(
            len(chosen), f"{len(chosen)} clips", f"{told}. What they share; a change is made to all.", "", clips
        )
    spot = chosen[0]
    if shot is not None and spot.track.kind in PICTURE:
        return Head(1, shot.number, spec_of(shot), board, clips)
    kind = _SPECIAL.get(spot.track.kind, "")
    return Head(1, spot.clip.name or kind or "Clip", f"{kind or 'Picture'} on {spot.track.name}", board, clips)


def spec_of(shot: PanelCard) -> str:
    """Size, angle, move and lens in a line."""
    angle = ANGLES.get(shot.angle, (shot.angle.lower(), ""))[0]
    move = MOVES.get(shot.move, shot.move).lower()
    return f"{shot.size} · {angle} · {move} · {shot.lens_mm:g} mm"


def times_of(timeline: Timeline, chosen: Sequence[Spot], frame: int) -> Times:
    """Times of what is chosen and of the keys around the playhead."""
    before, after = near_key(chosen, frame, after=False), near_key(chosen, frame, after=True)
    keys = (NOWHERE if before is None else before, NOWHERE if after is None else after)
    on = any(spot.clip.start <= frame < spot.clip.end for spot in chosen)
    if len(chosen) != 1:
        return Times(key_before=keys[0], key_after=keys[1], on_clip=on)
    clip, rate = chosen[0].clip, timeline.rate
    begins, ends, lasts = (timecode(frames, rate) for frames in (clip.start, clip.end, clip.frames))
    return Times(begins, ends, lasts, *keys, on)


def pace_of(chosen: Sequence[Spot]) -> Pace:
    """The speed of what runs; stills and what is drawn have none."""
    runs = [s.clip for s in chosen if (s.clip.media and s.clip.motion is None) or isinstance(s.clip.made, Nested)]
    if not runs or len(runs) < len(chosen):
        return Pace()
    speeds = {clip.speed or Speed() for clip in runs}
    one = speeds.pop()
    if speeds or one.ramp is not None:
        return Pace(True, "", 0.0, one.factor < 0, False, one.keep_pitch)
    percent = abs(float(one.factor)) * 100
    return Pace(True, f"{percent:g}", percent, one.factor < 0, one.factor == 0, one.keep_pitch)


def seams_of(timeline: Timeline, chosen: Sequence[Spot]) -> list[Seam]:
    """The cuts at both ends of one chosen clip, or those between chosen neighbours (at most 8)."""
    ids = {spot.clip.id for spot in chosen}
    found: list[Seam] = []
    for track in timeline.tracks:
        for before, after in pairwise(track.clips):
            inside = before.id in ids and after.id in ids
            if before.end != after.start or not (inside or (len(ids) == 1 and ids & {before.id, after.id})):
                continue
            where = (
                f"{before.name} to {after.name}" if inside else ("At its start" if after.id in ids else "At its end")
            )
            found.append(_seam(track, after.start, where))
    return found[:8]


def effects_to_add() -> list[Option]:
    """The effects there are."""
    return [Option(code, words) for code, words in EFFECTS]


def _seam(track: Track, at: int, where: str) -> Seam:
    here: Transition | None = next((each for each in track.transitions if each.at == at), None)
    if here is None:
        return Seam("", track.id, at, where, "", 0, "")
    return Seam(here.id, track.id, at, where, here.kind, here.before + here.after, here.colour)


def _field(timeline: Timeline, value: Value) -> Field:
    each = value.of
    factor = factor_of(timeline, each)
    scale = factor if each.per in ("across", "down") else 1.0
    return Field(
        name=each.name,
        label=each.label,
        kind=each.kind,
        value=_said(value.value),
        number=float(value.value) if isinstance(value.value, int | float) else 0.0,
        mixed=value.value is None,
        unit=each.unit,
        least=each.least * scale,
        most=each.most * scale,
        step=each.step,
        whole=each.whole,
        moves=each.moves,
        keyed=value.keyed,
        way=value.way,
        factor=factor,
        paths=list(each.paths),
        options=[Option(code, words) for code, words in each.options],
    )


def _said(value: float | str | bool | None) -> str:
    if isinstance(value, str):
        return value
    return "on" if value is True else ""
