"""Drawing panels: ask for it, brief the worker, keep what it drew, page through what was drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Conflict
from studio.engine.artist.spec import PanelSpec
from studio.media import service as media
from studio.media.views import StoredFile
from studio.projects import service as projects
from studio.providers.port import Picture
from studio.runs import service as runs
from studio.runs.views import RunView, Wanted
from studio.scripts import service as scripts
from studio.storyboards import reading, repository
from studio.storyboards.documents import plain_document, same_panel, spec_from
from studio.storyboards.models import Panel, PanelVersion, Shot
from studio.storyboards.numbering import panel_number
from studio.storyboards.service import board
from studio.storyboards.views import PanelBrief

PANEL_WEIGHT = 0.5  # CPU seconds
PICTURES = "boards"
"""The kind of job that brings the pictures of boards in."""


def request_panels(
    uow: UnitOfWork, actor: Actor, script_id: str, *, scenes: Sequence[int] = (), parent_id: str | None = None
) -> int:
    """Ask for every panel of a script, or of some of its scenes, that wants drawing, one run each; how many.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
    """
    script = scripts.get_card(uow, actor, script_id)
    wanted = [
        Wanted({"panel_id": panel_id}, f"{parent_id}:panel:{panel_id}" if parent_id else None, PANEL_WEIGHT)
        for panel_id in _wanting(uow, actor, script.project_id, script_id, scenes)
    ]
    runs.submit_many(uow, actor, script.project_id, "panel", wanted, parent_id=parent_id)
    return len(wanted)


def submit_board(uow: UnitOfWork, actor: Actor, script_id: str, *, scenes: Sequence[int] = ()) -> RunView:
    """Ask for all panels of a script, or of some of its scenes, as one job: those without a picture, and those whose shots
    have changed since a machine drew them. While one is at it, that is given.

    Raises:
        Conflict: the script has no shots, or all of its panels are drawn or being brought in.
        NotFound, Forbidden: the actor may not change the project.
    """
    script = scripts.get_card(uow, actor, script_id)
    projects.editable_project(uow, actor, script.project_id)
    if live := runs.find_live(uow, script.project_id, "board", {"script_id": script_id}):
        return live
    missing = len(_wanting(uow, actor, script.project_id, script_id, scenes))
    if not missing:
        drawn = repository.count_shots(uow, script_id)
        if coming_pictures(uow, actor, script.project_id, script_id):
            raise Conflict("The drawings of this board are being brought in. Wait until they are there.")
        why = "Every panel of this script is drawn." if drawn else "This script has no shots yet. Break it down first."
        raise Conflict(why)
    config = {"script_id": script_id, "panels": missing, "scenes": list(scenes)}
    return runs.submit_run(uow, actor, script.project_id, "board", config, weight=missing * PANEL_WEIGHT)


def coming_pictures(uow: UnitOfWork, actor: Actor, project_id: str, script_id: str) -> frozenset[str]:
    """The panels of a script whose pictures are being brought in: nobody else draws them meanwhile. Raises: NotFound."""
    live = runs.find_live(uow, project_id, PICTURES, {"script_id": script_id})
    config = runs.get_record(uow, actor, live.id).config if live else {}
    return frozenset(panel_id for _, panel_id in config.get("panels", ()))


def _wanting(uow: UnitOfWork, actor: Actor, project_id: str, script_id: str, scenes: Sequence[int]) -> list[str]:
    coming = coming_pictures(uow, actor, project_id, script_id)
    return [panel_id for panel_id in repository.list_wanting(uow, script_id, scenes) if panel_id not in coming]


def is_being_drawn(uow: UnitOfWork, project_id: str, script_id: str) -> bool:
    """Whether a whole board is at work. The caller has checked who asks."""
    return runs.find_live(uow, project_id, "board", {"script_id": script_id}) is not None


def redraw_panel(uow: UnitOfWork, actor: Actor, shot_id: str, *, panel_id: str | None = None) -> RunView:
    """Draw a shot's first panel, or this one of its, once more from another seed; the drawings there are stay. A second
    click starts nothing.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
    """
    shot, panel, _ = board.visible_shot(uow, actor, shot_id, panel_id)
    projects.editable_project(uow, actor, shot.project_id)
    number = number_of(uow, panel, shot)
    config = {"panel_id": panel.id, "seed": repository.latest_number(uow, panel.id), "number": number}
    if live := runs.find_live(uow, shot.project_id, "panel", config):
        return live
    return runs.submit_run(uow, actor, shot.project_id, "panel", config, weight=PANEL_WEIGHT)


def redraw_panels(uow: UnitOfWork, actor: Actor, script_id: str, shot_ids: Sequence[str]) -> int:
    """Draw the panels of some shots of a script once more, each from another seed; how many.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
    """
    project = projects.editable_project(uow, actor, scripts.project_of(uow, actor, script_id).id)
    shots = [shot for shot in repository.list_shots_by_id(uow, shot_ids) if shot.script_id == script_id]
    rows = repository.panel_rows(uow, [shot.id for shot in shots])
    drawn = repository.versions_by_panel(uow, [panel.id for row in rows.values() for panel in row])
    wanted: list[Wanted] = []
    for shot in shots:
        for panel in rows[shot.id]:
            newest = max((v.number for v in drawn.get(panel.id, [])), default=0)
            number = panel_number(shot.number, panel.position, len(rows[shot.id]))
            wanted.append(Wanted({"panel_id": panel.id, "seed": newest, "number": number}, None, PANEL_WEIGHT))
    return runs.submit_many(uow, actor, project.id, "panel", wanted)


def number_of(uow: UnitOfWork, panel: Panel, shot: Shot) -> str:
    """What a panel is called. The caller has checked who asks."""
    return panel_number(shot.number, panel.position, repository.count_panels(uow, shot.id))


def panel_exists(uow: UnitOfWork, panel_id: str) -> bool:
    """Whether the board still has this panel."""
    return repository.has_panel(uow, panel_id)


def panel_brief(uow: UnitOfWork, actor: Actor, panel_id: str, *, seed: int | None = None) -> PanelBrief:
    """What to draw, at the project's size, from a seed if one is given. Raises: NotFound, Forbidden, Invalid."""
    panel, shot = repository.get_panel(uow, panel_id)
    project = projects.editable_project(uow, actor, shot.project_id)
    spec = spec_from(panel.spec)
    if seed is not None:
        spec = replace(spec, seed=seed)
    drawn = panel.current is not None
    size = (project.width, project.height)
    number = number_of(uow, panel, shot)
    return PanelBrief(panel.id, shot.project_id, number, spec, *size, drawn, panel.stale)


