import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.errors import Invalid
from studio.engine.artist.people.look import GARMENTS, HAIR_STYLES, person, standing_height
from studio.engine.artist.spec import Look

NAMES = [
    "JACK",
    "MARA",
    "ANNA",
    "BEN",
    "STEEL",
    "KATE",
    "RUTH",
    "TIM",
    "OLGA",
    "PAUL",
    "IRIS",
    "HUGO",
    "LENA",
    "OTTO",
    "EVE",
    "MAX",
]


def test_a_name_always_gives_the_same_person() -> None:
    assert person("MARA", Look()) == person("MARA", Look())


def test_upper_and_lower_case_are_one_person() -> None:
    assert person("Mara ", Look()).hair == person("MARA", Look()).hair


def test_different_names_look_clearly_different() -> None:
    seen = [person(name, Look()) for name in NAMES]
    looks = {(who.hair_style, who.hair, who.garment, who.top) for who in seen}
    assert len(looks) == len(NAMES)


def test_what_the_look_sets_holds_and_the_rest_stays() -> None:
    plain, dressed = person("JACK", Look()), person("JACK", Look(top="#102030", stature=1.9))
    assert dressed.top == (16.0, 32.0, 48.0)
    assert dressed.stature == 1.9
    assert (dressed.hair, dressed.skin, dressed.bottom) == (plain.hair, plain.skin, plain.bottom)


def test_old_people_are_grey_and_children_small_without_beards() -> None:
    for name in NAMES:
        old, child = person(name, Look(age="old")), person(name, Look(age="child"))
        assert max(old.hair) - min(old.hair) < 12
        assert child.stature < 1.45
        assert not child.beard
        assert child.tie is None
        assert child.head_share > old.head_share


@pytest.mark.parametrize(
    "look", [Look(top="red"), Look(hair="#12345"), Look(garment="toga"), Look(hair_style="mohawk"), Look(age="ancient")]
)
def test_a_look_that_cannot_be_drawn_is_refused_in_a_sentence(look: Look) -> None:
    with pytest.raises(Invalid) as refused:
        person("JACK", look)
    assert refused.value.message.endswith(".")
    assert refused.value.field


def test_a_hat_adds_to_the_standing_height() -> None:
    bare = person("STEEL", Look(hat=False, hair_style="short"))
    hatted = person("STEEL", Look(hat=True, hair_style="short"))
    assert standing_height(hatted) > standing_height(bare) >= bare.stature


@given(st.text(max_size=40))
def test_any_name_gives_a_person_that_can_be_drawn(name: str) -> None:
    who = person(name, Look())
    assert who.hair_style in HAIR_STYLES
    assert who.garment in GARMENTS
    assert 1.5 < who.stature < 2.0


@given(st.text(min_size=1, max_size=12))
def test_nobody_wears_a_top_of_the_colour_of_the_skin(name: str) -> None:
    who = person(name, Look())
    assert sum((a - b) ** 2 for a, b in zip(who.top, who.skin, strict=True)) > 70**2
