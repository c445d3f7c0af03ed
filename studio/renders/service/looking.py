"""Looking at a cut: any of its frames as it will be rendered, what is lettered on one of its clips, a frame's scopes.

Drawn in this process, one at a time, and stored nowhere; no transaction is held while something is drawn.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from studio.accounts.views import Actor
from studio.core.db import reading
from studio.core.errors import Conflict, Invalid, NotFound, StudioError
from studio.core.settings import settings
from studio.engine.render.layers import Span
from studio.engine.timeline import Clip, Timeline, plain
from studio.engine.timeline.look_checks import look_faults
from studio.engine.timeline.looks import Made, Shape, Text
from studio.renders.service.shelf import media_store
from studio.renders.views import FrameView, LetteredView
from studio.timelines import service as timelines

if TYPE_CHECKING:
    from studio.engine.previews.scopes import Scope
    from studio.engine.previews.viewing import Looked, Viewer

NARROWEST, WIDEST = 320, 1920
"""Pixels a frame is looked at."""
_SCOPED_WIDTH = 640
_NEAR = 40


def look_at_frame(actor: Actor, timeline_id: str, frame: int, *, width: int = 960) -> FrameView:
    """A frame as it will be rendered, `width` pixels wide (320 to 1920), never larger than the film is designed.

    Raises:
        Invalid: there is no such frame, or the width is another.
        Conflict: a clip that is seen on it has no picture, or its file is missing (code "clip_missing").
        UnsupportedMedia: naming the clip whose media is damaged or too short.
        Unavailable: too many wait already.
        NotFound: there is no such timeline for this actor.
    """
    timeline, project_id, revision = _shown(actor, timeline_id)
    seen = _looked(timeline, f"{timeline_id} {revision}", project_id, frame, width)
    return FrameView(seen.jpeg, seen.tag, revision)


def look_at_scope(actor: Actor, timeline_id: str, frame: int, kind: Scope) -> FrameView:
    """A frame's scope as a PNG. Raises: as `look_at_frame`."""
    timeline, project_id, revision = _shown(actor, timeline_id)
    seen = _looked(timeline, f"{timeline_id} {revision}", project_id, frame, _SCOPED_WIDTH)
    return FrameView(_scope(seen, kind), f"{seen.tag}-{kind}", revision)


def look_at_letters(actor: Actor, timeline_id: str, clip_id: str, *, width: int = 1920, made: str = "") -> LetteredView:
    """What a clip of text or shape shows, untouched, in a frame of that width, cropped to what is seen.

    `made` (JSON, as the document has it) is looked at in place of what the clip shows: for what is being typed.

    Raises:
        Invalid: the clip shows no text and no shape, or what is to be tried cannot be.
        NotFound: there is no such clip or timeline for this actor.
    """
    timeline, _, _ = _shown(actor, timeline_id)
    clip = _clip(timeline, clip_id)
    if not isinstance(clip.made, Text | Shape):
        raise Invalid(f"{clip.name} shows no text and no shape.", field="clip")
    from studio.engine.previews.viewing import size_of

    return _lettered(_tried(clip, made) if made else clip.made, *size_of(timeline, _width(width)))


def close_views() -> None:
    """Close the decoders that are kept open for the next frame."""
    _viewer().rest()


def _shown(actor: Actor, timeline_id: str) -> tuple[Timeline, str, int]:
    """A timeline the actor may see, its project and its revision."""
    with reading() as uow:
        found = timelines.get_timeline(uow, actor, timeline_id)
    return found.timeline, found.project_id, found.revision


def _looked(timeline: Timeline, name: str, project_id: str, frame: int, width: int) -> Looked:
    from studio.engine.previews.viewing import around, explained, size_of

    size = size_of(timeline, _width(width))
    if not 0 <= frame < timeline.frames:
        raise Invalid(f"There is no frame {frame} in a film of {timeline.frames} frames.", field="frame")
    store = media_store(project_id, around(timeline, Span(max(frame - _NEAR, 0), 2 * _NEAR)))
    try:
        return _viewer().look(timeline, name, frame, size, store)
    except StudioError as error:
        if why := explained(timeline, frame, store):
            raise Conflict(why, code="clip_missing") from error
        raise


def _width(width: int) -> int:
    if not NARROWEST <= width <= WIDEST:
        raise Invalid(f"A frame is looked at {NARROWEST} to {WIDEST} pixels wide.", field="width")
    return width


def _clip(timeline: Timeline, clip_id: str) -> Clip:
    found = next((clip for track in timeline.tracks for clip in track.clips if clip.id == clip_id), None)
    if found is None:
        raise NotFound("There is no such clip in this cut.")
    return found


@lru_cache(maxsize=1)
def _viewer() -> Viewer:
    from studio.engine.previews.viewing import Viewer

    return Viewer()


@lru_cache(maxsize=16)
def _scope(seen: Looked, kind: Scope) -> bytes:
    from io import BytesIO

    import numpy as np
    from PIL import Image

    from studio.engine.previews.scopes import scope

    with Image.open(BytesIO(seen.jpeg), formats=("JPEG",)) as picture:
        return scope(np.asarray(picture.convert("RGB")), kind)


@lru_cache(maxsize=64)
def _tried(clip: Clip, made: str) -> Text | Shape:
    """Text or a shape that is not kept. Raises: Invalid."""
    try:
        wish = plain.read(json.loads(made), Made)
    except (ValueError, RecursionError, plain.Damaged) as e:
        raise Invalid("This is no text and no shape.", field="made") from e
    if not isinstance(wish, Text | Shape):
        raise Invalid("This is no text and no shape.", field="made")
    for fault in look_faults(replace(clip, made=wish), "made"):
        raise Invalid(fault.sentence, field=fault.place)
    return wish


def _lettered(made: Text | Shape, width: int, height: int) -> LetteredView:
    from hashlib import sha256

    from studio.engine.looks.lettering import drawn

    found = drawn(made, width, height, settings().fonts)
    if found is None:
        return LetteredView(b"", f"nothing-{width}-{height}", (0.0, 0.0, 0.0, 0.0))
    box = (found.x / width, found.y / height, found.width / width, found.height / height)
    return LetteredView(found.png, sha256(found.png).hexdigest()[:32], box)
