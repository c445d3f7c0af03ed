"""The laws every breakdown keeps, over scripts written for it and hundreds made at random."""

from __future__ import annotations

import gc
import random
import time
from functools import cache
from itertools import groupby, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.engine.artist.spec import Move, ShotType, Size
from studio.engine.time import Rate
from studio.scripts.fountain import parse
from studio.scripts.outline import Outline, outlined, said
from studio.storyboards.breakdown import Role, ShotPlan, broken_down
from studio.storyboards.rules.beats import People, scene_beats
from studio.storyboards.rules.continuity import is_across_axis, is_jump_cut

FILM = Rate(24)
FERRY = """
EXT. HARBOUR PIER - NIGHT

Rain hammers the empty pier. A single lamp swings over black water.

MARA (30s, red hair, a long coat) walks down the pier with a suitcase. She stops and looks at the ferry's lights going out.

JACK, 40s, in a ferryman's uniform, coils a rope by the gangway.

MARA
Am I too late?

JACK
Ten minutes ago you were on time. Now you're late.

MARA
I can pay.

JACK
Everybody can pay. That's not how the sea works.

Mara pulls out an envelope. On it, in red ink: "DO NOT OPEN UNTIL THE ISLAND".

JACK (CONT'D)
(quietly)
Where did you get that?

MARA
My father. The week before he died. He said there would be a man with a rope who would not want to take me, and that I
should show it to him and say nothing at all. So I am saying nothing. He also said you would cry, and that I should wait.

Jack stares at the envelope. His eyes fill with tears.

JACK
You don't know what's over there! There's blood on that island. They will KILL you!

MARA
Then take me there and tell me why.

JACK
(whispers)
Get in.

INT. FERRY WHEELHOUSE - CONTINUOUS

Jack turns the key. The engine coughs. Mara sits by the window.

MARA (V.O.)
I had been told all my life that the island was a story.

Mara looks up and sees a fire burning on the cliff.
"""

DINER = """
INT. DINER - DAY

Three plates of eggs. Steam on the windows.

BEN, DORA and LOU squeeze into a booth. A WAITRESS pours coffee.

BEN
So who told him?

DORA
Not me.

LOU
I was asleep. I sleep at night. It's a thing people do.

BEN
Somebody told him, because on Tuesday he didn't know, and on Wednesday he knew everything down to the colour of the car.

DORA
Maybe he's smart.

LOU
He isn't.

WAITRESS
More coffee?

BEN
No.

Ben slams his fist on the table. The cups jump.

BEN
This is NOT funny!

They stare at him.

INT. BEN'S CAR - NIGHT

Ben drives. His phone rings on the dashboard.

BEN
Hello?

STRANGER (V.O.)
You have something of mine.

SERIES OF SHOTS:

- The van rams the car.
- Ben spins the wheel.
- Headlights sweep over the trees.

EXT. FOREST ROAD - NIGHT

The car lies on its side, one wheel turning. Smoke.

Ben crawls out. He runs into the trees.

DORA (O.S.)
Ben? Ben!

He stops. He smiles.
"""

SCHOOL = """
EXT. DESERT HILL - DAY

Nothing but sand. Wind.

NARRATOR (V.O.)
Before the well there was nothing here. My grandmother used to say that the wind had eaten the village, one stone at a time,
and that it would come back for us when it was hungry. I did not believe her. I was nine.

A GIRL (9) in a yellow dress climbs the hill with a bucket. She stops.

GIRL'S POV: a line of trucks crawls across the plain.

INT. SCHOOLROOM - LATER

MISS ORTEGA, 60s, grey hair in a bun, writes on the blackboard. The girl bursts in.

GIRL
Trucks! They're coming!

PABLO
My father said they would never come again!

MISS ORTEGA
Quiet. All of you. Under the desks. We are going to play the game we practised, and nobody is going to make a sound until I
say your name. Do you understand me?

A VOICE (O.S.)
Open the door!

Miss Ortega takes a gun from the drawer. PUSH IN on her face.

The door EXPLODES. A SOLDIER storms in. She fights him and they fall hard against the blackboard. The gun slides across the floor.
"""

