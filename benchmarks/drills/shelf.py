"""Small media of many kinds, made from nothing the same each time: what the films of the drills show and sound."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image

from studio.engine.looks.facts import MediaFacts
from studio.engine.probe import probed
from studio.engine.render.footage import Store
from studio.engine.sound.source import ready
from studio.engine.sound.wave import write_wav
from studio.engine.time import SAMPLE_RATE, Rate

FILMS = {
    "street.mp4": "testsrc2=s=128x72:r=25:d=5 -f lavfi -i sine=330:r=44100:d=5 -c:v libx264 -bf 2 -g 25 -c:a aac",
    "tall.mov": "testsrc2=s=54x98:r=30000/1001:d=4 -vf setsar=4/3 -c:v mpeg4 -q:v 3",
    "clear.webm": "testsrc2=s=80x60:r=24:d=4,format=yuva420p,colorchannelmixer=aa=0.5,format=yuva420p -c:v libvpx-vp9 -b:v 200k",
    "raw.mkv": "testsrc2=s=101x57:r=60:d=2,format=yuv444p10le -c:v ffv1",
}
"""What ffmpeg is told after `-f lavfi -i`."""
SOUNDS = {"voice.mp3": "aevalsrc=0.3*sin(700*t)*gt(sin(5*t)\\,0):s=44100:d=4 -c:a libmp3lame"}
WAV, STILL, CLEAR_STILL, TABLE = "music.wav", "still.jpg", "clear.png", "warm.cube"


@dataclass(frozen=True, slots=True)
class Shelf:
    """The media of the drills in one folder."""

    folder: Path
    facts: dict[str, MediaFacts] = field(default_factory=dict[str, MediaFacts])

    @property
    def store(self) -> Store:
        return Store(lambda name: self.folder / name, self._known, tables=self.folder / "tables")

    def samples(self, name: str) -> Path:
        """Its sound, decoded once."""
        return ready(self.folder / name, name, self.folder / "sounds", name=name)

    def available(self, rate: Rate) -> dict[str, int | None]:
        """Frames each media has at a rate; a still has no end."""
        seconds = {name: self._known(name).video_seconds for name in FILMS}
        seconds |= {name: self._known(name).audio_seconds for name in (*SOUNDS, WAV)}
        return {STILL: None, CLEAR_STILL: None, **{n: int(s * rate.fps) for n, s in seconds.items()}}

    def _known(self, name: str) -> MediaFacts:
        if name not in self.facts:
            self.facts[name] = probed(self.folder / name)
        return self.facts[name]


def shelf(folder: Path, ffmpeg: Path) -> Shelf:
    """The folder with all of it; what is there already is kept."""
    for each in ("sounds", "tables"):
        (folder / each).mkdir(parents=True, exist_ok=True)
    for name, words in {**FILMS, **SOUNDS}.items():
        if not (folder / name).exists():
            asked = [*("-v", "error", "-y", "-f", "lavfi", "-i"), *words.split(), "-threads", "1"]
            subprocess.run([str(ffmpeg), *asked, str(folder / name)], check=True)
    t = np.arange(4 * SAMPLE_RATE, dtype=np.float32) / SAMPLE_RATE
    write_wav(folder / WAV, np.stack([0.2 * np.sin(900 * t), 0.2 * np.sin(1300 * t)], axis=1).astype(np.float32))
    down, across = np.mgrid[0:75, 0:121]
    grey = ((across * 2 + down * 3) % 256).astype(np.uint8)
    Image.fromarray(np.dstack([grey, 255 - grey, grey // 2])).save(folder / STILL)
    disc = (np.hypot(across - 60, down - 37) < 30).astype(np.uint8) * 200
    Image.fromarray(np.dstack([grey, grey, 255 - grey, disc])).save(folder / CLEAR_STILL)
    ends = [f"{r} {g} {b * 0.8}" for b in (0, 1) for g in (0, 1) for r in (0, 1)]
    (folder / TABLE).write_text("LUT_3D_SIZE 2\n" + "\n".join(ends) + "\n")
    return Shelf(folder)
