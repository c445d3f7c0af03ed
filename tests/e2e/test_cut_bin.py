"""The bin in a real browser: a file is looked at, marked and laid down in part; a broken upload goes on with the same file only."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Person, Studio, until
from tests.e2e.test_cut_five_clips import SHOT, Suite, brought_in, shot, soon
from tests.e2e.test_cut_timeline import undo_says

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

_NAME = "Long take.mp4"


def test_a_file_is_marked_kept_in_part_and_laid_down(studio: Studio, person: Person, tmp_path: Path) -> None:
    takes, music = shot(tmp_path)
    suite = Suite(studio, person("ines"))
    page = suite.opened()
    brought_in(page, [*takes, music])
    page.locator("figure", has_text="take 2.mp4").focus()
    page.keyboard.press("Enter")
    source = page.locator(".source")
    expect(source).to_be_focused()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("i")
    expect(page.locator("#source-range")).to_contain_text("0:20 to 16:00")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("o")
    expect(page.locator("#source-range")).to_have_text("0:20 to 1:00 · 0:04")
    until(page, "Math.abs(document.querySelector('.source video').currentTime - 23.5 / 24) < 0.03")
    page.get_by_role("button", name="Keep as sub-clip").click()
    part = page.locator(".parts li", has_text="take 2, part 1")
    expect(part).to_be_visible()
    source.focus()
    page.keyboard.press(".")
    undo_says(page, "Lay down take 2.mp4")
    assert [(c["start"], c["frames"], c["source_in"]) for c in suite.clips("v1")] == [(0, 4, 20)]
    page.keyboard.press("Escape")
    expect(source).to_have_count(0)
    expect(page.locator("figure", has_text="take 2.mp4")).to_be_focused()

    part.dblclick()
    expect(page.locator("#source-range")).to_have_text("0:20 to 1:00 · 0:04")
    page.locator('.source [data-source="clear"]').click()
    expect(page.locator("#source-range")).to_contain_text(f"0:00 to {SHOT}:00")
    page.keyboard.press("Escape")
    part.focus()
    page.keyboard.press(".")
    soon(page, lambda: [(c["start"], c["frames"]) for c in suite.clips("v1")] == [(0, 4), (4, 4)])


def test_a_broken_upload_goes_on_with_the_same_file_and_no_other(
    studio: Studio, person: Person, tmp_path: Path
) -> None:
    takes, _ = shot(tmp_path)
    suite = Suite(studio, person("noor"))
    page = suite.opened()
    data, headers = takes[0].read_bytes(), {"Origin": studio.address}
    begun = suite.ask("post", f"/projects/{suite.project}/uploads", {"name": _NAME, "size": len(data)})
    piece = {**headers, "Upload-Offset": "0", "Content-Type": "application/octet-stream"}
    half = len(data) // 2
    sent = suite.owner.request.patch(f"/api/v1/uploads/{begun['id']}", data=data[:half], headers=piece)
    assert sent.ok, sent.text()
    page.reload()
    coming = page.locator(".coming")
    expect(coming).to_contain_text("came. Choose the file again to go on.")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / _NAME).write_bytes(bytes(len(data)))
    coming.locator("input[type=file]").set_input_files(tmp_path / "other" / _NAME)
    expect(coming).to_contain_text("This is another file", timeout=15_000)
    page.get_by_role("button", name=f"Give up {_NAME}").click()
    (tmp_path / _NAME).write_bytes(data)
    coming.locator("input[type=file]").set_input_files(tmp_path / _NAME)
    until(page, "document.querySelectorAll('.fgrid figure[draggable=true]').length === 1", seconds=90)
    expect(page.locator(".fgrid figure")).to_contain_text(_NAME)
    expect(coming).to_have_count(0)
