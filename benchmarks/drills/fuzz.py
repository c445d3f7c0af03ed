"""Random films rendered as the studio renders them, in this process: exact, clean, and the same in every window."""

from __future__ import annotations

import hashlib
import json
import random
import resource
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from benchmarks.drills.films import Maker
from benchmarks.drills.shelf import Shelf
from benchmarks.drills.watching import faults as played_faults
from benchmarks.drills.watching import played
from studio.engine.delivery import Delivered, Reel, delivered
from studio.engine.ffmpeg import program
from studio.engine.pieces import Pieces, part_of_mix, pieces_of
from studio.engine.presets import PRESETS, Order, Preset, burned_in
from studio.engine.render.film import drawn
from studio.engine.render.layers import Span
from studio.engine.render.segments import render_segment
from studio.engine.sound.chunks import Aim, sound_track
from studio.engine.sound.mix import mixed
from studio.engine.timeline import Timeline, from_document, to_document
from studio.engine.timeline.checks import faults

TINY = {
    each.name: each
    for each in (
        Preset("tiny", 72),
        Preset("tiny-square", 72, shape=(72, 72)),
        Preset("tiny-webm", 72, codec="vp9", container="webm", sound="opus"),
        Preset("tiny-hevc", 72, codec="hevc"),
        Preset("tiny-mov", 72, codec="prores", container="mov", sound="pcm"),
    )
}
MOST_CPU_S = 60.0
"""Of one film, be it as odd as it may."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a film or document ended, and what is wrong with that ("" when nothing is)."""

    number: int
    how: str
    fault: str


def films(shelf: Shelf, ffmpeg: Path, count: int, seed: int, *, first: int = 0) -> Iterator[Ended]:
    """Make and prove so many films, one after another."""
    with patch.dict(PRESETS, TINY):
        for number in range(first, first + count):
            begun = cpu_s()
            with tempfile.TemporaryDirectory(prefix="inkreel-drill-") as name:
                try:
                    told = "; ".join(_proved(number, seed, shelf, Path(name), ffmpeg))
                except Exception as error:  # noqa: BLE001 - whatever it is, the drill goes on and says so
                    last = traceback.extract_tb(error.__traceback__)[-1]
                    told = f"{type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})"
            if cpu_s() - begun > MOST_CPU_S:
                told += f"; it took {cpu_s() - begun:.0f} s of CPU"
            yield Ended(number, "rendered", told)


def film(number: int, seed: int, shelf: Shelf) -> tuple[Timeline, Order]:
    """The film of a number, and how it is asked for."""
    maker = Maker(number, seed)
    timeline = maker.timeline(shelf.available(maker.rate))
    order = maker.order()
    return timeline, order if order.start < timeline.frames else Order(order.preset)


def _proved(number: int, seed: int, shelf: Shelf, folder: Path, ffmpeg: Path) -> Iterator[str]:
    timeline, order = film(number, seed, shelf)
    yield from (f"not valid: {fault}" for fault in faults(timeline, shelf.available(timeline.rate)))
    if from_document(json.loads(json.dumps(to_document(timeline)))) != timeline:
        yield "another film came back from its document"
    made, pieces = exported(timeline, order, shelf, folder, ffmpeg)
    frames = sum(each.part.frames for each in pieces)
    if made.frames != frames:
        yield f"{made.frames} frames are told, not {frames}"
    yield from played_faults(played(folder / "film"), frames, timeline.rate, webm=made.suffix == "webm")
    yield from _same_in_windows(number, timeline, shelf)


def exported(
    timeline: Timeline, order: Order, shelf: Shelf, folder: Path, ffmpeg: Path
) -> tuple[Delivered, tuple[Pieces, ...]]:
    """The film as `engine.export` makes it, without its processes."""
    kind, store = order.kind, shelf.store
    whole = burned_in(timeline, kind) if order.captions == "burned" else timeline
    pieces = pieces_of(whole, order, workers=2, encoder_version=program.version(ffmpeg))
    for span, name in {name: span for each in pieces for span, name in each.files}.items():
        render_segment(whole, name, kind, store, folder / span, ffmpeg=ffmpeg)
    (part,) = (each.part for each in pieces)
    sound = folder / "sound"
    if kind.sound == "aac" and part.frames == whole.frames:
        aim = Aim(kind.target_lufs, kind.max_true_peak_db, kind.audio_bitrate)
        sound_track(whole, shelf.samples, sound, folder, aim, ffmpeg=ffmpeg)
    else:
        wav = folder / "mix.wav"
        mixed(whole, shelf.samples, wav, target_lufs=kind.target_lufs, folder=folder)
        part_of_mix(wav, sound, kind, part, whole, ffmpeg=ffmpeg)
    files = tuple((folder / name, span.frames) for span, name in pieces[0].files)
    out = folder / "film"
    return delivered([Reel(part, files, sound)], whole, order, out, ffmpeg=ffmpeg, fonts=store.fonts), pieces


def _same_in_windows(number: int, timeline: Timeline, shelf: Shelf) -> Iterator[str]:
    """A frame is the same whichever window it is drawn in: alone as a preview, or in the middle of a segment."""
    dice = random.Random(number)
    whole = _drawn(timeline, Span(0, timeline.frames), shelf)
    at = dice.randrange(timeline.frames)
    window = Span(at, dice.choice((1, timeline.frames - at)))
    if (apart := _drawn(timeline, window, shelf)) != whole[window.start : window.end]:
        other = [window.start + i for i, (a, b) in enumerate(zip(apart, whole[at:], strict=False)) if a != b]
        yield f"frames {other} differ when drawn from {at} on"


def _drawn(timeline: Timeline, span: Span, shelf: Shelf) -> list[bytes]:
    size = Preset("window", 72).frame_size(timeline.width, timeline.height)
    with closing(drawn(timeline, span, size, shelf.store)) as frames:
        return [hashlib.sha256(frame.data).digest() for frame in frames]


def cpu_s() -> float:
    """Seconds of CPU this process and those it has waited for have used."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(used.ru_utime + used.ru_stime for used in both)
