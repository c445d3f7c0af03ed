"""Small pictures in every format we take, made here."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageDraw


def drawing(width: int = 320, height: int = 240, paper: tuple[int, int, int] = (240, 236, 228)) -> Image.Image:
    """A sheet with a frame drawn on it and a circle in that."""
    picture = Image.new("RGB", (width, height), paper)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((width * 0.2, height * 0.2, width * 0.8, height * 0.7), outline=(20, 20, 20), width=4)
    pen.ellipse((width * 0.4, height * 0.3, width * 0.6, height * 0.6), outline=(20, 20, 20), width=4)
    return picture


def encoded(picture: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def png(width: int = 32, height: int = 24) -> bytes:
    return encoded(drawing(width, height))


def psd(picture: Image.Image) -> bytes:
    """A Photoshop file with nothing but its flattened picture. Source: Adobe Photoshop File Formats Specification."""
    width, height = picture.size
    planes = b"".join(band.tobytes() for band in picture.convert("RGB").split())
    header = struct.pack(">4sH6sHIIHH", b"8BPS", 1, b"", 3, height, width, 8, 3)
    return header + struct.pack(">III", 0, 0, 0) + struct.pack(">H", 0) + planes


def bomb(side: int = 60_000) -> bytes:
    """A PNG that says it is `side` pixels square and holds a few rows of nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"\0" * (side * 3 + 1))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)) + chunk(b"IDAT", rows)
    )
