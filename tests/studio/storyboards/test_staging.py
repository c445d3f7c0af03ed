"""Shots to panels: who stands where, what they do, how they look, and the place round them."""

from __future__ import annotations

import math
from itertools import combinations, groupby

import pytest

from studio.engine.artist.people.look import person
from studio.engine.artist.spec import Expression, Figure, Light, PanelSpec, Pose, SetKind, ShotType, Size
from studio.engine.time import Rate
from studio.scripts.fountain import parse
from studio.scripts.outline import outlined
from studio.storyboards.breakdown import ShotPlan, broken_down
from studio.storyboards.documents import spec_document, spec_from
from studio.storyboards.rules.pose_words import pose_in
from studio.storyboards.rules.warnings import Rule, Watched, warnings_of
from studio.storyboards.staging import board_specs, lights, looks, staged

SAYS = "I have been thinking about it all day long."


def board(text: str) -> list[tuple[ShotPlan, PanelSpec]]:
    outline = outlined(parse(text))
    shots = broken_down(outline, rate=Rate(24))
    return list(zip(shots, board_specs(shots, outline), strict=True))


def figure(text: str, name: str) -> Figure:
    """A person as the last panel that shows them has them."""
    return next(one for _, spec in reversed(board(text)) for one in spec.figures if one.name == name)


def acted(sentence: str, name: str = "MARA") -> Figure:
    return figure(f"INT. ROOM - CONTINUOUS\n\nMARA stands. JACK stands.\n\nJACK\n{SAYS}\n\n{sentence}\n", name)


def test_two_who_talk_stand_1_2_metres_apart_and_face_each_other() -> None:
    talk = "".join(f"{name}\n{SAYS}\n\n" for name in ("MARA", "JACK") * 3)
    for shot, spec in board(f"INT. ROOM - CONTINUOUS\n\n{talk}"):
        if shot.type in (ShotType.TWO, ShotType.OTS):
            left, right = spec.figures
            assert (left.name, right.name) == ("MARA", "JACK")
            assert right.x - left.x == pytest.approx(1.2)
            assert (left.looks_at, right.looks_at) == ("JACK", "MARA")
            assert 0 < left.facing < 180 < right.facing < 360


def test_a_single_looks_to_the_side_the_other_stands_on() -> None:
    talk = "".join(f"{name}\n{SAYS}\n\n" for name in ("MARA", "JACK") * 6)
    for shot, spec in board(f"INT. ROOM - CONTINUOUS\n\n{talk}"):
        if shot.size is Size.CU:
            towards_right = 0 < spec.figures[0].facing < 180
            assert towards_right == (shot.subject == "MARA")


@pytest.mark.parametrize("order", [("GERMAN", "NORWEGIAN", "SPANISH"), ("MARA", "JACK", "CLEO", "JACK", "MARA")])
def test_of_three_who_talk_nobody_answers_to_the_side_the_other_looked_to(order: tuple[str, ...]) -> None:
    names = " ".join(f"{name} waits." for name in dict.fromkeys(order))
    talk = "".join(f"{name}\n{SAYS}\n\n" for name in order * 2)
    text = f"INT. ROOM - CONTINUOUS\n\n{names}\n\n{talk}"
    shots = [
        Watched(shot.number, shot.number, shot.scene, "", spec, tuple({line.speaker for line in shot.lines}))
        for shot, spec in board(text)
    ]
    alone = [one.spec.subject for one in shots if one.spec.subject and one.speakers == (one.spec.subject,)]
    assert len(set(alone)) == 3
    assert [one.told for one in warnings_of(shots) if one.rule is Rule.EYELINE] == []


@pytest.mark.parametrize(
    ("sentence", "pose"),
    [
        ("Mara walks to the window.", Pose.WALK),
        ("Mara runs down the stairs.", Pose.RUN),
        ("Mara sits on the bed.", Pose.SIT),
        ("Mara points at the door.", Pose.POINT),
        ("Mara kneels by the fire.", Pose.KNEEL),
        ("Mara leans on the wall.", Pose.LEAN),
        ("Mara hugs Jack.", Pose.EMBRACE),
        ("Mara holds up a key, silent.", Pose.HOLD),
        ("Mara drinks her coffee.", Pose.DRINK),
        ("Mara reaches for the lamp.", Pose.REACH),
        ("Mara lies on the bed.", Pose.LIE),
        ("Mara is asleep.", Pose.LIE),
        ("Mara crawls under the desk.", Pose.CRAWL),
        ("Mara sits on the floor.", Pose.SIT_FLOOR),
        ("Mara crosses her arms.", Pose.CROSS_ARMS),
        ("Mara writes a letter.", Pose.WRITE),
        ("Mara drives.", Pose.DRIVE),
        ("Mara waves to the crew.", Pose.WAVE),
        ("Mara points her pistol.", Pose.AIM),
        ("Mara hands him the rope.", Pose.GIVE),
        ("Mara opens the front door.", Pose.OPEN),
        ("Mara shrugs.", Pose.SHRUG),
        ("Mara climbs the ladder.", Pose.CLIMB),
        ("Mara climbs the path.", Pose.WALK),
        ("Mara stands.", Pose.STAND),
    ],
)
def test_words_make_the_pose(sentence: str, pose: Pose) -> None:
    assert acted(sentence).pose is pose


