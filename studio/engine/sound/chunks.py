"""The sound of a film as AAC in chunks that are encoded apart and kept, then joined packet by packet without a seam.

A chunk is 12.8 s of packets on a grid from the film's beginning. It is encoded with 64 packets of its neighbours on either side,
which are dropped: the packets that stay were made as in one pass, so they overlap into each other as one pass's do. Its key names
all that decides them: the clips that are heard within it and that margin, told from its own beginning, and how they are levelled.
An edit in place touches the chunks it is heard in; one that moves what follows touches all that follows, as packets do not move.

Levels are the whole film's, so an edit anywhere could move them a little and touch every chunk. They go in steps of half a
decibel: the film lies within 0.3 LU of its target, and only an edit that moves it over a step encodes everything anew. Loudness
itself is measured by chunks, and kept under keys of the same kind.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from studio.core.errors import EncoderFailed, Invalid
from studio.engine.ffmpeg import process, program
from studio.engine.ffmpeg.process import FrameWriter, Stop, never
from studio.engine.sound.desk.mixer import Desk, Lane, Levels, desk, levels_of, summed
from studio.engine.sound.desk.tracks import Files, Media
from studio.engine.sound.limiter import MARGIN, limited
from studio.engine.sound.loudness import CELL, HISTORY, SILENCE_LUFS, STEP, StepEnergies, amplitude, gated_loudness
from studio.engine.sound.master import UNDER_DB, checked, ignored
from studio.engine.sound.measures import Measures, Numbers, key_of
from studio.engine.sound.mix import aac
from studio.engine.sound.wave import Samples
from studio.engine.time import SAMPLE_RATE
from studio.engine.timeline import Timeline

PACKET = 1024
CHUNK_PACKETS = 600
CHUNK = CHUNK_PACKETS * PACKET
"""Samples of a chunk: whole AAC packets, whole steps of the loudness meter and whole cells of the limiter."""

OVERLAP = 64
"""Packets of its neighbours that are encoded with a chunk and dropped: the encoder's rate control has settled by then."""

_GRID_DB = 0.5
_GAIN_AT_MOST_DB = 40.0
_ATTEMPTS = 4
_HEADER_BYTES = 7


@dataclass(frozen=True, slots=True)
class Aim:
    """What is asked of the sound: loudness, ceiling of true peaks, bits a second."""

    target_lufs: float = -14.0
    peak_dbtp: float = -1.0
    bitrate: int = 160_000


@dataclass(frozen=True, slots=True)
class Chunk:
    """Packets `first` up to `last` of the film's sound; they carry samples `start` up to `end`. `key` names what they are."""

    key: str
    first: int
    last: int

    @property
    def start(self) -> int:
        return self.first * PACKET

    @property
    def end(self) -> int:
        return self.last * PACKET


@dataclass(frozen=True, slots=True)
class Plan:
    """A film's sound, levelled and cut: `levels` hold the whole gain, `lufs` is how loud the whole will be.

    `measures` are the files of the folder that the next plan of this film would do well to find there.
    """

    desk: Desk
    samples: int
    levels: Levels
    lufs: float
    aim: Aim
    chunks: tuple[Chunk, ...]
    measures: tuple[str, ...] = ()

    def finished(self, start: int, count: int) -> Samples:
        """The mastered sound from sample `start`, a multiple of 32; silence outside the film."""
        return _finished(self.desk, self.levels, self.aim, self.samples, start, count)


