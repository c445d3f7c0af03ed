"""Scenes, panels and shots as the board and the script print them: plain words made from the studio's views."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from state.live import ago, clock
from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.links import media_link
from studio.storyboards import service as storyboards
from studio.storyboards.editing.endings import MOVING
from studio.storyboards.views import BoardScene, PanelCard, PanelView, ShotDetail, VersionView

_PAGE = 200  # the most panels a page may ask for

SIZES = {
    "EWS": "Extreme wide shot",
    "WS": "Wide shot",
    "FS": "Full shot",
    "MLS": "Medium long shot",
    "MWS": "Medium wide shot",
    "MS": "Medium shot",
    "MCU": "Medium close-up",
    "CU": "Close-up",
    "ECU": "Extreme close-up",
    "INSERT": "Insert",
}
ANGLES = {
    "EYE": ("eye", "Eye level"),
    "HIGH": ("high", "High"),
    "LOW": ("low", "Low"),
    "OVERHEAD": ("top", "From above"),
    "WORM": ("worm", "From the ground"),
    "DUTCH": ("dutch", "Tilted"),
}
TYPES = {
    "SINGLE": "Single",
    "OTS": "Over the shoulder",
    "TWO": "Two-shot",
    "GROUP": "Group",
    "POV": "Point of view",
    "EMPTY": "Nobody",
}
MOVES = {
    "STATIC": "Static",
    "PAN": "Pan",
    "TILT": "Tilt",
    "PUSH_IN": "Push in",
    "PULL_OUT": "Pull out",
    "TRACK": "Track",
    "FOLLOW": "Follow",
    "CRANE": "Crane",
    "ZOOM": "Zoom",
    "HANDHELD": "Handheld",
}
LIGHTS = {"day": "Day", "night": "Night", "dawn": "Dawn", "dusk": "Dusk"}
STYLES = {
    "marker": "Marker in colour",
    "pencil": "Pencil on paper",
    "ink": "Ink with greys",
    "blueprint": "White on blue",
}
_ORIGINS = {"drawn": "Drawn by hand", "uploaded": "Uploaded", "generated": "Drawn by Inkreel", "stand-in": "Stand-in"}


@dataclass(frozen=True, slots=True)
class SceneItem:
    """A scene in a list; `strip` holds addresses of small pictures ("" = not drawn), `state` is done, part or none."""

    position: int = -1
    number: str = ""
    heading: str = ""
    time: str = ""
    panels: str = ""
    pages: str = ""
    lasts: str = ""
    strip: list[str] = field(default_factory=list)
    percent: int = 0
    state: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """What lies before and after what is listed; empty labels mean nothing does."""

    earlier: str = ""
    later: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A shot on the board; `state` is drawn, stand, busy (being drawn) or todo; `seconds` sets its width in the strip, and
    `several` says how many panels it has where that is more than one."""

    id: str
    number: str
    spec: str
    speaker: str
    words: str
    state: str
    lasts: str
    seconds: float
    picture: str
    alt: str
    stale: bool
    locked: bool
    several: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One of a shot's panels; `at` is its place from 0 on, `wide` its share of the shot's length in per cent."""

    id: str
    number: str
    picture: str
    seconds: str
    lasts: str
    state: str
    at: int
    wide: float
    on: bool


@dataclass(frozen=True, slots=True)
class Version:
    """One drawing of a panel; `on` is the one shown."""

    number: int
    picture: str
    on: bool
    stand: bool
    told: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line of a shot; `lasts` is empty until it is voiced."""

    speaker: str
    words: str
    lasts: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a shot, or who could be: by the script's name, and as it is spoken."""

    name: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a shot as its controls hold them; `there` are the people in it, `others` those of the board besides;
    `timed` says that a person set the length of something said."""

    type: str = ""
    angle: str = ""
    move: str = ""
    light: str = ""
    lens: str = ""
    seconds: str = ""
    description: str = ""
    there: list[Person] = field(default_factory=list[Person])
    others: list[Person] = field(default_factory=list[Person])
    timed: bool = False


@dataclass(frozen=True, slots=True)
class Shot:
    """A shot with all its fields in words; an empty `id` means none is chosen. `panel` is the one of its panels that is
    looked at: picture, state and versions are that one's; `moving` says that the next panel shows the end of a move."""

    id: str = ""
    number: str = ""
    state: str = ""
    picture: str = ""
    alt: str = ""
    size: str = ""
    kind: str = ""
    angle: str = ""
    move: str = ""
    lens: str = ""
    lasts: str = ""
    cast: list[str] = field(default_factory=list)
    place: str = ""
    light: str = ""
    action: str = ""
    rule: str = ""
    lines: list[Spoken] = field(default_factory=list)
    versions: list[Version] = field(default_factory=list)
    made: str = ""
    count: str = ""
    previous_id: str = ""
    next_id: str = ""
    stale: bool = False
    fields: Fields = field(default_factory=lambda: Fields())
    panel: str = ""
    panel_number: str = ""
    panels: list[Part] = field(default_factory=list[Part])
    moving: bool = False


