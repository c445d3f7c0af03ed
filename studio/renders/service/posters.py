"""Posters: a frame of a template as it would look in a project, drawn when it is asked for and stored nowhere; and the frame
by which a finished film is known among others."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from studio.accounts.views import Actor
from studio.core.db import reading
from studio.core.errors import Invalid
from studio.engine.ffmpeg.process import Stop, never
from studio.engine.presets import Order
from studio.engine.render.footage import Store
from studio.engine.render.layers import Span
from studio.engine.timeline import Timeline
from studio.media.thumbnail import thumbnail
from studio.renders.service.shelf import media_store
from studio.renders.views import FrameView
from studio.timelines import service as timelines

if TYPE_CHECKING:
    from studio.engine.previews.viewing import Viewer

WIDEST_POSTER = 640
"""Pixels."""
_POSTER_AT = (0.3, 0.5, 0.1, 0.7, 0.0)
_DARK, _FLAT = 22, 6
"""Luma, of 16 to 235: below is black, and one colour."""


def look_at_template(
    actor: Actor,
    project_id: str,
    template_id: str,
    values: Mapping[str, Any],
    *,
    at: float = 0.5,
    width: int = 320,
    sampled: bool = False,
) -> FrameView:
    """A frame of a template with these values in the shape of a project, `at` a share of its length; places for pictures that
    are empty stay so, or are `sampled`: filled with pictures of the project.

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
        template, piece = timelines.poster_piece(uow, actor, project_id, template_id, values, sampled=sampled)
    frame = min(int(at * piece.frames), piece.frames - 1)
    store = media_store(project_id, piece)
    seen = _viewer().look(piece, f"template {template.id}", frame, size_of(piece, width), store)
    _viewer().rest()
    return FrameView(seen.jpeg, seen.tag, 0)


def film_poster(timeline: Timeline, order: Order, store: Store, *, stop: Stop = never) -> bytes:
    """The first of some frames of a film that is neither black nor of one colour, the last of them when none is; a small WebP.

    Raises:
        UnsupportedMedia, EncoderFailed, Cancelled, SandboxRefused: as `film.drawn`.
    """
    from studio.engine.previews.viewing import around, jpeg, rgb, size_of
    from studio.engine.render.film import drawn

    end = min(order.end or timeline.frames, timeline.frames)
    size, shown = size_of(timeline, WIDEST_POSTER), b""
    for share in _POSTER_AT:
        span = Span(order.start + int((end - 1 - order.start) * share), 1)
        with closing(drawn(around(timeline, span), span, size, store, stop=stop)) as frames:
            frame = next(frames)
            shown = jpeg(rgb(frame))
            if frame.y.mean() > _DARK and frame.y.std() > _FLAT:
                break
    return thumbnail(shown)


@lru_cache(maxsize=1)
def _viewer() -> Viewer:
    from studio.engine.previews.viewing import Viewer

    return Viewer()
