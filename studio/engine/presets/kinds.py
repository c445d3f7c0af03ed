"""The kinds of output: size, quality, sound level, container. How each is encoded follows from these and lives in encoding.py."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Literal

from studio.core.errors import Invalid
from studio.engine.time import Rate

Group = Literal["Web", "Phone", "Broadcast master", "Sound only", "Pictures"]
Makes = Literal["film", "sound", "gif", "png", "stills"]
"""A film is joined from segments as they are; pictures are made from segments of high quality; sound has no segments."""

Codec = Literal["h264", "hevc", "av1", "vp9", "prores", ""]
Sound = Literal["aac", "opus", "pcm", "mp3", ""]
Fit = Literal["contain", "cover"]

_FINE_CRF = 10
"""x264's quality of segments that are encoded once more: at 10 the loss is not seen in a still."""

_GIF_FPS = 15


@dataclass(frozen=True, slots=True)
class Preset:
    """One kind of output.

    `height` is the frame's shorter side in pixels, `crf` the encoder's quality (lower is better), `audio_bitrate` in bits a
    second, `target_lufs` the loudness of the whole film, `max_true_peak_db` its ceiling in dBTP. A `shape` is a frame of
    exactly these pixels whatever the film's own shape is: `fit` then says whether the whole picture is in it, between bars,
    or fills it and loses its sides.
    Source: EBU R 128 (-23), AES TD1008 (-16 for phones), what the large video services play at (-14).
    """

    name: str
    height: int
    crf: int = 20
    x264_preset: str = "veryfast"
    audio_bitrate: int = 160_000
    target_lufs: float = -14.0
    max_true_peak_db: float = -1.0
    title: str = ""
    group: Group = "Web"
    makes: Makes = "film"
    codec: Codec = "h264"
    container: str = "mp4"
    sound: Sound = "aac"
    shape: tuple[int, int] | None = None
    fit: Fit = "contain"

    def frame_size(self, width: int, height: int) -> tuple[int, int]:
        """Width and height in pixels a film designed at `width` x `height` is composed at, both even, in its own shape.

        Raises:
            Invalid: when the design size is not a picture's, or is longer than five times its shorter side.
        """
        if width <= 0 or height <= 0 or max(width, height) > 5 * min(width, height):
            raise Invalid(
                f"A film of {width} x {height} pixels cannot be rendered. Choose another size.", field="width"
            )
        scale = self.height / min(width, height)
        if self.shape:
            sides = self.shape[0] / width, self.shape[1] / height
            scale = max(sides) if self.fit == "cover" else min(sides)
        return _even(width * scale), _even(height * scale)

    def file_size(self, width: int, height: int) -> tuple[int, int]:
        """Width and height in pixels of the finished file. Raises: Invalid, as `frame_size`."""
        composed = self.frame_size(width, height)
        return self.shape or composed

    def frames_kept(self, frames: int, rate: Rate) -> int:
        """How many of a film's frames are in the file: a GIF shows every second or third, at most 15 a second."""
        return ceil(frames / self.every(rate))

    def every(self, rate: Rate) -> int:
        """One frame of so many is kept."""
        return ceil(rate.fps / _GIF_FPS) if self.makes == "gif" else 1

    @property
    def has_picture(self) -> bool:
        return self.makes != "sound"

    @property
    def has_sound(self) -> bool:
        return bool(self.sound)


PRESETS = {
    p.name: p
    for p in (
        Preset("720p", height=720, title="720p film"),
        Preset("1080p", height=1080, audio_bitrate=192_000, title="1080p film"),
        Preset("2160p", height=2160, audio_bitrate=192_000, title="4K film"),
        Preset("hevc", height=1080, crf=23, audio_bitrate=192_000, title="1080p HEVC film", codec="hevc"),
        Preset("av1", height=1080, crf=34, audio_bitrate=192_000, title="1080p AV1 film", codec="av1"),
        Preset(
            "webm",
            height=1080,
            crf=32,
            audio_bitrate=128_000,
            title="1080p WebM film",
            codec="vp9",
            container="webm",
            sound="opus",
        ),
        Preset("vertical", height=1080, target_lufs=-16.0, title="Vertical film", group="Phone", shape=(1080, 1920)),
        Preset("square", height=1080, target_lufs=-16.0, title="Square film", group="Phone", shape=(1080, 1080)),
        Preset(
            "prores",
            height=1080,
            target_lufs=-23.0,
            title="ProRes master",
            group="Broadcast master",
            codec="prores",
            container="mov",
            sound="pcm",
        ),
        Preset(
            "wav",
            height=720,
            target_lufs=-23.0,
            title="WAV",
            group="Sound only",
            makes="sound",
            codec="",
            container="wav",
            sound="pcm",
        ),
        Preset(
            "mp3",
            height=720,
            audio_bitrate=192_000,
            title="MP3",
            group="Sound only",
            makes="sound",
            codec="",
            container="mp3",
            sound="mp3",
        ),
        Preset(
            "gif",
            height=270,
            crf=_FINE_CRF,
            title="GIF",
            group="Pictures",
            makes="gif",
            container="gif",
            sound="",
        ),
        Preset(
            "png",
            height=1080,
            crf=_FINE_CRF,
            title="PNG sequence",
            group="Pictures",
            makes="png",
            container="zip",
            sound="",
        ),
        Preset(
            "stills",
            height=1080,
            crf=_FINE_CRF,
            title="Stills of the shots",
            group="Pictures",
            makes="stills",
            container="zip",
            sound="",
        ),
    )
}


def preset(name: str) -> Preset:
    """The preset of that name.

    Raises:
        Invalid: naming the ones there are.
    """
    if name not in PRESETS:
        raise Invalid(f"There is no preset called {name}. There are: {', '.join(PRESETS)}.", field="preset")
    return PRESETS[name]


def _even(pixels: float) -> int:
    return max(2, round(pixels / 2) * 2)
