"""The templates a project has: the studio's own, and those people saved of parts of their cuts."""

from __future__ import annotations

from collections.abc import Sequence

from studio.accounts.views import Actor
from studio.core import clock
from studio.core.db import UnitOfWork
from studio.core.errors import Invalid, LimitReached, NotFound
from studio.core.text import one_line
from studio.engine.templates import Template, from_document, to_document
from studio.engine.templates.kinds import OURS
from studio.projects import service as projects
from studio.timelines import kept_templates, repository
from studio.timelines.models import TemplateRow
from studio.timelines.service import documents
from studio.timelines.templates import template_in
from studio.timelines.views import TemplateCard

MOST = 200
"""Templates a project may have."""
LONGEST_NAME, LONGEST_ABOUT = 100, 500
_OURS = {template.id: template for template in OURS}


def list_templates(uow: UnitOfWork, actor: Actor, project_id: str) -> tuple[TemplateCard, ...]:
    """The studio's own in their order, then those of the project, the newest first. Raises: NotFound."""
    projects.get_project(uow, actor, project_id)
    ours = tuple(_card(template, ours=True) for template in OURS)
    return ours + tuple(TemplateCard(*row, ours=False) for row in kept_templates.list_cards(uow, project_id))


def get_template(uow: UnitOfWork, actor: Actor, project_id: str, template_id: str) -> Template:
    """One of the studio's own, or of the project. Raises: NotFound."""
    projects.get_project(uow, actor, project_id)
    if template_id in _OURS:
        return _OURS[template_id]
    row = kept_templates.get_template(uow, template_id)
    if row.project_id != project_id:
        raise NotFound("There is no such template.")
    return from_document(row.document, template_id=row.id, name=row.name, about=row.about)


def save_template(
    uow: UnitOfWork, actor: Actor, timeline_id: str, clips: Sequence[str], *, name: str, about: str = ""
) -> TemplateCard:
    """Keep clips of a cut, with their groups, as a template: their words, colours, media and length can be filled anew.

    Raises:
        Invalid: none of them is seen, or the name is none.
        LimitReached: the project has 200 templates.
        NotFound, Forbidden: there is no such cut, or the actor may not change the project.
    """
    row = repository.get_head(uow, timeline_id)
    projects.editable_project(uow, actor, row.project_id)
    template = template_in(documents.timeline_of(uow, row), clips, _checked(name))
    return keep_template(uow, actor, row.project_id, template, name=name, about=about)


def keep_template(
    uow: UnitOfWork, actor: Actor, project_id: str, template: Template, *, name: str, about: str
) -> TemplateCard:
    """Make a template one of a project. Raises: Invalid, LimitReached, NotFound, Forbidden, as `save_template`."""
    projects.editable_project(uow, actor, project_id)
    projects.mark_changed(uow, actor, project_id, "templates")
    if kept_templates.count_templates(uow, project_id) >= MOST:
        raise LimitReached(f"A project has at most {MOST} templates. Delete one first.")
    kept = TemplateRow(
        project_id=project_id,
        name=_checked(name),
        about=_about(about),
        seconds=template.seconds,
        document=to_document(template),
        by_id=actor.user_id,
    )
    uow.session.add(kept)
    uow.session.flush()
    return TemplateCard(kept.id, kept.name, kept.about, template.seconds, ours=False)


def change_template(
    uow: UnitOfWork, actor: Actor, template_id: str, *, name: str | None = None, about: str | None = None
) -> TemplateCard:
    """Call a template something else. Raises: Invalid, NotFound, Forbidden (also of the studio's own)."""
    row = _changeable(uow, actor, template_id)
    row.name = row.name if name is None else _checked(name)
    row.about = row.about if about is None else _about(about)
    uow.session.add(row)
    return TemplateCard(row.id, row.name, row.about, row.seconds, ours=False)


def delete_template(uow: UnitOfWork, actor: Actor, template_id: str) -> None:
    """Put a template away; what was made with it stays as it is. Raises: NotFound, Forbidden."""
    row = _changeable(uow, actor, template_id)
    row.deleted_at = clock.now()
    uow.session.add(row)


def _changeable(uow: UnitOfWork, actor: Actor, template_id: str) -> TemplateRow:
    if template_id in _OURS:
        raise Invalid(
            "This template comes with Inkreel and stays as it is. Save your own from a cut.", field="template"
        )
    row = kept_templates.get_template(uow, template_id)
    projects.editable_project(uow, actor, row.project_id)
    projects.mark_changed(uow, actor, row.project_id, "templates")
    return row


def _card(template: Template, *, ours: bool) -> TemplateCard:
    return TemplateCard(template.id, template.name, template.about, template.seconds, ours)


def _checked(text: str) -> str:
    name = one_line(text)
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(f"A template needs a name of 1 to {LONGEST_NAME} characters.", field="name")
    return name


def _about(text: str) -> str:
    about = one_line(text)
    if len(about) > LONGEST_ABOUT:
        raise Invalid(f"What is said of a template has at most {LONGEST_ABOUT} characters.", field="about")
    return about
