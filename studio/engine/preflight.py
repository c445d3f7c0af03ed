"""What is wrong with a film before it is rendered: missing files, holes, words nobody can read, sound past the end. Pure."""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import Path

from studio.engine.report.card import Finding, Level, report_of
from studio.engine.report.words import caption_findings, placed_texts, text_findings
from studio.engine.timeline import PICTURE, Clip, Timeline

_LONGEST_SIDE = 640
"""Pixels of the frame letters are measured in: enough to tell what leaves it."""


def preflight(timeline: Timeline, there: Container[str], fonts: Path) -> tuple[Finding, ...]:
    """All of it, the gravest first and then in order of time; nothing when the film can go. `there` are the media one has."""
    found = [
        *_empty(timeline),
        *_missing(timeline, there),
        *_holes(timeline),
        *_past_the_end(timeline),
        *caption_findings(timeline.captions(), timeline.rate),
        *text_findings(placed_texts(timeline, _size(timeline), (1.0, 1.0), fonts)),
    ]
    return report_of(found, {}).faults


def _empty(timeline: Timeline) -> Iterator[Finding]:
    if timeline.frames == 0:
        yield _said("empty", "fail", 0, 0, "There is nothing to be seen yet. Put a picture on a track.")


def _missing(timeline: Timeline, there: Container[str]) -> Iterator[Finding]:
    for clip in _clips(timeline):
        if not clip.made and clip.media and clip.media not in there:
            yield _said("missing", "fail", clip.start, clip.end, f"The file of “{clip.name}” is missing.")
    for clip in _clips(timeline, PICTURE[:2]):
        if not clip.made and not clip.media:
            yield _said("missing", "fail", clip.start, clip.end, f"“{clip.name}” has no picture yet.")


def _holes(timeline: Timeline) -> Iterator[Finding]:
    """Stretches in which no track shows anything."""
    reached = 0
    for clip in sorted(_clips(timeline, PICTURE[:3]), key=lambda clip: clip.start):
        if clip.start > reached:
            yield _said("hole", "warn", reached, clip.start, f"{clip.start - reached} frames show nothing.")
        reached = max(reached, clip.end)


def _past_the_end(timeline: Timeline) -> Iterator[Finding]:
    for clip in _clips(timeline, ("audio",)):
        if clip.end > timeline.frames > 0:
            over = float(timeline.rate.seconds(clip.end - timeline.frames))
            lasting = f"{over:.1f} s" if over < 60 else f"{over / 60:.1f} min"
            sentence = f"“{clip.name}” is heard {lasting} past the last picture, and is cut off there."
            yield _said("sound", "warn", timeline.frames, clip.end, sentence)


def _said(kind: str, level: Level, start: int, end: int, sentence: str) -> Finding:
    """A finding about a stretch; its measure is the stretch's length in frames."""
    return Finding(kind, level, start, end, sentence, end - start, 0)


def _clips(timeline: Timeline, kinds: tuple[str, ...] = ()) -> Iterator[Clip]:
    """What is shown or heard, of tracks of these kinds (of all without any)."""
    for track in timeline.tracks:
        if not track.muted and (not kinds or track.kind in kinds):
            yield from (clip for clip in track.clips if clip.enabled)


def _size(timeline: Timeline) -> tuple[int, int]:
    scale = _LONGEST_SIDE / max(timeline.width, timeline.height)
    return max(round(timeline.width * scale), 2), max(round(timeline.height * scale), 2)
