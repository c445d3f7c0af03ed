"""The words of a cut: when each is heard, pauses and fillers, and what cutting words out does to everything else."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.errors import Conflict, Invalid
from studio.engine.editing import batch
from studio.engine.time import Rate
from studio.engine.timeline import Caption, Clip, Speed, Timeline, Track
from studio.timelines.transcript import (
    Spoken,
    Word,
    cut_out,
    fillers,
    frames_in,
    paragraphs,
    pauses,
    ranges_of,
    transcript,
    words_at,
)

RATE = Rate(24)
VOICE, OTHER = "a" * 64, "b" * 64
VOICES = {
    VOICE: [Spoken("TOMAS", "aa bb cc", 0.0, 3.0), Spoken("TOMAS", "um dd", 4.0, 5.0)],
    OTHER: [Spoken("ELODIE", "ee ff", 0.0, 1.0)],
}


def cut(*voices: Clip, captions: tuple[Caption, ...] = ()) -> Timeline:
    tracks = (
        Track("v1", "video", "V1", "picture", clips=(Clip("film", "film", "f" * 64, 0, 480),)),
        Track("a1", "audio", "Voice", "voice", clips=voices),
        Track("c1", "captions", "Captions", "captions", captions=captions),
    )
    return Timeline("Film", RATE, 640, 360, tracks)


def voice(start: int = 0, frames: int = 120, **more: object) -> Clip:
    return Clip(f"voice-{start}", "voice", VOICE, start, frames, **more)


def told(words: tuple[Word, ...]) -> list[tuple[str, int, int]]:
    return [(word.text, word.start, word.end) for word in words]


def test_words_are_spread_over_their_sentence_by_their_letters() -> None:
    words = transcript(cut(voice(start=100)), VOICES)
    assert told(words) == [("aa", 100, 124), ("bb", 124, 148), ("cc", 148, 172), ("um", 196, 208), ("dd", 208, 220)]
    assert {word.speaker for word in words} == {"TOMAS"}


def test_a_trimmed_a_faster_and_a_muted_voice_say_what_is_heard_of_them() -> None:
    assert [w.text for w in transcript(cut(voice(frames=44, source_in=20)), VOICES)] == ["bb", "cc"]
    fast = transcript(cut(voice(frames=60, speed=Speed(Fraction(2)))), VOICES)
    assert told(fast)[:2] == [("aa", 0, 12), ("bb", 12, 24)]
    assert transcript(cut(voice(speed=Speed(Fraction(-1)))), VOICES) == ()
    assert transcript(cut(voice(enabled=False)), VOICES) == ()


def test_where_no_voice_is_known_the_captions_speak() -> None:
    caption = Caption(200, 48, "gg\nhh", "JOSS")
    words = transcript(cut(voice(), captions=(Caption(0, 48, "aa bb"), caption)), VOICES)
    assert [word.text for word in words] == ["aa", "bb", "cc", "um", "dd", "gg", "hh"]
    assert told(words)[-1] == ("hh", 224, 248) and words[-1].speaker == "JOSS"


def test_words_stand_in_paragraphs_by_speaker_and_begin_anew_after_a_long_break() -> None:
    other = Clip("other", "other", OTHER, 130, 24)
    words = transcript(cut(voice(), other, voice(start=300)), VOICES)
    said = [(p.speaker, [word.text for word in p.words]) for p in paragraphs(words, RATE)]
    whole = ["aa", "bb", "cc", "um", "dd"]
    assert said == [("TOMAS", whole), ("ELODIE", ["ee", "ff"]), ("TOMAS", whole)]
    again = paragraphs(transcript(cut(voice(), voice(start=200)), VOICES), RATE)
    assert [p.start for p in again] == [0, 200]


def test_pauses_and_fillers_are_found_and_a_stretch_without_words_is_none() -> None:
    words = transcript(cut(voice(), voice(start=300)), VOICES)
    assert [word.pause for word in words if word.pause] == [24, 180, 24]
    assert [word.text for word in fillers(words)] == ["um", "um"]
    assert pauses(words, RATE) == ((75, 93), (375, 393))


def test_words_chosen_are_those_of_that_time_or_nothing_is_done() -> None:
    words = transcript(cut(voice()), VOICES)
    chosen = words_at(words, [(48, 72), (24, 48), (96, 108)])
    assert [word.text for word in chosen] == ["bb", "cc", "um"]
    assert ranges_of(chosen, words) == ((24, 108),)
    assert ranges_of(words_at(words, [(0, 24), (96, 108)]), words) == ((0, 24), (96, 108))
    with pytest.raises(Conflict, match="moved"):
        words_at(words, [(24, 47)])
    with pytest.raises(Invalid):
        cut_out(cut(voice()), ())


def test_words_cut_out_take_the_picture_along_and_their_captions_keep_the_other_words() -> None:
    captions = (Caption(0, 72, "aa bb\ncc"), Caption(96, 24, "um dd"), Caption(200, 24, "later"))
    film = cut(voice(), captions=captions)
    words = transcript(film, VOICES)
    gone = words_at(words, [(24, 48), (96, 108)])
    ranges = ranges_of(gone, words)
    after = batch(film, cut_out(film, ranges, gone)).timeline
    assert frames_in(ranges) == 36 and after.frames == 480 - 36
    assert [(c.start, c.frames, c.text) for c in after.captions()] == [
        (0, 48, "aa\ncc"),
        (72, 12, "dd"),
        (164, 24, "later"),
    ]
    assert [word.text for word in transcript(after, VOICES)] == ["aa", "cc", "dd", "later"]


def test_words_can_leave_a_gap() -> None:
    film = cut(voice(), captions=(Caption(0, 72, "aa bb cc"),))
    words = transcript(film, VOICES)
    gone = words_at(words, [(0, 24)])
    after = batch(film, cut_out(film, ranges_of(gone, words), gone, ripple=False)).timeline
    assert after.frames == film.frames
    assert [(c.start, c.frames, c.text) for c in after.captions()] == [(24, 48, "bb cc")]


@given(st.sets(st.integers(0, 9), min_size=1, max_size=9))
def test_whatever_words_go_the_others_are_still_spoken_in_their_order(numbers: set[int]) -> None:
    film = cut(voice(), voice(start=150), captions=(Caption(0, 72, "aa bb cc"), Caption(150, 120, "aa bb cc um dd")))
    words = transcript(film, VOICES)
    gone = tuple(word for number, word in enumerate(words) if number in numbers)
    ranges = ranges_of(gone, words)
    after = batch(film, cut_out(film, ranges, gone)).timeline
    stay = [word.text for number, word in enumerate(words) if number not in numbers]
    assert [word.text for word in transcript(after, VOICES)] == stay
    assert after.frames == film.frames - frames_in(ranges)
    ends = [0, *(caption.end for caption in after.captions())]
    assert all(caption.start >= end for caption, end in zip(after.captions(), ends, strict=False))