def scene_item(project_id: str, scene: BoardScene) -> SceneItem:
    """A scene of the list."""
    state = "none" if not scene.drawn else "done" if scene.drawn == scene.shots else "part"
    told = {"none": "To draw", "done": "Boarded"}.get(state, f"{scene.drawn} of {scene.shots} drawn")
    return SceneItem(
        position=scene.position,
        number=scene.number,
        heading=place_of(scene),
        time=scene.time_of_day.capitalize(),
        panels=counted(scene.shots, "panel"),
        pages=pages(scene.eighths),
        lasts=clock(scene.seconds),
        strip=[media_link(project_id, sha, "thumbnail") if sha else "" for sha in scene.strip],
        percent=round(100 * scene.drawn / scene.shots) if scene.shots else 0,
        state=state,
        told=told if scene.shots else "No panels",
    )


def card(project_id: str, panel: PanelCard, *, busy: bool) -> Card:
    """A panel of the board."""
    return Card(
        id=panel.shot_id,
        number=panel.number,
        spec=spec(panel),
        speaker=person(panel.speaker) if panel.speaker and panel.dialogue else "",
        words=panel.dialogue or panel.action or panel.description,
        state=standing(panel, busy=busy),
        lasts=seconds(panel.seconds),
        seconds=round(panel.seconds, 2),
        picture=thumbnail(project_id, panel),
        alt=f"Panel {panel.number}: {panel.description or panel.action}",
        stale=panel.stale and panel.sha256 is not None and not busy,
        locked=panel.locked,
        several=counted(panel.panels, "panel") if panel.panels > 1 else "",
    )


def shot(detail: ShotDetail, *, busy: bool, place: str, count: str, people: Sequence[str]) -> Shot:
    """All the fields of a shot in words; `place` its set, `count` where it stands in the scene, `people` all of the board."""
    panel = detail.card
    shown = next((v for v in detail.versions if v.number == panel.version), None)
    return Shot(
        id=panel.shot_id,
        number=panel.number,
        state=standing(panel, busy=busy),
        picture=media_link(detail.project_id, panel.sha256, "thumbnail") if panel.sha256 else "",
        alt=f"Panel {panel.number}: {panel.description or panel.action}",
        size=panel.size,
        kind=TYPES.get(panel.type, _word(panel.type)),
        angle=ANGLES.get(panel.angle, ("", _word(panel.angle)))[1],
        move=_word(panel.move),
        lens=f"{panel.lens_mm:g} mm",
        lasts=seconds(panel.seconds),
        cast=[person(name) for name in detail.cast],
        place=person(place or detail.scene_heading),
        light=detail.light.capitalize(),
        action=panel.action or panel.description,
        rule=detail.rule,
        lines=[Spoken(person(x.speaker), x.text, seconds(x.seconds) if x.seconds else "") for x in detail.lines],
        versions=[_version(detail.project_id, v, on=v.number == panel.version) for v in detail.versions],
        made=f"{_ORIGINS.get(shown.origin, _word(shown.origin))}, {ago(shown.created_at)}" if shown else "",
        count=count,
        previous_id=detail.previous_id or "",
        next_id=detail.next_id or "",
        stale=panel.stale and panel.sha256 is not None and not busy,
        fields=Fields(
            type=panel.type,
            angle=panel.angle,
            move=panel.move,
            light=detail.light,
            lens=f"{panel.lens_mm:g}",
            seconds=f"{panel.seconds:.2f}".rstrip("0").rstrip("."),
            description=panel.description,
            there=[Person(name, person(name)) for name in detail.cast],
            others=[Person(name, person(name)) for name in people if name not in detail.cast],
            timed=detail.timed and bool(detail.lines),
        ),
        panel=panel.panel_id,
        panel_number=next((each.number for each in detail.panels if each.id == panel.panel_id), panel.number),
        panels=[_part(detail, each, at) for at, each in enumerate(detail.panels)],
        moving=panel.move in MOVING,
    )


