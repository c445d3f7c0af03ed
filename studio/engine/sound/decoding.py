"""In the sandbox: the sound of the open file on standard output, as 48 kHz float32 in one or two channels, on time to the sample.

What a decoder must throw away (priming, edit lists) it throws away; a hole in the sound is silence; more than two channels are
folded down. Source: ITU-R BS.775-3, annex 4 (centre and surrounds at 0.7071 into the sides, no low frequency effects).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from fractions import Fraction
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from studio.core.errors import LimitReached, StudioError, UnsupportedMedia
from studio.engine.probe import OPTIONS
from studio.engine.sound.source import HEAD, MAGIC, MOST_S
from studio.engine.sound.wave import Samples
from studio.engine.time import SAMPLE_RATE

if TYPE_CHECKING:
    from av import AudioFrame
    from av.container import InputContainer

BEFOREHAND = ("av",)
"""What is imported late here, for the sandbox's warm parent (`sandbox/zygote.py`)."""

_FIRST_FILE = 3
_LOOSE_S = 0.02
"""How far a time stamp may lie from where the sound has come to, before it counts as a hole: containers round to milliseconds."""

_HALF = float(np.sqrt(0.5))
_INTO = {
    "FL": (1, 0), "FR": (0, 1), "FC": (_HALF, _HALF), "BL": (_HALF, 0), "BR": (0, _HALF), "SL": (_HALF, 0),
    "SR": (0, _HALF), "BC": (0.5, 0.5), "FLC": (1, 0), "FRC": (0, 1), "DL": (1, 0), "DR": (0, 1),
}  # fmt: skip
"""How much of a channel goes left and right; the others (low frequencies, heights) into neither."""


def decoded(container: InputContainer) -> Iterator[Samples]:
    """The sound from sample 0 on, in pieces; the first piece is empty and says by its shape how many channels there are.

    Raises:
        LimitReached: it is longer than 12 hours.
    """
    import av

    if not container.streams.audio:
        yield np.zeros((0, 1), np.float32)
        return
    frames = _frames(container)
    first = next(frames, None)
    channels = 1 if first is not None and len(first.layout.channels) == 1 else 2
    yield np.zeros((0, channels), np.float32)
    if first is None:
        return
    layout = "mono" if channels == 1 else "stereo"
    turner = av.AudioResampler("flt", layout, SAMPLE_RATE) if first.sample_rate != SAMPLE_RATE else None
    given = 0
    for piece in _on_time(_with(first, frames), _zero(container, first), channels):
        if turner is None:
            yield piece
            continue
        frame = av.AudioFrame.from_ndarray(piece.reshape(1, -1), "flt", layout)
        frame.sample_rate, frame.pts, frame.time_base = first.sample_rate, given, Fraction(1, first.sample_rate)
        given += len(piece)
        yield from (_packed(each, channels) for each in turner.resample(frame))
    if turner is not None:
        yield from (_packed(each, channels) for each in turner.resample(None))


def folded(planes: Samples, names: list[str]) -> Samples:
    """(channels, samples) of named channels as (samples, 2)."""
    if len(names) == 1:
        return np.repeat(planes.T * np.float32(_HALF), 2, axis=1)
    if not any(name in _INTO for name in names):
        return np.ascontiguousarray(planes[:2].T)
    matrix = np.array([_INTO.get(name, (0, 0)) for name in names], np.float32)
    return np.ascontiguousarray(planes.T @ matrix)


def _on_time(frames: Iterable[AudioFrame], zero: Fraction, channels: int) -> Iterator[Samples]:
    """The frames' sound, each at its time after `zero`: holes filled with silence, what overlaps or lies before cut off."""
    come = -1
    for frame in frames:
        rate = frame.sample_rate
        planes = _planes(frame)
        names = [each.name for each in frame.layout.channels]
        sound = planes.T if channels == len(names) == 1 else folded(planes, names)[:, :channels]
        at = max(come, 0)
        if frame.pts is not None and frame.time_base is not None:
            at = round((frame.pts * Fraction(frame.time_base) - zero) * rate)
        if come >= 0 and abs(at - come) <= rate * _LOOSE_S:
            at = come
        come = max(come, 0)
        if max(at, come) + len(sound) > MOST_S * rate:
            raise LimitReached("This sound is longer than 12 hours. Split it and bring in the parts.")
        if at > come:
            yield from _silence(at - come, channels)
        kept = sound[max(0, come - at) :]
        come = max(come, at) + len(kept)
        if len(kept):
            yield np.ascontiguousarray(kept, np.float32)


def _silence(count: int, channels: int) -> Iterator[Samples]:
    for at in range(0, count, SAMPLE_RATE):
        yield np.zeros((min(SAMPLE_RATE, count - at), channels), np.float32)


def _frames(container: InputContainer) -> Iterator[AudioFrame]:
    """What decodes; a packet that does not is a hole."""
    from av.error import FFmpegError

    for packet in container.demux(container.streams.audio[0]):
        frames: list[AudioFrame] = []
        with suppress(FFmpegError):
            frames = list(packet.decode())
        yield from (frame for frame in frames if frame.samples)


def _zero(container: InputContainer, first: AudioFrame) -> Fraction:
    """When sample 0 is: at the first frame of the picture, or at the first sample."""
    from av.stream import Disposition

    for video in container.streams.video:
        if video.start_time is not None and video.time_base and not video.disposition & Disposition.attached_pic:
            return video.start_time * Fraction(video.time_base)
    if first.pts is None or first.time_base is None:
        return Fraction(0)
    return first.pts * Fraction(first.time_base)


def _planes(frame: AudioFrame) -> Samples:
    """(channels, samples), full scale -1..1."""
    data: NDArray[Any] = np.asarray(frame.to_ndarray())
    if not frame.format.is_planar:
        data = data.reshape(-1, len(frame.layout.channels)).T
    kind, size = data.dtype.kind, data.dtype.itemsize
    if kind == "u":
        return ((data.astype(np.float64) - 128) / 128).astype(np.float32)
    if kind == "i":
        return (data / float(1 << (8 * size - 1))).astype(np.float32)
    return data.astype(np.float32)


def _packed(frame: AudioFrame, channels: int) -> Samples:
    packed: NDArray[Any] = np.asarray(frame.to_ndarray())
    return packed.reshape(-1, channels)


def _with(first: AudioFrame, others: Iterator[AudioFrame]) -> Iterator[AudioFrame]:
    yield first
    yield from others


def _main() -> None:
    """Samples, or an end that says in JSON why there are none."""
    import av
    from av.error import FFmpegError

    name = sys.stdin.buffer.read().decode()
    try:
        with open(_FIRST_FILE, "rb") as file, av.open(file, "r", options=dict(OPTIONS)) as container:
            _write(container, sys.stdout.buffer)
    except StudioError as error:
        sys.exit(json.dumps({"error": error.code, "message": error.message}))
    except (FFmpegError, OSError, ValueError, IndexError, OverflowError, ZeroDivisionError, MemoryError):
        message = f"The sound of {name} cannot be read: it is damaged, or no sound or film that Inkreel knows."
        sys.exit(json.dumps({"error": UnsupportedMedia.code, "message": message}))


def _write(container: InputContainer, out: BinaryIO) -> None:
    for i, piece in enumerate(decoded(container)):
        if i == 0:
            out.write(HEAD.pack(MAGIC, piece.shape[1], SAMPLE_RATE))
        out.write(piece.astype("<f4").tobytes())


if __name__ == "__main__":
    _main()
