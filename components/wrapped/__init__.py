"""React packages and small islands, wrapped for Python, one file each."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import reflex as rx


def island(first: str, *parts: str) -> str:
    """Put the files of an island into one folder of the bundle; what the first of them is imported as.

    In a thread of its own: Reflex goes through the whole stack of whoever asks for each file, and that of a page being
    imported is deep enough to be a quarter of the start.
    """
    folder = Path(first).stem
    with ThreadPoolExecutor(1) as alone:
        linked = [
            alone.submit(lambda name=name: rx.asset(name, shared=True, subfolder=folder)) for name in (first, *parts)
        ]
    return linked[0].result().importable_path
