"""The adjustments of FCPXML, both ways: transform, crop, blend, volume, panner, fades, styles; and its time in rational seconds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

from studio.core.errors import Invalid
from studio.engine.interchange.final_cut.keyframes import curve, frames_of, laid, number
from studio.engine.interchange.final_cut.trees import add, real
from studio.engine.time import Rate
from studio.engine.timeline import Animated, Clip
from studio.engine.timeline.curves import at
from studio.engine.timeline.looks import Blend, Crop, TextStyle, Transform

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

BLEND_NUMBERS: dict[Blend, str] = {
    "darken": "2",
    "multiply": "3",
    "add": "8",
    "lighten": "9",
    "screen": "10",
    "overlay": "14",
    "softlight": "15",
    "difference": "22",
}
BLENDS: dict[str, Blend] = {number: blend for blend, number in BLEND_NUMBERS.items()}
_LONGEST = 1 << 31
_SIZE = 1080
"""FCPXML's letters are so many points of a frame of 1080 lines."""


def timed(frames: int | Fraction, rate: Rate) -> str:
    """Frames as FCPXML's seconds: "1001/24000s", "5s"."""
    seconds = Fraction(frames) * rate.den / rate.num
    return f"{seconds.numerator}s" if seconds.denominator == 1 else f"{seconds.numerator}/{seconds.denominator}s"


def seconds_of(text: str | None) -> Fraction:
    """Exact seconds. Raises: Invalid."""
    if not text:
        return Fraction(0)
    try:
        found = Fraction(text.strip().removesuffix("s"))
    except (ValueError, ZeroDivisionError) as e:
        raise Invalid(f"{text[:30]!r} is no time of FCPXML. Export the timeline again.") from e
    if abs(found) > _LONGEST:
        raise Invalid("A time in this FCPXML file is longer than any film. Export it again.")
    return found


def frame(seconds: Fraction, rate: Rate) -> int:
    """The nearest frame."""
    return floor(seconds * rate.fps + Fraction(1, 2))


Ways = Sequence[Callable[[float], float]]


def _told(element: Element, name: str, values: tuple[Animated, ...], rate: Rate, own: int, by: Ways) -> None:
    """A value as an attribute, or as a parameter with keyframes in the clip's own time."""

    def told(frame: int) -> str:
        return " ".join(number(way(at(each, frame))) for way, each in zip(by, values, strict=True))

    whens = frames_of(*values)
    if not whens:
        element.set(name, told(0))
        return
    made = add(add(element, "param", name=name), "keyframeAnimation")
    for when in whens:
        add(made, "keyframe", time=timed(own + when, rate), value=told(when), interp="linear", curve="linear")


def adjust_picture(made: Element, clip: Clip, rate: Rate, own: int) -> None:
    """Crop, place, scale, rotation, opacity and fades of a picture; places are in percent of the frame's height."""
    if clip.crop is not None:
        sides = {side: number(getattr(clip.crop, side) * 100) for side in ("left", "top", "right", "bottom")}
        add(add(made, "adjust-crop", mode="trim"), "trim-rect", **sides)
    lies = laid(clip)
    if lies is not None and replace(lies, fit="contain") != Transform():
        adjusted = add(made, "adjust-transform")
        wide = 100 * 16 / 9  # x is told in percent of the height of a 16:9 frame, and up is positive
        _told(adjusted, "position", (lies.x, lies.y), rate, own, (lambda v: v * wide, lambda v: -v * 100))
        _told(adjusted, "scale", (lies.scale_x, lies.scale_y), rate, own, (float, float))
        _told(adjusted, "rotation", (lies.rotation,), rate, own, (lambda v: -v,))
    if clip.opacity != 1.0 or clip.blend != "normal" or clip.fade_in or clip.fade_out:
        blended = add(made, "adjust-blend", amount=number(at(clip.opacity, 0)))
        if clip.blend != "normal":
            blended.set("mode", BLEND_NUMBERS[clip.blend])
        _amount(blended, clip, (clip.opacity,), rate, own)


def adjust_sound(made: Element, clip: Clip, rate: Rate, own: int) -> None:
    """Volume with its fades, and balance."""
    if clip.gain_db != 0.0 or clip.fade_in or clip.fade_out:
        volume = add(made, "adjust-volume", amount=f"{number(at(clip.gain_db, 0))}dB")
        _amount(volume, clip, (clip.gain_db,), rate, own)
    if clip.pan != 0.0:
        _told(add(made, "adjust-panner", mode="1"), "amount", (clip.pan,), rate, own, (lambda v: v * 100,))


def _amount(parent: Element, clip: Clip, values: tuple[Animated, ...], rate: Rate, own: int) -> None:
    """The parameter `amount` with what fades and moves in it."""
    if not (clip.fade_in or clip.fade_out or frames_of(*values)):
        return
    made = add(parent, "param", name="amount")
    if clip.fade_in:
        add(made, "fadeIn", type="linear", duration=timed(clip.fade_in, rate))
    if clip.fade_out:
        add(made, "fadeOut", type="linear", duration=timed(clip.fade_out, rate))
    if frames_of(*values):
        keyed = add(made, "keyframeAnimation")
        for when in frames_of(*values):
            add(keyed, "keyframe", time=timed(own + when, rate), value=number(at(values[0], when)), curve="linear")


