"""Where a template is drawn: words that fit, boxes, pictures in boxes and how they come and go, at any rate and any shape.

Sizes are shares of the frame's shorter side, so that a title is as large beside a face in 9:16 as in 16:9; times are seconds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Literal

from studio.engine.looks.lettering import overflows
from studio.engine.looks.typesetting import Lines, lines
from studio.engine.templates.model import Order, Source
from studio.engine.timeline.curves import Animated, Curve, Key
from studio.engine.timeline.looks import Blur, Colour, Crop, Effect, Made, Shape, Solid, Text, TextStyle, Transform
from studio.engine.timeline.model import Clip, Speed, Timeline, Track, TrackKind

INK, PAPER, ORANGE, YELLOW, BLUE = "#101114", "#fffdf7", "#ff6b35", "#f7b801", "#004e89"
QUIET = "#a2a6b0"
FONTS = Path(__file__).parents[3] / "assets" / "fonts"

COMES = 0.5
"""Seconds (12 frames at 24) in which something slides in."""
GOES = 0.375
SAFE = 0.07
EDGE = 0.056
"""What is kept free at each side: shares of the shorter side, and at least of that side itself; the safe area is 0.05."""

_ARRIVING = (0.16, 1.0, 0.3, 1.0)
_LEAVING = (0.7, 0.0, 0.84, 0.0)
_MEASURED_AT = 720
_SMALLER = 0.94
_SMALLEST = 0.012

Box = tuple[float, float, float, float]
Anchor = Literal["top", "middle", "bottom"]
"""Left, top, right and bottom, in shares of the frame."""


@dataclass(frozen=True, slots=True)
class Way:
    """How something comes and goes: from beside its place, in shares of the frame, or by fading; no way is being there."""

    x: float = 0.0
    y: float = 0.0
    fade: bool = False
    out: bool = True
    comes: float = COMES
    goes: float = GOES


STAYS = Way(comes=0.0, goes=0.0, out=False)
FROM_LEFT, FROM_RIGHT, FROM_BELOW, FROM_ABOVE = Way(x=-1.0), Way(x=1.0), Way(y=1.0), Way(y=-1.0)
FADES = Way(fade=True)


class Stage:
    """One template being drawn for an order: layers are put one over another, and `timeline` is what came of it."""

    def __init__(self, order: Order, seconds: float) -> None:
        self.order, self.seconds = order, seconds
        self.width, self.height = order.width, order.height
        short = min(order.width, order.height)
        self.wide, self.high = short / order.width, short / order.height
        """What a share of the shorter side is across and down the frame."""
        self.tall = order.height > order.width * 1.2
        self.left, self.top = max(SAFE * self.wide, EDGE), max(SAFE * self.high, EDGE)
        self.right, self.bottom = 1 - self.left, 1 - self.top
        self._tracks: list[Track] = []
        self._clips = 0

    def text(self, name: str) -> str:
        return str(self.order.values[name]).strip()

    def number(self, name: str) -> float:
        return float(self.order.values[name])

    def source(self, name: str) -> Source | None:
        """What fills a place for media; None when it is empty."""
        return self.order.sources.get(self.text(name))

    def words(
        self, text: str, box: Box, size: float, style: TextStyle, *, anchor: Anchor = "middle", upper: bool = False
    ) -> Text:
        """A text of at most this size (of the shorter side), smaller where it would not fit into its box otherwise."""
        spoken = text.upper() if upper else text
        made = Text(spoken, style, (0.5, 0.5, 1.0, 1.0), anchor)
        return fitted(replace(made, box=middled(box)), size * self.high, self.width, self.height)

    def block(self, text: Text) -> Box:
        """What the lines of a text take up."""
        return self._shares(self._set(text).block)

    def ink(self, text: Text) -> Box:
        """What the letters of a text cover; its block when there are none."""
        words = self._set(text)
        return self._shares(words.ink() or words.block)

    def tag(self, text: str, at: tuple[float, float], room: float, size: float, style: TextStyle, **how: bool) -> Text:
        """Words in a hard box of the style's background, whose left bottom corner lies at a place; `room` is its widest."""
        pad_x, pad_y = style.padding * size * self.wide, style.padding / 2 * size * self.high
        line = size * style.leading * self.high * (2 if how.get("two") else 1)
        box = (at[0] + pad_x, at[1] - pad_y - line, at[0] + room - pad_x, at[1] - pad_y)
        return self.words(text, box, size, replace(style, align="left"), anchor="bottom", upper=how.get("upper", False))

    def put(
        self,
        name: str,
        made: Made | None,
        way: Way = STAYS,
        *,
        start: float = 0.0,
        end: float | None = None,
        layer: str = "",
        effects: tuple[Effect, ...] = (),
        turn: Animated = 0.0,
    ) -> None:
        """Something drawn comes onto a layer of its own over all others, or onto one that is there, where it is free."""
        clip = self._clip(name, start, end)
        x, y, opacity = self._curves(way, clip.frames)
        still = (x, y, turn) == (0.0, 0.0, 0.0)
        transform = None if still else Transform(x, y, rotation=turn)
        self._lay(replace(clip, made=made, transform=transform, opacity=opacity, effects=effects), "text", layer)

    def sweep(self, name: str, colour: str, seconds: float) -> None:
        """A hard colour runs over the whole frame from left to right and is gone."""
        first, last = self.timed(0.0, seconds)
        keys = (Key(first, -1.0, "bezier", (0.3, 0.0, 0.4, 1.0)), Key(last, 1.0))
        self._lay(
            Clip(self._named(), name, "", first, last - first, made=Solid(colour), transform=Transform(Curve(keys))),
            "text",
            "",
        )

    def row(self, text: str, across: float, size: float, style: TextStyle) -> float:
        """The size, of the frame's height, at which words stand on one line of this width."""
        box = (0.0, 0.0, across, size * style.leading * self.high * 1.01)
        return self.words(text, box, size, style).style.size

    def clip(self, clip: Clip, kind: TrackKind = "text", layer: str = "") -> None:
        """A clip that was made elsewhere; its id is given here."""
        self._lay(replace(clip, id=self._named()), kind, layer)

    def timed(self, start: float, end: float | None) -> tuple[int, int]:
        """The first frame, and the one after the last, of a time in seconds."""
        rate = self.order.rate
        last = rate.frames(self.seconds)
        first = min(rate.frames(start), last - 1)
        return first, max(first + 1, min(last, rate.frames(self.seconds if end is None else end)))

    def picture(
        self,
        name: str,
        slot: str,
        box: Box = (0.0, 0.0, 1.0, 1.0),
        way: Way = STAYS,
        *,
        start: float = 0.0,
        end: float | None = None,
        zoom: tuple[float, float] = (1.0, 1.0),
        drift: float = 0.0,
        whole: bool = False,
        colour: Colour | None = None,
        blur: float = 0.0,
        heard: bool = False,
        layer: str = "",
        empty: str = INK,
    ) -> None:
        """Media in a box it fills (or lies in `whole`), cut to the box's shape; while it is empty, a plain box.

        `zoom` and `drift` (shares of the width) move the camera over it, which only a picture of the whole frame can bear.
        """
        source = self.source(slot)
        if source is None:
            left, top, right, bottom = box
            full = box == (0.0, 0.0, 1.0, 1.0)
            made: Made = Solid(empty) if full else Shape(box=middled((left, top, right, bottom)), fill=empty)
            self.put(name, made, way, start=start, end=end, layer=layer)
            return
        clip = self._clip(name, start, end)
        x, y, opacity = self._curves(way, clip.frames)
        crop, scale, fit = self._laid(source, box, whole=whole)
        middle = (box[0] + box[2]) / 2 - 0.5, (box[1] + box[3]) / 2 - 0.5
        moving = zoom[0] != zoom[1]
        grown: Animated = (
            Curve((Key(0, zoom[0] * scale), Key(clip.frames, zoom[1] * scale))) if moving else zoom[0] * scale
        )
        along: Animated = Curve((Key(0, -drift / 2), Key(clip.frames, drift / 2))) if drift else _moved(x, middle[0])
        transform = Transform(along, _moved(y, middle[1]), grown, grown, fit="cover" if fit else "contain")
        clip = replace(
            clip,
            media=self.text(slot),
            crop=crop,
            transform=transform,
            opacity=opacity,
            colour=colour,
            effects=(Blur(blur),) if blur else (),
            speed=_held(source, clip.frames),
        )
        self._lay(clip, "video", layer)
        if heard and source.sound:
            group = f"heard-{clip.id}"
            self._grouped(clip.id, group)
            sound = Clip(self._named(), name, clip.media, clip.start, clip.frames, speed=clip.speed, group=group)
            if source.frames is not None:
                sound = replace(sound, frames=min(clip.frames, source.frames), speed=None)
            self._lay(sound, "audio", "")

    def timeline(self, name: str) -> Timeline:
        """All that was put, the lowest first."""
        tracks = sorted(self._tracks, key=lambda track: track.kind == "audio")
        sound = [replace(track, role="sound") if track.kind == "audio" else track for track in tracks]
        return Timeline(name, self.order.rate, self.width, self.height, tuple(sound))

    def _set(self, text: Text) -> Lines:
        return lines(text, _across(self.width, self.height), _MEASURED_AT, FONTS)

    def _shares(self, box: Box) -> Box:
        across = _across(self.width, self.height)
        return box[0] / across, box[1] / _MEASURED_AT, box[2] / across, box[3] / _MEASURED_AT

    def _clip(self, name: str, start: float, end: float | None) -> Clip:
        first, last = self.timed(start, end)
        return Clip(self._named(), name, "", first, last - first)

    def _named(self) -> str:
        self._clips += 1
        return f"c{self._clips}"

    def _lay(self, clip: Clip, kind: TrackKind, layer: str) -> None:
        for place, track in enumerate(self._tracks):
            if layer and track.name == layer and track.clips[-1].end <= clip.start:
                self._tracks[place] = replace(track, clips=(*track.clips, clip))
                return
        self._tracks.append(Track(f"t{len(self._tracks) + 1}", kind, layer or clip.name, "picture", (clip,)))

    def _grouped(self, clip_id: str, group: str) -> None:
        self._tracks = [
            replace(t, clips=tuple(replace(c, group=group) if c.id == clip_id else c for c in t.clips))
            for t in self._tracks
        ]

    def _curves(self, way: Way, frames: int) -> tuple[Animated, Animated, Animated]:
        """Across, down and how much is seen."""
        comes, goes = self._spans(way, frames)
        x = came(way.x, comes, goes if way.out else 0, frames)
        y = came(way.y, comes, goes if way.out else 0, frames)
        seen: Animated = came(-1.0, comes, goes if way.out else 0, frames) if way.fade else 0.0
        return x, y, _moved(seen, 1.0)

    def _spans(self, way: Way, frames: int) -> tuple[int, int]:
        """Frames of coming and going; both shorter where there is no time for them."""
        rate = self.order.rate
        comes, goes = rate.frames(way.comes), rate.frames(way.goes)
        room = max(frames - 1, 0)
        return (
            (comes, goes) if comes + goes <= room else (room * comes // (comes + goes), room * goes // (comes + goes))
        )

    def _laid(self, source: Source, box: Box, *, whole: bool) -> tuple[Crop | None, float, bool]:
        """The crop and scale with which a picture lies in a box, and whether it covers the frame instead."""
        across, down = (box[2] - box[0]) * self.width, (box[3] - box[1]) * self.height
        if (across, down) == (self.width, self.height) and not whole:
            return None, 1.0, True
        shape = Fraction(source.width, max(source.height, 1))
        crop, wanted = None, across / down
        if whole:
            wanted = float(shape)
        elif float(shape) > wanted:
            cut = (1 - wanted / float(shape)) / 2
            crop = Crop(left=cut, right=cut)
        else:
            cut = 1 - float(shape) / wanted
            crop = Crop(top=cut * 0.35, bottom=cut * 0.65)  # faces are in the upper half
        frame = self.width / self.height
        high = across / wanted if across / wanted < down else down
        return crop, (high / self.height if wanted <= frame else high * wanted / self.width), False


def fitted(text: Text, size: float, width: int, height: int) -> Text:
    """The text at the largest size (of the frame's height) up to this one at which it lies in its box."""
    across = _across(width, height)
    made = replace(text, style=replace(text.style, size=size))
    while size > _SMALLEST and overflows(made, across, _MEASURED_AT, FONTS):
        size *= _SMALLER
        made = replace(text, style=replace(text.style, size=size))
    return made


def middled(box: Box) -> Box:
    """A box as the timeline has it: middle, width and height."""
    left, top, right, bottom = box
    return (left + right) / 2, (top + bottom) / 2, right - left, bottom - top


def on(colour: str) -> str:
    """Ink or paper, whichever reads better on a colour. Source: WCAG 2.2, relative luminance."""
    red, green, blue = (_light(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return INK if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 else PAPER


def came(by: float, comes: int, goes: int, frames: int) -> Animated:
    """A value that starts at `by`, is 0 between, and leaves to `by` again."""
    if by == 0 or comes + goes == 0:
        return 0.0
    keys: list[Key] = []
    if comes:
        keys += [Key(0, by, "bezier", _ARRIVING), Key(comes, 0.0)]
    if goes:
        keys = [k for k in keys if k.frame < frames - goes]
        keys += [Key(frames - goes, 0.0, "bezier", _LEAVING), Key(frames, by)]
    return Curve(tuple(keys))


def stacked(count: int, top: float, bottom: float, gap: float) -> Iterable[tuple[float, float]]:
    """Tops and bottoms of so many rows of one height between two places."""
    high = (bottom - top - gap * (count - 1)) / max(count, 1)
    return [(top + n * (high + gap), top + n * (high + gap) + high) for n in range(count)]


def _moved(value: Animated, by: float) -> Animated:
    if isinstance(value, Curve):
        return Curve(tuple(replace(key, value=key.value + by) for key in value.keys))
    return value + by


def _held(source: Source, frames: int) -> Speed | None:
    """Media that is too short stands on its last picture."""
    if source.frames is None or source.frames >= frames:
        return None
    last = max(source.frames - 1, 0)
    return Speed(ramp=Curve((Key(0, 0.0), Key(max(last, 1), float(last)))))


def _light(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def _across(width: int, height: int) -> int:
    """How wide a frame is measured that is `_MEASURED_AT` high."""
    return max(2, round(_MEASURED_AT * width / height))
