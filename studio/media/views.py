"""What other rooms see of media."""

from __future__ import annotations

from dataclasses import dataclass

THUMBNAIL_WIDTH = 640
PAPER_WIDTH = 1920
"""The width of the form of a picture that is printed large: 200 dots per inch across a sheet."""
"""Pixels."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in the store, not yet in any project: its hash, size in bytes and type."""

    sha256: str
    size: int
    kind: str
    mime: str
    name: str


@dataclass(frozen=True, slots=True)
class MediaView:
    """A file of a project."""

    id: str
    sha256: str
    kind: str
    mime: str
    name: str
    size: int
