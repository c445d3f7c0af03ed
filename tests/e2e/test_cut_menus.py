"""What is pressed, named and typed in the timeline in a real browser: the palette, the menu, names in place, gaps, words."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Person, Studio, until
from tests.e2e.table import HERE, LENGTH, chosen, middle, opened
from tests.e2e.test_cut_timeline import place, undo_says

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_transitions_come_from_the_palette_and_the_menu_of_what_is_pressed(studio: Studio, person: Person) -> None:
    table, page = opened(studio, person("menus"))
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
    assert (made["kind"], made["at"]) == ("wipe_left", 2 * LENGTH)

    page.locator("[data-transition]").click(button="right")
    page.locator("#cut-menu [data-kind=push_up]").click()
    undo_says(page, "Make it a push up")
    assert [each["kind"] for each in table.transitions()] == ["push_up"]

    page.keyboard.press("Escape")  # no transition is chosen any more
    page.get_by_role("button", name="Transitions", exact=True).click()
    page.locator("#cut-joins [data-kind=dip]").click()  # the cut nearest the playhead, which rests at the beginning
    undo_says(page, "Add a dip")
    assert [(each["kind"], each["at"]) for each in table.transitions()] == [("dip", LENGTH), ("push_up", 2 * LENGTH)]


def test_the_menu_is_opened_by_pointer_and_by_keys_and_does_what_it_says(studio: Studio, person: Person) -> None:
    table, page = opened(studio, person("menus"))
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


def test_markers_tracks_and_clips_are_named_on_a_card_in_place(studio: Studio, person: Person) -> None:
    table, page = opened(studio, person("menus"), HERE)
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


def test_words_are_seen_in_the_player_while_they_are_typed_and_kept_when_one_leaves(
    studio: Studio, person: Person
) -> None:
    made = {"kind": "text", "text": "A"}
    title = {"id": "t0", "name": "Title", "media": "", "start": 0, "frames": LENGTH, "made": made}
    table, page = opened(
        studio, person("menus"), {"op": "overwrite", "track": "high", "at": 0, "clips": [title]}, clips=4
    )
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


def test_a_gap_is_chosen_and_closes(studio: Studio, person: Person) -> None:
    table, page = opened(studio, person("menus"), {"op": "lift", "clips": ["c1"]}, clips=2)
    gap = place(page, "c0")
    beside = (gap["x"] + gap["width"] + 30, gap["y"] + 30)
    page.mouse.click(*beside)
    expect(page.locator("#cut-layer .gap")).to_be_visible()
    page.mouse.click(gap["x"] + 20, gap["y"] + 30)
    expect(page.locator("#cut-layer .gap")).to_have_count(0)
    page.mouse.click(*beside)
    page.keyboard.press("Delete")
    undo_says(page, "Close a gap")
    assert table.tracks()["low"] == [("c0", 0, LENGTH), ("c2", LENGTH, LENGTH)]
    page.keyboard.press("Control+z")
    expect(page.locator("[data-cut-undo]")).not_to_contain_text("Close a gap")
    page.mouse.click(*beside, button="right")
    page.locator("#cut-menu [data-cut=close-gap]").click()
    undo_says(page, "Close a gap")
    assert table.tracks()["low"][1] == ("c2", LENGTH, LENGTH)


def test_all_from_here_on_is_chosen_from_the_menu(studio: Studio, person: Person) -> None:
    _, page = opened(studio, person("menus"))
    page.mouse.click(*middle(page, "c1"), button="right")
    page.locator("#cut-menu [data-cut=all-after]").click()
    assert chosen(page) == ["c1", "c2"]
