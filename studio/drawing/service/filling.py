"""What the studio adds to a drawing for a hand: the area round a place filled, a picture brought in to draw over."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from studio.accounts.views import Actor
from studio.core import ids
from studio.core.db import reading, unit_of_work
from studio.core.errors import Conflict, Invalid
from studio.core.settings import settings
from studio.core.storage import media_key, storage
from studio.drawing.ops import MOST_CORNERS, Fill, Reference
from studio.drawing.replay import NOTES, Layer, Picture
from studio.drawing.service.journal import append
from studio.drawing.service.pictures import ink_brief
from studio.drawing.service.reading import get_drawing
from studio.drawing.sheets import sheet_of
from studio.drawing.views import Acknowledged, FillWish, InkBrief
from studio.media import service as media
from studio.media.pictures.apart import Fit, fitted_picture
from studio.storyboards import service as storyboards

_LONG = 1280
"""Pixels of the longer side of the picture in which an area is looked for."""


def fill(actor: Actor, panel_id: str, wish: FillWish) -> Acknowledged:
    """Fill the area of one colour round a place, as it is seen, under the lines of the layer it goes on.

    The area is found in a picture of the drawing, outside any transaction; where the layer shows something already at that
    place, the fill lies on top of it.

    Raises:
        Invalid: the place is outside the panel, or its area has too many corners.
        Conflict: the layer is locked, hidden or not there.
        NotFound, Forbidden, LimitReached: as of `append`.
    """
    with reading() as uow:
        brief = ink_brief(uow, actor, panel_id, get_drawing(uow, actor, panel_id).last_seq)
    layer = next((layer for layer in brief.picture.layers if layer.id == wish.layer), None)
    if layer is None or layer.locked or layer.hidden:
        why = "is not there any more" if layer is None else f"is {'locked' if layer.locked else 'hidden'}"
        raise Conflict(f"{layer.name if layer else 'The layer'} {why}. Choose another layer to fill on.")
    op = _found(brief, layer, wish)
    with unit_of_work() as uow:
        return append(uow, actor, panel_id, ids.new_id(), 1, [op])


def bring_reference(actor: Actor, panel_id: str, *, data: bytes, name: str, fit: Fit = "whole") -> Acknowledged:
    """Lay a picture from a file under a drawing, at the panel's size. It is read in a child process, and only its pixels are kept.

    Raises:
        Invalid: it is no picture we read; the message says why and what to do.
        LimitReached: it is too large, or takes too long.
        NotFound, Forbidden: the actor may not change the project.
    """
    with reading() as uow:
        place = storyboards.get_panel_place(uow, actor, panel_id, to_change=True)
    picture = fitted_picture(data, width=place.width, height=place.height, fit=fit)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "reference.png"
        path.write_bytes(picture)
        png = media.stored(storage(), path, kind="image", mime="image/png", name=name)
        media.store_thumbnail(storage(), png.sha256, picture, Path(folder))
    with unit_of_work() as uow:
        media.add_media(uow, actor, place.project_id, png)
        return append(uow, actor, panel_id, ids.new_id(), 1, [Reference(op="reference", sha256=png.sha256)])


def _found(brief: InkBrief, layer: Layer, wish: FillWish) -> Fill:
    """The area of a wish, as rings."""
    from studio.engine.ink.flood import flooded
    from studio.engine.ink.paint import film_pixels, opened, painted

    longer = max(brief.width, brief.height)
    size = (round(brief.width * _LONG / longer), round(brief.height * _LONG / longer))
    x, y = (at * _LONG // 10_000 for at in (wish.x, wish.y))
    if not (0 <= x < size[0] and 0 <= y < size[1]):
        raise Invalid("Press inside the panel to fill.", field="x")
    fonts = settings().fonts
    under = opened(storage().fetch(media_key(brief.base_sha256)).read_bytes(), size) if brief.base_sha256 else None
    seen = painted(sheet_of(brief.picture, notes=layer.id == NOTES), size, under=under, fonts=fonts)
    rings = flooded(seen, (x, y), gap=wish.gap * _LONG // 10_000)
    if not rings or sum(len(ring) for ring in rings) > MOST_CORNERS:
        raise Invalid("There is no even area here to fill. Draw its outline first, then fill inside it.", field="x")
    alone = sheet_of(Picture((layer,))).films[0]
    covered = film_pixels(alone, size, fonts)[1][y, x] > 0.5
    corners = [(ring * 10_000 / _LONG).round().astype(int).tolist() for ring in rings]
    return Fill(
        op="fill",
        layer=layer.id,
        colour=wish.colour,
        opacity=wish.opacity,
        under=not covered,
        rings=[_told(ring) for ring in corners],
    )


def _told(corners: list[list[int]]) -> list[int]:
    """Corners as the first one, then differences."""
    told = list(corners[0])
    for (x, y), (was_x, was_y) in zip(corners[1:], corners, strict=False):
        told += [x - was_x, y - was_y]
    return told
