"""Templates in cuts: filled and laid down as one act, and filled anew later where they lie."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.engine.templates import Template, filled
from studio.engine.timeline import Timeline
from studio.media import service as media
from studio.projects import service as projects
from studio.scripts import service as scripts
from studio.storyboards import service as storyboards
from studio.timelines import repository
from studio.timelines.service import documents
from studio.timelines.service.hand.changing import edit_timeline
from studio.timelines.service.templates.filling import sources_of
from studio.timelines.service.templates.keeping import get_template
from studio.timelines.templates import uses_in
from studio.timelines.views import TemplateUse, TimelineEdit
from studio.timelines.wishes import Wish


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
    wish = Wish("use_template", {"template": template_id, "values": values, "at": at})
    return edit_timeline(uow, actor, timeline_id, [wish], revision=revision)


def change_use(
    uow: UnitOfWork, actor: Actor, timeline_id: str, use: str, values: Mapping[str, Any], *, revision: int
) -> TimelineEdit:
    """Fill a template anew where it lies in a cut by hand: one act. What was changed on its clips by hand is lost.

    Raises:
        NotFound: there is no such use in the cut, or its template is gone.
        Invalid, Conflict, Forbidden: as `use_template`.
    """
    wish = Wish("change_use", {"use": use, "values": values})
    return edit_timeline(uow, actor, timeline_id, [wish], revision=revision)


def find_use(uow: UnitOfWork, actor: Actor, timeline_id: str, clip: str) -> TemplateUse | None:
    """The use of a template a clip of a cut belongs to, with its values; None of any other clip. Raises: NotFound."""
    row = repository.get_head(uow, timeline_id)
    projects.get_project(uow, actor, row.project_id)
    for use in uses_in(documents.timeline_of(uow, row)).values():
        if clip in use.clips:
            return TemplateUse(use.use, use.template, use.at, use.clips, dict(use.values))
    return None


def poster_piece(
    uow: UnitOfWork,
    actor: Actor,
    project_id: str,
    template_id: str,
    values: Mapping[str, Any],
    *,
    sampled: bool = False,
) -> tuple[Template, Timeline]:
    """A template as it would look in a project, empty places for pictures left plain, or `sampled` with pictures of the project.

    Raises: Invalid, NotFound.
    """
    project = projects.get_project(uow, actor, project_id)
    template = get_template(uow, actor, project_id, template_id)
    if sampled:
        values = {**_samples(uow, actor, project_id, template), **values}
    sources = sources_of(uow, project_id, template, values, project.rate)
    return template, filled(template, values, project.rate, (project.width, project.height), sources)


def _samples(uow: UnitOfWork, actor: Actor, project_id: str, template: Template) -> dict[str, str]:
    """Files of the bin, then panels, for the places of a template that are empty."""
    places = [each.name for each in template.parameters if each.kind == "media" and not each.default]
    if not places:
        return {}
    bin_files = media.list_media(uow, actor, project_id, kinds=("video", "image"), limit=len(places)).items
    shown = [file.sha256 for file in bin_files]
    script = scripts.latest_by_project(uow, [project_id]).get(project_id)
    if script is not None:
        shown += [panel.sha256 for panel in storyboards.recent_panels(uow, actor, script.id, limit=len(places))]
    return dict(zip(places, shown, strict=False))
