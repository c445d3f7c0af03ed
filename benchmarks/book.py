"""A board of 500 panels as a PDF by layout, from the store to the file; beside it reportlab with the same pictures and no words.

Goal: 30 s of wall time each. The pictures are the artist's, 1920 x 1080, each a little different, kept as the studio keeps them.
"""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from reportlab.pdfgen.canvas import Canvas

from benchmarks.panels import specs
from studio.core.storage import LocalStorage, Storage, media_key
from studio.engine.artist.backends import raster, skia
from studio.engine.artist.panel import drawn
from studio.media import service as media
from studio.storyboards.printing.book import BoardBook, BookPanel, BookScene
from studio.storyboards.printing.layouts import LAYOUTS
from studio.storyboards.printing.options import LayoutName, PrintOptions
from studio.storyboards.printing.writing import pixels_needed, write_print
from studio.storyboards.service.paper.book import fetched

PANELS, SCENE, DRAWN = 500, 20, 20
LIMIT_S = 30.0
_WORDS = "She walks along the rail until the lamp goes out, and nobody on the pier has seen where the boat went."


def book(store: Storage, folder: Path) -> BoardBook:
    """500 panels in 25 scenes with words and pictures."""
    pictures = [raster.raster(one.ops, one.page, one.pixels, skia.painted) for one in map(drawn, specs()[:DRAWN])]
    panels: list[BookPanel] = []
    for at in range(PANELS):
        shown = np.roll(np.asarray(pictures[at % DRAWN]), 3 * at, axis=1)
        path = folder / "panel.png"
        cv2.imwrite(str(path), shown[:, :, :3], [cv2.IMWRITE_PNG_COMPRESSION, 3])
        file = media.stored(store, path, kind="image", mime="image/png", name="panel.png")
        media.store_thumbnail(store, file.sha256, path.read_bytes(), folder)
        number = f"{at // SCENE + 1}{chr(65 + at % SCENE)}"
        spoken = (("MARA", "Then who lit the lamp? Nobody else has a boat."),)
        panels.append(BookPanel(number, "MCU", "EYE", "PUSH_IN", 50.0, 3.5, _WORDS, spoken, ("MARA",), file.sha256))
    scenes = [panels[at : at + SCENE] for at in range(0, PANELS, SCENE)]
    return BoardBook(
        "The Last Ferry",
        "A. Writer",
        date(2026, 11, 21),
        tuple(BookScene(str(n), "EXT. PIER - DUSK", 70.0, tuple(some), 12) for n, some in enumerate(scenes, start=1)),
    )


def measured(work: Callable[[], Any]) -> tuple[float, float]:
    """Wall and CPU seconds of a piece of work."""
    used, begun = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    work()
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF)
    return wall, after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime


def told(name: str, figures: tuple[float, float], out: Path, *, limit: bool = True) -> None:
    wall, cpu = figures
    verdict = "" if not limit else "kept" if wall <= LIMIT_S else f"MISSED, {wall / LIMIT_S:.1f} x the limit"
    print(
        f"{name:28} {wall:6.1f} s wall {cpu:6.1f} s CPU {1000 * cpu / PANELS:6.1f} ms CPU a panel "
        f"{out.stat().st_size / 1e6:7.1f} MB  {verdict}",
        flush=True,
    )


def printed(store: Storage, found: BoardBook, layout: LayoutName, out: Path) -> None:
    """What a worker does with a board."""
    options = PrintOptions(layout=layout)
    write_print(fetched(found, pixels=pixels_needed(found, options), store=store), options, out)


def peer(store: Storage, found: BoardBook, out: Path) -> None:
    """One picture a page as it is stored, by reportlab alone: what a script of ten lines would do."""
    canvas: Any = Canvas(str(out), pagesize=(792, 612), pageCompression=1)
    for panel in found.panels:
        canvas.drawImage(str(store.fetch(media_key(panel.sha256 or ""))), 36, 100, 720, 405)
        canvas.showPage()
    canvas.save()


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="inkreel-book-") as name:
        folder = Path(name)
        store = LocalStorage(folder / "store", b"")
        found = book(store, folder)
        for layout in LAYOUTS:
            told(
                layout,
                measured(lambda layout=layout: printed(store, found, layout, folder / "a.pdf")),
                folder / "a.pdf",
            )
        few = replace(found, scenes=found.scenes[:2])
        wall, cpu = measured(lambda: peer(store, few, folder / "b.pdf"))
        share = PANELS / len(few.panels)
        told(f"reportlab alone (x {share:g})", (wall * share, cpu * share), folder / "b.pdf", limit=False)


if __name__ == "__main__":
    main()
