"""Five films and some music become a film of a minute in a real browser; the film that is taken home is the edit, to the frame."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import BrowserContext, Page, expect

from studio.engine.ffmpeg import program
from tests.e2e.conftest import Person, Studio, until
from tests.e2e.test_cut_timeline import undo_says

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

FPS, SHOT, LENGTH, PART, SPOKEN = 24, 16, 1440, 288, 192
"""Frames a second, seconds a take lasts, frames of the film, frames of each take that is in it, frames of that with a voice."""
COLOURS = (0xC03030, 0x30C030, 0x3030C0, 0xC0C030, 0x30C0C0)
WIDTH, RATE, TONE = 1280, 48_000, 3000
"""Of the film: pixels, samples a second, the pitch of the music in Hz."""
DUCK_DB = 12
"""How much lower something is that makes room, unless the mixer is told otherwise; a document leaves that out."""
_ORANGE = (0xFF, 0x6B, 0x35)


def test_five_films_are_cut_to_a_minute_and_the_film_is_the_edit(
    studio: Studio, person: Person, tmp_path: Path
) -> None:
    takes, music = shot(tmp_path)
    suite = Suite(studio, person("ruth"))
    page = suite.opened()
    brought_in(page, [*takes, music])
    _laid_down(page, suite)
    _trimmed(page, suite)

    page.reload()
    until(page, "document.querySelectorAll('#cut-layer .clip').length === 10")
    assert [(s, n) for s, n in suite.places("v1")] == [(i * PART, PART) for i in range(5)]
    _joined(page, suite)
    _titled(page, suite)
    _scored(page, suite)
    _quietened(page, suite)

    page.reload()
    document = suite.document()
    film = _taken_home(page, tmp_path)
    lines = _lines(film)
    assert len(lines) == LENGTH
    _every_frame_is_the_one_that_was_cut(lines, document)
    _what_lies_over_it_shows(film, lines, document)
    _music_makes_room(film, document)


@dataclass
class Suite:
    """A project with nothing in it, and its owner."""

    studio: Studio
    owner: BrowserContext
    project: str = ""

    def opened(self) -> Page:
        self.project = self.ask("post", "/projects", {"name": "A Minute"})["id"]
        page = self.owner.new_page()
        page.goto(f"/p/{self.project}/cut")
        page.get_by_role("button", name="Begin with an empty timeline").click()
        expect(page.get_by_role("button", name="Choose files")).to_be_visible(timeout=15_000)
        return page

    def ask(self, method: str, path: str, data: Any = None) -> Any:
        headers = {"Origin": self.studio.address}
        sent = {"data": data} if data else {}
        answer = getattr(self.owner.request, method)(f"/api/v1{path}", **sent, headers=headers)
        assert answer.ok, answer.text()
        return answer.json()["data"]

    def document(self) -> dict[str, Any]:
        (cut,) = self.ask("get", f"/projects/{self.project}/timelines")
        return self.ask("get", f"/timelines/{cut['id']}/view")["document"]

    def track(self, name: str) -> dict[str, Any]:
        return next(track for track in self.document()["tracks"] if name in (track["id"], track["name"]))

    def clips(self, name: str) -> list[dict[str, Any]]:
        return self.track(name).get("clips", [])

    def places(self, name: str) -> list[tuple[int, int]]:
        return [(clip["start"], clip["frames"]) for clip in self.clips(name)]


def shot(folder: Path) -> tuple[list[Path], Path]:
    """Takes of one colour each, in which a white bar walks two pixels of 1280 a frame; for their first half somebody "speaks"."""
    takes: list[Path] = []
    for n, colour in enumerate(COLOURS):
        takes.append(folder / f"take {n + 1}.mp4")
        picture = f"color=0x{colour:06x}:s=640x360:r={FPS}:d={SHOT}"
        bar = f"color=white:s=4x360:r={FPS}:d={SHOT}"
        voice = f"aevalsrc='0.4*sin(2*PI*{200 + 60 * n}*t)*lt(t,{SHOT // 2})':s={RATE}:d={SHOT}"
        inputs = [part for each in (picture, bar, voice) for part in ("-f", "lavfi", "-i", each)]
        code = ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "16", "-pix_fmt", "yuv420p", "-c:a", "aac"]
        _ffmpeg(*inputs, "-filter_complex", "[0][1]overlay=x=n:y=0", *code, str(takes[-1]))
    music = folder / "music.wav"
    _ffmpeg("-f", "lavfi", "-i", f"sine=f={TONE}:r={RATE}:d=70", "-af", "volume=1.5", str(music))
    return takes, music


def _ffmpeg(*command: str) -> bytes:
    asked = [str(program.encoder()), "-v", "error", "-nostdin", "-y", *command]
    return subprocess.run(asked, capture_output=True, check=True).stdout


def brought_in(page: Page, files: list[Path]) -> None:
    """All of them dropped on the bin at once, as a file manager does it."""
    box = page.locator(".bin").bounding_box()
    assert box is not None
    carried = {"items": [], "files": [str(file) for file in files], "dragOperationsMask": 1}
    desk = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        desk.send("Input.dispatchDragEvent", {"type": kind, "x": box["x"] + 60, "y": box["y"] + 200, "data": carried})
    desk.detach()
    until(page, "document.querySelectorAll('.fgrid figure[draggable=true]').length === 5", seconds=120)
    expect(page.locator("#bin-sound")).to_contain_text("1", timeout=60_000)
    until(page, "!document.querySelector('.coming li') && !document.querySelector('.bin .stands')", seconds=120)


def _laid_down(page: Page, suite: Suite) -> None:
    """The first is dragged to the head of the cut; the others follow by key, each where the last one ends."""
    lane = page.locator('[data-lane="v1"]').bounding_box()
    assert lane is not None
    _dragged(page, "figure:has-text('take 1.mp4')", lane["x"] + 6, lane["y"] + 30)
    undo_says(page, "Lay down take 1.mp4")
    for n in range(2, 6):
        page.locator("figure", has_text=f"take {n}.mp4").focus()
        page.keyboard.press(".")
        undo_says(page, f"Lay down take {n}.mp4")
    assert suite.places("v1") == suite.places("a1") == [(i * SHOT * FPS, SHOT * FPS) for i in range(5)]


def _trimmed(page: Page, suite: Suite) -> None:
    """Every take to twelve seconds, each in another way; what follows closes up."""
    _at(page, "00:00:01:00")
    page.keyboard.press("q")
    undo_says(page, "Cut take 1.mp4 to the playhead")
    _at(page, "00:00:12:00")
    page.keyboard.press("w")
    _length(suite, 0)

    _at(page, "00:00:24:00")
    page.keyboard.press("m")
    undo_says(page, "Add a marker")
    page.keyboard.press("\\")
    page.locator('[data-cut="trim"]').click()
    clip = _box(page, suite.clips("v1")[1]["id"])
    mark = page.locator("#cut-ph").bounding_box()
    assert mark is not None
    page.mouse.move(clip["x"] + clip["width"] - 5, clip["y"] + 40)
    page.mouse.down()
    page.mouse.move(mark["x"] + mark["width"] / 2 + 30, clip["y"] + 40, steps=8)
    page.mouse.move(mark["x"] + mark["width"] / 2 + 3, clip["y"] + 40, steps=4)  # the marker attracts
    page.mouse.up()
    undo_says(page, "Trim take 2.mp4")
    _length(suite, 1)
    page.keyboard.press("v")

    _at(page, "00:00:36:00")
    page.keyboard.press("s")
    undo_says(page, "Split take 3.mp4")
    page.locator(f'[data-clip="{suite.clips("v1")[3]["id"]}"]').click()
    page.keyboard.press("Shift+Delete")
    undo_says(page, "Delete")
    _length(suite, 2)

    page.locator(f'[data-clip="{suite.clips("v1")[3]["id"]}"]').click()
    page.locator("#insp-length").fill("12:00")
    page.keyboard.press("Enter")
    _length(suite, 3)
    _at(page, "00:01:00:00")
    page.keyboard.press("w")
    _length(suite, 4)
    assert suite.places("a1") == suite.places("v1")


def _joined(page: Page, suite: Suite) -> None:
    """A dissolve by its button, one by a fade that is pulled over the cut; the film comes up and goes down."""
    _at(page, "00:00:12:00")
    page.get_by_role("button", name="Transitions").click()
    page.locator("#cut-joins [data-kind=dissolve]").click()
    undo_says(page, "Add a dissolve")
    _pulled(page, suite.clips("v1")[3]["id"], "head", -0.06)
    soon(page, lambda: len(suite.track("v1")["transitions"]) == 2)
    _pulled(page, suite.clips("v1")[0]["id"], "head", 0.1)
    soon(page, lambda: suite.clips("v1")[0].get("fade_in", 0) > 6)
    _pulled(page, suite.clips("v1")[4]["id"], "tail", -0.1)
    soon(page, lambda: suite.clips("v1")[4].get("fade_out", 0) > 6)


def _titled(page: Page, suite: Suite) -> None:
    """A strap with a name, over the third take."""
    _at(page, "00:00:27:00")
    page.get_by_role("button", name="Templates").click()
    page.get_by_role("button", name="Lower third").click()
    page.locator(".tfields").get_by_label("Name").fill("Ruth Okafor")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Put at the playhead").click()
    undo_says(page, "Lower third")
    expect(page.locator("#cut-templates")).to_be_hidden()  # its work is done
    assert "Ruth Okafor" in str(suite.document())


def _scored(page: Page, suite: Suite) -> None:
    """Music dragged below the tracks gets one of its own, ends with the film, and makes room for who speaks."""
    page.locator("#bin-sound").click()
    field, lane = page.locator("#cut-scroll").bounding_box(), page.locator('[data-lane="v1"]').bounding_box()
    assert field is not None
    assert lane is not None
    _dragged(page, ".au:has-text('music.wav')", lane["x"] + 6, field["y"] + field["height"] - 16)
    undo_says(page, "Lay down music.wav")
    ((start, frames),) = suite.places("Sound 2")
    assert (start, frames) == (0, 70 * FPS)
    page.keyboard.press("End")
    page.keyboard.press("w")
    undo_says(page, "Cut music.wav to the playhead")

    page.get_by_role("button", name="Mixer").click()
    takes, music = page.locator(".strip").nth(0), page.locator(".strip").nth(1)
    takes.get_by_label("Role").select_option("voice")
    undo_says(page, "role")
    music.get_by_label("Role").select_option("music")
    music.get_by_label("Ducked by").select_option("voice")
    undo_says(page, "ducking")
    page.locator("#mixer").get_by_role("button", name="Close").click()
    _pulled(page, suite.clips("Sound 2")[0]["id"], "tail", -0.1)
    soon(page, lambda: suite.clips("Sound 2")[0].get("fade_out", 0) > 24)
    track = suite.track("Sound 2")
    assert (track["role"], track["ducked_by"]) == ("music", "voice")
    assert suite.places("Sound 2") == [(0, LENGTH)]


def _quietened(page: Page, suite: Suite) -> None:
    """Of two takes the sound goes where nobody speaks any more: it is unlinked, and ends sooner than its picture."""
    for take, out in ((1, "20:00"), (3, "44:00")):
        page.keyboard.press("\\")
        page.locator(f'[data-clip="{suite.clips("v1")[take]["id"]}"]').click()
        page.locator('.tbar [data-cut="link"]').click()
        soon(page, lambda take=take: not suite.clips("a1")[take].get("group"))
        page.locator(f'[data-clip="{suite.clips("a1")[take]["id"]}"]').click()
        expect(page.locator("#insp-out")).to_have_value(f"{12 * (take + 1)}:00")
        page.locator("#insp-out").fill(out)
        page.keyboard.press("Enter")
        soon(page, lambda take=take: suite.clips("a1")[take]["frames"] == SPOKEN)
    assert suite.places("v1") == [(i * PART, PART) for i in range(5)]


def _taken_home(page: Page, folder: Path) -> Path:
    """The film as it is downloaded from the room that makes films."""
    page.locator("#cut-render").click()
    page.get_by_role("button", name="720p", exact=False).first.click()
    page.get_by_role("button", name="Make the").click()
    until(page, "document.querySelector('video')?.readyState >= 1", seconds=300)
    with page.expect_download() as coming:
        page.locator("#download-film").click()
    film = folder / "film.mp4"
    coming.value.save_as(film)
    return film


def _dragged(page: Page, card: str, x: float, y: float) -> None:
    """A card of the bin pulled to a place with the mouse, as one drags between panes."""
    box = page.locator(card).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 60, steps=4)
    page.mouse.move(x, y, steps=6)
    page.mouse.up()


def _at(page: Page, timecode: str) -> None:
    """Put the playhead there by typing."""
    page.locator("#cut-timecode").fill(timecode)
    page.keyboard.press("Enter")
    expect(page.locator("#cut-timecode")).to_have_value(timecode)


def _length(suite: Suite, n: int) -> None:
    """The first takes touch and last twelve seconds each, up to this one."""
    wanted = [(i * PART, PART) for i in range(n + 1)]
    soon(suite.owner.pages[0], lambda: suite.places("v1")[: n + 1] == wanted)


def soon(page: Page, kept: Callable[[], bool]) -> None:
    """What was done in the page is in the cut, within seconds."""
    end = time.monotonic() + 15
    while not kept():
        assert time.monotonic() < end
        page.wait_for_timeout(100)


def _box(page: Page, clip: str) -> dict[str, float]:
    box = page.locator(f'[data-clip="{clip}"]').bounding_box()
    assert box is not None
    return {"x": box["x"], "y": box["y"], "width": box["width"], "height": box["height"]}


def _pulled(page: Page, clip: str, end: str, share: float) -> None:
    """The handle of a clip's fade, pulled by a share of the clip's width."""
    page.keyboard.press("\\")
    box = _box(page, clip)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 30)
    handle = page.locator(f'[data-clip="{clip}"] .fade.{end}').bounding_box()
    assert handle is not None
    x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + share * box["width"], y, steps=6)
    page.mouse.up()


def _lines(film: Path) -> NDArray[np.uint8]:
    """One line of pixels of every frame of the film, well above its strap: (frames, 1280, 3)."""
    shape = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    data = _ffmpeg("-i", str(film), "-fps_mode", "passthrough", "-vf", "crop=1280:2:0:200", *shape)
    return np.frombuffer(data, np.uint8).reshape(-1, 2, WIDTH, 3)[:, 0]


def _picture(film: Path, frame: int) -> NDArray[np.int16]:
    chosen = f"select=eq(n\\,{frame})"
    data = _ffmpeg("-i", str(film), "-vf", chosen, "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "rgb24", "-")
    return np.frombuffer(data, np.uint8).reshape(720, WIDTH, 3).astype(np.int16)


def _rgb(colour: int) -> NDArray[np.int16]:
    return np.array([colour >> 16, colour >> 8 & 255, colour & 255], np.int16)


def _ground(line: NDArray[np.uint8]) -> NDArray[np.int16]:
    """The colour of a line, wherever its bar stands."""
    return np.median(line[WIDTH - 300 :], axis=0).astype(np.int16)


def _every_frame_is_the_one_that_was_cut(lines: NDArray[np.uint8], document: dict[str, Any]) -> None:
    """Where nothing is mixed, each frame has its take's colour, and its bar says which picture of the take it is."""
    picture = next(track for track in document["tracks"] if track["id"] == "v1")
    mixed = {f for t in picture["transitions"] for f in range(t["at"] - t["before"], t["at"] + t["after"])}
    first, last = picture["clips"][0], picture["clips"][-1]
    mixed |= set(range(first["fade_in"])) | set(range(LENGTH - last["fade_out"], LENGTH))
    wrong: list[int] = []
    for clip, colour in zip(picture["clips"], COLOURS, strict=True):
        for frame in set(range(clip["start"], clip["start"] + clip["frames"])) - mixed:
            shown = clip.get("source_in", 0) + frame - clip["start"]
            bar = int(np.median(np.flatnonzero(lines[frame].min(axis=1) > 150)))
            near = np.abs(_ground(lines[frame]) - _rgb(colour)).max() < 16
            if not near or abs(bar - (2 * shown + 4)) > 1:
                wrong.append(frame)
    assert wrong == []
    assert picture["clips"][0]["source_in"] == FPS


