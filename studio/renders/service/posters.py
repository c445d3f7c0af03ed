"""Posters of templates: a frame of one as it would look in a project, drawn when it is asked for and stored nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from studio.accounts.views import Actor
from studio.core.db import reading
from studio.core.errors import Invalid
from studio.renders.service.shelf import media_store
from studio.renders.views import FrameView
from studio.timelines import service as timelines

if TYPE_CHECKING:
    from studio.engine.previews.viewing import Viewer

WIDEST_POSTER = 640
"""Pixels."""


def look_at_template(
    actor: Actor,
    project_id: str,
    template_id: str,
    values: Mapping[str, Any],
    *,
    at: float = 0.5,
    width: int = 320,
) -> FrameView:
    """A frame of a template with these values in the shape of a project, `at` a share of its length.

    Raises:
        Invalid: a value cannot be, or the width or the share is another.
        UnsupportedMedia: naming the clip whose media is damaged.
        Unavailable: too many wait already.
        NotFound: there is no such template for this actor.
    """
    from studio.engine.previews.viewing import size_of

    if not 0 <= at <= 1:
        raise Invalid("A poster shows a share of the length, 0 to 1.", field="at")
    if not 1 <= width <= WIDEST_POSTER:
        raise Invalid(f"A poster is at most {WIDEST_POSTER} pixels wide.", field="width")
    with reading() as uow:
        template, piece = timelines.poster_piece(uow, actor, project_id, template_id, values)
    frame = min(int(at * piece.frames), piece.frames - 1)
    store = media_store(project_id, piece)
    seen = _viewer().look(piece, f"template {template.id}", frame, size_of(piece, width), store)
    _viewer().rest()
    return FrameView(seen.jpeg, seen.tag, 0)


@lru_cache(maxsize=1)
def _viewer() -> Viewer:
    from studio.engine.previews.viewing import Viewer

    return Viewer()
