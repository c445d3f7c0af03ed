"""Makes the other forms of a medium, each in a file: a first picture, proxy, filmstrip, waveform, beats. Nothing is kept here."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from studio.engine.ffmpeg.process import Stop
from studio.engine.looks.facts import MediaFacts
from studio.engine.previews.filmstrip import filmstrip, poster
from studio.engine.previews.proxies import proxied
from studio.engine.previews.scrub import Scrubber
from studio.engine.previews.waveform import read_waveform, waveform
from studio.engine.sound.beats import beats
from studio.engine.sound.loudness import StepEnergies
from studio.engine.sound.master import blocks
from studio.engine.sound.source import Sound, ready, sound_file
from studio.engine.time import SAMPLE_RATE, Rate
from studio.media.thumbnail import thumbnail
from studio.media.views import BEATS, FILMSTRIP, LOUDNESS, STRIP_HEIGHT, THUMBNAIL, WAVE_RATE, WAVEFORM, proxy

_POSTER_HEIGHT = 360
_FIRST_S = 2
_FEWEST, _MOST = 8, 240
_WIDEST = 30_000
"""Pixels a strip may be wide; every browser draws it."""

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Medium:
    """A file to be given other forms: where it is, its hash, what people call it, what is known of it, the project's rate."""

    path: Path
    sha256: str
    name: str
    facts: MediaFacts
    rate: Rate


@dataclass(frozen=True, slots=True)
class Made:
    """A form in a file, and what one must know to use it."""

    kind: str
    path: Path
    about: dict[str, Any]


def wanted(facts: MediaFacts, rate: Rate) -> tuple[str, ...]:
    """The kinds of forms media of these facts have in a project of this rate, in the order they are made."""
    moves = facts.width > 0 and facts.kind in ("video", "animated")
    heard = bool(facts.sounds)
    return (
        *((THUMBNAIL,) if facts.width else ()),
        *((WAVEFORM, LOUDNESS) if heard else ()),
        *((BEATS,) if heard and facts.kind == "audio" else ()),
        *((proxy(rate), FILMSTRIP) if moves else ()),
    )


def first_picture(medium: Medium, folder: Path, *, ffmpeg: Path, stop: Stop) -> Made:
    """A thumbnail of what the film shows in its first seconds, or of the still itself.

    Raises:
        UnsupportedMedia, Cancelled, SandboxRefused, EncoderFailed: as `proxied`.
    """
    out = folder / THUMBNAIL
    if medium.facts.kind == "still":
        out.write_bytes(thumbnail(medium.path.read_bytes()))
        return Made(THUMBNAIL, out, {})
    few = folder / "first.mp4"
    most = max(1, int(_FIRST_S * medium.rate.fps))
    proxied(medium.path, medium.rate, few, ffmpeg=ffmpeg, name=medium.name, most=most, stop=stop)
    with Scrubber(few) as film:
        out.write_bytes(thumbnail(poster(film, min(_POSTER_HEIGHT, film.picture(0).shape[0]))))
    few.unlink()
    return Made(THUMBNAIL, out, {})


def small_film(medium: Medium, folder: Path, *, ffmpeg: Path, stop: Stop, on_progress: Progress) -> Made:
    """The proxy. Raises: as `proxied`."""
    out = folder / "proxy.mp4"
    frames = max(1, medium.facts.lasting(medium.rate))
    proxied(
        medium.path,
        medium.rate,
        out,
        ffmpeg=ffmpeg,
        name=medium.name,
        stop=stop,
        on_frame=lambda frame: on_progress(min(1.0, frame / frames)),
    )
    return Made(proxy(medium.rate), out, {})


def strip(film: Path, medium: Medium, folder: Path, *, stop: Stop) -> Made:
    """The filmstrip, of the proxy: a picture a second, from 8 up to 240, fewer when they are wide.

    Raises:
        UnsupportedMedia: the proxy cannot be read. Cancelled: `stop()` said so.
    """
    out = folder / FILMSTRIP
    with Scrubber(film) as shown:
        height, width, _ = shown.picture(0).shape
        each = max(1, round(width * STRIP_HEIGHT / height))
        by_length = int(shown.frames / medium.rate.fps)
        count = max(1, min(max(by_length, _FEWEST), _MOST, _WIDEST // each, shown.frames))
        out.write_bytes(filmstrip(shown, count, STRIP_HEIGHT, stop=stop))
        return Made(FILMSTRIP, out, {"count": count, "width": each, "frames": shown.frames})


def levels(medium: Medium, folder: Path, *, stop: Stop, on_progress: Progress) -> Made:
    """The waveform of the first sound. Raises: UnsupportedMedia, LimitReached, Cancelled, SandboxRefused."""
    sound = sound_file(ready(medium.path, medium.sha256, folder, name=medium.name, stop=stop))
    out = folder / WAVEFORM
    out.write_bytes(drawn_levels(sound, stop=stop, on_progress=on_progress))
    return Made(WAVEFORM, out, {"pairs": out.stat().st_size // 2})


def loud(medium: Medium, folder: Path, *, stop: Stop) -> Made:
    """How loud the first sound is. Raises: as `levels`."""
    sound = sound_file(ready(medium.path, medium.sha256, folder, name=medium.name, stop=stop))
    out = folder / LOUDNESS
    out.write_bytes(told_loudness(sound, stop=stop))
    return Made(LOUDNESS, out, {})


def pulse(medium: Medium, folder: Path, *, stop: Stop) -> Made:
    """The beats of the sound. Raises: as `levels`."""
    sound = sound_file(ready(medium.path, medium.sha256, folder, name=medium.name, stop=stop))
    out = folder / BEATS
    out.write_bytes(told_beats(sound, stop=stop))
    return Made(BEATS, out, {})


def told_loudness(sound: Sound, *, stop: Stop) -> bytes:
    """K-weighted mean squares of every full 100 ms of a sound, as float32."""
    meter, out = StepEnergies(sound.channels), bytearray()
    for start, count in blocks(sound.samples, stop):
        out += meter.add(sound.read(start, count)).astype("<f4").tobytes()
    return bytes(out)


def told_beats(sound: Sound, *, stop: Stop) -> bytes:
    """Milliseconds to each beat of a sound, as JSON."""
    return json.dumps(beats(sound, stop=stop), separators=(",", ":")).encode()


def drawn_levels(sound: Sound, *, stop: Stop, on_progress: Progress | None = None) -> bytes:
    """Two signed bytes (lowest, highest; 127 is full) for every 1/50 s of a sound."""
    pairs = -(-sound.samples * WAVE_RATE // SAMPLE_RATE)
    if not pairs:
        return b""
    peaks = read_waveform(waveform(sound, stop=stop, on_progress=on_progress))
    found = peaks.drawn(0, pairs * SAMPLE_RATE // WAVE_RATE, pairs)
    return np.clip(np.rint(found.astype(np.float32) / 258), -127, 127).astype(np.int8).tobytes()
