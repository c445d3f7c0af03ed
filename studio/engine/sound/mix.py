"""Mixes the sound of a timeline to a loudness and encodes it; what is heard when is in desk/mixer.py, mastering in master.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from studio.engine.ffmpeg import process
from studio.engine.sound.desk.mixer import balanced, desk, room
from studio.engine.sound.desk.tracks import Files, Media
from studio.engine.sound.master import checked, ignored, mastered
from studio.engine.sound.measures import Measures
from studio.engine.timeline import Timeline

_MEASURING_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class MixReport:
    """What was written: integrated loudness (LUFS; -70 for silence), true peak (dBTP), length in frames and in samples."""

    integrated_lufs: float
    peak_dbtp: float
    frames: int
    samples: int


def mixed(
    timeline: Timeline,
    media: Media,
    out: Path,
    *,
    target_lufs: float,
    peak_dbtp: float = -1.0,
    folder: Path | None = None,
    on_progress: Callable[[float], None] | None = None,
    stop: Callable[[], bool] = process.never,
) -> MixReport:
    """Write the film's sound as a 48 kHz stereo WAV of exactly `rate.samples(timeline.frames)` samples.

    Voices, music and other audio tracks are summed at exact sample positions as desk/mixer.py says; the whole is brought to
    `target_lufs` with true peaks under `peak_dbtp`. `media` gives what source.py's `ready` gave; retimed and nested sound is
    kept in `folder`, if there is one. `on_progress` hears shares of 0 to 1. Memory does not grow with the length of the film.

    Raises:
        UnsupportedMedia: a clip's file is neither a 48 kHz 16-bit PCM WAV nor samples of ours.
        Invalid: a track names an equaliser or compressor that there is not.
        Cancelled: `stop()` said so; nothing is left at `out`.
    """
    report = on_progress or ignored
    samples = timeline.rate.samples(timeline.frames)
    checked(stop)
    with room(folder, out) as made:
        mixer = desk(timeline, Files(media, made, known=Measures(made)), stop)
        levels = balanced(mixer, samples, target_lufs, lambda x: report(x * _MEASURING_SHARE), stop)
        measured = mastered(
            lambda start, count: mixer.block(start, count, levels),
            samples,
            out,
            target_lufs=target_lufs,
            peak_dbtp=peak_dbtp,
            gain_db=levels.master_db,
            on_progress=lambda x: report(_MEASURING_SHARE + x * (1 - _MEASURING_SHARE)),
            stop=stop,
        )
    return MixReport(measured.integrated_lufs, measured.peak_dbtp, timeline.frames, samples)


def encoded_aac(
    wav: Path, out: Path, *, ffmpeg: Path, bitrate: int = 160_000, stop: Callable[[], bool] = process.never
) -> None:
    """Encode a WAV as AAC in MP4 at `bitrate` bits a second; the edit list hides the encoder's priming, so it starts on time.

    Raises:
        EncoderFailed, Cancelled, Unavailable: nothing is left at `out`.
    """
    part = out.with_name(f".{out.stem}.part.m4a")
    exact = ["-map_metadata", "-1", "-fflags", "+bitexact", "-movflags", "+faststart"]
    try:
        command = [str(ffmpeg), "-f", "wav", "-i", str(wav), "-map", "0:a:0", *aac(bitrate), *exact, str(part)]
        process.run(command, doing="encoding the sound", stop=stop)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


def aac(bitrate: int) -> list[str]:
    """How sound is encoded, alone or in chunks.

    The cheaper search is the better one at such rates, says ffmpeg's manual, and hardly remembers what it has encoded before;
    noise in place of sound (PNS) is left out, as every decoder makes its own.
    """
    coder = ["-c:a", "aac", "-aac_coder", "fast", "-aac_pns", "0", "-b:a", str(bitrate)]
    return [*coder, "-ar", "48000", "-ac", "2", "-flags:a", "+bitexact"]
