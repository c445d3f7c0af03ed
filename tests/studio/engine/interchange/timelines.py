"""Timelines of every kind for the tests of interchange, and what of one came back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from studio.engine.interchange.formats import Loss, Media
from studio.engine.interchange.losses import of_clip
from studio.engine.time import Rate
from studio.engine.timeline import (
    Animated,
    Caption,
    Clip,
    Curve,
    Key,
    Marker,
    Motion,
    Speed,
    Timeline,
    Track,
    Transition,
    Window,
)
from studio.engine.timeline.curves import at
from studio.engine.timeline.looks import Blur, Colour, Crop, Nested, Shape, Solid, Text, TextStyle, Transform

RATES = (
    Rate(24_000, 1001), Rate(24), Rate(25), Rate(30_000, 1001), Rate(30), Rate(50), Rate(60_000, 1001), Rate(60),
)  # fmt: skip
FILES = {
    key: Media(key, f"{name}.mov", f"/Volumes/Shoot 1/{name}.mov", reel, 90_000, 5000, key, 1920, 1080)
    for key, name, reel in (("a" * 64, "A001_C001", "A001"), ("b" * 64, "B & B <2>", "B002"), ("c" * 64, "çüé", ""))
}
SOUNDS = {
    key: Media(key, f"{name}.wav", f"/Volumes/Shoot 1/{name}.wav", "", 0, 9000, key, picture=False)
    for key, name in (("d" * 64, "music"), ("e" * 64, "voice"))
}
STILL = Media("f" * 64, "panel.png", "/panels/panel.png", still=True, sound=False, width=1920, height=1080)
MEDIA: Mapping[str, Media] = {**FILES, **SOUNDS, STILL.key: STILL}

_shares = st.integers(-80, 80).map(lambda n: n / 100)
_names = st.text("abc xyzÄ'&<\"", min_size=1, max_size=8).map(lambda text: " ".join(text.split())).filter(bool)


def _curves(values: st.SearchStrategy[float], frames: int) -> st.SearchStrategy[Animated]:
    keys = st.lists(
        st.builds(Key, st.integers(0, frames - 1), values, st.sampled_from(["linear", "linear", "hold", "bezier"])),
        min_size=2,
        max_size=3,
        unique_by=lambda key: key.frame,
    ).map(lambda each: Curve(tuple(sorted(each, key=lambda key: key.frame))))
    return st.one_of(values, values, keys)


_SOME = st.sampled_from([0, 0, 0, 1])


@st.composite
def _clips(draw: st.DrawFn, start: int, name: str, kind: str) -> Clip:
    frames = draw(st.integers(24, 60))
    media = draw(st.sampled_from([*(SOUNDS if kind == "audio" else FILES)]))
    clip = Clip(name, f"{name} {draw(_names)}", media, start, frames, draw(st.integers(60, 90)) * 12)
    if draw(_SOME):
        clip = replace(clip, fade_in=draw(st.integers(1, 6)))
    if draw(_SOME):
        clip = replace(clip, fade_out=draw(st.integers(1, 6)))
    if draw(_SOME):
        factor = draw(st.sampled_from([Fraction(2), Fraction(1, 2), Fraction(-1), Fraction(3, 2), Fraction(0)]))
        clip = replace(clip, speed=Speed(factor))
    elif draw(_SOME):
        clip = replace(clip, speed=Speed(ramp=Curve((Key(0, 0.0), Key(10, 5.0), Key(frames, 40.0)))))
    if draw(_SOME):
        clip = replace(clip, enabled=False)
    if draw(_SOME):
        clip = replace(clip, markers=(Marker(draw(st.integers(0, frames - 1)), draw(_names)),))
    if draw(_SOME):
        clip = replace(clip, group=draw(st.sampled_from(["g1", "g2"])))
    if kind == "audio":
        if draw(_SOME):
            clip = replace(clip, gain_db=draw(_curves(st.integers(-30, 6).map(float), frames)))
        return replace(clip, pan=draw(_curves(_shares, frames))) if draw(_SOME) else clip
    return draw(_pictured(draw(_laid(clip))))


@st.composite
def _laid(draw: st.DrawFn, clip: Clip) -> Clip:
    """With place, opacity, crop and colours."""
    frames = clip.frames
    if draw(_SOME):
        turned = draw(_curves(st.integers(-180, 180).map(float), frames))
        scale = draw(_curves(st.integers(20, 300).map(lambda n: n / 100), frames))
        lies = Transform(draw(_curves(_shares, frames)), draw(_curves(_shares, frames)), scale, scale, turned)
        clip = replace(clip, transform=lies)
    if draw(_SOME):
        clip = replace(clip, opacity=draw(_curves(st.integers(0, 100).map(lambda n: n / 100), frames)))
    if draw(_SOME):
        clip = replace(clip, crop=Crop(0.1, 0.2, 0.05, 0.0), blend=draw(st.sampled_from(["screen", "multiply", "add"])))
    if draw(_SOME):
        clip = replace(clip, colour=Colour(exposure=0.5), effects=(Blur(),))
    return clip


@st.composite
def _pictured(draw: st.DrawFn, clip: Clip) -> Clip:
    """Of a file, a still, or made."""
    made = draw(st.sampled_from([None] * 6 + ["text", "solid", "shape", "nested", "still"]))
    bare = replace(clip, media="", source_in=0, speed=None)
    if made == "still":
        return replace(
            clip,
            media=STILL.key,
            motion=Motion(Window(), Window(0.4, 0.6, 0.5), 0.01),
            transform=None,
            speed=None,
            source_in=0,
        )
    if made == "nested":
        inner = Timeline(
            "inner", Rate(24), 640, 360, (Track("v1", "video", "V1", "picture", (Clip("n", "n", FILES_KEY, 0, 900),)),)
        )
        return replace(clip, media="", source_in=5, speed=None, made=Nested(inner))
    if made == "text":
        return replace(bare, made=Text(f"Words {draw(_names)}", TextStyle(size=0.1, colour="#ff8000")))
    if made == "shape":
        return replace(bare, made=Shape("ellipse", line=0.01))
    return replace(bare, made=Solid("#102030")) if made == "solid" else clip


FILES_KEY = "a" * 64


@st.composite
def _tracks(draw: st.DrawFn, name: str, kind: str) -> Track:
    clips: list[Clip] = []
    transitions: list[Transition] = []
    at = 0
    for number in range(draw(st.integers(1, 4))):
        gap = draw(st.sampled_from([0, 0, 7]))
        clip = draw(_clips(at + gap, f"{name}-{number}", kind))
        last = clips[-1] if clips else None
        if last and not gap and draw(st.booleans()) and (kind == "audio" or (not last.made and not clip.made)):
            kinds = ["dissolve", "dissolve", "dip", "wipe_left", "wipe_right", "push_up"]
            before, after = draw(st.integers(0, 6)), draw(st.integers(1, 6))
            how = "dissolve" if kind == "audio" else draw(st.sampled_from(kinds))
            transitions.append(Transition(f"{name}-t{number}", how, clip.start, before, after))
            clips[-1], clip = replace(last, fade_out=0), replace(clip, fade_in=0)
        clips.append(clip)
        at = clip.end
    role = "sound" if kind == "audio" else "picture"
    return Track(name, kind, name.upper(), role, tuple(clips), (), tuple(transitions), muted=draw(st.booleans()))


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    """A timeline with anything in it."""
    rate = draw(st.sampled_from(RATES))
    tracks = [
        draw(_tracks(f"{kind[0]}{n}", kind)) for kind in ("video", "audio") for n in range(1, draw(st.integers(2, 3)))
    ]
    marks = draw(st.lists(st.integers(0, 40), max_size=2, unique=True))
    captions = (Caption(3, 20, "One & two\nthree", "ANNA"), Caption(30, 25, "<Four>"))
    if draw(st.booleans()):
        tracks.append(
            Track("cc", "captions", "Captions", "captions", captions=captions, language="en", colour="#2bb3a3")
        )
    return Timeline(
        draw(_names),
        rate,
        1920,
        1080,
        tuple(_at(rate, track) for track in tracks),
        tuple(Marker(frame, draw(_names), note=draw(_names)) for frame in sorted(marks)),
        first_frame=draw(st.sampled_from([0, 86_400, 90_000])),
        drop_frame=draw(st.booleans()) and rate in (Rate(30_000, 1001), Rate(60_000, 1001)),
    )


def _at(rate: Rate, track: Track) -> Track:
    """The track with what is nested in it at a rate."""
    clips = (
        replace(c, made=Nested(replace(c.made.timeline, rate=rate))) if isinstance(c.made, Nested) else c
        for c in track.clips
    )
    return replace(track, clips=tuple(clips))


def begins(clip: Clip, media: Mapping[str, Media]) -> int:
    """Where a clip begins in the time of its file."""
    return clip.source_in + (media[clip.media].start if clip.media in media else 0)


def differences(
    clip: Clip, back: Clip, words: set[str], media: Mapping[str, Media], there: Mapping[str, Media]
) -> list[str]:
    """What of a clip came back otherwise, but for what was said to be lost."""
    found: list[str] = []

    def same(what: str, one: object, other: object, *named: str) -> None:
        lost = any(any(word.startswith(each) for each in named) for word in words)
        if one != other and not lost:
            found.append(f"{what}: {one!r} became {other!r}")

    def near(what: str, one: Animated, other: Animated, *named: str) -> None:
        frames = {0, clip.frames - 1} | ({key.frame for key in one.keys} if isinstance(one, Curve) else set())
        if "an eased keyframe" not in words and "a held keyframe" not in words:
            frames |= set(range(clip.frames))
        moved = [f for f in frames if abs(at(one, f) - at(other, f)) > 0.01]
        if moved and not any(word.startswith(named) for word in words):
            found.append(f"{what} at {moved[:3]}: {one!r} became {other!r}")

    same("name", clip.name, back.name)
    same("frames", (clip.start, clip.frames), (back.start, back.frames), "a fade out right")
    if clip.media and not media[clip.media].still and "a speed ramp" not in words:
        same("source", begins(clip, media), begins(back, there))
        same("file", media[clip.media].path, there[back.media].path)
    same("fades", (clip.fade_in, clip.fade_out), (back.fade_in, back.fade_out), "a fade")
    same("speed", clip.speed and clip.speed.factor, back.speed and back.speed.factor, "a speed ramp", "speed")
    if clip.speed and clip.speed.ramp and "a speed ramp" not in words:
        assert back.speed is not None
        near("ramp", clip.speed.ramp, back.speed.ramp or 0.0)
    same("enabled", clip.enabled, back.enabled, "being switched off")
    same("blend", clip.blend, back.blend, "blending")
    same("crop", clip.crop, back.crop, "crop")
    same("markers", [(m.frame, m.name) for m in clip.markers], [(m.frame, m.name) for m in back.markers], "a marker")
    near("gain", clip.gain_db, back.gain_db, "loudness")
    near("pan", clip.pan, back.pan, "balance")
    near("opacity", clip.opacity, back.opacity, "opacity")
    if clip.motion is None:
        lies, lay = clip.transform or Transform(), back.transform or Transform()
        for name, word in (("x", "position"), ("y", "position"), ("scale_x", "scale"), ("rotation", "rotation")):
            near(name, getattr(lies, name), getattr(lay, name), word)
    if isinstance(clip.made, Text) and "a title" not in words:
        same("words", clip.made.text, back.made.text if isinstance(back.made, Text) else back.made)
    if isinstance(clip.made, Solid) and "a colour matte" not in words:
        same("matte", clip.made, back.made)
    if isinstance(clip.made, Nested) and "a nested timeline" not in words:
        same("nested", clip.made.timeline.frames, back.made.timeline.frames if isinstance(back.made, Nested) else None)
    return found


def lost(losses: tuple[Loss, ...], where: str) -> set[str]:
    """The words of what is lost at a place."""
    return {loss.what.rpartition(" is not in")[0] for loss in losses if loss.where.startswith(where)}


def gone(clip: Clip, losses: tuple[Loss, ...]) -> bool:
    """Whether a clip was said to be lost whole."""
    words = lost(losses, f"Clip '{clip.name}'")
    return bool(words & {"a title", "a shape", "a colour matte", "a nested timeline"} & set(of_clip(clip)))