@pytest.mark.parametrize(
    ("sentence", "prop"),
    [
        ("Mara drinks from a bottle of wine.", "bottle"),
        ("Mara holds an umbrella.", "umbrella"),
        ("Mara takes the rope.", "rope"),
        ("Mara carries a suitcase in.", "bag"),
        ("Mara raises a pistol.", "gun"),
        ("Mara waits for the telephone man.", None),
    ],
)
def test_things_come_into_hands(sentence: str, prop: str | None) -> None:
    assert acted(sentence).prop == prop


@pytest.mark.parametrize(
    ("line", "manner", "face"),
    [
        ("Come here", "", Expression.NEUTRAL),
        ("Come here!", "", Expression.ANGRY),
        ("What?!", "", Expression.SURPRISED),
        ("Help!", "", Expression.AFRAID),
        ("Come here", "(whispers)", Expression.SAD),
        ("Come here", "(smiling)", Expression.HAPPY),
        ("Come here", "(shouting)", Expression.ANGRY),
    ],
)
def test_lines_and_manners_make_the_face(line: str, manner: str, face: Expression) -> None:
    said = f"MARA\n{manner}\n{line}\n" if manner else f"MARA\n{line}\n"
    who = figure(f"INT. ROOM - CONTINUOUS\n\nMARA stands.\n\n{said}", "MARA")
    assert (who.expression, who.pose) == (face, Pose.TALK)


def test_faces_come_from_action_too() -> None:
    assert acted("Mara laughs.").expression is Expression.HAPPY
    assert acted("Mara gasps.").expression is Expression.AFRAID
    assert acted("Mara stares, stunned.").expression is Expression.SURPRISED


def test_of_two_who_are_seen_to_talk_one_speaks_and_the_other_listens() -> None:
    text = "INT. ROOM - DAY\n\nMARA and JACK wait.\n\nMARA\nAre you there?\n\nJACK\nI am here.\n"
    spec = next(spec for shot, spec in board(text) if len({line.speaker for line in shot.lines}) == 2)
    assert sorted(one.pose for one in spec.figures) == [Pose.STAND, Pose.TALK]


def test_the_people_of_a_film_are_told_apart() -> None:
    names = ["ANNA", "BERT", "CARL", "DORA", "EMIL", "FAYE"]
    text = "INT. ROOM - DAY\n\n" + "\n\n".join(f"{name} enters.\n\n{name}\nHello there." for name in names) + "\n"
    worn = [person(name, look).top for name, look in looks(outlined(parse(text))).items()]
    assert len(worn) == len(names)
    assert min(math.dist(one, other) for one, other in combinations(worn, 2)) > 45


def test_a_surname_does_not_end_a_description() -> None:
    text = "EXT. ROCKS - DAY\n\nMARA KELL (30s), in a green coat, climbs the path.\n\nMARA\nHello.\n"
    assert looks(outlined(parse(text)))["MARA"].garment == "coat"
    assert looks(outlined(parse(text)))["MARA"].top == "#5f8257"


def test_what_the_script_says_somebody_wears_is_kept() -> None:
    text = "INT. ROOM - DAY\n\nANNA, in a red coat, and BERT, in a red jacket, wait.\n\nANNA\nHello.\n\nBERT\nHello.\n"
    assert {look.top for look in looks(outlined(parse(text))).values()} == {"#b23c32"}


def test_a_group_stands_in_depth_and_two_on_a_line() -> None:
    many = "INT. ROOM - DAY\n\nANNA, BERT and CARL wait. They look at the clock for a while.\n"
    spec = next(spec for _, spec in board(many) if len(spec.figures) == 3)
    assert len({one.z for one in spec.figures}) > 1
    assert [one.x for one in spec.figures] == sorted(one.x for one in spec.figures)


def test_a_panel_stored_before_there_were_styles_is_still_drawn() -> None:
    spec = board("INT. ROOM - DAY\n\nMARA waits.\n")[0][1]
    document = spec_document(spec)
    del document["style"]
    for one in document["figures"]:
        del one["seated"]
    assert spec_from(document) == spec


def test_who_sat_down_stays_seated_until_they_get_up() -> None:
    text = f"INT. ROOM - CONTINUOUS\n\nMARA sits.\n\nMARA\n{SAYS}\n\n"
    assert figure(text, "MARA").pose is Pose.SIT
    assert figure(f"{text}Mara walks to the door.\n", "MARA").pose is Pose.WALK


