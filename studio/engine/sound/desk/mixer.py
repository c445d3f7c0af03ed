"""The mixing desk: the tracks of a timeline in three groups, their strips, and levels that set music under voices by itself.

Music whose track names nothing it is ducked by is balanced for the film: 8 LU under the voices, and ducked under them; its
fader moves it from there. Music with a `ducked_by`, and every other track, is as loud as its faders say.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from studio.engine.ffmpeg.process import Stop, never
from studio.engine.sound.desk.buses import Bus
from studio.engine.sound.desk.ducking import BY_ITSELF, Ducking, Listen, Sense, ducked_under, heard_spans
from studio.engine.sound.desk.strip import Strip, known
from studio.engine.sound.desk.tracks import Files, heard, placed
from studio.engine.sound.loudness import SILENCE_LUFS, STEP, Energies, StepEnergies, amplitude, gated_loudness
from studio.engine.sound.master import BLOCK, blocks, checked, ignored
from studio.engine.sound.source import write_pcm
from studio.engine.sound.wave import Samples
from studio.engine.time import Rate
from studio.engine.timeline import Timeline, Track

MUSIC_UNDER_VOICE_LU = 8.0
"""How far music lies under the voices even where nobody speaks, unless the film is mostly music."""

DUCK_DB = 8.0
"""How much further it goes down under speech."""

_RISE_AT_MOST_LU = 7
_VOICE_OVER_TARGET_LU = 3.0

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Levels:
    """Gains of the mix before mastering: the music's in dB, how deep it ducks, and the mastering gain to begin with."""

    music_db: float = 0.0
    duck_db: float = DUCK_DB
    master_db: float = 0.0


@dataclass(frozen=True, slots=True)
class Lane:
    """Tracks that go the same way: their bus, their strip (None is straight through), and what ducks the track `duck`, how much."""

    bus: Bus
    strip: Strip | None = None
    ducking: Ducking | None = None
    duck_db: float = 0.0
    duck: str = "-"

    def block(self, start: int, count: int) -> Samples:
        """Its sound from sample `start`, as (count, 2)."""
        out = self.strip.block(self.bus.block, start, count) if self.strip else self.bus.block(start, count)
        if self.ducking:
            at = np.arange(start, start + count, dtype=np.float64)
            out = out * self.ducking.curve(at, self.duck_db)[:, None]
        return out

    def seen(self, first: int, last: int) -> list[object]:
        """What decides its sound between two samples, told from the first of them."""
        before, after = (self.strip.before, self.strip.after) if self.strip else (0, 0)
        clips = self.bus.seen(first - before, last + after)
        if not clips:
            return []
        beat = first % 480 if self.strip and self.strip.compressor else 0
        duck = self.ducking.seen(first, last) if self.ducking else []
        return [clips, self.strip.told if self.strip else "None", beat, duck, self.duck_db if self.ducking else 0]


@dataclass(frozen=True, slots=True)
class Desk:
    """The lanes of a film in its groups, and how its music is ducked."""

    voice: tuple[Lane, ...]
    music: tuple[Lane, ...]
    others: tuple[Lane, ...]
    ducking: Ducking

    def block(self, start: int, count: int, levels: Levels) -> Samples:
        """The mix before mastering (its gain is left out), from sample `start`, as (count, 2)."""
        out = summed((*self.voice, *self.others), start, count)
        if self.music:
            at = np.arange(start, start + count, dtype=np.float64)
            curve = self.ducking.curve(at, levels.duck_db) * np.float32(amplitude(levels.music_db))
            out += summed(self.music, start, count) * curve[:, None]
        return out


def summed(lanes: tuple[Lane, ...], start: int, count: int) -> Samples:
    """The sum of some lanes."""
    out = np.zeros((count, 2), np.float32)
    for lane in lanes:
        out += lane.block(start, count)
    return out


def desk(timeline: Timeline, files: Files, stop: Stop = never) -> Desk:
    """The desk of a timeline, every clip placed.

    Raises:
        UnsupportedMedia: a clip's file is neither a 48 kHz 16-bit PCM WAV nor samples of ours.
        Invalid: a track names an equaliser or compressor that there is not. Cancelled: `stop()` said so.
    """
    for track in heard(timeline):
        known(track.equaliser, track.compressor)
    files.inside = files.inside or (lambda inner, path: _inside(inner, files, path, stop))
    found = [_lanes(group, timeline.rate, files) for group in groups(timeline)]
    checked(stop)
    ducks = duckings(timeline, files.levels)
    voice, beds, rest = (tuple(replace(each, ducking=ducks.get(each.duck)) for each in group) for group in found)
    return Desk(voice, beds, rest, ducks.get("", ducked_under(())))


def groups(timeline: Timeline) -> tuple[list[Track], list[Track], list[Track]]:
    """The tracks that are heard: voices, music that is balanced by itself, the others."""
    tracks = [track for track in heard(timeline) if track.clips]
    voices = [t for t in tracks if t.role == "voice"]
    music = [t for t in tracks if t.role == "music" and not t.ducked_by]
    return voices, music, [t for t in tracks if t not in voices and t not in music]


