"""Finds windows whose every frame is one picture of footage as its decoder gives it: these need no drawing."""

from __future__ import annotations

from dataclasses import replace

from studio.engine.render.footage import Store, check_ranges, is_picture
from studio.engine.render.layers import Span, Stretch, bare, stretches, within
from studio.engine.render.look import Looks
from studio.engine.render.parts import Canvas, Footage
from studio.engine.render.reels.reel import Source, Wanted
from studio.engine.timeline import Clip, Timeline


def straight(
    timeline: Timeline, span: Span, size: tuple[int, int], store: Store, *, hold: bool = False
) -> tuple[list[Source], list[Wanted]] | None:
    """What the decoder is to give, picture after picture, to give the window's frames; None where a frame must be drawn.

    The frames are the ones `film.drawn` gives, `hold` is as there.

    Raises:
        UnsupportedMedia: naming the clip whose media is missing or too short.
        SandboxRefused: when this machine cannot keep media from outside apart.
    """
    if not hold:
        check_ranges(timeline, span, store)
    canvas = Canvas(*size, (timeline.width, timeline.height), timeline.rate)
    parts: dict[int, tuple[int, Footage]] = {}
    wanted: list[Wanted] = []
    seen = within(stretches(timeline), span)
    clips = [_alone(stretch) for stretch in seen]
    for stretch, clip in zip(seen, clips, strict=True):
        if clip is None:
            return None
        if id(clip) not in parts:
            own = range(span.start - clip.start, span.end - clip.start)
            footage = _footage(clip, Looks(clip, own, store, canvas.height), canvas, store)
            if footage is None:
                return None
            parts[id(clip)] = len(parts), footage
        number, footage = parts[id(clip)]
        for frame in range(stretch.start - clip.start, stretch.end - clip.start):
            if (one := footage.wanted(frame, number)) is not None:
                wanted.append(one)
            elif wanted[-1].source == number:
                wanted[-1] = replace(wanted[-1], times=wanted[-1].times + 1)
            else:  # it stands from before another clip
                return None
    return [footage.source(store) for _, footage in parts.values()], wanted


def _alone(stretch: Stretch) -> Clip | None:
    """The clip that alone is seen in a stretch, if it fills the frame."""
    top = stretch.layers[-1] if stretch.layers else None
    return top.clip if top is not None and bare(top, stretch) else None


def _footage(clip: Clip, looks: Looks, canvas: Canvas, store: Store) -> Footage | None:
    if is_picture(store.path(clip.media)):
        return None
    facts = store.facts(clip.media)
    if not facts.width or facts.kind == "still":
        return None
    footage = Footage(clip, facts, canvas, looks)
    return footage if footage.fills else None