def test_who_sits_talks_with_their_hands_and_stays_in_the_seat() -> None:
    who = figure(f"INT. ROOM - CONTINUOUS\n\nMARA sits.\n\nMARA\n{SAYS}\n\nMara shrugs.\n", "MARA")
    assert (who.pose, who.seated) == (Pose.SHRUG, True)


def test_two_who_embrace_stand_close() -> None:
    spec = board("INT. ROOM - CONTINUOUS\n\nMARA hugs JACK.\n\nMARA\nGo.\n\nJACK\nYes.\n")[0][1]
    assert spec.figures[1].x - spec.figures[0].x < 0.5
    assert {one.pose for one in spec.figures} == {Pose.EMBRACE}


def test_somebody_who_travels_keeps_their_direction_across_cuts() -> None:
    panels = board(
        "EXT. ROAD - CONTINUOUS\n\nMARA runs down the road. She crosses the bridge. She walks into the wood.\n"
    )
    ways = {one.travels for _, spec in panels for one in spec.figures}
    assert ways == {90.0}


def test_somebody_who_goes_to_another_goes_their_way() -> None:
    text = f"INT. ROOM - CONTINUOUS\n\nMARA stands. JACK stands.\n\nMARA\n{SAYS}\n\nJACK\n{SAYS}\n\nJack walks over to Mara.\n"
    assert figure(text, "JACK").travels == 270.0


@pytest.mark.parametrize(
    ("heading", "kind", "interior"),
    [
        ("INT. MARA'S KITCHEN - DAY", SetKind.KITCHEN, True),
        ("INT. JOE'S DINER - DAY", SetKind.BAR, True),
        ("INT. NEWSROOM - DAY", SetKind.OFFICE, True),
        ("INT. HOSPITAL HALLWAY - DAY", SetKind.CORRIDOR, True),
        ("INT. TAXI - DAY", SetKind.CAR, True),
        ("INT. BEDROOM - DAY", SetKind.BEDROOM, True),
        ("INT. HOSPITAL ROOM - DAY", SetKind.HOSPITAL, True),
        ("INT. LECTURE HALL - DAY", SetKind.CLASSROOM, True),
        ("INT. GROCERY STORE - DAY", SetKind.SHOP, True),
        ("INT. COFFEE SHOP - DAY", SetKind.BAR, True),
        ("INT. TINY CHURCH - DAY", SetKind.CHURCH, True),
        ("INT. BARN - DAY", SetKind.WAREHOUSE, True),
        ("INT. POLICE STATION - DAY", SetKind.OFFICE, True),
        ("EXT. TRAIN STATION - DAY", SetKind.STATION, False),
        ("INT. TRAIN - DAY", SetKind.TRAIN, True),
        ("EXT. BEACH - DAY", SetKind.BEACH, False),
        ("EXT. HARBOUR PIER - DAY", SetKind.WATERFRONT, False),
        ("INT. SOMEWHERE - DAY", SetKind.ROOM, True),
        ("EXT. ALLEY - DAY", SetKind.STREET, False),
        ("EXT. HOTEL - DAY", SetKind.STREET, False),
        ("EXT. DEEP FOREST - DAY", SetKind.FOREST, False),
        ("EXT. ROOFTOP - DAY", SetKind.ROOFTOP, False),
        ("EXT. FERRY DECK - DAY", SetKind.DECK, False),
        ("EXT. DESERT - DAY", SetKind.FIELD, False),
        ("I/E. CAR - DAY", SetKind.CAR, True),
        ("EXT. CAR - DAY", SetKind.STREET, False),
    ],
)
def test_headings_choose_the_set(heading: str, kind: SetKind, interior: bool) -> None:
    spec = board(f"{heading}\n\nMARA waits.\n")[0][1]
    assert (spec.set_kind, spec.interior) == (kind, interior)


def test_a_time_that_is_not_named_is_that_of_the_scene_before() -> None:
    times = ("NIGHT", "CONTINUOUS", "LATER", "DAWN", "SAME", "SUNSET", "MOMENTS LATER", "MORNING")
    outline = outlined(parse("".join(f"INT. ROOM {i} - {time}\n\nRain.\n\n" for i, time in enumerate(times))))
    named = (Light.NIGHT, Light.NIGHT, Light.NIGHT, Light.DAWN, Light.DAWN, Light.DUSK, Light.DUSK, Light.DAY)
    assert lights(outline) == named


def test_weather_holds_for_the_whole_scene() -> None:
    panels = board(f"EXT. ROAD - DAY\n\nSnow falls.\n\nMARA waits.\n\nMARA\n{SAYS}\n\nShe runs.\n")
    assert {spec.weather for _, spec in panels} == {"snow"}
    assert board("EXT. ROAD - DAY\n\nMARA waits.\n")[0][1].weather == "clear"


