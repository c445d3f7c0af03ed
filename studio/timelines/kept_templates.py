"""Queries of the templates people saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, func
from sqlmodel import col, select

from studio.core.db import UnitOfWork
from studio.core.errors import NotFound
from studio.timelines.models import TemplateRow

_CARD = (TemplateRow.id, TemplateRow.name, TemplateRow.about, TemplateRow.seconds)


def get_template(uow: UnitOfWork, template_id: str) -> TemplateRow:
    """Raises: NotFound."""
    row = uow.session.get(TemplateRow, template_id)
    if row is None or row.deleted_at is not None:
        raise NotFound("There is no such template.")
    return row


def list_cards(uow: UnitOfWork, project_id: str) -> Sequence[Row[*tuple[Any, ...]]]:
    """Those of a project, the newest first, without their documents."""
    columns: list[Any] = [col(field) for field in _CARD]
    mine = (col(TemplateRow.project_id) == project_id, col(TemplateRow.deleted_at).is_(None))
    return uow.session.execute(select(*columns).where(*mine).order_by(col(TemplateRow.id).desc())).all()


def count_templates(uow: UnitOfWork, project_id: str) -> int:
    mine = (col(TemplateRow.project_id) == project_id, col(TemplateRow.deleted_at).is_(None))
    return int(uow.session.execute(select(func.count()).where(*mine)).scalar_one())
