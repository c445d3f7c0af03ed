"""Exports a timeline on this machine alone: pieces on several processes, kept by their keys, put together as every film is."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path
from tempfile import TemporaryDirectory

from studio.core.errors import Cancelled, EncoderFailed
from studio.engine.delivery import Delivered, Reel, delivered
from studio.engine.ffmpeg import program
from studio.engine.ffmpeg.process import Stop, never
from studio.engine.pieces import part_of_mix, pieces_of
from studio.engine.presets import Order, Part, burned_in
from studio.engine.render.footage import Store
from studio.engine.render.layers import Span
from studio.engine.render.segments import render_segment
from studio.engine.report.listened import heard_of, listened, write_heard
from studio.engine.report.notes import notes_of, watch_piece, write_notes
from studio.engine.sound.chunks import Aim, sound_track
from studio.engine.sound.measures import Measures
from studio.engine.sound.mix import mixed
from studio.engine.sound.recording import recorded
from studio.engine.sound.source import Sound
from studio.engine.timeline import Timeline

_LOOK_S = 0.2


@dataclass(frozen=True, slots=True)
class Exported:
    """What came out, of how many pieces, and how many of them were made now."""

    file: Delivered
    pieces: int
    made: int


@dataclass(frozen=True, slots=True)
class _Job:
    """What every process is given: all of it can be sent to another process."""

    timeline: Timeline
    order: Order
    store: Store
    cache: Path
    ffmpeg: Path


def exported(
    timeline: Timeline,
    order: Order,
    store: Store,
    out: Path,
    *,
    cache: Path,
    ffmpeg: Path,
    workers: int = 1,
    stop: Stop = never,
    on_progress: Callable[[str, float], None] = lambda stage, share: None,
) -> Exported:
    """Write `out`. Pieces are looked for in the folder `cache` and kept there; what `store` calls must be sendable.

    Raises:
        Invalid: the order cannot be carried out of this timeline.
        UnsupportedMedia: naming the clip whose media is missing, cannot be read or is too short.
        EncoderFailed, SandboxRefused, Unavailable: as rendering.
        Cancelled: `stop()` said so; nothing is left but whole pieces in the cache.
    """
    kind = order.kind
    film = burned_in(timeline, kind) if order.captions == "burned" and kind.has_picture else timeline
    parts = pieces_of(film, order, workers=workers, encoder_version=program.version(ffmpeg))
    names = {name: span for part in parts for span, name in part.files}
    cache.mkdir(parents=True, exist_ok=True)
    wanted = {name: span for name, span in names.items() if not (cache / name).is_file()}
    with TemporaryDirectory(prefix="inkreel-export-", dir=cache) as desk:
        job = _Job(film, order, store, cache, ffmpeg)
        sounds = [Path(desk) / f"sound-{i}" if kind.has_sound else None for i in range(len(parts))]
        tasks: list[tuple[Callable[..., None], tuple[object, ...], int]] = [
            (_piece, (span, key), span.frames) for key, span in sorted(wanted.items(), key=lambda w: -w[1].frames)
        ]
        if kind.has_sound:
            tasks.insert(0, (_sound, ([each.part for each in parts], sounds, Path(desk)), film.frames // 10 + 1))
        _worked(job, tasks, min(workers, len(tasks)), stop, lambda share: on_progress("Rendering", 0.9 * share))
        reels = [
            Reel(
                each.part,
                tuple((cache / name, span.frames) for span, name in each.files),
                sound,
                tuple(cache / notes_of(name) for _, name in each.files),
                sound and sound.with_name(heard_of(sound.name)),
            )
            for each, sound in zip(parts, sounds, strict=True)
        ]
        on_progress("Joining", 0.9)
        file = delivered(reels, film, order, out, ffmpeg=ffmpeg, fonts=store.fonts, stop=stop, on_progress=on_progress)
    return Exported(file, len(names), len(wanted))


def _worked(
    job: _Job,
    tasks: Sequence[tuple[Callable[..., None], tuple[object, ...], int]],
    workers: int,
    stop: Stop,
    on_share: Callable[[float], None],
) -> None:
    """Do all tasks on so many processes; the first failure, or a stop, ends the others."""
    if not tasks:
        return
    context = get_context("spawn")
    told = context.Event()
    total, done = sum(weight for *_, weight in tasks), 0
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(job, told)) as pool:
        running: dict[Future[None], int] = {pool.submit(do, *given): weight for do, given, weight in tasks}
        try:
            while running:
                ended, _ = wait(running, timeout=_LOOK_S, return_when=FIRST_COMPLETED)
                for each in ended:
                    done += running.pop(each)
                    each.result()
                on_share(done / total)
                if stop():
                    raise Cancelled("Stopped.")
        except BaseException as error:
            told.set()
            for each in running:
                each.cancel()
            if isinstance(error, BrokenProcessPool):
                raise EncoderFailed(
                    "A process that rendered was killed, perhaps for want of memory. Render again with fewer workers."
                ) from error
            raise


_mine: list[tuple[_Job, Event]] = []


def _begin(job: _Job, told: Event) -> None:
    """In a process, first: what it works on, and where it hears that it is over. Ctrl+C is the parent's."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _mine.append((job, told))


def _stop() -> bool:
    """Whether the parent said so, or has gone."""
    return _mine[0][1].is_set() or os.getppid() == 1


def _piece(span: Span, key: str) -> None:
    job = _mine[0][0]
    piece = job.cache / key
    render_segment(job.timeline, span, job.order.kind, job.store, piece, ffmpeg=job.ffmpeg, stop=_stop)
    if job.order.kind.makes != "stills":
        notes = piece.with_name(f".{key}.{os.getpid()}.part")
        write_notes(watch_piece(piece, job.timeline, span, stop=_stop), piece, notes)
        notes.replace(job.cache / notes_of(key))


def _sound(parts: Sequence[Part], outs: Sequence[Path], folder: Path) -> None:
    """The sound of every part; AAC of the whole film in chunks that the cache keeps."""
    job = _mine[0][0]
    kind, timeline = job.order.kind, job.timeline

    def samples(media: str) -> Sound:
        path = job.store.path(media)
        return recorded(path, media, job.cache, name=path.name, stop=_stop)

    if kind.sound == "aac" and [part.frames for part in parts] == [timeline.frames]:
        aim = Aim(kind.target_lufs, kind.max_true_peak_db, kind.audio_bitrate)
        sound_track(timeline, samples, outs[0], job.cache, aim, ffmpeg=job.ffmpeg, stop=_stop)
        write_heard(
            listened(outs[0], Measures(job.cache), stop=_stop), outs[0], outs[0].with_name(heard_of(outs[0].name))
        )
        return
    wav = folder / "mix.wav"
    mixed(
        timeline,
        samples,
        wav,
        target_lufs=kind.target_lufs,
        peak_dbtp=kind.max_true_peak_db,
        folder=job.cache,
        stop=_stop,
    )
    for part, out in zip(parts, outs, strict=True):
        part_of_mix(wav, out, kind, part, timeline, ffmpeg=job.ffmpeg, stop=_stop)
