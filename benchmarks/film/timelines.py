"""The reference timelines, whole or their first seconds, and the edits whose cost is measured. Pure data."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from benchmarks.film.media import DAY, DAY_S, FPS, KEYFRAMES, MUSIC, STILLS, STREET, STREET_S, VOICE
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Curve, Key, Motion, Timeline, Track, Transition, Window
from studio.engine.timeline.looks import Text, TextStyle, Transform

RATE = Rate(FPS)
HALF = 6
"""Frames of a crossfade on either side of its cut."""

_WINDOWS = (Window(), Window(width=0.8), Window(0.42, 0.5, 0.84), Window(0.58, 0.5, 0.84), Window(0.5, 0.56, 0.86))
_CHANGE = 10


@dataclass(frozen=True, slots=True)
class Reference:
    """A timeline's words: what it is, how to make it, its length and that of the prefix measured unless asked for the whole."""

    title: str
    make: Callable[[], Timeline]
    seconds: int
    prefix: int


def social() -> Timeline:
    """Short clips with crossfades, pictures in the picture, texts that fade and move, a voice over music."""
    draw, total = random.Random(1), 60 * FPS
    clips, transitions = [], []
    for i, (start, frames) in enumerate(_pieces(draw, total, 45, 90)):
        source_in = draw.randrange(HALF, STREET_S * FPS - frames - HALF)
        clips.append(Clip(f"a{i}", f"Clip {i + 1}", STREET[i % 3], start, frames, source_in))
        if i % 3:
            transitions.append(Transition(f"t{i}", "dissolve", start, HALF, HALF))
    small = Transform(x=0.28, y=0.26, scale_x=0.35, scale_y=0.35)
    inset = [Clip(f"p{i}", "Inset", STREET[i % 3], 210 + i * 450, 75, 90, transform=small) for i in range(4)]
    texts = [_text(i, 15 + i * 90) for i in range(20)]
    return Timeline("Social cut", RATE, 1920, 1080, (
        Track("v1", "video", "Main", "picture", tuple(clips), transitions=tuple(transitions)),
        Track("v2", "video", "Inset", "picture", tuple(inset)),
        Track("t1", "text", "Texts", "picture", tuple(texts)),
        Track("a1", "audio", "Voice", "sound", (Clip("voice", "Voice", VOICE, 0, total),)),
        Track("a2", "audio", "Music", "sound", (Clip("music", "Music", MUSIC, 0, total, gain_db=-12.0),)),
    ))  # fmt: skip