def _what_lies_over_it_shows(film: Path, lines: NDArray[np.uint8], document: dict[str, Any]) -> None:
    """Dissolves are half way on their cut, fades end in black, and the strap is there for as long as it was laid."""
    picture = next(track for track in document["tracks"] if track["id"] == "v1")
    for transition in picture["transitions"]:
        before, after = (_rgb(COLOURS[round(transition["at"] / PART) - side]) for side in (1, 0))
        middle = transition["at"] + (transition["after"] - transition["before"]) // 2
        assert np.abs(_ground(lines[middle]) - (before + after) // 2).max() < 24
    assert _ground(lines[0]).max() < 24
    assert _ground(lines[-1]).max() < 40
    straps = [clip for track in document["tracks"] for clip in track.get("clips", []) if clip.get("made")]
    begins = min(clip["start"] for clip in straps)
    ends = max(clip["start"] + clip["frames"] for clip in straps)
    assert begins == 27 * FPS
    seen = [_orange(_picture(film, frame)) for frame in (begins - 1, (begins + ends) // 2, ends)]
    assert seen[0] == seen[2] == 0
    assert seen[1] > 2000


def _orange(picture: NDArray[np.int16]) -> int:
    """How many pixels are of the strap's colour."""
    return int((np.abs(picture - np.array(_ORANGE, np.int16)).max(axis=2) < 24).sum())


def _music_makes_room(film: Path, document: dict[str, Any]) -> None:
    """Under a voice the music is lower by what the mixer says, elsewhere it is not; it ends with the film."""
    raw = _ffmpeg("-i", str(film), "-vn", "-ac", "1", "-ar", str(RATE), "-f", "f32le", "-")
    sound = np.frombuffer(raw, np.float32)
    assert len(sound) / RATE == pytest.approx(LENGTH / FPS, abs=0.1)
    level = [_level(sound, second, TONE) for second in range(60)]
    music = next(track for track in document["tracks"] if track["role"] == "music")
    for part in range(5):
        spoken, alone, voice = part * 12 + 3, part * 12 + 10, 200 + 60 * part
        assert _level(sound, spoken, voice) - _level(sound, alone, voice) > 30
        if part in (1, 3):
            assert level[alone] - level[spoken] == pytest.approx(music.get("duck_db", DUCK_DB), abs=4)
    assert level[59] < level[50] - 6


def _level(sound: NDArray[np.float32], second: int, pitch: int) -> float:
    """How loud a pitch is in half a second of sound, in dB."""
    part = sound[second * RATE : second * RATE + RATE // 2].astype(np.float64)
    wave = np.exp(-2j * np.pi * pitch * np.arange(len(part)) / RATE)
    return float(20 * np.log10(abs(part @ wave) / len(part) + 1e-9))
