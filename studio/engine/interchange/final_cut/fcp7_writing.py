"""A timeline as FCP 7 XML (xmeml 5), which Premiere and Resolve read. Source: Apple's Final Cut Pro XML Interchange Format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import count
from typing import TYPE_CHECKING

from studio.core.errors import Invalid
from studio.engine.interchange.final_cut.fcp7_looks import (
    BLENDS,
    matte_generator,
    picture_filters,
    sound_filters,
    text_generator,
)
from studio.engine.interchange.final_cut.trees import add, as_bytes
from studio.engine.interchange.formats import Loss, Media, Written, known
from studio.engine.interchange.losses import missing
from studio.engine.interchange.rates import ntsc
from studio.engine.interchange.timecode import counted, drops, timecode
from studio.engine.time import SAMPLE_RATE, Rate
from studio.engine.timeline import PICTURE, Clip, Marker, Timeline, Track, Transition
from studio.engine.timeline.looks import Nested, Solid, Text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

FORM = "FCP 7 XML"
TICKS = 254_016_000_000
"""Premiere's ticks a second."""

WIPES = {"wipe_right": (1, False), "wipe_left": (1, True), "wipe_down": (2, False), "wipe_up": (2, True)}
"""SMPTE's number of a wipe and whether it runs backwards."""

_CARRIES = {
    "the size of the picture", "a marker", "the length of a marker", "a marker of a clip", "a camera move",
    "a fade", "a crossfade", "a dip",
    "its colour", "speed", "a speed ramp", "position", "scale", "rotation", "opacity", "position over time", "scale over time",
    "rotation over time", "opacity over time", "crop", "loudness", "loudness over time", "balance", "balance over time",
    "a title", "a colour matte", "a nested timeline", "a group", "being switched off", "a lock", "muting",
    *(f"a {kind.replace('_', ' ')}" for kind in WIPES),
    *(f"blending with {blend}" for blend in BLENDS),
}  # fmt: skip


@dataclass(slots=True)
class _Film:
    """What is written, and what was numbered already."""

    media: Mapping[str, Media]
    longest: Mapping[str, int]
    files: dict[str, str] = field(default_factory=dict[str, str])
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    groups: dict[str, list[tuple[Element, str, str, int, int]]] = field(
        default_factory=dict[str, "list[tuple[Element, str, str, int, int]]"]
    )

    def new(self, word: str) -> str:
        return f"{word}-{next(self.numbers)}"


def written(timeline: Timeline, media: Mapping[str, Media]) -> Written:
    """The timeline as FCP 7 XML.

    Raises:
        Invalid: its rate is none the format has.
    """
    from xml.etree.ElementTree import Element

    root = Element("xmeml", version="5")
    film = _Film(media, _longest(timeline))
    _sequence(root, film, timeline)
    _links(film)
    return Written(as_bytes(root, "xmeml"), (*missing(timeline, FORM, _CARRIES), *_unsaid(timeline)))


def rated(parent: Element, rate: Rate) -> None:
    """The rate as a whole number and whether it is slowed to 1000/1001. Raises: Invalid."""
    if rate.fps.denominator not in (1, 1001):
        raise Invalid(f"{FORM} has no rate of {rate}. Export as OTIO or FCPXML.")
    found = add(parent, "rate")
    add(found, "timebase", counted(rate))
    add(found, "ntsc", "TRUE" if ntsc(rate) else "FALSE")


def _unsaid(timeline: Timeline) -> Iterator[Loss]:
    for track in timeline.tracks:
        for clip in track.clips:
            if clip.fade_in and any(t.at == clip.start for t in track.transitions):
                yield Loss(f"Clip '{clip.name}'", f"a fade under a transition is not in {FORM}")


def _longest(timeline: Timeline) -> dict[str, int]:
    """How much of each file is used, for files whose length nobody knows."""
    used: dict[str, int] = {}
    for track in timeline.tracks:
        for clip in track.clips:
            factor = abs(clip.speed.factor) if clip.speed else Fraction(1)
            end = clip.source_in + int(clip.frames * max(factor, Fraction(1))) + 1
            used[clip.media] = max(used.get(clip.media, 1), end)
            if isinstance(clip.made, Nested):
                for key, inner in _longest(clip.made.timeline).items():
                    used[key] = max(used.get(key, 1), inner)
    return used


