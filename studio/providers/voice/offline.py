"""The built-in voice provider: espeak-ng run once a sentence, its sound softened, levelled and joined with pauses."""

from __future__ import annotations

import hashlib
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from studio.core.errors import LimitReached, RunFailed, Unavailable
from studio.engine.sound import programs
from studio.engine.sound.treatment import at_level, resampled, softened, trimmed
from studio.engine.sound.wave import write_wav
from studio.engine.time import SAMPLE_RATE
from studio.providers.port import SentenceTime, Speech, Voice
from studio.providers.voice import casting
from studio.providers.voice.delivery import Manner, Piece, language_of, manner_of, pieces

_LONGEST_TEXT = 10_000
_WAIT_S = 20.0
_UNSPEAKABLE_S = 0.4
_LEAD_S = 0.05
_ROOM_S = 0.3
_LOUDNESS_LUFS = -20.0
_CEILING_DB = -3.1
_HEADER_BYTES = 44

Mono = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Delivery:
    """What a manner changes: pitch (0-99 scale), pace and pauses (factors), level (LU)."""

    pitch: int = 0
    pace: float = 1.0
    pauses: float = 1.0
    level: float = 0.0


_DELIVERIES = {
    Manner.PLAIN: _Delivery(),
    Manner.WHISPER: _Delivery(pitch=-4, pace=0.92, pauses=1.1, level=-3.0),
    Manner.QUIET: _Delivery(pitch=-5, pace=0.92, pauses=1.2, level=-2.0),
    Manner.SHOUT: _Delivery(pitch=16, pace=1.12, pauses=0.8, level=2.0),
    Manner.SLOW: _Delivery(pitch=-4, pace=0.82, pauses=1.4),
    Manner.FAST: _Delivery(pitch=5, pace=1.18, pauses=0.7),
}


class EspeakVoice:
    """Speaks with espeak-ng, on this machine; a stand-in for an actor."""

    name = "espeak-ng"

    def cast(self, name: str, *, feminine: bool | None, age: str, taken: frozenset[str]) -> Voice:
        """A voice for a character, always the same for the same name and hints, avoiding ids already `taken`."""
        return casting.cast(name, feminine=feminine, age=age, taken=taken)

    def speak(self, text: str, voice: Voice, folder: Path, *, manner: str = "") -> Speech:
        """Speak one line into a new file in `folder`: 48 kHz, mono, about -20 LUFS, peaks under -3 dBFS.

        Times of sentences are exact to the sample. What cannot be pronounced is a short silence.

        Raises:
            Unavailable: espeak-ng is not installed.
            RunFailed: it does not answer, or fails.
            LimitReached: the line is over 10 000 characters.
        """
        if len(text) > _LONGEST_TEXT:
            raise LimitReached(
                f"This line is {len(text)} characters long; a voice takes {_LONGEST_TEXT}. Split it in two."
            )
        program = programs.espeak()
        way = manner_of(manner)
        sound, times = _joined(program, text, voice, way)
        level = _LOUDNESS_LUFS + _DELIVERIES[way].level
        finished = at_level(softened(sound)[:, None], level, ceiling_db=_CEILING_DB)
        path = folder / f"line-{_key(text, voice, way)}.wav"
        write_wav(path, finished)
        return Speech(path, len(finished) / SAMPLE_RATE, times, self.name, "stand-in")


def _joined(program: Path, text: str, voice: Voice, way: Manner) -> tuple[Mono, tuple[SentenceTime, ...]]:
    """The line's sound, dry, and when each sentence is heard."""
    parts: list[Mono] = [_silence(_LEAD_S)]
    times: list[SentenceTime] = []
    at = len(parts[0])
    said = pieces(text)
    pauses = _DELIVERIES[way].pauses
    for i, piece in enumerate(said):
        heard = _spoken(program, piece, voice, way)
        if len(heard):
            times.append(SentenceTime(piece.start, piece.end, at / SAMPLE_RATE, (at + len(heard)) / SAMPLE_RATE))
        last = i == len(said) - 1
        rest = _silence(
            0.0 if last and len(heard) else max(piece.pause * pauses, 0.0 if len(heard) else _UNSPEAKABLE_S)
        )
        parts += [heard, rest]
        at += len(heard) + len(rest)
    if not said:
        parts.append(_silence(_UNSPEAKABLE_S))
    parts.append(_silence(_ROOM_S))
    return np.concatenate(parts), tuple(times)


