"""How a picture is shown: where it lies, its crop, colours and effects; and the pictures that are made, not filmed. Pure data.

Lengths are shares of the frame: 1 is its whole width (x) or height (y, sizes of letters, radii). Colours are "#rrggbb" or
"#rrggbbaa".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from studio.engine.timeline.curves import Animated

if TYPE_CHECKING:
    from studio.engine.timeline.model import Timeline

Fit = Literal["contain", "cover", "stretch", "none"]
Blend = Literal["normal", "multiply", "screen", "overlay", "darken", "lighten", "add", "difference", "softlight"]


@dataclass(frozen=True, slots=True)
class Transform:
    """Where a picture lies: `x`, `y` move its middle, in shares; scale 1 is as `fit` laid it; degrees clockwise."""

    x: Animated = 0.0
    y: Animated = 0.0
    scale_x: Animated = 1.0
    scale_y: Animated = 1.0
    rotation: Animated = 0.0
    fit: Fit = "contain"


@dataclass(frozen=True, slots=True)
class Crop:
    """What is cut off each side, in shares of the picture itself."""

    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0


@dataclass(frozen=True, slots=True)
class Colour:
    """In this order: exposure in stops, contrast, saturation (1 leaves as is), temperature and tint (-1..1), gamma.

    `lut` is the SHA-256 of a .cube file (3D), laid on last and mixed in by `lut_mix`.
    """

    exposure: Animated = 0.0
    contrast: Animated = 1.0
    saturation: Animated = 1.0
    temperature: Animated = 0.0
    tint: Animated = 0.0
    gamma: Animated = 1.0
    lut: str = ""
    lut_mix: float = 1.0


@dataclass(frozen=True, slots=True)
class Blur:
    """`radius` in shares of the height."""

    radius: Animated = 0.01
    kind: Literal["blur"] = "blur"


@dataclass(frozen=True, slots=True)
class Sharpen:
    amount: float = 0.5
    kind: Literal["sharpen"] = "sharpen"


@dataclass(frozen=True, slots=True)
class Vignette:
    """Darkens the corners; 0 none, 1 black."""

    amount: float = 0.4
    kind: Literal["vignette"] = "vignette"


@dataclass(frozen=True, slots=True)
class Grain:
    """Film grain, 0..1, the same in every render."""

    amount: float = 0.1
    kind: Literal["grain"] = "grain"


@dataclass(frozen=True, slots=True)
class Pixelate:
    """Blocks, `size` in shares of the height."""

    size: float = 0.02
    kind: Literal["pixelate"] = "pixelate"


@dataclass(frozen=True, slots=True)
class Flip:
    across: bool = True
    kind: Literal["flip"] = "flip"


@dataclass(frozen=True, slots=True)
class Greyscale:
    kind: Literal["greyscale"] = "greyscale"


@dataclass(frozen=True, slots=True)
class ChromaKey:
    """Makes a colour clear; `similarity` and `blend` 0..1 as FFmpeg's chromakey has them."""

    colour: str = "#00ff00"
    similarity: float = 0.12
    blend: float = 0.05
    kind: Literal["chromakey"] = "chromakey"


@dataclass(frozen=True, slots=True)
class FrameFunction:
    """An effect FFmpeg cannot express, by name (`engine/looks/functions.py`), done to pixels by code of ours; `amount` 0..1."""

    name: str
    amount: Animated = 1.0
    kind: Literal["function"] = "function"


Effect = Blur | Sharpen | Vignette | Grain | Pixelate | Flip | Greyscale | ChromaKey | FrameFunction


@dataclass(frozen=True, slots=True)
class TextStyle:
    """Letters: `size` in shares of the frame's height, `leading` in lines, `outline` and shadow in shares of the size.

    `font` names a font of the studio; a letter it does not have is taken from one that has it.
    """

    font: str = "archivo"
    size: float = 0.06
    weight: int = 600
    italic: bool = False
    colour: str = "#ffffff"
    align: Literal["left", "center", "right"] = "center"
    leading: float = 1.15
    tracking: float = 0.0
    outline: float = 0.0
    outline_colour: str = "#000000"
    shadow: float = 0.0
    shadow_colour: str = "#000000a0"
    background: str = ""
    padding: float = 0.35


@dataclass(frozen=True, slots=True)
class CaptionLook:
    """How captions are written into the picture: its name, its letters, their size beside the usual, the edge they stand at."""

    words: str
    style: TextStyle
    size: float = 1.0
    edge: Literal["top", "bottom"] = "bottom"


CAPTION_LOOKS = {
    "": CaptionLook("White, outlined", TextStyle(outline=0.09, leading=1.2)),
    "yellow": CaptionLook("Yellow, outlined", TextStyle(colour="#ffd23f", outline=0.09, leading=1.2)),
    "box": CaptionLook("White on black", TextStyle(background="#000000d9", leading=1.3)),
    "paper": CaptionLook("Black on paper", TextStyle(colour="#16130f", background="#fffdf7", leading=1.3)),
    "large": CaptionLook("Large and heavy", TextStyle(weight=800, outline=0.1, leading=1.1), size=1.5),
    "top": CaptionLook("White, at the top", TextStyle(outline=0.09, leading=1.2), edge="top"),
}
"""The looks a track of captions may have, by what a track calls them; "" is what captions look like unless said."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words in a box (middle x, y, then width and height, in shares of the frame), broken into lines by its width."""

    text: str
    style: TextStyle = field(default_factory=TextStyle)
    box: tuple[float, float, float, float] = (0.5, 0.5, 0.8, 0.4)
    anchor: Literal["top", "middle", "bottom"] = "middle"
    kind: Literal["text"] = "text"


@dataclass(frozen=True, slots=True)
class Shape:
    """A rectangle or an ellipse in a box (as Text's); `line` is the width of its outline in shares of the height."""

    shape: Literal["rectangle", "ellipse"] = "rectangle"
    box: tuple[float, float, float, float] = (0.5, 0.5, 0.5, 0.5)
    fill: str = "#ffffff"
    stroke: str = ""
    line: float = 0.0
    radius: float = 0.0
    kind: Literal["shape"] = "shape"


@dataclass(frozen=True, slots=True)
class Solid:
    """The whole frame in one colour."""

    colour: str = "#000000"
    kind: Literal["solid"] = "solid"


@dataclass(frozen=True, slots=True)
class Nested:
    """Another timeline, shown and heard as one clip."""

    timeline: Timeline
    kind: Literal["nested"] = "nested"


Made = Text | Shape | Solid | Nested
"""What a clip shows that is no file."""
