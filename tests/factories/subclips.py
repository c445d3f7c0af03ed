"""A named part of a file, kept for tests."""

from __future__ import annotations

from studio.core.db import unit_of_work
from studio.media.models import SubClip


def make_sub_clip(project_id: str, by_id: str, sha256: str) -> str:
    """The id of a sub-clip of two seconds."""
    row = SubClip(project_id=project_id, by_id=by_id, sha256=sha256, name="The turn", first=24, frames=48)
    with unit_of_work() as uow:
        uow.session.add(row)
        uow.session.flush()
        return row.id
