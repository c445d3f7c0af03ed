"""`inkreel media`: bring files into a project's bin, and list what is in it, where the data folder is at hand."""

from __future__ import annotations

import json
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.folder import followed
from app.cli.media.probe import present
from app.cli.running import running_at, sole_run
from app.cli.show import Show, counted, json_show, rich_show
from app.cli.stop import Stop, stoppable
from studio.accounts import service as accounts
from studio.accounts.views import Actor
from studio.core import log
from studio.core.db import reading, unit_of_work
from studio.core.errors import Cancelled, StudioError
from studio.core.migrations import migrated
from studio.core.settings import Settings, prepared_home, settings
from studio.core.storage import sha256_of, storage
from studio.media import service as media
from studio.media.views import MOST_PIECE_BYTES, MediaCard, SubClipView, UploadView
from studio.projects import service as projects
from studio.runs import service as runs

bin_group = typer.Typer(help="Bring media into a project, and see what is there.", no_args_is_help=True)
_Project = Annotated[str, typer.Argument(help="The project's id, as its address has it.", show_default=False)]
_Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
_PAGE = 100


@bin_group.command("add")
def add(
    project: _Project,
    files: Annotated[list[Path], typer.Argument(help="Films, sounds, pictures, .cube tables.", show_default=False)],
    folder: Annotated[str, typer.Option("--folder", help="A folder of the bin.")] = "",
    as_json: _Json = False,
) -> None:
    """Bring files in: each is read, told by its content, and given a proxy, a filmstrip and a waveform."""
    for file in files:
        present(file)
    with data_home() as s, stoppable() as stop, json_show() if as_json else rich_show() as show, workers(s):
        with unit_of_work() as uow:
            actor = accounts.ensure_owner(uow)
            projects.editable_project(uow, actor, project)
        for file in files:
            brought = _brought(actor, project, file, folder, show, stop)
            told = {"ok": True, "output": brought.name, "kind": brought.kind, "sha256": brought.sha256}
            show.done({**told, "seconds": brought.seconds, "frames": brought.frames}, f"{brought.kind}, in the bin")


@bin_group.command("keep")
def keep(
    project: _Project,
    sha256: Annotated[str, typer.Argument(help="The file's hash, as `list --json` has it.", show_default=False)],
    first: Annotated[int, typer.Option("--first", help="Its first frame, at the project's rate.")],
    frames: Annotated[int, typer.Option("--frames", help="How many frames.")],
    name: Annotated[str, typer.Option("--name", help="What it is called; after its file without it.")] = "",
    as_json: _Json = False,
) -> None:
    """Keep a part of a file under a name: a sub-clip, beside its file in the bin."""
    with data_home(), unit_of_work() as uow:
        actor = accounts.ensure_owner(uow)
        kept = media.keep_sub_clip(uow, actor, project, sha256, first, frames, name)
    print(json.dumps(asdict(kept), ensure_ascii=False) if as_json else _part(kept))


@bin_group.command("list")
def show_list(
    project: _Project,
    search: Annotated[str, typer.Option("--search", help="Only names with these words.")] = "",
    as_json: _Json = False,
) -> None:
    """What is in the bin, newest first."""
    with data_home(telling=False):
        with unit_of_work() as uow:
            actor = accounts.ensure_owner(uow)
            parts = media.list_sub_clips(uow, actor, project)
        page, total, shown = 1, 1, 0
        while shown < total:
            with reading() as uow:
                found = media.list_media(uow, actor, project, search=search, page=page, limit=_PAGE)
            for card in found.items:
                mine = [part for part in parts if part.sha256 == card.sha256]
                told = {**_plain(card), "parts": [asdict(part) for part in mine]}
                lines = [json.dumps(told, ensure_ascii=False)] if as_json else [_line(card), *map(_part, mine)]
                print("\n".join(lines))
            page, total, shown = page + 1, found.total, shown + max(len(found.items), 1)
        if not as_json:
            print(counted(total, "file"))


@contextmanager
def data_home(*, telling: bool = True) -> Generator[Settings]:
    """The data folder, with its tables brought to the present form; what is changed is told, unless one only looks."""
    s = settings()
    logs = prepared_home(s) / "logs"
    logs.mkdir(exist_ok=True)
    log.configured(s.log_level, logs / "media.jsonl")
    migrated()
    if telling:
        from jobs import wiring  # with it comes the queue

        wiring.wire()
    yield s


@contextmanager
def workers(s: Settings) -> Generator[None]:
    """Those of the running studio, else some for as long as it takes."""
    if s.redis_url or running_at(s):
        yield
        return
    from jobs.crew import crew  # what only looks at the bin needs no workers

    with sole_run(s), crew(s):
        yield


def _brought(actor: Actor, project: str, file: Path, folder: str, show: Show, stop: Stop) -> MediaCard:
    """A file in the bin. Raises: what refuses it; Cancelled."""
    show.stage(f"Bringing in {file.name}")
    size = file.stat().st_size
    with unit_of_work() as uow:
        upload = media.begin_upload(
            uow, actor, project, name=file.name, size=size, sha256=sha256_of(file) if size else "", folder=folder
        )
    if upload.state == "open":
        try:
            upload = _sent(actor, upload, file, show, stop)
        except (Cancelled, StudioError):
            with unit_of_work() as uow:
                keys = media.drop_upload(uow, actor, upload.id)
            for key in keys:
                storage().delete(key)
            raise
        with reading() as uow:
            run = runs.get_run(uow, actor, upload.run_id)
        followed(actor, run, show, stop, "file")
    with reading() as uow:
        done = media.find_upload(uow, actor, upload.id)
        return media.get_card(uow, actor, project, done.sha256)


def _sent(actor: Actor, upload: UploadView, file: Path, show: Show, stop: Stop) -> UploadView:
    with file.open("rb") as data:
        at = 0
        while piece := data.read(MOST_PIECE_BYTES):
            if stop():
                raise Cancelled("Stopped.")
            show.share(f"Bringing in {file.name}", at, upload.size)
            key = media.put_piece(storage(), upload.id, at, piece)
            with unit_of_work() as uow:
                at = media.add_piece(uow, actor, upload.id, at, len(piece), key).offset
    with unit_of_work() as uow:
        return media.finish_upload(uow, actor, upload.id)


def _plain(card: MediaCard) -> dict[str, Any]:
    """A file of the bin as JSON values."""
    return {
        "sha256": card.sha256,
        "name": card.name,
        "kind": card.kind,
        "seconds": card.seconds,
        "frames": card.frames,
        "width": card.width,
        "height": card.height,
        "rate": card.rate,
        "sound": card.sound,
        "size": card.size,
        "folder": card.folder,
        "state": card.state,
        "problem": card.problem,
    }


def _part(part: SubClipView) -> str:
    return f"       {part.frames:7} frames from {part.first:7}  {part.name}"


def _line(card: MediaCard) -> str:
    length = f"{card.seconds:9.2f} s" if card.seconds else " " * 11
    size = f"{card.width} x {card.height}" if card.width else ""
    state = "" if card.state == "ready" else f"  {card.state}: {card.problem}" if card.problem else f"  {card.state}"
    return f"{card.kind:5}  {length}  {size:11}  {card.name}{state}"
