"""Words, shapes and plain colours drawn once as a picture with clear parts, no larger than what is seen. Drawn with Pillow.

The same bytes every time on one machine: our fonts first, the system's for letters ours lack. Words that run from right to
left and marks that join letters need Pillow's Raqm; without it they stand in the order they are written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from studio.engine.looks.typesetting import lines
from studio.engine.timeline.looks import Shape, Solid, Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image

SAFE_MARGIN = 0.05
"""What each side of the frame is kept free of words. Source: EBU R 95, graphics safe area."""

_SHADOW_SOFTNESS = 0.5
_SMOOTH = 4
_HEX = 16

Rgba = tuple[int, int, int, int]
Where = Literal["safe", "unsafe", "cut"]


@dataclass(frozen=True, slots=True)
class Lettered:
    """A picture with alpha (`data`: RGBA, row after row), and where its top left corner lies in the frame; all four numbers
    are even.
    """

    data: bytes
    x: int
    y: int
    width: int
    height: int

    @property
    def pixels(self) -> NDArray[np.uint8]:
        """Height x width x 4; not to be written to."""
        import numpy as np

        return np.frombuffer(self.data, np.uint8).reshape(self.height, self.width, 4)

    @property
    def png(self) -> bytes:
        """As a file; made anew each time."""
        from PIL import Image

        out = BytesIO()
        Image.frombytes("RGBA", (self.width, self.height), self.data).save(out, "PNG", compress_level=1)
        return out.getvalue()


def drawn(made: Text | Shape | Solid, width: int, height: int, fonts: Path) -> Lettered | None:
    """The picture of it in a frame of `width` x `height`; None when nothing of it is seen there. `fonts` is our folder."""
    return flattened([made], width, height, fonts)


def flattened(several: Sequence[Text | Shape | Solid], width: int, height: int, fonts: Path) -> Lettered | None:
    """Several as one picture, later ones over earlier ones."""
    from PIL import Image

    frame = Image.new("RGBA", (width, height))
    for made in several:
        frame = _over(frame, _pictured(made, width, height, fonts), _tone(made))
    return _cropped(frame, several[0] if len(several) == 1 else None)


def where(text: Text, width: int, height: int, fonts: Path) -> Where:
    """Whether all letters are inside the safe area, some outside it, or some outside the frame; shadows do not count."""
    words = lines(text, width, height, fonts)
    covered = words.ink(max(text.style.outline, 0.0) * words.size)
    if covered is None:
        return "safe"
    left, top, right, bottom = covered
    if left < 0 or top < 0 or right > width or bottom > height:
        return "cut"
    across, down = width * SAFE_MARGIN, height * SAFE_MARGIN
    inside = left >= across and top >= down and right <= width - across and bottom <= height - down
    return "safe" if inside else "unsafe"


def overflows(text: Text, width: int, height: int, fonts: Path) -> bool:
    """Whether the words need more room than their box: more lines than it is high, or a word wider than it."""
    left, top, right, bottom = lines(text, width, height, fonts).block
    return right - left > text.box[2] * width + 1 or bottom - top > text.box[3] * height + 1


def colour(text: str) -> Rgba:
    """A colour of the timeline, "#rrggbb" or "#rrggbbaa"; "" is clear."""
    digits = text.removeprefix("#")
    if not digits:
        return 0, 0, 0, 0
    red, green, blue, *alpha = (int(digits[i : i + 2], _HEX) for i in range(0, len(digits), 2))
    return red, green, blue, alpha[0] if alpha else 255


def _pictured(made: Text | Shape | Solid, width: int, height: int, fonts: Path) -> Image.Image:
    """It alone in the whole frame."""
    from PIL import Image

    if isinstance(made, Solid):
        return Image.new("RGBA", (width, height), colour(made.colour))
    return _shape(made, width, height) if isinstance(made, Shape) else _text(made, width, height, fonts)


def _over(below: Image.Image, above: Image.Image, tone: Rgba) -> Image.Image:
    """One over the other. What stays clear takes the tone, so that no dark rim appears where colours are halved later."""
    from PIL import Image

    if below.getbbox() is not None:
        return Image.alpha_composite(below, above)
    clear = Image.new("RGBA", above.size, (*tone[:3], 0))
    clear.paste(above, mask=above.getchannel("A").point([0] + [255] * 255))
    return clear


def _tone(made: Text | Shape | Solid) -> Rgba:
    if isinstance(made, Text):
        style = made.style
        edge = style.background or (style.outline_colour if style.outline > 0 else "")
        return colour(edge or style.colour)
    return colour(made.colour if isinstance(made, Solid) else made.stroke or made.fill)


def _cropped(frame: Image.Image, only: Text | Shape | Solid | None) -> Lettered | None:
    box = (0, 0, *frame.size) if isinstance(only, Solid) else frame.getchannel("A").getbbox()
    if box is None:
        return None
    left, top, right, bottom = box[0] // 2 * 2, box[1] // 2 * 2, -(-box[2] // 2) * 2, -(-box[3] // 2) * 2
    cut = frame.crop((left, top, right, bottom))
    return Lettered(cut.tobytes(), left, top, right - left, bottom - top)


def _shape(shape: Shape, width: int, height: int) -> Image.Image:
    """Drawn larger and made smaller, which smooths its edges."""
    from PIL import Image, ImageDraw

    middle_x, middle_y, wide, high = shape.box
    line = max(shape.line, 0.0) * height if shape.stroke else 0.0
    left, top = (middle_x - wide / 2) * width, (middle_y - high / 2) * height
    right, bottom = (middle_x + wide / 2) * width, (middle_y + high / 2) * height
    frame = Image.new("RGBA", (width, height))
    x, y = max(int(left - line) - 1, 0), max(int(top - line) - 1, 0)
    cut_width, cut_height = min(int(right + line) + 2, width) - x, min(int(bottom + line) + 2, height) - y
    if cut_width <= 0 or cut_height <= 0 or right <= left or bottom <= top:
        return frame

    def mask(by: float) -> Image.Image:
        """The shape, its edge moved outwards."""
        large = Image.new("L", (cut_width * _SMOOTH, cut_height * _SMOOTH))
        pen = ImageDraw.Draw(large)
        ends = [(v - o + d * by) * _SMOOTH for v, o, d in ((left, x, -1), (top, y, -1), (right, x, 1), (bottom, y, 1))]
        if ends[2] - ends[0] < 1 or ends[3] - ends[1] < 1:
            return large.resize((cut_width, cut_height))
        inclusive = (round(ends[0]), round(ends[1]), round(ends[2]) - 1, round(ends[3]) - 1)
        if shape.shape == "ellipse":
            pen.ellipse(inclusive, 255)
        else:
            radius = max(min(shape.radius * height + by, (right - left) / 2 + by, (bottom - top) / 2 + by), 0)
            pen.rounded_rectangle(inclusive, radius * _SMOOTH if shape.radius > 0 else 0, 255)
        return large.resize((cut_width, cut_height), Image.Resampling.BOX)

    from PIL import ImageChops

    part = Image.new("RGBA", (cut_width, cut_height))
    inner = mask(-line / 2)
    if shape.fill:
        part = _layer(part, inner if line else mask(0), colour(shape.fill))
    if line:
        part = _layer(part, ImageChops.subtract(mask(line / 2), inner), colour(shape.stroke))
    frame.paste(part, (x, y))
    return frame


def _layer(below: Image.Image, mask: Image.Image, tone: Rgba) -> Image.Image:
    """A colour through a mask over a picture."""
    from PIL import Image

    above = Image.new("RGBA", below.size, (*tone[:3], 0))
    above.putalpha(mask.point([round(value * tone[3] / 255) for value in range(256)]))
    return Image.alpha_composite(below, above) if below.getbbox() else above


def _text(text: Text, width: int, height: int, fonts: Path) -> Image.Image:
    from PIL import Image, ImageDraw, ImageFilter

    style, words = text.style, lines(text, width, height, fonts)
    frame = Image.new("RGBA", (width, height))
    if not any(run.text for run in words.runs):
        return frame
    if style.background:
        block, pad = Image.new("L", (width, height)), style.padding * words.size
        left, top, right, bottom = words.block
        box = [round(v) for v in (left - pad, top - pad / 2, right + pad - 1, bottom + pad / 2 - 1)]
        if box[0] <= box[2] and box[1] <= box[3]:  # letters may be less than a pixel
            ImageDraw.Draw(block).rectangle(box, 255)
        frame = _layer(frame, block, colour(style.background))

    def mask(stroke: float, moved: float = 0.0) -> Image.Image:
        whole = Image.new("L", (width, height))
        words.write(whole, stroke=stroke, moved=moved)
        return whole

    outline, shadow = max(style.outline, 0.0) * words.size, max(style.shadow, 0.0) * words.size
    if shadow > 0:
        soft = mask(outline, shadow).filter(ImageFilter.GaussianBlur(shadow * _SHADOW_SOFTNESS))
        frame = _layer(frame, soft, colour(style.shadow_colour))
    if outline > 0:
        frame = _layer(frame, mask(outline), colour(style.outline_colour))
    return _layer(frame, mask(0), colour(style.colour))
