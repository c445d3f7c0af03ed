"""Holds captions and texts against what can be read: speed, length, overlap, and the safe area of the frame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from studio.engine.report import limits
from studio.engine.report.card import Finding
from studio.engine.time import Rate
from studio.engine.timeline import Caption, Timeline
from studio.engine.timeline.curves import at
from studio.engine.timeline.looks import Text


@dataclass(frozen=True, slots=True)
class Placed:
    """Words in the picture from frame `start` to `end`: the box of their ink in shares of the frame."""

    start: int
    end: int
    words: str
    left: float
    top: float
    right: float
    bottom: float


def caption_findings(captions: Sequence[Caption], rate: Rate) -> Iterator[Finding]:
    """What is wrong with captions as they are read; one finding that all is well where nothing is."""
    shown = [c for c in captions if c.text.strip()]
    if not shown:
        return
    found = [finding for caption in shown for finding in _reading(caption, rate)]
    found += [_overlap(a, b) for a, b in pairwise(sorted(shown, key=lambda c: c.start)) if a.end > b.start]
    yield from found
    if not found:
        fastest = max(_speed(c, rate) for c in shown)
        sentence = f"{len(shown)} captions can be read in the time they stand, the fastest at {fastest:.0f} characters a second."
        yield Finding("captions", "ok", 0, 0, sentence, fastest, limits.READ_CPS)


def placed_texts(timeline: Timeline, size: tuple[int, int], shown: tuple[float, float], fonts: Path) -> list[Placed]:
    """Where the ink of every text lies in the finished frame: `size` is the composed frame in pixels, `shown` the share of
    its width and height that a crop leaves. What moves is measured in the middle of its time, where it is read.
    """
    from studio.engine.looks.typesetting import lines

    width, height = size
    out: list[Placed] = []
    for track in timeline.tracks:
        for clip in track.clips if track.kind == "text" and not track.muted else ():
            if not isinstance(clip.made, Text) or not clip.made.text.strip() or not clip.enabled:
                continue
            words, move = lines(clip.made, width, height, fonts), clip.transform
            covered = words.ink(max(clip.made.style.outline, 0.0) * words.size)
            if covered is None:
                continue
            x, y = (at(move.x, clip.frames // 2), at(move.y, clip.frames // 2)) if move else (0.0, 0.0)
            sides = (covered[0] / width + x, covered[2] / width + x)
            ends = (covered[1] / height + y, covered[3] / height + y)
            left, right = ((side - 0.5) / shown[0] + 0.5 for side in sides)
            top, bottom = ((end - 0.5) / shown[1] + 0.5 for end in ends)
            out.append(Placed(clip.start, clip.end, clip.made.text, left, top, right, bottom))
    return out


def text_findings(texts: Sequence[Placed]) -> Iterator[Finding]:
    """Texts that a frame's edge cuts off, or that leave the safe area."""
    worst = 1.0
    for text in texts:
        room = min(text.left, text.top, 1 - text.right, 1 - text.bottom)
        worst = min(worst, room)
        words = " ".join(text.words.split())[:40]
        if room < 0:
            sentence = f"“{words}” is cut off by the edge of the picture."
            yield Finding("text", "fail", text.start, text.end, sentence, round(room, 4), 0.0)
        elif room < limits.SAFE - 1e-3:
            sentence = f"“{words}” comes within {room:.0%} of the edge; {limits.SAFE:.0%} is safe on every screen."
            yield Finding("text", "warn", text.start, text.end, sentence, round(room, 4), limits.SAFE)
    if texts and worst >= limits.SAFE - 1e-3:
        sentence = f"{len(texts)} texts lie in the safe area."
        yield Finding("text", "ok", 0, 0, sentence, round(worst, 4), limits.SAFE)


def _reading(caption: Caption, rate: Rate) -> Iterator[Finding]:
    words = " ".join(caption.text.split())
    said, speed, seconds = words[:40], _speed(caption, rate), float(rate.seconds(caption.frames))
    if speed > limits.READ_CPS + 0.5:
        sentence = (
            f"“{said}” stands {seconds:.1f} s: {speed:.0f} characters a second, {limits.READ_CPS:.0f} can be read."
        )
        yield Finding("caption speed", "warn", caption.start, caption.end, sentence, round(speed, 1), limits.READ_CPS)
    elif seconds < limits.CAPTION_LEAST_S - float(rate.seconds(1)) / 2:
        sentence = f"“{said}” stands {seconds:.2f} s, too short to be noticed."
        yield Finding(
            "caption speed", "warn", caption.start, caption.end, sentence, round(seconds, 3), limits.CAPTION_LEAST_S
        )
    lines = [line for line in caption.text.splitlines() if line.strip()]
    longest = max(map(len, lines))
    if len(lines) > limits.CAPTION_LINES or longest > limits.CAPTION_WIDTH:
        sentence = (
            f"“{said}” has {len(lines)} lines, the longest of {longest} characters; it may not fit on the screen."
        )
        yield Finding(
            "caption length", "warn", caption.start, caption.end, sentence, float(longest), limits.CAPTION_WIDTH
        )


def _speed(caption: Caption, rate: Rate) -> float:
    """Characters a second, spaces counted, as the guides do."""
    return len(" ".join(caption.text.split())) / max(float(rate.seconds(caption.frames)), 1e-6)


def _overlap(one: Caption, other: Caption) -> Finding:
    sentence = f"“{' '.join(other.text.split())[:40]}” comes up before the one before it has gone."
    return Finding("caption overlap", "warn", other.start, one.end, sentence, float(one.end - other.start), 0.0)
