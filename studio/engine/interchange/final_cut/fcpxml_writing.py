"""A timeline as FCPXML 1.9, which Final Cut Pro and Resolve read. Source: Apple's FCPXML reference.

The first picture track is the spine. A clip of another track is connected to the clip of the spine it begins over; a track
with transitions is a storyline of its own, for only there FCPXML has them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import count
from typing import TYPE_CHECKING

from studio.engine.interchange.final_cut.fcpxml_looks import (
    BLEND_NUMBERS,
    adjust_picture,
    adjust_sound,
    style_of,
    timed,
)
from studio.engine.interchange.final_cut.trees import add, as_bytes
from studio.engine.interchange.formats import Loss, Media, Written, known
from studio.engine.interchange.losses import missing
from studio.engine.interchange.timecode import drops
from studio.engine.time import Rate
from studio.engine.timeline import PICTURE, Caption, Clip, Marker, Timeline, Track, Transition
from studio.engine.timeline.looks import Nested, Text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

FORM = "FCPXML"
DISSOLVE = "FxPlug:4731E73A-8DAC-4113-9A30-AE85B1761265"
TITLE = ".../Titles.localized/Bumper:Opener.localized/Basic Title.localized/Basic Title.moti"
_CARRIES = {
    "the size of the picture", "a marker", "the length of a marker", "a marker of a clip", "a camera move",
    "a fade", "a crossfade", "speed",
    "a speed ramp", "a pitch that follows the speed", "position", "scale", "uneven scale", "rotation", "opacity",
    "position over time", "scale over time", "rotation over time", "opacity over time", "crop", "how the picture fits",
    "loudness", "loudness over time", "balance", "balance over time", "a title", "a nested timeline", "being switched off",
    "captions", "a language", *(f"blending with {blend}" for blend in BLEND_NUMBERS),
}  # fmt: skip
_FITS = {"cover": "fill", "none": "none", "contain": "fit"}


@dataclass(slots=True)
class _Film:
    """What is written: the resources, and the clips that connected ones hang on."""

    media: Mapping[str, Media]
    resources: Element
    used: dict[str, int]
    rate: Rate
    assets: dict[str, str] = field(default_factory=dict[str, str])
    effects: dict[str, str] = field(default_factory=dict[str, str])
    formats: dict[tuple[object, ...], str] = field(default_factory=dict[tuple[object, ...], str])
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def new(self, letter: str = "r") -> str:
        return f"{letter}{next(self.numbers)}"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A clip or gap of the spine: where it lies, and what frame of its own time that is."""

    element: Element
    start: int
    end: int
    own: int


def written(timeline: Timeline, media: Mapping[str, Media]) -> Written:
    """The timeline as FCPXML."""
    from xml.etree.ElementTree import Element

    root = Element("fcpxml", version="1.9")
    film = _Film(media, add(root, "resources"), _used(timeline), timeline.rate)
    event = add(add(root, "library"), "event", name="Inkreel")
    _sequence(add(event, "project", name=timeline.name), film, timeline)
    return Written(as_bytes(root, "fcpxml"), (*missing(timeline, FORM, _CARRIES), *_unsaid(timeline)))


def _unsaid(timeline: Timeline) -> Iterator[Loss]:
    for track in timeline.tracks:
        for clip in track.clips:
            if clip.transform is not None and clip.transform.fit == "stretch":
                yield Loss(f"Clip '{clip.name}'", f"stretching is not in {FORM}")
            if any(t.at in (clip.start, clip.end) for t in track.transitions) and (clip.fade_in or clip.fade_out):
                yield Loss(f"Clip '{clip.name}'", f"a fade beside a transition may not look the same in {FORM}")


