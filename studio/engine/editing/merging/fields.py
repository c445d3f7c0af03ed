"""What a clip or a track says, field by field in three states of it: what one side has changed, and where both have. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from functools import cache
from typing import Any, TypeVar

from studio.engine.editing.merging.within import Apart, together
from studio.engine.timeline.model import Clip, Timeline, Track

Held = TypeVar("Held", Clip, Track, Timeline)

STANDS = {Clip: ("id", "start"), Track: ("id", "clips", "captions", "transitions"), Timeline: ("tracks", "markers")}
"""Fields that are no content of its own: what it is called, where it stands and what stands on it."""

STRETCH = ("frames", "source_in", "speed")
"""Fields of a clip that say which stretch of film it shows: they belong together."""

WORDS = {
    "frames": "length",
    "media": "picture",
    "source_in": "in point",
    "gain_db": "loudness",
    "fade_in": "fade in",
    "fade_out": "fade out",
    "motion": "camera move",
    "made": "content",
    "transform": "place in the frame",
    "colour": "colour",
    "blend": "blending",
    "enabled": "being switched on",
    "link": "shot",
    "duck_db": "ducking",
    "ducked_by": "ducking",
}
"""What a person calls them; the others are called as they are."""


@cache
def content(kind: type[Any]) -> tuple[str, ...]:
    """The names of the fields that are content."""
    return tuple(f.name for f in fields(kind) if f.name not in STANDS[kind])


def changed(before: Held, after: Held, without: Collection[str] = ()) -> tuple[str, ...]:
    """The fields that say something else afterwards."""
    if before is after:
        return ()
    names = content(type(before))
    return tuple(n for n in names if n not in without and getattr(before, n) != getattr(after, n))


def woven(base: Held, theirs: Held, ours: Held, *, last: bool = False) -> tuple[Held, tuple[str, ...]]:
    """As `both`, but of a field both have changed each part is taken where only one has: its place here, its size there.

    With `last` what `theirs` says holds where both have, but for the stretch of film that is shown.
    """
    made, against = both(base, theirs, ours)
    found: dict[str, Any] = {}
    for name in against:
        with suppress(Apart):
            sides = (getattr(each, name) for each in (base, theirs, ours))
            found[name] = together(*sides, last=last and name not in STRETCH)
    return (replace(made, **found) if found else made), tuple(name for name in against if name not in found)


def both(base: Held, theirs: Held, ours: Held, without: Collection[str] = ()) -> tuple[Held, tuple[str, ...]]:
    """`ours` with what changed from `base` to `theirs`, and the fields where both changed and ours stays."""
    news = changed(base, theirs, without)
    taken = [n for n in news if getattr(ours, n) == getattr(base, n)]
    against = tuple(n for n in news if n not in taken and getattr(ours, n) != getattr(theirs, n))
    return (replace(ours, **{n: getattr(theirs, n) for n in taken}) if taken else ours), against


def said(names: Sequence[str]) -> str:
    """Fields in words: "length and loudness"."""
    words = [WORDS.get(n, n.replace("_", " ")) for n in names]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def fitting(clip: Clip) -> Clip:
    """A clip whose fades are no longer than it is."""
    if clip.fade_in <= clip.frames and clip.fade_out <= clip.frames:
        return clip
    return replace(clip, fade_in=min(clip.fade_in, clip.frames), fade_out=min(clip.fade_out, clip.frames))
