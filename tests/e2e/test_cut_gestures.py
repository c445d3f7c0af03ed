"""Every gesture of the timeline in a real browser: what is seen while the pointer is down, and what the cut holds afterwards."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Person, Studio, until
from tests.e2e.table import HERE, LENGTH, centre, chosen, edge, frame_of, grip, lane, middle, near, opened, runs
from tests.e2e.test_cut_timeline import drag, place, undo_says

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_a_lasso_and_clicks_with_keys_choose_several_which_go_as_one(studio: Studio, person: Person) -> None:
    table, page = opened(studio, person("gestures"))
    one, two = place(page, "c1"), place(page, "c2")
    high = lane(page, "high")
    beside = two["x"] + two["width"] + 30
    drawn: list[bool] = []
    drag(
        page,
        (beside, high),
        (one["x"] + 20 - beside, one["y"] + 20 - high),
        before_up=lambda: drawn.append(page.locator("#cut-lasso").is_visible()),
    )
    assert drawn == [True]
    assert chosen(page) == ["c1", "c2"]
    page.mouse.click(*middle(page, "c1"), button="left")
    assert chosen(page) == ["c1"]
    page.locator('[data-clip="c0"]').click(modifiers=["Shift"], position={"x": 40, "y": 30})
    assert chosen(page) == ["c0", "c1"]
    page.locator('[data-clip="c1"]').click(modifiers=["Control"], position={"x": 40, "y": 30})
    page.locator('[data-clip="c2"]').click(modifiers=["Control"], position={"x": 40, "y": 30})
    assert chosen(page) == ["c0", "c2"]
    at = middle(page, "c2")
    drag(page, at, (10 * frame_of(page), high - at[1]))
    undo_says(page, "Move 2 clips")
    assert [clip for clip, _, _ in table.tracks()["low"]] == ["c1"]
    assert [clip for clip, _, _ in table.tracks()["high"]] == ["c0", "c2"]
    starts = [start for _, start, _ in table.tracks()["high"]]
    assert (starts[0], starts[1] - starts[0]) == (near(10), 2 * LENGTH)


def test_what_is_dragged_is_seen_where_the_pointer_is(studio: Studio, person: Person) -> None:
    table, page = opened(studio, person("gestures"))
    at, box, high = middle(page, "c0"), place(page, "c0"), lane(page, "high")
    seen: list[dict[str, float]] = []
    drag(page, at, (90, high - at[1]), before_up=lambda: seen.append(place(page, "c0")))
    assert seen[0]["x"] - box["x"] == pytest.approx(90, abs=frame_of(page))
    assert seen[0]["y"] < high < seen[0]["y"] + 60
    undo_says(page, "Move Clip 0")
    ((clip, start, frames),) = table.tracks()["high"]
    assert (clip, start, frames) == ("c0", near(round(90 / frame_of(page))), LENGTH)


def test_an_edge_is_trimmed_rippled_and_rolled(studio: Studio, person: Person) -> None:
    table, page = opened(studio, person("gestures"), runs("c2"))
    frame = frame_of(page)
    drag(page, edge(page, "c2", "out"), (-12 * frame, 0))
    undo_says(page, "Trim Clip 2")
    assert table.clip("c2")["frames"] == near(LENGTH - 12)

    page.keyboard.down("Control")
    drag(page, edge(page, "c0", "out"), (-8 * frame, 0))
    page.keyboard.up("Control")
    undo_says(page, "Trim Clip 0")
    first = table.clip("c0")["frames"]
    assert first == near(LENGTH - 8)
    assert [start for _, start, _ in table.tracks()["low"]] == [0, first, first + LENGTH]

    page.keyboard.down("Shift")
    drag(page, edge(page, "c1", "out"), (10 * frame, 0))
    page.keyboard.up("Shift")
    undo_says(page, "Roll Clip 1")
    middle_one, last = table.clip("c1"), table.clip("c2")
    assert middle_one["frames"] == near(LENGTH + 10)
    assert last["start"] == middle_one["start"] + middle_one["frames"]
    assert last["source_in"] == middle_one["frames"] - LENGTH


def test_slip_slide_stretch_and_the_razor(studio: Studio, person: Person) -> None:
    table, page = opened(studio, person("gestures"), runs("c1", source_in=20))
    frame = frame_of(page)
    page.keyboard.press("y")
    drag(page, middle(page, "c1"), (-9 * frame, 0))
    undo_says(page, "Slip Clip 1")
    assert (table.clip("c1")["source_in"], table.clip("c1")["start"]) == (near(29), LENGTH)

    page.keyboard.press("u")
    drag(page, middle(page, "c1"), (11 * frame, 0))
    undo_says(page, "Slide Clip 1")
    by = table.clip("c1")["start"] - LENGTH
    assert by == near(11)
    assert table.tracks()["low"] == [
        ("c0", 0, LENGTH + by),
        ("c1", LENGTH + by, LENGTH),
        ("c2", 2 * LENGTH + by, LENGTH - by),
    ]

    page.keyboard.press("r")
    drag(page, edge(page, "c1", "out"), (24 * frame, 0))
    undo_says(page, "Stretch Clip 1")
    long = table.clip("c1")
    assert long["frames"] == near(LENGTH + 24)
    assert eval_ratio(long["speed"]["factor"]) == pytest.approx(LENGTH / long["frames"], abs=0.01)

    page.locator('[data-cut="razor"]').click()
    box = place(page, "c0")
    page.mouse.click(box["x"] + 20 * frame, box["y"] + 30)
    undo_says(page, "Split Clip 0")
    assert table.clip("c0")["frames"] == near(20)
    assert len(table.tracks()["low"]) == 4


def eval_ratio(text: str) -> float:
    over, _, under = text.partition("/")
    return int(over) / int(under or 1)


def test_a_corner_is_a_fade_and_over_the_cut_a_transition_whose_ends_are_dragged(
    studio: Studio, person: Person
) -> None:
    table, page = opened(studio, person("gestures"))
    frame = frame_of(page)
    drag(page, grip(page, "c0", "head"), (14 * frame, 0))
    undo_says(page, "Fade Clip 0")
    assert table.clip("c0")["fade_in"] == near(14)

    drag(page, grip(page, "c1", "head"), (-8 * frame, 0))
    undo_says(page, "Add a dissolve")
    (made,) = table.transitions()
    assert (made["kind"], made["at"], made["before"]) == ("dissolve", LENGTH, near(8))
    assert made["after"] == made["before"]

    box = page.locator("[data-transition]").bounding_box()
    assert box is not None
    drag(page, (box["x"] + box["width"] - 3, box["y"] + 20), (6 * frame, 0))
    undo_says(page, "Length of a transition")
    assert table.transitions()[0]["after"] == near(made["after"] + 6)
    page.keyboard.press("Delete")
    undo_says(page, "Remove a transition")
    assert table.transitions() == []


def test_a_group_goes_together_and_with_alt_one_goes_alone(studio: Studio, person: Person) -> None:
    above = {"id": "d0", "name": "Above", "media": "", "start": 0, "frames": LENGTH, "made": {"kind": "solid"}}
    table, page = opened(
        studio,
        person("gestures"),
        {"op": "overwrite", "track": "high", "at": 0, "clips": [above]},
        {"op": "group", "clips": ["c2", "d0"]},
        clips=4,
    )
    frame = frame_of(page)
    drag(page, middle(page, "c2"), (16 * frame, 0))
    undo_says(page, "Move 2 clips")
    by = table.clip("c2")["start"] - 2 * LENGTH
    assert (by, table.clip("d0")["start"]) == (near(16), by)

    page.keyboard.press("Escape")
    page.keyboard.down("Alt")
    drag(page, middle(page, "c2"), (10 * frame, 0))
    page.keyboard.up("Alt")
    undo_says(page, "Move Clip 2")
    assert table.clip("c2")["start"] == near(2 * LENGTH + by + 10)
    assert table.clip("d0")["start"] == by


def test_a_marker_is_dragged_and_edges_attract_with_a_line_to_see(studio: Studio, person: Person) -> None:
    table, page = opened(studio, person("gestures"), HERE)
    frame, at = frame_of(page), centre(page.locator("#cut-scenes .mkr"))
    drag(page, at, (15 * frame, 0))
    undo_says(page, "Move Here")
    assert table.document()["markers"][0]["frame"] == near(35)

    page.keyboard.press("n")
    high = lane(page, "high")
    start = middle(page, "c0")
    guide: list[bool] = []
    line = page.locator("#cut-guide")
    wanted = 2 * LENGTH * frame - 4  # a little before the cut of the second and third clip
    drag(page, start, (wanted, high - start[1]), before_up=lambda: guide.append(line.is_visible()))
    undo_says(page, "Move Clip 0")
    assert guide == [True]
    assert table.tracks()["high"] == [("c0", 2 * LENGTH, LENGTH)]
    expect(line).not_to_be_visible()


@pytest.mark.parametrize("what", ["move", "trim", "fade", "marker", "slip", "stretch", "lasso"])
def test_escape_ends_any_gesture_and_nothing_is_sent(studio: Studio, person: Person, what: str) -> None:
    table, page = opened(studio, person("gestures"), HERE)
    before = table.document()
    page.keyboard.press({"slip": "y", "stretch": "r"}.get(what, "v"))
    box = place(page, "c1")
    at = {
        "trim": lambda: edge(page, "c1", "out"),
        "stretch": lambda: edge(page, "c1", "out"),
        "fade": lambda: grip(page, "c1", "head"),
        "marker": lambda: centre(page.locator("#cut-scenes .mkr")),
        "lasso": lambda: (box["x"], lane(page, "high")),
    }.get(what, lambda: middle(page, "c1"))()
    drag(page, at, (70, 0), before_up=lambda: page.keyboard.press("Escape"))
    now = place(page, "c1")
    assert (now["x"], now["width"]) == (pytest.approx(box["x"], abs=1), pytest.approx(box["width"], abs=1))
    expect(page.locator("#cut-lasso")).not_to_be_visible()
    page.keyboard.press("End")
    page.keyboard.press("m")  # the next act is kept, and is all there is
    undo_says(page, "Add a marker")
    after = table.document()
    assert (after["tracks"], len(after["markers"])) == (before["tracks"], 2)


def line(page: Page, clip: str, share: float) -> tuple[float, float]:
    """A point of a clip's line of opacity, at a share of its length, where it is full."""
    box = place(page, clip)
    return box["x"] + box["width"] * share, box["y"] + 20


