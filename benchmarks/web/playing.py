"""A film played and scrubbed in the Cut room: how soon it begins, how soon a frame is painted, how far sound and picture part.

The film carries the number of every frame as bars, and flashes once a second, while it clicks. What is measured is what is there:
numbers are read from the picture the player paints, clicks from what goes to the loudspeaker.
"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
import wave
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Page

from benchmarks.web import serving
from benchmarks.web.chrome import chromium, person, until
from benchmarks.web.figures import share, verdict
from studio.core.settings import ROOT, settings
from studio.engine.ffmpeg import program

LIMIT_START_MS, LIMIT_SCRUB_MS, LIMIT_APART_MS = 500, 150, 40
"""From Space to the first new frame and the first sound; from the pointer to its frame, p95; sound and picture after a minute."""
_FPS, _SECONDS, _BARS = 24, 70, 11
_MOVES, _SWEEPS, _STARTS = 80, 12, (0, 5, 20, 45)
_PLAYED_S, _LATE_S = 62, 55
_WATCH = """
(() => {
  const seen = window.__seen = { frames: [], flashes: [], lit: false };
  const heard = window.__heard = { clicks: [], ear: null, last: -9 };
  const moves = window.__moves = { at: 0, wanted: -1, taken: [] }, keys = window.__keys = { at: 0 };
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (to, ...rest) {
    if (to instanceof AudioDestinationNode) {
      heard.ear = this.context.createAnalyser(), heard.ear.fftSize = 8192, connect.call(this, heard.ear);
    }
    return connect.call(this, to, ...rest);
  };
  const samples = new Float32Array(8192);
  setInterval(() => {
    if (!heard.ear || heard.ear.context.state !== 'running') return;
    heard.ear.getFloatTimeDomainData(samples);
    const { context } = heard.ear, now = context.currentTime, loud = samples.findIndex(each => Math.abs(each) > 0.1);
    const at = now - (samples.length - loud) / context.sampleRate, { contextTime, performanceTime } = context.getOutputTimestamp();
    if (loud < 200 || at - heard.last < 0.4) return;
    heard.last = at, heard.clicks.push(performanceTime + 1000 * (at - contextTime));
  }, 10);
  const canvas = new OffscreenCanvas(16, 9), paint = canvas.getContext('2d', { willReadFrequently: true });
  const read = video => {
    paint.drawImage(video, 0, 0, 16, 9);
    const row = paint.getImageData(0, 4, 16, 1).data, light = n => row[4 * n] > 128;
    return { number: [...Array(11).keys()].reduce((sum, n) => sum + (light(n) ? 1 << n : 0), 0), lit: light(14) };
  };
  const watch = video => video.requestVideoFrameCallback((now, { expectedDisplayTime: at }) => {
    if (!video.isConnected) return;
    watch(video);
    if (video.closest('.slot').style.visibility === 'hidden') return;
    const { number, lit } = read(video);
    seen.frames.push([number, at]);
    if (lit && !seen.lit) seen.flashes.push(at);
    seen.lit = lit;
    came();
  });
  const came = () => {
    const [number, at] = seen.frames.at(-1) || [];
    if (number === moves.wanted && at >= moves.at) moves.taken.push(at - moves.at), moves.wanted = -1;
  };
  const look = () => {
    for (const video of document.querySelectorAll('#cut-layers video')) if (!video.__watched) video.__watched = true, watch(video);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  const counts = [86400, 1440, 24, 1], field = () => document.getElementById('cut-timecode').value;
  window.__frame = () => field().split(':').reduce((sum, n, i) => sum + n * counts[i], 0);
  addEventListener('keydown', e => { if (e.key === ' ') keys.at = e.timeStamp; }, true);
  const moved = e => setTimeout(() => { moves.at = e.timeStamp, moves.wanted = window.__frame(), came(); });
  addEventListener('pointermove', moved);
})();
"""


def measured(home: Path) -> None:
    """One film in a cut with its sound, played from its proxy."""
    made = _made(home)
    with serving.studio(home) as studio, chromium() as browser:
        cut = _cut(studio, made, _film(home))
        context = person(browser, studio, made["token"])
        page = context.new_page()
        page.add_init_script(_WATCH)
        page.goto(f"{studio.origin}/p/{made['project_id']}/cut?cut={cut}")
        until(page, "document.querySelectorAll('#cut-layers video').length")
        until(page, "document.querySelector('#cut-layers video').readyState >= 2")
        page.locator("#cut-view").click()
        _started(page)
        _scrubbed(page)
        _together(page)
        context.close()


def _started(page: Page) -> None:
    """From Space to what is seen and heard; the first time the sound has to be woken."""
    for n, second in enumerate(_STARTS):
        _go(page, second)
        page.evaluate("window.__seen.frames.length = window.__heard.clicks.length = 0")
        page.keyboard.press("Space")
        until(page, f"window.__seen.frames.some(([n]) => n > {second * _FPS}) && window.__heard.clicks.length")
        first = f"window.__seen.frames.find(([n]) => n > {second * _FPS})[1]"
        picture, sound = (page.evaluate(f"{each} - window.__keys.at") for each in (first, "window.__heard.clicks[0]"))
        page.keyboard.press("Space")
        what = "first play" if n == 0 else f"play at {second} s"
        print(
            f"  {what:<14} picture {picture:.0f} ms, sound {sound:.0f} ms   {verdict(max(picture, sound), LIMIT_START_MS)}"
        )


def _scrubbed(page: Page) -> None:
    """The ruler dragged back and forth: each move waits for its frame, as the eye does; of a sweep only the last does."""
    box = page.locator("#cut-ruler").bounding_box()
    assert box
    page.keyboard.press("n")  # nothing attracts: every move leads to another frame
    x, y = box["x"] + 360, box["y"] + 12
    page.mouse.move(x, y)
    page.mouse.down()
    page.wait_for_timeout(500)
    chance = np.random.default_rng(7)
    page.evaluate("window.__moves.taken.length = 0")
    _told("scrubbing", [_moved(page, x + 300 * np.sin(n * 0.37) + chance.normal(0, 4), y) for n in range(1, _MOVES)])
    swept: list[float] = []
    for n in range(_SWEEPS):
        for step in range(_MOVES // 2):
            page.mouse.move(x + (250 - 12 * step if n % 2 else 12 * step - 250), y)
        swept.append(_moved(page, x + 17 * (n - _SWEEPS // 2) + 5, y))
    _told("after a sweep", swept)
    page.mouse.up()


def _moved(page: Page, x: float, y: float) -> float:
    """Milliseconds from the pointer to its frame; a second when it never comes."""
    page.evaluate("window.__moves.taken.length = 0")
    page.mouse.move(x, y)
    end = time.monotonic() + 1.0
    while time.monotonic() < end:
        if taken := page.evaluate("window.__moves.wanted < 0 ? window.__moves.taken : null"):
            return float(taken[-1])
        page.wait_for_timeout(5)
    return 1000.0


def _told(what: str, taken: list[float]) -> None:
    p95, missed = share(taken, 0.95), sum(each >= 1000 for each in taken)
    print(
        f"  {what:<14} {len(taken)} frames   median {share(taken, 0.5):.0f}   p95 {p95:.0f}   worst {max(taken):.0f} ms   "
        f"{missed} never came   {verdict(p95, LIMIT_SCRUB_MS)}"
    )


def _together(page: Page) -> None:
    """A minute of playing: how much later than its flash each click is heard."""
    _go(page, 0)
    page.evaluate("window.__seen.flashes.length = window.__heard.clicks.length = window.__seen.frames.length = 0")
    page.keyboard.press("Space")
    page.wait_for_timeout(_PLAYED_S * 1000)
    page.keyboard.press("Space")
    flashes: list[float] = page.evaluate("window.__seen.flashes")
    clicks: list[float] = page.evaluate("window.__heard.clicks")
    apart = [(flash, min(clicks, key=lambda click: abs(click - flash)) - flash) for flash in flashes]
    begun = flashes[0]
    late = [by for at, by in apart if at - begun > _LATE_S * 1000 and abs(by) < 500]
    all_of = [by for _, by in apart if abs(by) < 500]
    worst = max(abs(by) for by in late)
    print(
        f"  sound against picture: {len(all_of)} flashes with their clicks, median {share(all_of, 0.5):+.0f} ms; "
        f"after {_LATE_S} s median {share(late, 0.5):+.0f}, worst {worst:.0f} ms   {verdict(worst, LIMIT_APART_MS)}"
    )


def _go(page: Page, second: int) -> None:
    """Put the playhead on a second and let it rest."""
    field = page.locator("#cut-timecode")
    field.click()
    page.keyboard.type(f"00:00:{second:02d}:00")
    page.keyboard.press("Enter")
    until(page, f"window.__frame() === {second * _FPS}")
    page.wait_for_timeout(1200)


def _cut(studio: serving.Served, made: dict[str, Any], film: Path) -> str:
    """A cut of the film and its sound; when the film has its proxy."""
    token, project = made["token"], made["project_id"]
    sha256 = _brought(studio, token, project, film)
    cut = serving.ask(studio, f"/api/v1/projects/{project}/timelines", token, {"name": "Played", "begin": "empty"})
    clip = {"name": film.name, "media": sha256, "start": 0, "frames": _SECONDS * _FPS}
    lanes = {each["kind"]: each["id"] for each in cut["document"]["tracks"]}
    edits = [
        {"op": "overwrite", "track": lanes[kind], "at": 0, "clips": [{**clip, "id": f"of {kind}"}]}
        for kind in ("video", "audio")
    ]
    serving.ask(studio, f"/api/v1/timelines/{cut['id']}/edits", token, {"revision": cut["revision"], "edits": edits})
    return cut["id"]


def _brought(studio: serving.Served, token: str, project: str, film: Path) -> str:
    """The film in the bin of a project, with all its forms: its hash."""
    data = film.read_bytes()
    at = f"/api/v1/projects/{project}"
    upload = serving.ask(studio, f"{at}/uploads", token, {"name": film.name, "size": len(data)})
    if upload["state"] != "done":
        connection = http.client.HTTPConnection("127.0.0.1", studio.port, timeout=60)
        headers = {"Cookie": f"{serving.COOKIE}={token}", "Origin": studio.origin, "Upload-Offset": "0"}
        connection.request(
            "PATCH", f"/api/v1/uploads/{upload['id']}", data, headers | {"Content-Type": "application/octet-stream"}
        )
        assert connection.getresponse().status < http.HTTPStatus.BAD_REQUEST
        connection.close()
        serving.ask(studio, f"/api/v1/uploads/{upload['id']}/finish", token, {"handed": True})
    end = time.monotonic() + 300
    while not (ready := [m for m in serving.ask(studio, f"{at}/media", token) if m["state"] == "ready"]):
        assert time.monotonic() < end, "the film was not brought in"
        time.sleep(0.5)
    return str(ready[0]["sha256"])


def _film(home: Path) -> Path:
    """720p, 24 frames a second: eleven bars say the number of the frame, the rest is white for three frames of every second."""
    out, sound = home / "Numbers and clicks.mp4", home / "clicks.wav"
    if out.exists():
        return out
    row = np.zeros((_SECONDS * _FPS, 9, 16), np.uint8)
    numbers = np.arange(len(row))
    for bar in range(_BARS):
        row[:, :, bar] = (255 * (numbers >> bar & 1))[:, None]
    row[numbers % _FPS < 3, :, _BARS:] = 255
    heard = np.zeros(_SECONDS * 48_000)
    tone = 0.8 * np.sin(np.arange(960) * 2 * np.pi / 48)
    for second in range(_SECONDS):
        heard[second * 48_000 : second * 48_000 + 960] = tone
    with wave.open(str(sound), "wb") as file:
        file.setparams((1, 2, 48_000, 0, "NONE", ""))
        file.writeframes((heard * 32767).astype("<i2").tobytes())
    raw = ["-f", "rawvideo", "-pix_fmt", "gray", "-s", "16x9", "-r", str(_FPS), "-i", "-", "-i", str(sound)]
    coded = [
        "-vf",
        "scale=1280:720:flags=neighbor,format=yuv420p",
        "-c:v",
        "libx264",
        "-preset",
        "veryfast",
        "-c:a",
        "aac",
    ]
    command = [str(program.encoder(settings().ffmpeg)), "-v", "error", "-y", *raw, *coded, str(out)]
    subprocess.run(command, input=row.tobytes(), check=True)
    return out


def _made(home: Path) -> dict[str, Any]:
    """Somebody and a project of theirs."""
    environment = {**os.environ, "INKREEL_HOME": str(home), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "benchmarks.web.cut"]
    return json.loads(subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True).stdout)
