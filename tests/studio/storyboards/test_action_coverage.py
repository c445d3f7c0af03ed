"""Each rule for action and for camera directions, with the shot it must make."""

from __future__ import annotations

import pytest

from studio.engine.artist.spec import Angle, Move, ShotType, Size
from studio.engine.time import Rate
from studio.scripts.fountain import parse
from studio.scripts.outline import outlined
from studio.storyboards.breakdown import Role, ShotPlan, broken_down, described
from studio.storyboards.rules.beats import People, scene_beats
from studio.storyboards.rules.coverage import covered

OPENING = "INT. ROOM - CONTINUOUS\n\nMARA stands by the door. JACK sleeps in a chair.\n\n"


def shots_of(text: str) -> tuple[ShotPlan, ...]:
    return broken_down(outlined(parse(text)), rate=Rate(24))


def covering(text: str) -> list[ShotPlan]:
    """The shots the rules make before any are joined for being short; the first scene only."""
    outline = outlined(parse(text))
    return covered(scene_beats(outline.scenes[0], People(outline)), establish=False)


def shot_of(sentence: str) -> ShotPlan:
    """The first shot that covers a sentence put after two people are known and a master was shot."""
    text = f"{OPENING}MARA\nWe should go now, I think.\n\nJACK\nI am not sure that we should.\n\n{sentence}\n"
    place = text.index(sentence)
    return next(shot for shot in shots_of(text) if shot.start <= place < shot.end)


@pytest.mark.parametrize(
    ("sentence", "size", "kind", "move", "subject"),
    [
        ("Mara reads the letter.", Size.INSERT, ShotType.SINGLE, Move.STATIC, None),
        ("A phone rings.", Size.INSERT, ShotType.EMPTY, Move.STATIC, None),
        ("Tears run over Jack's face.", Size.CU, ShotType.SINGLE, Move.STATIC, "JACK"),
        ("Mara smiles.", Size.CU, ShotType.SINGLE, Move.STATIC, "MARA"),
        ("Mara looks at him.", Size.CU, ShotType.SINGLE, Move.STATIC, "MARA"),
        ("Jack sees the burning ship.", Size.CU, ShotType.SINGLE, Move.STATIC, "JACK"),
        ("Jack runs down the stairs and out into the rain.", Size.WS, ShotType.SINGLE, Move.TRACK, "JACK"),
        ("Mara crosses the room to the window.", Size.FS, ShotType.SINGLE, Move.PAN, "MARA"),
        ("Jack sits down on the bed and waits for morning.", Size.MS, ShotType.SINGLE, Move.STATIC, "JACK"),
        ("A crowd fills the square as far as the river.", Size.EWS, ShotType.EMPTY, Move.STATIC, None),
        ("Jack tackles Mara.", Size.WS, ShotType.TWO, Move.STATIC, None),
        ("The wind moves the curtains.", Size.WS, ShotType.EMPTY, Move.STATIC, None),
    ],
)
def test_an_action_rule_makes_its_shot(
    sentence: str, size: Size, kind: ShotType, move: Move, subject: str | None
) -> None:
    shot = shot_of(sentence)
    assert (shot.size, shot.type, shot.move, shot.subject) == (size, kind, move, subject)


def test_somebody_who_looks_is_followed_by_what_they_see() -> None:
    shots = covering(f"{OPENING}Mara looks out at the harbour.\n")
    look, seen = shots[-2:]
    assert (look.size, look.subject) == (Size.CU, "MARA")
    assert (seen.type, seen.role, seen.foreground) == (ShotType.POV, Role.POV, "MARA")
    scene = outlined(parse(OPENING)).scenes[0]
    assert described(seen, scene) == "What Mara sees: the harbour."
    assert described(look, scene) == "Mara looks…"
    assert (look.action, seen.action) == ("Mara looks out at…", "The harbour.")


def test_what_somebody_sees_can_be_a_thing_or_a_person() -> None:
    thing = covering(f"{OPENING}Mara looks at the gun.\n")[-1]
    person = covering(f"{OPENING}Mara looks at Jack.\n")[-1]
    assert (thing.size, thing.insert) == (Size.INSERT, "gun")
    assert (person.type, person.subject, person.size) == (ShotType.POV, "JACK", Size.MS)


def test_a_second_walk_of_the_same_person_is_followed() -> None:
    text = f"{OPENING}Mara crosses the room to the window of it all. Jack waits. Mara follows Jack out of the room.\n"
    assert covering(text)[-1].move is Move.FOLLOW


def test_a_blow_after_a_wide_blow_is_close_and_handheld() -> None:
    shots = covering(f"{OPENING}Jack tackles Mara. She kicks him.\n")
    assert (shots[-2].size, shots[-1].size, shots[-1].move) == (Size.WS, Size.MCU, Move.HANDHELD)


def test_a_long_blow_is_cut_from_wide_to_close() -> None:
    shots = covering(f"{OPENING}Jack fights Mara across the whole room, and they fall hard against the door.\n")
    assert [shot.size for shot in shots[-2:]] == [Size.WS, Size.MCU]
    assert shots[-2].end == shots[-1].start


