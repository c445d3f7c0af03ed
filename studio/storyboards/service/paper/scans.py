"""Drawn worksheets brought in: asked for with their files, read by a worker, kept as versions of the panels, all in one act."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork, reading, unit_of_work
from studio.core.errors import Invalid, LimitReached, NotFound
from studio.core.storage import storage
from studio.media import service as media
from studio.media.views import StoredFile
from studio.projects import service as projects
from studio.runs import service as runs
from studio.runs.views import RunRecord, RunView
from studio.scripts import service as scripts
from studio.storyboards import reading as board_reading
from studio.storyboards import repository
from studio.storyboards.models import PanelVersion
from studio.storyboards.printing.worksheet.apart import KINDS, MOST_BYTES
from studio.storyboards.printing.worksheet.placing import sheet_report
from studio.storyboards.service.acts.acting import Acting, named
from studio.storyboards.service.board import NO_SHOT, visible_shot
from studio.storyboards.views import ScanBrief, ScanPage, ScanView

KIND = "scan"
MOST_FILES = 40
_STARTS = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG", b"RIFF")
_WEIGHT = 2.0  # CPU seconds a file
_MOST = 100
_NAMED = 200


def submit_scan(
    actor: Actor, script_id: str, files: Sequence[tuple[str, bytes]], *, first_shot_id: str | None = None
) -> RunView:
    """Bring in drawn worksheets from scans or photos (name, content): a job reads them, its result says what came of each frame.

    Drawings on blank sheets go to the first shot and those after it. While the same files are being read, that job is given.

    Raises:
        Invalid: there is no file, or one of a kind we do not read.
        LimitReached: they are too many or too large.
        NotFound, Forbidden: the actor may not change the project, or the script has no such shot.
    """
    with reading() as uow:
        project_id = _editable(uow, actor, script_id)
        if first_shot_id and visible_shot(uow, actor, first_shot_id)[0].script_id != script_id:
            raise NotFound(NO_SHOT)
    _check(files)
    with TemporaryDirectory() as folder:
        stored = [_stored(Path(folder), name, content) for name, content in files]
    wishes = {"script_id": script_id, "files": [{"sha256": file.sha256, "name": file.name} for file in stored]}
    wishes["first_shot_id"] = first_shot_id or ""
    with unit_of_work() as uow:
        if live := runs.find_live(uow, project_id, KIND, wishes):
            return live
        return runs.submit_run(uow, actor, project_id, KIND, wishes, weight=_WEIGHT * len(stored))


def scan_brief(uow: UnitOfWork, actor: Actor, script_id: str, first_shot_id: str | None = None) -> ScanBrief:
    """What to read sheets with; drawings on blank ones begin with the first panel of that shot. Raises: NotFound, Forbidden."""
    project = projects.editable_project(uow, actor, scripts.project_of(uow, actor, script_id).id)
    panels = board_reading.numbered_panels(uow, script_id)
    first = next((panel_id for panel_id, shot_id, _ in panels if shot_id == first_shot_id), None)
    return ScanBrief(project.width, project.height, tuple((panel_id, number) for panel_id, _, number in panels), first)


def keep_scan(uow: UnitOfWork, actor: Actor, script_id: str, drawings: Sequence[tuple[str, StoredFile]]) -> None:
    """Put drawings (panel, picture) on top of the panels' versions as one act; those of panels that have gone are left out.

    Raises:
        NotFound, Forbidden: the actor may not change the project.
    """
    act = Acting(uow, actor, script_id)
    found = repository.panels_by_id(uow, [panel_id for panel_id, _ in drawings])
    panels = {panel.id: panel for panel in found if panel.shot_id in act.shots and panel.position is not None}
    drawings = [(panel_id, png) for panel_id, png in drawings if panel_id in panels]
    versions = repository.versions_by_panel(uow, list(panels))
    media.add_all(uow, actor, act.project.id, [png for _, png in drawings])
    for panel_id, png in drawings:
        panel = panels[panel_id]
        there = versions.setdefault(panel.id, [])
        version = next((v for v in there if v.sha256 == png.sha256), None)
        if version is None:
            version = PanelVersion(
                panel_id=panel.id,
                number=max((v.number for v in there), default=0) + 1,
                sha256=png.sha256,
                width=act.project.width,
                height=act.project.height,
                origin="uploaded",
                provider="paper",
                completeness="full",
                parameters={"name": png.name[:_NAMED]},
            )
            uow.session.add(version)
            there.append(version)
        act.set("panel", panel, current=version.number, stale=False)
    drawn = {panel.shot_id for panel in panels.values()}
    shots = [shot for shot in act.shots.values() if shot.id in drawn]
    act.finish("scan", f"drawings on paper of {named(shots)}", [shot.id for shot in shots])


def list_scans(uow: UnitOfWork, actor: Actor, script_id: str, *, page: int = 1, limit: int = 20) -> ScanPage:
    """One page of the sheets brought in on a board, newest first, with what came of each frame. Raises: NotFound."""
    project_id = scripts.get_card(uow, actor, script_id).project_id
    limit = max(1, min(limit, _MOST))
    about = {"script_id": script_id}
    found, total = runs.list_asked(uow, actor, project_id, (KIND,), about=about, page=max(1, page), limit=limit)
    return ScanPage(tuple(_view(record) for record in found), total)


def _editable(uow: UnitOfWork, actor: Actor, script_id: str) -> str:
    return projects.editable_project(uow, actor, scripts.project_of(uow, actor, script_id).id).id


def _check(files: Sequence[tuple[str, bytes]]) -> None:
    if not files or not any(content for _, content in files):
        raise Invalid(f"Choose a scan or a photo of a drawn worksheet first ({KINDS}).", field="file")
    if len(files) > MOST_FILES:
        raise LimitReached(f"At most {MOST_FILES} files are read at once. Bring in fewer.")
    if sum(len(content) for _, content in files) > MOST_BYTES:
        raise LimitReached(
            f"These files are larger than {MOST_BYTES >> 20} MB together. Bring them in a few at a time."
        )
    for name, content in files:
        if not content.startswith(_STARTS) and b"%PDF-" not in content[:1024]:
            raise Invalid(f"{name} is no scan we can read. Bring in {KINDS}.", field="file")


def _stored(folder: Path, name: str, content: bytes) -> StoredFile:
    path = folder / "sheet"
    path.write_bytes(content)
    return media.stored(storage(), path, kind="scan", mime="application/octet-stream", name=name[:_NAMED])


def _view(record: RunRecord) -> ScanView:
    sheets = tuple(sheet_report(plain) for plain in (record.run.result or {}).get("sheets", ()))
    return ScanView(
        id=record.run.id,
        project_id=record.run.project_id,
        script_id=record.config["script_id"],
        run=record.run,
        names=tuple(file["name"] for file in record.config["files"]),
        sheets=sheets,
        kept=sum(frame.came == "kept" for sheet in sheets for frame in sheet.frames),
        created_at=record.created_at,
    )
