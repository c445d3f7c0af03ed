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
from studio.accounts.views import Actor
from studio.core.db import reading
from studio.core.settings import settings
from studio.core.storage import media_key, storage
from studio.engine import presets
from studio.engine.presets.asked import checked, order_of
from studio.projects import service as projects
from studio.renders import service as renders
from studio.scripts import service as scripts


def film(
    script: Annotated[Path, typer.Argument(help=f"A screenplay: {folder.FORMATS}.", show_default=False)],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="The file to write; film.mp4 unless the preset is another kind."),
    ] = None,
    preset: Annotated[str, typer.Option("--preset", help=f"One of: {', '.join(presets.PRESETS)}.")] = "1080p",
    shape: Annotated[
        str, typer.Option("--shape", help=f"The shape of the picture: {', '.join(projects.SHAPES)}.")
    ] = "16:9",
    rate: Annotated[str, typer.Option("--rate", help=f"Frames a second: {', '.join(projects.RATES)}.")] = "24",
    captions: Annotated[str, typer.Option("--captions", help=f"One of: {', '.join(presets.CAPTIONS)}.")] = "track",
    fit: Annotated[str, typer.Option("--fit", help="In another shape: contain, with bars, or cover.")] = "contain",
    start: Annotated[int, typer.Option("--from", help="The first frame.", min=0)] = 0,
    end: Annotated[int | None, typer.Option("--to", help="The frame after the last.", min=1)] = None,
    split: Annotated[bool, typer.Option("--split", help="A file for each scene, in a ZIP.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line: progress, then the result.")] = False,
) -> None:
    """Make a film of a script: shots, panels, voices, music, captions, render."""
    order = checked(
        order_of({"preset": preset, "captions": captions, "fit": fit, "start": start, "end": end, "split": split})
    )
    told_in = projects.format_named(shape, rate)
    data = folder.read_bytes(script)
    scripts.read_script(data, script.name)
    suffix = ".zip" if split and order.kind.makes != "png" else f".{order.kind.container}"
    named = f"This format is a {suffix[1:].upper()} file: name it {(output or Path('film')).with_suffix(suffix)}."
    target = folder.writable_target(output or Path(f"film{suffix}"), "film", (suffix,), named)
    require_tools(settings())
    renders.require_preset(preset)
    with folder.data_folder("film") as s, stoppable() as stop, json_show() if as_json else rich_show() as show:
        show.stage("Starting the studio")
        with crew(s):
            actor, run = folder.broken_down(
                data, script.name, told_in, show, lambda uow, actor, id: renders.submit_film(uow, actor, id, order)
            )
            ended = folder.followed(actor, run, show, stop, "film")
        result = ended.result or {}
        with folder.delivered(target, "film") as part:
            shutil.copyfile(storage(s).fetch(media_key(result["sha256"])), part)
        if captions == "file" and not split:
            _beside(actor, run.id, target)
        summary = _summary(result, target)
        made = summary["provider"]
        show.done(
            summary,
            f"{summary['seconds']:.1f} s, {summary['frames']} frames",
            f"pictures: {made['image']} · voices: {made['voice']} · music: {made['music']}",
        )


def _beside(actor: Actor, render_id: str, target: Path) -> None:
    """The captions as files beside the film."""
    for form in ("srt", "vtt"):
        with reading() as uow:
            words = renders.get_sidecar(uow, actor, render_id, form)
        with folder.delivered(target.with_suffix(f".{form}"), "captions") as part:
            part.write_text(words, encoding="utf-8", newline="\n")


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
