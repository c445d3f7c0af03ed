"""Makes files that are not joined as they are: sound of a preset, a GIF, every frame or stills as pictures, several as a ZIP."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from studio.core.errors import Cancelled, EncoderFailed
from studio.engine.ffmpeg.process import Stop, never, run
from studio.engine.presets import Preset
from studio.engine.presets.encoding import gif_arguments, gif_filter, sound_arguments
from studio.engine.time import Rate

_MADE = (1980, 1, 1, 0, 0, 0)
"""The date of everything in a ZIP, so that the same pictures are the same bytes."""

_NAME = 60


def encoded_sound(
    wav: Path, out: Path, preset: Preset, *, ffmpeg: Path, samples: tuple[int, int], stop: Stop = never
) -> None:
    """Write the samples from one up to another of a WAV as the preset's sound.

    Raises:
        EncoderFailed, Cancelled, Unavailable: nothing is left at `out`.
    """
    first, last = samples
    part = out.with_name(f".{out.name}.part")
    cut = f"atrim=start_sample={first}:end_sample={last},asetpts=PTS-STARTPTS"
    arguments = ["-f", "wav", "-i", str(wav), "-map", "0:a:0", "-map_metadata", "-1", "-af", cut]
    try:
        run([str(ffmpeg), *arguments, *sound_arguments(preset), str(part)], doing="encoding the sound", stop=stop)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


def gif_of(film: Path, out: Path, preset: Preset, rate: Rate, frames: int, *, ffmpeg: Path, stop: Stop = never) -> None:
    """Write a film as a GIF that plays for ever, in one palette of 256 colours.

    Raises:
        EncoderFailed: when ffmpeg fails or writes another number of frames.
        Cancelled: when `stop()` says so.
    """
    every = preset.every(rate)
    made = ["-i", str(film), "-filter_complex", gif_filter(rate, every), "-map", "[out]"]
    written = run(
        [str(ffmpeg), *made, *gif_arguments(frames, rate, every), str(out)], doing="making the GIF", stop=stop
    )
    if written != preset.frames_kept(frames, rate):
        raise EncoderFailed(f"The GIF came out with {written} frames. Render it again; if it stays, update ffmpeg.")


def frames_of(film: Path, out: Path, frames: int, *, ffmpeg: Path, stop: Stop = never) -> None:
    """Write every frame of a film as a PNG, counted from 1, into a ZIP.

    Raises:
        EncoderFailed: when ffmpeg fails or writes another number of frames.
        Cancelled: when `stop()` says so.
    """
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as name:
        folder = Path(name)
        arguments = ["-i", str(film), "-map", "0:v:0", "-fps_mode", "passthrough", "-pix_fmt", "rgb24"]
        run([str(ffmpeg), *arguments, "-f", "image2", str(folder / "%06d.png")], doing="writing the frames", stop=stop)
        written = sorted(folder.glob("*.png"))
        if len(written) != frames:
            raise EncoderFailed(f"{len(written)} of {frames} frames were written. Render again.")
        zipped([(path.name, path) for path in written], out, stop=stop)


def still_of(segment: Path, out: Path, *, ffmpeg: Path, stop: Stop = never) -> None:
    """Write the first frame of a segment as a JPEG, in the colours JPEG readers expect. Source: JFIF 1.02 (BT.601, full range).

    Raises:
        EncoderFailed, Cancelled: as `run`.
    """
    colours = "scale=in_color_matrix=bt709:out_color_matrix=bt601:in_range=tv:out_range=pc,format=yuvj444p"
    arguments = ["-i", str(segment), "-map", "0:v:0", "-frames:v", "1", "-vf", colours, "-c:v", "mjpeg", "-q:v", "2"]
    run([str(ffmpeg), *arguments, "-f", "image2", "-update", "1", str(out)], doing="writing a still", stop=stop)


def zipped(files: Iterable[tuple[str, Path]], out: Path, *, stop: Callable[[], bool] = never) -> None:
    """Put files under these names into a ZIP, as they are: pictures and films do not get smaller. Raises: Cancelled."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as pack:
        for name, path in files:
            if stop():
                raise Cancelled("It was stopped before it was finished.")
            with pack.open(zipfile.ZipInfo(name, _MADE), "w", force_zip64=True) as inside, path.open("rb") as file:
                while data := file.read(1 << 20):
                    inside.write(data)


def numbered(names: Sequence[str], suffix: str) -> list[str]:
    """File names in order: a number, then what each is called, without what a file system does not take."""
    digits = len(str(len(names)))
    plain = ["".join(c if c.isalnum() or c in " .,-_'" else " " for c in name) for name in names]
    short = [" ".join(name.split())[:_NAME].strip(" .") for name in plain]
    return [f"{i:0{digits}d} {name}".strip() + f".{suffix}" for i, name in enumerate(short, start=1)]