def test_the_line_of_a_clip_is_pulled_and_its_keys_are_laid_dragged_and_taken_away(
    studio: Studio, person: Person
) -> None:
    table, page = opened(studio, person("gestures"))
    frame = frame_of(page)
    page.mouse.click(*middle(page, "c1"))
    drag(page, line(page, "c1", 0.5), (0, 12))
    undo_says(page, "Opacity of Clip 1")
    lower = table.clip("c1")["opacity"]
    assert 0.4 < lower < 0.9

    page.keyboard.press("Control+z")
    until(page, "!document.querySelector('[data-cut-undo]')?.textContent.includes('Opacity')")
    for share in (0.25, 0.75):
        page.keyboard.down("Alt")
        page.mouse.click(*line(page, "c1", share))
        page.keyboard.up("Alt")
        undo_says(page, "Key of Clip 1")
        until(page, f"document.querySelectorAll('.krow .kd:not([hidden])').length === {1 if share < 0.5 else 2}")
    keys = table.clip("c1")["opacity"]
    assert [(key["frame"], key["value"]) for key in keys] == [(near(12), 1.0), (near(36), 1.0)]

    drag(page, centre(page.locator(".krow .kd").first), (-7 * frame, 0))
    until(page, "document.querySelector('.krow .kd').dataset.key < 8")
    assert table.clip("c1")["opacity"][0]["frame"] == near(5)
    drag(page, line(page, "c1", 36 / LENGTH), (0, 14))  # on the clip a key goes up and down, too
    until(page, "document.querySelector('[data-clip=c1] canvas') !== null")
    until_kept(lambda: table.clip("c1")["opacity"][1]["value"] < 0.9)
    page.keyboard.down("Alt")
    page.locator(".krow .kd").first.click()
    page.keyboard.up("Alt")
    undo_says(page, "Take a key off Clip 1")
    assert len(table.clip("c1")["opacity"]) == 1


