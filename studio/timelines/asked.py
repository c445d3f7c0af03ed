"""What edits that come from outside name: the media in them, and whether they may come from there at all. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from studio.core.errors import Invalid, LimitReached
from studio.engine.editing import Edit
from studio.engine.editing.edits import MOST_EDITS
from studio.engine.timeline import Clip, Timeline, Track
from studio.engine.timeline.looks import Nested


def fit(edits: Sequence[Edit], most: int = MOST_EDITS) -> None:
    """Refuse what is no list of edits a person makes: none, too many, or a patch, which says nothing of what was meant.

    Raises:
        Invalid: there is nothing in it, or a patch is.
        LimitReached: there are more than `most`.
    """
    if not edits:
        raise Invalid("There is nothing to be done in this.", field="edits")
    if sum(1 for each in edits for _ in _flat(each)) > most:
        raise LimitReached(f"At most {most:,} edits are made at once. Send fewer.")
    for number, edit in enumerate(edits):
        if any(each.op == "patch" for each in _flat(edit)):
            raise Invalid("A patch is no edit. Say what is to be done.", field=f"edits[{number}].op")


def _flat(edit: Edit) -> Iterator[Edit]:
    if edit.op != "batch":
        yield edit
        return
    for each in cast("tuple[Edit, ...]", edit.fields["edits"]):
        yield from _flat(each)


def media_in(held: Any) -> Iterator[tuple[str, str]]:
    """The media named in edits or a timeline, each with the name of its clip."""
    match held:
        case Edit():
            yield from media_in(held.fields)
        case Clip():
            yield from _of_clip(held)
        case Track():
            yield from media_in(held.clips)
        case Timeline():
            yield from media_in(held.tracks)
        case Mapping():
            fields = cast("Mapping[str, Any]", held)
            if isinstance(named := fields.get("media"), str) and named:
                yield named, str(fields.get("name") or "")
            for value in fields.values():
                yield from media_in(value)
        case tuple() | list():
            for each in cast("Sequence[Any]", held):
                yield from media_in(each)
        case Nested():
            yield from media_in(held.timeline)
        case _:
            pass


def _of_clip(clip: Clip) -> Iterator[tuple[str, str]]:
    if clip.media:
        yield clip.media, clip.name
    if isinstance(clip.made, Nested):
        yield from media_in(clip.made)
