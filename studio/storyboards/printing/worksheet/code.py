"""What the code at the foot of a worksheet says: the page's own measures, which script it is of, and whose frames are on it.

The bytes end in a CRC-32 and are repeated as often as the cells allow; all are mixed with a fixed pattern, so that black and
white are about as many everywhere.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.core.errors import Invalid
from studio.storyboards.printing.worksheet.form import CODE_ROWS, MOST_FRAMES, Form

BLANK = bytes(4)
"""The tag of a frame that is nobody's."""
NO_SCRIPT = bytes(8)
_HEAD = struct.Struct(">BBBHHB8s")
_VERSION = 1
_FINEST = 1000


@dataclass(frozen=True, slots=True)
class PageCode:
    """A page of a worksheet: `script` and `frames` are tags, of which `tag_of` tells whose they are."""

    form: Form
    page: int
    script: bytes
    frames: tuple[bytes, ...]


def tag_of(id: str, length: int = len(BLANK)) -> bytes:
    """A few bytes that stand for an id on paper."""
    return hashlib.sha256(id.encode()).digest()[:length]


def script_tag(script_id: str) -> bytes:
    """The tag of a script."""
    return tag_of(script_id, len(NO_SCRIPT))


def cells(code: PageCode) -> list[list[bool]]:
    """The cells of a code, row by row; True is black."""
    bits = _bits(_packed(code))
    across = code.form.code_columns
    whole = [bits[at % len(bits)] ^ dark for at, dark in enumerate(_pattern(across * CODE_ROWS))]
    return [whole[row * across : (row + 1) * across] for row in range(CODE_ROWS)]


def page_code(darkness: NDArray[np.float64], form: Form) -> PageCode | None:
    """The code of these cells, row by row, above 0 where they are dark; None when they are not a page of this paper's code.

    All copies of the bytes together are tried, then each alone.
    """
    dark = np.fromiter(_pattern(darkness.size), bool, darkness.size)
    values = np.where(dark, -darkness, darkness)
    for count in range(1, MOST_FRAMES + 1):
        length = (_HEAD.size + len(BLANK) * count + 4) * 8
        copies = values[: values.size // length * length].reshape(-1, length)
        for copy in (copies.sum(axis=0), *copies):
            found = _unpacked(np.packbits(copy > 0).tobytes())
            if found and len(found.frames) == count and (found.form.size == form.size):
                return found
    return None


def _packed(code: PageCode) -> bytes:
    form = code.form
    head = _HEAD.pack(
        _VERSION,
        (form.paper == "a4") | form.landscape << 1,
        form.columns << 4 | form.rows,
        round(form.aspect * _FINEST),
        code.page,
        len(code.frames),
        code.script,
    )
    said = head + b"".join(code.frames)
    return said + struct.pack(">I", zlib.crc32(said))


def _unpacked(data: bytes) -> PageCode | None:
    said, check = data[:-4], data[-4:]
    if struct.pack(">I", zlib.crc32(said)) != check:
        return None
    version, flags, grid, aspect, page, count, script = _HEAD.unpack_from(said)
    tags = said[_HEAD.size :]
    if version != _VERSION or count * len(BLANK) != len(tags) or not aspect:
        return None
    try:
        form = Form(grid >> 4, grid & 15, aspect / _FINEST, "a4" if flags & 1 else "letter", bool(flags & 2))
    except Invalid:
        return None
    if count > form.count:
        return None
    return PageCode(form, page, script, tuple(tags[at : at + 4] for at in range(0, len(tags), 4)))


def _bits(data: bytes) -> list[bool]:
    return [bool(byte >> bit & 1) for byte in data for bit in range(7, -1, -1)]


def _pattern(length: int) -> Iterator[bool]:
    """The same bits every time, as many black as white."""
    blocks = -(-length // 256)
    data = b"".join(hashlib.sha256(f"worksheet {at}".encode()).digest() for at in range(blocks))
    return iter(_bits(data)[:length])
