"""Pictures made small enough for paper, a few at a time: decoded ones are let go of at once."""

from __future__ import annotations

import io
import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studio.core.errors import UnsupportedMedia

if TYPE_CHECKING:
    from PIL.Image import Image

DOTS_PER_INCH = 200
ENOUGH_DOTS_PER_INCH = 160
"""A smaller file of a picture is taken for paper when it has so many."""
_QUALITY = 82
_NEAR_ENOUGH = 1.1
_AHEAD = 6
_MOST_PIXELS = 80_000_000


@dataclass(frozen=True, slots=True)
class Jpeg:
    """A picture for paper: its bytes, width and height in pixels, and whether it has colours."""

    data: bytes
    width: int
    height: int
    colour: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture file, how long its longest side is printed (points), and the shot it is of."""

    path: Path
    longest: float
    number: str


def encoded(wanted: Sequence[Wanted]) -> Iterator[tuple[Path, Jpeg]]:
    """Each picture as JPEG in its order, made on all cores; never more than six wait to be taken.

    Raises:
        UnsupportedMedia: a file is not a picture; the sentence names the shot.
    """
    pool = ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1), thread_name_prefix="jpeg")
    waiting: deque[tuple[Path, Future[Jpeg]]] = deque()
    try:
        for each in wanted:
            waiting.append((each.path, pool.submit(jpeg_of, each)))
            if len(waiting) >= _AHEAD:
                path, made = waiting.popleft()
                yield path, made.result()
        while waiting:
            path, made = waiting.popleft()
            yield path, made.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def jpeg_of(wanted: Wanted) -> Jpeg:
    """One picture at 200 dots per inch of its printed size, or up to 220, never larger than it is; a JPEG that fits as it is.

    Raises:
        UnsupportedMedia: it is no picture.
    """
    from PIL import Image

    most = max(1, round(wanted.longest / 72 * DOTS_PER_INCH))
    enough = max(1, round(wanted.longest / 72 * ENOUGH_DOTS_PER_INCH))
    try:
        with Image.open(wanted.path) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise ValueError("too many pixels")
            if picture.format == "JPEG" and picture.mode in ("L", "RGB") and max(picture.size) <= most * _NEAR_ENOUGH:
                return Jpeg(wanted.path.read_bytes(), picture.width, picture.height, picture.mode == "RGB")
            longest = max(picture.size)
            picture.draft(None, (picture.width * enough // longest, picture.height * enough // longest))
            small = _opaque(picture)
            if max(small.size) > most * _NEAR_ENOUGH:
                small.thumbnail((most, most), Image.Resampling.LANCZOS, reducing_gap=1.0)
            data = io.BytesIO()
            small.save(data, "JPEG", quality=_QUALITY)
            return Jpeg(data.getvalue(), small.width, small.height, small.mode == "RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as e:
        raise UnsupportedMedia(
            f"The picture of shot {wanted.number} cannot be read. Draw it again, then print the board."
        ) from e


def _opaque(picture: Image) -> Image:
    """The picture in grey or in colours; what can be seen through is white."""
    from PIL.Image import new

    if picture.mode in ("L", "RGB"):
        picture.load()
        return picture
    if picture.mode in ("1", "I", "I;16", "F"):
        return picture.convert("L")
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    ground = new("RGB", seen.size, "white")
    ground.paste(seen, mask=seen.getchannel("A"))
    return ground
