"""Every gesture of the timeline in a real browser: what is seen while the pointer is down, and what the cut holds afterwards."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.conftest import Person, Studio, until
from tests.e2e.test_cut_timeline import Bench, drag, place, undo_says

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

_LENGTH = 48
_SLOP = 1  # a frame lies between two of the pointer's pixels


class Table(Bench):
    """The three clips that touch, and what a test lays beside them."""

    def lay(self, *edits: dict[str, Any]) -> None:
        revision = self.ask("get", f"/timelines/{self.cut}/view")["revision"]
        self.ask("post", f"/timelines/{self.cut}/edits", {"revision": revision, "edits": list(edits)})

    def clip(self, name: str) -> dict[str, Any]:
        return next(c for track in self.document()["tracks"] for c in track.get("clips", []) if c["id"] == name)

    def transitions(self) -> list[dict[str, Any]]:
        return [each for track in self.document()["tracks"] for each in track.get("transitions", [])]


Opened = tuple[Table, Page]
Opens = Callable[..., Opened]


@pytest.fixture
def opens(studio: Studio, person: Person, request: pytest.FixtureRequest) -> Opens:
    """Opens the room with the three clips and what was laid beside them; nothing attracts."""

    def opened(*edits: dict[str, Any], clips: int = 3) -> Opened:
        owner: BrowserContext = person("gestures")
        table = Table(studio, owner)
        if edits:
            table.lay(*edits)
        page = owner.new_page()
        page.add_init_script(f"""localStorage.setItem("cut-heights:{table.cut}", '{{"low": 74}}')""")
        page.goto(f"/p/{table.project}/cut?cut={table.cut}")
        until(page, f"document.querySelectorAll('#cut-layer .clip').length === {clips}")
        page.keyboard.press("n")
        return table, page

    return opened


def middle(page: Page, clip: str) -> tuple[float, float]:
    box = place(page, clip)
    return box["x"] + box["width"] / 2, box["y"] + 30


def edge(page: Page, clip: str, which: str) -> tuple[float, float]:
    box = place(page, clip)
    return (box["x"] + 2 if which == "in" else box["x"] + box["width"] - 2), box["y"] + 30


def frame_of(page: Page) -> float:
    """Pixels of a frame."""
    return place(page, "c1")["width"] / _LENGTH


def lane(page: Page, track: str) -> float:
    box = page.locator(f'[data-lane="{track}"]').bounding_box()
    assert box is not None
    return box["y"] + box["height"] / 2


def chosen(page: Page) -> list[str]:
    """What is seen as chosen, once it has been drawn: that is done at most once a frame."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return page.evaluate("[...document.querySelectorAll('#cut-layer .clip.sel')].map(e => e.dataset.clip).sort()")


def grip(page: Page, clip: str, which: str) -> tuple[float, float]:
    page.locator(f'[data-clip="{clip}"]').hover()
    return centre(page.locator(f'[data-clip="{clip}"] .fade.{which}'))


def centre(at: Locator) -> tuple[float, float]:
    box = at.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def near(frames: int) -> Any:
    return pytest.approx(frames, abs=_SLOP)


def runs(clip: str, **fields: Any) -> dict[str, Any]:
    """An edit by which a clip shows something that runs: another cut of ten seconds."""
    white = {"id": "white", "name": "", "media": "", "start": 0, "frames": 240, "made": {"kind": "solid"}}
    track = {"id": "only", "kind": "video", "name": "", "role": "picture", "clips": [white]}
    inner = {"name": "", "rate": "24", "width": 640, "height": 360, "tracks": [track]}
    return {"op": "set_clip", "clip": clip, "fields": {"made": {"kind": "nested", "timeline": inner}, **fields}}


def test_a_lasso_and_clicks_with_keys_choose_several_which_go_as_one(opens: Opens) -> None:
    table, page = opens()
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
    assert (starts[0], starts[1] - starts[0]) == (near(10), 2 * _LENGTH)


def test_what_is_dragged_is_seen_where_the_pointer_is(opens: Opens) -> None:
    table, page = opens()
    at, box, high = middle(page, "c0"), place(page, "c0"), lane(page, "high")
    seen: list[dict[str, float]] = []
    drag(page, at, (90, high - at[1]), before_up=lambda: seen.append(place(page, "c0")))
    assert seen[0]["x"] - box["x"] == pytest.approx(90, abs=frame_of(page))
    assert seen[0]["y"] < high < seen[0]["y"] + 60
    undo_says(page, "Move Clip 0")
    ((clip, start, frames),) = table.tracks()["high"]
    assert (clip, start, frames) == ("c0", near(round(90 / frame_of(page))), _LENGTH)