NAMES = ("MARA", "JACK", "OLD WOMAN", "BEN", "DR. STEEL", "LOU", "ANNA-MARIE", "ÉLODIE")
HEADINGS = (
    "INT. KITCHEN - DAY",
    "EXT. STREET - NIGHT",
    "INT. CAR - CONTINUOUS",
    "EXT. FOREST - DAWN",
    "INT. OFFICE - LATER",
    "INT. KITCHEN - NIGHT",
)
ACTION = (
    "{a} looks at the harbour.",
    "{a} runs down the street.",
    "{a} sits.",
    "Rain on the glass.",
    "A phone rings.",
    "{a} and {b} fight, and the table falls over with a crash.",
    "CLOSE ON the key.",
    '{a} opens the letter: "Come home at once."',
    "WIDE: the valley.",
    "He smiles.",
    "They stare at her.",
    "{a} enters.",
    "{a} exits.",
    "POV: the door.",
    "{a}'S POV",
    "A crowd gathers in the square.",
    "SERIES OF SHOTS:",
    "BACK TO SCENE",
    "INTERCUT WITH:",
    "We PUSH IN on {a}.",
    "ANGLE ON {b}",
    "OVER {a}'S SHOULDER",
    "A man waits.",
    "{a} hugs {b}.",
    "INSERT - the gun",
    "{a} looks at {b}.",
)
SPEECH = (
    "No.",
    "What do you want from me?",
    "I never said that, and you know it!",
    "They will KILL us!",
    "Well... perhaps. I do not know what he wanted when he came here that night with the money and the gun.",
    "Go. Now. Run!",
    "It is a long story. It begins with a boat. The boat was old and it leaked. We loved it. Every summer we "
    "painted it, and every winter the paint came off again. That is how it is with boats.",
    "你好。我不知道他在哪里。",
)


def random_script(seed: int, scenes: int, most_beats: int) -> str:
    dice = random.Random(seed)
    lines: list[str] = []
    for _ in range(scenes):
        lines += [dice.choice(HEADINGS), ""]
        cast = dice.sample(NAMES, dice.randint(1, 4))
        for _ in range(dice.randint(0, most_beats)):
            if dice.random() < 0.45:
                chosen = (dice.choice(ACTION) for _ in range(dice.randint(1, 3)))
                lines += [" ".join(one.format(a=dice.choice(cast).title(), b=dice.choice(cast)) for one in chosen), ""]
                continue
            lines.append(dice.choice(cast) + dice.choice(("", "", "", " (V.O.)", " (O.S.)")))
            lines += [dice.choice(("(whispers)", "(into phone)", "(beat)"))] if dice.random() < 0.2 else []
            lines += [dice.choice(SPEECH), ""]
    return "\n".join(lines)


RANDOM = {f"random {seed}": random_script(seed, 1 + seed % 6, 3 + seed % 23) for seed in range(60)}
WRITTEN = {"ferry": FERRY, "diner": DINER, "school": SCHOOL}
CORPUS = WRITTEN | RANDOM | {"long": random_script(7, 120, 14)}
EDGES = {
    "empty": "",
    "no headings": "Just words about Bob.\n\nMore words here.",
    "no headings, a line": "MARA\nHello there, is anybody home?\n",
    "a heading alone": "INT. ROOM - DAY",
    "two headings": "INT. ROOM - DAY\n\nEXT. ROOF - NIGHT\n",
    "one line": "INT. ROOM - DAY\n\nNothing.\n",
    "no people": "EXT. FIELD - DAY\n\nGrass moves. Clouds pass. A bird. Another bird. The grass is still. Night falls.\n",
    "only a voice": "EXT. SEA - DAY\n\nNARRATOR (V.O.)\nThe sea. The sea again.\n",
    "only off screen": "INT. ROOM - DAY\n\nTOM (O.S.)\nAnybody there?\n",
    "words before a heading": "FADE IN:\n\nBlack. A heartbeat.\n\nINT. ROOM - DAY\n\nTOM sits.\n",
    "pending words at the end": "INT. ROOM - DAY\n\nTOM sits.\n\nSERIES OF SHOTS:\n",
    "only a direction": "INT. ROOM - DAY\n\nSERIES OF SHOTS:\n",
}


@cache
def film(text: str, rate: Rate = FILM) -> tuple[Outline, tuple[ShotPlan, ...]]:
    outline = outlined(parse(text))
    return outline, broken_down(outline, rate=rate)


ALL = [pytest.param(text, id=name) for name, text in (CORPUS | EDGES).items()]


