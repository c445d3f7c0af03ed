"""XML and zip from strangers, read only so far as they are harmless: no entities, no depth, no bombs."""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from studio.core.errors import Invalid, LimitReached

MAX_XML_BYTES = 24 * 1024 * 1024
_DEEPEST = 64
_MOST_ELEMENTS = 400_000
_MOST_MEMBERS = 2_000
# Text in XML packs to about a twelfth; a bomb to a thousandth.
_HIGHEST_RATIO = 200
_RATIO_FROM_BYTES = 1024 * 1024


def xml_root(data: bytes, kind: str) -> Element:
    """The root of an XML document; `kind` names what it should be, as in "Final Draft document".

    Raises:
        Invalid: it is broken, nested without end, or defines entities.
        LimitReached: it is too large.
    """
    if len(data) > MAX_XML_BYTES:
        raise LimitReached(
            f"The text in this {kind} is over {MAX_XML_BYTES // 1024 // 1024} MB, far more than a script. "
            "Split it into parts and bring each in."
        )
    try:
        return _root(data, kind)
    except DefusedXmlException as error:
        raise Invalid(
            f"This {kind} defines XML entities, which no script needs, so it was not opened. "
            "Save it again in the program you wrote it in, and bring that in.",
            field="script",
        ) from error
    except (ParseError, LookupError, ValueError) as error:
        line = error.position[0] if isinstance(error, ParseError) else 1
        raise Invalid(
            f"This {kind} is damaged: it cannot be read from line {line} on. "
            "Open it in the program you wrote it in, save it again, and bring that in.",
            field="script",
        ) from error


def _root(data: bytes, kind: str) -> Element:
    depth = 0
    count = 0
    root: Element | None = None
    for event, element in iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=False):
        if event == "end":
            depth -= 1
            continue
        root = element if root is None else root
        depth += 1
        count += 1
        if depth > _DEEPEST or count > _MOST_ELEMENTS:
            raise Invalid(
                f"This {kind} is not built like a script: its parts are {'nested too deeply' if depth > _DEEPEST else 'too many'}. "
                "Save it again in the program you wrote it in, and bring that in.",
                field="script",
            )
    if root is None:
        raise ValueError("no element")
    return root


def member_names(data: bytes, kind: str) -> frozenset[str]:
    """The names of what a zip holds.

    Raises: Invalid when it is damaged or holds far too much.
    """
    with _opened(data, kind) as archive:
        return frozenset(archive.namelist())


def member(data: bytes, name: str, kind: str) -> bytes:
    """The bytes of one member of a zip, at most MAX_XML_BYTES.

    Raises:
        Invalid: the zip is damaged, locked or a bomb, or has no such member.
        LimitReached: the member is too large.
    """
    with _opened(data, kind) as archive:
        try:
            info = archive.getinfo(name)
        except KeyError as error:
            raise Invalid(f"This {kind} has no script in it. {_AGAIN}", field="script") from error
        if info.flag_bits & 0x1:
            raise Invalid(
                f"This {kind} is locked with a password. Take the password away where you wrote it, and bring it in again.",
                field="script",
            )
        if info.file_size > MAX_XML_BYTES or _bomb(info):
            raise LimitReached(
                f"This {kind} unpacks to far more than a script ever does, so it was not opened. {_AGAIN}"
            )
        return _unpacked(archive, info, kind)


_AGAIN = "Save it again in the program you wrote it in, and bring that in."


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, kind: str) -> bytes:
    try:
        with archive.open(info) as file:
            # The size a zip states may be a lie: never more is read.
            data = file.read(MAX_XML_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise _damaged(kind) from error
    if len(data) > MAX_XML_BYTES:
        raise LimitReached(f"This {kind} unpacks to far more than a script ever does, so it was not opened. {_AGAIN}")
    return data


def _opened(data: bytes, kind: str) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise _damaged(kind) from error
    if len(archive.filelist) > _MOST_MEMBERS:
        raise Invalid(f"This {kind} holds {len(archive.filelist)} files, and no script does. {_AGAIN}", field="script")
    return archive


def _bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > _RATIO_FROM_BYTES and info.file_size > _HIGHEST_RATIO * max(info.compress_size, 1)


def _damaged(kind: str) -> Invalid:
    return Invalid(f"This {kind} is damaged or not complete. {_AGAIN}", field="script")