def duckings(timeline: Timeline, levels: Listen) -> dict[str, Ducking]:
    """What is ducked, by the id of its track; under "" the music that is balanced by itself. Nothing else is listened to."""
    tracks = [track for track in heard(timeline) if track.clips]
    wanted = {t.id: (t.ducked_by, Sense.of(t)) for t in tracks if t.ducked_by and t.ducked_by != t.role}
    if any(t.role == "music" and not t.ducked_by for t in tracks):
        wanted[""] = ("voice", BY_ITSELF)
    spans = {
        (role, threshold): heard_spans((t for t in tracks if t.role == role), timeline.rate, levels, threshold)
        for role, threshold in {(role, sense.threshold_db) for role, sense in wanted.values()}
    }
    return {track: ducked_under(spans[role, sense.threshold_db], sense) for track, (role, sense) in wanted.items()}


def balanced(
    desk: Desk, samples: int, target_lufs: float, on_progress: Progress = ignored, stop: Stop = never
) -> Levels:
    """Levels from one hearing of the groups apart.

    Speech may be rare: with music 8 LU under it, reaching the target would then make the voices shout. So the music rises,
    and ducks as much deeper, until the voices end up within 3 LU of the target.
    """
    heard: list[Energies] = []
    for i, group in enumerate((desk.voice, desk.music, desk.others)):
        heard.append(energies(group, samples, lambda x, i=i: on_progress((i + x) / 3), stop))
    return levels_of(heard, desk.ducking, target_lufs)


def levels_of(heard: list[Energies], ducking: Ducking, target_lufs: float) -> Levels:
    """Levels from the K-weighted energies of voice, music (not ducked) and the others, one value per 100 ms."""
    voice, music, others = heard
    voice_lufs, music_lufs = gated_loudness(voice), gated_loudness(music)
    centres = (np.arange(len(voice), dtype=np.float64) + 0.5) * STEP
    levels = Levels()
    for rise in range(_RISE_AT_MOST_LU + 1):
        alone = voice_lufs <= SILENCE_LUFS or music_lufs <= SILENCE_LUFS
        music_db = 0.0 if alone else voice_lufs - MUSIC_UNDER_VOICE_LU + rise - music_lufs
        duck_db = DUCK_DB + rise
        curve = ducking.curve(centres, duck_db) * amplitude(music_db)
        whole = gated_loudness(voice + others + music * np.square(curve))
        master_db = 0.0 if whole <= SILENCE_LUFS else target_lufs - whole
        levels = Levels(music_db, duck_db, master_db)
        if alone or voice_lufs + master_db <= target_lufs + _VOICE_OVER_TARGET_LU:
            break
    return levels


def energies(
    lanes: tuple[Lane, ...], samples: int, on_progress: Progress = ignored, stop: Stop = never
) -> NDArray[np.float64]:
    """K-weighted energies of some lanes, one value per full 100 ms."""
    if not lanes:
        return np.zeros(samples // STEP)
    meter = StepEnergies(2)
    steps: list[Energies] = []
    for start, count in blocks(samples, stop):
        steps.append(meter.add(summed(lanes, start, count)))
        checked(stop)
        on_progress((start + count) / samples)
    return np.concatenate(steps) if steps else np.zeros(0)


@contextmanager
def room(folder: Path | None, out: Path) -> Generator[Path]:
    """The folder for sound that is made on the way, or one beside `out` that goes when the mix is done."""
    if folder is not None:
        yield folder
        return
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.sound-") as name:
        yield Path(name)


def _lanes(tracks: list[Track], rate: Rate, files: Files) -> tuple[Lane, ...]:
    """Tracks without a setting of their own share a lane; every other has its own. What ducks them is told later."""
    plain = [t for t in tracks if _strip(t) is None and not t.ducked_by]
    out = [Lane(placed(plain, rate, files))] if plain else []
    out += [Lane(placed([t], rate, files), _strip(t), duck=t.id, duck_db=t.duck_db) for t in tracks if t not in plain]
    return tuple(lane for lane in out if lane.bus.clips)


def strip_of(track: Track) -> Strip:
    """What the sound of a track goes through."""
    bands = (track.eq_low_db, track.eq_mid_db, track.eq_high_db)
    return Strip(track.equaliser, track.compressor, track.gain_db, track.pan, bands)


def _strip(track: Track) -> Strip | None:
    strip = strip_of(track)
    return None if strip == Strip() else strip


def _inside(timeline: Timeline, files: Files, out: Path, stop: Stop) -> None:
    """The mix of a timeline inside another, unmastered: the outer one masters it with everything else."""
    inner = desk(timeline, files, stop)
    samples = timeline.rate.samples(timeline.frames)
    levels = balanced(inner, samples, 0.0, stop=stop)

    def pieces() -> Generator[Samples]:
        for start in range(0, samples, BLOCK):
            checked(stop)
            yield inner.block(start, min(BLOCK, samples - start), levels)

    write_pcm(out, pieces(), 2)