@pytest.mark.parametrize("text", ALL)
def test_every_spoken_word_is_in_exactly_one_shot_in_order(text: str) -> None:
    outline, shots = film(text)
    wanted = [speech for scene in outline.scenes for speech in said(scene)]
    heard = [line for shot in shots for line in shot.lines]
    assert "".join("".join(line.text.split()) for line in heard) == "".join("".join(one.text.split()) for one in wanted)
    assert all("".join(text[line.start : line.end].split()) == "".join(line.text.split()) for line in heard)
    assert all(first.end <= second.start for first, second in pairwise(heard))


@pytest.mark.parametrize("text", ALL)
def test_every_beat_of_the_script_is_covered_by_exactly_one_shot(text: str) -> None:
    outline, shots = film(text)
    people = People(outline)
    for scene in outline.scenes:
        mine = [shot for shot in shots if shot.scene == scene.index]
        for beat in scene_beats(scene, people).beats:
            assert sum(shot.start <= beat.start < shot.end for shot in mine) == 1, beat.text


@pytest.mark.parametrize("text", ALL)
def test_shots_cover_the_source_in_order_without_overlap(text: str) -> None:
    _, shots = film(text)
    assert all(shot.start <= shot.end for shot in shots)
    assert all(first.end <= second.start for first, second in pairwise(shots))
    assert [shot.order for shot in shots] == list(range(len(shots)))


@pytest.mark.parametrize("text", ALL)
def test_every_scene_has_a_shot(text: str) -> None:
    outline, shots = film(text)
    assert {shot.scene for shot in shots} == {scene.index for scene in outline.scenes}


@pytest.mark.parametrize("text", ALL)
def test_no_camera_crosses_the_axis_and_no_cut_jumps(text: str) -> None:
    _, shots = film(text)
    assert not any(is_across_axis(shot) for shot in shots)
    assert all(len({shot.side for shot in group}) == 1 for _, group in groupby(shots, key=lambda shot: shot.scene))
    assert [(a.number, b.number) for a, b in pairwise(shots) if is_jump_cut(a, b)] == []


def test_a_jump_cut_is_seen_as_one() -> None:
    _, shots = film(FERRY)
    close = next(shot for shot in shots if shot.size is Size.CU)
    assert is_jump_cut(close, close)


@pytest.mark.parametrize("text", ALL)
def test_no_two_set_ups_in_a_row_are_the_same(text: str) -> None:
    _, shots = film(text)
    setups = [(s.size, s.type, s.subject, s.foreground, s.cast, s.azimuth, s.insert) for s in shots]
    assert all(first != second for first, second in pairwise(setups))


@pytest.mark.parametrize("text", ALL)
def test_what_a_shot_names_can_be_seen_in_it(text: str) -> None:
    _, shots = film(text)
    for shot in shots:
        seen_speakers = {line.speaker for line in shot.lines if not line.off}
        assert not seen_speakers or shot.cast, shot
        assert shot.role is Role.REACTION or seen_speakers <= set(shot.cast), shot
        assert shot.subject is None or shot.subject in shot.cast, shot
        assert shot.size is not Size.INSERT or shot.insert, shot
        assert shot.description and shot.rule, shot


@pytest.mark.parametrize("text", ALL)
def test_the_type_of_a_shot_agrees_with_who_is_in_it(text: str) -> None:
    _, shots = film(text)
    for shot in (shot for shot in shots if shot.insert is None):
        match shot.type:
            case ShotType.EMPTY:
                assert shot.cast == ()
            case ShotType.SINGLE:
                assert shot.cast == (shot.subject,)
            case ShotType.TWO:
                assert len(shot.cast) == 2
            case ShotType.GROUP:
                assert 3 <= len(shot.cast) <= 6
            case ShotType.OTS:
                assert set(shot.cast) == {shot.subject, shot.foreground}
            case ShotType.POV:
                assert shot.foreground not in shot.cast


@pytest.mark.parametrize("text", ALL)
@pytest.mark.parametrize("rate", [Rate(24), Rate(30000, 1001)], ids=str)
def test_lengths_add_up_to_the_frame(text: str, rate: Rate) -> None:
    _, shots = film(text, rate)
    assert all(shot.frames >= 1 for shot in shots)
    exact = sum(shot.seconds for shot in shots) * float(rate.fps)
    assert abs(sum(shot.frames for shot in shots) - exact) <= 0.51


@pytest.mark.parametrize("text", ALL)
def test_no_shot_is_longer_than_people_look(text: str) -> None:
    _, shots = film(text)
    assert all(shot.seconds <= 12.6 for shot in shots)


