"""Templates in cuts: filled and laid down as one act, and filled anew later where they lie."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Invalid, NotFound
from studio.engine.editing import Edit, batch
from studio.engine.templates import Source, Sources, Template, Values, filled, missing_media, read_values
from studio.engine.time import Rate
from studio.engine.timeline import Timeline, from_document
from studio.media import service as media
from studio.projects import service as projects
from studio.storyboards import service as storyboards
from studio.timelines import repository
from studio.timelines.models import TimelineRow
from studio.timelines.service.hand.acting import state_at
from studio.timelines.service.hand.changing import edit_timeline
from studio.timelines.service.templates.keeping import get_template
from studio.timelines.templates import laying, uses_in
from studio.timelines.views import TemplateUse, TimelineEdit

_SQUARE = Source(1080, 1080)
"""What nobody has measured yet is taken for a square still."""


def use_template(
    uow: UnitOfWork,
    actor: Actor,
    timeline_id: str,
    template_id: str,
    values: Mapping[str, Any],
    *,
    at: int,
    revision: int,
) -> TimelineEdit:
    """Fill a template and lay it over a cut by hand from a frame on: one act, with tracks where there are none free.

    Raises:
        Invalid: a value cannot be, or a place for a picture is empty; the field is the parameter's name.
        Conflict, NotFound, Forbidden: as `edit_timeline`; or there is no such template.
    """
    row = repository.get_timeline(uow, timeline_id)
    projects.editable_project(uow, actor, row.project_id)
    template = get_template(uow, actor, row.project_id, template_id)
    host = _seen(uow, row, revision)
    piece, read = _filled(uow, row.project_id, template, values, host)
    if at < 0:
        raise Invalid("A template begins at frame 0 or later.", field="at")
    edits = laying(host, piece, template.id, secrets.token_hex(4), read, at)
    return edit_timeline(uow, actor, timeline_id, edits, revision=revision, label=f"Lay down {template.name}")


def change_use(
    uow: UnitOfWork, actor: Actor, timeline_id: str, use: str, values: Mapping[str, Any], *, revision: int
) -> TimelineEdit:
    """Fill a template anew where it lies in a cut by hand: one act. What was changed on its clips by hand is lost.

    Raises:
        NotFound: there is no such use in the cut, or its template is gone.
        Invalid, Conflict, Forbidden: as `use_template`.
    """
    row = repository.get_timeline(uow, timeline_id)
    projects.editable_project(uow, actor, row.project_id)
    host = _seen(uow, row, revision)
    found = uses_in(host).get(use)
    if found is None:
        raise NotFound("There is no such template in this cut.", code="no_such_use")
    template = get_template(uow, actor, row.project_id, found.template)
    known = {each.name for each in template.parameters}
    kept = {name: value for name, value in found.values.items() if name in known}
    piece, read = _filled(uow, row.project_id, template, {**kept, **values}, host)
    gone = Edit("lift", {"clips": found.clips, "alone": True})
    bare = batch(host, [gone]).timeline
    edits = [gone, *laying(bare, piece, template.id, use, read, found.at)]
    return edit_timeline(uow, actor, timeline_id, edits, revision=revision, label=f"Change {template.name}")


def find_use(uow: UnitOfWork, actor: Actor, timeline_id: str, clip: str) -> TemplateUse | None:
    """The use of a template a clip of a cut belongs to, with its values; None of any other clip. Raises: NotFound."""
    row = repository.get_timeline(uow, timeline_id)
    projects.get_project(uow, actor, row.project_id)
    for use in uses_in(from_document(row.document)).values():
        if clip in use.clips:
            return TemplateUse(use.use, use.template, use.at, use.clips, dict(use.values))
    return None


def poster_piece(
    uow: UnitOfWork, actor: Actor, project_id: str, template_id: str, values: Mapping[str, Any]
) -> tuple[Template, Timeline]:
    """A template as it would look in a project, empty places for pictures left plain. Raises: Invalid, NotFound."""
    project = projects.get_project(uow, actor, project_id)
    template = get_template(uow, actor, project_id, template_id)
    sources = _sources(uow, project_id, template, values, project.rate)
    return template, filled(template, values, project.rate, (project.width, project.height), sources)


def _seen(uow: UnitOfWork, row: TimelineRow, revision: int) -> Timeline:
    """The cut as somebody saw it: where it is laid is chosen there, and rebased with the edit. Raises: NotFound."""
    return state_at(uow, row, from_document(row.document), min(revision, row.revision))


def _filled(
    uow: UnitOfWork, project_id: str, template: Template, values: Mapping[str, Any], host: Timeline
) -> tuple[Timeline, Values]:
    sources = _sources(uow, project_id, template, values, host.rate)
    read = read_values(template, values, sources)
    for each in missing_media(template, read):
        raise Invalid(f"Choose what is shown as “{each.label}” first.", field=each.name)
    return filled(template, read, host.rate, (host.width, host.height), sources), read


def _sources(uow: UnitOfWork, project_id: str, template: Template, values: Mapping[str, Any], rate: Rate) -> Sources:
    """What is known of the media of the project the values name; what is not the project's is not among them."""
    named = [values.get(p.name, p.default) for p in template.parameters if p.kind == "media"]
    hashes = sorted({each for each in named if isinstance(each, str) and each})
    files, facts = media.files_of(uow, project_id, hashes), media.facts_of(uow, hashes)
    drawn = storyboards.picture_sizes(uow, project_id, [each for each in hashes if each not in facts])
    out: dict[str, Source] = {}
    for sha256, file in files.items():
        known = facts.get(sha256)
        if known is None:
            if file.mime.startswith("image/"):
                out[sha256] = Source(*drawn[sha256]) if sha256 in drawn else _SQUARE
            continue
        width = round(known.height * known.shape) if known.height else 0
        still = known.kind == "still"
        if width or isinstance(template.made, Timeline):  # what was saved may be heard alone
            out[sha256] = Source(width, known.height, None if still else known.lasting(rate), bool(known.sounds))
    return out
