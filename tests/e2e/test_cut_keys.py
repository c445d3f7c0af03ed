"""Every key of the Cut room and of the shell, pressed in a real browser: each does what the table says of its act."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from studio.accounts.keys.acts import ACTS, BY_ID
from tests.e2e.conftest import DESK, PASSWORD, Studio, until
from tests.e2e.test_cut_timeline import Bench
from tests.factories.footage import film

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

_TYPED = {"Ctrl": "Control", "Del": "Delete", "Esc": "Escape", "←": "ArrowLeft", "→": "ArrowRight"}
_TYPED |= {"↑": "ArrowUp", "↓": "ArrowDown"}
_AT = "Number(document.getElementById('cut-timecode').value.split(':').reduce((s, n, i) => s + n * [86400, 1440, 24, 1][i], 0))"
_PLAYS = "document.querySelector('[data-play=toggle]').getAttribute('aria-pressed') === 'true'"
_CHOSEN = "[...document.querySelectorAll('#cut-layer .clip.sel')].map(each => each.dataset.clip).sort().join()"
_ZOOM = "Number(document.getElementById('cut-zoom').value)"
_LENGTH = "document.getElementById('cut-length').textContent"
_UNDO = "document.querySelector('[data-cut-undo]').textContent"
_CLIPS = 4


class Scene(Bench):
    """One project; for every key a cut of its own: three clips that touch, a marker, and a film on the track above."""

    def __init__(self, studio: Studio, owner: BrowserContext, folder: Path) -> None:
        super().__init__(studio, owner)
        self.page = owner.new_page()
        self.clips = next(track["clips"] for track in self.document()["tracks"] if track["id"] == "low")
        self.sha256 = self._brought_in(film(folder / "take.mp4", seconds=2).read_bytes())

    def _brought_in(self, data: bytes) -> str:
        begun = self.ask("post", f"/projects/{self.project}/uploads", {"name": "take.mp4", "size": len(data)})
        address = f"{self.studio.address}/api/v1/uploads/{begun['id']}"
        headers = {"Origin": self.studio.address, "Upload-Offset": "0", "Content-Type": "application/octet-stream"}
        assert self.owner.request.patch(address, data=data, headers=headers).ok
        self.ask("post", f"/uploads/{begun['id']}/finish")
        end = time.monotonic() + 90
        while not any(each["state"] == "ready" for each in self.ask("get", f"/projects/{self.project}/media")):
            assert time.monotonic() < end, "the film never came in"
            time.sleep(0.5)
        return hashlib.sha256(data).hexdigest()

    def fresh(self) -> None:
        """A new cut, open in the page as if for the first time."""
        made = self.ask("post", f"/projects/{self.project}/timelines", {"name": "Keys", "begin": "empty"})
        self.cut = made["id"]
        tracks = [{"id": each, "kind": "video", "name": each, "role": "picture"} for each in ("low", "high")]
        taken = {"id": "take", "name": "Take", "media": self.sha256, "start": 100, "frames": 40}
        edits: list[dict[str, Any]] = [{"op": "add_track", "track": track} for track in tracks]
        edits.append({"op": "overwrite", "track": "low", "at": 0, "clips": self.clips})
        edits.append({"op": "overwrite", "track": "high", "at": 100, "clips": [taken]})
        edits.append({"op": "add_marker", "marker": {"frame": 20, "name": self.cut, "colour": "#f7b801"}})
        self.ask("post", f"/timelines/{self.cut}/edits", {"revision": made["revision"], "edits": edits})
        self.page.evaluate("location.origin !== 'null' && localStorage.clear()")
        self.page.goto(f"/p/{self.project}/cut?cut={self.cut}")
        until(self.page, f"document.getElementById('cut-scenes')?.textContent.includes('{self.cut}')")
        until(self.page, f"document.querySelectorAll('#cut-layer .clip').length === {_CLIPS}")

    def press(self, key: str) -> None:
        """A key by its name in the table: "Shift ←", or "G B" one after the other."""
        *held, last = key.split(" ")
        if held == ["G"]:
            self.page.keyboard.press("g")
            held = []
        typed = _TYPED.get(last, last)
        typed = typed.lower() if len(typed) == 1 and "Shift" not in held else typed
        self.page.keyboard.press("+".join([*(_TYPED.get(each, each) for each in held), typed]))

    def at(self, frame: int) -> None:
        """The playhead on a frame; the focus nowhere."""
        self.page.locator("#cut-timecode").fill(f"00:00:{frame // 24:02}:{frame % 24:02}")
        self.page.locator("#cut-timecode").press("Enter")
        until(self.page, f"{_AT} === {frame}")

    def choose(self, clip: str) -> None:
        self.page.locator(f'[data-clip="{clip}"]').click()
        until(self.page, f"{_CHOSEN} === '{clip}'")

    def says(self, question: str) -> bool:
        return bool(self.page.evaluate(question))

    def low(self) -> list[tuple[int, int]]:
        return [(start, frames) for _, start, frames in self.tracks()["low"]]

    def clips_of(self, name: str) -> list[dict[str, Any]]:
        return next(track["clips"] for track in self.document()["tracks"] if track["id"] == name)

    def ids(self) -> list[str]:
        return [clip for clip, _, _ in self.tracks()["low"]]

    def split(self) -> None:
        self.at(60)
        self.page.locator('.tbar [data-cut="split"]').click()
        self.until(lambda: len(self.low()) == _CLIPS)
        until(self.page, f"{_UNDO}.includes('Split')")

    def until(self, shown: Callable[[], bool]) -> None:
        end = time.monotonic() + 15
        while not shown():
            assert time.monotonic() < end, "it never came to that"
            time.sleep(0.05)


class Check(NamedTuple):
    """What is made ready, what must hold after the key and must not before it, and what is pressed between."""

    shown: Callable[[Scene], bool]
    ready: Callable[[Scene], Any] = lambda scene: None
    after: tuple[str, ...] = ()


def _frame(number: int, start: int = 60) -> Check:
    return Check(lambda s: s.says(f"{_AT} === {number}"), lambda s: s.at(start))


def _tool(name: str, before: str = "select") -> Check:
    hand = "document.getElementById('cut-lanes').dataset.tool"

    def ready(scene: Scene) -> None:
        scene.page.locator(f'.tbar [data-cut="{before}"]').click()
        until(scene.page, f"{hand} === '{before}'")

    return Check(lambda s: s.says(f"{hand} === '{name}'"), ready)


def _range(length: str, frame: int = 60, *, marked: bool = False) -> Check:
    def ready(scene: Scene) -> None:
        scene.at(frame)
        scene.page.locator('[data-play="loop"]').click()
        if marked:
            scene.page.locator('[data-play="mark-in"]').click()

    return Check(lambda s: s.says(f"{_LENGTH} === '{length}'"), ready)


def _low(*expected: tuple[int, int], ready: Callable[[Scene], Any] = lambda s: s.at(60)) -> Check:
    return Check(lambda s: s.low() == list(expected), ready)


def _chosen(scene: Scene) -> None:
    scene.choose("c1")


def _beside(scene: Scene) -> None:
    """A clip is chosen that nothing touches."""
    scene.choose("take")


def _take(start: int) -> Check:
    return Check(lambda s: [clip[1:] for clip in s.tracks()["high"]] == [(start, 40)], _beside)


def _half_seen(scene: Scene) -> None:
    """A clip that is half seen was copied, another one is chosen."""
    edit = {"op": "set_clip", "clip": "c0", "fields": {"opacity": 0.5}}
    scene.ask("post", f"/timelines/{scene.cut}/edits", {"revision": 2, "edits": [edit]})
    until(scene.page, f"{_UNDO}.includes('pacity')")
    scene.choose("c0")
    scene.press("Ctrl C")
    scene.choose("c1")


def _copied(scene: Scene) -> None:
    scene.choose("c1")
    scene.press("Ctrl C")
    scene.at(143)


def _in_the_bin(scene: Scene) -> None:
    scene.page.locator("#bin-media").click()
    scene.page.locator("#bin-shown [data-media] [data-cut=insert]").focus()


def _brought(label: str) -> Check:
    def shown(scene: Scene) -> bool:
        clips = [c for t in scene.document()["tracks"] for c in t.get("clips", []) if c.get("media") == scene.sha256]
        return len(clips) > 1 and scene.says(f"{_UNDO}.includes('{label}')")

    return Check(shown, _in_the_bin)


def _undone(scene: Scene) -> None:
    scene.split()
    scene.page.locator("[data-cut-undo]").click()
    scene.until(lambda: len(scene.low()) == _CLIPS - 1)
    until(scene.page, "!document.querySelector('[data-cut-redo]').disabled")


def _near(times: int) -> Callable[[Scene], None]:
    def ready(scene: Scene) -> None:
        for _ in range(times):
            scene.page.locator('.tbar [data-cut="closer"]').click()
        until(scene.page, f"{_ZOOM} > 2")

    return ready


def _open(sheet: str) -> str:
    return f"document.querySelector('{sheet}').matches(':popover-open')"


def _gone(room: str) -> Check:
    return Check(lambda s: s.says(f"location.pathname.replace(/\\/$/, '').endsWith('{room}')"))


_MARKS = "(document.querySelectorAll('#cut-scenes .mkr:not([hidden])').length)"
CHECKS: dict[str, Check] = {
    "cut.toggle": Check(lambda s: s.says(_PLAYS)),
    "cut.back": Check(lambda s: s.says(f"{_PLAYS} && {_AT} < 60"), lambda s: s.at(60)),
    "cut.stop": Check(lambda s: not s.says(_PLAYS), lambda s: (s.press("L"), until(s.page, _PLAYS))),
    "cut.forward": Check(lambda s: s.says(f"{_PLAYS} && {_AT} > 0")),
    "cut.frame-back": _frame(59),
    "cut.frame-on": _frame(61),
    "cut.ten-back": _frame(50),
    "cut.ten-on": _frame(70),
    "cut.prev-cut": _frame(48),
    "cut.next-cut": _frame(96),
    "cut.first": _frame(0),
    "cut.last": _frame(143),
    "cut.mark-in": _range("00:00:03:12"),
    "cut.mark-out": _range("00:00:02:13"),
    "cut.clear-marks": _range("00:00:06:00", marked=True),
    "cut.select": _tool("select", "slip"),
    **{f"cut.{tool}": _tool(tool) for tool in ("trim", "stretch", "slip", "slide")},
    "cut.split": _low((0, 48), (48, 12), (60, 36), (96, 48)),
    "cut.cut-left": _low((0, 48), (48, 36), (84, 48)),
    "cut.cut-right": _low((0, 48), (48, 12), (60, 48)),
    "cut.lift": _low((0, 48), (96, 48), ready=_chosen),
    "cut.ripple-delete": _low((0, 48), (48, 48), ready=_chosen),
    "cut.nudge-left": _take(99),
    "cut.nudge-right": _take(101),
    "cut.nudge-left-far": _take(90),
    "cut.nudge-right-far": _take(110),
    "cut.paste-look": Check(lambda s: [c.get("opacity") for c in s.clips_of("low")][:2] == [0.5, 0.5], _half_seen),
    "cut.insert": _brought("Insert"),
    "cut.overwrite": _brought("Lay down"),
    "cut.copy": Check(lambda s: len(s.low()) == _CLIPS, _chosen, after=("End", "Ctrl V")),
    "cut.cut": Check(lambda s: len(s.low()) == 3 and "c1" not in s.ids(), _chosen, after=("End", "Ctrl V")),
    "cut.paste": Check(lambda s: len(s.low()) == _CLIPS, _copied),
    "cut.duplicate": Check(lambda s: len(s.low()) == _CLIPS, _chosen),
    "cut.freeze": Check(
        lambda s: any(c["name"].endswith("frozen") for t in s.document()["tracks"] for c in t.get("clips", [])),
        lambda s: s.at(110),
    ),
    "cut.undo": _low((0, 48), (48, 48), (96, 48), ready=lambda s: s.split()),
    "cut.redo": _low((0, 48), (48, 12), (60, 36), (96, 48), ready=_undone),
    "cut.all": Check(lambda s: s.says(f"{_CHOSEN} === 'c0,c1,c2,take'")),
    "cut.snap": Check(lambda s: s.says("document.querySelector('[data-cut=snap]').ariaPressed === 'false'")),
    "cut.nothing": Check(lambda s: s.says(f"{_CHOSEN} === ''"), _chosen),
    "cut.marker": Check(
        lambda s: 60 in [m["frame"] for m in s.document()["markers"]] and s.says(f"{_MARKS} === 2"), lambda s: s.at(60)
    ),
    "cut.marker-before": _frame(20),
    "cut.marker-after": _frame(20, start=3),
    "cut.closer": Check(lambda s: s.says(f"{_ZOOM} > 2")),
    "cut.wider": Check(lambda s: s.says(f"{_ZOOM} <= 1"), _near(1)),
    "cut.fit": Check(lambda s: s.says(f"{_ZOOM} <= 1"), _near(4)),
    "shell.palette": Check(lambda s: s.says(_open("#palette"))),
    "shell.keys": Check(lambda s: s.says(_open("#keys"))),
    "shell.close": Check(lambda s: not s.says(_open("#keys")), lambda s: (s.press("?"), until(s.page, _open("#keys")))),
    "shell.go": Check(lambda s: s.says("location.pathname.includes('/script')"), after=("S",)),
    "shell.go-projects": _gone("/projects"),
    "shell.go-home": Check(lambda s: s.says(f"location.pathname.replace(/\\/$/, '') === '/p/{s.project}'")),
    **{f"shell.go-{room}": _gone(f"/{room}") for room in ("script", "breakdown", "board", "renders", "settings")},
    "shell.go-cut": Check(
        lambda s: s.says("location.pathname.includes('/cut')"),
        lambda s: (s.press("G S"), until(s.page, "location.pathname.includes('/script')")),
    ),
}
"""What the key of each act does to the scene."""

_ROOMS = ("cut", "shell")
KEYED = [(act.id, key) for act in ACTS if act.room in _ROOMS for key in act.keys]


@pytest.fixture(scope="module")
def scene(studio: Studio, chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Generator[Scene]:
    context = chromium.new_context(viewport=DESK, base_url=studio.address)
    body = {"email": "tasta@example.com", "password": PASSWORD, "display_name": "Tasta"}
    assert context.request.post("/api/v1/auth/register", data=body, headers={"Origin": studio.address}).ok
    yield Scene(studio, context, tmp_path_factory.mktemp("takes"))
    context.close()


def test_every_act_with_a_key_is_checked() -> None:
    assert {act for act, _ in KEYED} == set(CHECKS)


@pytest.mark.parametrize(("act", "key"), KEYED, ids=[f"{act}-{key.replace(' ', '_')}" for act, key in KEYED])
def test_a_key_does_what_the_table_says(scene: Scene, act: str, key: str) -> None:
    check = CHECKS[act]
    scene.fresh()
    check.ready(scene)
    assert not check.shown(scene), f"{BY_ID[act].words}: so already, without the key"
    scene.press(key)
    for each in check.after:
        scene.press(each)
    scene.until(lambda: check.shown(scene))


def test_a_double_click_on_a_clip_opens_its_file_with_in_and_out_as_in_the_cut(scene: Scene) -> None:
    scene.fresh()
    edit = {"op": "slip", "clip": "take", "by": 5}
    scene.ask("post", f"/timelines/{scene.cut}/edits", {"revision": 2, "edits": [edit]})
    until(scene.page, f"{_UNDO}.includes('slip')")
    scene.page.locator('[data-clip="take"]').dblclick(position={"x": 40, "y": 30})
    expect(scene.page.locator("#source-range")).to_have_text("0:05 to 1:21 · 1:16")
    scene.page.keyboard.press("Escape")
    expect(scene.page.locator("#source-range")).to_have_count(0)