def test_a_thing_that_only_says_where_is_no_insert() -> None:
    assert shot_of("Through the glass, a dark shape moves.").size is not Size.INSERT


def test_what_is_written_on_a_thing_stays_in_its_insert() -> None:
    shots = covering(f'{OPENING}Mara pulls out an envelope. On it, in red: "DO NOT OPEN".\n')
    assert shots[-1].insert == "envelope"
    assert "DO NOT OPEN" in shots[-1].action


def test_equal_actions_are_one_shot_until_eight_seconds() -> None:
    short = covering(f"{OPENING}A phone rings.\n\nJack sits. He pours a drink for himself. He waits.\n")
    assert short[-1].action == "Jack sits. He pours a drink for himself. He waits."
    long = covering(
        f"{OPENING}A phone rings.\n\nJack sits. " + "He pours himself another drink and turns to the wall. " * 4
    )
    assert len(long) > len(short)


def test_tension_moves_one_size_tighter() -> None:
    calm = "INT. ROOM - CONTINUOUS\n\nMARA stands.\n\nMara turns to the wall and waits.\n"
    tense = "INT. ROOM - CONTINUOUS\n\nMARA stands.\n\nMara turns to the BLOOD on the wall and waits, afraid!\n"
    assert covering(calm)[-1].size is Size.MS
    assert covering(tense)[-1].size is Size.MCU


@pytest.mark.parametrize(
    ("words", "angle"),
    [
        ("The giant statue looms.", Angle.LOW),
        ("Jack cowers in the corner of the room.", Angle.HIGH),
        ("Seen from directly above, Jack sleeps.", Angle.OVERHEAD),
        ("Jack, drunk, turns in the room.", Angle.DUTCH),
        ("Jack waits in the room until morning.", Angle.EYE),
    ],
)
def test_words_choose_the_angle(words: str, angle: Angle) -> None:
    assert shot_of(words).angle is angle


@pytest.mark.parametrize(
    ("sentence", "size", "kind", "move"),
    [
        ("CLOSE ON the silver key.", Size.INSERT, ShotType.EMPTY, Move.STATIC),
        ("CLOSE ON MARA as she listens.", Size.CU, ShotType.SINGLE, Move.STATIC),
        ("ECU: Jack's eyes.", Size.ECU, ShotType.SINGLE, Move.STATIC),
        ("CU - Mara.", Size.CU, ShotType.SINGLE, Move.STATIC),
        ("WIDE SHOT of the room.", Size.WS, ShotType.TWO, Move.STATIC),
        ("ANGLE ON JACK.", Size.MS, ShotType.SINGLE, Move.STATIC),
        ("INSERT - the gun on the table.", Size.INSERT, ShotType.EMPTY, Move.STATIC),
        ("OVER JACK'S SHOULDER: Mara waits.", Size.MCU, ShotType.OTS, Move.STATIC),
        ("TWO SHOT: Mara and Jack.", Size.MS, ShotType.TWO, Move.STATIC),
        ("JACK'S POV: the empty street.", Size.WS, ShotType.POV, Move.STATIC),
        ("We PUSH IN on Mara.", Size.CU, ShotType.SINGLE, Move.PUSH_IN),
        ("PAN ACROSS the room.", Size.WS, ShotType.TWO, Move.PAN),
        ("TRACKING SHOT: Mara.", Size.FS, ShotType.SINGLE, Move.TRACK),
        ("CRANE UP over the house.", Size.WS, ShotType.TWO, Move.CRANE),
        ("AERIAL SHOT of the city.", Size.EWS, ShotType.EMPTY, Move.STATIC),
    ],
)
def test_a_camera_direction_wins(sentence: str, size: Size, kind: ShotType, move: Move) -> None:
    shot = shot_of(sentence)
    assert (shot.size, shot.type, shot.move, shot.explicit) == (size, kind, move, True)


def test_a_pan_in_the_kitchen_is_no_camera_move() -> None:
    assert not shot_of("Mara washes a pan.").explicit
    assert not shot_of("He is wide awake.").explicit


def test_a_bare_direction_takes_the_next_sentence() -> None:
    shots = covering(f"{OPENING}CLOSE ON:\n\nA silver key.\n")
    assert (shots[-1].size, shots[-1].insert) == (Size.INSERT, "silver key")


def test_over_a_shoulder_names_whose() -> None:
    shot = shot_of("OVER JACK'S SHOULDER: Mara waits.")
    assert (shot.foreground, shot.subject) == ("JACK", "MARA")


def test_a_series_of_shots_is_one_shot_a_line() -> None:
    text = f"{OPENING}SERIES OF SHOTS:\n\n- Mara runs.\n- Mara packs.\n- The clock ticks.\n\nEND OF SERIES\n\nJack waits.\n"
    shots = [shot for shot in shots_of(text) if shot.explicit]
    assert [shot.description for shot in shots] == ["Mara runs.", "Mara packs.", "The clock ticks."]


