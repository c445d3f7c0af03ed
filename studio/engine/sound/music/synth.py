"""The built-in synthesiser: plays a score in numpy where fluidsynth or a soundfont is missing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from studio.engine.sound.music.moods import Instrument
from studio.engine.sound.music.score import DRUM_CHANNEL, Note, Part, Score
from studio.engine.sound.wave import Samples
from studio.engine.time import SAMPLE_RATE

_LONGEST_S = 12.0
_HALL_S = 1.6
_HALL_SEED = 1791
_EDGE = 96

Mono = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Sound:
    """How a family of instruments sounds: seconds of attack, decay to a tenth (0 for held) and release; strength of overtones.

    `fall` is how fast overtones weaken (1 is a sawtooth), `odd` weakens even ones, `detune` and `vibrato` are in cents.
    """

    attack: float
    decay: float
    release: float
    overtones: int
    fall: float
    odd: float = 0.0
    detune: float = 0.0
    vibrato: float = 0.0


_BOWED = _Sound(0.16, 0.0, 0.35, 9, 1.3, detune=7)
_PAD = _Sound(0.35, 0.0, 0.6, 6, 1.7, detune=9)
_LOW = _Sound(0.05, 0.0, 0.2, 7, 1.5, detune=3)
_WIND = _Sound(0.05, 0.0, 0.12, 5, 2.0, vibrato=9)
_REED = _Sound(0.04, 0.0, 0.1, 9, 1.2, odd=0.75, vibrato=6)
_HORN = _Sound(0.06, 0.0, 0.15, 8, 1.25, vibrato=4)
_PLUCK = _Sound(0.003, 0.9, 0.12, 9, 1.4)
_HAMMER = _Sound(0.004, 1.8, 0.2, 8, 1.5)
_BELL = _Sound(0.002, 1.4, 0.3, 4, 1.8)

_SOUNDS = {
    Instrument.PIANO: _HAMMER,
    Instrument.CELESTA: _BELL,
    Instrument.MUSIC_BOX: _BELL,
    Instrument.VIBRAPHONE: _BELL,
    Instrument.NYLON_GUITAR: _PLUCK,
    Instrument.ACOUSTIC_BASS: _Sound(0.005, 1.2, 0.1, 6, 1.5),
    Instrument.SYNTH_BASS: _Sound(0.005, 1.6, 0.05, 8, 1.3),
    Instrument.CONTRABASS: _LOW,
    Instrument.PIZZICATO: _Sound(0.003, 0.45, 0.08, 7, 1.6),
    Instrument.HARP: _PLUCK,
    Instrument.CHOIR: _PAD,
    Instrument.WARM_PAD: _PAD,
    Instrument.TUBA: _Sound(0.03, 0.0, 0.08, 6, 1.6),
    Instrument.HORN: _HORN,
    Instrument.BRASS: _HORN,
    Instrument.OBOE: _REED,
    Instrument.BASSOON: _REED,
    Instrument.CLARINET: _REED,
    Instrument.FLUTE: _WIND,
}


class Synth:
    """Plays a score; any block of it can be asked for, in any order."""

    def __init__(self, score: Score) -> None:
        self._score = score
        self._starts = [[round(score.at(n.start) * SAMPLE_RATE) for n in part.notes] for part in score.parts]

    def block(self, start: int, count: int) -> Samples:
        """`count` samples from `start` as (count, 2), with the hall; the part before 0 is silent."""
        lead = round(_HALL_S * SAMPLE_RATE)
        dry = self._dry(start - lead, count + lead)
        size = 1 << (len(dry) + lead - 1).bit_length()
        spectrum = np.fft.rfft(dry, size, axis=0) * np.fft.rfft(_hall(), size, axis=0)
        wet = np.fft.irfft(spectrum, size, axis=0)[lead : lead + count]
        return (dry[lead:] + wet).astype(np.float32)

    def _dry(self, start: int, count: int) -> Samples:
        out = np.zeros((count, 2), np.float32)
        for part, starts in zip(self._score.parts, self._starts, strict=True):
            lane = np.zeros(count, np.float32)
            for note, at in zip(part.notes, starts, strict=True):
                if at >= start + count:
                    break
                if at + _LONGEST_S * 2 * SAMPLE_RATE > start:
                    self._add(lane, part, note, at - start)
            lane *= self._expression(part, start, count)
            angle = np.pi / 2 * part.pan / 127
            out[:, 0] += lane * np.float32(np.cos(angle))
            out[:, 1] += lane * np.float32(np.sin(angle))
        return out

    def _add(self, lane: Mono, part: Part, note: Note, at: int) -> None:
        held = round(self._score.at(note.length) * SAMPLE_RATE)
        if part.channel == DRUM_CHANNEL:
            sound = _drum(note.pitch)
        else:
            sound = _note(_SOUNDS.get(part.instrument or Instrument.STRINGS, _BOWED), note.pitch, held)
        first, last = max(0, -at), min(len(sound), len(lane) - at)
        if first < last:
            level = np.float32((note.velocity / 127) ** 1.5 * part.volume / 127)
            lane[at + first : at + last] += sound[first:last] * level

    def _expression(self, part: Part, start: int, count: int) -> Mono | np.float32:
        if not part.swells:
            return np.float32(1.0)
        at = [self._score.at(tick) * SAMPLE_RATE for tick, _ in part.swells]
        level = [value / 127 for _, value in part.swells]
        return np.interp(np.arange(start, start + count), at, level).astype(np.float32)


@lru_cache(maxsize=512)
def _note(sound: _Sound, pitch: int, held: int) -> Mono:
    """One note of a family, `held` samples and its release, its loudest part at about a fifth of full scale."""
    held = min(held, round(_LONGEST_S * SAMPLE_RATE))
    tail = round(sound.release * SAMPLE_RATE)
    out = _tone(sound, pitch, held + tail)
    rise = min(max(_EDGE, round(sound.attack * SAMPLE_RATE)), max(_EDGE, held // 2))
    rise = min(rise, len(out))
    out[:rise] *= _half_cosine(rise)
    fall = min(max(_EDGE, tail), len(out))
    out[len(out) - fall :] *= _half_cosine(fall)[::-1]
    return out


def _tone(sound: _Sound, pitch: int, length: int) -> Mono:
    """Overtones added up below 12 kHz, each dying faster the higher it is where the family decays."""
    hertz = 440 * 2 ** ((pitch - 69) / 12)
    time = np.arange(length, dtype=np.float64) / SAMPLE_RATE
    turns = time.copy()
    if sound.vibrato:
        depth = 2 ** (sound.vibrato / 1200) - 1
        swing = np.clip(time / 0.5, 0, 1)
        turns += depth * swing * (1 - np.cos(2 * np.pi * 5.2 * time)) / (2 * np.pi * 5.2)
    voices = (-sound.detune, 0.0, sound.detune) if sound.detune else (0.0,)
    out = np.zeros(length, np.float32)
    for k in range(1, sound.overtones + 1):
        if k * hertz > 12_000:
            break
        level = k**-sound.fall * (1 - sound.odd if k % 2 == 0 else 1.0)
        dying = np.exp(-2.3 * time / sound.decay * (1 + 0.35 * (k - 1))) if sound.decay else 1.0
        for i, cents in enumerate(voices):
            phase = 2 * np.pi * k * hertz * 2 ** (cents / 1200) * turns + 1.7 * i * k
            out += (level * dying * np.sin(phase)).astype(np.float32)
    return out * np.float32(0.2 / len(voices))


@lru_cache(maxsize=32)
def _drum(pitch: int) -> Mono:
    """A drum: a falling tone for kicks and toms, filtered noise for the rest."""
    chance = np.random.default_rng(pitch)
    if pitch in (36, 41, 45):
        high, low, seconds = {36: (120, 46, 0.3), 41: (130, 68, 0.5)}.get(pitch, (170, 100, 0.4))
        time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
        hertz = low + (high - low) * np.exp(-time * 28)
        out = np.sin(2 * np.pi * np.cumsum(hertz) / SAMPLE_RATE) * np.exp(-time * 6.9 / seconds) * 0.55
    elif pitch in (76, 77):
        time = np.arange(round(0.12 * SAMPLE_RATE)) / SAMPLE_RATE
        out = np.sin(2 * np.pi * (980 if pitch == 76 else 760) * time) * np.exp(-time * 55) * 0.3
    else:
        seconds, level = {38: (0.22, 0.28), 42: (0.06, 0.12), 46: (0.3, 0.12), 49: (1.4, 0.2), 70: (0.07, 0.1)}.get(
            pitch, (0.1, 0.1)
        )
        time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
        noise = chance.standard_normal(len(time))
        bright = noise if pitch == 38 else np.diff(noise, prepend=0.0)
        out = bright * np.exp(-time * 6.9 / seconds) * level
        if pitch == 38:
            out += np.sin(2 * np.pi * 185 * time) * np.exp(-time * 30) * 0.25
    edge = min(_EDGE, len(out))
    out[len(out) - edge :] *= np.linspace(1, 0, edge)
    out[:12] *= np.linspace(0, 1, 12)
    return out.astype(np.float32)


@lru_cache(maxsize=1)
def _hall() -> Samples:
    """The answer of a hall: left and right differ, darker as it dies, 25 ms late."""
    length = round(_HALL_S * SAMPLE_RATE)
    noise = np.random.default_rng(_HALL_SEED).standard_normal((length, 2))
    spectrum = np.fft.rfft(noise, axis=0)
    hertz = np.fft.rfftfreq(length, 1 / SAMPLE_RATE)
    dark = 1 / (1 + (hertz / 2200) ** 2) * (hertz / (hertz + 150))
    noise = np.fft.irfft(spectrum * dark[:, None], length, axis=0)
    noise *= np.exp(-6.9 * np.arange(length) / length)[:, None]
    noise[: round(0.025 * SAMPLE_RATE)] = 0
    return (noise * 0.42 / np.sqrt(np.square(noise).sum(axis=0))).astype(np.float32)


def _half_cosine(length: int) -> Mono:
    return (0.5 - 0.5 * np.cos(np.pi * (np.arange(length) + 0.5) / length)).astype(np.float32)
