"""A screenplay as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from studio.core.errors import Invalid
from studio.scripts.formats.json_out import json_of
from studio.scripts.formats.writing import FORMATS, export_format, exported
from studio.scripts.fountain import parse
from studio.scripts.outline import outlined

LIGHTHOUSE = (Path(__file__).parent.parent / "fixtures" / "lighthouse.fountain").read_text(encoding="utf-8")


def made(text: str) -> dict[str, Any]:
    screenplay = parse(text)
    return json.loads(json_of(screenplay, outlined(screenplay)))


def test_offsets_are_those_of_the_source() -> None:
    whole = made(LIGHTHOUSE)
    for scene in whole["scenes"]:
        for element in scene["elements"]:
            words = LIGHTHOUSE[element["start"] : element["end"]]
            if (
                not element.get("emphasis")
                and "\n" not in element["text"]
                and element["kind"] not in ("note", "boneyard")
            ):
                assert words == element["text"]
            assert scene["start"] <= element["start"] <= element["end"] <= scene["end"]


def test_it_holds_scenes_people_and_places() -> None:
    whole = made(LIGHTHOUSE)
    assert (whole["version"], whole["title"], whole["author"], whole["eighths"]) == (1, "The Last Lamp", "Inkreel", 8)
    assert {"key": "Draft date", "value": "2026-11-21"} in whole["title_page"]
    assert [(scene["number"], scene["int_ext"], scene["set"], scene["time"]) for scene in whole["scenes"]][:2] == [
        ("1", "EXT", "NORTH POINT LIGHTHOUSE", "DAWN"),
        ("2", "INT", "LIGHTHOUSE - STAIRS", "CONTINUOUS"),
    ]
    assert {person["name"]: person["cues"] for person in whole["characters"]}["MARA"] == 3
    assert whole["locations"][0] == {"name": "NORTH POINT LIGHTHOUSE", "int_ext": "EXT", "scenes": [0]}


def test_an_element_says_only_what_it_has() -> None:
    elements = made("INT. A #1#\n\nMARA (V.O.)\nHello *you*. [[soft]]\n\nFINN ^\nOh.\n")["scenes"][0]["elements"]
    assert elements[1] == {
        "kind": "character",
        "text": "MARA (V.O.)",
        "start": 12,
        "end": 23,
        "name": "MARA",
        "extensions": ["V.O."],
        "side": "left",
    }
    assert elements[2]["emphasis"] == [{"style": "italic", "start": 6, "end": 9}]
    assert elements[2]["notes"] == ["soft"]


@pytest.mark.parametrize("text", ["", "\ud800 broken\n", "INT. A\n\nMARA\nHi\n"])
@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_written_for_every_script(form: str, text: str) -> None:
    data, mime, suffix = exported(parse(text), export_format(form))
    assert suffix == f".{form}"
    assert "/" in mime
    assert isinstance(data, bytes)


@pytest.mark.parametrize("name", ["pdf", ".PDF", "Fdx"])
def test_a_format_is_known_by_its_name_or_suffix(name: str) -> None:
    assert export_format(name) == name.lower().removeprefix(".")


@pytest.mark.parametrize("name", ["", "doc", ".rtf", "mp4"])
def test_a_format_we_do_not_write_is_refused_with_those_we_do(name: str) -> None:
    with pytest.raises(Invalid, match=r"\.fountain, \.fdx, \.pdf, \.txt or \.json"):
        export_format(name)


def test_fountain_is_the_source_letter_for_letter() -> None:
    assert exported(parse("A\r\n\r\nB"), "fountain")[0] == b"A\r\n\r\nB"
