"""Scenes, people, places, lengths and speeches of whole scripts."""

from pathlib import Path

import pytest

from studio.scripts.fountain import parse
from studio.scripts.outline import CharacterOutline, IntExt, Off, Outline, outlined, said

FIXTURES = Path(__file__).parent / "fixtures"


def outline_of(text: str) -> Outline:
    return outlined(parse(text))


def people(text: str) -> dict[str, CharacterOutline]:
    return {person.name: person for person in outline_of(text).characters}


@pytest.fixture(scope="module")
def lighthouse() -> Outline:
    return outline_of((FIXTURES / "lighthouse.fountain").read_text(encoding="utf-8"))


def test_a_film_has_its_title_author_and_scenes(lighthouse: Outline) -> None:
    assert (lighthouse.title, lighthouse.author) == ("The Last Lamp", "Inkreel")
    assert [(scene.number, scene.heading) for scene in lighthouse.scenes] == [
        ("1", "EXT. NORTH POINT LIGHTHOUSE - DAWN"),
        ("2", "INT. LIGHTHOUSE - STAIRS - CONTINUOUS"),
        ("3", "INT. LIGHTHOUSE - LAMP ROOM - CONTINUOUS"),
        ("4", "EXT. SEA - NIGHT"),
        ("5", "THE DARK WATER"),
    ]
    assert [scene.index for scene in lighthouse.scenes] == [0, 1, 2, 3, 4]
    assert [scene.int_ext.value for scene in lighthouse.scenes] == ["EXT", "INT", "INT", "EXT", "OTHER"]
    assert [scene.time_of_day for scene in lighthouse.scenes] == ["DAWN", "CONTINUOUS", "CONTINUOUS", "NIGHT", ""]


def test_sections_and_synopses_belong_to_their_scenes(lighthouse: Outline) -> None:
    assert [scene.section for scene in lighthouse.scenes] == ["Act One", "Act One", "Act One", "Act Two", "Act Two"]
    assert [scene.synopsis for scene in lighthouse.scenes] == ["", "She climbs.", "", "", ""]
    source = (FIXTURES / "lighthouse.fountain").read_text(encoding="utf-8")
    assert source[lighthouse.scenes[3].start :].startswith("# Act Two")
    assert "FADE IN:" in source[lighthouse.scenes[0].start : lighthouse.scenes[0].end]


def test_people_are_in_their_scenes_in_order_of_appearance(lighthouse: Outline) -> None:
    assert [scene.characters for scene in lighthouse.scenes] == [
        ("MARA",),
        ("MARA",),
        ("EWAN", "MARA", "THE VOICE"),
        ("FINN", "MARA"),
        ("FINN",),
    ]


def test_a_full_name_in_the_action_is_the_same_person(lighthouse: Outline) -> None:
    facts = {person.name: (person.aliases, person.feminine, person.age) for person in lighthouse.characters}
    assert facts == {
        "MARA": (("MARA KELL",), True, "adult"),
        "EWAN": (("EWAN KELL",), False, "old"),
        "THE VOICE": ((), None, "adult"),
        "FINN": ((), False, "child"),
    }


def test_a_person_with_a_full_name_is_known_by_the_given_name() -> None:
    outline = outline_of(
        "INT. A\n\nAnna waits.\n\nINT. B\n\nANNA BELL\nHi.\n\nGUARD TWO\nNo.\n\nINT. C\n\nA Guard sleeps."
    )
    assert [scene.characters for scene in outline.scenes] == [("ANNA BELL",), ("ANNA BELL", "GUARD TWO"), ()]


def test_lengths_add_up(lighthouse: Outline) -> None:
    assert lighthouse.eighths == sum(scene.eighths for scene in lighthouse.scenes)
    assert all(scene.seconds == scene.eighths * 7.5 for scene in lighthouse.scenes)
    assert lighthouse.seconds == lighthouse.eighths * 7.5
    assert 8 <= lighthouse.eighths <= 16


def test_given_scene_numbers_stay_and_automatic_ones_never_clash() -> None:
    outline = outline_of("INT. A\n\nINT. B #2#\n\nINT. C\n\nINT. D #1a#\n\nINT. E #3#\n\nINT. F")
    assert [scene.number for scene in outline.scenes] == ["1", "2", "4", "1a", "3", "5"]


