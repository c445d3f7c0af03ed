"""What a scene needs, read from its words: examples of every rule, and that the rules are steady."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.scripts import fountain
from studio.scripts.outline import SceneOutline, outlined
from studio.scripts.sheet.categories import Category
from studio.scripts.sheet.suggesting import suggested
from studio.scripts.sheet.things import THINGS, singular


def scene(action: str, heading: str = "INT. ROOM - DAY") -> SceneOutline:
    return outlined(fountain.parse(f"{heading}\n\n{action}\n")).scenes[0]


def found(action: str, heading: str = "INT. ROOM - DAY") -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for category, name in suggested(scene(action, heading)):
        told.setdefault(category.value, []).append(name)
    return told


@pytest.mark.parametrize(
    ("action", "category", "names"),
    [
        ("Ben takes an old letter from his bag.", "props", ["old letter", "bag"]),
        ("Mara pours tea into two cups.", "props", ["tea", "cup"]),
        ("She picks up the brass astrolabe and leaves.", "props", ["brass astrolabe"]),
        ("Knives and two loaded guns lie on the floor.", "props", ["knife", "loaded gun"]),
        ("A man in a red jacket, hat and gloves.", "wardrobe", ["red jacket", "hat", "gloves"]),
        ("He puts on his glasses.", "wardrobe", ["glasses"]),
        ("Two glasses stand on the bar.", "props", ["glass"]),
        ("A police car and three trucks pass.", "vehicles", ["police car", "truck"]),
        ("The car skids off the road.", "stunts", ["vehicle stunt"]),
        ("He falls down the stairs.", "stunts", ["fall"]),
        ("They fight.", "stunts", ["fight"]),
        ("A black eye, and blood on his shirt.", "makeup", ["black eye", "blood"]),
        ("A stray dog and two horses.", "animals", ["stray dog", "horse"]),
        ("Rain on the window.", "sfx", ["rain"]),
        ("It is still raining.", "sfx", ["rain"]),
        ("The shed bursts into flames.", "sfx", ["fire"]),
        ("A ghost hovers in mid-air.", "vfx", ["levitation", "ghost"]),
        ("The phone RINGS. BANG!", "sound", ["phone rings", "bang"]),
        ("Her phone buzzes.", "sound", ["phone buzzes"]),
        ("Loud music. She plays the piano.", "music", ["music", "plays the piano"]),
        ("A crowd of angry commuters waits.", "background", ["crowd of angry commuters"]),
        ("Soldiers and some nurses pass.", "background", ["soldiers", "nurses"]),
        ("AERIAL SHOT of the coast.", "special_equipment", ["aerial shot"]),
    ],
)
def test_what_is_there_is_found_and_named_as_it_is_written(action: str, category: str, names: list[str]) -> None:
    assert sorted(found(action)[category]) == sorted(names)


@pytest.mark.parametrize(
    "action",
    [
        "He watches the door. She books a room. He phones.",
        "Night falls. Her face falls. Silence falls.",
        "No gun. A man without a hat.",
        "He runs like a horse. A face like an old coat.",
        "The train station is empty. The car park too.",
        "He fights tears.",
        "She rings. He trains hard. They drink.",
        "A moment. He holds up a hand. She picks up speed.",
    ],
)
def test_what_only_sounds_like_a_thing_is_left_out(action: str) -> None:
    assert found(action) == {}


def test_a_thing_is_named_once_by_its_fullest_name_and_two_jackets_are_two() -> None:
    assert found("The letter lies there. He reads the old letter. The letter burns.")["props"] == ["old letter"]
    assert found("A red jacket hangs here. Ann wears a blue jacket.")["wardrobe"] == ["red jacket", "blue jacket"]


def test_what_people_say_need_not_be_there() -> None:
    assert found("ANN\nA horse! My kingdom for a horse and a red coat!") == {"cast": ["ANN"]}


def test_people_of_the_cast_are_cast_and_nothing_else() -> None:
    told = found("WOLF, 40, sits down. A WOLF howls.\n\nWOLF\nWell.")
    assert told == {"cast": ["WOLF"]}


def test_a_scene_in_a_vehicle_needs_it_and_one_at_a_station_does_not() -> None:
    assert found("Nobody.", "INT. TAXI - NIGHT")["vehicles"] == ["taxi"]
    assert found("Nobody.", "INT. FERRY CABIN - DAY")["vehicles"] == ["ferry"]
    assert found("Nobody.", "EXT. TRAIN STATION - DAY") == {}
    assert found("Nobody.", "EXT. CAR PARK - DAY") == {}


def test_a_song_in_the_script_is_music() -> None:
    assert found("ANN\n~La la la")["music"] == ["singing"]


def test_the_sample_gets_a_sheet_a_producer_would_sign() -> None:
    told = found(
        "Steam, rain on the window, nobody else. Ben sits at the counter.\n\nMara pours tea into two cups.\n\n"
        "She looks at the clock on the wall. It says ten past ten.\n\nBen takes an old letter from his bag."
    )
    assert told == {
        "cast": ["BEN", "MARA"],
        "props": ["tea", "cup", "clock", "old letter", "bag"],
        "sfx": ["steam", "rain"],
    }


_AROUND = "the a his two old red no like and , . RINGS falls off crowd of soldiers He MARA ( é 12 's - they fight"
_WORDS = st.sampled_from([*sorted(THINGS)[::7], *_AROUND.split()])


@given(st.lists(_WORDS, max_size=40).map(" ".join))
def test_the_same_text_gives_the_same_suggestions_each_once(text: str) -> None:
    first = suggested(scene(f"Well, {text}"))
    assert first == suggested(scene(f"Well, {text}"))
    assert len(first) == len(set(first))
    assert all(isinstance(category, Category) and 0 < len(name) <= 200 for category, name in first)
    assert [c for c, _ in first] == sorted((c for c, _ in first), key=list(Category).index)


@given(st.text(max_size=200))
def test_any_text_at_all_is_read_without_harm(text: str) -> None:
    for part in outlined(fountain.parse(f"INT. ROOM - DAY\n\n{text}\n")).scenes:
        assert suggested(part) == suggested(part)


def test_every_noun_of_the_lists_is_its_own_singular() -> None:
    assert [noun for noun in THINGS if singular(noun.split()[-1]) != noun.split()[-1]] == []


@pytest.mark.parametrize(
    ("many", "one"),
    [("knives", "knife"), ("watches", "watch"), ("buses", "bus"), ("ponies", "pony"), ("boots", "boots")],
)
def test_one_of_many(many: str, one: str) -> None:
    assert singular(many) == one
