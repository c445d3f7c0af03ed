"""Use cases of drawing: keep strokes (journal), read them (reading), make versions of them (pictures), fill (filling)."""

from studio.drawing.service.filling import bring_reference, fill
from studio.drawing.service.journal import MOST_BYTES, MOST_OPS, StrokesMissing, append, restore
from studio.drawing.service.pictures import ink_brief, keep_picture, submit_picture
from studio.drawing.service.reading import get_drawing, get_state, list_strokes

__all__ = [
    "MOST_BYTES",
    "MOST_OPS",
    "StrokesMissing",
    "append",
    "bring_reference",
    "fill",
    "get_drawing",
    "get_state",
    "ink_brief",
    "keep_picture",
    "list_strokes",
    "restore",
    "submit_picture",
]
