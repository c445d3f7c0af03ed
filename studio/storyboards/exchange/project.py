"""A project of Storyboarder: a folder with NAME.storyboarder, which is JSON, and its pictures in images/.

Times are in milliseconds. A board opens a shot where it says `newShot`; its layers are PNG files as large as the sheet, which
is 900 pixels on its shorter side, from the lowest up: shot-generator, reference, fill, tone, pencil, ink, notes. In old projects
the drawing itself is the board's own `url`, between reference and notes.

What Storyboarder has no field for stands in a board under "inkreel": it is left alone there, and read again by us. `picture` is
ours at its full size; it holds while `lastEdited` is still what we wrote.
"""

from __future__ import annotations

ENDING = ".storyboarder"
IMAGES = "images"
LAYERS = ("shot-generator", "reference", "fill", "tone", "pencil", "ink", "notes")
OURS = "inkreel"
SHORT_SIDE = 900


def sheet_size(aspect: float) -> tuple[int, int]:
    """The size of a board's pictures in pixels."""
    return (round(SHORT_SIDE * aspect), SHORT_SIDE) if aspect >= 1 else (SHORT_SIDE, round(SHORT_SIDE / aspect))