def _sequence(parent: Element, film: _Film, timeline: Timeline) -> None:
    sequence = add(parent, "sequence", id=film.new("sequence"))
    add(sequence, "uuid", f"00000000-0000-4000-8000-{next(film.numbers):012d}")
    add(sequence, "name", timeline.name)
    add(sequence, "duration", max([timeline.frames, *(c.end for t in timeline.tracks for c in t.clips)]))
    rated(sequence, timeline.rate)
    code = add(sequence, "timecode")
    rated(code, timeline.rate)
    add(code, "string", timecode(timeline.first_frame, timeline.rate, drop=timeline.drop_frame))
    add(code, "frame", timeline.first_frame)
    add(code, "displayformat", "DF" if timeline.drop_frame and drops(timeline.rate) else "NDF")
    media = add(sequence, "media")
    video = add(media, "video")
    seen = add(add(video, "format"), "samplecharacteristics")
    rated(seen, timeline.rate)
    add(seen, "width", timeline.width)
    add(seen, "height", timeline.height)
    add(seen, "anamorphic", "FALSE")
    add(seen, "pixelaspectratio", "square")
    add(seen, "fielddominance", "none")
    audio = add(media, "audio")
    add(audio, "numOutputChannels", 2)
    heard = add(add(audio, "format"), "samplecharacteristics")
    add(heard, "depth", 16)
    add(heard, "samplerate", SAMPLE_RATE)
    numbers = {"video": count(1), "audio": count(1)}
    for track in timeline.tracks:
        if track.kind in PICTURE and track.kind != "effect":
            _track(add(video, "track"), film, timeline, track, "video", next(numbers["video"]))
        elif track.kind == "audio":
            _track(add(audio, "track"), film, timeline, track, "audio", next(numbers["audio"]))
    for marker in timeline.markers:
        marked(sequence, marker, 0)


def marked(parent: Element, marker: Marker, at: int) -> None:
    """A marker; out is -1 for one frame."""
    made = add(parent, "marker")
    add(made, "name", marker.name)
    add(made, "comment", "")
    add(made, "in", at + marker.frame)
    add(made, "out", at + marker.frame + marker.frames if marker.frames else -1)


def _track(parent: Element, film: _Film, timeline: Timeline, track: Track, kind: str, index: int) -> None:
    into = {t.at: t for t in track.transitions}
    clips = sorted(track.clips, key=lambda c: c.start)
    place = 0
    for clip in clips:
        if (clip.made is None and not clip.media) or (clip.made is not None and clip.made.kind == "shape"):
            continue
        place += 1
        opening, closing = into.get(clip.start), into.get(clip.end)
        if opening:
            _transition(parent, timeline.rate, opening.kind, kind, opening.start, opening.end, "center", opening)
        elif clip.fade_in:
            start, end = clip.start, clip.start + clip.fade_in
            _transition(parent, timeline.rate, "dissolve", kind, start, end, "start-black", None)
        item = _clip(parent, film, timeline, clip, kind, opening, closing)
        if clip.group:
            film.groups.setdefault(clip.group, []).append((item, item.get("id", ""), kind, index, place))
        if clip.fade_out and not closing:
            start, end = clip.end - clip.fade_out, clip.end
            _transition(parent, timeline.rate, "dissolve", kind, start, end, "end-black", None)
    add(parent, "enabled", "FALSE" if track.muted else "TRUE")
    add(parent, "locked", "TRUE" if track.locked else "FALSE")


def _transition(
    parent: Element, rate: Rate, how: str, kind: str, start: int, end: int, alignment: str, whole: Transition | None
) -> None:
    item = add(parent, "transitionitem")
    rated(item, rate)
    add(item, "start", start)
    add(item, "end", end)
    add(item, "alignment", alignment)
    if whole is not None:
        add(item, "cutPointTicks", round(rate.seconds(whole.before) * TICKS))
    effect = add(item, "effect")
    name = "Cross Fade (+3dB)" if kind == "audio" else "Cross Dissolve"
    if kind == "video" and how in WIPES:
        name = "Edge Wipe"
    elif kind == "video" and how == "dip":
        name = "Dip to Color Dissolve"
    add(effect, "name", name)
    add(effect, "effectid", "KGAudioTransCrossFade3dB" if kind == "audio" else name)
    add(effect, "effectcategory", "Wipe" if name == "Edge Wipe" else "Dissolve")
    add(effect, "effecttype", "transition")
    add(effect, "mediatype", kind)
    code, backwards = WIPES.get(how, (0, False)) if kind == "video" else (0, False)
    add(effect, "wipecode", code)
    add(effect, "wipeaccuracy", 100)
    add(effect, "startratio", 0)
    add(effect, "endratio", 1)
    add(effect, "reverse", "TRUE" if backwards else "FALSE")
    if name.startswith("Dip") and whole is not None:
        add(effect, "colour", whole.colour)


