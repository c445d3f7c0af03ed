"""The audio tracks of a timeline as buses: which are heard, and every clip of them placed to the sample.

A clip may be a file, a file at another speed, or a timeline inside; the last two are made once, as files of samples in `folder`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from studio.engine.sound.desk.buses import LOUDEST_DB, Bus, Placed
from studio.engine.sound.desk.ducking import CELL, levels_of
from studio.engine.sound.desk.envelope import line
from studio.engine.sound.desk.retime import retimed
from studio.engine.sound.loudness import amplitude
from studio.engine.sound.measures import VERSION, Measures, Numbers, key_of
from studio.engine.sound.recording import Recording
from studio.engine.sound.source import PIECE, Sound, sound_file, write_pcm
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Timeline, Track
from studio.engine.timeline.curves import at, greatest
from studio.engine.timeline.looks import Nested

_DECLICK = 144
_PIECE_CELLS = PIECE // CELL
_INAUDIBLE_DB = -60.0

Media = Callable[[str], Path | Sound]
Inside = Callable[[Timeline, Path], None]
"""Writes the sound of a timeline as a file of samples, levels as its own mix has them."""


@dataclass(slots=True)
class Files:
    """Opens media once. `media` gives sound, or a file of it, for a hash; `folder` is for what is made here, `inside` makes
    nested sound, `known` keeps what was measured."""

    media: Media
    folder: Path | None = None
    inside: Inside | None = None
    known: Measures | None = None
    _open: dict[str, Sound] = field(default_factory=dict[str, Sound])

    def opened(self, sha256: str) -> Sound:
        if sha256 not in self._open:
            found = self.media(sha256)
            self._open[sha256] = sound_file(found) if isinstance(found, Path) else found
        return self._open[sha256]

    def levels(self, sha256: str, first: int, last: int) -> NDArray[np.uint8]:
        """As `ducking.Listen`: listened to in the pieces that recordings are decoded in, each of which is known from then on."""
        numbers = range(first // _PIECE_CELLS, -(-last // _PIECE_CELLS))
        pieces = [self._levels(sha256, number) for number in numbers]
        whole = np.concatenate(pieces) if pieces else np.zeros(0, np.uint8)
        return whole[first - numbers.start * _PIECE_CELLS :][: last - first]

    def _levels(self, sha256: str, number: int) -> NDArray[np.uint8]:
        def measured() -> Numbers:
            begin = number * _PIECE_CELLS
            return levels_of(self.opened(sha256), begin, begin + _PIECE_CELLS).astype(np.float64)

        found = self.known.of(key_of("levels", sha256, number), measured) if self.known else measured()
        return found.astype(np.uint8)

    def made(self, key: str, write: Callable[[Path], None]) -> Sound:
        """The file of samples `key`, written unless it is there. Without a folder it cannot be."""
        if key not in self._open:
            assert self.folder is not None, "sound that is made needs a folder"
            path = self.folder / f"{key}.pcm"
            if not path.is_file():
                write(path)
            self._open[key] = sound_file(path)
        return self._open[key]


def heard(timeline: Timeline) -> list[Track]:
    """The audio tracks that are heard: not muted, and where one is solo only those that are. A lock changes nothing."""
    audio = [track for track in timeline.tracks if track.kind == "audio" and not track.muted]
    return [track for track in audio if track.solo] or audio


def content_of(timeline: Timeline) -> str:
    """Everything that decides a timeline's sound, as text for a key: nothing that is seen, no name, no id."""
    return repr([_nameless(track) for track in heard(timeline)])


def _nameless(track: Track) -> Track:
    clips = tuple(
        Clip(
            *("", "", clip.media, clip.start, clip.frames, clip.source_in),
            gain_db=clip.gain_db,
            pan=clip.pan,
            fade_in=clip.fade_in,
            fade_out=clip.fade_out,
            made=clip.made,
            speed=clip.speed,
        )
        for clip in track.clips
        if clip.enabled
    )
    cuts = tuple(replace(each, id="", colour="") for each in track.transitions)
    plain = replace(track, id="", name="", language="", locked=False, solo=False)
    return replace(plain, clips=clips, captions=(), transitions=cuts)


def bus(timeline: Timeline, role: str | None, media: Media) -> Bus:
    """All audio clips of a role; None means every role but voice and music.

    Raises:
        UnsupportedMedia: a clip's file is neither a 48 kHz 16-bit PCM WAV nor samples of ours.
    """
    wanted = [t for t in heard(timeline) if (t.role == role if role else t.role not in ("voice", "music"))]
    return placed(wanted, timeline.rate, Files(media))