def planned(
    timeline: Timeline,
    media: Media,
    folder: Path,
    aim: Aim,
    *,
    ffmpeg: Path,
    on_progress: Callable[[float], None] = ignored,
    stop: Stop = never,
) -> Plan:
    """Measure a film's sound, what `folder` has measured before left out, and cut it into chunks.

    Raises:
        Invalid: the timeline is empty, or names an equaliser or compressor that there is not.
        UnsupportedMedia, Cancelled: as `mixed`.
    """
    samples = timeline.rate.samples(timeline.frames)
    if not samples:
        raise Invalid("There is nothing to hear: the timeline is empty.")
    known = Measures(folder)
    mixer = desk(timeline, Files(media, folder, known=known), stop)
    heard = [_heard(group, samples, known, stop) for group in (mixer.voice, mixer.music, mixer.others)]
    on_progress(0.4)
    exact = levels_of(heard, mixer.ducking, aim.target_lufs)
    levels = Levels(_stepped(exact.music_db), exact.duck_db, _stepped(min(exact.master_db, _GAIN_AT_MOST_DB)))
    lufs = SILENCE_LUFS
    for attempt in range(_ATTEMPTS):
        lufs = _loudness(mixer, levels, aim, samples, known, stop)
        on_progress(0.4 + 0.6 * (attempt + 1) / _ATTEMPTS)
        more = _stepped((aim.target_lufs - lufs) * (1 if attempt else 1.25))
        gain = min(_GAIN_AT_MOST_DB, levels.master_db + more)
        if lufs <= SILENCE_LUFS or gain == levels.master_db or attempt == _ATTEMPTS - 1:
            break
        levels = Levels(levels.music_db, levels.duck_db, gain)
    on_progress(1.0)
    whole = -(-samples // PACKET) + 1
    words = [program.version(ffmpeg), *aac(aim.bitrate), OVERLAP]
    chunks = tuple(
        Chunk(_key(mixer, levels, aim, samples, first, words), first, min(first + CHUNK_PACKETS, whole))
        for first in range(0, whole, CHUNK_PACKETS)
    )
    return Plan(mixer, samples, levels, lufs, aim, chunks, tuple(known.used))


def encode_chunk(plan: Plan, chunk: Chunk, out: Path, *, ffmpeg: Path, stop: Stop = never) -> None:
    """Write the packets of a chunk, each with its ADTS header; `out` appears whole or not at all.

    Raises:
        EncoderFailed: ffmpeg fails, hangs or writes too few packets. Cancelled: `stop()` said so.
    """
    begin = max(0, chunk.first - OVERLAP)
    stop_at = min(plan.samples, (chunk.last + OVERLAP) * PACKET)
    part = out.with_name(f".{out.name}.{os.getpid()}.{secrets.token_hex(4)}.part")
    source = [str(ffmpeg), "-f", "f32le", "-ar", str(SAMPLE_RATE), "-ac", "2", "-i", "pipe:0"]
    doing = "encoding the sound"
    try:
        with FrameWriter([*source, *aac(plan.aim.bitrate), "-f", "adts", str(part)], doing=doing, stop=stop) as writer:
            for at in range(begin * PACKET, stop_at, CHUNK // 8):
                sound = plan.finished(at, min(CHUNK // 8, stop_at - at))
                if begin and at == begin * PACKET:  # a sound that begins at once would be taken for an attack
                    sound[:PACKET] *= np.linspace(0, 1, PACKET, dtype=np.float32)[:, None]
                writer.write(sound.astype("<f4").tobytes())
        packets = packets_of(part.read_bytes())[chunk.first - begin :][: chunk.last - chunk.first]
        if len(packets) != chunk.last - chunk.first:
            raise EncoderFailed(f"ffmpeg wrote {len(packets)} packets of sound too few while {doing}. Render again.")
        part.write_bytes(b"".join(packets))
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


def joined_aac(parts: Sequence[Path], out: Path, *, ffmpeg: Path, stop: Stop = never) -> None:
    """Write the chunks one after another as AAC in MP4; the edit list hides the priming, so it starts on time.

    Raises:
        EncoderFailed, Cancelled: nothing is left at `out`.
    """
    whole = out.with_name(f".{out.stem}.{os.getpid()}.aac")
    part = out.with_name(f".{out.stem}.{os.getpid()}.part.m4a")
    try:
        with whole.open("wb") as file:
            for each in parts:
                file.write(each.read_bytes())
        early = f"{-PACKET / SAMPLE_RATE:.9f}"
        copied = [
            "-map",
            "0:a:0",
            "-c",
            "copy",
            "-bsf:a",
            "aac_adtstoasc",
            "-fflags",
            "+bitexact",
            "-movflags",
            "+faststart",
        ]
        command = [str(ffmpeg), "-itsoffset", early, "-f", "aac", "-i", str(whole), *copied, str(part)]
        process.run(command, doing="joining the sound", stop=stop)
        part.replace(out)
    finally:
        whole.unlink(missing_ok=True)
        part.unlink(missing_ok=True)


def sound_track(
    timeline: Timeline,
    media: Media,
    out: Path,
    folder: Path,
    aim: Aim,
    *,
    ffmpeg: Path,
    on_progress: Callable[[float], None] = ignored,
    stop: Stop = never,
) -> Plan:
    """Write a film's sound as AAC in MP4, encoding only the chunks that `folder` does not hold.

    Raises:
        Invalid, UnsupportedMedia, EncoderFailed, Cancelled: as the steps; nothing is left at `out`.
    """
    plan = planned(timeline, media, folder, aim, ffmpeg=ffmpeg, on_progress=lambda x: on_progress(0.4 * x), stop=stop)
    parts: list[Path] = []
    for i, chunk in enumerate(plan.chunks):
        checked(stop)
        parts.append(folder / f"{chunk.key}.aac")
        if not parts[-1].is_file():
            encode_chunk(plan, chunk, parts[-1], ffmpeg=ffmpeg, stop=stop)
        on_progress(0.4 + 0.6 * (i + 1) / len(plan.chunks))
    joined_aac(parts, out, ffmpeg=ffmpeg, stop=stop)
    return plan


def packets_of(stream: bytes) -> list[bytes]:
    """The packets of an ADTS stream, headers and all. Source: ISO/IEC 13818-7, 6.2.

    Raises:
        EncoderFailed: it is none.
    """
    out: list[bytes] = []
    at = 0
    while at + _HEADER_BYTES <= len(stream):
        length = (stream[at + 3] & 3) << 11 | stream[at + 4] << 3 | stream[at + 5] >> 5
        if stream[at] != 0xFF or stream[at + 1] >> 4 != 0xF or length < _HEADER_BYTES:
            raise EncoderFailed("ffmpeg wrote sound that cannot be taken apart. Update ffmpeg and render again.")
        out.append(stream[at : at + length])
        at += length
    return out


def _heard(group: tuple[Lane, ...], samples: int, known: Measures, stop: Stop) -> Numbers:
    """K-weighted energies of a group, one value per full 100 ms."""

    def measured(start: int, count: int) -> Numbers:
        meter = StepEnergies(2, summed(group, start - HISTORY, HISTORY))
        return np.concatenate([meter.add(summed(group, *piece)) for piece in _pieces(start, count)])

    out: list[Numbers] = [np.zeros(0)]
    for start, count in _pieces(0, samples, CHUNK):
        checked(stop)
        seen = [lane.seen(start - HISTORY, start + count) for lane in group]
        if any(seen):
            out.append(known.of(key_of("energy", count, seen), lambda s=start, n=count: measured(s, n)))
        else:
            out.append(np.zeros(count // STEP))
    return np.concatenate(out)[: samples // STEP]


def _loudness(desk: Desk, levels: Levels, aim: Aim, samples: int, known: Measures, stop: Stop) -> float:
    """How loud the mastered film is."""

    def measured(start: int, count: int) -> Numbers:
        before = -HISTORY // CELL * CELL
        meter = StepEnergies(2, _finished(desk, levels, aim, samples, start + before, -before)[-HISTORY:])
        pieces = [meter.add(_finished(desk, levels, aim, samples, *each)) for each in _pieces(start, count)]
        return np.concatenate(pieces)

    steps: list[Numbers] = [np.zeros(0)]
    for start, count in _pieces(0, samples, CHUNK):
        checked(stop)
        seen = _seen(desk, levels, start - HISTORY - CELL - MARGIN, start + count + MARGIN)
        if seen:
            key = key_of("loudness", count, seen, levels.master_db, aim.peak_dbtp)
            steps.append(known.of(key, lambda s=start, n=count: measured(s, n)))
        else:
            steps.append(np.zeros(count // STEP))
    return gated_loudness(np.concatenate(steps))


def _finished(desk: Desk, levels: Levels, aim: Aim, samples: int, start: int, count: int) -> Samples:
    whole = count + -count % CELL
    heard = desk.block(start - MARGIN, whole + 2 * MARGIN, levels) * np.float32(amplitude(levels.master_db))
    out = np.array(limited(heard, amplitude(aim.peak_dbtp - UNDER_DB))[:count])
    out[: max(0, -start)] = 0
    out[max(0, samples - start) :] = 0
    return out


def _key(desk: Desk, levels: Levels, aim: Aim, samples: int, first: int, words: Sequence[object]) -> str:
    begin = max(0, first - OVERLAP) * PACKET
    end = min(samples, (first + CHUNK_PACKETS + OVERLAP) * PACKET)
    seen = _seen(desk, levels, begin - MARGIN, end + MARGIN)
    return key_of("aac", words, first - begin // PACKET, end - begin, seen, levels.master_db, aim.peak_dbtp)


def _seen(desk: Desk, levels: Levels, first: int, last: int) -> list[object]:
    """What decides the mix between two samples; the music's level only where there is music. Nothing in silence."""
    voice, others, music = (
        [lane.seen(first, last) for lane in group] for group in (desk.voice, desk.others, desk.music)
    )
    if not any((*voice, *others, *music)):
        return []
    out: list[object] = [voice, others]
    if any(music):
        out += [music, desk.ducking.seen(first, last), levels.music_db, levels.duck_db]
    return out


def _pieces(start: int, count: int, size: int = CHUNK // 8) -> Generator[tuple[int, int]]:
    for at in range(start, start + count, size):
        yield at, min(size, start + count - at)


def _stepped(db: float) -> float:
    return round(db / _GRID_DB) * _GRID_DB
