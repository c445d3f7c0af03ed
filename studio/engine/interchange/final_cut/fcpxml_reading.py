"""FCPXML (1.3 to 1.13, of Final Cut Pro and Resolve) as a timeline: the spine is the first track, every lane one of its own."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from studio.core.errors import Invalid
from studio.engine.interchange.final_cut.fcpxml_looks import frame, looked, seconds_of, styled
from studio.engine.interchange.formats import Loss, Media, Read, Shelf, path_of
from studio.engine.interchange.rates import rate_near
from studio.engine.interchange.screening import xml_of
from studio.engine.time import Rate
from studio.engine.timeline import Caption, Clip, Curve, Key, Marker, Speed, Timeline, Track, Transition
from studio.engine.timeline.looks import Nested, Text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DEEPEST = 6
_CLIPS = ("asset-clip", "clip", "video", "audio", "title", "ref-clip", "sync-clip", "mc-clip", "audition")
_STILLS = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".heic", ".psd", ".bmp", ".webp")


@dataclass(slots=True, eq=False)
class _Lane:
    """A track as it fills."""

    clips: list[Clip] = field(default_factory=list[Clip])
    transitions: list[Transition] = field(default_factory=list[Transition])


@dataclass(slots=True)
class _File:
    """The file being read: its resources by id."""

    resources: dict[str, Element]
    shelf: Shelf = field(default_factory=Shelf)
    losses: list[Loss] = field(default_factory=list[Loss])
    ids: int = 0

    def new(self, letter: str) -> str:
        self.ids += 1
        return f"{letter}{self.ids}"


@dataclass(slots=True)
class _Sequence:
    """A sequence being read."""

    file: _File
    rate: Rate
    depth: int
    lanes: dict[tuple[int, bool, int], _Lane] = field(default_factory=dict[tuple[int, bool, int], _Lane])
    captions: dict[str, list[Caption]] = field(default_factory=dict[str, list[Caption]])
    markers: list[Marker] = field(default_factory=list[Marker])

    def lane(self, number: int, sounds: bool) -> _Lane:
        return self.lanes.setdefault((number, sounds, 0), _Lane())

    def free(self, number: int, sounds: bool, start: int) -> _Lane:
        """The first line of this lane where nothing lies any more at a frame."""
        place = 0
        while True:
            lane = self.lanes.setdefault((number, sounds, place), _Lane())
            if not lane.clips or lane.clips[-1].end <= start:
                return lane
            place += 1

    def frame(self, seconds: Fraction) -> int:
        return frame(seconds, self.rate)


def read(data: bytes, name: str) -> Read:
    """The first project of an FCPXML file; a file of clips only becomes one after another.

    Raises: Invalid, LimitReached.
    """
    root = xml_of(data, "fcpxml")
    file = _File({each.get("id", ""): each for each in root.findall("resources/*")})
    stem = PurePosixPath(name).stem
    projects = list(root.iter("project"))
    for other in projects[1:]:
        file.losses.append(Loss(f"Project '{other.get('name', '')}'", "only the first project was brought in"))
    if projects:
        sequence = projects[0].find("sequence")
        if sequence is None:
            raise Invalid("The project in this FCPXML file has no sequence. Export it again.")
        timeline = _timeline(file, sequence, projects[0].get("name") or stem, 0)
    else:
        timeline = _of_clips(file, root, stem)
    return Read("fcpxml", timeline, tuple(file.shelf.found.values()), tuple(file.losses))


def _of_clips(file: _File, root: Element, name: str) -> Timeline:
    """Clips of an event, laid one after another."""
    clips = [
        each for path in ("event", "library/event", ".") for each in root.findall(f"{path}/*") if each.tag in _CLIPS
    ]
    if not clips:
        raise Invalid("There is no project and no clip in this FCPXML file. Export the project.")
    rate, size = _format(file, clips[0].get("format", "") or _asset_format(file, clips[0]))
    found = _Sequence(file, rate, 0)
    at = Fraction(0)
    for clip in clips:
        _clip(found, clip, at, None, 0)
        at += _length(found, clip)
    return _built(found, name, size)


def _asset_format(file: _File, clip: Element) -> str:
    asset = file.resources.get(clip.get("ref", ""))
    for inner in clip.iter("video") if asset is None else ():
        asset = file.resources.get(inner.get("ref", ""))
    return asset.get("format", "") if asset is not None else ""


def _format(file: _File, name: str) -> tuple[Rate, tuple[int, int]]:
    element = file.resources.get(name)
    if element is None:
        return Rate(24), (1920, 1080)
    length = seconds_of(element.get("frameDuration"))
    rate = rate_near(1 / length) if length > 0 else Rate(24)
    try:
        size = (int(element.get("width", "1920")), int(element.get("height", "1080")))
    except ValueError:
        size = (1920, 1080)
    return rate, size


def _timeline(file: _File, sequence: Element, name: str, depth: int) -> Timeline:
    if depth > _DEEPEST:
        raise Invalid("Clips are nested too deep in this file. Flatten it and export it again.")
    rate, size = _format(file, sequence.get("format", ""))
    found = _Sequence(file, rate, depth)
    first = seconds_of(sequence.get("tcStart"))
    spine = sequence.find("spine")
    if spine is not None:
        _line(found, spine, first, None, 0, start=first)
    timeline = _built(found, name, size)
    return replace(timeline, first_frame=max(0, found.frame(first)), drop_frame=sequence.get("tcFormat") == "DF")


def _built(found: _Sequence, name: str, size: tuple[int, int]) -> Timeline:
    tracks: list[Track] = []
    order = sorted(found.lanes.items(), key=lambda each: (each[0][1], abs(each[0][0]), each[0][2]))
    for (_, sounds, _), lane in order:
        letter, number = ("a", "v")[not sounds], 1 + sum(t.id[0] == ("a", "v")[not sounds] for t in tracks)
        tracks.append(
            Track(
                f"{letter}{number}",
                "audio" if sounds else "video",
                f"{letter.upper()}{number}",
                "sound" if sounds else "picture",
                clips=tuple(sorted(lane.clips, key=lambda c: c.start)),
                transitions=tuple(lane.transitions),
            )
        )
    for number, (language, captions) in enumerate(found.captions.items(), 1):
        ordered = tuple(sorted(captions, key=lambda c: (c.start, c.end)))
        tracks.append(Track(f"cc{number}", "captions", "Captions", "captions", captions=ordered, language=language))
    markers = tuple(sorted(found.markers, key=lambda m: m.frame))
    return Timeline(name, found.rate, *size, tuple(tracks), markers)


def _line(
    found: _Sequence, spine: Element, at: Fraction, lane: int | None, base: Fraction | int, *, start: Fraction
) -> None:
    """Everything of a storyline. `at` is where its first child lies unless that says so, `start` what frame 0 lies at."""
    number = lane or 0
    pending: list[tuple[Fraction, Fraction, Element]] = []
    lanes: list[_Lane] = []
    for element in spine:
        offset = seconds_of(element.get("offset")) + base if element.get("offset") else at
        length = seconds_of(element.get("duration"))
        if element.tag == "transition":
            pending.append((offset, length, element))
            continue
        if element.tag == "gap" or element.tag in _CLIPS:
            length = _length(found, element)
            used = _clip(found, element, offset - start, lane, number)
            if used is not None and used not in lanes:
                lanes.append(used)
            at = offset + length
    _cuts(found, pending, lanes, start)


def _cuts(
    found: _Sequence, pending: list[tuple[Fraction, Fraction, Element]], lanes: list[_Lane], start: Fraction
) -> None:
    """Transitions find the cut within them; with a clip on one side only they are fades."""
    for offset, length, element in pending:
        first, last = found.frame(offset - start), found.frame(offset - start + length)
        for lane in lanes:
            starts = [c for c in lane.clips if first <= c.start <= last]
            ends = [c for c in lane.clips if first <= c.end <= last]
            both = next((c.start for c in starts if any(e.end == c.start for e in ends)), None)
            if both is not None and not any(t.at == both for t in lane.transitions):
                name = element.get("name", "")
                if not any(each in name.lower() for each in ("dissolve", "fade")):
                    what = f"{name or 'its kind'} was brought in as a dissolve"
                    found.file.losses.append(Loss(f"Transition at frame {both}", what))
                lane.transitions.append(Transition(found.file.new("t"), "dissolve", both, both - first, last - both))
                break
            if both is None and (starts or ends):
                clip = (starts or ends)[0]
                reach = min(last - first, clip.frames)
                lane.clips[lane.clips.index(clip)] = replace(clip, **{"fade_in" if starts else "fade_out": reach})
                break


def _length(found: _Sequence, element: Element) -> Fraction:
    """How long a clip is; without a duration as long as its file."""
    if element.get("duration"):
        return seconds_of(element.get("duration"))
    asset = found.file.resources.get(element.get("ref", ""))
    return seconds_of(asset.get("duration")) if asset is not None else Fraction(0)


def _clip(found: _Sequence, element: Element, at: Fraction, lane: int | None, number: int) -> _Lane | None:
    """One clip at a time of the timeline, and all that hangs on it; the line it lies on now."""
    own = seconds_of(element.get("start"))
    start, end = found.frame(at), found.frame(at + _length(found, element))
    inner, used = element, None
    if element.tag == "audition":
        picked = next((each for each in element if each.tag in _CLIPS), None)
        if picked is None:
            return None
        inner = picked
        end = found.frame(at + _length(found, inner))
    if inner.tag != "gap" and end > start >= 0:
        clip, sounds = _made(found, inner, start, end - start)
        used = found.lane(number, sounds) if lane is None else found.free(number, sounds, start)
        used.clips.append(clip)
    for mark in inner.findall("chapter-marker"):
        frames = found.frame(seconds_of(mark.get("duration")))
        when = start + found.frame(seconds_of(mark.get("start")) - own)
        found.markers.append(Marker(when, mark.get("value", ""), frames if frames > 1 else 0))
    for child in inner:
        if child.tag in ("gap", *_CLIPS, "caption", "spine") and child.get("lane"):
            where = at + seconds_of(child.get("offset")) - own
            try:
                hung = int(child.get("lane", "1"))
            except ValueError:
                hung = 1
            if child.tag == "caption":
                _caption(found, child, where)
            elif child.tag == "spine":
                _line(found, child, where, hung, where, start=Fraction(0))
            else:
                _clip(found, child, where, hung, hung)
    return used


def _caption(found: _Sequence, element: Element, at: Fraction) -> None:
    start, end = found.frame(at), found.frame(at + seconds_of(element.get("duration")))
    words = "".join(each.text or "" for each in element.findall("text/text-style")) or element.findtext("text", "")
    language = element.get("role", "").rpartition(".")[2]
    language = language if 2 <= len(language) <= 10 and "?" not in language else ""
    if end > start >= 0 and words.strip():
        spoken = Caption(start, end - start, words.strip(), element.findtext("note", "").strip())
        found.captions.setdefault(language, []).append(spoken)


def _made(found: _Sequence, element: Element, start: int, frames: int) -> tuple[Clip, bool]:
    """The clip, and whether it is sound only."""
    file, name = found.file, element.get("name", "")
    asset = file.resources.get(element.get("ref", ""))
    offset = Fraction(0)
    if asset is None or asset.tag not in ("asset", "media"):
        for inner in element.iter():
            if inner is not element and inner.tag in ("video", "audio") and inner.get("ref", "") in file.resources:
                asset = file.resources[inner.get("ref", "")]
                offset = (
                    seconds_of(inner.get("start")) - seconds_of(inner.get("offset"))
                    if not inner.get("lane")
                    else offset
                )
                break
    own = seconds_of(element.get("start"))
    clip = Clip(file.new("c"), name, "", start, frames, enabled=element.get("enabled", "1") != "0")
    sounds = element.tag == "audio" or element.get("srcEnable") == "audio"
    begins = Fraction(0)
    if element.tag == "title":
        words = "".join(each.text or "" for each in element.findall("text/text-style"))
        clip = replace(clip, made=Text(words, styled(element.find("text-style-def/text-style"))))
    elif asset is not None and asset.tag == "media" and asset.find("sequence") is not None:
        sequence = asset.find("sequence")
        assert sequence is not None
        nested = _timeline(file, sequence, asset.get("name") or name, found.depth + 1)
        clip = replace(clip, made=Nested(nested), source_in=max(0, found.frame(own)))
    elif asset is not None and asset.tag == "asset":
        media = _media(found, asset)
        begins = seconds_of(asset.get("start"))
        # a still has no time of its own: it begins where it is asked to
        source = Fraction(0) if media.still and own < begins else own + offset - begins
        clip = replace(clip, media=file.shelf.keep(media), source_in=max(0, found.frame(source)))
        sounds = sounds or not media.picture
    else:
        file.losses.append(Loss(f"Clip '{name}'", f"a {element.tag} without a file of its own was not brought in"))
    clip = _mapped(found, clip, element, begins)
    origin = found.frame(own)
    for child in element:
        shown = looked(clip, child, found.rate, origin)
        if shown is not None:
            clip = shown
        elif child.tag.startswith(("adjust-", "filter-")):
            what = child.get("name") or child.tag
            file.losses.append(Loss(f"Clip '{name}'", f"{what} was not brought in"))
    marks = tuple(
        Marker(
            found.frame(seconds_of(each.get("start")) - own),
            each.get("value", ""),
            length if (length := found.frame(seconds_of(each.get("duration")))) > 1 else 0,
        )
        for each in element.findall("marker")
    )
    return replace(clip, markers=marks), sounds


def _mapped(found: _Sequence, clip: Clip, element: Element, begins: Fraction) -> Clip:
    """The speed of a time map: one factor where it is straight, else a ramp."""
    points = element.findall("timeMap/timept")[:10_000]
    if len(points) < 2:
        return clip
    own = seconds_of(element.get("start"))
    told = sorted((seconds_of(p.get("time")), seconds_of(p.get("value"))) for p in points)
    keep = element.find("timeMap[@preservesPitch='0']") is None
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in pairwise(told) if b[0] > a[0]]
    if not slopes:
        return clip
    first = told[0][1] + (own - told[0][0]) * slopes[0]
    source = max(0, found.frame(first - begins))
    if len(set(slopes)) == 1:
        return replace(clip, source_in=source, speed=Speed(slopes[0].limit_denominator(10_000), keep_pitch=keep))
    fps = found.rate.fps
    keys = {found.frame(when - own): float((value - first) * fps) for when, value in told}
    ramp = Curve(tuple(Key(at, round(value, 6)) for at, value in sorted(keys.items())))
    return replace(clip, source_in=source, speed=Speed(ramp=ramp, keep_pitch=keep))


def _media(found: _Sequence, asset: Element) -> Media:
    source = asset.find("media-rep")
    path = path_of((source.get("src", "") if source is not None else "") or asset.get("src", ""))
    _, size = _format(found.file, asset.get("format", ""))
    reel = asset.find("metadata/md[@key='com.apple.proapps.studio.reel']")
    length = seconds_of(asset.get("duration"))
    form = found.file.resources.get(asset.get("format", ""))
    measured = form is not None and form.get("width") is not None
    return Media(
        "",
        asset.get("name") or PurePosixPath(path).name,
        path if "/" in path else "",
        reel.get("value", "") if reel is not None else "",
        found.frame(seconds_of(asset.get("start"))),
        found.frame(length),
        width=size[0] if measured else 0,
        height=size[1] if measured else 0,
        still=length == 0 and path.lower().endswith(_STILLS),
        picture=asset.get("hasVideo") == "1" or asset.get("hasAudio") != "1",
        sound=asset.get("hasAudio") == "1",
    )
