"""A planned shot to the panel the artist draws: who stands where, how they look, what they hold, and the place round them.

Source: offline.md 2.3, rule 8 (people on a line, 1.2 m apart, in order of appearance).
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from studio.engine.artist.people.look import (
    FEMININE_STYLES,
    MASCULINE_STYLES,
    NEAR_SKIN,
    TOPS,
    Person,
    person,
)
from studio.engine.artist.spec import Expression, Figure, Light, Look, PanelSpec, Pose, ShotType, Size, Style
from studio.scripts.elements import Kind
from studio.scripts.outline import IntExt, Outline, SceneOutline
from studio.storyboards.rules.beats import sentences
from studio.storyboards.rules.pose_words import LASTING, pose_in
from studio.storyboards.rules.staging_words import (
    appearance_in,
    crowd_named,
    expression_in,
    expression_of_line,
    light_named,
    prop_in,
    set_kind_of,
    weather_named,
)
from studio.storyboards.rules.warnings import gaze_of, is_neutral
from studio.storyboards.shots import ShotPlan

DEPTHS = (0.15, 0.55, -0.1, 0.45)
"""How far back the people of a group stand, from left to right in metres: nobody lines up like a choir."""
MOST_TOLD_APART = 10
_ALIKE = 60.0
APART = 1.2
"""Metres between two people on the axis."""
SEATS = (Pose.SIT, Pose.DRIVE, Pose.WRITE, Pose.TYPE)
WITH_HANDS = frozenset(
    (
        Pose.TALK,
        Pose.POINT,
        Pose.GIVE,
        Pose.REACH,
        Pose.PHONE,
        Pose.DRINK,
        Pose.EAT,
        Pose.SMOKE,
        Pose.READ,
        Pose.SHRUG,
        Pose.CROSS_ARMS,
        Pose.THINK,
        Pose.COVER_FACE,
        Pose.WAVE,
        Pose.AIM,
    )
)
"""What people who sit go on sitting to do."""
EMPTY_HANDED = (
    Pose.EMBRACE,
    Pose.RUN,
    Pose.KNEEL,
    Pose.CRAWL,
    Pose.COWER,
    Pose.PRAY,
    Pose.CLIMB,
    Pose.COVER_FACE,
    Pose.HANDS_UP,
)
EMBRACED = 0.34
"""Metres between two people who hold each other."""
_TURNED_TO_CAMERA = 35.0
_THREE_QUARTER = 42.0
_INTRODUCTION = 160
"""Characters after a name's first mention that may describe the person."""
_SURNAME = re.compile(r"^(?:\s+[A-ZÀ-Þ][A-ZÀ-Þ'’-]+)+")
_PRONOUNS = re.compile(r"\b(?:he|she|they|his|her|him|their|them)\b", re.IGNORECASE)
_PHONE = re.compile(r"\b(?:phone|receiver|telephone)\b", re.IGNORECASE)
BACKWARDS = re.compile(r"\b(?:returns?|back towards?|comes? back|walks? back|retreats?|backs away)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _State:
    """What somebody is doing in a shot; what lasts is carried to the next one."""

    pose: Pose | None = None
    prop: str | None = None
    expression: Expression | None = None
    seated: bool = False


def lights(outline: Outline) -> tuple[Light, ...]:
    """The light of every scene; CONTINUOUS, LATER, SAME and headings that name no time keep that of the scene before."""
    found: list[Light] = []
    for scene in outline.scenes:
        before = found[-1] if found else Light.DAY
        found.append(light_named(scene.time_of_day) or before)
    return tuple(found)


def looks(outline: Outline) -> dict[str, Look]:
    """The look of every person, from what the script says of them where they are first named."""
    wanted = {character.name: character for character in outline.characters}
    described: dict[str, str] = {}
    for scene in outline.scenes:
        missing = [name for name in scene.characters if name in wanted and name not in described]
        if not missing:
            continue
        action = "\n".join(element.text for element in scene.elements if element.kind is Kind.ACTION)
        for name in missing:
            said = _introduction(name, action)
            if said is not None:
                described[name] = said
    return _told_apart(
        {
            name: _look(described.get(name, ""), feminine=character.feminine, age=character.age)
            for name, character in wanted.items()
        }
    )


def _told_apart(looks: Mapping[str, Look]) -> dict[str, Look]:
    """Looks in which no two of the first people wear the same colour, and none of the same sex and hair colour the same hair.

    What the script says of somebody stays; a clash is solved by whoever comes later.
    """
    apart: dict[str, Look] = {}
    known: list[Person] = []
    for name, look in looks.items():
        if len(known) < MOST_TOLD_APART:
            who = person(name, look)
            if look.top is None and any(math.dist(who.top, other.top) < _ALIKE for other in known):
                free = [top for top in TOPS if math.dist(top, who.skin) > NEAR_SKIN]
                far = max(free, key=lambda top: min(math.dist(top, other.top) for other in known))
                look = replace(look, top="#" + "".join(f"{int(part):02x}" for part in far))
            taken = {
                one.hair_style
                for one in known
                if one.feminine == who.feminine and math.dist(one.hair, who.hair) < _ALIKE
            }
            if look.hair_style is None and who.hair_style in taken:
                styles = FEMININE_STYLES if who.feminine else MASCULINE_STYLES
                look = replace(look, hair_style=next((style for style in styles if style not in taken), who.hair_style))
            known.append(person(name, look))
        apart[name] = look
    return apart


def _introduction(name: str, action: str) -> str | None:
    """The words that describe a person: to the end of the sentence of the first mention, and the next if it is a pronoun's."""
    match = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", action, re.IGNORECASE)
    if match is None:
        return None
    line_start = action.rfind("\n", 0, match.start()) + 1
    before = re.split(r"[.!?]\s", action[line_start : match.start()])[-1]
    after = action[match.end() : match.end() + _INTRODUCTION].split("\n")[0]
    after = _SURNAME.sub("", after)
    spans = list(sentences(after))
    kept = after[: spans[0][1]] if spans else after
    if len(spans) > 1 and re.match(r"(?:He|She|They|His|Her)\b", after[spans[1][0] :]):
        kept = after[: spans[1][1]]
    other = re.search(r"\b[A-ZÀ-Þ]{3,}\b", kept)
    own_before = "" if re.search(r"\b[A-ZÀ-Þ]{3,}\b", before) else before[-60:]
    return f"{own_before} {kept[: other.start()] if other else kept}"


def _look(described: str, *, feminine: bool | None, age: str) -> Look:
    fields: dict[str, Any] = appearance_in(described)
    if age == "child":
        fields.pop("stature", None)
    return Look(feminine=feminine, age=age, **fields)


def board_specs(
    shots: Sequence[ShotPlan], outline: Outline, *, seed: int = 0, style: Style = Style.MARKER
) -> tuple[PanelSpec, ...]:
    """The panel of every shot of a film, in order: poses and things in hands last from shot to shot within a scene, and who
    answers in the next shot looks back at whom they answer."""
    appearance = looks(outline)
    light = lights(outline)
    specs: list[PanelSpec] = []
    lasting: dict[str, _State] = {}
    scene = -1
    before: tuple[str, int] | None = None
    for shot in shots:
        if shot.scene != scene:
            scene, lasting, before = shot.scene, {}, None
        place = outline.scenes[scene]
        states = _states(shot, lasting)
        spec = _panel(shot, place, appearance, states, light[scene], seed + beat_seed(shot))
        spec = _answering(spec, shot, before)
        before = _said(spec, shot)
        specs.append(replace(spec, style=style))
        lasting.update({name: _lasting(state) for name, state in states.items()})
    return tuple(specs)


def staged(
    shot: ShotPlan,
    scene: SceneOutline,
    looks: Mapping[str, Look],
    *,
    seed: int | None = None,
    light: Light | None = None,
) -> PanelSpec:
    """The panel of one shot by itself. `light` is that of `lights`; without it the scene's own time of day, or day.

    Without a `seed` it is that of what happens in the shot.
    """
    shown = light or light_named(scene.time_of_day) or Light.DAY
    return _panel(shot, scene, looks, _states(shot, {}), shown, beat_seed(shot) if seed is None else seed)


def beat_seed(shot: ShotPlan) -> int:
    """A number for what happens in a shot: people stand and hold their heads a little differently from one beat to the next."""
    said = "|".join(line.text for line in shot.lines)
    return zlib.crc32(f"{shot.subject}|{shot.action}|{said}".encode()) % 1_000_000


def _said(spec: PanelSpec, shot: ShotPlan) -> tuple[str, int] | None:
    """Who alone speaks in a shot framed on them, and to which side of it they look."""
    speakers = {line.speaker for line in shot.lines if not line.off}
    return (
        (shot.subject, gaze_of(spec)) if shot.subject and speakers == {shot.subject} and not is_neutral(spec) else None
    )


def _answering(spec: PanelSpec, shot: ShotPlan, before: tuple[str, int] | None) -> PanelSpec:
    """The panel of somebody alone in the frame who answers, turned to the other side when both look to the same one."""
    here = _said(spec, shot)
    if before is None or here is None or here[0] == before[0] or not here[1] or here[1] != before[1]:
        return spec
    figures = tuple(
        replace(figure, facing=round((2 * (180.0 - spec.azimuth) - figure.facing) % 360, 1) % 360)
        if figure.name == shot.subject and figure.travels is None and figure.looks_at is None
        else figure
        for figure in spec.figures
    )
    return replace(spec, figures=figures)


def _lasting(state: _State) -> _State:
    pose = Pose.SIT if state.seated else state.pose if state.pose in LASTING else None
    return _State(pose, state.prop, None)


def _panel(
    shot: ShotPlan,
    scene: SceneOutline,
    looks: Mapping[str, Look],
    states: Mapping[str, _State],
    light: Light,
    seed: int,
) -> PanelSpec:
    interior = {IntExt.INT: True, IntExt.EXT: False, IntExt.INT_EXT: None, IntExt.OTHER: None}[scene.int_ext]
    kind, inside = set_kind_of(scene.set_name or scene.heading, interior=interior)
    return PanelSpec(
        size=shot.size,
        type=shot.type,
        angle=shot.angle,
        move=shot.move,
        lens_mm=shot.lens_mm,
        set_kind=kind,
        interior=inside,
        light=light,
        place=scene.set_name or scene.heading or "the place",
        figures=_figures(shot, looks, states),
        subject=shot.subject,
        foreground=shot.foreground if shot.foreground in _visible(shot) else None,
        azimuth=shot.azimuth,
        insert=shot.insert,
        weather=_weather(shot, scene),
        seed=seed,
        crowd=_crowd(shot, scene),
    )


def _crowd(shot: ShotPlan, scene: SceneOutline) -> str:
    """Who fills the place: what the shot or the first paragraphs of its scene say."""
    first = [element.text[:600] for element in scene.elements[:12] if element.kind is Kind.ACTION][:3]
    return crowd_named(" ".join((*first, shot.action[:600])))


def _weather(shot: ShotPlan, scene: SceneOutline) -> str:
    """The weather of a scene: from its heading and its first paragraphs, so that it holds for the whole scene."""
    first = [element.text[:600] for element in scene.elements[:12] if element.kind is Kind.ACTION][:4]
    return weather_named(scene.heading) or weather_named(" ".join(first)) or weather_named(shot.action[:600]) or "clear"


# Who does what


def _states(shot: ShotPlan, before: Mapping[str, _State]) -> dict[str, _State]:
    """What everybody in a shot does: from its action, sentence by sentence, then from what they say, then as they were."""
    done: dict[str, _State] = {}
    for sentence in _sentences(shot.action):
        people = _doers(sentence, shot)
        for place, name in enumerate(people):
            both = pose_in(sentence) is Pose.EMBRACE or _act_together(sentence, people)
            if place == 0 or both:
                done[name] = _with_sentence(done.get(name, _State()), sentence)
    if any(state.pose is Pose.EMBRACE for state in done.values()) and len(shot.cast) == 2:
        for name in shot.cast:
            done[name] = replace(done.get(name, _State()), pose=Pose.EMBRACE)
    for name in _visible(shot):
        done[name] = _as_before(_with_lines(done.get(name, _State()), name, shot), before.get(name, _State()))
    return done


def _sentences(text: str) -> Iterator[str]:
    for start, end in sentences(text):
        yield text[start:end]


def _doers(sentence: str, shot: ShotPlan) -> list[str]:
    """The people of a shot a sentence names, in its order; a pronoun is the subject, or the only one there."""
    upper = sentence.upper()
    places: list[tuple[int, str]] = []
    for name in _visible(shot):
        words = [word for word in re.findall(r"[\w'’-]+", name.upper()) if len(word) > 2] or [name.upper()]
        at = [match.start() for word in words if (match := re.search(rf"(?<!\w){re.escape(word)}(?!\w)", upper))]
        if at:
            places.append((min(at), name))
    if places:
        return [name for _, name in sorted(places)]
    alone = shot.subject or (shot.cast[0] if len(shot.cast) == 1 else None)
    return [alone] if alone and (_PRONOUNS.search(sentence) or len(shot.cast) == 1) else []


def _act_together(sentence: str, people: Sequence[str]) -> bool:
    return len(people) > 1 and re.search(r"\band\b|,", sentence[: len(sentence) // 2 + 12]) is not None


def _with_sentence(state: _State, sentence: str) -> _State:
    pose, prop, face = pose_in(sentence), prop_in(sentence), expression_in(sentence)
    if prop is not None and pose in (None, Pose.STAND):
        pose = Pose.HOLD
    return _State(pose or state.pose, prop or state.prop, face or state.expression)


def _with_lines(state: _State, name: str, shot: ShotPlan) -> _State:
    own = [line for line in shot.lines if line.speaker == name and not line.off]
    if not own:
        return state
    face = state.expression
    for line in own:
        said = expression_of_line(line.text, line.manner)
        face = said if said is not Expression.NEUTRAL or face is None else face
    pose, prop = state.pose, state.prop
    if pose is None and any(_PHONE.search(line.manner) for line in own):
        return _State(Pose.PHONE, "phone", face)
    if pose in (None, Pose.STAND) and name == _speaking(shot):
        pose = pose_in(" ".join(line.manner for line in own)) or Pose.TALK
    return _State(pose, prop, face)


def _speaking(shot: ShotPlan) -> str | None:
    """Who is seen to speak: the subject when it has a line, else whoever speaks first. The others listen."""
    speakers = [line.speaker for line in shot.lines if not line.off]
    return shot.subject if shot.subject in speakers else next(iter(speakers), None)


def _as_before(state: _State, before: _State) -> _State:
    """What lasts from the shot before: a seat under hands that do something new, a place on the floor, a thing in the hand."""
    pose, seated = state.pose, False
    if before.pose is not None and pose in (None, Pose.HOLD):
        pose = before.pose
    elif before.pose in SEATS and pose in WITH_HANDS:
        seated = True
    elif before.pose is not None and pose is Pose.TALK:
        pose = before.pose
    prop = state.prop or before.prop
    if pose is None and prop is not None:
        pose = Pose.HOLD
    if pose in EMPTY_HANDED:
        prop = None
    return _State(pose, prop, state.expression, seated)


# Where they stand


def _visible(shot: ShotPlan) -> tuple[str, ...]:
    """The figures of a panel from left to right: the cast, and whoever looks at somebody, so that the artist knows from where."""
    if shot.cast and shot.foreground is not None and shot.foreground not in shot.cast:
        viewer_right = shot.azimuth < 0
        return (*shot.cast, shot.foreground) if not viewer_right else (shot.foreground, *shot.cast)
    return shot.cast


def _figures(shot: ShotPlan, looks: Mapping[str, Look], states: Mapping[str, _State]) -> tuple[Figure, ...]:
    names = _visible(shot)
    embraced = len(names) == 2 and any(states[name].pose is Pose.EMBRACE for name in names)
    gap = EMBRACED if embraced else APART
    xs = {name: (place - (len(names) - 1) / 2) * gap for place, name in enumerate(names)}
    figures: list[Figure] = []
    for name in names:
        state = states[name]
        travels = _travels(name, state, shot, xs)
        target = _looks_at(name, shot, names)
        facing = travels if travels is not None else _facing(name, target, shot, xs, embraced=embraced)
        figures.append(
            Figure(
                name=name,
                x=round(xs[name], 3),
                z=0.0 if len(names) < 3 else DEPTHS[names.index(name) % len(DEPTHS)],
                facing=round(facing % 360, 1),
                pose=state.pose or Pose.STAND,
                expression=state.expression or Expression.NEUTRAL,
                looks_at=None if travels is not None else target,
                prop=state.prop,
                travels=travels,
                look=looks.get(name, Look()),
                seated=state.seated,
            )
        )
    return tuple(figures)


def _travels(name: str, state: _State, shot: ShotPlan, xs: Mapping[str, float]) -> float | None:
    """The way somebody walks or runs: to the right, cut after cut, unless it is back or towards somebody on their left."""
    if state.pose not in (Pose.WALK, Pose.RUN) or shot.size in (Size.CU, Size.ECU, Size.MCU):
        return None
    others = [other for other in xs if other != name]
    named = [other for other in _doers(shot.action, shot) if other in others]
    towards = named[0] if named else None
    if towards is not None and re.search(r"\b(?:to|towards?|after|follows?|chases?|at)\b", shot.action, re.IGNORECASE):
        return 90.0 if xs[towards] > xs[name] else 270.0
    return 270.0 if BACKWARDS.search(shot.action) else 90.0


def _looks_at(name: str, shot: ShotPlan, names: Sequence[str]) -> str | None:
    """Whom somebody looks at: listeners the speaker, a speaker whoever is named, answered or nearest."""
    others = [other for other in names if other != name]
    if not others:
        return None
    speakers = [line.speaker for line in shot.lines if line.speaker in others and not line.off]
    if speakers:
        return speakers[0]
    if shot.subject in others:
        return shot.subject
    place = names.index(name)
    return names[place + 1] if place + 1 < len(names) else names[place - 1]


def _facing(name: str, target: str | None, shot: ShotPlan, xs: Mapping[str, float], *, embraced: bool) -> float:
    """Where a body points, in degrees: towards whom they talk to, opened to the camera as actors are, never past the axis."""
    camera = 180.0 - shot.azimuth
    if target is not None:
        towards = 90.0 if xs[target] > xs[name] else 270.0
        if embraced or shot.foreground == name:
            return towards
        if shot.type is ShotType.OTS:
            return camera - 30.0 if towards == 90.0 else camera + 30.0
        return towards + (_TURNED_TO_CAMERA if towards == 90.0 else -_TURNED_TO_CAMERA)
    return camera - _THREE_QUARTER if shot.azimuth >= 0 else camera + _THREE_QUARTER
