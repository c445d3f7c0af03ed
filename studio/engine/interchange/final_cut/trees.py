"""Writing XML: an element with its text, and the whole as bytes with its DOCTYPE."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NO_LETTERS = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def add(parent: Element, tag: str, text: str | int | None = None, **attributes: str) -> Element:
    """A new last child; letters XML cannot hold are left out."""
    from xml.etree.ElementTree import SubElement

    made = SubElement(parent, tag, {key: _NO_LETTERS.sub("", each) for key, each in attributes.items()})
    if text is not None:
        made.text = _NO_LETTERS.sub("", str(text))
    return made


def as_bytes(root: Element, doctype: str) -> bytes:
    """The file."""
    from xml.etree.ElementTree import indent, tostring

    indent(root, "  ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE {doctype}>\n'.encode() + tostring(root) + b"\n"


def word(element: Element | None, path: str, default: str = "") -> str:
    """The text of an element below this one."""
    found = element.findtext(path) if element is not None else None
    return found.strip() if found and found.strip() else default


def whole(element: Element | None, path: str, default: int = 0) -> int:
    """A whole number below this element; the default where there is none or no number."""
    try:
        return int(float(word(element, path, str(default))))
    except (ValueError, OverflowError):
        return default


def real(text: str, default: float = 0.0) -> float:
    """A number of sensible size."""
    try:
        found = float(text)
    except ValueError:
        return default
    return found if abs(found) < 1e9 else default
