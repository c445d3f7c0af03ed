"""From a figure dropped on the plan to its picture: the act, the preview, both; then the engine's part of it by style."""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from studio.accounts import service as accounts
from studio.accounts.views import Actor
from studio.core.db import reading, unit_of_work
from studio.core.migrations import migrated
from studio.core.settings import prepared_home, settings
from studio.engine.artist.panel import drawn
from studio.engine.artist.spec import PanelSpec, Style
from studio.storyboards import service as storyboards
from studio.storyboards.stage.views import CameraPlacing, FigurePlacing
from studio.thread import service as thread

MOVES = 60
_PASSWORD = "a long enough password"


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds on the clock, and of the processor."""
    begun, worked = time.perf_counter(), time.thread_time()
    work()
    return (time.perf_counter() - begun) * 1000, (time.thread_time() - worked) * 1000


def told(what: str, taken: list[tuple[float, float]]) -> None:
    clock, cpu = ([each[i] for each in taken] for i in (0, 1))
    p95 = [statistics.quantiles(values, n=20)[18] for values in (clock, cpu)]
    print(
        f"{what:22} {len(taken)} times: p50 {statistics.median(clock):5.0f} ms, p95 {p95[0]:5.0f} ms; "
        f"CPU p50 {statistics.median(cpu):5.0f} ms, p95 {p95[1]:5.0f} ms"
    )


def dropped(actor: Actor, shots: list[str]) -> tuple[list[tuple[float, float]], list[PanelSpec]]:
    """Somebody or the camera put elsewhere again and again: what act and preview took together, and what was drawn."""
    acts: list[tuple[float, float]] = []
    pictures: list[tuple[float, float]] = []
    specs: list[PanelSpec] = []
    for step in range(MOVES):
        shot = shots[step % len(shots)]
        with reading() as uow:
            plan = storyboards.get_floor_plan(uow, actor, shot)
        name = plan.figures[step % len(plan.figures)].name
        where = FigurePlacing(name, x=random.uniform(-1.5, 1.5), z=random.uniform(-0.5, 1.5))
        round_it = CameraPlacing(azimuth=random.uniform(-60, 60)) if step % 4 == 3 else None
        acts.append(timed(partial(_put, actor, shot, where, round_it)))
        pictures.append(timed(partial(storyboards.preview_panel, actor, shot)))
        with reading() as uow:
            specs.append(storyboards.panel_brief(uow, actor, plan.panel_id).spec)
    told("the act", acts)
    told("the preview, 640x360", pictures)
    return [(a + c, b + d) for (a, b), (c, d) in zip(acts, pictures, strict=True)], specs


def _put(actor: Actor, shot: str, figure: FigurePlacing, camera: CameraPlacing | None) -> None:
    with unit_of_work() as uow:
        storyboards.place_on_floor(uow, actor, shot, [figure], camera)


def main() -> None:
    random.seed(1)
    with tempfile.TemporaryDirectory(prefix="inkreel-redraw-") as folder:
        os.environ["INKREEL_HOME"] = folder
        settings.cache_clear()
        prepared_home(settings())
        migrated()
        actor = accounts.register(email="a@example.com", password=_PASSWORD, display_name="A").session.actor
        started = thread.open_sample(actor)
        with reading() as uow:
            cards = storyboards.list_cards(uow, actor, started.script_id, limit=100).items
        shots = [card.shot_id for card in cards if card.cast and card.type != "POV" and card.size != "INSERT"]
        storyboards.preview_panel(actor, shots[0])
        both, specs = dropped(actor, shots)
        told("drop to picture", both)
    for style in Style:
        some = [replace(spec, style=style) for spec in specs[::3]]
        told(f"engine, {style.value}", [timed(partial(_small, spec)) for spec in some])


def _small(spec: PanelSpec) -> bytes:
    return drawn(spec, width=640, height=360).png()


if __name__ == "__main__":
    main()
