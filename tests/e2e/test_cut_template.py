"""Templates in a real browser: a part of a cut saved as one, filled elsewhere and seen, changed where it lies; and one of ours."""

from __future__ import annotations

import time
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import Person, Studio, until
from tests.e2e.test_cut_timeline import Bench, place, undo_says
from tests.factories.pictures import encoded

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
RED, GREEN = (215, 38, 61), (43, 168, 74)


class Shelf(Bench):
    """A bench with a colour, a picture and words that lie over each other for two seconds, and another picture in the bin."""

    def __init__(self, studio: Studio, owner: BrowserContext) -> None:
        super().__init__(studio, owner)
        red, self.green = (self._file(f"{name}.png", colour) for name, colour in (("red", RED), ("green", GREEN)))
        tracks = [
            {"id": each, "kind": "video", "name": each, "role": "picture"} for each in ("card", "picture", "words")
        ]
        half = {"y": 0.25, "scale_x": 0.5, "scale_y": 0.5}
        clips: dict[str, dict[str, Any]] = {
            "card": {"made": {"kind": "solid", "colour": "#004e89"}},
            "picture": {"media": red, "transform": half},
            "words": {"made": {"kind": "text", "text": "Old words", "box": [0.5, 0.2, 0.8, 0.2]}},
        }
        edits: list[dict[str, Any]] = [{"op": "add_track", "track": track} for track in tracks]
        edits += [
            {
                "op": "overwrite",
                "track": name,
                "at": 0,
                "clips": [{"id": f"my-{name}", "name": name, "media": "", "start": 0, "frames": 48, **what}],
            }
            for name, what in clips.items()
        ]
        edits.append({"op": "group", "clips": [f"my-{name}" for name in clips]})
        now = self.ask("get", f"/timelines/{self.cut}")["revision"]
        self.ask("post", f"/timelines/{self.cut}/edits", {"revision": now, "edits": edits})

    def _file(self, name: str, colour: tuple[int, int, int]) -> str:
        """A picture in the bin: its hash."""
        data = encoded(Image.new("RGB", (640, 360), colour))
        made = self.ask("post", f"/projects/{self.project}/uploads", {"name": name, "size": len(data)})
        headers = {"Origin": self.studio.address, "Upload-Offset": "0"}
        sent = self.owner.request.patch(f"/api/v1/uploads/{made['id']}", data=data, headers=headers)
        assert sent.ok, sent.text()
        self.ask("post", f"/uploads/{made['id']}/finish")
        for _ in range(400):
            found = [f for f in self.ask("get", f"/projects/{self.project}/media") if f["name"] == name]
            if found:
                return found[0]["sha256"]
            time.sleep(0.1)
        raise AssertionError(f"{name} was not brought in")

    def cutting(self, person: BrowserContext) -> Page:
        page = person.new_page()
        page.goto(f"/p/{self.project}/cut?cut={self.cut}")
        until(page, "document.querySelectorAll('#cut-layer .clip').length === 6")
        return page

    def used(self) -> dict[str, Any]:
        """The clips that came with a template, by their names."""
        tracks = self.document()["tracks"]
        return {c["name"]: c for t in tracks for c in t.get("clips", ()) if c.get("link", "").startswith("template:")}

    def seen(self, frame: int, x: float, y: float) -> tuple[int, ...]:
        """The colour of the exact frame at a place, in shares of it."""
        answer = self.owner.request.get(f"/api/v1/timelines/{self.cut}/frame?frame={frame}&width=320")
        assert answer.ok, answer.text()
        picture = Image.open(BytesIO(answer.body())).convert("RGB")
        return picture.getpixel((int(x * picture.width), int(y * picture.height)))


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) < 32


