"""Draws the frames of a timeline, one after another: every layer over those below it, through its transitions.

A frame is a function of the timeline alone, whatever window it is drawn in, so a preview and an export cannot disagree.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Generator, Hashable, Iterator, Sequence
from fractions import Fraction
from math import floor

from studio.core.errors import UnsupportedMedia
from studio.engine.ffmpeg.process import Stop, never
from studio.engine.render.footage import Store, check_ranges, is_picture, place
from studio.engine.render.layers import Layer, Span, Stretch, bare, stretches, within
from studio.engine.render.look import Looks
from studio.engine.render.parts import LARGEST_SIDE, SHARPEST, Canvas, Drawn, Filmed, Footage, Part
from studio.engine.render.picture import Picture, colour_of, cropped, fill, lay, matrix, mixed, moved, toward, wiped
from studio.engine.render.reels.reel import Reel, Wanted
from studio.engine.render.stills import Frame
from studio.engine.timeline import Clip, Timeline, Transition
from studio.engine.timeline.curves import at, moves
from studio.engine.timeline.looks import Crop, Nested, Transform

_UNMOVED = Transform()
_UNCROPPED = Crop()
_SLACK = Fraction(1, 1000)
_WAYS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
"""Which way the pictures of a push or slide move, across and down."""


def drawn(
    timeline: Timeline, span: Span, size: tuple[int, int], store: Store, *, hold: bool = False, stop: Stop = never
) -> Generator[Frame]:
    """The frames of a window at a size in pixels, in one buffer, each time showing the next.

    With `hold` a clip that is longer than its media stands on its last picture; otherwise that is refused.

    Raises (while they are drawn):
        UnsupportedMedia: naming the clip whose media is missing, damaged or too short.
        EncoderFailed: when its media gives no picture for half a minute.
        Cancelled: when `stop()` says so.
        SandboxRefused: when this machine cannot keep media from outside apart.
    """
    if not hold:
        check_ranges(timeline, span, store)
    yield from sampled(timeline, range(span.start, span.end), size, store, stop=stop)


def sampled(
    timeline: Timeline, frames: Sequence[int], size: tuple[int, int], store: Store, *, stop: Stop = never
) -> Generator[Frame]:
    """Some frames of a timeline, in order, as `drawn` would draw them; a clip that is longer than its media stands.

    Raises (while they are drawn): as `drawn`.
    """
    scene = _Scene(timeline, frames, size, store, stop)
    footage: list[Footage] = []
    wanted: list[Wanted] = []
    for frame in frames:
        for part, number in scene.footage(frame):
            if part not in footage:
                footage.append(part)
            if (one := part.wanted(number, footage.index(part))) is not None:
                wanted.append(one)
    sources = [part.source(store) for part in footage]
    with Reel(sources, wanted, stop=stop) as reel:
        for i, part in enumerate(footage):
            part.take_from(reel, i)
        out, before = Frame(*size), None
        for frame in frames:
            now = scene.state(frame)
            if now != before:
                scene.draw(frame, out)
                before = now
            yield out


class _Scene:
    """A timeline ready to be drawn at a size: these of its frames, in this order."""

    def __init__(
        self, timeline: Timeline, frames: Sequence[int], size: tuple[int, int], store: Store, stop: Stop
    ) -> None:
        self._store, self._frames, self._stop = store, frames, stop
        self._canvas = Canvas(*size, (timeline.width, timeline.height), timeline.rate)
        self._background = colour_of(timeline.background)
        self._stretches = within(stretches(timeline), Span(min(frames), max(frames) - min(frames) + 1))
        self._starts = [part.start for part in self._stretches]
        self._parts: dict[int, Part | Looks] = {}
        self._uncovered: dict[int, tuple[Layer, ...]] = {}

    def footage(self, frame: int) -> Iterator[tuple[Footage, int]]:
        """The footage seen on a frame, in the order it is drawn, and which frame of its clip."""
        for layer in self._layers(frame):
            for clip in _seen(layer, frame):
                part = self._part(layer, clip)
                if isinstance(part, Footage):
                    yield part, frame - clip.start
                elif isinstance(part, _Inner):
                    yield from part.scene.footage(part.frame(frame - clip.start))

    def state(self, frame: int) -> Hashable:
        """The same for two frames that look the same."""
        return tuple(self._layer_state(layer, frame) for layer in self._layers(frame))

    def draw(self, frame: int, out: Frame) -> None:
        fill(out, self._background)
        for layer in self._layers(frame):
            if layer.adjusts:
                self._adjust(layer, frame, out)
            elif layer.transition is not None and layer.into is not None:
                self._mix(layer, layer.into, layer.transition, frame, out)
            else:
                self._clip(layer, layer.clip, frame, out)

    def _layers(self, frame: int) -> tuple[Layer, ...]:
        i = bisect_right(self._starts, frame) - 1
        if i < 0 or frame >= self._stretches[i].end:
            return ()
        if i not in self._uncovered:
            self._uncovered[i] = self._from_top(self._stretches[i])
        return self._uncovered[i]

    def _from_top(self, stretch: Stretch) -> tuple[Layer, ...]:
        """The layers from the highest that hides all below it."""
        for i in range(len(stretch.layers) - 1, 0, -1):
            layer = stretch.layers[i]
            if bare(layer, stretch) and isinstance(part := self._part(layer, layer.clip), Footage) and part.fills:
                return stretch.layers[i:]
        return stretch.layers

    def _part(self, layer: Layer, clip: Clip) -> Part | Looks:
        if id(clip) not in self._parts:
            self._parts[id(clip)] = self._ready(layer, clip)
        return self._parts[id(clip)]

    def _ready(self, layer: Layer, clip: Clip) -> Part | Looks:
        looks = Looks(clip, [f - clip.start for f in self._frames], self._store, self._canvas.height)
        if layer.adjusts:
            return looks
        if isinstance(clip.made, Nested):
            return _Inner(clip, self._frames_of(clip), self._canvas, self._store, looks, self._stop)
        if clip.made is None and not is_picture(self._store.path(clip.media)):
            facts = self._store.facts(clip.media)
            if not facts.width:
                raise UnsupportedMedia(
                    f"The media of the clip “{clip.name}” has no picture. Move it to an audio track."
                )
            if facts.kind != "still":
                return Footage(clip, facts, self._canvas, looks)
        if clip.made is None and clip.motion is not None:
            return Filmed(clip, self._canvas, self._store, looks, self._stop)
        return Drawn(clip, self._canvas, self._store, looks, self._stop)

    def _frames_of(self, clip: Clip) -> list[int]:
        """The frames of the clip, counted from its own first, that are shown."""
        return [f - clip.start for f in self._frames if any(clip in layer.clips for layer in self._layers(f))]

    def _layer_state(self, layer: Layer, frame: int) -> Hashable:
        clips = tuple(
            (id(clip), _look(clip, frame - clip.start), _part_state(self._part(layer, clip), frame - clip.start))
            for clip in _seen(layer, frame)
        )
        return (clips, frame) if layer.transition is not None else clips

    def _adjust(self, layer: Layer, frame: int, out: Frame) -> None:
        looks, own = self._part(layer, layer.clip), frame - layer.clip.start
        assert isinstance(looks, Looks)
        if looks.any:
            lay(
                out, looks.over(Picture.of_frame(out), own), 0, 0, opacity=gain(layer.clip, own), blend=layer.clip.blend
            )

    def _mix(self, layer: Layer, into: Clip, transition: Transition, frame: int, out: Frame) -> None:
        share = share_at(transition, frame)
        kind, _, way = transition.kind.partition("_")
        width, height = out.width, out.height
        if kind == "dip":
            clip, depth = (layer.clip, share * 2) if share < 0.5 else (into, 2 - share * 2)
            self._clip(layer, clip, frame, out, dip=(transition.colour, depth))
        elif kind in ("push", "slide"):
            x, y = _WAYS[way]
            left = (0, 0) if kind == "slide" else (_even(x * share * width), _even(y * share * height))
            self._clip(layer, layer.clip, frame, out, shift=left)
            come = _even(x * (share - 1) * width), _even(y * (share - 1) * height)
            self._clip(layer, into, frame, out, shift=come)
        else:
            other = _copy(out)
            self._clip(layer, layer.clip, frame, out)
            self._clip(layer, into, frame, other)
            if kind == "dissolve":
                mixed(out, other, share)
            else:
                wiped(out, other, *_wiped_box(way, share, width, height))

    def _clip(
        self,
        layer: Layer,
        clip: Clip,
        frame: int,
        out: Frame,
        *,
        shift: tuple[int, int] = (0, 0),
        dip: tuple[str, float] = ("", 0.0),
    ) -> None:
        """Lay one clip over what is drawn already."""
        part, own = self._part(layer, clip), frame - clip.start
        assert not isinstance(part, Looks)
        light = gain(clip, own)
        if light <= 0:
            return
        untouched = shift == (0, 0) and not dip[1] and clip.transform is None and clip.blend == "normal"
        if isinstance(part, Filmed) and part.plain and untouched and light >= 1:
            part.show(own, out)
            return
        picture = toward(part.picture(own), *dip)
        picture, left, top = _placed(picture, part.rest, clip.transform or _UNMOVED, own, (out.width, out.height))
        lay(out, picture, left + shift[0], top + shift[1], opacity=light, blend=clip.blend)


class _Inner:
    """Another timeline shown as one clip."""

    def __init__(self, clip: Clip, own: Sequence[int], canvas: Canvas, store: Store, looks: Looks, stop: Stop) -> None:
        assert isinstance(clip.made, Nested)
        self._clip, self._canvas, self._looks, inner = clip, canvas, looks, clip.made.timeline
        self._faster = inner.rate.fps / canvas.rate.fps
        size = canvas.fitted(inner.width, inner.height, clip.transform.fit if clip.transform else "contain")
        self.rest = (canvas.width / 2, canvas.height / 2, *size)
        # Drawn no larger than letters are, or than it was designed: of more than that the frame shows a small part.
        most = max(SHARPEST * canvas.width, inner.width), max(SHARPEST * canvas.height, inner.height)
        self._scale = min(most[1] / size[1], 1.0)
        self._size = _even_size(min(size[0], most[0])), _even_size(min(size[1], most[1]))
        self.scene = _Scene(inner, [self.frame(each) for each in own], self._size, store, stop)

    def frame(self, own: int) -> int:
        """The inner timeline's frame at a frame of the clip."""
        return max(floor((place(self._clip, own) + _SLACK) * self._faster), 0)

    def state(self, frame: int) -> Hashable:
        return (frame if self._looks.anew else 0), self.scene.state(self.frame(frame))

    def picture(self, frame: int) -> Picture:
        out = Frame(*self._size)
        self.scene.draw(self.frame(frame), out)
        crop = self._clip.crop or _UNCROPPED
        picture = self._looks.over(Picture.of_frame(out), frame, self._scale)
        return cropped(picture, crop.left, crop.top, crop.right, crop.bottom)


