"""What a scene heading names."""

import pytest

from studio.scripts.headings import Heading, IntExt, heading_of, number_at


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