def test_an_edge_is_trimmed_rippled_and_rolled(opens: Opens) -> None:
    table, page = opens(runs("c2"))
    frame = frame_of(page)
    drag(page, edge(page, "c2", "out"), (-12 * frame, 0))
    undo_says(page, "Trim Clip 2")
    assert table.clip("c2")["frames"] == near(_LENGTH - 12)

    page.keyboard.down("Control")
    drag(page, edge(page, "c0", "out"), (-8 * frame, 0))
    page.keyboard.up("Control")
    undo_says(page, "Trim Clip 0")
    first = table.clip("c0")["frames"]
    assert first == near(_LENGTH - 8)
    assert [start for _, start, _ in table.tracks()["low"]] == [0, first, first + _LENGTH]

    page.keyboard.down("Shift")
    drag(page, edge(page, "c1", "out"), (10 * frame, 0))
    page.keyboard.up("Shift")
    undo_says(page, "Roll Clip 1")
    middle_one, last = table.clip("c1"), table.clip("c2")
    assert middle_one["frames"] == near(_LENGTH + 10)
    assert last["start"] == middle_one["start"] + middle_one["frames"]
    assert last["source_in"] == middle_one["frames"] - _LENGTH


def test_slip_slide_stretch_and_the_razor(opens: Opens) -> None:
    table, page = opens(runs("c1", source_in=20))
    frame = frame_of(page)
    page.keyboard.press("y")
    drag(page, middle(page, "c1"), (-9 * frame, 0))
    undo_says(page, "Slip Clip 1")
    assert (table.clip("c1")["source_in"], table.clip("c1")["start"]) == (near(29), _LENGTH)

    page.keyboard.press("u")
    drag(page, middle(page, "c1"), (11 * frame, 0))
    undo_says(page, "Slide Clip 1")
    by = table.clip("c1")["start"] - _LENGTH
    assert by == near(11)
    assert table.tracks()["low"] == [
        ("c0", 0, _LENGTH + by),
        ("c1", _LENGTH + by, _LENGTH),
        ("c2", 2 * _LENGTH + by, _LENGTH - by),
    ]

    page.keyboard.press("r")
    drag(page, edge(page, "c1", "out"), (24 * frame, 0))
    undo_says(page, "Stretch Clip 1")
    long = table.clip("c1")
    assert long["frames"] == near(_LENGTH + 24)
    assert eval_ratio(long["speed"]["factor"]) == pytest.approx(_LENGTH / long["frames"], abs=0.01)

    page.locator('[data-cut="razor"]').click()
    box = place(page, "c0")
    page.mouse.click(box["x"] + 20 * frame, box["y"] + 30)
    undo_says(page, "Split Clip 0")
    assert table.clip("c0")["frames"] == near(20)
    assert len(table.tracks()["low"]) == 4


def eval_ratio(text: str) -> float:
    over, _, under = text.partition("/")
    return int(over) / int(under or 1)


def test_a_corner_is_a_fade_and_over_the_cut_a_transition_whose_ends_are_dragged(opens: Opens) -> None:
    table, page = opens()
    frame = frame_of(page)
    drag(page, grip(page, "c0", "head"), (14 * frame, 0))
    undo_says(page, "Fade Clip 0")
    assert table.clip("c0")["fade_in"] == near(14)

    drag(page, grip(page, "c1", "head"), (-8 * frame, 0))
    undo_says(page, "Add a dissolve")
    (made,) = table.transitions()
    assert (made["kind"], made["at"], made["before"]) == ("dissolve", _LENGTH, near(8))
    assert made["after"] == made["before"]

    box = page.locator("[data-transition]").bounding_box()
    assert box is not None
    drag(page, (box["x"] + box["width"] - 3, box["y"] + 20), (6 * frame, 0))
    undo_says(page, "Length of a transition")
    assert table.transitions()[0]["after"] == near(made["after"] + 6)
    page.keyboard.press("Delete")
    undo_says(page, "Remove a transition")
    assert table.transitions() == []


