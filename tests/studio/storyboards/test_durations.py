"""Estimates, voiced lengths and whole frames."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.errors import Invalid
from studio.engine.time import Rate
from studio.scripts.fountain import parse
from studio.scripts.outline import outlined
from studio.storyboards.breakdown import ShotPlan, broken_down, line_offsets, retimed, shot_letters
from studio.storyboards.durations import action_seconds, insert_seconds, line_seconds, word_count
from studio.storyboards.shots import Line

FILM = Rate(24)
SCRIPT = """
INT. ROOM - DAY

MARA stands by the window, and rain runs down the glass behind her.

MARA
I have been waiting for you.

JACK
I know. I am sorry.

She turns to the wall.

MARA
You always are. That is what you do, and it is all you do.
"""


def line(text: str, manner: str = "") -> Line:
    return Line("MARA", text, manner, "", 0, len(text))


def planned(rate: Rate = FILM) -> tuple[ShotPlan, ...]:
    return broken_down(outlined(parse(SCRIPT)), rate=rate)


def test_ordinary_speech_is_2_6_words_a_second() -> None:
    assert line_seconds(line("one two three four five six")) == pytest.approx(6 / 2.6)


def test_shouting_is_fast_and_whispering_slow() -> None:
    assert line_seconds(line("one two three four five six!")) == pytest.approx(6 / 3.2)
    assert line_seconds(line("one two three four five six", "whispers")) == pytest.approx(6 / 2.1)


def test_commas_stops_ellipses_and_beats_pause() -> None:
    plain = line_seconds(line("one two three four"))
    assert line_seconds(line("one, two three four")) == pytest.approx(plain + 0.25)
    assert line_seconds(line("one two. three four")) == pytest.approx(plain + 0.5)
    assert line_seconds(line("one two... three four")) == pytest.approx(plain + 0.6)
    assert line_seconds(line("one two three four", "beat")) == pytest.approx(plain + 1.0)


def test_action_takes_a_third_of_a_second_a_word_within_limits() -> None:
    assert action_seconds("Rain.") == 1.2
    assert action_seconds("word " * 10) == pytest.approx(3.5)
    assert action_seconds("word " * 100) == 8.0


def test_writing_on_an_insert_takes_time_to_read() -> None:
    assert insert_seconds("A letter.") == 1.5
    assert insert_seconds("A letter: “Come home at once.”") == pytest.approx(1.5 + 4 * 0.3)


def test_words_without_spaces_are_counted() -> None:
    assert word_count("我不知道他在哪里") == pytest.approx(8 / 2 + 1)


def test_voices_replace_estimates_and_action_keeps_its_time() -> None:
    shots = planned()
    voiced = {(spoken.start, spoken.end): 2.0 for shot in shots for spoken in shot.lines}
    for before, after in zip(shots, retimed(shots, voiced, Rate(24)), strict=True):
        count = len(before.lines)
        speech = 0.4 + 2.0 * count + 0.25 * (count - 1) + 0.5 if count else 0.0
        assert after.seconds == pytest.approx(sum(before.holds) + speech)


def test_retiming_twice_with_the_same_voices_changes_nothing() -> None:
    shots = planned()
    voiced = {(spoken.start, spoken.end): 3.21 for shot in shots for spoken in shot.lines}
    once = retimed(shots, voiced, Rate(24))
    assert retimed(once, voiced, Rate(24)) == once


def test_nothing_voiced_changes_no_length() -> None:
    shots = planned()
    assert [shot.frames for shot in retimed(shots, {}, Rate(24))] == [shot.frames for shot in shots]


def test_a_plan_stored_without_holds_keeps_its_action_before_the_first_line() -> None:
    shots = planned()
    bare = tuple(replace(shot, holds=()) for shot in shots)
    assert [shot.frames for shot in retimed(bare, {}, Rate(24))] == [shot.frames for shot in shots]


@given(st.lists(st.floats(0.1, 20), min_size=8, max_size=8), st.sampled_from([Rate(24), Rate(25), Rate(30000, 1001)]))
def test_voiced_films_are_exact_to_half_a_frame(lengths: list[float], rate: Rate) -> None:
    shots = planned(rate)
    spoken = [one for shot in shots for one in shot.lines]
    voiced = {(one.start, one.end): length for one, length in zip(spoken, lengths, strict=False)}
    timed = retimed(shots, voiced, rate)
    exact = sum(shot.seconds for shot in timed) * float(rate.fps)
    assert abs(sum(shot.frames for shot in timed) - exact) <= 0.51


def test_lines_begin_after_the_lead_in_and_one_after_another_within_the_shot() -> None:
    rate = Rate(24)
    shots = planned(rate)
    voiced = {(spoken.start, spoken.end): 1.5 for shot in shots for spoken in shot.lines}
    for shot in retimed(shots, voiced, rate):
        offsets = line_offsets(shot, voiced, rate)
        assert len(offsets) == len(shot.lines)
        ends = [offset + rate.frames(1.5) for offset in offsets]
        assert all(end < following for end, following in zip(ends, offsets[1:], strict=False))
        assert not ends or ends[-1] <= shot.frames


def test_a_line_begins_at_the_lead_in() -> None:
    shot = next(shot for shot in planned() if shot.lines and shot.holds[0] == 0)
    assert line_offsets(shot, {}, Rate(24))[0] == Rate(24).frames(0.4)


@pytest.mark.parametrize("seconds", [-1.0, float("nan"), float("inf")])
def test_an_impossible_voice_length_is_refused(seconds: float) -> None:
    shots = planned()
    first = next(shot for shot in shots if shot.lines).lines[0]
    with pytest.raises(Invalid, match="impossible length"):
        retimed(shots, {(first.start, first.end): seconds}, Rate(24))


def test_shot_letters_skip_i_and_o_and_go_on_after_z() -> None:
    letters = [shot_letters(index) for index in range(50)]
    assert letters[:9] == ["A", "B", "C", "D", "E", "F", "G", "H", "J"]
    assert letters[23:26] == ["Z", "AA", "AB"]
    assert letters[48] == "BA"


def test_a_lettered_scene_number_is_parted_from_the_shot_by_a_dash() -> None:
    shots = broken_down(outlined(parse("INT. ROOM - DAY #12A#\n\nRain.\n")), rate=Rate(24))
    assert shots[0].number == "12A-A"
