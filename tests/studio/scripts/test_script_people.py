"""What the words of a script say about its people."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.scripts.fountain import parse
from studio.scripts.outline import CharacterOutline, outlined
from studio.scripts.people import KnownNames, person_name


def person(text: str) -> CharacterOutline:
    """The first person of a script."""
    return outlined(parse("INT. ROOM\n\n" + text)).characters[0]


@pytest.mark.parametrize(
    ("text", "feminine"),
    [
        ("QUILL enters. She sits.", True),
        ("QUILL enters. He sits.", False),
        ("QUILL enters.", None),
        ("QUILL (40), a woman in a red coat, enters.", True),
        ("A tired man, QUILL, enters.", False),
        ("QUILL, 40, enters with his mother.", False),
        ("QUILL looks at ZED. He smiles.", None),
        ("QUILL watches the girl.", None),
    ],
)
def test_gender_is_read_from_the_words_about_somebody(text: str, feminine: bool | None) -> None:
    assert person(f"{text}\n\nQUILL\nYes.\n\nZED\nNo.\n").feminine is feminine


@pytest.mark.parametrize(
    ("name", "feminine"),
    [
        ("WOMAN #2", True),
        ("OLD MAN", False),
        ("POLICEMAN", False),
        ("BUSINESSWOMAN", True),
        ("MRS. LEE", True),
        ("MR. LEE", False),
        ("ANNA", True),
        ("PETER", False),
        ("GUARD", None),
        ("HUMAN", None),
        ("THE VOICE", None),
    ],
)
def test_gender_is_read_from_a_name(name: str, feminine: bool | None) -> None:
    assert person(f"{name}\nYes.\n").feminine is feminine


def test_what_the_script_says_outweighs_a_given_name() -> None:
    assert person("PETER enters. She sits. She waits. She laughs.\n\nPETER\nYes.").feminine is True


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("QUILL, 9, enters.", "child"),
        ("QUILL (9) enters.", "child"),
        ("QUILL, AGE 3, listens.", "child"),
        ("QUILL, 40's and handsome, listens.", "adult"),
        ("QUILL is 10.", "child"),
        ("QUILL, 19, enters.", "adult"),
        ("QUILL (70s) enters.", "old"),
        ("QUILL, late 60s, enters.", "old"),
        ("QUILL, early 60s, enters.", "adult"),
        ("QUILL, a nine-year-old, enters.", "child"),
        ("QUILL, elderly, enters.", "old"),
        ("An old woman, QUILL, enters.", "old"),
        ("QUILL, a boy with a kite, enters.", "child"),
        ("The boy QUILL enters.", "child"),
        ("QUILL enters the old house with a boy.", "adult"),
        ("QUILL waits for 9 minutes.", "adult"),
        ("QUILL enters.", "adult"),
    ],
)
def test_age_is_read_from_the_introduction(text: str, age: str) -> None:
    assert person(f"{text}\n\nQUILL\nYes.\n").age == age


@pytest.mark.parametrize(
    ("name", "age"), [("OLD MAN", "old"), ("GRANDMA", "old"), ("LITTLE GIRL", "child"), ("MAN", "adult")]
)
def test_age_is_read_from_a_name(name: str, age: str) -> None:
    assert person(f"{name}\nYes.\n").age == age


@pytest.mark.parametrize(
    ("cue", "name"),
    [
        ("Mara  Kell", "MARA KELL"),
        ("MARA (V.O.)", "MARA"),
        ("MARA:", "MARA"),
        ("MARA (unclosed", "MARA"),
        ("VO", "VO"),
        ("", ""),
    ],
)
def test_a_name_is_written_one_way(cue: str, name: str) -> None:
    assert person_name(cue) == name


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The OLD MAN sits. Old Man sleeps. An old man.", ["OLD MAN", "OLD MAN"]),
        ("A man and a Man.", ["MAN"]),
        ("Dr. Okoro's coat.", ["DR. OKORO"]),
        ("Will she come? Will sits. WILL!", ["WILL", "WILL"]),
        ("Guard 2 waits, Guard 3 not.", ["GUARD 2"]),
        ("O'BRIEN and O'Brien.", ["O'BRIEN", "O'BRIEN"]),
    ],
)
def test_names_are_found_as_whole_words_in_capitals_or_capital_letters(text: str, found: list[str]) -> None:
    names = ["MAN", "OLD MAN", "DR. OKORO", "WILL", "GUARD 2", "O'BRIEN"]
    known = KnownNames({name: name for name in names})
    mentions = known.mentions(text)
    assert [mention.name for mention in mentions] == found
    assert all(text[mention.start].isupper() for mention in mentions)


@given(
    st.lists(st.lists(st.sampled_from(["YOUNG", "EDWARD", "OLD", "WILL", "2"]), min_size=1, max_size=4), max_size=6),
    st.lists(st.sampled_from(["YOUNG", "Edward", "old", "Will", "2", "waits", ". ", "-"]), max_size=8),
)
def test_every_mention_is_a_name_there_is(names: list[list[str]], words: list[str]) -> None:
    known, text = {" ".join(name): " ".join(name) for name in names}, " ".join(words)
    end = 0
    for mention in KnownNames(known).mentions(text):
        assert re.findall(r"\w+", text[mention.start : mention.end].upper()) == mention.name.split()
        assert mention.start >= end
        end = mention.end


def test_a_shorter_name_that_begins_like_a_longer_one_may_end_a_text() -> None:
    people = {"YOUNG EDWARD": "YOUNG EDWARD", "YOUNG DR. BENNETT": "YOUNG DR. BENNETT"}
    assert [m.name for m in KnownNames(people).mentions("YOUNG EDWARD")] == ["YOUNG EDWARD"]


def test_another_way_to_name_somebody_leads_to_them() -> None:
    assert [mention.name for mention in KnownNames({"MARA KELL": "MARA"}).mentions("Mara Kell sits.")] == ["MARA"]
