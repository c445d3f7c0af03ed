"""The patterns of dialogue: two people, several, one alone, voices from elsewhere, calls, reactions."""

from __future__ import annotations

from itertools import pairwise

from studio.engine.artist.spec import ShotType, Size
from studio.engine.time import Rate
from studio.scripts.fountain import parse
from studio.scripts.outline import outlined
from studio.storyboards.breakdown import Role, ShotPlan, broken_down

ROOM = "INT. ROOM - CONTINUOUS\n\n"
SAYS = "I have been thinking about it all day long"


def shots_of(text: str) -> tuple[ShotPlan, ...]:
    return broken_down(outlined(parse(text)), rate=Rate(24))


def talk(*speakers: str, words: str = SAYS) -> str:
    return ROOM + "".join(f"{name}\n{words}.\n\n" for name in speakers)


def test_two_people_begin_together_go_over_shoulders_then_close_and_end_together() -> None:
    shots = shots_of(talk(*("MARA", "JACK") * 6))
    kinds = [(shot.type, shot.size) for shot in shots]
    assert kinds[0] == (ShotType.TWO, Size.MS)
    assert kinds[-1] == (ShotType.TWO, Size.MS)
    middle = [kind for kind in kinds if kind[0] is not ShotType.TWO]
    overs = [kind for kind in middle if kind[0] is ShotType.OTS]
    assert overs == middle[: len(overs)]
    assert set(overs) == {(ShotType.OTS, Size.MCU)}
    assert set(middle[len(overs) :]) == {(ShotType.SINGLE, Size.CU)}


def test_the_lenses_are_those_of_the_sizes() -> None:
    shots = shots_of(talk(*("MARA", "JACK") * 6))
    lenses = {(shot.type, shot.size): shot.lens_mm for shot in shots}
    assert lenses[ShotType.TWO, Size.MS] == 35
    assert lenses[ShotType.OTS, Size.MCU] == 50
    assert lenses[ShotType.SINGLE, Size.CU] == 75


def test_the_speaker_is_seen_over_the_listener() -> None:
    over = [shot for shot in shots_of(talk(*("MARA", "JACK") * 3)) if shot.type is ShotType.OTS]
    assert over
    for shot in over:
        assert shot.lines[0].speaker == shot.subject
        assert {shot.subject, shot.foreground} == {"MARA", "JACK"}


def test_reverses_stand_on_opposite_sides_of_the_normal() -> None:
    over = [shot for shot in shots_of(talk(*("MARA", "JACK") * 3)) if shot.type is ShotType.OTS]
    assert all(first.azimuth == -second.azimuth for first, second in pairwise(over))
    assert {abs(shot.azimuth) for shot in over} == {40}


def test_the_tense_moment_goes_close_before_its_time() -> None:
    text = talk("MARA", "JACK", "MARA") + f"JACK\nThey will KILL you!\n\n{talk('MARA', 'JACK').removeprefix(ROOM)}"
    shots = shots_of(text)
    tense = next(shot for shot in shots if any("KILL" in line.text for line in shot.lines))
    assert (tense.size, tense.type) == (Size.CU, ShotType.SINGLE)


def test_a_long_scene_comes_back_to_the_two_shot() -> None:
    shots = shots_of(talk(*("MARA", "JACK") * 20))
    twos = [shot for shot in shots[1:-1] if shot.type is ShotType.TWO]
    assert len(twos) >= 2


def test_a_few_words_do_not_make_a_cut() -> None:
    shots = shots_of(talk("MARA", "JACK", "MARA") + "JACK\nNo.\n\nMARA\nNot today, not tomorrow, not ever again.\n")
    shot = next(shot for shot in shots if any(line.text == "No." for line in shot.lines))
    assert len(shot.lines) > 1


def test_a_long_speech_shows_the_listener_once() -> None:
    speech = "I came here by the night train. It was cold. Nobody spoke to me at all. " * 3
    shots = shots_of(talk("MARA", "JACK") + f"MARA\n{speech}\n\nJACK\nI see, and I am sorry about it.\n")
    reactions = [shot for shot in shots if shot.role is Role.REACTION]
    assert [(shot.subject, shot.size) for shot in reactions] == [("JACK", Size.CU)]
    after = shots[shots.index(reactions[0]) + 1]
    assert after.lines[0].speaker == "MARA"


def test_a_silent_reaction_lasts_a_second_and_a_half_and_covers_no_words() -> None:
    speech = "I came by the night train and nobody on it spoke to me. It was cold, and colder than it was in any of those years."
    shots = shots_of(talk("MARA", "JACK") + f"MARA\n{speech}\n\nJACK\nI see, and I am sorry about it.\n")
    silent = next(shot for shot in shots if shot.role is Role.REACTION)
    assert (silent.lines, silent.seconds, silent.start) == ((), 1.5, silent.end)


