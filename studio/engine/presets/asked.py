"""What a render is asked for beside its kind: captions, a range, split by markers; and captions as text in the picture."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, get_args

from studio.core.errors import Invalid
from studio.engine.captions import GAP_FRAMES
from studio.engine.presets.kinds import Fit, Preset, preset
from studio.engine.timeline import Caption, Clip, Marker, Timeline, Track
from studio.engine.timeline.looks import CAPTION_LOOKS, CaptionLook, Text

Captions = Literal["track", "burned", "file", "none"]
"""As a track that is off until a viewer turns it on, in the picture, as files beside the film, or not at all."""

CAPTIONS: tuple[Captions, ...] = get_args(Captions)
_FITS: tuple[Fit, ...] = get_args(Fit)

_SAFE = 0.05
"""Left free at each edge. Source: SMPTE ST 2046-1, safe title area of 90 %."""

_SIZE_OF_HEIGHT, _SIZE_OF_WIDTH = 0.05, 0.041
"""Letters of a caption: of the height that is seen, or so that 42 of them fit across it, whichever is smaller."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a film that becomes a file of its own."""

    name: str
    start: int
    frames: int

    @property
    def end(self) -> int:
        return self.start + self.frames


@dataclass(frozen=True, slots=True)
class Order:
    """A kind of output and how it is wanted. `end` None is the end of the film; `split` makes a file of each marker's stretch.

    With `rest` clips whose files are missing are left out; without it they are refused.
    """

    preset: str
    captions: Captions = "track"
    fit: Fit = "contain"
    start: int = 0
    end: int | None = None
    split: bool = False
    rest: bool = False

    @property
    def kind(self) -> Preset:
        """The preset, with its picture laid as it is asked. Raises: Invalid."""
        return replace(preset(self.preset), fit=self.fit)

    def plain(self) -> dict[str, Any]:
        """JSON values."""
        return asdict(self)


def order_of(plain: dict[str, Any]) -> Order:
    """The order from its JSON values; what an older one does not say is as it always was."""
    known = {name: plain[name] for name in Order.__slots__ if name in plain}
    return Order(**known)


def checked(order: Order) -> Order:
    """The order, if it can be carried out of some film. Raises: Invalid."""
    preset(order.preset)
    if order.captions not in CAPTIONS or order.fit not in _FITS:
        raise Invalid(
            "Captions are track, burned, file or none; a picture's fit is contain or cover.", field="captions"
        )
    if order.start < 0 or (order.end is not None and order.end <= order.start):
        raise Invalid("The range ends before it begins. Give a first frame and a later last one.", field="range")
    return order


def parts_of(order: Order, timeline: Timeline) -> tuple[Part, ...]:
    """The stretches that become files: the range; of it each marker's, when it is split; single frames, for stills.

    Raises:
        Invalid: the range begins after the film's end.
    """
    end = min(order.end or timeline.frames, timeline.frames)
    if order.start >= end:
        raise Invalid(f"The range begins at frame {order.start}, but the film has {timeline.frames}.", field="range")
    if order.kind.makes == "stills":
        return _stills(order, timeline, end)
    whole = Part(timeline.name, order.start, end - order.start)
    if not order.split or order.kind.makes == "png":
        return (whole,)
    marks = {m.frame: m.name for m in timeline.markers if order.start < m.frame < end}
    first = next((m.name for m in reversed(timeline.markers) if m.frame <= order.start), timeline.name)
    edges = [order.start, *sorted(marks), end]
    names = [first, *(marks[at] for at in sorted(marks))]
    return tuple(Part(name, a, b - a) for name, a, b in zip(names, edges, edges[1:], strict=False))


def _stills(order: Order, timeline: Timeline, end: int) -> tuple[Part, ...]:
    """The middle frame of every shot, or with `split` the frame of every marker."""
    if order.split:
        wanted = [(m.frame, m.name) for m in timeline.markers]
    else:
        shots = next((t.clips for t in timeline.tracks if t.kind in ("video", "image") and t.clips), ())
        wanted = [(clip.start + clip.frames // 2, clip.name) for clip in shots]
    kept = [Part(name, at, 1) for at, name in sorted(wanted) if order.start <= at < end]
    return tuple(kept) or (Part(timeline.name, order.start, 1),)


def captions_within(timeline: Timeline, part: Part) -> tuple[Caption, ...]:
    """The captions of a part, counted from its first frame."""
    return tuple(
        replace(c, start=max(c.start - part.start, 0), frames=min(c.end, part.end) - max(c.start, part.start))
        for c in timeline.captions()
        if c.start < part.end and c.end > part.start
    )


def markers_within(timeline: Timeline, part: Part) -> tuple[Marker, ...]:
    """The markers of a part, counted from its first frame."""
    return tuple(replace(m, frame=m.frame - part.start) for m in timeline.markers if part.start <= m.frame < part.end)


def burned_in(timeline: Timeline, kind: Preset) -> Timeline:
    """The timeline with its captions as texts over the picture, inside the safe area of what the preset shows of it."""
    worded = _worded(timeline)
    if not worded:
        return timeline
    composed = kind.frame_size(timeline.width, timeline.height)
    final = kind.file_size(timeline.width, timeline.height)
    seen = min(composed[0], final[0]), min(composed[1], final[1])
    across, down = seen[0] / composed[0], seen[1] / composed[1]
    usual = min(_SIZE_OF_HEIGHT * seen[1], _SIZE_OF_WIDTH * seen[0]) / composed[1]
    tracks: list[Track] = []
    for edge, way in (("bottom", 1), ("top", -1)):
        clips: list[Clip] = []
        for i, (caption, look) in enumerate(_apart([each for each in worded if each[1].edge == edge])):
            tall = 4 * usual * look.size**2  # larger letters are broken into more lines
            ring = look.style.outline * usual * look.size * composed[1] / composed[0]
            wide = (1 - 2 * _SAFE) * across - 2 * ring
            box = (0.5, 0.5 + way * ((0.5 - _SAFE) * down - tall / 2), wide, tall)
            text = Text(caption.text, replace(look.style, size=usual * look.size), box, look.edge)
            clips.append(Clip(f"caption:{edge}:{i}", "Caption", "", caption.start, caption.frames, made=text))
        if clips:
            tracks.append(Track(f"captions:{edge}", "text", "Captions", "text", tuple(clips)))
    return replace(timeline, tracks=(*timeline.tracks, *tracks))


def _worded(timeline: Timeline) -> list[tuple[Caption, CaptionLook]]:
    """Captions that are seen, in order of time, each with the look of its track."""
    found = [
        (replace(caption, frames=min(caption.end, timeline.frames) - caption.start), CAPTION_LOOKS[track.look])
        for track in timeline.tracks
        if not track.muted
        for caption in track.captions
        if caption.text.strip() and caption.start < timeline.frames
    ]
    return sorted(found, key=lambda each: (each[0].start, each[0].end))


def _apart(captions: list[tuple[Caption, CaptionLook]]) -> list[tuple[Caption, CaptionLook]]:
    """Captions in order, none on screen together with the one before it: an overlap is cut off the earlier."""
    out: list[tuple[Caption, CaptionLook]] = []
    for caption, look in captions:
        if out and out[-1][0].end > caption.start:
            before, its = out[-1]
            out[-1] = replace(before, frames=max(caption.start - GAP_FRAMES - before.start, 1)), its
        out.append((caption, look))
    return out
