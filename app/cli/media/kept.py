"""`inkreel render --timeline`: a cut of the data folder made into a film as its page makes it, by the studio's own workers."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from app.cli.folder import delivered, followed
from app.cli.media.bin import data_home, workers
from app.cli.show import json_show, rich_show
from app.cli.stop import stoppable
from studio.accounts import service as accounts
from studio.core.db import unit_of_work
from studio.core.storage import media_key, storage
from studio.engine.presets import Order
from studio.renders import service as renders
from studio.runs import service as runs
from studio.timelines import service as timelines


def render_kept(cut: str, order: Order, target: Path, *, as_json: bool) -> None:
    """Make the film of a cut as it is now; it stands in the renders room as well, and its pieces are kept for the next one.

    Raises:
        NotFound: there is no such cut.
        Invalid, Conflict: it cannot be made as ordered.
        RunFailed, Cancelled: it was not made.
    """
    with data_home() as s, stoppable() as stop, json_show() if as_json else rich_show() as show:
        with unit_of_work() as uow:
            actor = accounts.ensure_owner(uow)
            card = timelines.get_card(uow, actor, cut)
        show.stage(f"Starting on {card.name}")
        with workers(s):
            with unit_of_work() as uow:
                made = renders.submit_render(uow, actor, cut, order)
                run = runs.get_run(uow, actor, made.run_id)
            result: dict[str, Any] = followed(actor, run, show, stop, "film").result or {}
        with delivered(target, "film") as part:
            shutil.copyfile(storage(s).fetch(media_key(result["sha256"])), part)
        summary = {
            "ok": True,
            "output": str(target),
            "id": run.id,
            "timeline": cut,
            "revision": card.revision,
            **{key: result[key] for key in ("preset", "frames", "rate", "size", "level")},
        }
        show.done(summary, f"{card.name}, revision {card.revision}: {result['frames']} frames")