def test_a_new_place_outside_opens_wide_and_empty() -> None:
    first = shots_of(
        "EXT. HARBOUR - NIGHT\n\nRain. Black water.\n\nMARA waits by the gate.\n\nShe is cold.\n" + "MARA\nNo.\n" * 8
    )[0]
    assert (first.role, first.size, first.type, first.lens_mm) == (Role.ESTABLISH, Size.EWS, ShotType.EMPTY, 18)
    assert first.action == "Rain. Black water."


def test_a_new_place_inside_opens_at_24_mm() -> None:
    text = "INT. BAR - NIGHT\n\nMARA waits.\n\n" + "MARA\nHello there.\n\n" * 6
    assert (shots_of(text)[0].role, shots_of(text)[0].size, shots_of(text)[0].lens_mm) == (Role.ESTABLISH, Size.WS, 24)


@pytest.mark.parametrize("time", ["CONTINUOUS", "LATER", "SAME", "MOMENTS LATER"])
def test_a_scene_that_goes_on_is_not_established_again(time: str) -> None:
    text = f"INT. BAR - {time}\n\nMARA waits.\n\n" + "MARA\nHello there.\n\n" * 6
    assert shots_of(text)[0].role is not Role.ESTABLISH


def test_a_very_short_scene_is_not_established() -> None:
    assert shots_of("EXT. STREET - DAY\n\nMARA waits.\n")[0].role is Role.MASTER


def test_a_scene_in_the_same_place_and_time_is_not_established_again() -> None:
    scene = "INT. BAR - NIGHT\n\nMARA waits.\n\n" + "MARA\nHello there.\n\n" * 6
    shots = shots_of(scene + scene)
    assert [shot.role is Role.ESTABLISH for shot in shots if shot.number in ("1A", "2A")] == [True, False]


def test_the_master_shows_those_who_are_there_by_then() -> None:
    shots = covering("INT. ROOM - CONTINUOUS\n\nMARA waits.\n\nJACK enters.\n\nLOU and BEN follow him in.\n")
    assert (shots[0].role, shots[0].size, shots[0].cast) == (Role.MASTER, Size.FS, ("MARA",))


def test_the_master_of_a_crowd_is_a_wide_group() -> None:
    shots = shots_of(
        "INT. ROOM - CONTINUOUS\n\nMARA, JACK, LOU and BEN wait.\n\nMARA\nNow.\n\nJACK\nNo.\n\nLOU\nYes.\n\nBEN\nNo.\n"
    )
    assert (shots[0].role, shots[0].size, shots[0].type) == (Role.MASTER, Size.WS, ShotType.GROUP)


def test_pronouns_go_to_whoever_is_meant() -> None:
    shots = covering(
        "INT. ROOM - CONTINUOUS\n\nMARY (30, a woman) waits. JOHN (40, a man) pours wine.\n\nShe smiles.\n\nHe cries.\n"
    )
    assert [shot.subject for shot in shots if shot.size is Size.CU] == ["MARY", "JOHN"]


def test_a_stranger_without_a_name_is_somebody() -> None:
    shots = shots_of("EXT. ROAD - CONTINUOUS\n\nAn old man waits for a bus.\n")
    assert shots[0].cast == ("MAN",)


def test_inside_a_car_nothing_is_wide() -> None:
    shots = shots_of("INT. CAR - NIGHT\n\nMARA drives.\n\nJACK sleeps beside her.\n\n" + "MARA\nHello there.\n\n" * 6)
    assert not any(shot.size in (Size.WS, Size.EWS, Size.FS) and shot.cast for shot in shots)


PATIO = """EXT. PATIO - DAY

BRICK sits.

The SCREEN DOOR slides open and DICK STEEL, his former partner, comes out with two beers.

STEEL
Beer's ready!

BRICK
Are they cold?

They laugh.

The men look at each other.
"""


def test_a_door_in_capitals_is_nobody() -> None:
    assert {name for shot in shots_of(PATIO) for name in shot.cast} == {"BRICK", "STEEL"}


def test_they_are_those_who_speak_with_each_other_when_nobody_was_named_together() -> None:
    laughing, looking = (next(s for s in shots_of(PATIO) if words in s.action) for words in ("laugh", "each other"))
    assert set(laughing.cast) == set(looking.cast) == {"BRICK", "STEEL"}


def test_the_boy_band_is_no_boy() -> None:
    text = "INT. TRAILER - DAY\n\nThis is the home of THE BOY BAND, AKA DAN and JACK.\n\nDAN\nHi.\n\nJACK\nHi.\n"
    assert {name for shot in shots_of(text) for name in shot.cast} == {"DAN", "JACK"}


def test_a_machine_that_speaks_is_no_he() -> None:
    text = "INT. OFFICE - DAY\n\nMIKE waits.\n\nMIKE\nPrint.\n\nPRINTER\nOut of paper.\n\nHe looks down at his shoes.\n"
    shot = next(s for s in shots_of(text) if "looks down" in s.action)
    assert shot.cast == ("MIKE",)
