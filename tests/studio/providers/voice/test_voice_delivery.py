"""How a line is read: sentences, pauses, language, manner."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.providers.voice.delivery import PIECE_AT_MOST, Manner, language_of, manner_of, pieces, spoken


def said(text: str) -> list[str]:
    return [text[p.start : p.end] for p in pieces(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Hello. How are you?", ["Hello.", "How are you?"]),
        ("No. I won't!", ["No.", "I won't!"]),
        ("Mr. Smith met Dr. J. Jones.", ["Mr. Smith met Dr. J. Jones."]),
        ("Pi is 3.14 today.", ["Pi is 3.14 today."]),
        ("Wait... what?!", ["Wait...", "what?!"]),
        ('"Go." He said.', ['"Go."', "He said."]),
        ("你好。再见！", ["你好。", "再见！"]),
        ("One\n\nTwo", ["One", "Two"]),
        ("No end", ["No end"]),
        ("   ", []),
        ("", []),
    ],
)
def test_lines_are_split_into_sentences(text: str, sentences: list[str]) -> None:
    assert said(text) == sentences


@given(st.text(alphabet=st.characters(), max_size=1500))
def test_pieces_are_in_order_short_and_lose_no_letter(text: str) -> None:
    found = pieces(text)
    at = 0
    covered: set[int] = set()
    for p in found:
        assert at <= p.start < p.end <= len(text)
        assert p.end - p.start <= PIECE_AT_MOST
        assert p.pause >= 0
        at = p.end
        covered.update(range(p.start, p.end))
    assert all(i in covered for i, c in enumerate(text) if c.isalnum())


def test_a_beat_is_a_pause_of_nearly_a_second_and_is_not_spoken() -> None:
    middle = pieces("I know. (beat) I always knew.")[1]
    assert middle.spoken == ""
    assert middle.pause == pytest.approx(0.9)


def test_other_asides_are_not_spoken_either() -> None:
    assert [p.spoken for p in pieces("(laughs) Oh, you.")] == ["", "Oh, you."]


def test_long_text_is_cut_at_commas() -> None:
    text = ", ".join(["a long clause of words"] * 60)
    assert all(t.endswith(",") for t in said(text)[:-1])


def test_a_wall_of_text_without_a_blank_is_cut_anyway() -> None:
    assert [len(t) for t in said("x" * 1000)] == [400, 400, 200]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hello", ""),
        ("Привет", "ru"),
        ("Як справи, їжак?", "uk"),
        ("Γειά σου", "el"),
        ("日本語です", "ja"),
        ("你好", "cmn"),
        ("안녕하세요", "ko"),
        ("שלום", "he"),
        ("مرحبا", "ar"),
        ("چطور", "fa"),
        ("नमस्ते", "hi"),
        ("Привет OK друзья", "ru"),
        ("123 !?", ""),
    ],
)
def test_the_language_follows_the_script(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize("text", ["...", "!!!", "🙂🎬", "—", "", "  ", "\x00\x07", "*** ~~~", "\ud800"])
def test_what_cannot_be_pronounced_is_not_spoken(text: str) -> None:
    assert spoken(text) == ""


@given(st.text(max_size=300))
def test_what_is_handed_over_holds_no_markup_phoneme_brackets_or_control_codes(text: str) -> None:
    out = spoken(text)
    assert not set(out) & set("<>[]{}\\|\x00\x01\x1b")
    assert all(c == " " or c.isprintable() for c in out)
    out.encode()


@pytest.mark.parametrize(
    ("words", "manner"),
    [
        ("(whispering)", Manner.WHISPER),
        ("in a whisper", Manner.WHISPER),
        ("sotto", Manner.WHISPER),
        ("(shouting over the storm)", Manner.SHOUT),
        ("yells", Manner.SHOUT),
        ("quietly, to herself", Manner.QUIET),
        ("tired", Manner.SLOW),
        ("out of breath, hurrying", Manner.FAST),
        ("to Mark", Manner.PLAIN),
        ("", Manner.PLAIN),
        ("(" * 10_000, Manner.PLAIN),
    ],
)
def test_parentheticals_set_the_manner(words: str, manner: Manner) -> None:
    assert manner_of(words) is manner
