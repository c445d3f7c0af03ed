"""Where a filled template lies in a cut: the edits that put it there, and what is known of it afterwards. Pure.

All clips of one use have the group "template:<template>:<use>". So does the link of each, and that of the first holds the
values it was filled with, so that they can be changed later.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from studio.engine.editing import Edit
from studio.engine.templates import Template, template_of
from studio.engine.timeline import PICTURE, Clip, Timeline, Track, Transition

_TOLD = "template"
_NAMES = {"video": "Picture", "image": "Picture", "text": "Titles", "effect": "Effects", "audio": "Sound"}


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a template in a cut: where it begins, its clips, and its values where they are still known."""

    template: str
    use: str
    at: int
    clips: tuple[str, ...]
    values: Mapping[str, Any]


def uses_in(timeline: Timeline) -> dict[str, Use]:
    """Every use of a template in a cut, by its id."""
    found: dict[str, list[Clip]] = {}
    for track in timeline.tracks:
        for clip in track.clips:
            if part := _part(clip.link):
                found.setdefault(part[1], []).append(clip)
    return {use: _use(clips) for use, clips in found.items()}


def laying(host: Timeline, piece: Timeline, template: str, use: str, values: Mapping[str, Any], at: int) -> list[Edit]:
    """The edits that lay a piece over all that is seen from a frame on, on tracks that are free there or come new."""
    tag = f"{_TOLD}:{template}:{use}"
    edits: list[Edit] = []
    spots = _places(host, piece, use, at, edits)
    number = 0
    for track, place in zip(piece.tracks, spots, strict=True):
        clips: list[Clip] = []
        for clip in track.clips:
            number += 1
            link = tag if number > 1 else f"{tag}:{json.dumps(dict(values), separators=(',', ':'), ensure_ascii=False)}"
            start = clip.start + at
            clips.append(replace(clip, id=f"{use}-{number}", group=tag, link=link, start=start))
        edits.append(Edit("overwrite", {"track": place, "at": clips[0].start, "clips": tuple(clips)}))
        edits += [_joining(place, use, at, n, each) for n, each in enumerate(track.transitions, start=number * 100)]
    return edits


def piece_of(timeline: Timeline, clips: Sequence[str]) -> Timeline:
    """These clips, with their groups, as a piece of film that begins at 0; empty when there are none of them."""
    wanted = set(clips)
    groups = {c.group for t in timeline.tracks for c in t.clips if c.id in wanted} - {""}
    kept = [
        replace(track, clips=tuple(c for c in track.clips if c.id in wanted or c.group in groups), captions=())
        for track in timeline.tracks
    ]
    first = min((clip.start for track in kept for clip in track.clips), default=0)
    return replace(timeline, tracks=tuple(_earlier(track, first) for track in kept if track.clips), markers=())


def template_in(timeline: Timeline, clips: Sequence[str], name: str) -> Template:
    """A template of clips of a cut. Raises: Invalid."""
    return template_of(piece_of(timeline, clips), name)


def _earlier(track: Track, by: int) -> Track:
    ends, starts = {clip.end for clip in track.clips}, {clip.start for clip in track.clips}
    joins = (t for t in track.transitions if t.at in ends and t.at in starts)
    return replace(
        track,
        clips=tuple(replace(clip, start=clip.start - by, group="") for clip in track.clips),
        transitions=tuple(replace(each, at=each.at - by) for each in joins),
    )


def _places(host: Timeline, piece: Timeline, use: str, at: int, edits: list[Edit]) -> list[str]:
    """The track each of the piece's goes to, the order kept; those that come new are added by edits."""
    end = at + max((clip.end for track in piece.tracks for clip in track.clips), default=0)

    def free(track: Track) -> bool:
        return not track.locked and not track.muted and all(c.end <= at or c.start >= end for c in track.clips)

    seen = [track for track in host.tracks if track.kind in PICTURE]
    covered = max(
        (n for n, track in enumerate(seen) if any(c.start < end and c.end > at for c in track.clips)), default=-1
    )
    above = [track for track in seen[covered + 1 :] if free(track)]
    heard = [track for track in host.tracks if track.kind == "audio" and track.role == "sound" and free(track)]
    top = max((n for n, track in enumerate(host.tracks) if track.kind in PICTURE), default=-1) + 1
    counts = {name: sum(_NAMES.get(t.kind) == name for t in host.tracks) for name in _NAMES.values()}
    out: list[str] = []
    for number, track in enumerate(piece.tracks, start=1):
        found = _next(heard if track.kind == "audio" else above, track)
        if found is None:
            name = _NAMES[track.kind]
            counts[name] += 1
            called = f"{name} {counts[name]}" if counts[name] > 1 else name
            new = Track(f"{use}-track-{number}", track.kind, called, track.role)
            edits.append(Edit("add_track", {"track": new, "at": None if track.kind == "audio" else top}))
            if track.kind != "audio":
                above, top = [], top + 1  # what comes later lies above what came new
            found = new
        out.append(found.id)
    return out


def _next(there: list[Track], wanted: Track) -> Track | None:
    """The first of the free tracks that is of a kind; it and those below it are taken."""
    place = next((n for n, track in enumerate(there) if track.kind == wanted.kind), None)
    if place is None:
        return None
    found = there[place]
    del there[: place + 1]
    return found


def _joining(track: str, use: str, at: int, number: int, each: Transition) -> Edit:
    moved = replace(each, id=f"{use}-join-{number}", at=each.at + at)
    return Edit("add_transition", {"track": track, "transition": moved})


def _part(link: str) -> tuple[str, str, str] | None:
    """Template, use and values of a link; None of any other."""
    kind, _, rest = link.partition(":")
    template, _, more = rest.partition(":")
    use, _, values = more.partition(":")
    return (template, use, values) if kind == _TOLD and use else None


def _use(clips: Sequence[Clip]) -> Use:
    parts = [part for clip in clips if (part := _part(clip.link))]
    template, use, _ = parts[0]
    told = next((values for _, _, values in parts if values), "")
    return Use(template, use, min(clip.start for clip in clips), tuple(clip.id for clip in clips), _values(told))


def _values(told: str) -> Mapping[str, Any]:
    try:
        values = json.loads(told) if told else {}
    except ValueError:
        return {}
    return cast("dict[str, Any]", values) if type(values) is dict else {}
