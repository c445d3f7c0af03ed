"""A board as a small picture that moves: every panel for as long as its shot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from studio.core.errors import Invalid, Unavailable, UnsupportedMedia
from studio.storyboards.printing import Tell
from studio.storyboards.printing.book import BoardBook, BookPanel

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH = 480
_COLOURS = 96
_SHORTEST_MS = 40


def write_gif(book: BoardBook, out: Path, *, tell: Tell | None = None) -> int:
    """Write the drawn panels as a GIF 480 pixels wide that begins again at its end; how many there are.

    Raises:
        Invalid: no panel is drawn.
        UnsupportedMedia: a picture cannot be read; the sentence names the shot.
        Unavailable: the file cannot be written.
    """
    panels = [panel for panel in book.panels if panel.picture is not None]
    if not panels:
        raise Invalid("No panel of this board is drawn yet. Draw the board first.", field="script")
    frames = _frames(panels, (WIDTH, max(1, round(WIDTH / book.aspect))), tell)
    shown = [max(_SHORTEST_MS, round(panel.seconds * 100) * 10) for panel in panels]  # a GIF counts in hundredths
    try:
        next(frames).save(out, "GIF", save_all=True, append_images=frames, duration=shown, loop=0, optimize=False)
    except OSError as e:
        raise Unavailable(f"{out.name} could not be written ({e.strerror}).", service="disk") from e
    return len(panels)


def _frames(panels: Sequence[BookPanel], size: tuple[int, int], tell: Tell | None) -> Iterator[Image]:
    """One picture at a time, in few colours."""
    from PIL import Image, ImageOps

    for at, panel in enumerate(panels, start=1):
        try:
            with Image.open(panel.picture or "") as picture:
                small = ImageOps.pad(picture.convert("RGB"), size, Image.Resampling.LANCZOS, color="white")
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as e:
            raise UnsupportedMedia(
                f"The picture of shot {panel.number} cannot be read. Draw it again, then print the board."
            ) from e
        yield small.quantize(_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        if tell:
            tell(f"picture {at} of {len(panels)}", at, len(panels))