def _spoken(program: Path, piece: Piece, voice: Voice, way: Manner) -> Mono:
    """One sentence at 48 kHz without silence around it; empty when it cannot be pronounced."""
    if not piece.spoken:
        return np.zeros(0, np.float32)
    timbre = casting.timbre(voice.id)
    variant = ("whisperf" if timbre.feminine else "whisper") if way is Manner.WHISPER else timbre.variant
    pitch, pace = _prosody(piece.spoken, voice, way)
    options = ["-p", str(pitch), "-s", str(round(pace / timbre.tract))]
    language = language_of(piece.spoken)
    wav = _synthesised(program, f"{language or timbre.accent}+{variant}", options, piece.spoken)
    if wav is None and language:
        wav = _synthesised(program, f"{timbre.accent}+{variant}", options, piece.spoken)
    if wav is None:
        raise RunFailed(f"espeak-ng failed to speak a line. Install it again: {programs.ESPEAK_FIX}")
    dry, rate = _samples(wav)
    as_if = round(rate * timbre.tract / 150) * 150
    return trimmed(resampled(dry, as_if, SAMPLE_RATE), SAMPLE_RATE)


def _samples(wav: bytes) -> tuple[Mono, int]:
    """The sound of a streamed WAV, whose header does not know its length, and its rate; nothing said is no sound."""
    if not wav:
        return np.zeros(0, np.float32), SAMPLE_RATE
    rate = int.from_bytes(wav[24:28], "little")
    if len(wav) < _HEADER_BYTES or wav[:4] != b"RIFF" or not 8000 <= rate <= SAMPLE_RATE:
        raise RunFailed(f"espeak-ng gave no sound that can be read. Install it again: {programs.ESPEAK_FIX}")
    data = wav[_HEADER_BYTES : len(wav) - (len(wav) - _HEADER_BYTES) % 2]
    return np.frombuffer(data, "<i2").astype(np.float32) / np.float32(32768), rate


def _prosody(sentence: str, voice: Voice, way: Manner) -> tuple[int, float]:
    """Pitch and pace of a sentence: the voice's own, coloured by manner, punctuation and a little chance, always the same."""
    delivery = _DELIVERIES[way]
    chance = hashlib.sha256(sentence.encode()).digest()
    pitch = voice.pitch + delivery.pitch + chance[0] % 7 - 3
    pace = voice.pace * delivery.pace * (0.97 + chance[1] % 7 / 100)
    if sentence.endswith("!"):
        pitch, pace = pitch + 5, pace * 1.05
    elif sentence.endswith("?"):
        pitch += 3
    elif sentence.endswith(("...", "…")):
        pitch, pace = pitch - 3, pace * 0.92
    return max(0, min(99, pitch)), max(80.0, min(360.0, pace))


def _synthesised(program: Path, voice: str, options: list[str], text: str) -> bytes | None:
    """What espeak-ng says, as a WAV, empty when it is nothing; None when it fails. The text goes in on standard input."""
    command = [str(program), "-v", voice, *options, "-a", "70", "-b", "1", "-z", "--stdin", "--stdout"]
    try:
        done = subprocess.run(
            command, input=text.encode(), capture_output=True, timeout=_WAIT_S, check=False, env=_environment()
        )
    except subprocess.TimeoutExpired as e:
        raise RunFailed("espeak-ng did not answer while it spoke a line. Try again.") from e
    except OSError as e:
        raise Unavailable(
            f"espeak-ng cannot be started. Install it again: {programs.ESPEAK_FIX}",
            service="espeak-ng",
            retryable=False,
        ) from e
    return done.stdout if done.returncode == 0 else None


def _environment() -> dict[str, str]:
    """No secret of ours and no sound server of the user's: the program needs neither."""
    return {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "ESPEAK_DATA_PATH") if name in os.environ}


def _silence(seconds: float) -> Mono:
    return np.zeros(round(seconds * SAMPLE_RATE), np.float32)


def _key(text: str, voice: Voice, way: Manner) -> str:
    words = "\0".join((text, voice.id, str(voice.pitch), str(voice.pace), way.value))
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:20]