def gain(clip: Clip, frame: int) -> float:
    """How much of the clip's own frame `frame` is seen, its fades and opacity together: 0 none, 1 all."""
    return min(max(gain_at(clip, frame) * at(clip.opacity, frame), 0.0), 1.0)


def gain_at(clip: Clip, frame: int) -> float:
    """The light of the clip's own frame `frame`: from 0 on the first of `fade_in` frames, to 0 on its last frame."""
    rise = frame / clip.fade_in if clip.fade_in > 0 else 1.0
    fall = (clip.frames - 1 - frame) / clip.fade_out if clip.fade_out > 0 else 1.0
    return min(max(min(rise, fall), 0.0), 1.0)


def share_at(transition: Transition, frame: int) -> float:
    """How far a transition has come on a frame: from half a step on its first to half a step before 1 on its last."""
    return (frame - transition.start + 0.5) / (transition.before + transition.after)


def _seen(layer: Layer, frame: int) -> tuple[Clip, ...]:
    """The clips that are drawn on a frame: of a dip one alone."""
    if layer.into is None or layer.transition is None or layer.transition.kind != "dip":
        return layer.clips
    return (layer.clip,) if share_at(layer.transition, frame) < 0.5 else (layer.into,)


def _look(clip: Clip, own: int) -> Hashable:
    t = clip.transform or _UNMOVED
    return gain(clip, own), *(at(value, own) for value in (t.x, t.y, t.scale_x, t.scale_y, t.rotation))


