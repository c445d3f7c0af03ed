"""Cutting in a real browser: what is dragged, trimmed, pressed and typed is in the cut, one act each, and can be undone."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import Person, Studio, until
from tests.e2e.test_writing import Room

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

_LENGTH = 48


class Bench(Room):
    """A project with a cut of three clips that touch, and a track above with nothing on it."""

    def __init__(self, studio: Studio, owner: BrowserContext) -> None:
        super().__init__(studio, owner)
        made = self.ask("post", f"/projects/{self.project}/timelines", {"name": "By hand", "begin": "empty"})
        self.cut = made["id"]
        tracks = [{"id": each, "kind": "video", "name": each, "role": "picture"} for each in ("low", "high")]
        edits: list[dict[str, Any]] = [{"op": "add_track", "track": track} for track in tracks]
        edits.append({"op": "overwrite", "track": "low", "at": 0, "clips": [_plain(n) for n in range(3)]})
        self.ask("post", f"/timelines/{self.cut}/edits", {"revision": made["revision"], "edits": edits})

    def cutting(self, person: BrowserContext) -> Page:
        page = person.new_page()
        page.goto(f"/p/{self.project}/cut?cut={self.cut}")
        until(page, "document.querySelectorAll('#cut-layer .clip').length === 3")
        page.keyboard.press("n")  # nothing attracts: a drag goes exactly as far as the pointer
        return page

    def tracks(self) -> dict[str, list[Any]]:
        """Start and length of every clip, track by track."""
        document = self.ask("get", f"/timelines/{self.cut}/view")["document"]
        return {
            track["id"]: [(clip["id"], clip["start"], clip["frames"]) for clip in track.get("clips", [])]
            for track in document["tracks"]
            if track["id"] in ("low", "high")
        }

    def document(self) -> dict[str, Any]:
        return self.ask("get", f"/timelines/{self.cut}/view")["document"]


def _plain(n: int) -> dict[str, Any]:
    made = {"kind": "solid", "colour": f"#{n * 64:02x}4080"}
    return {"id": f"c{n}", "name": f"Clip {n}", "media": "", "start": n * _LENGTH, "frames": _LENGTH, "made": made}


def place(page: Page, clip: str) -> dict[str, float]:
    box = page.locator(f'[data-clip="{clip}"]').bounding_box()
    assert box is not None
    return {
        "x": box["x"],
        "y": box["y"],
        "width": box["width"],
        "height": box["height"],
        "frame": box["width"] / _LENGTH,
    }


def drag(
    page: Page, at: tuple[float, float], by: tuple[float, float], *, before_up: Callable[[], None] | None = None
) -> None:
    page.mouse.move(*at)
    page.mouse.down()
    for n in range(1, 6):
        page.mouse.move(at[0] + by[0] * n / 5, at[1] + by[1] * n / 5)
    if before_up:
        before_up()
    page.mouse.up()
    until(page, "!document.querySelector('#cut-layer .held')")


def undo_says(page: Page, words: str) -> None:
    expect(page.locator("[data-cut-undo]")).to_contain_text(words, timeout=15_000)


def test_dragging_moves_trims_and_changes_track_and_one_undo_takes_one_act_back(studio: Studio, person: Person) -> None:
    bench = Bench(studio, person("cora"))
    page = bench.cutting(bench.owner)
    last = place(page, "c2")
    middle = (last["x"] + last["width"] / 2, last["y"] + last["height"] / 2)
    drag(page, middle, (12 * last["frame"], 0))
    undo_says(page, "Move Clip 2")
    assert bench.tracks()["low"][2] == ("c2", 2 * _LENGTH + 12, _LENGTH)

    edge = place(page, "c2")
    drag(page, (edge["x"] + edge["width"] - 2, edge["y"] + 30), (-10 * last["frame"], 0))
    undo_says(page, "Trim Clip 2")
    assert bench.tracks()["low"][2] == ("c2", 2 * _LENGTH + 12, _LENGTH - 10)

    lane = page.locator('[data-lane="high"]').bounding_box()
    assert lane is not None
    start = place(page, "c0")
    at = (start["x"] + start["width"] / 2, start["y"] + 30)
    drag(page, at, (0, lane["y"] + lane["height"] / 2 - at[1]))
    undo_says(page, "Move Clip 0")
    assert bench.tracks()["high"] == [("c0", 0, _LENGTH)]

    page.keyboard.press("Control+z")
    undo_says(page, "Trim Clip 2")
    assert bench.tracks()["high"] == []
    assert bench.tracks()["low"][0] == ("c0", 0, _LENGTH)


def test_escape_ends_a_drag_and_nothing_is_sent(studio: Studio, person: Person) -> None:
    bench = Bench(studio, person("esa"))
    page = bench.cutting(bench.owner)
    before = bench.tracks()
    box = place(page, "c1")
    drag(page, (box["x"] + 40, box["y"] + 30), (200, 0), before_up=lambda: page.keyboard.press("Escape"))
    box = place(page, "c1")
    drag(page, (box["x"] + 40, box["y"] + 30), (-2, 0))  # less than one means by it
    assert bench.tracks() == before
    expect(page.locator("[data-cut-undo]")).not_to_contain_text("Move")


def test_keys_split_close_gaps_mark_copy_and_lay_down(studio: Studio, person: Person) -> None:
    bench = Bench(studio, person("kay"))
    page = bench.cutting(bench.owner)
    ruler = page.locator("#cut-ruler").bounding_box()
    assert ruler is not None
    box = place(page, "c1")
    page.mouse.click(box["x"] + 24 * box["frame"], ruler["y"] + 10)
    page.keyboard.press("s")
    undo_says(page, "Split Clip 1")
    assert [length for _, _, length in bench.tracks()["low"]] == [_LENGTH, 24, 24, _LENGTH]
    page.keyboard.press("m")
    undo_says(page, "Add a marker")
    assert bench.document()["markers"][0]["frame"] == _LENGTH + 24

    page.locator('[data-clip="c1"]').click()
    page.keyboard.press("Control+c")
    page.keyboard.press("Shift+Delete")
    undo_says(page, "Delete Clip 1")
    assert [start for _, start, _ in bench.tracks()["low"]] == [0, _LENGTH, _LENGTH + 24]
    page.keyboard.press("End")  # rests on the last frame: what comes there comes after it
    page.keyboard.press("Control+v")
    undo_says(page, "Paste")
    assert bench.tracks()["low"][-1][1:] == (2 * _LENGTH + 24, 24)


def test_the_list_does_the_same_by_typing(studio: Studio, person: Person) -> None:
    bench = Bench(studio, person("lis"))
    page = bench.cutting(bench.owner)
    page.locator('[data-cut="list"]').click()
    expect(page.locator("#cut-list-count")).to_have_text("1 to 3 of 3 clips")
    length = page.get_by_label("Length of Clip 0")
    length.fill("-8")
    length.press("Enter")
    undo_says(page, "Trim Clip 0")
    assert [start for _, start, _ in bench.tracks()["low"]] == [0, _LENGTH - 8, 2 * _LENGTH - 8]
    page.get_by_role("button", name="Move after the next clip: Clip 1").click()
    undo_says(page, "Move Clip 1 later")
    assert [clip for clip, _, _ in bench.tracks()["low"]] == ["c0", "c2", "c1"]


def test_what_is_dropped_from_the_bin_lies_where_it_was_dropped(studio: Studio, person: Person) -> None:
    bench = Bench(studio, person("bina"))
    page = bench.cutting(bench.owner)
    lane = page.locator('[data-lane="high"]').bounding_box()
    box = place(page, "c1")
    assert lane is not None
    wish = {"kind": "image", "media": "", "name": "A colour", "frames": 30, "on": "video", "made": {"kind": "solid"}}
    page.evaluate(
        """([wish, x, y]) => {
          const data = new DataTransfer();
          data.setData("application/x-inkreel", wish);
          const at = document.elementFromPoint(x, y);
          for (const type of ["dragover", "drop"])
            at.dispatchEvent(new DragEvent(type, { dataTransfer: data, clientX: x, clientY: y, bubbles: true, cancelable: true }));
        }""",
        [json.dumps(wish), box["x"], lane["y"] + lane["height"] / 2],
    )
    undo_says(page, "Lay down A colour")
    ((_, start, frames),) = bench.tracks()["high"]
    assert (start, frames) == (pytest.approx(_LENGTH, abs=1), 30)


def test_an_empty_cut_says_where_to_begin(studio: Studio, person: Person) -> None:
    bench = Bench(studio, person("emptyhand"))
    made = bench.ask("post", f"/projects/{bench.project}/timelines", {"name": "Nothing yet", "begin": "empty"})
    page = bench.owner.new_page()
    page.goto(f"/p/{bench.project}/cut?cut={made['id']}")
    expect(page.locator("#cut-lanes .hint")).to_be_visible()
    full = bench.cutting(bench.owner)
    expect(full.locator("#cut-lanes .hint")).to_be_hidden()


def test_what_is_carried_over_the_lanes_is_seen_where_it_would_lie(studio: Studio, person: Person) -> None:
    bench = Bench(studio, person("carla"))
    page = bench.cutting(bench.owner)
    lane, box = page.locator('[data-lane="low"]').bounding_box(), place(page, "c1")
    assert lane is not None
    wish = {"kind": "image", "media": "", "name": "A colour", "frames": 30, "on": "video", "made": {"kind": "solid"}}
    x, y = box["x"] + 24 * box["frame"], lane["y"] + lane["height"] / 2
    page.evaluate(
        """([wish, x, y]) => {
          const card = document.body.appendChild(document.createElement("p")), data = new DataTransfer();
          card.dataset.media = wish, data.setData("application/x-inkreel", wish);
          card.dispatchEvent(new DragEvent("dragstart", { dataTransfer: data, bubbles: true }));
          const over = { dataTransfer: data, clientX: x, clientY: y, bubbles: true, cancelable: true, ctrlKey: true };
          document.elementFromPoint(x, y).dispatchEvent(new DragEvent("dragover", over));
        }""",
        [json.dumps(wish), x, y],
    )
    carried = page.locator('[data-clip="carried"]')
    expect(carried).to_be_visible()
    expect(page.locator("#cut-tip")).to_contain_text("Insert")
    assert place(page, "carried")["width"] == pytest.approx(30 * box["frame"], abs=2)
    assert place(page, "c2")["x"] == pytest.approx(box["x"] + (48 + 30) * box["frame"], abs=3)
    page.evaluate("document.getElementById('cut-lanes').dispatchEvent(new DragEvent('dragleave', { bubbles: true }))")
    expect(carried).to_have_count(0)
    assert len(bench.tracks()["low"]) == 3


def test_those_who_only_watch_change_nothing(studio: Studio, person: Person) -> None:
    bench, watcher = Bench(studio, person("orla")), person("vera")
    bench.join("vera", role="reviewer")
    page = bench.cutting(watcher)
    before = bench.tracks()
    box = place(page, "c1")
    drag(page, (box["x"] + 40, box["y"] + 30), (120, 0))
    page.keyboard.press("Delete")
    expect(page.locator("#cut-heads [data-head=locked]").first).to_be_disabled()
    expect(page.locator(".tbar [data-cut=fit]")).to_be_visible()
    expect(page.locator(".tbar [data-cut=split]")).to_have_count(0)
    assert bench.tracks() == before