def stills() -> Timeline:
    """Photographs the camera moves over, dissolved into one another, under music."""
    draw, each, half, total = random.Random(2), 150, 10, 120 * FPS
    clips, transitions = [], []
    for i in range(total // each):
        begin, end = draw.sample(_WINDOWS, 2)
        clips.append(
            Clip(f"s{i}", f"Still {i + 1}", f"still-{i % STILLS}.jpg", i * each, each, motion=Motion(begin, end))
        )
        if i:
            transitions.append(Transition(f"t{i}", "dissolve", i * each, half, half))
    return Timeline("Stills", RATE, 1920, 1080, (
        Track("v1", "video", "Stills", "picture", tuple(clips), transitions=tuple(transitions)),
        Track("a1", "audio", "Music", "sound", (Clip("music", "Music", MUSIC, 0, total, gain_db=-6.0),)),
    ))  # fmt: skip


def cuts() -> Timeline:
    """Two hundred hard cuts between two long takes, with their own sound."""
    draw, pieces = random.Random(3), []
    for start in range(0, 600 * FPS, 180):
        first = draw.randrange(60, 121)
        pieces += [(start, first), (start + first, 180 - first)]
    ranges = [
        (DAY[i % 2], start, frames, draw.randrange(20, DAY_S * FPS - frames - 20))
        for i, (start, frames) in enumerate(pieces)
    ]
    return _takes("Cuts", ranges)


def keyframes() -> Timeline:
    """Cuts on keyframes of takes that are in the output's format already: nothing needs to be encoded."""
    draw, start, ranges = random.Random(4), 0, []
    while start < 60 * FPS:
        frames = min(KEYFRAMES * draw.randrange(1, 4), 60 * FPS - start)
        ranges.append(
            (DAY[len(ranges) % 2], start, frames, KEYFRAMES * draw.randrange(0, DAY_S * FPS // KEYFRAMES - 3))
        )
        start += frames
    return _takes("Cuts on keyframes", ranges)


REFERENCES = {
    "A": Reference("social cut, 1080p", social, 60, 10),
    "B": Reference("stills, 1080p", stills, 120, 6),
    "C": Reference("200 cuts, 720p", cuts, 600, 20),
    "K": Reference("cuts on keyframes, 720p", keyframes, 60, 20),
}


def prefix(timeline: Timeline, seconds: int) -> Timeline:
    """The first seconds of a timeline."""
    end = min(RATE.frames(seconds), timeline.frames)
    tracks = [
        replace(
            track,
            clips=tuple(replace(c, frames=min(c.frames, end - c.start)) for c in track.clips if c.start < end),
            transitions=tuple(t for t in track.transitions if t.end < end),
        )
        for track in timeline.tracks
    ]
    return replace(timeline, tracks=tuple(tracks))


def text_changed(timeline: Timeline) -> Timeline:
    """The text in the middle of the film says something else."""
    texts = next(t for t in timeline.tracks if t.kind == "text")
    clip = texts.clips[len(texts.clips) // 2]
    assert isinstance(clip.made, Text)
    changed = replace(clip, made=replace(clip.made, text="Something else"))
    return _with(timeline, texts, tuple(changed if c is clip else c for c in texts.clips))


def trimmed(timeline: Timeline) -> Timeline:
    """The cut in the middle lies ten frames earlier; nothing else moves."""
    return _clips_changed(timeline, _roll)


def rippled(timeline: Timeline) -> Timeline:
    """The clip in the middle is ten frames shorter, and all that follows comes ten frames earlier."""
    return _clips_changed(timeline, _ripple)


EDITS = {"text": text_changed, "trim": trimmed, "ripple": rippled}


def edited(timeline: Timeline, edit: str) -> Timeline:
    """The timeline after an edit of EDITS; "" is none."""
    return EDITS[edit](timeline) if edit else timeline


def _clips_changed(timeline: Timeline, change: Callable[[tuple[Clip, ...], int], tuple[Clip, ...]]) -> Timeline:
    for track in timeline.tracks:
        timeline = _with(timeline, track, change(track.clips, (len(track.clips) - 1) // 2))
    return timeline


def _roll(clips: tuple[Clip, ...], i: int) -> tuple[Clip, ...]:
    one, two = clips[i], clips[i + 1]
    one = replace(one, frames=one.frames - _CHANGE)
    two = replace(two, start=two.start - _CHANGE, frames=two.frames + _CHANGE, source_in=two.source_in - _CHANGE)
    return (*clips[:i], one, two, *clips[i + 2 :])


def _ripple(clips: tuple[Clip, ...], i: int) -> tuple[Clip, ...]:
    later = tuple(replace(c, start=c.start - _CHANGE) for c in clips[i + 1 :])
    return (*clips[:i], replace(clips[i], frames=clips[i].frames - _CHANGE), *later)


def _with(timeline: Timeline, old: Track, clips: tuple[Clip, ...]) -> Timeline:
    tracks = tuple(replace(t, clips=clips) if t.id == old.id else t for t in timeline.tracks)
    return replace(timeline, tracks=tracks)


def _takes(name: str, ranges: list[tuple[str, int, int, int]]) -> Timeline:
    seen = tuple(Clip(f"v{i}", f"Take {i + 1}", *each, group=f"g{i}") for i, each in enumerate(ranges))
    heard = tuple(Clip(f"a{i}", f"Take {i + 1}", *each, group=f"g{i}") for i, each in enumerate(ranges))
    return Timeline(name, RATE, 1280, 720, (
        Track("v1", "video", "Takes", "picture", seen),
        Track("a1", "audio", "Sound", "sound", heard),
    ))  # fmt: skip


def _text(i: int, start: int) -> Clip:
    style = TextStyle(size=0.07, background="#10182099" if i % 2 else "", outline=0.0 if i % 2 else 0.06)
    box = (0.5, (0.82, 0.2, 0.5)[i % 3], 0.8, 0.2)
    across = Curve((Key(0, -0.08), Key(59, 0.08)))
    moved = Transform(x=across) if i % 4 == 3 else None
    words = Text(f"Text number {i + 1} of twenty", style, box)
    return Clip(f"x{i}", f"Text {i + 1}", "", start, 60, made=words, fade_in=8, fade_out=8, transform=moved)


def _pieces(draw: random.Random, total: int, least: int, most: int) -> Iterator[tuple[int, int]]:
    start = 0
    while start < total:
        left = total - start
        frames = left if left <= most else min(draw.randrange(least, most + 1), left - least)
        yield start, frames
        start += frames