def style_of(style: TextStyle) -> dict[str, str]:
    """The attributes of a title's letters."""
    parts = [int(style.colour[i : i + 2], 16) / 255 for i in range(1, len(style.colour), 2)]
    colour = " ".join(number(part) for part in (*parts, 1.0)[:4])
    return {"font": style.font, "fontSize": number(style.size * _SIZE), "fontColor": colour, "alignment": style.align}


# Reading


def styled(element: Element | None) -> TextStyle:
    """The letters of a title."""
    plain = TextStyle()
    if element is None:
        return plain
    parts = [max(0, min(255, round(real(each, 1.0) * 255))) for each in element.get("fontColor", "1 1 1 1").split()[:4]]
    parts += [255] * (4 - len(parts))
    colour = "#" + "".join(f"{part:02x}" for part in (parts if parts[3] != 255 else parts[:3]))
    align = element.get("alignment", "center")
    align = align if align in ("left", "center", "right") else "center"
    size = real(element.get("fontSize", ""), plain.size * _SIZE) / _SIZE
    return replace(plain, font=element.get("font", plain.font), size=size, colour=colour, align=align)  # pyright: ignore[reportArgumentType]


def looked(clip: Clip, adjustment: Element, rate: Rate, own: int) -> Clip | None:
    """The clip with an adjustment; None when it is none we have."""
    tag = adjustment.tag
    if tag == "adjust-transform":
        return _transformed(clip, adjustment, rate, own)
    if tag == "adjust-crop":
        rect = adjustment.find("trim-rect")
        rect = rect if rect is not None else adjustment.find("crop-rect")
        if rect is None:
            return None
        sides = (real(rect.get(side, "0")) / 100 for side in ("left", "top", "right", "bottom"))
        return replace(clip, crop=Crop(*sides))
    if tag == "adjust-blend":
        opacity = _said(adjustment, "amount", (1.0,), rate, own, (float,))[0]
        blend = BLENDS.get(adjustment.get("mode", "0"), "normal")
        return _faded(replace(clip, opacity=opacity, blend=blend), adjustment, rate)
    if tag == "adjust-volume":
        gain = _said(adjustment, "amount", (0.0,), rate, own, (float,))[0]
        return _faded(replace(clip, gain_db=gain), adjustment, rate)
    if tag == "adjust-panner":
        return replace(clip, pan=_said(adjustment, "amount", (0.0,), rate, own, (lambda v: v / 100,))[0])
    if tag == "adjust-conform":
        fit = {"fill": "cover", "none": "none"}.get(adjustment.get("type", "fit"), "contain")
        return replace(clip, transform=replace(clip.transform or Transform(), fit=fit)) if fit != "contain" else clip  # pyright: ignore[reportArgumentType]
    return None


def _transformed(clip: Clip, adjustment: Element, rate: Rate, own: int) -> Clip:
    wide = 16 / 9
    x, y = _said(adjustment, "position", (0.0, 0.0), rate, own, (lambda v: v / 100 / wide, lambda v: -v / 100))
    scale_x, scale_y = _said(adjustment, "scale", (1.0, 1.0), rate, own, (float, float))
    rotation = _said(adjustment, "rotation", (0.0,), rate, own, (lambda v: -v,))[0]
    lies = clip.transform or Transform()
    return replace(clip, transform=replace(lies, x=x, y=y, scale_x=scale_x, scale_y=scale_y, rotation=rotation))


def _said(element: Element, name: str, default: Sequence[float], rate: Rate, own: int, by: Ways) -> list[Animated]:
    """A parameter's values: from its keyframes, else from the attribute, else as they are by default."""
    keyed = element.findall(f"param[@name='{name}']/keyframeAnimation/keyframe")[:10_000]
    if keyed:
        told = [(frame(seconds_of(k.get("time")), rate) - own, _numbers(k.get("value", ""), default)) for k in keyed]
        return [curve([(when, way(values[i])) for when, values in told]) for i, way in enumerate(by)]
    given = element.get(name)
    if given is None:
        return list(default)
    return [way(each) for way, each in zip(by, _numbers(given, default), strict=False)]


def _numbers(text: str, default: Sequence[float]) -> list[float]:
    parts = [real(each.removesuffix("dB"), rest) for each, rest in zip(text.split(), default, strict=False)]
    return parts + list(default[len(parts) :])


def _faded(clip: Clip, adjustment: Element, rate: Rate) -> Clip:
    lengths: dict[str, int] = {}
    for tag, name in (("fadeIn", "fade_in"), ("fadeOut", "fade_out")):
        found = adjustment.find(f"param[@name='amount']/{tag}")
        if found is not None:
            lengths[name] = max(0, min(frame(seconds_of(found.get("duration")), rate), clip.frames))
    return replace(clip, **lengths)
