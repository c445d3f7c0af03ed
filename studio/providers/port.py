"""The ports: what the studio asks of a picture, voice or music provider. Adapters live in one folder per kind."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from studio.engine.artist.spec import PanelSpec

Completeness = Literal["full", "degraded", "stand-in"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn panel: PNG bytes, its size in pixels, an SVG of the same display list, and who made it.

    `plate` is the same picture without camera arrows, for the cut, whose camera really moves; None when there are none.
    """

    png: bytes
    plate: bytes | None
    svg: str
    width: int
    height: int
    provider: str
    completeness: Completeness


@dataclass(frozen=True, slots=True)
class Voice:
    """How one character sounds. `pitch` 0-99 and `pace` in words a minute are the provider's own scale."""

    id: str
    pitch: int
    pace: int


@dataclass(frozen=True, slots=True)
class SentenceTime:
    """Sentence `text[start:end]` of the spoken line is heard from `begin_s` to `end_s`."""

    start: int
    end: int
    begin_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Speech:
    """A spoken line as a WAV file (48 kHz, mono, 16 bit), its length in seconds and when each sentence is heard."""

    wav: Path
    seconds: float
    sentences: tuple[SentenceTime, ...]
    provider: str
    completeness: Completeness


@dataclass(frozen=True, slots=True)
class Cue:
    """A piece of music to be made: mood, exact length in seconds, seed."""

    mood: str
    seconds: float
    seed: int


@dataclass(frozen=True, slots=True)
class Music:
    """A composed cue as a WAV file (48 kHz, stereo, 16 bit) of exactly the length asked for."""

    wav: Path
    seconds: float
    provider: str
    completeness: Completeness


class ImageProvider(Protocol):
    name: str

    def draw(self, spec: PanelSpec, *, width: int, height: int) -> Picture:
        """Draw one panel. Raises: RunFailed, Unavailable."""
        ...


class VoiceProvider(Protocol):
    name: str

    def cast(self, name: str, *, feminine: bool | None, age: str, taken: frozenset[str]) -> Voice:
        """A voice for a character, always the same for the same name and hints, avoiding ids already `taken`."""
        ...

    def speak(self, text: str, voice: Voice, folder: Path, *, manner: str = "") -> Speech:
        """Speak one line into a new file in `folder`. `manner` is the parenthetical (whispering, shouting). Raises: Unavailable."""
        ...


class MusicProvider(Protocol):
    name: str

    def compose(self, cue: Cue, folder: Path) -> Music:
        """Compose and play one cue into a new file in `folder`. Raises: Unavailable."""
        ...
