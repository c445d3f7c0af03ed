"""The filters and generators of FCP 7 XML, both ways: motion, crop, opacity, time remap, levels, pan, titles, mattes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from studio.engine.interchange.final_cut.keyframes import curve, decibels, frames_of, laid, number, of_decibels
from studio.engine.interchange.final_cut.trees import add, real, word
from studio.engine.interchange.formats import Media
from studio.engine.timeline import Animated, Clip, Curve, Key, Speed
from studio.engine.timeline.curves import at
from studio.engine.timeline.looks import Blend, Crop, Solid, Text, TextStyle, Transform

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

BLENDS: dict[Blend, str] = {
    "normal": "normal",
    "multiply": "multiply",
    "screen": "screen",
    "overlay": "overlay",
    "darken": "darken",
    "lighten": "lighten",
    "add": "add",
    "difference": "difference",
    "softlight": "soft light",
}
ALIGNS = {"left": "1", "center": "2", "right": "3"}
Says = Callable[[float], str]


def _effect(parent: Element, holder: str, name: str, effect_id: str, kind: str, media: str, category: str) -> Element:
    effect = add(add(parent, holder) if holder else parent, "effect")
    add(effect, "name", name)
    add(effect, "effectid", effect_id)
    add(effect, "effectcategory", category)
    add(effect, "effecttype", kind)
    add(effect, "mediatype", media)
    return effect


def _parameter(effect: Element, key: str, name: str) -> Element:
    made = add(effect, "parameter")
    add(made, "parameterid", key)
    add(made, "name", name)
    return made


def _value(parent: Element, values: tuple[float, ...]) -> None:
    if len(values) == 1:
        add(parent, "value", number(values[0]))
        return
    pair = add(parent, "value")
    add(pair, "horiz", number(values[0]))
    add(pair, "vert", number(values[1]))


def _animated(
    effect: Element, key: str, name: str, values: tuple[Animated, ...], begins: int, by: Callable[[float], float]
) -> None:
    """A parameter, with keyframes counted from the first frame of the file."""
    made = _parameter(effect, key, name)
    _value(made, tuple(by(at(each, 0)) for each in values))
    for frame in frames_of(*values):
        keyed = add(made, "keyframe")
        add(keyed, "when", begins + frame)
        _value(keyed, tuple(by(at(each, frame)) for each in values))


def filling(size: tuple[int, int], media: Media) -> float:
    """How much a picture is scaled to lie whole within the frame, where its size is known."""
    if not (media.width and media.height and size[0] and size[1]):
        return 1.0
    return min(size[0] / media.width, size[1] / media.height)


def picture_filters(item: Element, clip: Clip, begins: int, size: tuple[int, int], media: Media) -> None:
    """All a picture's filters."""
    _time_remap(item, clip, begins, "video")
    lies, fills = laid(clip) or Transform(), filling(size, media)
    if lies != Transform() or abs(fills - 1) > 1e-6:
        motion = _effect(item, "filter", "Basic Motion", "basic", "motion", "video", "motion")
        _animated(motion, "scale", "Scale", (lies.scale_x,), begins, lambda v: v * 100 * fills)
        _animated(motion, "rotation", "Rotation", (lies.rotation,), begins, float)
        _animated(motion, "center", "Center", (lies.x, lies.y), begins, float)
    if clip.crop is not None:
        crop = _effect(item, "filter", "Crop", "crop", "motion", "video", "motion")
        for side in ("left", "right", "top", "bottom"):
            _value(_parameter(crop, side, side), (getattr(clip.crop, side) * 100,))
    if clip.opacity != 1.0:
        opacity = _effect(item, "filter", "Opacity", "opacity", "motion", "video", "motion")
        _animated(opacity, "opacity", "opacity", (clip.opacity,), begins, lambda v: v * 100)


def sound_filters(item: Element, clip: Clip, begins: int) -> None:
    """All a sound's filters."""
    _time_remap(item, clip, begins, "audio")
    if clip.gain_db != 0.0:
        levels = _effect(item, "filter", "Audio Levels", "audiolevels", "audiolevels", "audio", "audiolevels")
        _animated(levels, "level", "Level", (clip.gain_db,), begins, of_decibels)
    if clip.pan != 0.0:
        pan = _effect(item, "filter", "Audio Pan", "audiopan", "audiopan", "audio", "audiopan")
        _animated(pan, "pan", "Pan", (clip.pan,), begins, float)


def _time_remap(item: Element, clip: Clip, begins: int, media: str) -> None:
    """Speed: in percent, and as the frames of the file that are shown at two frames or more of the clip."""
    if clip.speed is None or (clip.speed.factor == 1 and clip.speed.ramp is None):
        return
    effect = _effect(item, "filter", "Time Remap", "timeremap", "motion", media, "motion")
    ramp, factor = clip.speed.ramp, clip.speed.factor
    add(_parameter(effect, "variablespeed", "variablespeed"), "value", 1 if ramp else 0)
    add(_parameter(effect, "speed", "speed"), "value", number(100 if ramp else abs(float(factor)) * 100))
    add(_parameter(effect, "reverse", "reverse"), "value", "TRUE" if not ramp and factor < 0 else "FALSE")
    add(_parameter(effect, "frameblending", "frameblending"), "value", "FALSE")
    graph = _parameter(effect, "graphdict", "graphdict")
    add(graph, "value", 0)
    points = (
        [(key.frame, key.value) for key in ramp.keys]
        if ramp
        else [(0, 0.0), (clip.frames, float(clip.frames * factor))]
    )
    for frame, value in points:
        keyed = add(graph, "keyframe")
        add(keyed, "when", begins + frame)
        add(keyed, "value", number(clip.source_in + value))


