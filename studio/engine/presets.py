"""What a render can be asked to be: size, quality, sound level. How it is encoded follows from these and lives in render/segments.py."""

from __future__ import annotations

from dataclasses import dataclass

from studio.core.errors import Invalid


@dataclass(frozen=True, slots=True)
class Preset:
    """One kind of output.

    `height` is the frame's shorter side in pixels, `crf` x264's quality (lower is better), `audio_bitrate` in bits a
    second, `target_lufs` the loudness of the whole film, `max_true_peak_db` its ceiling in dBTP.
    Source: EBU R 128 and what the large video services play at (-14 LUFS).
    """

    name: str
    height: int
    crf: int = 20
    x264_preset: str = "veryfast"
    audio_bitrate: int = 160_000
    target_lufs: float = -14.0
    max_true_peak_db: float = -1.0

    def frame_size(self, width: int, height: int) -> tuple[int, int]:
        """Output width and height in pixels, both even, for a film designed at `width` x `height`.

        Raises:
            Invalid: when the design size is not a picture's, or is longer than five times its shorter side.
        """
        if width <= 0 or height <= 0 or max(width, height) > 5 * min(width, height):
            raise Invalid(
                f"A film of {width} x {height} pixels cannot be rendered. Choose another size.", field="width"
            )
        scale = self.height / min(width, height)
        return _even(width * scale), _even(height * scale)


PRESETS = {
    p.name: p
    for p in (
        Preset("720p", height=720),
        Preset("1080p", height=1080, audio_bitrate=192_000),
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
