"""Captions fit the screen, can be read, keep their words and never overlap."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.engine.captions import GAP_FRAMES, Sentence, from_lines, srt, wrapped
from studio.engine.time import Rate
from studio.engine.timeline import Caption

RATES = [Rate(24), Rate(25), Rate(30000, 1001)]

words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=60)
texts = st.lists(words | st.sampled_from(["yes,", "no.", "the", "of", "What?"]), max_size=60).map(" ".join)
sentences = st.builds(
    lambda start, frames, text, who: Sentence(start, start + frames, text, who),
    st.integers(-10, 2000),
    st.integers(-5, 400),
    texts,
    st.sampled_from(["", "ANN", "BOB"]),
)


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(texts, st.integers(1, 60), st.integers(1, 3))
def test_wrapped_text_fits_and_is_all_there(text: str, width: int, lines: int) -> None:
    blocks = wrapped(text, width, lines)
    for block in blocks:
        rows = block.split("\n")
        assert 1 <= len(rows) <= lines
        assert all(0 < len(row) <= width for row in rows)
    assert squeezed("".join(blocks)) == squeezed(text)


@given(st.lists(sentences, max_size=12), st.sampled_from(RATES))
def test_captions_fit_keep_apart_and_lose_no_word(spoken: list[Sentence], rate: Rate) -> None:
    captions = from_lines(spoken, rate)
    for caption in captions:
        rows = caption.text.split("\n")
        assert len(rows) <= 2 and all(0 < len(row) <= 42 for row in rows)
        assert caption.start >= 0 and caption.frames >= 1
    for before, after in pairwise(captions):
        assert before.end + GAP_FRAMES <= after.start
    assert sorted(squeezed("".join(c.text for c in captions))) == sorted(squeezed("".join(s.text for s in spoken)))


@given(st.lists(st.tuples(texts.filter(str.strip), st.integers(0, 80)), max_size=8), st.sampled_from(RATES))
def test_spoken_at_a_natural_pace_every_caption_stands_a_second_and_begins_with_its_words(
    lines: list[tuple[str, int]], rate: Rate
) -> None:
    spoken: list[Sentence] = []
    at = 0
    for text, pause in lines:
        frames = rate.frames(max(1.2, len(text) / 15)) + 2 * len(text.split())
        spoken.append(Sentence(at, at + frames, text))
        at += frames + pause
    captions = from_lines(spoken, rate)
    starts = {c.start for c in captions}
    late = rate.frames(0.5)
    assert all(any(s.start_frame <= x <= s.start_frame + late for x in starts) for s in spoken)
    for caption in captions:
        assert caption.frames >= rate.frames(0.5)


def test_a_word_said_quickly_stands_for_a_second() -> None:
    assert from_lines([Sentence(10, 16, "No.")], Rate(24)) == (Caption(10, 24, "No."),)


def test_a_caption_stays_until_it_can_be_read() -> None:
    text = "Seventeen letters and then some more of them"
    (caption,) = from_lines([Sentence(0, 30, text)], Rate(24))
    assert len(text) / 17 <= caption.frames / 24 < len(text) / 17 + 1 / 24


def test_a_caption_gives_way_two_frames_before_the_next() -> None:
    first, second = from_lines(
        [Sentence(0, 40, "One two three four five six seven."), Sentence(41, 90, "Eight.")], Rate(24)
    )
    assert (first.end, second.start) == (39, 41)


def test_two_short_sentences_of_one_person_share_a_caption() -> None:
    spoken = [Sentence(0, 9, "No.", "ANN"), Sentence(12, 40, "Never again.", "ANN")]
    assert [c.text for c in from_lines(spoken, Rate(24))] == ["No. Never again."]


def test_two_people_never_share_a_caption() -> None:
    spoken = [Sentence(0, 9, "No.", "ANN"), Sentence(12, 40, "Never again.", "BOB")]
    assert [(c.text, c.speaker) for c in from_lines(spoken, Rate(24))] == [("No.", "ANN"), ("Never again.", "BOB")]


def test_a_long_sentence_is_split_at_its_clauses_and_shares_its_time() -> None:
    text = (
        "When the ferry came in, nobody was waiting on the pier; the lights were out, and the ticket office had closed."
    )
    captions = from_lines([Sentence(0, 240, text)], Rate(24))
    assert [c.text.replace("\n", " ") for c in captions] == [
        "When the ferry came in, nobody was waiting on the pier;",
        "the lights were out, and the ticket office had closed.",
    ]
    assert abs(captions[1].start - 120) <= 3


def test_lines_are_even_and_do_not_end_with_a_word_that_leans_on_the_next() -> None:
    assert wrapped("I have been waiting for you at the station since noon") == (
        "I have been waiting for you\nat the station since noon",
    )


def test_a_text_without_words_gives_no_captions() -> None:
    assert from_lines([Sentence(0, 50, " \n\t ")], Rate(24)) == ()
    assert wrapped("  ") == ()


def test_ten_thousand_words_are_captioned_in_no_time() -> None:
    text = "word, and another one. " * 2500
    captions = from_lines([Sentence(0, 100_000, text)], Rate(24))
    assert squeezed("".join(c.text for c in captions)) == squeezed(text)


def test_srt_is_as_players_read_it() -> None:
    captions = (Caption(0, 24, "Hello\nthere"), Caption(100_000, 50, "a --> b\n\nc"))
    assert srt(captions, Rate(25)) == (
        "1\n00:00:00,000 --> 00:00:00,960\nHello\nthere\n\n2\n01:06:40,000 --> 01:06:42,000\na → b\nc\n"
    )


@pytest.mark.parametrize("rate", RATES)
def test_srt_times_show_a_caption_on_exactly_its_frames(rate: Rate) -> None:
    def ms(stamp: str) -> int:
        hours, minutes, rest = stamp.split(":")
        return (int(hours) * 60 + int(minutes)) * 60_000 + int(rest.replace(",", ""))

    for start in range(0, 500, 7):
        begin, end = (ms(x) for x in srt([Caption(start, 30, "x")], rate).split("\n")[1].split(" --> "))
        on = [f for f in range(start - 3, start + 35) if begin <= rate.seconds(f) * 1000 < end]
        assert on == list(range(start, start + 30))