def test_a_group_goes_together_and_with_alt_one_goes_alone(opens: Opens) -> None:
    above = {"id": "d0", "name": "Above", "media": "", "start": 0, "frames": _LENGTH, "made": {"kind": "solid"}}
    table, page = opens(
        {"op": "overwrite", "track": "high", "at": 0, "clips": [above]},
        {"op": "group", "clips": ["c2", "d0"]},
        clips=4,
    )
    frame = frame_of(page)
    drag(page, middle(page, "c2"), (16 * frame, 0))
    undo_says(page, "Move 2 clips")
    by = table.clip("c2")["start"] - 2 * _LENGTH
    assert (by, table.clip("d0")["start"]) == (near(16), by)

    page.keyboard.press("Escape")
    page.keyboard.down("Alt")
    drag(page, middle(page, "c2"), (10 * frame, 0))
    page.keyboard.up("Alt")
    undo_says(page, "Move Clip 2")
    assert table.clip("c2")["start"] == near(2 * _LENGTH + by + 10)
    assert table.clip("d0")["start"] == by


def test_a_marker_is_dragged_and_edges_attract_with_a_line_to_see(opens: Opens) -> None:
    table, page = opens({"op": "add_marker", "marker": {"frame": 20, "name": "Here", "colour": "#f7b801"}})
    frame, at = frame_of(page), centre(page.locator("#cut-scenes .mkr"))
    drag(page, at, (15 * frame, 0))
    undo_says(page, "Move Here")
    assert table.document()["markers"][0]["frame"] == near(35)

    page.keyboard.press("n")
    high = lane(page, "high")
    start = middle(page, "c0")
    guide: list[bool] = []
    line = page.locator("#cut-guide")
    wanted = 2 * _LENGTH * frame - 4  # a little before the cut of the second and third clip
    drag(page, start, (wanted, high - start[1]), before_up=lambda: guide.append(line.is_visible()))
    undo_says(page, "Move Clip 0")
    assert guide == [True]
    assert table.tracks()["high"] == [("c0", 2 * _LENGTH, _LENGTH)]
    expect(line).not_to_be_visible()


@pytest.mark.parametrize("what", ["move", "trim", "fade", "marker", "slip", "stretch", "lasso"])
def test_escape_ends_any_gesture_and_nothing_is_sent(opens: Opens, what: str) -> None:
    table, page = opens({"op": "add_marker", "marker": {"frame": 20, "name": "Here", "colour": "#f7b801"}})
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


def test_the_line_of_a_clip_is_pulled_and_its_keys_are_laid_dragged_and_taken_away(opens: Opens) -> None:
    table, page = opens()
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
    drag(page, line(page, "c1", 36 / _LENGTH), (0, 14))  # on the clip a key goes up and down, too
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


def test_transitions_come_from_the_palette_and_the_menu_of_what_is_pressed(opens: Opens) -> None:
    table, page = opens()
    box = place(page, "c2")
    page.evaluate(
        """([x, y]) => {
          const data = new DataTransfer();
          data.setData("application/x-inkreel", JSON.stringify({ join: "wipe_left" }));
          const at = document.elementFromPoint(x, y);
          for (const type of ["dragover", "drop"])
            at.dispatchEvent(new DragEvent(type, { dataTransfer: data, clientX: x, clientY: y, bubbles: true, cancelable: true }));
        }""",
        [box["x"] + 6, box["y"] + 40],
    )
    undo_says(page, "Add a wipe left")
    (made,) = table.transitions()
    assert (made["kind"], made["at"]) == ("wipe_left", 2 * _LENGTH)

    page.locator("[data-transition]").click(button="right")
    page.locator("#cut-menu [data-kind=push_up]").click()
    undo_says(page, "Make it a push up")
    assert [each["kind"] for each in table.transitions()] == ["push_up"]

    page.keyboard.press("Escape")  # no transition is chosen any more
    page.get_by_role("button", name="Transitions", exact=True).click()
    page.locator("#cut-joins [data-kind=dip]").click()  # the cut nearest the playhead, which rests at the beginning
    undo_says(page, "Add a dip")
    assert [(each["kind"], each["at"]) for each in table.transitions()] == [("dip", _LENGTH), ("push_up", 2 * _LENGTH)]


def test_the_menu_is_opened_by_pointer_and_by_keys_and_does_what_it_says(opens: Opens) -> None:
    table, page = opens()
    page.mouse.click(*middle(page, "c1"), button="right")
    assert chosen(page) == ["c1"]
    page.locator("#cut-menu [data-cut=duplicate]").click()
    undo_says(page, "Duplicate")
    assert len(table.tracks()["low"]) == 4

    page.mouse.click(*middle(page, "c2"))
    page.locator('[data-clip="c2"]').focus()
    page.keyboard.press("Shift+F10")
    expect(page.locator("#cut-menu [data-cut=split]")).to_be_focused()
    page.locator("#cut-menu [data-cut=lift]").press("Enter")
    undo_says(page, "Lift Clip 2")
    assert "c2" not in [clip for clip, _, _ in table.tracks()["low"]]


