"""Every property of a clip a person sets, once: its words, its unit and a handy range (the engine's are wider)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from studio.engine.fonts import OURS
from studio.engine.looks.functions import FUNCTIONS
from studio.engine.timeline.looks import (
    Blend,
    Blur,
    ChromaKey,
    Effect,
    Fit,
    Flip,
    FrameFunction,
    Grain,
    Greyscale,
    Pixelate,
    Sharpen,
    Vignette,
)

Kind = Literal["number", "choice", "colour", "flag", "words"]
Per = Literal["one", "hundred", "across", "down"]
"""What is shown for 1 of what is kept: 1, 100 per cent, or the frame's width or height in pixels."""

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Property:
    """A value of a clip. `paths` are its places in the clip, all set alike; numbers are told in `unit`, from `least` to `most`.

    `moves` says that keyframes may change it over the clip; `options` are a choice's codes and words.
    """

    name: str
    label: str
    paths: tuple[str, ...]
    kind: Kind = "number"
    unit: str = ""
    least: float = 0.0
    most: float = 1.0
    step: float = 0.01
    per: Per = "one"
    moves: bool = False
    options: Options = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Properties that stand together under a title."""

    name: str
    title: str
    properties: tuple[Property, ...]


def _percent(
    name: str, label: str, *paths: str, least: float = 0.0, most: float = 100.0, moves: bool = False, step: float = 1.0
) -> Property:
    return Property(name, label, paths or (name,), "number", "%", least, most, step, "hundred", moves)


def _number(
    name: str, label: str, least: float, most: float, step: float, unit: str = "", *, moves: bool = False
) -> Property:
    return Property(name, label, (name,), "number", unit, least, most, step, "one", moves)


def _pixels(name: str, label: str, path: str, per: Per, least: float, most: float, *, moves: bool = False) -> Property:
    """`least` and `most` in shares of the frame."""
    return Property(name, label, (path,), "number", "px", least, most, 1.0, per, moves)


def _choice(name: str, label: str, options: Options) -> Property:
    return Property(name, label, (name,), "choice", options=options)


def _colour(name: str, label: str) -> Property:
    return Property(name, label, (name,), "colour")


def _flag(name: str, label: str) -> Property:
    return Property(name, label, (name,), "flag")


def _frames(name: str, label: str) -> Property:
    return Property(name, label, (name,), "number", "f", 0, 240, 1, whole=True)


_FITS: dict[Fit, str] = {
    "contain": "Whole picture",
    "cover": "Fill the frame",
    "stretch": "Stretch",
    "none": "As it is",
}
_BLENDS: dict[Blend, str] = {
    "normal": "Normal",
    "multiply": "Multiply",
    "screen": "Screen",
    "overlay": "Overlay",
    "darken": "Darken",
    "lighten": "Lighten",
    "add": "Add",
    "difference": "Difference",
    "softlight": "Soft light",
}
_FONTS = {"archivo": "Archivo", "inter": "Inter", "jetbrains-mono": "JetBrains Mono", "courier-prime": "Courier Prime"}
_WEIGHTS = {"400": "Regular", "500": "Medium", "600": "Semibold", "700": "Bold", "800": "Extra bold", "900": "Black"}
assert set(_FONTS) == set(OURS) and set(_FITS) == set(get_args(Fit)) and set(_BLENDS) == set(get_args(Blend))

TRANSFORM = Group(
    "transform",
    "Transform",
    (
        _percent("scale", "Scale", "transform.scale_x", "transform.scale_y", most=400, moves=True, step=0.1),
        _pixels("transform.x", "Left, right", "transform.x", "across", -1, 1, moves=True),
        _pixels("transform.y", "Up, down", "transform.y", "down", -1, 1, moves=True),
        _number("transform.rotation", "Rotation", -180, 180, 0.1, "°", moves=True),
        _percent("opacity", "Opacity", moves=True),
        _choice("transform.fit", "Fit", tuple(_FITS.items())),
        _choice("blend", "Blend", tuple(_BLENDS.items())),
    ),
)
CROP = Group(
    "crop",
    "Crop",
    tuple(
        _percent(f"crop.{side}", side.capitalize(), step=0.1, most=99) for side in ("left", "top", "right", "bottom")
    ),
)
COLOUR = Group(
    "colour",
    "Colour",
    (
        _number("colour.exposure", "Exposure", -4, 4, 0.05, "EV", moves=True),
        _percent("colour.contrast", "Contrast", most=200, moves=True),
        _percent("colour.saturation", "Saturation", most=200, moves=True),
        _percent("colour.temperature", "Warmth", least=-100, moves=True),
        _percent("colour.tint", "Tint", least=-100, moves=True),
        _number("colour.gamma", "Gamma", 0.2, 4, 0.01, moves=True),
    ),
)
LUT_MIX = _percent("colour.lut_mix", "LUT mix")
SOUND = Group(
    "sound",
    "Sound",
    (
        _number("gain_db", "Gain", -60, 12, 0.1, "dB", moves=True),
        _percent("pan", "Pan", least=-100, moves=True),
        _frames("fade_in", "Fade in"),
        _frames("fade_out", "Fade out"),
    ),
)
FADES = Group("fades", "Fades", SOUND.properties[2:])
TEXT = Group(
    "text",
    "Text",
    (
        Property("made.text", "Words", ("made.text",), "words"),
        _choice("made.style.font", "Font", tuple(_FONTS.items())),
        _choice("made.style.weight", "Weight", tuple(_WEIGHTS.items())),
        _percent("made.style.size", "Size", least=1, most=50, step=0.1),
        _flag("made.style.italic", "Slanted"),
        _choice("made.style.align", "Align", (("left", "Left"), ("center", "Middle"), ("right", "Right"))),
        _choice("made.anchor", "Stands at", (("top", "Top"), ("middle", "Middle"), ("bottom", "Bottom"))),
        _colour("made.style.colour", "Colour"),
        _number("made.style.leading", "Line height", 0.7, 3, 0.01),
        _percent("made.style.tracking", "Spacing", least=-20, most=100),
        _percent("made.style.outline", "Outline", most=30, step=0.5),
        _colour("made.style.outline_colour", "Outline colour"),
        _percent("made.style.shadow", "Shadow", most=60, step=0.5),
        _colour("made.style.shadow_colour", "Shadow colour"),
        _colour("made.style.background", "Background"),
        _percent("made.style.padding", "Padding", most=200),
    ),
)
BOX = Group(
    "box",
    "Box",
    (
        _pixels("box.x", "Middle, across", "made.box.0", "across", 0, 1),
        _pixels("box.y", "Middle, down", "made.box.1", "down", 0, 1),
        _pixels("box.width", "Width", "made.box.2", "across", 0.01, 2),
        _pixels("box.height", "Height", "made.box.3", "down", 0.01, 2),
    ),
)
SHAPE = Group(
    "shape",
    "Shape",
    (
        _choice("made.shape", "Shape", (("rectangle", "Rectangle"), ("ellipse", "Ellipse"))),
        _colour("made.fill", "Fill"),
        _colour("made.stroke", "Outline"),
        _percent("made.line", "Outline width", most=20, step=0.1),
        _percent("made.radius", "Round corners", most=50, step=0.5),
    ),
)
SOLID = Group("solid", "Solid", (_colour("made.colour", "Colour"),))

_FUNCTIONS = {"old_film": "Old film", "ripple": "Ripple", "glitch": "Glitch"}
assert set(_FUNCTIONS) == set(FUNCTIONS)

_EFFECTS: dict[str, tuple[str, Effect, tuple[Property, ...]]] = {
    "blur": ("Blur", Blur(), (_percent("radius", "Radius", most=10, step=0.05, moves=True),)),
    "sharpen": ("Sharpen", Sharpen(), (_percent("amount", "Amount", most=500),)),
    "vignette": ("Vignette", Vignette(), (_percent("amount", "Amount"),)),
    "grain": ("Grain", Grain(), (_percent("amount", "Amount"),)),
    "pixelate": ("Pixelate", Pixelate(), (_percent("size", "Size", most=20, step=0.1),)),
    "flip": ("Flip", Flip(), (_flag("across", "Left to right"),)),
    "greyscale": ("Greyscale", Greyscale(), ()),
    "chromakey": (
        "Chroma key",
        ChromaKey(),
        (_colour("colour", "Colour"), _percent("similarity", "Similar"), _percent("blend", "Soft edge")),
    ),
    **{
        name: (words, FrameFunction(name), (_percent("amount", "Amount", moves=True),))
        for name, words in _FUNCTIONS.items()
    },
}

EFFECTS: Options = tuple((code, words) for code, (words, _, _) in _EFFECTS.items())
"""Effects there are to add: code and words."""


def new_effect(code: str) -> Effect | None:
    """An effect as it is added; None for one there is not."""
    found = _EFFECTS.get(code)
    return found[1] if found else None


def code_of(effect: Effect) -> str:
    """The code an effect is added by."""
    return effect.name if isinstance(effect, FrameFunction) else effect.kind


def effect_group(effect: Effect, number: int) -> Group:
    """The properties of the clip's effect of this number."""
    words, _, properties = _EFFECTS[code_of(effect)]
    at = f"effects[{number}]"
    return Group(at, words, tuple(_placed(each, at) for each in properties))


def _placed(each: Property, at: str) -> Property:
    name = f"{at}.{each.name}"
    return Property(
        name, each.label, (name,), each.kind, each.unit, each.least, each.most, each.step, each.per, each.moves
    )


def _every() -> Iterator[Property]:
    for group in (TRANSFORM, CROP, COLOUR, SOUND, TEXT, BOX, SHAPE, SOLID):
        yield from group.properties
    yield LUT_MIX


PROPERTIES: dict[str, Property] = {each.name: each for each in _every()}


def property_of(name: str, effects: tuple[Effect, ...] = ()) -> Property | None:
    """The property of this name; that of an effect is looked for among these effects of a clip."""
    if name in PROPERTIES:
        return PROPERTIES[name]
    groups = (effect_group(effect, number) for number, effect in enumerate(effects))
    return next((each for group in groups for each in group.properties if each.name == name), None)
