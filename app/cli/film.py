"""`inkreel film`: words to film in one command, with real workers, no browser and no server."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.health import require_tools
from app.cli.show import Show, json_show, rich_show
from app.cli.stop import Stop, stoppable
from jobs.crew import crew
from jobs.progress import follow
from studio.accounts import service as accounts
from studio.accounts.views import Actor
from studio.core import log
from studio.core.db import unit_of_work
from studio.core.errors import Cancelled, Invalid, RunFailed, Unavailable
from studio.core.settings import Settings, prepared_home, settings
from studio.core.storage import media_key, storage
from studio.engine import presets
from studio.projects import service as projects
from studio.renders import service as renders
from studio.runs import service as runs
from studio.runs.states import RunState
from studio.runs.views import RunView
from studio.scripts import service as scripts
from studio.scripts.source import MAX_BYTES
from studio.storyboards import service as storyboards


def film(
    script: Annotated[Path, typer.Argument(help="A screenplay in Fountain or plain text.", show_default=False)],
    output: Annotated[Path, typer.Option("-o", "--output", help="The film to write (.mp4).")] = Path("film.mp4"),
    preset: Annotated[str, typer.Option("--preset", help="720p or 1080p.")] = "1080p",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line: progress, then the result.")] = False,
) -> None:
    """Make a film of a script: shots, panels, voices, music, captions, render."""
    presets.preset(preset)
    data = _read(script)
    scripts.read_script(data, script.name)
    target = _checked_target(output)
    require_tools(settings())
    with _home() as s, stoppable() as stop, json_show() if as_json else rich_show() as show:
        show.stage("Starting the studio")
        with crew(s):
            actor, run = _submitted(data, script.name, preset, show)
            ended = _followed(actor, run, show, stop)
        result = ended.result or {}
        _delivered(storage(s).fetch(media_key(result["sha256"])), target)
        show.done(_summary(result, target))


def _read(script: Path) -> bytes:
    try:
        with script.open("rb") as f:
            return f.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise Invalid(f"There is no file {script}. Check the path.", field="script") from None
    except OSError as e:
        raise Invalid(f"{script} cannot be read ({e.strerror}). Give a screenplay file.", field="script") from e


def _checked_target(output: Path) -> Path:
    """The absolute path of the film, proved writable before hours of work. Raises: Invalid."""
    target = output.absolute()
    if target.suffix.lower() != ".mp4":
        raise Invalid(f"The film is an MP4 file: name it {output.with_suffix('.mp4')}.", field="output")
    if target.is_dir() or not target.parent.is_dir() or not os.access(target.parent, os.W_OK):
        raise Invalid(
            f"The film cannot be written to {target}. Choose a folder that exists and is yours.", field="output"
        )
    return target


@contextmanager
def _home() -> Generator[Settings]:
    """The data folder: the one of INKREEL_HOME, else a private one that is gone afterwards."""
    private = None
    if "INKREEL_HOME" not in os.environ:
        private = tempfile.mkdtemp(prefix="inkreel-film-")
        os.environ["INKREEL_HOME"] = private
        settings.cache_clear()
    try:
        s = settings()
        home = prepared_home(s)
        (home / "logs").mkdir(exist_ok=True)
        log.configured(s.log_level, home / "logs" / "film.jsonl")
        yield s
    finally:
        if private:
            del os.environ["INKREEL_HOME"]
            settings.cache_clear()
            shutil.rmtree(private, ignore_errors=True)


def _submitted(data: bytes, name: str, preset: str, show: Show) -> tuple[Actor, RunView]:
    show.stage("Reading the script")
    with unit_of_work() as uow:
        actor = accounts.ensure_owner(uow)
        project = projects.create_project(uow, actor, name=Path(name).stem[:200].strip() or "Film")
        script = scripts.import_script(uow, actor, project.id, data=data, name=name)
        shots = storyboards.break_down(uow, actor, script.id)
        run = renders.submit_film(uow, actor, script.id, preset)
    show.script(script.title or project.name, len(script.scenes), len(script.characters), shots)
    return actor, run


def _followed(actor: Actor, run: RunView, show: Show, stop: Stop) -> RunView:
    """Show progress until the film run has ended; when told to stop, cancel it. Raises: RunFailed, Cancelled."""
    for view in follow(actor, run.project_id, stop=stop):
        if view.id == run.id:
            show.progress(view)
            if view.ended:
                return _checked(view)
    with unit_of_work() as uow:
        runs.cancel_run(uow, actor, run.id)
    raise Cancelled("Stopped.")


def _checked(view: RunView) -> RunView:
    if view.state is RunState.CANCELLED:
        raise Cancelled("Stopped on request.")
    if view.state is not RunState.COMPLETED:
        raise RunFailed(view.error_message or "The film could not be made.", code=view.error_code)
    return view


def _delivered(source: Path, target: Path) -> None:
    """Copy the film next to its name, then rename: what was there stays until the new one is whole. Raises: Unavailable."""
    part = target.with_name(f".{target.name}.part")
    try:
        shutil.copyfile(source, part)
        part.replace(target)
    except OSError as e:
        part.unlink(missing_ok=True)
        raise Unavailable(f"The film could not be written to {target} ({e.strerror}).", service="disk") from e


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
