"""Listens to sound that was joined of chunks, in blocks whose numbers are kept: an edit costs only those it is heard in.

A block is the 12.8 s of sound that 600 packets of AAC hold. Its numbers hang on these packets and a few before them, which a
decoder and the meter must have heard, and are kept under a key of their bytes. What is heard of a whole film is kept beside its
sound.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from studio.core.errors import Cancelled
from studio.engine.probe import read_media
from studio.engine.report.heard import Heard, cells
from studio.engine.sound.chunks import CHUNK_PACKETS, PACKET
from studio.engine.sound.loudness import HISTORY, SILENCE_DB, Meter, gated_loudness
from studio.engine.sound.measures import Measures, Numbers, key_of
from studio.engine.sound.wave import Samples

if TYPE_CHECKING:
    from av import AudioStream
    from av.container import InputContainer
    from av.packet import Packet

_VERSION = 1
"""Raised whenever the same sound would be heard otherwise."""

_PRIMING = 1
"""Packets before the film begins: an encoder's, which the file's edit list hides."""

_BEFORE = -(-HISTORY // PACKET) + 2
"""Packets heard before a block: the meter's history, and what a decoder needs before it is right."""


def heard_of(sound: str) -> str:
    """The name of what was heard of a film's sound, by the sound's."""
    return f"{sound.rpartition('.')[0] or sound}.heard"


def listened(sound: Path, known: Measures, *, stop: Callable[[], bool] = lambda: False) -> Heard:
    """What the sound written by `joined_aac` is like, as `heard` would have it; blocks that `known` has are not decoded.

    Raises:
        UnsupportedMedia: a packet of it does not decode.
        Cancelled: `stop()` said so.
    """
    return read_media(str(sound), sound.name, lambda container: _listened(container, known, stop))


def write_heard(found: Heard, sound: Path, out: Path) -> None:
    """Write what was heard of a sound; `out` is for the caller to put in place."""
    with out.open("wb") as file:
        about = np.asarray([_VERSION, sound.stat().st_size], np.int64)
        loud = np.asarray([found.integrated_lufs, found.peak_dbtp])
        np.savez_compressed(file, about=about, loud=loud, peaks=np.asarray(found.peaks))


def read_heard(notes: Path, sound: Path) -> Heard | None:
    """What was heard of a sound; None when the notes are missing, damaged, or of another file than this."""
    try:
        with notes.open("rb") as file, np.load(file, allow_pickle=False) as said:
            if said["about"].tolist() != [_VERSION, sound.stat().st_size]:
                return None
            lufs, peak = said["loud"].tolist()
            return Heard(lufs, peak, tuple(said["peaks"].tolist()))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _listened(container: InputContainer, known: Measures, stop: Callable[[], bool]) -> Heard:
    stream = container.streams.audio[0]
    packets = [packet for packet in container.demux(stream) if packet.size]
    blocks: list[Numbers] = []
    for first in range(_PRIMING, len(packets), CHUNK_PACKETS):
        if stop():
            raise Cancelled("It was stopped before it was finished.")
        begin = max(0, first - _BEFORE)
        some = packets[begin : first + CHUNK_PACKETS]
        key = key_of("heard", _VERSION, first - begin, _digest(some))
        blocks.append(known.of(key, lambda some=some, early=first - begin: _numbers(stream, some, early)))
    steps, peaks = _together(blocks)
    highest = max((float(block[0]) for block in blocks), default=SILENCE_DB)
    return Heard(gated_loudness(steps), highest, tuple(peaks.tolist()))


def _digest(packets: Sequence[Packet[AudioStream]]) -> str:
    found = hashlib.sha256()
    for packet in packets:
        found.update(packet.size.to_bytes(4, "big"))
        found.update(memoryview(packet))
    return found.hexdigest()


def _numbers(stream: AudioStream, packets: Sequence[Packet[AudioStream]], early: int) -> Numbers:
    """True peak (dBTP), how many steps there are, their energies, then the peaks of cells; the first `early` packets lead in."""
    sound = _decoded(stream, packets)
    before, inner = sound[: early * PACKET], sound[early * PACKET :]
    silence = np.zeros((max(0, HISTORY - len(before)), 2), np.float32)
    meter = Meter(2, np.concatenate((silence, before))[-HISTORY:])
    meter.add(inner)
    steps = meter.steps
    return np.concatenate(([meter.peak_dbtp, len(steps)], steps, cells(inner)))


def _decoded(stream: AudioStream, packets: Sequence[Packet[AudioStream]]) -> Samples:
    """The packets' sound as (samples, 2) from a decoder of their own, 1024 samples each."""
    from av import CodecContext, Packet

    decoder = CodecContext.create("aac", "r")
    decoder.extradata = stream.codec_context.extradata
    frames = [frame for packet in packets for frame in decoder.decode(Packet(bytes(packet)))]
    sound: list[Samples] = [np.asarray(frame.to_ndarray().T, np.float32) for frame in [*frames, *decoder.decode(None)]]
    return np.concatenate(sound)


def _together(blocks: Sequence[Numbers]) -> tuple[Numbers, Numbers]:
    """The steps and the peaks of all blocks."""
    cuts = [2 + int(block[1]) for block in blocks]
    steps = [block[2:cut] for block, cut in zip(blocks, cuts, strict=True)]
    peaks = [block[cut:] for block, cut in zip(blocks, cuts, strict=True)]
    return np.concatenate([np.zeros(0), *steps]), np.concatenate([np.zeros(0), *peaks])
