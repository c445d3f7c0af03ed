"""A still as plain pixels, upright and in sRGB: what is brought in is read in the sandbox, our own by the same reader here.

Run as a module by `pixels`: the file comes open as descriptor 3, the clip's name on standard input.
"""

from __future__ import annotations

import io
import json
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from studio.core import log
from studio.core.errors import StudioError, UnsupportedMedia
from studio.engine.ffmpeg.process import Stop, never
from studio.engine.sandbox.run import CameToGrief, Ears, Limits, TookTooLong, Work, run

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

MOST_PIXELS = 64_000_000
"""The largest picture taken in; more is a decompression bomb or a mistake."""

MOST_SIDE = 32_000
"""Pixels a side; OpenCV takes no more than 32,767. Source: its imgwarp.cpp, SHRT_MAX."""

LIMIT_S = 8
"""Seconds of computing a picture may take; the largest takes three. A busy machine may take longer over them."""

_FORMATS = ("PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF")
_KINDS = "PNG, JPEG, WebP, TIFF or BMP"
_FIRST_FILE = 3
_WALL_S = 60.0
_MEMORY_BYTES = 2 << 30
_ROWS = 64
_HEAD_BYTES = 4096

_log = log.logger("engine.render")


def pixels(path: Path, clip: str, *, ours: bool, stop: Stop = never) -> NDArray[np.uint8]:
    """RGB, height x width x 3, or with a fourth for how opaque they are where they are not wholly.

    Raises:
        UnsupportedMedia: naming the clip, when the picture is missing, damaged, too large or of another kind.
        Cancelled: `stop()` said so.
        SandboxRefused: this machine cannot keep it apart.
    """
    import numpy as np

    try:
        if ours:
            with path.open("rb") as file:
                return np.asarray(read(file, clip))
        limits = Limits(_WALL_S, cpu_s=LIMIT_S, memory_bytes=_MEMORY_BYTES, out_bytes=4 * MOST_PIXELS + _HEAD_BYTES)
        said = run(
            Work("module", __name__, files=(path,)), clip.encode(), limits=limits, ours=True, ears=Ears(stop=stop)
        )
        return _array(said)
    except FileNotFoundError as error:
        raise UnsupportedMedia(f"The picture of the clip “{clip}” is missing. Replace it and render again.") from error
    except TookTooLong as error:
        raise UnsupportedMedia(
            f"Reading the picture of the clip “{clip}” took too long and was stopped. Save it anew, smaller, and replace it."
        ) from error
    except (CameToGrief, OSError, ValueError, LookupError, TypeError) as error:
        _log.warning("a picture could not be read apart", said=str(error))
        raise _damaged(clip) from error


def read(file: BinaryIO, clip: str) -> Image:
    """The picture in an open file, RGB or RGBA; of several the first. Raises: UnsupportedMedia, naming the clip."""
    from PIL import Image as Opening
    from PIL import ImageOps

    try:
        with warnings.catch_warnings(action="ignore"), Opening.open(file, formats=_FORMATS) as found:
            if found.width * found.height > MOST_PIXELS or max(found.size) > MOST_SIDE:
                raise _large(clip, f"is {found.width} x {found.height} pixels")
            found.load()
            upright = ImageOps.exif_transpose(found)
            clear = "A" in upright.getbands() or "a" in upright.getbands() or "transparency" in upright.info
            return _in_srgb(upright).convert("RGBA" if clear else "RGB")
    except Opening.DecompressionBombError as error:
        raise _large(clip, f"has more than {MOST_PIXELS // 1_000_000} million pixels") from error
    # Pillow's readers raise nearly anything on damaged files; whatever it is, the picture cannot be read.
    except (OSError, ValueError, SyntaxError, TypeError, LookupError, ArithmeticError, AttributeError) as error:
        raise _damaged(clip) from error


def _in_srgb(picture: Image) -> Image:
    """The picture in sRGB and 8 bits, by its own profile if it has a usable one; how clear it is stays."""
    if picture.mode.startswith("I"):  # 16 bits, which `convert` would cut off instead of scale
        return picture.convert("I").point(lambda value: value * (1 / 257) + 0.5).convert("L")
    profile, flat = picture.info.get("icc_profile"), picture.convert("RGB") if picture.mode == "RGBA" else picture
    if not profile or flat.mode not in ("RGB", "CMYK", "L"):
        return picture
    from PIL import ImageCms

    try:
        own, srgb = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        turned = ImageCms.profileToProfile(flat, own, srgb, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):  # a broken profile: the numbers as they are
        return picture
    if turned is None:
        return picture
    if picture.mode == "RGBA":
        turned.putalpha(picture.getchannel("A"))
    elif "transparency" in picture.info:
        turned.putalpha(picture.convert("RGBA").getchannel("A"))
    return turned


def _large(clip: str, how: str) -> UnsupportedMedia:
    return UnsupportedMedia(
        f"The picture of the clip “{clip}” {how}, more than can be rendered. Replace it with a smaller one."
    )


def _damaged(clip: str) -> UnsupportedMedia:
    return UnsupportedMedia(
        f"The picture of the clip “{clip}” is damaged or not a {_KINDS}. Replace it and render again."
    )


def _array(said: bytes) -> NDArray[np.uint8]:
    """What the child said: a line of JSON, and the pixels or nothing. Raises: UnsupportedMedia, ValueError, KeyError."""
    import numpy as np

    head = said.index(b"\n") + 1
    told: dict[str, Any] = json.loads(said[:head])
    if "error" in told:
        raise UnsupportedMedia(str(told["error"]))
    shape = int(told["height"]), int(told["width"]), int(told["parts"])
    if min(shape) < 1 or shape[2] not in (3, 4):
        raise ValueError("no picture")
    return np.frombuffer(said, np.uint8, offset=head).reshape(shape)


def _main() -> None:
    """In the sandbox: the open file as pixels, a few rows at a time, or why it cannot be read."""
    from PIL import Image as Opening

    Opening.MAX_IMAGE_PIXELS = None  # what is too large is refused by our own measure, in words
    out, clip = sys.stdout.buffer, sys.stdin.buffer.read().decode()
    try:
        with open(_FIRST_FILE, "rb") as file:
            picture = read(file, clip)
    except (StudioError, MemoryError) as error:
        message = error.message if isinstance(error, StudioError) else _large(clip, "takes too much memory").message
        out.write(json.dumps({"error": message}).encode() + b"\n")
        return
    width, height = picture.size
    out.write(json.dumps({"width": width, "height": height, "parts": len(picture.getbands())}).encode() + b"\n")
    for top in range(0, height, _ROWS):
        out.write(picture.crop((0, top, width, min(top + _ROWS, height))).tobytes())
    out.flush()


if __name__ == "__main__":
    _main()
