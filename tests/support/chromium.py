"""The browser of the tests in a browser: the system's Chromium, else Playwright's own, proved to start."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = "there is no browser here: run `make test` as root or install chromium"


@lru_cache(maxsize=1)
def executable() -> Path | None:
    """A browser that starts; None when there is none, and then the tests in a browser are skipped with `MISSING`."""
    system = [Path(found) for name in NAMES if (found := shutil.which(name))]
    return next((path for path in chain(system, _playwrights()) if _starts(path)), None)


def _playwrights() -> Iterator[Path]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield Path(playwright.chromium.executable_path)


def _starts(path: Path) -> bool:
    """Whether it finds its libraries."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, check=False, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


if __name__ == "__main__":
    sys.exit(0 if executable() else 1)
