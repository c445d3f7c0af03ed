"""Files a timeline names, found among those there are: by what is in them, then by their name, then by the end of their path."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from studio.engine.interchange.formats import Media
from studio.engine.timeline import Clip, Timeline
from studio.engine.timeline.looks import Nested


@dataclass(frozen=True, slots=True)
class Matches:
    """What was found, by the key a clip has; `ambiguous` have several candidates, `lost` none."""

    found: Mapping[str, Media]
    ambiguous: Mapping[str, tuple[Media, ...]]
    lost: tuple[str, ...]


def matched(named: Sequence[Media], there: Sequence[Media]) -> Matches:
    """Each named file with the one that is it.

    Its hash decides; without one its whole name, and of several of that name the one whose folders agree the farthest.
    Where a name has no equal the name without its suffix or the reel decides. What is still several is left to choose.
    """
    by_hash = {each.sha256: each for each in there if each.sha256}
    by_name: dict[str, list[Media]] = defaultdict(list)
    by_stem: dict[str, list[Media]] = defaultdict(list)
    for each in there:
        by_name[_name(each)].append(each)
        by_stem[PurePosixPath(_name(each)).stem].append(each)
    found: dict[str, Media] = {}
    ambiguous: dict[str, tuple[Media, ...]] = {}
    lost: list[str] = []
    for media in named:
        if media.sha256 and media.sha256 in by_hash:
            found[media.key] = by_hash[media.sha256]
            continue
        stem = PurePosixPath(_name(media)).stem
        candidates = by_name.get(_name(media)) or by_stem.get(stem) or by_stem.get(media.reel.casefold()) or []
        best = _closest(media, candidates)
        if len({each.sha256 or each.path for each in best}) == 1:
            found[media.key] = best[0]
        elif best:
            ambiguous[media.key] = tuple(best)
        else:
            lost.append(media.key)
    return Matches(found, ambiguous, tuple(lost))


def relinked(timeline: Timeline, named: Sequence[Media], found: Mapping[str, Media]) -> Timeline:
    """The timeline with its clips on the files that were found; in points are moved where their timecode begins elsewhere."""
    starts = {media.key: media.start for media in named}

    def clip(each: Clip) -> Clip:
        if isinstance(each.made, Nested):
            return replace(each, made=Nested(relinked(each.made.timeline, named, found)))
        media = found.get(each.media)
        if media is None:
            return each
        source = each.source_in + starts.get(each.media, 0) - media.start
        return replace(each, media=media.key, source_in=source if source >= 0 else each.source_in)

    tracks = (replace(track, clips=tuple(clip(each) for each in track.clips)) for track in timeline.tracks)
    return replace(timeline, tracks=tuple(tracks))


def _closest(media: Media, candidates: Sequence[Media]) -> list[Media]:
    """Those whose path agrees the farthest from its end."""
    tail = _parts(media)
    agree = [sum(1 for _ in _same_end(tail, _parts(each))) for each in candidates]
    return [each for each, length in zip(candidates, agree, strict=True) if length == max(agree)]


def _same_end(one: Sequence[str], other: Sequence[str]) -> Sequence[str]:
    length = 0
    while length < min(len(one), len(other)) and one[-1 - length] == other[-1 - length]:
        length += 1
    return one[len(one) - length :]


def _parts(media: Media) -> tuple[str, ...]:
    return PurePosixPath((media.path or media.name).replace("\\", "/").casefold()).parts[:-1]


def _name(media: Media) -> str:
    return PurePosixPath((media.path or media.name).replace("\\", "/")).name.casefold()
