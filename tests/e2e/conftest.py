"""A real studio (`inkreel up`, workers, Redis, built pages), once per test process, and real browsers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.support.chromium import MISSING, executable
from tests.support.postgres import free_port
from tests.support.studio import INKREEL, processes_of

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "correct horse battery"
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]


@dataclass
class Studio:
    """A running studio."""

    address: str
    first_run: str
    home: Path
    process: subprocess.Popen[str]

    def pids(self, words: str) -> list[int]:
        """Processes of this studio whose command line holds these words."""
        return sorted(pid for pid, line in processes_of(self.home) if words in line)


@pytest.fixture(scope="session")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Generator[Studio]:
    """`inkreel up --json` on a free port, with a data folder of its own."""
    home = tmp_path_factory.mktemp("studio") / "home"
    with running(home) as it:
        yield it


class running:  # noqa: N801 - reads as a phrase where it is used
    """A studio for as long as the block lasts."""

    def __init__(self, home: Path, **settings: str) -> None:
        self.home, self.settings = home, settings

    def __enter__(self) -> Studio:
        port = free_port()
        env = {k: v for k, v in os.environ.items() if not k.startswith(("INKREEL_", "REFLEX_", "__REFLEX"))}
        env |= {"INKREEL_HOME": str(self.home), "INKREEL_WORKERS": "2", **self.settings}
        command = [*INKREEL, "up", "--json", "--port", str(port)]
        self.process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, f"the studio did not start: see {self.home}/logs"
        told = json.loads(line)
        return Studio(told["address"], told.get("first_run") or "", self.home, self.process)

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=30)
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture(scope="module")
def playwright() -> Generator[Playwright]:
    """Playwright, until the module's last test: while it lives this thread has a running event loop, which others lack."""
    executable()  # looked for now: it may need a Playwright of its own
    with sync_playwright() as it:
        yield it


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Generator[Browser]:
    path = executable()
    if path is None:
        pytest.skip(MISSING)
    browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
    yield browser
    browser.close()


SHORT = """Title: The Last Ferry

EXT. HARBOUR PIER - DUSK

MARA, 60s, grey hair, a long blue coat, walks along the rail with a rope.

BEN
Wait! Is this the last one?

INT. HARBOUR CAFE - NIGHT

Mara pours tea into two cups.
"""
"""Two scenes with few shots: for tests to which the size of a film is nothing. The sample keeps two workers busy for long."""


WHOLE = (ROOT / "assets/samples/the-last-ferry.fountain").read_text(encoding="utf-8")
"""The sample: under way for a minute and more, whatever else the machine does."""

LONGER = WHOLE.split("INT. HARBOUR CAFE")[0]
"""The first scene of the sample, nine shots and half a minute: for what must be under way for a while."""


def started(context: BrowserContext, studio: Studio, text: str = SHORT) -> dict[str, Any]:
    """A project with a film, the short one unless told otherwise, which draws itself: its ids."""
    body = {"text": text, "name": "the-last-ferry.fountain"}
    answer = context.request.post("/api/v1/projects/start", data=body, headers={"Origin": studio.address})
    assert answer.ok, answer.text()
    return answer.json()["data"]


DRAWN = r"/(?<!\d)(\d+) of \1 drawn/.test(document.body.textContent)"
"""What a page is asked until its board is drawn."""

Person = Callable[..., BrowserContext]


@pytest.fixture
def person(studio: Studio, chromium: Browser) -> Generator[Person]:
    """Opens a browser of its own for a person, signed in (an account is made the first time)."""
    opened: list[BrowserContext] = []

    def browser_of(name: str, *, viewport: dict[str, int] = DESK, **options: Any) -> BrowserContext:
        context = chromium.new_context(viewport=viewport, base_url=studio.address, **options)
        opened.append(context)
        body = {"email": f"{name}@example.com", "password": PASSWORD, "display_name": name.title()}
        headers = {"Origin": studio.address}
        answer = context.request.post("/api/v1/auth/login", data=body, headers=headers)
        if answer.status == 401:
            answer = context.request.post("/api/v1/auth/register", data=body, headers=headers)
        assert answer.ok, answer.text()
        return context

    yield browser_of
    for context in opened:
        context.close()


@pytest.fixture
def quiet(studio: Studio) -> Callable[[Page], list[str]]:
    """Collects what a page's console complains about: nothing is expected."""

    def watched(page: Page) -> list[str]:
        complaints: list[str] = []
        page.on("pageerror", lambda e: complaints.append(str(e)))
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        return complaints

    return watched


def until(page: Page, question: str, *, seconds: float = 30) -> None:
    """Ask a question of the page until it is true. (Playwright's own waiting needs eval, which our policy forbids pages.)"""
    end = time.monotonic() + seconds
    while not page.evaluate(question):
        assert time.monotonic() < end, f"never true within {seconds} s: {question}"
        page.wait_for_timeout(100)


def noted(figure: str) -> None:
    """Put a measured figure into the output of the tests (shown with `-s`)."""
    sys.stdout.write(f"\n{figure}\n")