def text_generator(item: Element, text: Text) -> None:
    """A title: its words, font, size, colour and alignment."""
    effect = _effect(item, "", "Text", "Text", "generator", "video", "Text")
    style = text.style
    for key, name, value in (
        ("str", "Text", text.text),
        ("fontname", "Font", style.font),
        ("fontsize", "Size", number(style.size * 1000)),
        ("fontalign", "Alignment", ALIGNS[style.align]),
    ):
        add(_parameter(effect, key, name), "value", value)
    _colour(_parameter(effect, "fontcolor", "Font Color"), style.colour)


def matte_generator(item: Element, solid: Solid) -> None:
    """The whole frame in one colour."""
    effect = _effect(item, "", "Color", "Color", "generator", "video", "Matte")
    _colour(_parameter(effect, "fillcolor", "Color"), solid.colour)


def _colour(parent: Element, colour: str) -> None:
    value = add(parent, "value")
    parts = [int(colour[i : i + 2], 16) for i in range(1, len(colour), 2)]
    for name, part in zip(("alpha", "red", "green", "blue"), ((*parts, 255)[3], *parts[:3]), strict=True):
        add(value, name, part)


# Reading


def colour_of(value: Element | None, default: str) -> str:
    """A colour as "#rrggbb", with its alpha where it is not whole."""
    if value is None or value.find("red") is None:
        return default
    parts = [max(0, min(255, int(real(word(value, name, "255"))))) for name in ("red", "green", "blue", "alpha")]
    return "#" + "".join(f"{part:02x}" for part in (parts if parts[3] != 255 else parts[:3]))


def made_by(item: Element) -> Text | Solid | None:
    """What a generator makes, if we have it."""
    effect = item.find("effect")
    which = word(effect, "effectid").lower()
    if which in ("text", "outline text", "crawl", "scrolling text") or _parameter_of(effect, "str") is not None:
        size = real(_said(effect, "fontsize"), 60.0) / 1000
        aligns = {number: name for name, number in ALIGNS.items()}
        font, colour = _said(effect, "fontname"), colour_of(_parameter_of(effect, "fontcolor"), "#ffffff")
        align = aligns.get(_said(effect, "fontalign"), "center")
        style = TextStyle(size=size, colour=colour)
        style = replace(style, font=font or style.font, align=align)  # pyright: ignore[reportArgumentType]
        return Text(_said(effect, "str"), style)
    if which == "color":
        return Solid(colour_of(_parameter_of(effect, "fillcolor"), "#000000"))
    return None


def looked(clip: Clip, effect: Element, begins: int, fills: float) -> Clip | None:
    """The clip with a filter on it; None when it is no filter we have."""
    which = word(effect, "effectid").lower()
    if which == "basic":
        lies = clip.transform or Transform()
        scale = _curve(effect, "scale", begins, lambda v: v / 100 / fills, 1.0)
        rotation = _curve(effect, "rotation", begins, float, 0.0)
        x = _curve(effect, "center", begins, float, 0.0, "horiz")
        y = _curve(effect, "center", begins, float, 0.0, "vert")
        lies = replace(lies, x=x, y=y, scale_x=scale, scale_y=scale, rotation=rotation)
        return replace(clip, transform=lies if lies != Transform() else None)
    if which == "crop":
        left, right, top, bottom = (real(_said(effect, side)) / 100 for side in ("left", "right", "top", "bottom"))
        return replace(clip, crop=Crop(left, top, right, bottom))
    if which == "opacity":
        return replace(clip, opacity=_curve(effect, "opacity", begins, lambda v: v / 100, 1.0))
    if which == "timeremap":
        return _remapped(clip, effect, begins)
    if which == "audiolevels":
        return replace(clip, gain_db=_curve(effect, "level", begins, lambda v: round(decibels(v), 4), 0.0))
    if which == "audiopan":
        return replace(clip, pan=_curve(effect, "pan", begins, float, 0.0))
    return None


def _remapped(clip: Clip, effect: Element, begins: int) -> Clip:
    keyed = effect.findall("parameter[parameterid='graphdict']/keyframe")[:10_000]
    points = sorted((int(real(word(k, "when"))), real(word(k, "value"))) for k in keyed)
    if _said(effect, "variablespeed") in ("1", "TRUE") and len(points) > 1:
        source = _along(points, begins)
        keys = tuple(Key(when - begins, value - source) for when, value in dict(points).items())
        return replace(clip, source_in=round(source), speed=Speed(ramp=Curve(keys)))
    factor = (Fraction(_said(effect, "speed") or "100") / 100).limit_denominator(1000)
    if _said(effect, "reverse").upper() == "TRUE":
        factor = -factor
    source = _along(points, begins) if len(points) > 1 else clip.source_in * float(abs(factor))
    return replace(clip, source_in=max(0, round(source)), speed=Speed(factor) if factor != 1 else None)


def _along(points: list[tuple[int, float]], when: int) -> float:
    return Curve(tuple(Key(frame, value) for frame, value in dict(points).items())).at(when)


def _curve(
    effect: Element, key: str, begins: int, by: Callable[[float], float], default: float, part: str = ""
) -> Animated:
    parameter = effect.find(f"parameter[parameterid='{key}']")
    if parameter is None:
        return default
    path = f"value/{part}" if part else "value"
    keyed = parameter.findall("keyframe")[:10_000]
    if keyed:
        return curve([(int(real(word(k, "when"))) - begins, by(real(word(k, path)))) for k in keyed])
    return by(real(word(parameter, path))) if word(parameter, path) else default


def _parameter_of(effect: Element | None, key: str) -> Element | None:
    return effect.find(f"parameter[parameterid='{key}']/value") if effect is not None else None


def _said(effect: Element | None, key: str) -> str:
    return word(effect, f"parameter[parameterid='{key}']/value")
