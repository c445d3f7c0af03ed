"""What a timeline has that a format does not: what can be set has a word here, and a format says which words it carries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from studio.engine.interchange.formats import Loss
from studio.engine.timeline import Animated, Clip, Curve, Timeline, Track
from studio.engine.timeline.curves import moves
from studio.engine.timeline.looks import Nested, Text, TextStyle, Transform

_MADE = {"text": "a title", "shape": "a shape", "solid": "a colour matte", "nested": "a nested timeline"}
_LAID = (("x", "position", 0.0), ("y", "position", 0.0), ("scale_x", "scale", 1.0), ("scale_y", "scale", 1.0))
_PLAIN_STYLE = ("size", "colour", "align", "font")
"""What of a title's style formats carry that carry titles."""


def missing(timeline: Timeline, form: str, carries: Collection[str]) -> tuple[Loss, ...]:
    """What of a timeline is not in a format that carries these things; nested timelines are looked into where it has them."""
    found: list[Loss] = []

    def tell(where: str, words: Iterable[str]) -> None:
        told = dict.fromkeys(word for word in words if word not in carries)
        found.extend(Loss(where, f"{word} is not in {form}") for word in told)

    tell(f"Timeline '{timeline.name}'", _of_timeline(timeline))
    for track in timeline.tracks:
        tell(f"Track '{track.name}'", _of_track(track))
        for clip in track.clips:
            where = f"Clip '{clip.name}'"
            tell(where, of_clip(clip))
            if isinstance(clip.made, Nested) and _MADE["nested"] in carries:
                found.extend(
                    Loss(f"{where}, {loss.where}", loss.what) for loss in missing(clip.made.timeline, form, carries)
                )
        for transition in track.transitions:
            if track.kind == "audio" or transition.kind == "dissolve":
                word = "a crossfade"
            else:
                word = "a dip" if transition.kind == "dip" else f"a {transition.kind.replace('_', ' ')}"
            where = f"Transition at frame {transition.at} of '{track.name}'"
            tell(
                where, (word, *(("its colour",) if transition.kind == "dip" and transition.colour != "#000000" else ()))
            )
    return tuple(found)


def of_clip(clip: Clip) -> Iterator[str]:
    """The word of each thing a clip has beyond its place, name and file."""
    if clip.made is not None:
        yield _MADE[clip.made.kind]
        if isinstance(clip.made, Text):
            yield from _of_text(clip.made)
    elif not clip.media:
        yield "a clip without a file"
    if clip.motion is not None:
        yield "a camera move"
        yield "the ease of a camera move"
    yield from _animated("loudness", clip.gain_db, 0.0)
    yield from _animated("balance", clip.pan, 0.0)
    yield from _animated("opacity", clip.opacity, 1.0)
    if clip.fade_in or clip.fade_out:
        yield "a fade"
    yield from _of_speed(clip)
    if clip.transform is not None:
        yield from _of_transform(clip.transform)
    if clip.crop is not None:
        yield "crop"
    if clip.blend != "normal":
        yield f"blending with {clip.blend}"
    if clip.colour is not None:
        yield "colour correction"
    yield from (f"the effect {effect.kind}" for effect in clip.effects)
    if clip.group:
        yield "a group"
    if not clip.enabled:
        yield "being switched off"
    if clip.markers:
        yield "a marker of a clip"
        yield from _of_markers(clip.markers)


def _of_timeline(timeline: Timeline) -> Iterator[str]:
    yield "the size of the picture"
    if timeline.background != "#000000":
        yield "the background"
    if timeline.markers:
        yield "a marker"
        yield from _of_markers(timeline.markers)


def _of_markers(markers: Iterable[object]) -> Iterator[str]:
    if any(getattr(marker, "frames", 0) for marker in markers):
        yield "the length of a marker"
    if any(getattr(marker, "colour", "") for marker in markers):
        yield "the colour of a marker"
    if any(getattr(marker, "note", "") for marker in markers):
        yield "the note of a marker"


def _of_track(track: Track) -> Iterator[str]:
    if track.captions:
        yield "captions"
    if track.kind == "effect" and track.clips:
        yield "an effect track"
    for set_, word in (
        (track.locked, "a lock"),
        (track.muted, "muting"),
        (track.solo, "solo"),
        (track.gain_db, "loudness of a track"),
        (track.pan, "balance of a track"),
        (track.ducked_by, "ducking"),
        (track.equaliser or any((track.eq_low_db, track.eq_mid_db, track.eq_high_db)), "an equaliser"),
        (track.compressor, "a compressor"),
        (track.language, "a language"),
        (track.colour, "the colour of a track"),
        (track.look, "how captions look"),
    ):
        if set_:
            yield word


def _of_text(text: Text) -> Iterator[str]:
    rest = [name for name in TextStyle.__slots__ if name not in _PLAIN_STYLE]
    plain = TextStyle()
    if any(getattr(text.style, name) != getattr(plain, name) for name in rest):
        yield "the finer style of a title"
    if text.box != Text("").box or text.anchor != Text("").anchor:
        yield "the box of a title"


def _of_speed(clip: Clip) -> Iterator[str]:
    if clip.speed is None:
        return
    if clip.speed.ramp is not None:
        yield "a speed ramp"
        yield from _of_ways(clip.speed.ramp)
    elif clip.speed.factor != 1:
        yield "speed"
    if not clip.speed.keep_pitch:
        yield "a pitch that follows the speed"


def _of_transform(transform: Transform) -> Iterator[str]:
    for name, word, rest in _LAID:
        yield from _animated(word, getattr(transform, name), rest)
    yield from _animated("rotation", transform.rotation, 0.0)
    if transform.scale_x != transform.scale_y:
        yield "uneven scale"
    if transform.fit != "contain":
        yield "how the picture fits"


def _animated(word: str, value: Animated, rest: float) -> Iterator[str]:
    if isinstance(value, Curve):
        if moves(value):
            yield f"{word} over time"
            yield from _of_ways(value)
        elif value.keys[0].value != rest:
            yield word
    elif value != rest:
        yield word


def _of_ways(curve: Curve) -> Iterator[str]:
    for key in curve.keys[:-1]:
        if key.way != "linear":
            yield "a held keyframe" if key.way == "hold" else "an eased keyframe"