def until_kept(question: Callable[[], bool]) -> None:
    end = time.monotonic() + 15
    while not question():
        assert time.monotonic() < end
        time.sleep(0.2)


def test_a_header_is_dragged_and_its_track_lies_elsewhere(studio: Studio, person: Person) -> None:
    table, page = opened(studio, person("gestures"))
    before = [each["id"] for each in table.document()["tracks"]]
    assert before.index("high") > before.index("low")
    high, low = (centre(page.locator(f'#cut-heads [data-track="{each}"] .name')) for each in ("high", "low"))
    page.mouse.move(*high)
    page.mouse.down()
    page.mouse.move(high[0], low[1] + 4, steps=4)
    expect(page.locator('#cut-heads [data-track="low"]')).to_have_attribute("data-over", "below")
    page.mouse.up()
    undo_says(page, "Move high")
    after = [each["id"] for each in table.document()["tracks"]]
    assert after.index("high") == after.index("low") - 1


def test_what_a_gesture_comes_to_stands_beside_the_pointer_and_so_does_what_stops_it(
    studio: Studio, person: Person
) -> None:
    table, page = opened(studio, person("gestures"), runs("c2"))
    tip, frame, told = page.locator("#cut-tip"), frame_of(page), dict[str, str]()

    def read(what: str) -> Callable[[], None]:
        def reads() -> None:
            told[what] = tip.inner_text()

        return reads

    drag(page, edge(page, "c2", "out"), (-12 * frame, 0), before_up=read("shorter"))
    undo_says(page, "Trim Clip 2")
    assert told["shorter"] in [f"\u221200:{n:02} · 01:{24 - n:02} long" for n in (11, 12, 13)]
    expect(tip).to_be_hidden()
    drag(page, edge(page, "c0", "out"), (300, 0), before_up=read("stopped"))
    assert told["stopped"] == "+00:00 · 02:00 long · A clip is in the way"
    at = middle(page, "c2")
    drag(page, at, (24 * frame, 0), before_up=read("moved"))
    undo_says(page, "Move Clip 2")
    assert told["moved"] in [f"+{n // 24:02}:{n % 24:02} · 00:{(96 + n) // 24:02}:{n % 24:02}" for n in (23, 24, 25)]
    expect(page.locator("#cut-timecode")).to_have_value("00:00:00:00")  # where one looks is one's own
    assert table.clip("c0")["frames"] == LENGTH
