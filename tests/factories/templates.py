"""Templates to test with: one somebody saved."""

from __future__ import annotations

from studio.core.db import unit_of_work
from studio.engine.templates import template_of, to_document
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Timeline, Track
from studio.engine.timeline.looks import Text
from studio.timelines.models import TemplateRow


def make_template(project_id: str, by_id: str) -> str:
    """The id of a template of two seconds of words."""
    words = Clip("w", "Words", "", 0, 48, made=Text("Words"))
    piece = Timeline("Words", Rate(24), 1920, 1080, (Track("t", "text", "T1", "picture", (words,)),))
    document = to_document(template_of(piece, "Words"))
    row = TemplateRow(project_id=project_id, name="Words", seconds=2.0, document=document, by_id=by_id)
    with unit_of_work() as uow:
        uow.session.add(row)
        uow.session.flush()
        return row.id
