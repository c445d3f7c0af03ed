"""Joins segments, sound, captions and chapters into one file without re-encoding, and proves it exact. No pixel changes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path

from studio.core.errors import EncoderFailed, Invalid, UnsupportedMedia
from studio.engine import boxes
from studio.engine.captions import srt
from studio.engine.ffmpeg.process import Stop, never, run
from studio.engine.looks.facts import MediaFacts
from studio.engine.presets.encoding import timescale
from studio.engine.probe import decoded_frames, probed
from studio.engine.time import Rate
from studio.engine.timeline import Caption, Marker

_AAC_FRAME = 1024
_OPUS_START_S = 0.0085
"""WebM keeps time in whole milliseconds, and some ffmpegs begin the picture after Opus's first 6.5, which are not heard."""

_NAME_BYTES = 250
"""A chapter's name in an MP4 counts its bytes in one byte."""


def joined(
    segments: Sequence[tuple[Path, int]],
    audio: Path | None,
    captions: Sequence[Caption],
    markers: Sequence[Marker],
    rate: Rate,
    out: Path,
    *,
    ffmpeg: Path,
    title: str,
    language: str = "eng",
    container: str = "mp4",
    stop: Stop = never,
) -> None:
    """Write `out`, an MP4, QuickTime (mov) or WebM file: the segments (file, frames) one after another, the sound, captions
    as a track that is off until a viewer turns it on, and a chapter for every marker.

    `out` appears complete or not at all; prove it with `checked`.

    Raises:
        EncoderFailed: when ffmpeg fails or hangs.
        Cancelled: when `stop()` says so.
        Invalid: when there are no segments.
    """
    if not segments:
        raise Invalid("There is nothing to join: the timeline is empty.")
    frames = sum(n for _, n in segments)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.join-") as name:
        folder = Path(name)
        listed, notes, words = folder / "segments.ffconcat", folder / "notes.ffmeta", folder / "captions.srt"
        _write(listed, concat_list(segments, rate))
        _write(notes, metadata(title, markers, frames, rate))
        shown = [c for c in captions if c.text.strip() and c.start < frames]
        _write(words, srt([_ended(c, frames) for c in shown], rate))
        film = folder / "film"
        run(
            join_arguments(
                ffmpeg,
                listed,
                notes,
                audio,
                words if shown else None,
                rate=rate,
                language=language,
                container=container,
                out=film,
            ),
            doing="joining the film",
            stop=stop,
        )
        if container != "webm":
            boxes.switch_off_subtitles(film)
        film.replace(out)


def join_arguments(
    ffmpeg: Path,
    listed: Path,
    notes: Path,
    audio: Path | None,
    words: Path | None,
    *,
    rate: Rate,
    language: str,
    out: Path,
    container: str = "mp4",
) -> list[str]:
    """The ffmpeg that copies what the list names into one file, an MP4 or QuickTime one with its index in front."""
    inputs = ["-f", "concat", "-safe", "0", "-i", str(listed), "-f", "ffmetadata", "-i", str(notes)]
    streams = ["-map", "0:v:0", "-map_metadata", "1", "-map_chapters", "1", "-c:v", "copy"]
    used = 2
    if audio:
        inputs += ["-i", str(audio)]
        streams += ["-map", f"{used}:a:0", "-c:a", "copy", "-metadata:s:a:0", f"language={language}"]
        used += 1
    if words:
        inputs += ["-f", "srt", "-i", str(words)]
        streams += [
            "-map",
            f"{used}:s:0",
            "-c:s",
            "webvtt" if container == "webm" else "mov_text",
            "-metadata:s:s:0",
            f"language={language}",
        ]
        streams += ["-disposition:s:0", "0"]
    written = ["-video_track_timescale", str(timescale(rate)), "-movflags", "+faststart"]
    written = [] if container == "webm" else written
    return [str(ffmpeg), *inputs, *streams, *written, "-fflags", "+bitexact", "-f", container, str(out)]


