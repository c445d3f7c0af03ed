"""`inkreel film`: words to film in one command, with real workers, no browser and no server."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli import folder
from app.cli.health import require_tools
from app.cli.show import json_show, rich_show
from app.cli.stop import stoppable
from jobs.crew import crew
from studio.core.settings import settings
from studio.core.storage import media_key, storage
from studio.engine import presets
from studio.renders import service as renders
from studio.scripts import service as scripts


def film(
    script: Annotated[Path, typer.Argument(help=f"A screenplay: {folder.FORMATS}.", show_default=False)],
    output: Annotated[Path, typer.Option("-o", "--output", help="The film to write (.mp4).")] = Path("film.mp4"),
    preset: Annotated[str, typer.Option("--preset", help="720p or 1080p.")] = "1080p",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line: progress, then the result.")] = False,
) -> None:
    """Make a film of a script: shots, panels, voices, music, captions, render."""
    presets.preset(preset)
    data = folder.read_bytes(script)
    scripts.read_script(data, script.name)
    named = f"The film is an MP4 file: name it {output.with_suffix('.mp4')}."
    target = folder.writable_target(output, "film", (".mp4",), named)
    require_tools(settings())
    with folder.data_folder("film") as s, stoppable() as stop, json_show() if as_json else rich_show() as show:
        show.stage("Starting the studio")
        with crew(s):
            actor, run = folder.broken_down(
                data, script.name, show, lambda uow, actor, id: renders.submit_film(uow, actor, id, preset)
            )
            ended = folder.followed(actor, run, show, stop, "film")
        result = ended.result or {}
        with folder.delivered(target, "film") as part:
            shutil.copyfile(storage(s).fetch(media_key(result["sha256"])), part)
        summary = _summary(result, target)
        made = summary["provider"]
        show.done(
            summary,
            f"{summary['seconds']:.1f} s, {summary['frames']} frames",
            f"pictures: {made['image']} · voices: {made['voice']} · music: {made['music']}",
        )


def _summary(result: dict[str, Any], target: Path) -> dict[str, Any]:
    num, _, den = str(result["rate"]).partition("/")
    return {
        "ok": True,
        "output": str(target),
        "frames": result["frames"],
        "rate": result["rate"],
        "seconds": round(result["frames"] * int(den) / int(num), 3),
        "scenes": result["scenes"],
        "shots": result["shots"],
        "provider": result["provider"],
    }
