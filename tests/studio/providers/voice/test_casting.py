"""Who gets which voice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.providers.port import Voice
from studio.providers.voice.casting import NARRATOR, cast, timbre

AGES = st.sampled_from(["child", "adult", "old", "ancient", ""])
GENDERS = st.sampled_from([True, False, None])


def company(count: int, *, feminine: bool | None = None, age: str = "adult") -> list[Voice]:
    voices: list[Voice] = []
    for i in range(count):
        voices.append(cast(f"PERSON {i}", feminine=feminine, age=age, taken=frozenset(v.id for v in voices)))
    return voices


@given(st.text(max_size=40), GENDERS, AGES)
def test_the_same_name_and_hints_always_get_the_same_voice(name: str, feminine: bool | None, age: str) -> None:
    first = cast(name, feminine=feminine, age=age, taken=frozenset())
    assert first == cast(name, feminine=feminine, age=age, taken=frozenset())
    assert 0 <= first.pitch <= 99
    assert 100 <= first.pace <= 220


def test_case_and_spaces_of_a_name_do_not_matter() -> None:
    a = cast("Mary  Ann ", feminine=True, age="adult", taken=frozenset())
    assert a == cast("MARY ANN", feminine=True, age="adult", taken=frozenset())


@given(st.lists(st.tuples(st.text(min_size=1, max_size=8), GENDERS, AGES), max_size=70))
def test_no_two_of_a_cast_share_a_voice_however_many_they_are(people: list[tuple[str, bool | None, str]]) -> None:
    taken: set[str] = set()
    for name, feminine, age in people:
        voice = cast(name, feminine=feminine, age=age, taken=frozenset(taken))
        assert voice.id not in taken or voice.id == cast(NARRATOR, feminine=None, age="adult", taken=frozenset()).id
        taken.add(voice.id)


@pytest.mark.parametrize(("feminine", "count"), [(True, 9), (False, 13)])
def test_timbres_are_not_shared_while_any_is_left(feminine: bool, count: int) -> None:
    assert len({timbre(v.id).variant for v in company(count, feminine=feminine)}) == count


def test_women_and_men_get_voices_of_their_own() -> None:
    women = {timbre(v.id).variant for v in company(9, feminine=True)}
    men = {timbre(v.id).variant for v in company(13, feminine=False)}
    assert not women & men
    assert all(timbre(v.id).feminine for v in company(9, feminine=True))


def test_children_are_higher_and_the_old_slower() -> None:
    grown, young, old = (company(5, age=age) for age in ("adult", "child", "old"))
    assert min(v.pitch for v in young) > max(v.pitch for v in old)
    assert max(v.pace for v in old) < min(v.pace for v in grown)
    assert all(timbre(v.id).tract > 1 for v in young)


def test_the_narrator_has_a_voice_nobody_else_gets() -> None:
    narrator = cast("narrator", feminine=None, age="adult", taken=frozenset())
    assert narrator.id not in {v.id for v in company(60)}
    assert timbre(narrator.id).variant not in {timbre(v.id).variant for v in company(22)}


@pytest.mark.parametrize("voice_id", ["", "kokoro:af_heart", "en-us", "en-us+m3; rm -rf /", "-h", "../../etc+x"])
def test_an_id_of_another_engine_still_gets_a_voice_of_ours(voice_id: str) -> None:
    assert timbre(voice_id).accent in ("en-us", "en-gb")
    assert timbre(voice_id).variant.isalnum()