def checked(
    out: Path,
    frames: int,
    rate: Rate,
    *,
    found: MediaFacts | None = None,
    decoded: int | None = None,
    stop: Stop = never,
) -> None:
    """Prove a film: exactly `frames` frames at one distance, every one decodable, sound and picture ending together.

    Together means within a frame, or within an AAC packet where that is longer: sound cannot end between packets. `found` is
    what its probe said and `decoded` how many frames came out, where somebody has asked already.

    Raises:
        EncoderFailed: saying what is not so.
        Cancelled: when `stop()` says so.
    """
    try:
        found = found or probed(out)
        faults = list(_faults(found, frames, rate))
        if not faults and (decoded_frames(out, stop=stop) if decoded is None else decoded) != frames:
            faults.append("not every frame decodes")
    except UnsupportedMedia as e:
        raise EncoderFailed("The finished film cannot be read back. Render it again.") from e
    if faults:
        raise EncoderFailed(f"The finished film is not right: {'; '.join(faults)}. Render it again.")


def _faults(found: MediaFacts, frames: int, rate: Rate) -> Iterable[str]:
    if found.frames != frames:
        yield f"it has {found.frames} frames instead of {frames}"
        return
    exact = rate.seconds(frames)
    frame_s = float(rate.seconds(1))
    near = _OPUS_START_S if found.webm else frame_s / 100
    if found.rate != rate or abs(float(found.video_seconds - exact)) > near:
        yield "its frames are not evenly spaced"
    if found.audio_codec:
        apart = abs(found.audio_seconds - float(exact))
        if apart > max(frame_s, _AAC_FRAME / max(found.sample_rate, 1)) + 1e-6:
            yield f"sound and picture end {apart:.2f} seconds apart"


def concat_list(segments: Sequence[tuple[Path, int]], rate: Rate) -> str:
    """The list the concat demuxer reads.

    It keeps time in whole microseconds and adds the durations up, so each is the difference of two rounded positions:
    the sum is never more than half a microsecond wrong, and every frame lands on its own tick however many files there are.
    No decoder is allowed: a file tells all that copying needs, and ffmpeg else decodes a picture of each to learn more.
    """
    lines = ["ffconcat version 1.0"]
    done = 0
    for path, frames in segments:
        quoted = str(path.absolute()).replace("'", r"'\''")
        length = _microseconds(rate.seconds(done + frames)) - _microseconds(rate.seconds(done))
        done += frames
        lines += [
            f"file '{quoted}'",
            "option codec_whitelist none",
            f"duration {length // 1_000_000}.{length % 1_000_000:06d}",
        ]
    return "\n".join(lines) + "\n"


def metadata(title: str, markers: Sequence[Marker], frames: int, rate: Rate) -> str:
    """Title and chapters as ffmetadata; the chapters cover the film from its first frame, one for every marker inside it."""
    starts: dict[int, str] = {}
    for marker in sorted(markers, key=lambda m: m.frame):
        if 0 <= marker.frame < frames:
            starts.setdefault(marker.frame, marker.name)
    if starts and 0 not in starts:
        starts = {0: title, **starts}
    lines = [";FFMETADATA1", f"title={_escaped(title)}"]
    edges = [*starts, frames]
    for start, end, name in zip(edges, edges[1:], starts.values(), strict=False):
        lines += ["[CHAPTER]", f"TIMEBASE={rate.den}/{rate.num}", f"START={start}", f"END={end}"]
        lines.append(f"title={_escaped(name)}")
    return "\n".join(lines) + "\n"


def _ended(caption: Caption, frames: int) -> Caption:
    """The caption, no longer than the film."""
    return Caption(caption.start, min(caption.frames, frames - caption.start), caption.text, caption.speaker)


def _microseconds(seconds: Fraction) -> int:
    return round(seconds * 1_000_000)


def _escaped(text: str) -> str:
    """Text as an ffmetadata value: one line, without control characters, special characters behind a backslash."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split()) or "Untitled"
    short = plain.encode("utf-8", "replace")[:_NAME_BYTES].decode("utf-8", "ignore")
    return "".join(f"\\{c}" if c in "=;#\\" else c for c in short)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", errors="replace", newline="\n")