def test_people_look_as_they_are_described() -> None:
    text = """
INT. ROOM - DAY

MARA (30s, a woman with long red hair in a blue coat) waits. JACK, 70s, a bald giant in a black suit and a hat, sits by her.

A GIRL (8) plays.

MARA
Hello.

JACK
Hello.

GIRL
Hello.
"""
    found = looks(outlined(parse(text)))
    mara, jack, girl = found["MARA"], found["JACK"], found["GIRL"]
    assert (mara.hair, mara.hair_style, mara.garment, mara.feminine) == ("#a8431f", "long", "coat", True)
    assert (jack.hair_style, jack.garment, jack.hat, jack.age) == ("bald", "jacket", True, "old")
    assert girl.age == "child"


def test_a_look_never_changes_within_a_film() -> None:
    text = "".join(f"INT. ROOM {i} - DAY\n\nMARA waits in a red coat.\n\nMARA\n{SAYS}\n\n" for i in range(3))
    people = sorted(((one.name, repr(one.look)) for _, spec in board(text) for one in spec.figures))
    assert all(len(set(group)) == 1 for _, group in groupby(people, key=lambda pair: pair[0]))


def test_one_shot_can_be_staged_by_itself() -> None:
    outline = outlined(parse("INT. BAR - NIGHT\n\nMARA drinks wine.\n"))
    shot = broken_down(outline, rate=Rate(24))[0]
    spec = staged(shot, outline.scenes[0], looks(outline), seed=5)
    assert (spec.set_kind, spec.light, spec.place, spec.seed) == (SetKind.BAR, Light.NIGHT, "BAR", 5)
    assert [one.name for one in spec.figures] == ["MARA"]


def test_an_insert_is_in_the_hand_of_whoever_holds_it() -> None:
    shot, spec = board("INT. BAR - CONTINUOUS\n\nMARA waits.\n\nShe opens the letter.\n")[-1]
    assert (spec.insert, [one.name for one in spec.figures]) == ("letter", ["MARA"])
    assert shot.subject is None


def test_every_subject_and_foreground_is_a_figure() -> None:
    talk = "".join(f"{name}\n{SAYS}\n\n" for name in ("MARA", "JACK", "LOU") * 4)
    for _, spec in board(f"INT. ROOM - CONTINUOUS\n\nMARA looks at Jack. LOU sees the gun.\n\n{talk}"):
        names = {one.name for one in spec.figures}
        assert {spec.subject, spec.foreground} - {None} <= names


def test_nobody_is_seen_in_their_own_point_of_view() -> None:
    shots = [
        (shot, spec)
        for shot, spec in board("EXT. PIER - DAY\n\nMARA waits.\n\nMARA'S POV: the sea.\n\nMARA\nOh no, not now.\n")
    ]
    spec = next(spec for shot, spec in shots if shot.type is ShotType.POV)
    assert (spec.figures, spec.foreground) == ((), None)


@pytest.mark.parametrize(
    ("text", "pose"),
    [
        ("He slams on the brakes.", Pose.DRIVE),
        ("He slams the door.", Pose.OPEN),
        ("She slams him across the jaw.", Pose.FIGHT),
        ("He is SLAMMED against the wall.", Pose.FALL),
        ("She yanks the paper tray out.", Pose.PULL),
        ("He hauls the net aboard.", Pose.PULL),
        ("He shambles down the hallway.", Pose.WALK),
        ("They drink long and well.", Pose.DRINK),
        ("Ann and Ben run for the gate.", Pose.RUN),
        ("He drops into the leather chair.", Pose.SIT),
        ("She retakes her seat.", Pose.SIT),
        ("Kate stands peeling potatoes.", Pose.HOLD),
        ("She hits the play button.", Pose.REACH),
        ("He hits her.", Pose.FIGHT),
        ("She pages through the album.", Pose.READ),
        ("He hefts the crowbar.", Pose.LIFT),
        ("They begin to argue.", Pose.TALK),
        ("She looks perplexed.", Pose.THINK),
        ("The light fades.", None),
    ],
)
def test_the_verb_gives_the_pose(text: str, pose: Pose | None) -> None:
    assert pose_in(text) is pose


def test_what_happens_with_nobody_there_is_shown_by_its_thing_and_the_place_only_once() -> None:
    text = "INT. OFFICE - DAY\n\nA big empty office.\n\nThe printer spits out a page.\n\nKRUMF.\n\nSilence again.\n"
    shots = broken_down(outlined(parse(text)), rate=Rate(24))
    assert [(shot.size.value, shot.insert) for shot in shots] == [("WS", None), ("INSERT", "printer")]
    assert "KRUMF" in shots[1].action
