"""What commands that work over a data folder share: the script they read, the folder they work in, the file they leave behind."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from app.cli.show import Show
from app.cli.stop import Stop
from studio.accounts.views import Actor
from studio.core import log
from studio.core.errors import Cancelled, Invalid, RunFailed, Unavailable
from studio.core.settings import Settings, prepared_home, settings
from studio.runs.states import RunState
from studio.runs.views import RunView
from studio.scripts.formats.reading import MAX_FILE_BYTES

if TYPE_CHECKING:
    from studio.core.db import UnitOfWork
    from studio.projects.views import FilmFormat

T = TypeVar("T")
FORMATS = "Fountain, Final Draft, PDF, Word, Fade In or plain text"


def read_bytes(script: Path) -> bytes:
    """A screenplay file, at most one byte more than is taken. Raises: Invalid."""
    try:
        with script.open("rb") as f:
            return f.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        raise Invalid(f"There is no file {script}. Check the path.", field="script") from None
    except OSError as e:
        raise Invalid(f"{script} cannot be read ({e.strerror}). Give a screenplay file.", field="script") from e


def writable_target(output: Path, what: str, suffixes: Sequence[str], told: str) -> Path:
    """The absolute path of a file, proved writable before the work; `told` says what else it must end with. Raises: Invalid."""
    target = output.absolute()
    if target.suffix.lower() not in suffixes:
        raise Invalid(told, field="output")
    if target.is_dir() or not target.parent.is_dir() or not os.access(target.parent, os.W_OK):
        raise Invalid(
            f"The {what} cannot be written to {target}. Choose a folder that exists and is yours.", field="output"
        )
    return target


@contextmanager
def data_folder(command: str) -> Generator[Settings]:
    """The data folder: the one of INKREEL_HOME, else a private one that is gone afterwards."""
    private = None
    if "INKREEL_HOME" not in os.environ:
        private = tempfile.mkdtemp(prefix=f"inkreel-{command}-")
        os.environ["INKREEL_HOME"] = private
        settings.cache_clear()
    try:
        s = settings()
        home = prepared_home(s)
        (home / "logs").mkdir(exist_ok=True)
        log.configured(s.log_level, home / "logs" / f"{command}.jsonl")
        yield s
    finally:
        if private:
            del os.environ["INKREEL_HOME"]
            settings.cache_clear()
            shutil.rmtree(private, ignore_errors=True)


def broken_down(
    data: bytes, name: str, film: FilmFormat, show: Show, then: Callable[[UnitOfWork, Actor, str], T]
) -> tuple[Actor, T]:
    """A script in a new project of that format with its shots, and what `then` makes of it in the same transaction."""
    from studio.accounts import service as accounts  # here and below: commands without a database need none of it
    from studio.core.db import unit_of_work
    from studio.projects import service as projects
    from studio.scripts import service as scripts
    from studio.storyboards import service as storyboards

    show.stage("Reading the script")
    with unit_of_work() as uow:
        actor = accounts.ensure_owner(uow)
        project = projects.create_project(uow, actor, name=Path(name).stem[:200].strip() or "Film", film=film)
        script = scripts.import_script(uow, actor, project.id, data=data, name=name)
        shots = storyboards.break_down(uow, actor, script.id)
        made = then(uow, actor, script.id)
    show.script(script.title or project.name, len(script.scenes), len(script.characters), shots)
    return actor, made


def followed(actor: Actor, run: RunView, show: Show, stop: Stop, what: str) -> RunView:
    """Show progress until a run has ended; when told to stop, cancel it. Raises: RunFailed, Cancelled."""
    from jobs.progress import follow
    from studio.core.db import unit_of_work
    from studio.runs import service as runs

    for view in follow(actor, run.project_id, stop=stop):
        if view.id == run.id:
            show.progress(view)
            if view.ended:
                return _checked(view, what)
    with unit_of_work() as uow:
        runs.cancel_run(uow, actor, run.id)
    raise Cancelled("Stopped.")


def _checked(view: RunView, what: str) -> RunView:
    if view.state is RunState.CANCELLED:
        raise Cancelled("Stopped on request.")
    if view.state is not RunState.COMPLETED:
        raise RunFailed(view.error_message or f"The {what} could not be made.", code=view.error_code)
    return view


@contextmanager
def delivered(target: Path, what: str) -> Generator[Path]:
    """A name to write to, beside the target; renamed when the block ends well: what was there stays until the new one is whole.

    Raises:
        Unavailable: the file cannot be written.
    """
    part = target.with_name(f".{target.name}.part")
    try:
        yield part
        part.replace(target)
    except OSError as e:
        raise Unavailable(f"The {what} could not be written to {target} ({e.strerror}).", service="disk") from e
    finally:
        part.unlink(missing_ok=True)
