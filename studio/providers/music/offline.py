"""The built-in music provider: composes a cue and has it played by fluidsynth, or by our own synth where that is missing."""

from __future__ import annotations

from pathlib import Path

from studio.core.errors import Invalid
from studio.engine.sound.music import player
from studio.engine.sound.music.composer import composed
from studio.engine.sound.music.moods import Mood
from studio.engine.time import SAMPLE_RATE
from studio.providers.port import Cue, Music


class OfflineMusic:
    """Composes on this machine, from a seed."""

    name = "composer"

    def compose(self, cue: Cue, folder: Path) -> Music:
        """Compose and play one cue into a new file in `folder`: 48 kHz, stereo, -23 LUFS, exactly as long as asked for.

        Raises:
            Invalid: an unknown mood, or a length that is not over 0 and at most an hour.
        """
        try:
            mood = Mood(cue.mood)
        except ValueError as e:
            moods = ", ".join(m.value for m in Mood)
            raise Invalid(f"There is no mood called {cue.mood[:40]}. Choose one of: {moods}.", field="mood") from e
        score = composed(mood, cue.seconds, cue.seed)
        program, font = player.available()
        path = folder / f"cue-{mood.value}-{round(cue.seconds * SAMPLE_RATE)}-{cue.seed}.wav"
        who = player.played(score, path, fluidsynth=program, soundfont=font)
        seconds = max(1, round(cue.seconds * SAMPLE_RATE)) / SAMPLE_RATE
        return Music(path, seconds, f"{self.name}+{who}", "full" if who == "fluidsynth" else "degraded")