def test_markers_tracks_and_clips_are_named_on_a_card_in_place(opens: Opens) -> None:
    table, page = opens({"op": "add_marker", "marker": {"frame": 20, "name": "Here", "colour": "#f7b801"}})
    card = page.locator("#cut-card")
    page.locator("#cut-scenes .mkr").dblclick()
    card.get_by_label("Name").fill("There")
    card.get_by_label("Name").press("Tab")
    undo_says(page, "Name There")
    card.get_by_label("Note").fill("Look at her hands.")
    card.get_by_label("Teal").check()
    undo_says(page, "Colour of")
    assert table.document()["markers"] == [
        {"frame": 20, "name": "There", "colour": "#2bb3a3", "note": "Look at her hands."}
    ]
    page.keyboard.press("Escape")
    page.keyboard.press("m")  # the playhead is on it
    expect(card.get_by_label("Name")).to_have_value("There")
    page.keyboard.press("Escape")

    page.locator('[data-clip="c1"]').dblclick(position={"x": 60, "y": 40})
    card.get_by_label("Name").fill("The quay")
    card.get_by_label("Name").press("Enter")
    undo_says(page, "Name The quay")
    assert table.clip("c1")["name"] == "The quay"

    head = page.locator('#cut-heads [data-track="high"]')
    head.locator(".name").dblclick()
    card.get_by_label("Red").check()
    undo_says(page, "Colour of high")
    page.keyboard.press("Escape")
    (track,) = (each for each in table.document()["tracks"] if each["id"] == "high")
    assert track["colour"] == "#d7263d"


def test_a_header_is_dragged_and_its_track_lies_elsewhere(opens: Opens) -> None:
    table, page = opens()
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


def test_words_are_seen_in_the_player_while_they_are_typed_and_kept_when_one_leaves(opens: Opens) -> None:
    made = {"kind": "text", "text": "A"}
    title = {"id": "t0", "name": "Title", "media": "", "start": 0, "frames": _LENGTH, "made": made}
    table, page = opens({"op": "overwrite", "track": "high", "at": 0, "clips": [title]}, clips=4)
    page.mouse.click(*middle(page, "t0"))
    words = page.locator("#inspector textarea")
    expect(words).to_have_value("A")
    until(page, "document.getElementById('cut-frame')?.dataset.shown === 'exact'")
    letters = "[...document.querySelectorAll('#cut-layers img')].map(e => e.naturalWidth)[0] || 0"
    until(page, f"({letters}) > 0")
    short = page.evaluate(letters)
    words.press("Control+End")
    words.press_sequentially(" much longer title")
    until(page, f"({letters}) > {3 * short}")
    assert table.clip("t0")["made"]["text"] == "A"
    words.blur()
    undo_says(page, "words of Title")
    assert table.clip("t0")["made"]["text"] == "A much longer title"
    until(page, "document.getElementById('cut-frame')?.dataset.shown === 'exact'")


def test_what_a_gesture_comes_to_stands_beside_the_pointer_and_so_does_what_stops_it(opens: Opens) -> None:
    table, page = opens(runs("c2"))
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
    assert table.clip("c0")["frames"] == _LENGTH


def test_a_gap_is_chosen_and_closes(opens: Opens) -> None:
    table, page = opens({"op": "lift", "clips": ["c1"]}, clips=2)
    gap = place(page, "c0")
    beside = (gap["x"] + gap["width"] + 30, gap["y"] + 30)
    page.mouse.click(*beside)
    expect(page.locator("#cut-layer .gap")).to_be_visible()
    page.mouse.click(gap["x"] + 20, gap["y"] + 30)
    expect(page.locator("#cut-layer .gap")).to_have_count(0)
    page.mouse.click(*beside)
    page.keyboard.press("Delete")
    undo_says(page, "Close a gap")
    assert table.tracks()["low"] == [("c0", 0, _LENGTH), ("c2", _LENGTH, _LENGTH)]
    page.keyboard.press("Control+z")
    expect(page.locator("[data-cut-undo]")).not_to_contain_text("Close a gap")
    page.mouse.click(*beside, button="right")
    page.locator("#cut-menu [data-cut=close-gap]").click()
    undo_says(page, "Close a gap")
    assert table.tracks()["low"][1] == ("c2", _LENGTH, _LENGTH)


def test_all_from_here_on_is_chosen_from_the_menu(opens: Opens) -> None:
    _, page = opens()
    page.mouse.click(*middle(page, "c1"), button="right")
    page.locator("#cut-menu [data-cut=all-after]").click()
    assert chosen(page) == ["c1", "c2"]