def placed(tracks: Iterable[Track], rate: Rate, files: Files) -> Bus:
    """The clips of some tracks as one bus.

    Raises:
        UnsupportedMedia: as `bus`.
    """
    out: list[Placed] = []
    for track in tracks:
        ends = {(c.end, c.media, c.source_in + c.frames) for c in track.clips if _runs_on(c)}
        starts = {(c.start, c.media, c.source_in) for c in track.clips if _runs_on(c)}
        for clip in track.clips:
            silent = clip.made is not None and not isinstance(clip.made, Nested)
            if silent or not clip.enabled or greatest(clip.gain_db) <= _INAUDIBLE_DB or clip.frames <= 0:
                continue
            before = _runs_on(clip) and (clip.start, clip.media, clip.source_in) in ends
            after = _runs_on(clip) and (clip.end, clip.media, clip.source_in + clip.frames) in starts
            out.append(_crossed(_Reach.of(track, clip), clip, rate, files, before, after))
    return Bus(tuple(sorted(out, key=lambda p: p.start)))


def _runs_on(clip: Clip) -> bool:
    """Whether the sound of a neighbour can go on in it: it plays a file as it is."""
    return clip.speed is None and clip.made is None


@dataclass(frozen=True, slots=True)
class _Reach:
    """How many frames a clip is heard before its start and after its end, and how many of crossfade there are at each."""

    before: int = 0
    after: int = 0
    crossed_in: int = 0
    crossed_out: int = 0

    @classmethod
    def of(cls, track: Track, clip: Clip) -> _Reach:
        reach = cls()
        for each in track.transitions:
            if each.at == clip.start:
                reach = replace(reach, before=each.before, crossed_in=each.before + each.after)
            elif each.at == clip.end:
                reach = replace(reach, after=each.after, crossed_out=each.before + each.after)
        return reach


def _crossed(reach: _Reach, clip: Clip, rate: Rate, files: Files, joined_before: bool, joined_after: bool) -> Placed:
    """The clip in samples. A cut in the middle of sound gets 3 ms of fade against the click, unless the sound runs on."""
    origin = rate.samples(clip.start)
    start, end = rate.samples(clip.start - reach.before), rate.samples(clip.end + reach.after)
    sound, key, source = _sound(clip, rate, files, start - origin, end - origin)
    fade_in = rate.samples(clip.start + max(0, clip.fade_in)) - start
    fade_out = end - rate.samples(clip.end - max(0, clip.fade_out))
    gain = line(clip.gain_db, rate)
    whole_from_start = clip.source_in <= 0 and clip.speed is None
    if reach.crossed_in:
        fade_in = rate.samples(clip.start - reach.before + reach.crossed_in) - start
    if reach.crossed_out:
        fade_out = end - rate.samples(clip.end + reach.after - reach.crossed_out)
    return Placed(
        start=start,
        end=end,
        source=source,
        gain=amplitude(min(at(gain, 0), LOUDEST_DB)) if isinstance(gain, float | int) else gain,
        fade_in=max(fade_in, 0 if joined_before or whole_from_start else _DECLICK),
        fade_out=max(fade_out, 0 if joined_after else _DECLICK),
        file=sound,
        key=key,
        pan=line(clip.pan, rate),
        origin=origin,
        crossed_in=bool(reach.crossed_in),
        crossed_out=bool(reach.crossed_out),
    )


def _sound(clip: Clip, rate: Rate, files: Files, first: int, last: int) -> tuple[Sound, str, int]:
    """The clip's sound, the name of its content, and the sample of it that plays `first` samples from the clip's start."""
    key = clip.media
    if isinstance(clip.made, Nested):
        inner, inside = clip.made.timeline, files.inside
        assert inside is not None, "a timeline inside needs someone who mixes it"
        key = _name("nested", repr(inner))
        sound = files.made(key, lambda path: inside(inner, path))
    else:
        sound = files.opened(clip.media)
    speed = clip.speed
    if speed is None or (speed.ramp is None and speed.factor == 1):
        source = rate.samples(max(0, clip.source_in)) + first
        if isinstance(sound, Recording):
            sound.want(source, source + last - first)
        return sound, key, source
    key = _name("speed", key, speed, str(rate), clip.source_in, first, last)
    base = sound

    def write(path: Path) -> None:
        write_pcm(path, retimed(base, speed, rate, clip.source_in, first, last), base.channels)

    return files.made(key, write), key, 0


def _name(*content: object) -> str:
    return hashlib.sha256(repr((VERSION, *content)).encode()).hexdigest()