def _used(timeline: Timeline) -> dict[str, int]:
    """The last frame used of each file, for files whose length nobody knows."""
    used: dict[str, int] = {}
    for track in timeline.tracks:
        reach = max((t.after for t in track.transitions), default=0)
        for clip in track.clips:
            factor = abs(clip.speed.factor) if clip.speed else Fraction(1)
            top = max((key.value for key in clip.speed.ramp.keys), default=0) if clip.speed and clip.speed.ramp else 0
            end = clip.source_in + int(max((clip.frames + reach) * max(factor, Fraction(1)), top)) + 1
            used[clip.media] = max(used.get(clip.media, 1), end)
            if isinstance(clip.made, Nested):
                for key, inner in _used(clip.made.timeline).items():
                    used[key] = max(used.get(key, 1), inner)
    return used


def _format(film: _Film, width: int, height: int) -> str:
    key = (film.rate, width, height)
    if key not in film.formats:
        film.formats[key] = film.new()
        size = {"width": str(width), "height": str(height), "colorSpace": "1-1-1 (Rec. 709)"} if width else {}
        length = timed(1, film.rate)
        add(film.resources, "format", id=film.formats[key], frameDuration=length, **size)
    return film.formats[key]


def _asset(film: _Film, key: str) -> str:
    media = known(film.media, key)
    if key not in film.assets:
        film.assets[key] = film.new()
        frames = 0 if media.still else max(media.frames, film.used.get(key, 1))
        flags = {"hasVideo": "1"} if media.picture else {}
        if media.sound and not media.still:
            flags |= {"hasAudio": "1", "audioSources": "1", "audioChannels": "2", "audioRate": "48000"}
        if media.picture:
            flags["format"] = _format(film, media.width, media.height)
        asset = add(
            film.resources,
            "asset",
            id=film.assets[key],
            name=media.name or key,
            uid=media.sha256.upper()[:32] or f"{len(film.assets):032X}",
            start=timed(media.start, film.rate),
            duration=timed(frames, film.rate),
            **flags,
        )
        add(asset, "media-rep", kind="original-media", src=media.url)
        if media.reel:
            add(add(asset, "metadata"), "md", key="com.apple.proapps.studio.reel", value=media.reel)
    return film.assets[key]


def _effect(film: _Film, name: str, uid: str) -> str:
    if name not in film.effects:
        film.effects[name] = film.new()
        add(film.resources, "effect", id=film.effects[name], name=name, uid=uid)
    return film.effects[name]


def _sequence(parent: Element, film: _Film, timeline: Timeline) -> None:
    end = max([timeline.frames, *(c.end for t in timeline.tracks for c in (*t.clips, *t.captions)), 1])
    sequence = add(
        parent,
        "sequence",
        format=_format(film, timeline.width, timeline.height),
        duration=timed(end, film.rate),
        tcStart=timed(timeline.first_frame, film.rate),
        tcFormat="DF" if timeline.drop_frame and drops(timeline.rate) else "NDF",
        audioLayout="stereo",
        audioRate="48k",
    )
    spine = add(sequence, "spine")
    seen = [t for t in timeline.tracks if t.kind in PICTURE and t.kind != "effect"]
    first = seen[0] if seen else Track("", "video", "", "")
    pieces = _line(spine, film, first, base=timeline.first_frame, until=end)
    for lane, track in enumerate(seen[1:], 1):
        _connected(film, track, pieces, lane)
    for lane, track in enumerate((t for t in timeline.tracks if t.kind == "audio"), 1):
        _connected(film, track, pieces, -lane)
    lane = len(seen)
    for track in timeline.tracks:
        if track.captions:
            for caption in track.captions:
                _caption(film, caption, track.language or "en", pieces, lane)
            lane += 1
    for marker in timeline.markers:
        piece = _piece(pieces, marker.frame)
        _marker(piece.element, film.rate, marker, piece.own + marker.frame - piece.start, "chapter-marker")
    for piece in pieces:
        _in_order(piece.element)