def add_panel_version(
    uow: UnitOfWork,
    actor: Actor,
    panel_id: str,
    picture: Picture,
    png: StoredFile,
    svg: StoredFile,
    plate: StoredFile | None = None,
    *,
    spec: PanelSpec | None = None,
) -> int:
    """Put a drawing on top of a panel's versions; its number. The very same drawing again is shown, not added.

    `plate` is what the cut shows, if not the panel itself; `spec` is what it was drawn from, if not what the panel says now:
    where the shot changed meanwhile, the drawing is stale as soon as it is there.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
    """
    panel, shot = repository.get_panel(uow, panel_id)
    projects.mark_changed(uow, actor, shot.project_id, "panel")
    uow.session.refresh(panel)
    drawn_from = panel.spec if spec is None else plain_document(spec)
    for file in filter(None, (png, svg, plate)):
        media.add_media(uow, actor, shot.project_id, file)
    known = repository.find_version(uow, panel_id, sha256=png.sha256)
    number = known.number if known else repository.latest_number(uow, panel_id) + 1
    if known is None:
        uow.session.add(
            PanelVersion(
                panel_id=panel.id,
                number=number,
                sha256=png.sha256,
                plate_sha256=plate.sha256 if plate else None,
                svg_sha256=svg.sha256,
                width=picture.width,
                height=picture.height,
                origin="stand-in" if picture.completeness == "stand-in" else "generated",
                provider=picture.provider,
                completeness=picture.completeness,
                parameters=drawn_from,
            )
        )
    panel.current, panel.stale = number, not same_panel(drawn_from, panel.spec)
    uow.session.add(panel)
    return number


def picture_sizes(uow: UnitOfWork, project_id: str, hashes: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Width and height, in pixels, of drawings of a project's boards, by their hashes. The caller has checked who asks."""
    return reading.sizes_of(uow, project_id, hashes) if hashes else {}
