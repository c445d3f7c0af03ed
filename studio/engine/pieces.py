"""What an order is made of: the pieces of picture of each of its parts, named by what they show, and how its sound is encoded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from studio.engine.ffmpeg.process import Stop, never
from studio.engine.outputs import encoded_sound
from studio.engine.presets import Order, Part, Preset
from studio.engine.presets.asked import parts_of
from studio.engine.presets.encoding import segment_container
from studio.engine.render.keys import segment_keys
from studio.engine.render.layers import Span
from studio.engine.render.plan import planned
from studio.engine.sound.mix import encoded_aac
from studio.engine.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Pieces:
    """A part of an order and its picture: spans of the timeline and the file each is kept in (none where only sound is asked)."""

    part: Part
    files: tuple[tuple[Span, str], ...]


def pieces_of(timeline: Timeline, order: Order, *, workers: int, encoder_version: str) -> tuple[Pieces, ...]:
    """Every part of an order with its pieces. `timeline` has its burned captions in it.

    Raises:
        Invalid: the order cannot be carried out of this timeline.
    """
    kind, parts = order.kind, parts_of(order, timeline)
    if not kind.has_picture:
        return tuple(Pieces(part, ()) for part in parts)
    whole, container = planned(timeline, workers=workers), segment_container(kind)
    spans = [tuple(_within(whole, part)) for part in parts]
    keys = iter(segment_keys(timeline, [s for each in spans for s in each], kind, encoder_version=encoder_version))
    return tuple(
        Pieces(part, tuple((span, f"{next(keys)}.{container}") for span in mine))
        for part, mine in zip(parts, spans, strict=True)
    )


def part_of_mix(
    wav: Path, out: Path, kind: Preset, part: Part, timeline: Timeline, *, ffmpeg: Path, stop: Stop = never
) -> None:
    """The sound of one part, cut from the mix of the whole; AAC of the whole film goes the way that is fastest for it.

    Raises:
        EncoderFailed, Cancelled, Unavailable: nothing is left at `out`.
    """
    if kind.sound == "aac" and part.frames == timeline.frames:
        encoded_aac(wav, out, ffmpeg=ffmpeg, bitrate=kind.audio_bitrate, stop=stop)
        return
    cut = timeline.rate.samples(part.start), timeline.rate.samples(part.end)
    encoded_sound(wav, out, kind, ffmpeg=ffmpeg, samples=cut, stop=stop)


def _within(spans: Sequence[Span], part: Part) -> Iterator[Span]:
    """The spans cut to a part."""
    for span in spans:
        start, end = max(span.start, part.start), min(span.end, part.end)
        if start < end:
            yield Span(start, end - start)
