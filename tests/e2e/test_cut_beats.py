"""Music in a real browser: its beats are seen on its clip, and what is dragged is attracted by them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from studio.engine.sound.wave import write_wav
from studio.engine.time import SAMPLE_RATE
from tests.e2e.conftest import Person, Studio, until
from tests.e2e.test_cut_timeline import Bench, place

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

FPS, BEAT_S, SECONDS, FIRST_S = 24, 0.75, 20, 0.4


def test_what_is_dragged_lies_down_on_a_beat(studio: Studio, person: Person, tmp_path: Path) -> None:
    owner = person("drummer")
    bench = Bench(studio, owner)
    music = _brought(bench, _drummed(tmp_path / "drums.wav"))
    clip = {"id": "m", "name": "drums.wav", "media": music, "start": 0, "frames": SECONDS * FPS}
    revision = bench.ask("get", f"/timelines/{bench.cut}/view")["revision"]
    lane = {"op": "add_track", "track": {"id": "beat", "kind": "audio", "name": "Beat", "role": "music"}}
    lay = {"op": "overwrite", "track": "beat", "at": 0, "clips": [clip]}
    bench.ask("post", f"/timelines/{bench.cut}/edits", {"revision": revision, "edits": [lane, lay]})

    page = owner.new_page()
    with page.expect_response(lambda answer: "size=beats" in answer.url) as counted:
        page.goto(f"/p/{bench.project}/cut?cut={bench.cut}")
    assert len(counted.value.json()) >= SECONDS / BEAT_S - 3
    until(page, "document.querySelectorAll('#cut-layer .clip').length === 4")
    until(page, _TICKS.format(colour="--key") + " > 12")

    wanted = round((FIRST_S + 7 * BEAT_S) * FPS)
    _dragged_to(page, "c2", wanted + 1)
    assert _begins(bench) in (wanted - 1, wanted)
    page.keyboard.press("n")  # nothing attracts
    _dragged_to(page, "c2", wanted + 1)
    assert _begins(bench) == wanted + 1


def _begins(bench: Bench) -> int:
    return next(start for name, start, _ in bench.tracks()["low"] if name == "c2")


_TICKS = """(() => {{
  const clip = document.querySelector('[data-clip="m"]'), canvas = clip.querySelector('canvas');
  if (!canvas) return 0;
  const paint = document.createElement('canvas').getContext('2d');
  paint.fillStyle = getComputedStyle(clip).getPropertyValue('{colour}');
  paint.fillRect(0, 0, 1, 1);
  const [r, g, b] = paint.getImageData(0, 0, 1, 1).data;
  const row = canvas.getContext('2d').getImageData(0, canvas.height - 2, canvas.width, 1).data;
  let ticks = 0;
  for (let at = 0; at < row.length; at += 4) ticks += row[at] === r && row[at + 1] === g && row[at + 2] === b;
  return ticks;
}})()"""
"""How many columns of the lowest lines of the music's picture have the colour of marks."""


def _dragged_to(page: Page, clip: str, frame: int) -> None:
    """Drag a clip so that the pointer brings its first frame to lie there, were nothing to attract it."""
    box, music = place(page, clip), page.locator('[data-clip="m"]').bounding_box()
    assert music is not None
    grip, scale = box["width"] / 2, music["width"] / (SECONDS * FPS)
    page.mouse.move(box["x"] + grip, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(music["x"] + frame * scale + grip, box["y"] + 20, steps=12)
    page.mouse.up()
    until(page, "!document.querySelector('#cut-layer .held')")


def _drummed(path: Path) -> Path:
    """A drum, struck every `BEAT_S` seconds from `FIRST_S` on."""
    heard = np.zeros((SECONDS * SAMPLE_RATE, 1), np.float32)
    struck = np.exp(-np.arange(9600) / 1200) * np.sin(np.arange(9600) * 2 * np.pi * 120 / SAMPLE_RATE)
    for at in np.arange(FIRST_S, SECONDS - 0.3, BEAT_S):
        begin = int(at * SAMPLE_RATE)
        heard[begin : begin + len(struck), 0] += 0.5 * struck
    write_wav(path, heard)
    return path


def _brought(bench: Bench, file: Path) -> str:
    """A file in the bin of the project, with all its forms: its hash."""
    data = file.read_bytes()
    upload: dict[str, Any] = bench.ask(
        "post", f"/projects/{bench.project}/uploads", {"name": file.name, "size": len(data)}
    )
    headers = {"Origin": bench.studio.address, "Upload-Offset": "0", "Content-Type": "application/octet-stream"}
    answer = bench.owner.request.patch(f"/api/v1/uploads/{upload['id']}", data=data, headers=headers)
    assert answer.ok, answer.text()
    bench.ask("post", f"/uploads/{upload['id']}/finish", {"handed": True})
    page = bench.owner.new_page()
    for _ in range(600):
        files = bench.ask("get", f"/projects/{bench.project}/media")
        if files and files[0]["state"] == "ready":
            page.close()
            return str(files[0]["sha256"])
        page.wait_for_timeout(100)
    raise AssertionError("the music was not brought in")
