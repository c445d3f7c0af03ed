"""A picture from outside as plain pixels in sRGB on white paper, upright. Runs in the child process of `apart` only."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

from studio.core.errors import Invalid, LimitReached

MOST_BYTES = 40 << 20
MOST_PIXELS = 64_000_000
MOST_SIDE = 16_384
FORMATS = ("PNG", "JPEG", "WEBP", "PSD")
KINDS = "PNG, JPEG, WebP or PSD"
FOOTAGE = (*FORMATS, "TIFF", "BMP", "GIF")
"""What is read of pictures that are cut as they are."""
_PAPER = (255, 255, 255)
_SVG = (b"<svg", b"<?xml", b"<!doctype svg")


def read_picture(data: bytes, *, clear: bool = False) -> Image.Image:
    """The picture in a file, as 8-bit RGB on white paper; of several the first, of a PSD with layers the whole.

    `clear` reads the formats of `FOOTAGE`, and keeps what one can see through: then it is RGBA.

    Raises:
        Invalid: it is no picture we read, or damaged; the message says what to do.
        LimitReached: it has too many pixels.
    """
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of sizes: they are checked here; of odd metadata: it is not kept
            with Image.open(io.BytesIO(data), formats=FOOTAGE if clear else FORMATS) as found:
                _check_size(found)
                found.load()
                picture = _in_srgb(ImageOps.exif_transpose(found))
                return picture.convert("RGBA") if clear and picture.has_transparency_data else _on_paper(picture)
    except UnidentifiedImageError as error:
        raise Invalid(_unknown(data), field="file") from error
    except (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, TypeError, ZeroDivisionError) as error:
        raise Invalid(
            f"This picture is damaged or not complete. Save it again as {KINDS} and bring that in.", field="file"
        ) from error


def _check_size(found: Image.Image) -> None:
    width, height = found.size
    if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
        raise LimitReached(
            f"This picture has {width:,} x {height:,} pixels. A panel takes at most {MOST_SIDE:,} on a side and "
            f"{MOST_PIXELS // 1_000_000} million in all: save it smaller and bring that in."
        )


def _unknown(data: bytes) -> str:
    start = data[:400].lstrip().lower()
    if start.startswith(_SVG):
        return (
            "This is an SVG drawing. Export it as PNG and bring that in: an SVG may carry programs, so it is not taken."
        )
    return f"This file is no picture we can read. Bring in {KINDS}."


def _in_srgb(picture: Image.Image) -> Image.Image:
    """The picture in sRGB, by its own colour profile if it has a usable one; alpha stays."""
    profile = picture.info.get("icc_profile")
    alpha = picture.getchannel("A") if "A" in picture.getbands() else None
    if picture.mode.startswith("I"):
        picture = _eight_bits(picture)
    if profile and picture.mode in ("RGB", "RGBA", "CMYK", "L"):
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            flat = picture.convert("RGB") if picture.mode == "RGBA" else picture
            turned = ImageCms.profileToProfile(flat, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
            if turned is not None:
                if alpha is not None:
                    turned.putalpha(alpha)
                return turned
        except (ImageCms.PyCMSError, OSError):
            pass  # a broken profile: the numbers as they are
    return picture


def _eight_bits(picture: Image.Image) -> Image.Image:
    """16 bits a channel, which `convert` would cut off instead of scale."""
    return picture.convert("I").point(lambda value: value * (1 / 257)).convert("L")


def _on_paper(picture: Image.Image) -> Image.Image:
    if picture.mode in ("RGBA", "LA", "PA", "P") or "transparency" in picture.info:
        full = picture.convert("RGBA")
        paper = Image.new("RGBA", full.size, (*_PAPER, 255))
        return Image.alpha_composite(paper, full).convert("RGB")
    return picture.convert("RGB")