def test_text_without_a_heading_is_one_scene() -> None:
    outline = outline_of((FIXTURES / "plain.txt").read_text(encoding="utf-8"))
    assert [(scene.heading, scene.int_ext, scene.set_name, scene.number) for scene in outline.scenes] == [
        ("", IntExt.OTHER, "", "1")
    ]
    assert outline.scenes[0].characters == ("IDA",)


@pytest.mark.parametrize("text", ["", "\n\n", "Title: Only this\n", "# Act One\n\n[[a note]]\n\n/* cut */\n"])
def test_nothing_to_film_is_no_scene(text: str) -> None:
    assert outline_of(text).scenes == ()


def test_a_place_keeps_all_its_scenes() -> None:
    outline = outline_of("INT. BAR - DAY\n\nEXT. STREET\n\nEXT. BAR - NIGHT\n\n.BAR\n")
    assert [(place.name, place.int_ext, place.scenes) for place in outline.locations] == [
        ("BAR", IntExt.INT_EXT, (0, 2, 3)),
        ("STREET", IntExt.EXT, (1,)),
    ]


def test_one_person_however_the_cue_is_written() -> None:
    found = people(
        "MARA\nOne two.\n\nMARA (V.O.)\nThree.\n\nMARA (CONT'D)\nFour.\n\nMARA CONT’D\nFive.\n\n@Mara\nSix.\n\nMARA V.O.\nSeven.\n"
    )
    assert list(found) == ["MARA"]
    assert (found["MARA"].cues, found["MARA"].words) == (6, 7)
    assert found["MARA"].aliases == ("MARA CONT’D", "Mara", "MARA V.O.")


def test_somebody_silent_is_seen_where_the_action_names_them() -> None:
    outline = outline_of(
        "INT. A\n\nTom waits. Tomorrow, MARA!\n\nINT. B\n\nTOM\nHi.\n\nMARA\nHo.\n\nINT. C\n\nA tomcat."
    )
    assert [scene.characters for scene in outline.scenes] == [("TOM", "MARA"), ("TOM", "MARA"), ()]
    assert {person.name: person.first_scene for person in outline.characters} == {"TOM": 0, "MARA": 0}


def test_somebody_brought_in_with_an_age_is_a_person_without_a_word() -> None:
    found = people(
        "INT. A\n\nDR. OKORO (40s) waits. KESTREL, late 60s, and BO, a tall boy, come in. The BOOK, open, falls."
    )
    assert {name: person.age for name, person in found.items()} == {
        "DR. OKORO": "adult",
        "KESTREL": "old",
        "BO": "child",
    }


def test_a_speech_says_who_how_and_where_from() -> None:
    text = "MARA (V.O.)\n(softly)\nI was *nine*.\n(beat)\nOnce.\n\nTOM (O.S.) ^\nWho?\n\nIDA\n~La la.\n\nDoor.\n\n~No one sings.\n"
    speeches = said(parse(text))
    assert [(s.speaker, s.off, s.manner, s.text, s.dual) for s in speeches] == [
        ("MARA", Off.VO, "softly", "I was nine.", False),
        ("MARA", Off.VO, "beat", "Once.", False),
        ("TOM", Off.OS, "", "Who?", True),
        ("IDA", Off.NONE, "singing", "La la.", False),
    ]
    assert [text[s.start : s.end] for s in speeches] == ["I was *nine*.", "Once.", "Who?", "La la."]


@pytest.mark.parametrize(
    ("extension", "off"),
    [
        ("(V.O.)", Off.VO),
        ("(vo)", Off.VO),
        ("(voice over)", Off.VO),
        ("(O.S.)", Off.OS),
        ("(O.C.)", Off.OS),
        ("(off)", Off.OS),
        ("(off-screen)", Off.OS),
        ("(over the radio)", Off.OS),
        ("(CONT'D)", Off.NONE),
        ("(CONT'D) (V.O.)", Off.VO),
        ("(into phone)", Off.NONE),
        ("(on stage)", Off.NONE),
        ("V.O.", Off.VO),
        ("O.S.", Off.OS),
    ],
)
def test_an_extension_says_where_a_voice_comes_from(extension: str, off: Off) -> None:
    (speech,) = said(parse(f"MARA {extension}\nHello.\n"))
    assert (speech.speaker, speech.off) == ("MARA", off)


def test_the_speeches_of_a_scene_are_its_own(lighthouse: Outline) -> None:
    assert [(speech.speaker, speech.dual) for speech in said(lighthouse.scenes[3])] == [("FINN", False), ("MARA", True)]
    assert [speech.text for speech in said(lighthouse.scenes[4])] == ["I can see the lamp!"]
