"""What a cut explains of its own film: where a shot stands still, nothing is shown, nothing is heard."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from studio.engine.motion import is_still
from studio.engine.presets.asked import Order, Part, captions_within
from studio.engine.report.judged import Expected, Stretch
from studio.engine.report.words import Placed, placed_texts
from studio.engine.timeline import PICTURE, Clip, Timeline
from studio.engine.timeline.curves import moves


def expected_of(timeline: Timeline, part: Part, order: Order, fonts: Path) -> Expected:
    """What the file of a part should be; `timeline` has its burned captions in it."""
    kind = order.kind
    composed = kind.frame_size(timeline.width, timeline.height)
    final = kind.file_size(timeline.width, timeline.height)
    shown = min(1.0, final[0] / composed[0]), min(1.0, final[1] / composed[1])
    texts = placed_texts(timeline, composed, shown, fonts) if kind.has_picture else []
    pictures = [c for t in timeline.tracks if t.kind in PICTURE and not t.muted for c in t.clips if c.enabled]
    sounds = [c for t in timeline.tracks if t.kind == "audio" and not t.muted for c in t.clips if c.enabled]
    return Expected(
        rate=timeline.rate,
        frames=part.frames,
        size=(final if kind.makes == "film" else composed) if kind.has_picture else None,
        preset=kind,
        still=_within(_still(pictures), part),
        black=_within(_gaps(pictures, timeline.frames), part),
        silent=_within(_gaps(sounds, timeline.frames), part),
        captions=captions_within(timeline, part) if order.captions != "none" else (),
        texts=tuple(_moved(t, part) for t in texts if t.start < part.end and t.end > part.start),
        whole=part.frames == timeline.frames,
    )


def _still(clips: Iterable[Clip]) -> list[Stretch]:
    """Clips that show one picture from one place; two in a row of the same picture are one."""
    out: list[tuple[int, int, object]] = []
    for clip in sorted(clips, key=lambda c: c.start):
        if not _stands(clip):
            continue
        shows = clip.media or clip.made
        if out and out[-1][1] == clip.start and out[-1][2] == shows:
            out[-1] = out[-1][0], clip.end, shows
        else:
            out.append((clip.start, clip.end, shows))
    return [(start, end) for start, end, _ in out]


def _stands(clip: Clip) -> bool:
    change = clip.transform
    lies = change is None or not any(
        moves(value) for value in (change.x, change.y, change.scale_x, change.scale_y, change.rotation)
    )
    return is_still(clip.motion) and lies and not moves(clip.opacity)


def _gaps(clips: Iterable[Clip], frames: int) -> list[Stretch]:
    """Where none of the clips lies."""
    out: list[Stretch] = []
    at = 0
    for start, end in sorted((c.start, c.end) for c in clips):
        if start > at:
            out.append((at, start))
        at = max(at, end)
    return [*out, (at, frames)] if at < frames else out


def _within(stretches: Iterable[Stretch], part: Part) -> tuple[Stretch, ...]:
    return tuple(
        (max(a, part.start) - part.start, min(b, part.end) - part.start)
        for a, b in stretches
        if a < part.end and b > part.start
    )


def _moved(text: Placed, part: Part) -> Placed:
    start, end = max(text.start, part.start) - part.start, min(text.end, part.end) - part.start
    return Placed(start, end, text.words, text.left, text.top, text.right, text.bottom)
