"""`inkreel report`: the report card of a finished file, measured in the sandbox."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from app.cli.media.probe import present
from app.cli.stop import stoppable
from studio.core.errors import EXIT_CODE
from studio.engine.report.apart import measured_apart
from studio.engine.time import Rate


def report(
    file: Annotated[Path, typer.Argument(help="A film or sound.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Measure a file: black, frozen and silent stretches, clipping, loudness, flashes, its end. Exit code 65 when it fails."""
    with stoppable() as stop:
        card, probe = measured_apart(present(file), stop=stop)
    if as_json:
        print(json.dumps({"ok": card.level != "fail", **card.plain(), "probe": probe}, ensure_ascii=False))
    else:
        rate = Rate(**probe["rate"]) if probe["rate"] else Rate(25)
        for found in card.findings:
            place = f"{float(rate.seconds(found.start)):8.2f} s" if found.end else " " * 10
            print(f"{found.level:4}  {place}  {found.sentence}")
    if card.level == "fail":
        raise typer.Exit(EXIT_CODE["invalid"])