def _part_state(part: Part | Looks, own: int) -> Hashable:
    if isinstance(part, Looks):
        return own if part.anew else 0
    return part.state(own)


def _placed(
    picture: Picture, rest: tuple[float, float, float, float], t: Transform, own: int, frame: tuple[int, int]
) -> tuple[Picture, int, int]:
    """The picture where its transform lays it, and its first pixel; sampled anew only where it does not lie on whole ones."""
    centre = rest[0] + at(t.x, own) * frame[0], rest[1] + at(t.y, own) * frame[1]
    size = rest[2] * at(t.scale_x, own), rest[3] * at(t.scale_y, own)
    turn = at(t.rotation, own)
    as_is = abs(size[0] - picture.width) < 1 and abs(size[1] - picture.height) < 1
    if as_is and turn == 0 and not any(moves(value) for value in (t.x, t.y, t.scale_x, t.scale_y, t.rotation)):
        return picture, _even(centre[0] - picture.width / 2), _even(centre[1] - picture.height / 2)
    if size[0] <= 0 or size[1] <= 0:
        size = max(size[0], 1e-3), max(size[1], 1e-3)
    return moved(picture, matrix(picture, centre, size, turn), *frame)


def _wiped_box(way: str, share: float, width: int, height: int) -> tuple[int, int, int, int]:
    """The part of the frame a wipe has reached: left, top, right, bottom. It runs the way it is named."""
    across, down = _even(width * share), _even(height * share)
    return {
        "left": (width - across, 0, width, height),
        "right": (0, 0, across, height),
        "up": (0, height - down, width, height),
        "down": (0, 0, width, down),
    }[way]


def _copy(frame: Frame) -> Frame:
    out = Frame(frame.width, frame.height)
    out.data[:] = frame.data
    return out


def _even(pixels: float) -> int:
    return round(pixels / 2) * 2


def _even_size(pixels: float) -> int:
    return min(max(2, _even(pixels)), LARGEST_SIDE)