def _clip(
    parent: Element,
    film: _Film,
    timeline: Timeline,
    clip: Clip,
    kind: str,
    opening: Transition | None,
    closing: Transition | None,
) -> Element:
    """A clip item. Beside a transition its edge is -1, and its in and out reach through the transition."""
    rate = timeline.rate
    made = isinstance(clip.made, Text | Solid)
    item = add(parent, "generatoritem" if made else "clipitem", id=film.new("clipitem"))
    add(item, "name", clip.name)
    add(item, "enabled", "TRUE" if clip.enabled else "FALSE")
    before = opening.before if opening else 0
    after = closing.after if closing else 0
    factor = clip.speed.factor if clip.speed and clip.speed.ramp is None else Fraction(1)
    begins = clip.source_in if factor in (0, 1) else round(clip.source_in / abs(factor))
    begins = max(begins, before) if clip.speed else begins
    file = known(film.media, clip.media)
    add(item, "duration", max(file.frames, film.longest.get(clip.media, 1), begins + clip.frames + after))
    rated(item, rate)
    add(item, "start", -1 if opening else clip.start)
    add(item, "end", -1 if closing else clip.end)
    add(item, "in", begins - before)
    add(item, "out", begins + clip.frames + after)
    if isinstance(clip.made, Nested):
        _sequence(item, film, clip.made.timeline)
    elif isinstance(clip.made, Text):
        text_generator(item, clip.made)
    elif isinstance(clip.made, Solid):
        matte_generator(item, clip.made)
    elif clip.media:
        _file(item, film, file, rate, kind)
    if kind == "video":
        if clip.blend != "normal":
            add(item, "compositemode", BLENDS[clip.blend])
        picture_filters(item, clip, begins, (timeline.width, timeline.height), file)
    else:
        source = add(item, "sourcetrack")
        add(source, "mediatype", "audio")
        add(source, "trackindex", 1)
        sound_filters(item, clip, begins)
    for marker in clip.markers:
        marked(item, marker, begins)
    return item


def _file(item: Element, film: _Film, media: Media, rate: Rate, kind: str) -> None:
    """The file of a clip: told in full the first time, then by its id."""
    if media.still:
        add(item, "stillframe", "TRUE")
    if media.key in film.files:
        add(item, "file", id=film.files[media.key])
        return
    film.files[media.key] = film.new("file")
    file = add(item, "file", id=film.files[media.key])
    add(file, "name", media.name or media.key)
    add(file, "pathurl", media.url)
    rated(file, rate)
    add(file, "duration", media.frames or film.longest.get(media.key, 1))
    code = add(file, "timecode")
    rated(code, rate)
    add(code, "string", timecode(media.start, rate))
    add(code, "frame", media.start)
    add(code, "displayformat", "NDF")
    if media.reel:
        add(add(code, "reel"), "name", media.reel)
    inside = add(file, "media")
    if media.picture and (kind == "video" or media.width):
        seen = add(add(inside, "video"), "samplecharacteristics")
        if media.width:
            add(seen, "width", media.width)
            add(seen, "height", media.height)
    if media.sound and not media.still:
        heard = add(inside, "audio")
        sampled = add(heard, "samplecharacteristics")
        add(sampled, "depth", 16)
        add(sampled, "samplerate", SAMPLE_RATE)
        add(heard, "channelcount", 2)


def _links(film: _Film) -> None:
    """Clips of one group name each other."""
    for group in film.groups.values():
        for item, *_ in group:
            for _, name, kind, track, place in group:
                link = add(item, "link")
                add(link, "linkclipref", name)
                add(link, "mediatype", kind)
                add(link, "trackindex", track)
                add(link, "clipindex", place)
