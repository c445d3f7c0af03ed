"""Renders a reference timeline with the studio's engine, as its workers do: two processes, pieces kept by their keys.

usage: python -m benchmarks.film.ours TIMELINE SECONDS EDIT MEDIA CACHE OUT [card]
"""

from __future__ import annotations

import json
import multiprocessing
import sys
from dataclasses import replace
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any

from PIL import ImageDraw, ImageFilter, ImageFont  # noqa: F401 - as below

from benchmarks.film.cost import ready
from benchmarks.film.timelines import REFERENCES, edited, prefix
from studio.engine import presets
from studio.engine.ffmpeg import program
from studio.engine.presets import Part, Preset
from studio.engine.probe import probed
from studio.engine.render import film, picture  # noqa: F401 - a worker has them before it is given work
from studio.engine.render.footage import Store
from studio.engine.render.join import checked, joined
from studio.engine.render.keys import segment_keys
from studio.engine.render.layers import Span
from studio.engine.render.plan import planned
from studio.engine.render.segments import render_segment
from studio.engine.report.judged import Expected
from studio.engine.report.listened import heard_of, listened, read_heard, write_heard
from studio.engine.report.measured import measured
from studio.engine.report.notes import notes_of, read_notes, watch_piece, write_notes
from studio.engine.report.references import references
from studio.engine.sandbox import warm
from studio.engine.sound.chunks import Aim, sound_track
from studio.engine.sound.measures import Measures
from studio.engine.sound.recording import recorded
from studio.engine.sound.source import Sound
from studio.engine.timeline import Timeline

WORKERS = 2
BITRATE = 128_000


def quality(timeline: Timeline) -> Preset:
    """The settings every peer is given: libx264 veryfast crf 20, AAC 128k, the size the timeline was designed at."""
    return replace(presets.preset(f"{timeline.height}p"), crf=20, x264_preset="veryfast", audio_bitrate=BITRATE)


def store(media: Path) -> Store:
    """The media as the studio has it: what a file is was read when it was brought in."""
    facts = {path.name: probed(path) for path in sorted(media.glob("*.mp4"))}
    return Store(lambda name: media / name, lambda name: facts[name])


def exported(timeline: Timeline, media: Store, cache: Path, out: Path, *, card: bool) -> dict[str, list[str]]:
    """Write the film, rendering the pieces `cache` does not hold; the keys of all its pieces, and of those made now.

    With its `card` every new piece is decoded once more and watched, the film listened to and held against its preview, as in the
    product.
    """
    ffmpeg, preset = program.encoder(), quality(timeline)
    cache.mkdir(parents=True, exist_ok=True)
    spans = planned(timeline, workers=WORKERS)
    keys = segment_keys(timeline, spans, preset, encoder_version=program.version(ffmpeg))
    wanted = [(span, key) for span, key in zip(spans, keys, strict=True) if not (cache / f"{key}.mp4").exists()]
    longest_first = sorted(wanted, key=lambda each: -each[0].frames)
    given = (timeline, preset, media, cache, ffmpeg, card)
    with multiprocessing.get_context("fork").Pool(min(WORKERS, len(wanted) + 1), _given, given) as pool:
        pool.map(_piece, [None, *longest_first], chunksize=1)
    pieces = [(cache / f"{key}.mp4", span.frames) for span, key in zip(spans, keys, strict=True)]
    joined(pieces, cache / "sound.m4a", [], timeline.markers, timeline.rate, out, ffmpeg=ffmpeg, title=timeline.name)
    good, found = (
        timeline.frames,
        None,
    )  # whether every frame decodes is for the card, or for whoever compares the film, to say
    if card:
        notes = [(cache / notes_of(f"{key}.mp4"), cache / f"{key}.mp4") for key in keys]
        seen, sound = [read_notes(*each) for each in notes], cache / "sound.m4a"
        begins = accumulate((span.frames for span in spans), initial=0)
        film = Part("", 0, timeline.frames)
        found = probed(out)
        good = measured(
            out,
            Expected(timeline.rate, timeline.frames),
            found=found,
            pieces=[each for each in seen if each],
            sound=read_heard(cache / heard_of(sound.name), sound),
            references=references(timeline, film, preset, media, Measures(cache / "sound"), also=begins),
        )[1]
    checked(out, timeline.frames, timeline.rate, found=found, decoded=good)
    return {"pieces": list(keys), "made": [key for _, key in wanted]}


_work: list[Any] = []


def _given(*work: object) -> None:
    """In a worker, first: what it works on."""
    _work.extend(work)


def _piece(wanted: tuple[Span, str] | None) -> None:
    """In a worker: a segment, or the sound."""
    timeline, preset, media, cache, ffmpeg, card = _work
    if wanted is not None:
        span, piece = wanted[0], cache / f"{wanted[1]}.mp4"
        render_segment(timeline, span, preset, media, piece, ffmpeg=ffmpeg)
        if card:
            write_notes(watch_piece(piece, timeline, span), piece, cache / notes_of(piece.name))
        return
    kept = cache / "sound"
    kept.mkdir(exist_ok=True)
    aim = Aim(preset.target_lufs, preset.max_true_peak_db, preset.audio_bitrate)
    out = cache / "sound.m4a"
    sound_track(timeline, partial(_samples, media, kept), out, kept, aim, ffmpeg=ffmpeg)
    if card:
        write_heard(listened(out, Measures(kept)), out, cache / heard_of(out.name))


def _samples(media: Store, kept: Path, name: str) -> Sound:
    return recorded(media.path(name), name, kept)


def main() -> None:
    name, seconds, edit, media, cache, out, *card = sys.argv[1:]
    timeline = edited(prefix(REFERENCES[name].make(), int(seconds)), edit)
    there = store(Path(media))
    warm.ready()
    ready()
    print(json.dumps(exported(timeline, there, Path(cache), Path(out), card=bool(card))))


if __name__ == "__main__":
    main()
