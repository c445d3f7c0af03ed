"""The printed board as a job: ask for a file, see the files there are. Making one is the worker's."""

from __future__ import annotations

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict, NotFound
from studio.media import service as media
from studio.media.views import StoredFile
from studio.projects import service as projects
from studio.runs import service as runs
from studio.runs.views import RunRecord, RunView
from studio.scripts import service as scripts
from studio.storyboards import reading
from studio.storyboards.printing.layouts import LAYOUTS
from studio.storyboards.printing.options import MIME, NEED_PICTURES, PrintOptions, print_options
from studio.storyboards.printing.sketch import sketch_of
from studio.storyboards.service.paper.book import NO_SCENE
from studio.storyboards.views import LayoutView, PrintPage, PrintView

KIND = "print"
PANEL_WEIGHT = 0.03  # CPU seconds
_MOST = 100
NO_PRINT = "There is no such print."


def submit_print(uow: UnitOfWork, actor: Actor, script_id: str, options: PrintOptions) -> RunView:
    """Ask for a file of a board; while the same file is being made, that run is given. Its result names the file.

    Raises:
        Conflict: there are no shots to print, or pictures are asked for and none is drawn.
        NotFound, Forbidden: the actor may not change the project, or the script has no such scene.
    """
    script = scripts.get_card(uow, actor, script_id)
    projects.editable_project(uow, actor, script.project_id)
    positions = {scene.position for scene in scripts.list_scenes(uow, actor, script_id)}
    if not set(options.scenes) <= positions:
        raise NotFound(NO_SCENE)
    drawn = [row[2] for row in reading.scene_pictures(uow, script_id) if not options.scenes or row[0] in options.scenes]
    if not drawn and not options.blank:
        raise Conflict("There are no shots to print here yet. Break the script down first.")
    if options.format in NEED_PICTURES and not any(drawn):
        raise Conflict("No panel is drawn here yet. Draw the board first.")
    config = {"script_id": script_id, **options.plain()}
    if live := runs.find_live(uow, script.project_id, KIND, config):
        return live
    return runs.submit_run(uow, actor, script.project_id, KIND, config, weight=len(drawn) * PANEL_WEIGHT)


def list_prints(uow: UnitOfWork, actor: Actor, script_id: str, *, page: int = 1, limit: int = 20) -> PrintPage:
    """One page of the files asked for of a board, newest first: made, being made, failed and stopped. Raises: NotFound."""
    project_id = scripts.get_card(uow, actor, script_id).project_id
    limit = max(1, min(limit, _MOST))
    about = {"script_id": script_id}
    found, total = runs.list_asked(uow, actor, project_id, (KIND,), about=about, page=max(1, page), limit=limit)
    return PrintPage(tuple(_view(record) for record in found), total)


def get_print(uow: UnitOfWork, actor: Actor, print_id: str) -> PrintView:
    """One print, by the id of its run. Raises: NotFound."""
    record = runs.get_record(uow, actor, print_id)
    if record.run.kind != KIND:
        raise NotFound(NO_PRINT)
    return _view(record)


def keep_print(uow: UnitOfWork, actor: Actor, project_id: str, file: StoredFile) -> None:
    """Make a printed file part of the project, so that its members can take it. Raises: NotFound, Forbidden."""
    media.add_media(uow, actor, project_id, file)


def list_layouts() -> tuple[LayoutView, ...]:
    """The built-in layouts of a page, each drawn small."""
    views: list[LayoutView] = []
    for layout in LAYOUTS.values():
        sketch = sketch_of(layout)
        views.append(
            LayoutView(
                name=layout.name,
                says=layout.says,
                landscape=layout.landscape,
                turns=layout.turns,
                width=sketch.width,
                height=sketch.height,
                pictures=sketch.pictures,
                words=sketch.words,
            )
        )
    return tuple(views)


def _view(record: RunRecord) -> PrintView:
    asked = {name: value for name, value in record.config.items() if name != "script_id"}
    options = print_options(asked)
    made = record.run.result or {}
    return PrintView(
        id=record.run.id,
        project_id=record.run.project_id,
        script_id=record.config["script_id"],
        run=record.run,
        format=options.format,
        layout=options.layout if options.format == "pdf" else None,
        scenes=options.scenes,
        mime=MIME[options.format],
        name=made.get("name", ""),
        sha256=made.get("sha256"),
        size_bytes=made.get("size"),
        created_at=record.created_at,
    )