def test_a_machine_that_speaks_is_shown_as_the_machine() -> None:
    spoken = [shot for shot in shots_of(talk(*("MARA", "INTERCOM") * 5)) if shot.lines]
    of_it = [shot for shot in spoken if shot.lines[0].speaker == "INTERCOM"]
    assert {(shot.size, shot.type, shot.insert, shot.cast) for shot in of_it} == {
        (Size.INSERT, ShotType.SINGLE, "intercom", ())
    }
    answers = [shot for shot in spoken if shot not in of_it]
    assert {(shot.type, shot.cast, shot.foreground) for shot in answers} == {(ShotType.SINGLE, ("MARA",), None)}
    assert len(of_it) >= 4 and len(answers) >= 4


def test_several_people_are_singled_out_and_gathered_every_six_cues() -> None:
    shots = shots_of(talk(*("MARA", "JACK", "LOU") * 5))
    assert (shots[0].type, shots[0].role) == (ShotType.GROUP, Role.MASTER)
    groups = [index for index, shot in enumerate(shots) if shot.type is ShotType.GROUP]
    assert len(groups) == 3
    assert {shot.size for shot in shots if shot.type is ShotType.SINGLE} == {Size.MCU}


def test_one_person_alone_comes_closer() -> None:
    speech = (
        "Nobody is coming. I know that now. I have known it since the winter, and I have told nobody about it. " * 2
    )
    shots = [shot for shot in shots_of(f"{ROOM}MARA stands.\n\nMARA\n{speech}\n") if shot.lines]
    assert [shot.size for shot in shots][:2] == [Size.MS, Size.CU]


def test_a_voice_over_takes_no_shot_of_its_own() -> None:
    shots = shots_of(f"{ROOM}MARA stands by the window.\n\nMARA (V.O.)\nI was nine.\n")
    assert len(shots) == 1
    assert shots[0].lines[0].off == "V.O."


def test_a_long_voice_over_gets_new_pictures() -> None:
    voice = "There was nothing here before the well. Then the people came from the hills with their animals. " * 4
    shots = shots_of(f"EXT. DESERT - CONTINUOUS\n\nSand.\n\nNARRATOR (V.O.)\n{voice}\n")
    assert len(shots) > 2
    assert not any(shot.cast for shot in shots)


def test_a_voice_from_beside_plays_on_the_listener() -> None:
    shots = shots_of(f"{ROOM}MARA stands.\n\nJACK (O.S.)\nOpen the door, I know that you are in there!\n")
    heard = next(shot for shot in shots if shot.lines)
    assert (heard.subject, heard.lines[0].speaker) == ("MARA", "JACK")
    assert "JACK" not in heard.cast


def test_a_phone_call_is_cut_between_two_singles_of_one_size() -> None:
    call = "".join(f"{name}\n(into phone)\n{SAYS}.\n\n" for name in ("MARA", "JACK") * 3)
    shots = [shot for shot in shots_of(f"{ROOM}MARA stands.\n\n{call}") if shot.lines]
    assert {(shot.type, shot.size) for shot in shots} == {(ShotType.SINGLE, Size.MCU)}
    assert all(len(shot.cast) == 1 for shot in shots)


def test_intercut_says_the_same() -> None:
    shots = shots_of(f"{ROOM}MARA stands.\n\nINTERCUT WITH JACK\n\n{talk('MARA', 'JACK', 'MARA').removeprefix(ROOM)}")
    assert not any(shot.type in (ShotType.TWO, ShotType.OTS) for shot in shots if shot.lines)


def test_two_who_speak_far_apart_in_a_scene_are_no_couple() -> None:
    between = "The sun sets over the hills.\n\nDust.\n\nA bell.\n\nNight comes at last.\n\n"
    shots = shots_of(f"{ROOM}MARA stands.\n\nMARA\n{SAYS}.\n\n{between}JACK\n{SAYS}.\n")
    assert not any(shot.type is ShotType.TWO for shot in shots if shot.lines)


def test_a_small_gesture_stays_in_the_talking_shot() -> None:
    text = f"{ROOM}MARA stands.\n\nMARA\n{SAYS}.\n\nShe sighs.\n\nMARA (CONT'D)\nThat is all.\n"
    shots = [shot for shot in shots_of(text) if shot.lines]
    assert "She sighs." in " ".join(shot.action for shot in shots)


def test_dual_dialogue_is_kept_word_for_word() -> None:
    shots = shots_of(f"{ROOM}MARA\nStop.\n\nJACK ^\nGo.\n")
    assert [line.text for shot in shots for line in shot.lines] == ["Stop.", "Go."]


def test_a_sentence_after_an_abbreviation_is_not_cut_in_two() -> None:
    shots = shots_of(f"{ROOM}MARA\nI saw Dr. Steel at 5 p.m. in St. James. He ran...and fell.\n")
    assert [line.text for shot in shots for line in shot.lines] == [
        "I saw Dr. Steel at 5 p.m. in St. James. He ran...and fell."
    ]