def _shown(track: Track) -> list[Clip]:
    clips = (c for c in track.clips if c.made is None or isinstance(c.made, Text | Nested))
    return sorted(clips, key=lambda c: c.start)


def _line(spine: Element, film: _Film, track: Track, *, base: int, until: int) -> list[_Piece]:
    """Clips one after another with their transitions, gaps between them; frame 0 lies at `base`."""
    pieces: list[_Piece] = []
    into = {t.at: t for t in track.transitions}
    at = 0

    def gap(end: int) -> None:
        if end > at:
            length = timed(end - at, film.rate)
            made = add(spine, "gap", name="Gap", offset=timed(base + at, film.rate), start="0s", duration=length)
            pieces.append(_Piece(made, at, end, 0))

    for clip in _shown(track):
        gap(clip.start)
        if cut := into.get(clip.start):
            _transition(spine, film, cut, base, "audio" if track.kind == "audio" else "video")
        pieces.append(_clip(spine, film, clip, track, base + clip.start))
        at = clip.end
    gap(until)
    return pieces


def _transition(spine: Element, film: _Film, cut: Transition, base: int, kind: str) -> None:
    offset, length = timed(base + cut.start, film.rate), timed(cut.before + cut.after, film.rate)
    made = add(spine, "transition", name="Cross Dissolve", offset=offset, duration=length)
    if kind == "video":
        add(made, "filter-video", ref=_effect(film, "Cross Dissolve", DISSOLVE), name="Cross Dissolve")
    else:
        add(made, "filter-audio", ref=_effect(film, "Audio Crossfade", "FFAudioTransition"), name="Audio Crossfade")


def _connected(film: _Film, track: Track, pieces: Sequence[_Piece], lane: int) -> None:
    """The clips of a track, each hung on the piece it begins over; with transitions as one line on the first piece."""
    clips = _shown(track)
    if track.transitions and clips:
        piece = _piece(pieces, clips[0].start)
        offset = piece.own + clips[0].start - piece.start
        spine = add(piece.element, "spine", lane=str(lane), offset=timed(offset, film.rate))
        shifted = clips[0].start
        _line(spine, film, track, base=-shifted, until=0)
        for gap in [each for each in spine if each.tag == "gap" and each.get("offset", "").startswith("-")]:
            spine.remove(gap)
        return
    for clip in clips:
        piece = _piece(pieces, clip.start)
        made = _clip(piece.element, film, clip, track, piece.own + clip.start - piece.start)
        made.element.set("lane", str(lane))


def _piece(pieces: Sequence[_Piece], frame: int) -> _Piece:
    return next((piece for piece in pieces if piece.start <= frame < piece.end), pieces[-1])


def _clip(parent: Element, film: _Film, clip: Clip, track: Track, offset: int) -> _Piece:
    """A clip by its kind: of a file, a still, a title, a nested timeline."""
    rate, sounds = film.rate, track.kind == "audio"
    common = {"name": clip.name, "offset": timed(offset, rate), "duration": timed(clip.frames, rate)}
    common |= {} if clip.enabled else {"enabled": "0"}
    file = known(film.media, clip.media)
    remapped = clip.speed is not None and (clip.speed.factor != 1 or clip.speed.ramp is not None)
    own = 0 if remapped else file.start + clip.source_in
    if isinstance(clip.made, Text):
        own = 0
        made = add(parent, "title", ref=_effect(film, "Basic Title", TITLE), start="0s", **common)
        _words(made, film, clip.made)
    elif isinstance(clip.made, Nested):
        own = 0 if remapped else clip.source_in
        made = add(parent, "ref-clip", ref=_nested(film, clip.made), start=timed(own, rate), **common)
    elif not clip.media:
        own = 0
        made = add(parent, "gap", start="0s", **common)
    elif file.still:
        made = add(parent, "video", ref=_asset(film, clip.media), start=timed(own, rate), **common)
    else:
        role = {"audioRole": "music" if track.role == "music" else "dialogue"} if sounds else {}
        source = {"srcEnable": "audio"} if sounds and file.picture else {}
        made = add(
            parent, "asset-clip", ref=_asset(film, clip.media), start=timed(own, rate), **common, **role, **source
        )
    if remapped:
        _time_map(made, rate, clip, file.start)
    if sounds:
        adjust_sound(made, clip, rate, own)
    elif clip.media or clip.made is not None:
        if clip.transform is not None and clip.transform.fit in _FITS and clip.transform.fit != "contain":
            add(made, "adjust-conform", type=_FITS[clip.transform.fit])
        adjust_picture(made, clip, rate, own)
    for marker in clip.markers:
        _marker(made, rate, marker, own + marker.frame, "marker")
    return _Piece(made, clip.start, clip.end, own)


