"""What a scene heading names."""

import pytest

from studio.scripts import fountain
from studio.scripts.formats.reading import read_file
from studio.scripts.headings import Heading, IntExt, heading_of, is_heading, number_at, opens_scene
from studio.scripts.outline import outlined


@pytest.mark.parametrize(
    ("text", "int_ext", "set_name", "time_of_day"),
    [
        ("INT. HOUSE - KITCHEN - DAY", IntExt.INT, "HOUSE - KITCHEN", "DAY"),
        ("EXT. BEACH – NIGHT", IntExt.EXT, "BEACH", "NIGHT"),
        ("int./ext. car -- moving - day", IntExt.INT_EXT, "CAR -- MOVING", "DAY"),
        ("I/E. CAR - DUSK", IntExt.INT_EXT, "CAR", "DUSK"),
        ("EST. CITY", IntExt.EXT, "CITY", ""),
        ("INT. HALL - DAY - CONTINUOUS", IntExt.INT, "HALL", "CONTINUOUS"),
        ("INT. HALL - MOMENTS LATER", IntExt.INT, "HALL", "MOMENTS LATER"),
        ("EXT. FIELD - DAY (1987)", IntExt.EXT, "FIELD", "DAY (1987)"),
        ("EXT. FIELD - DAY - 1987", IntExt.EXT, "FIELD", "DAY"),
        ("INT. ROOM - 1408", IntExt.INT, "ROOM - 1408", ""),
        ("INT. HALL - DAY ROOM", IntExt.INT, "HALL - DAY ROOM", ""),
        ("INT. DAY CARE", IntExt.INT, "DAY CARE", ""),
        ("INT. HALL, NIGHT", IntExt.INT, "HALL", "NIGHT"),
        ("INT. HALL. LATER", IntExt.INT, "HALL", "LATER"),
        ("INT. HALL NIGHT", IntExt.INT, "HALL", "NIGHT"),
        ("INT. X-RAY ROOM - DAY", IntExt.INT, "X-RAY ROOM", "DAY"),
        ("EXT. ROOF -NIGHT", IntExt.EXT, "ROOF", "NIGHT"),
        ("ИНТ. КУХНЯ - НОЧЬ", IntExt.INT, "КУХНЯ", "НОЧЬ"),
        ("INT. FLAT - (PRESENT) DAY", IntExt.INT, "FLAT", "(PRESENT) DAY"),
        ("EXT. YARD - NIGHT [CONTINUOUS]", IntExt.EXT, "YARD", "NIGHT [CONTINUOUS]"),
        ("I./E. HOUSE - DAY", IntExt.INT_EXT, "HOUSE", "DAY"),
        ("INT - HOUSE - DAY", IntExt.INT, "HOUSE", "DAY"),
        ("SNIPER SCOPE", IntExt.OTHER, "SNIPER SCOPE", ""),
        ("INT.", IntExt.INT, "", ""),
        ("", IntExt.OTHER, "", ""),
    ],
)
def test_a_heading_names_its_place_and_time(text: str, int_ext: IntExt, set_name: str, time_of_day: str) -> None:
    assert heading_of(text) == Heading(int_ext, set_name, time_of_day)


@pytest.mark.parametrize(
    ("line", "words", "number"),
    [
        ("INT. A #1#", "INT. A", "1"),
        ("INT. A # 12-A #  ", "INT. A", "12-A"),
        ("INT. A #1", "INT. A #1", ""),
        ("INT. A ##", "INT. A ##", ""),
        ("INT. A #one two#", "INT. A #one two#", ""),
    ],
)
def test_a_scene_number_stands_between_number_signs_at_the_end(line: str, words: str, number: str) -> None:
    end, found = number_at(line)
    assert (line[:end], found) == (words, number)


@pytest.mark.parametrize("line", ["EXT/INT. SHACK - DAY", "EXT./INT. CAR", "E/I. HALL - NIGHT"])
def test_what_only_other_programs_call_a_heading_begins_no_scene_in_fountain(line: str) -> None:
    assert is_heading(line)
    assert not opens_scene(line)
    plain = outlined(fountain.parse(f"INT. HALL - DAY\n\nRain.\n\n{line}\n\nMore rain.\n")).scenes
    forced = outlined(fountain.parse(f"INT. HALL - DAY\n\nRain.\n\n.{line}\n\nMore rain.\n")).scenes
    assert (len(plain), len(forced)) == (1, 2)
    assert forced[1].int_ext is IntExt.INT_EXT
    draft = read_file(f"INT. HALL - DAY\n\nRain.\n\n{line}\n\nMore rain.\n".encode(), "a.fountain")
    assert line in draft.warnings[0]


@pytest.mark.parametrize("line", ["INT./EXT. CAR", "INT/EXT CAR", "I/E. CAR", "I/E CAR", "EXT. YARD", "est. city"])
def test_what_fountain_names_begins_a_scene(line: str) -> None:
    assert opens_scene(line)
