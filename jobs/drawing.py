"""Jobs of drawing: make a panel's picture of what was drawn on it."""

from __future__ import annotations

from jobs.registry import Done, Step
from jobs.work import Work
from studio.core.db import reading
from studio.core.settings import settings
from studio.core.storage import media_key, storage
from studio.drawing import service as drawing
from studio.drawing import sheets
from studio.media import service as media


def ink_panel(work: Work) -> Done:
    """Paint the drawing of the run's config over the picture it was drawn on, and put it on top of the panel's versions."""
    import cv2

    from studio.engine.ink import paint, svg

    panel_id, seq = work.claim.config["panel_id"], work.claim.config["seq"]
    with reading() as uow:
        brief = drawing.ink_brief(uow, work.actor, panel_id, seq)
    store = storage()
    size, fonts = (brief.width, brief.height), settings().fonts
    base = store.fetch(media_key(brief.base_sha256)).read_bytes() if brief.base_sha256 else None
    under = paint.opened(base, size) if base else None
    work.report("Inking", 0.2)
    png, vector, plate = (work.folder / name for name in ("panel.png", "panel.svg", "plate.png"))
    sheet = sheets.sheet_of(brief.picture)
    cv2.imwrite(str(png), paint.painted(sheet, size, under=under, fonts=fonts)[:, :, ::-1])
    work.report("Inking", 0.6)
    vector.write_text(svg.written(sheet, size, under=base), encoding="utf-8")
    files = [
        media.stored(store, png, kind="image", mime="image/png", name=f"{brief.number}.png"),
        media.stored(store, vector, kind="image", mime="image/svg+xml", name=f"{brief.number}.svg"),
    ]
    media.store_thumbnail(store, files[0].sha256, png.read_bytes(), work.folder)
    plate_file = None
    if sheets.has_notes(brief.picture):
        clean = sheets.sheet_of(brief.picture, notes=False)
        cv2.imwrite(str(plate), paint.painted(clean, size, under=under, fonts=fonts)[:, :, ::-1])
        plate_file = media.stored(store, plate, kind="image", mime="image/png", name=f"{brief.number} plate.png")
    with work.committing() as uow:
        number = drawing.keep_picture(uow, work.actor, brief, files[0], files[1], plate_file)
    return Done({"panel_id": panel_id, "version": number, "sha256": files[0].sha256})


INK: tuple[Step, ...] = (ink_panel,)