def test_a_part_of_a_cut_becomes_a_template_is_filled_elsewhere_and_changed_there(
    studio: Studio, person: Person
) -> None:
    shelf = Shelf(studio, person("tess"))
    page = shelf.cutting(shelf.owner)
    page.locator('[data-clip="my-words"]').click()
    page.get_by_role("button", name="Templates", exact=True).click()
    pane = page.locator("#cut-templates")
    pane.get_by_label("Name").fill("House card")
    pane.get_by_role("button", name="Save the chosen clips").click()
    pane.get_by_role("button", name="House card").click()

    pane.get_by_label("Old words").fill("New words")
    pane.locator("label", has_text="picture").locator("select").select_option(label="green.png")
    pane.get_by_label("Length").fill("3")
    page.keyboard.press("Enter")
    colours = pane.locator("input[type=color]")
    first = next(i for i in range(colours.count()) if colours.nth(i).input_value() == "#004e89")
    colours.nth(first).fill("#f7b801")
    until(page, "[...document.querySelectorAll('#cut-templates img')].some(each => each.src.includes('f7b801'))")
    ruler, box = page.locator("#cut-ruler").bounding_box(), place(page, "c2")
    assert ruler
    page.mouse.click(box["x"] + 24 * box["frame"], ruler["y"] + 10)
    expect(page.locator("#cut-timecode")).to_have_value("00:00:05:00")
    pane.get_by_role("button", name="Put at the playhead").click()
    undo_says(page, "Lay down House card")
    expect(pane).to_be_hidden()  # for what was laid down is looked at
    laid = shelf.used()
    assert {clip["start"] for clip in laid.values()} == {120} and {clip["frames"] for clip in laid.values()} == {72}
    assert (laid["words"]["made"]["text"], laid["picture"]["media"]) == ("New words", shelf.green)
    assert near(shelf.seen(150, 0.05, 0.9), (247, 184, 1)) and near(shelf.seen(150, 0.5, 0.75), GREEN)
    assert near(shelf.seen(20, 0.05, 0.9), (0, 78, 137)) and near(shelf.seen(20, 0.5, 0.75), RED)

    page.locator(f'[data-clip="{laid["words"]["id"]}"]').click()
    page.get_by_role("button", name="Templates", exact=True).click()
    pane.get_by_role("button", name="Change the chosen template").click()
    field = pane.get_by_label("Old words")
    expect(field).to_have_value("New words")
    field.fill("Other words")
    page.keyboard.press("Enter")
    pane.get_by_role("button", name="Change it in the cut").click()
    undo_says(page, "Change House card")
    now = shelf.used()
    assert (now["words"]["made"]["text"], now["picture"]["media"], now["words"]["start"]) == (
        "Other words",
        shelf.green,
        120,
    )
    page.keyboard.press("Control+z")
    undo_says(page, "Lay down House card")
    assert shelf.used()["words"]["made"]["text"] == "New words"


def test_one_of_ours_is_filled_and_seen_over_the_picture(studio: Studio, person: Person) -> None:
    shelf = Shelf(studio, person("strapper"))
    page = shelf.cutting(shelf.owner)
    page.get_by_role("button", name="Templates", exact=True).click()
    pane = page.locator("#cut-templates")
    expect(pane.locator(".tcard")).to_have_count(12)
    pane.get_by_role("button", name="Lower third").click()
    pane.get_by_label("Name", exact=True).fill("Ann Lee")
    page.keyboard.press("Enter")
    until(page, "decodeURIComponent(document.querySelector('.tposter').getAttribute('src')).includes('Ann Lee')")
    pane.get_by_role("button", name="Put at the playhead").click()
    undo_says(page, "Lay down Lower third")
    words = [c["made"]["text"] for c in shelf.used().values() if c.get("made", {}).get("kind") == "text"]
    assert "Ann Lee" in words
    assert near(shelf.seen(60, 0.062, 0.76), (255, 107, 53))  # its strap

    clips = page.locator("#cut-layer .clip")
    there = clips.count()
    page.locator("#bin-templates").click()
    page.locator(".bin .tcard", has_text="Lower third").hover()
    lane = page.locator("[data-lane]").first.bounding_box()
    assert lane
    page.mouse.down()
    page.mouse.move(lane["x"] + 500, lane["y"] + 10, steps=8)
    page.mouse.up()
    expect(clips).to_have_count(there + 2)  # dropped on the timeline it is laid down as it is
