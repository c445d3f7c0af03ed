"""The JSON form of a timeline, with a schema name and version: written, read, and upgraded from older versions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from studio.core.errors import Invalid
from studio.engine.timeline.model import Timeline, Track
from studio.engine.timeline.plain import Damaged, read, written

SCHEMA = "inkreel.timeline"
VERSION = 2

UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: lambda document: document}
"""From version n to n + 1; a document of any registered version opens. 2 leaves defaults out and knows more of a clip; what 1
said it says in the same words."""


def to_document(timeline: Timeline, *, known: tuple[Timeline, dict[str, Any]] | None = None) -> dict[str, Any]:
    """The JSON form, with schema name and version; what is as by default is left out.

    Tracks that are the very ones of a `known` timeline are not written again: they are as they stand in its document.
    """
    head = {"schema": SCHEMA, "version": VERSION}
    if known is None or known[1].get("version") != VERSION:
        return head | written(timeline, Timeline)
    there = {id(track): plain for track, plain in zip(known[0].tracks, known[1]["tracks"], strict=True)}
    tracks = [there.get(id(track)) or written(track, Track) for track in timeline.tracks]
    return head | written(replace(timeline, tracks=()), Timeline) | {"tracks": tracks}


def from_document(document: dict[str, Any]) -> Timeline:
    """Read a stored document, upgrading older versions. It is well-formed then; whether it makes sense is told by `checks`.

    Raises:
        Invalid: when it is not a timeline, is damaged (the message says where), or was written by a newer Inkreel.
    """
    if type(document) is not dict or document.get("schema") != SCHEMA:
        raise Invalid("This is not an Inkreel timeline.")
    version = document.get("version")
    if type(version) is int and version > VERSION:
        raise Invalid("This timeline was made by a newer Inkreel. Update Inkreel to open it.")
    while version != VERSION:
        if type(version) is not int or version not in UPGRADES:
            raise Invalid("This timeline's version is unknown.", field="version")
        document = UPGRADES[version](document)
        version += 1
    try:
        return read({name: held for name, held in document.items() if name not in ("schema", "version")}, Timeline)
    except Damaged as e:
        raise Invalid(f"This timeline is damaged: {e.place or 'it'} {e.what}.", field=e.place or None) from e
    except RecursionError as e:
        raise Invalid("This timeline is damaged: timelines are nested too deep in it.") from e
