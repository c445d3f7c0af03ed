"""Templates as files: one somebody saved, and read into another project. What is filled in it is found anew, never believed."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Invalid, LimitReached
from studio.core.text import one_line
from studio.engine.templates import Parameter, Template, template_of
from studio.engine.templates.saved import SCHEMA, VERSION
from studio.engine.timeline import Timeline, from_document, to_document
from studio.engine.timeline.checks import checked
from studio.media import service as media
from studio.projects import service as projects
from studio.timelines.service.templates.keeping import get_template, keep_template
from studio.timelines.views import TemplateCard, TimelineFile

LARGEST = 1 << 20
"""Bytes of a file of a template."""
MIME = "application/json"


def template_file(uow: UnitOfWork, actor: Actor, project_id: str, template_id: str) -> TimelineFile:
    """A template somebody saved as a file; its pictures and sounds stay in the project. Raises: NotFound, Invalid (one of ours)."""
    template = get_template(uow, actor, project_id, template_id)
    if not isinstance(template.made, Timeline):
        raise Invalid(f"{template.name} is drawn by Inkreel and every Inkreel has it. Save your own as a file.")
    held = {"schema": SCHEMA, "version": VERSION, "name": template.name, "about": template.about}
    document = json.dumps({**held, "timeline": to_document(template.made)}, ensure_ascii=False, indent=1)
    return TimelineFile(f"{template.name}.inkreel-template.json", MIME, document.encode(), ())


def add_template(uow: UnitOfWork, actor: Actor, project_id: str, data: bytes) -> TemplateCard:
    """A template of a file. Its pictures are chosen anew where the project has not the same ones.

    Raises:
        Invalid: it is no template, is damaged, was written by a newer Inkreel, or nothing is seen in it.
        LimitReached: it is larger than a megabyte, or the project has 200 templates.
        NotFound, Forbidden: the actor may not change the project.
    """
    projects.editable_project(uow, actor, project_id)
    said = _read(data)
    piece = checked(from_document(said.get("timeline", {})))
    name, about = (one_line(text) if isinstance(text := said.get(key), str) else "" for key in ("name", "about"))
    template = template_of(piece, name, about=about)
    named = [each.default for each in template.parameters if each.kind == "media"]
    there = media.sizes_of(uow, project_id, sorted(str(each) for each in named))
    return keep_template(uow, actor, project_id, _empty_where_missing(template, set(there)), name=name, about=about)


def _read(data: bytes) -> dict[str, Any]:
    if len(data) > LARGEST:
        raise LimitReached("This file is larger than a template. Choose one that Inkreel has written.")
    try:
        said: Any = json.loads(data)
    except (ValueError, RecursionError) as e:
        raise Invalid("This is no template of Inkreel.", field="file") from e
    if type(said) is not dict or said.get("schema") != SCHEMA:  # pyright: ignore[reportUnknownMemberType]
        raise Invalid("This is no template of Inkreel.", field="file")
    if said.get("version") != VERSION:  # pyright: ignore[reportUnknownMemberType]
        raise Invalid("This template was made by a newer Inkreel. Update Inkreel to open it.", field="file")
    return said  # pyright: ignore[reportUnknownVariableType]


def _empty_where_missing(template: Template, there: set[str]) -> Template:
    def emptied(each: Parameter) -> Parameter:
        return replace(each, default="") if each.kind == "media" and each.default not in there else each

    return replace(template, parameters=tuple(map(emptied, template.parameters)))
