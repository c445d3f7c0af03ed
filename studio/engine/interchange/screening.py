"""What comes from outside is screened before it is parsed: its size, its letters, entities and what they would fetch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from studio.core.errors import Invalid, LimitReached

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_BYTES = 24 * 1024 * 1024
_DEEPEST = 200


def text_of(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or Windows letters.

    Raises:
        Invalid: it is empty or no text.
        LimitReached: it is larger than any timeline.
    """
    if len(data) > MAX_BYTES:
        raise LimitReached(f"This file is larger than {MAX_BYTES >> 20} MB. Export the timeline in parts.")
    if not data.strip():
        raise Invalid("This file is empty. Export the timeline again.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise Invalid("This file is no text. Give a timeline file: .otio, .edl, .xml, .fcpxml.")
    return text


def xml_of(data: bytes, root: str) -> Element:
    """The tree of an XML file whose outermost element is `root`; a DOCTYPE may be there, entities may not.

    Raises: Invalid, LimitReached.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    text_of(data)
    try:
        found = fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as e:
        raise Invalid("This XML file holds entities, which no timeline needs. Export it again.") from e
    except (ParseError, ValueError, LookupError) as e:
        raise Invalid("This XML file is damaged. Export the timeline again.") from e
    if found.tag != root:
        raise Invalid(f"This is XML, but no timeline: it begins with <{found.tag[:40]}> and not <{root}>.")
    if any(depth > _DEEPEST for depth in _depths(found)):
        raise Invalid("This XML file is nested deeper than any timeline. Export it again.")
    return found


def _depths(root: Element) -> Iterator[int]:
    todo = [(root, 1)]
    while todo:
        element, depth = todo.pop()
        yield depth
        todo.extend((child, depth + 1) for child in element)
