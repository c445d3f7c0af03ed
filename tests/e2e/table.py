"""The Cut room with three clips that touch, and where things lie in its timeline: for tests that work with a pointer."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page

from tests.e2e.conftest import Studio, until
from tests.e2e.test_cut_timeline import Bench, place

LENGTH = 48
HERE: dict[str, Any] = {"op": "add_marker", "marker": {"frame": 20, "name": "Here", "colour": "#f7b801"}}
"""A marker."""
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


def opened(studio: Studio, owner: BrowserContext, *edits: dict[str, Any], clips: int = 3) -> tuple[Table, Page]:
    """The room with the three clips and what was laid beside them; nothing attracts."""
    table = Table(studio, owner)
    if edits:
        table.lay(*edits)
    page = owner.new_page()
    page.add_init_script(f"""localStorage.setItem("cut-heights:{table.cut}", '{{"low": 74}}')""")
    page.goto(f"/p/{table.project}/cut?cut={table.cut}")
    until(page, f"document.querySelectorAll('#cut-layer .clip').length === {clips}")
    page.keyboard.press("n")
    return table, page


def middle(page: Page, clip: str) -> tuple[float, float]:
    box = place(page, clip)
    return box["x"] + box["width"] / 2, box["y"] + 30


def edge(page: Page, clip: str, which: str) -> tuple[float, float]:
    box = place(page, clip)
    return (box["x"] + 2 if which == "in" else box["x"] + box["width"] - 2), box["y"] + 30


def frame_of(page: Page) -> float:
    """Pixels of a frame."""
    return place(page, "c1")["width"] / LENGTH


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