def _time_map(made: Element, rate: Rate, clip: Clip, start: int) -> None:
    """From the clip's own time to the file's."""
    assert clip.speed is not None
    ramp = clip.speed.ramp
    first = Fraction(start + clip.source_in)
    points = (
        [(key.frame, first + Fraction(key.value).limit_denominator(10_000)) for key in ramp.keys]
        if ramp
        else [(0, first), (clip.frames, first + clip.frames * clip.speed.factor)]
    )
    mapped = add(made, "timeMap", preservesPitch="1" if clip.speed.keep_pitch else "0")
    for frame, value in points:
        add(mapped, "timept", time=timed(frame, rate), value=timed(value, rate), interp="linear")


def _nested(film: _Film, nested: Nested) -> str:
    inner = _Film(
        film.media,
        film.resources,
        film.used,
        nested.timeline.rate,
        film.assets,
        film.effects,
        film.formats,
        film.numbers,
    )
    if inner.rate != film.rate:
        inner.assets = {}
    name = film.new()
    _sequence(add(film.resources, "media", id=name, name=nested.timeline.name), inner, nested.timeline)
    return name


def _words(made: Element, film: _Film, text: Text) -> None:
    style = film.new("ts")
    add(add(made, "text"), "text-style", text.text, ref=style)
    add(add(made, "text-style-def", id=style), "text-style", **style_of(text.style))


def _caption(film: _Film, caption: Caption, language: str, pieces: Sequence[_Piece], lane: int) -> None:
    piece = _piece(pieces, caption.start)
    offset, length = timed(piece.own + caption.start - piece.start, film.rate), timed(caption.frames, film.rate)
    made = add(
        piece.element,
        "caption",
        lane=str(lane),
        offset=offset,
        name=caption.speaker or caption.text[:40],
        start="0s",
        duration=length,
        role=f"SRT?captionFormat=SRT.{language}",
    )
    style = film.new("ts")
    add(add(made, "text"), "text-style", caption.text, ref=style)
    add(add(made, "text-style-def", id=style), "text-style", font=".AppleSystemUIFont", fontSize="13")
    if caption.speaker:
        add(made, "note", caption.speaker)


def _marker(parent: Element, rate: Rate, marker: Marker, at: int, tag: str) -> None:
    made = add(parent, tag, start=timed(at, rate), duration=timed(max(1, marker.frames), rate), value=marker.name)
    if tag == "chapter-marker":
        made.set("posterOffset", "0s")


_ORDER = (
    *("note", "conform-rate", "timeMap", "text", "text-style-def", "adjust-crop", "adjust-conform", "adjust-transform"),
    *("adjust-blend", "adjust-volume", "adjust-panner", "#anchored", "marker", "chapter-marker"),
)


def _in_order(element: Element) -> None:
    """The order Apple's DTD asks of a clip's children: adjustments, then what is connected, then markers."""
    children = list(element)
    element[:] = sorted(children, key=lambda c: _ORDER.index(c.tag if c.tag in _ORDER else "#anchored"))
    for child in children:
        if child.get("lane"):
            _in_order(child)