@pytest.mark.parametrize("text", ALL)
def test_a_scene_has_one_push_in_at_most(text: str) -> None:
    _, shots = film(text)
    for _, group in groupby(shots, key=lambda shot: shot.scene):
        assert sum(shot.move is Move.PUSH_IN for shot in group) <= 1


@pytest.mark.parametrize("text", [*WRITTEN.values(), CORPUS["long"]], ids=[*WRITTEN, "long"])
def test_the_average_shot_lasts_three_to_six_seconds(text: str) -> None:
    _, shots = film(text)
    assert 3.0 <= sum(shot.seconds for shot in shots) / len(shots) <= 6.0


@pytest.mark.parametrize("text", CORPUS.values(), ids=CORPUS.keys())
def test_reverse_angles_match_in_size_and_lens(text: str) -> None:
    _, shots = film(text)
    talking = (ShotType.OTS, ShotType.SINGLE)
    for first, second in pairwise(shots):
        answered = first.rule == second.rule and first.scene == second.scene and first.subject != second.subject
        if answered and first.lines and second.lines and first.type in talking and not (first.action or second.action):
            assert first.role is not second.role or (first.size, first.lens_mm) == (second.size, second.lens_mm)


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN.keys())
def test_two_people_keep_their_screen_sides_through_a_scene(text: str) -> None:
    _, shots = film(text)
    for _, group in groupby(shots, key=lambda shot: shot.scene):
        over = [shot for shot in group if shot.type is ShotType.OTS]
        for shot in over:
            left = shot.cast[0] == shot.subject
            assert (shot.azimuth > 0) == left


@pytest.mark.parametrize("text", ALL)
def test_shot_numbers_are_unique_and_skip_i_and_o(text: str) -> None:
    outline, shots = film(text)
    assert len({shot.number for shot in shots}) == len(shots)
    for shot in shots:
        letters = shot.number.removeprefix(outline.scenes[shot.scene].number).lstrip("-")
        assert letters.isalpha() and not set(letters) & set("IO")


def test_the_same_script_gives_the_same_shots() -> None:
    assert film.__wrapped__(SCHOOL)[1] == film.__wrapped__(SCHOOL)[1]


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.sampled_from("ABab .,!?\n()'\"-#@>*…é好INTEXT:"), max_size=400))
def test_any_text_at_all_is_broken_down(text: str) -> None:
    outline, shots = film(text)
    assert {shot.scene for shot in shots} == {scene.index for scene in outline.scenes}


@settings(max_examples=25, deadline=None)
@given(st.integers(1000, 10**9), st.integers(1, 5), st.integers(0, 30))
def test_random_scripts_keep_words_axis_and_frames(seed: int, scenes: int, beats: int) -> None:
    text = random_script(seed, scenes, beats)
    outline, shots = film(text)
    wanted = "".join("".join(speech.text.split()) for scene in outline.scenes for speech in said(scene))
    assert "".join("".join(line.text.split()) for shot in shots for line in shot.lines) == wanted
    assert not any(is_jump_cut(first, second) for first, second in pairwise(shots))


@pytest.mark.parametrize(
    "text",
    [
        "A" * 60_000,
        "." * 30_000 + "x",
        "word " * 12_000,
        '"x' * 10_000,
        "Bob and " * 8_000,
        "Bob looks at the " * 4_000,
        "A'S " * 8_000,
    ],
    ids=["letters", "stops", "words", "quotes", "names", "looks", "possessives"],
)
def test_hostile_paragraphs_take_little_time(text: str) -> None:
    started = time.process_time()
    film(f"INT. ROOM - DAY\n\n{text}\n\nBOB\n{text}\n")
    assert time.process_time() - started < 6


def test_one_huge_scene_takes_time_in_proportion() -> None:
    body = random_script(3, 60, 12)
    for heading in HEADINGS:
        body = body.replace(heading, "")

    def cost(times: int) -> float:
        outline = outlined(parse("INT. HALL - DAY\n\n" + body * times))
        started = time.process_time()
        broken_down(outline, rate=Rate(24))
        return time.process_time() - started

    cost(1)
    gc.disable()  # what it costs grows with all that other tests have left
    try:
        one, eight = (min(cost(times) for _ in range(3)) for times in (1, 8))
    finally:
        gc.enable()
    assert eight < 8 * max(one, 0.05) * 3