def _part(detail: ShotDetail, panel: PanelView, at: int) -> Part:
    whole = sum(each.frames for each in detail.panels) or 1
    return Part(
        id=panel.id,
        number=panel.number,
        picture=media_link(detail.project_id, panel.sha256, "thumbnail") if panel.sha256 else "",
        seconds=f"{panel.seconds:.2f}".rstrip("0").rstrip("."),
        lasts=seconds(panel.seconds),
        state=standing(panel, busy=False),
        at=at,
        wide=round(100 * panel.frames / whole, 2),
        on=panel.id == detail.card.panel_id,
    )


def standing(panel: PanelCard | PanelView, *, busy: bool) -> str:
    """Where a panel stands: drawn, stand, busy or todo."""
    if busy:
        return "busy"
    if panel.sha256 is None:
        return "todo"
    return "stand" if panel.origin == "stand-in" or panel.completeness == "stand-in" else "drawn"


def thumbnail(project_id: str, panel: PanelCard) -> str:
    """The address of a panel's small picture, "" before it is drawn."""
    return media_link(project_id, panel.sha256, "thumbnail") if panel.sha256 else ""


def spec(panel: PanelCard) -> str:
    """Size, angle, move and lens in one line, as on a shot list."""
    seen = {"OTS": "ots", "POV": "pov"}.get(panel.type) or ANGLES.get(panel.angle, (panel.angle.lower(), ""))[0]
    size = "INS" if panel.size == "INSERT" else panel.size
    return f"{size} · {seen} · {_word(panel.move).lower()} · {panel.lens_mm:g}"


def place_of(scene: BoardScene) -> str:
    """A scene's heading without its time of day: "INT. FERRY CABIN"."""
    prefix = {"INT": "INT. ", "EXT": "EXT. ", "INT_EXT": "INT./EXT. "}.get(scene.int_ext, "")
    return f"{prefix}{scene.set_name}" if scene.set_name else scene.heading


def person(name: str) -> str:
    """A name as it is spoken of: "OLD TOMAS" is Old Tomas."""
    return name.title().replace("'S ", "'s ").replace("’S ", "’s ") if name == name.upper() else name


def pages(eighths: int) -> str:
    """A length in pages as a script breakdown counts them: 20 eighths are "2 4/8"."""
    whole, rest = divmod(eighths, 8)
    return " ".join(part for part in (str(whole) if whole else "", f"{rest}/8" if rest else "") if part) or "0"


def seconds(value: float) -> str:
    """A length of a shot or a line: "2.5 s"."""
    return f"{value:.1f} s"


def counted(number: int, thing: str) -> str:
    """ "1 panel", "8 panels"."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def titled(scene: BoardScene) -> str:
    """A scene's heading as a title: "INT. FERRY CABIN, NIGHT"."""
    place = place_of(scene)
    return f"{place}, {scene.time_of_day}" if scene.time_of_day and scene.set_name else place


def film_time(scenes: Iterable[BoardScene]) -> str:
    """The length of all these scenes together, as m:ss."""
    return clock(sum(scene.seconds for scene in scenes))


def _version(project_id: str, version: VersionView, *, on: bool) -> Version:
    stand = "stand-in" in (version.origin, version.completeness)
    return Version(version.number, media_link(project_id, version.sha256, "thumbnail"), on, stand, told_of(version))


def told_of(version: VersionView) -> str:
    """A drawing in words: "Version 2, uploaded, 5 minutes ago"."""
    made = _ORIGINS.get(version.origin, _word(version.origin)).lower()
    return f"Version {version.number}, {made}, {ago(version.created_at)}"


def _word(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").capitalize()


def detail_of(uow: UnitOfWork, actor: Actor, shot_id: str, panel_id: str) -> ShotDetail:
    """A shot with this one of its panels, or with its first where it does not have that any more. Raises: NotFound."""
    detail = storyboards.get_shot(uow, actor, shot_id)
    if panel_id in (each.id for each in detail.panels[1:]):
        return storyboards.get_shot(uow, actor, shot_id, panel_id=panel_id)
    return detail


def cards_between(uow: UnitOfWork, actor: Actor, script_id: str, first: int, end: int) -> tuple[PanelCard, ...]:
    """The panels at the places from `first` up to `end` of a board, at most 200 of them. Raises: NotFound."""
    size = min(_PAGE, max(1, end - first))
    page, skipped = divmod(first, size)
    found = storyboards.list_cards(uow, actor, script_id, page=page + 1, limit=size).items
    if skipped:
        found += storyboards.list_cards(uow, actor, script_id, page=page + 2, limit=size).items
    return found[skipped : skipped + end - first]
