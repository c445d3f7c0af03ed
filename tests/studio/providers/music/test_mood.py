"""Which mood a scene has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.providers.music.mood import Mood, mood_of


@pytest.mark.parametrize(
    ("night", "text", "mood"),
    [
        (True, "INT. WAREHOUSE - NIGHT\nA shadow moves. Footsteps behind her. Anna grips the knife.", Mood.TENSE),
        (False, "EXT. CEMETERY - DAY\nTom stands at the grave, tears on his face. Goodbye, I miss you.", Mood.SAD),
        (False, "EXT. HILL - DAWN\nThe sunrise. They hug, smiling. Tomorrow is ours.", Mood.HOPEFUL),
        (False, "EXT. HIGHWAY - DAY\nThe car swerves. Gunfire! They race past a truck. It explodes!", Mood.ACTION),
        (True, "EXT. FOREST - NIGHT\nA glowing portal. Stars shimmer. A giant creature of light.", Mood.WONDER),
        (False, "INT. KITCHEN - DAY\nBob slips on a banana, spills soup on his pants. The clown giggles.", Mood.COMIC),
        (False, "INT. CAFE - DAY\nAnna sips coffee and reads a book by the window.", Mood.CALM),
        (True, "INT. BAR - NIGHT\nThey talk, laugh, and kiss. I love you. Together they go home happy.", Mood.HOPEFUL),
        (False, "", Mood.CALM),
        (True, "", Mood.TENSE),
    ],
)
def test_a_scenes_words_give_its_mood(night: bool, text: str, mood: Mood) -> None:
    assert mood_of(text, night=night) is mood


def test_one_repeated_prop_does_not_decide() -> None:
    text = (
        "The gun is gone. "
        + "Gun. " * 50
        + "They laugh, hug and kiss, happy, together, home at last, smiling with joy."
    )
    assert mood_of(text, night=False) is Mood.HOPEFUL


def test_words_inside_other_words_do_not_count() -> None:
    assert mood_of("The first firm mission, scarcely warm toward starch.", night=False) is Mood.CALM


@given(st.text(max_size=500), st.booleans())
def test_any_text_has_a_mood_and_letter_case_does_not_matter_to_words(text: str, night: bool) -> None:
    assert mood_of(text, night=night) in Mood


def test_a_huge_text_is_judged_by_its_beginning() -> None:
    assert mood_of("magic portal dragon " * 100_000, night=False) is Mood.WONDER
