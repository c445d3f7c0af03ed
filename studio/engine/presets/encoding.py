"""How a preset is encoded: the words for ffmpeg's encoders of picture and sound, and how a frame gets its final shape."""

from __future__ import annotations

from math import ceil

from studio.engine.presets.kinds import Preset
from studio.engine.time import SAMPLE_RATE, Rate

KEYFRAME_S = 2
"""Seconds between keyframes at most: what a player must decode to show a frame it jumped to."""

COLOURS = "range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
MIME = {
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
    "wav": "audio/wav",
    "mp3": "audio/mpeg",
    "gif": "image/gif",
    "zip": "application/zip",
}
"""What a file of each container is called to a browser."""

ENCODERS = {
    "h264": "libx264",
    "hevc": "libx265",
    "av1": "libsvtav1",
    "vp9": "libvpx-vp9",
    "prores": "prores_ks",
    "aac": "aac",
    "opus": "libopus",
    "mp3": "libmp3lame",
    "pcm": "pcm_s16le",
}
"""ffmpeg's name of the encoder of each codec."""

# Macroblocks a frame and a second. Source: ITU-T H.264 table A-1.
_LEVELS = (
    ("3.1", 3_600, 108_000),
    ("3.2", 5_120, 216_000),
    ("4.0", 8_192, 245_760),
    ("4.2", 8_704, 522_240),
    ("5.1", 36_864, 983_040),
    ("5.2", 36_864, 2_073_600),
    ("6.2", 139_264, 16_711_680),
)


def segment_container(preset: Preset) -> str:
    """The container its segments are kept in: each takes what it is joined to, at an exact timescale."""
    return "mov" if preset.codec == "prores" else "mp4"


def framing(preset: Preset, width: int, height: int) -> str:
    """The filter that gives a frame composed for a film designed at `width` x `height` its final shape; "" leaves it."""
    composed, final = preset.frame_size(width, height), preset.file_size(width, height)
    if composed == final:
        return ""
    across, down = final
    if preset.fit == "cover":
        return f"crop={across}:{down}"
    return f"pad={across}:{down}:(ow-iw)/2:(oh-ih)/2:black"


def picture_arguments(preset: Preset, width: int, height: int, rate: Rate, *, threads: int) -> list[str]:
    """The encoder of a segment of `width` x `height` pixels: everything a decoder is told before the first frame is fixed
    here, so that any two segments of a film can follow each other in one stream.
    """
    return [
        *_codec(preset, width, height, rate, threads),
        *("-color_range", "tv", "-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709"),
        *("-chroma_sample_location", "left", "-video_track_timescale", str(timescale(rate))),
        *("-fflags", "+bitexact", "-f", segment_container(preset)),
    ]


def picture_key(preset: Preset) -> list[str | int]:
    """What of a preset decides the bytes of its segments, beside their size."""
    words: list[str | int] = [preset.crf, preset.x264_preset]
    if preset.codec != "h264":
        words.append(preset.codec)
    if preset.shape:
        words += [*preset.shape, preset.fit]
    return words


def sound_arguments(preset: Preset) -> list[str]:
    """The encoder and container of its sound, as it is kept before it is joined."""
    bits = [] if preset.sound == "pcm" else ["-b:a", str(preset.audio_bitrate)]
    return [
        *("-c:a", ENCODERS[preset.sound], *bits, "-ar", str(SAMPLE_RATE), "-ac", "2"),
        *("-fflags", "+bitexact", "-flags:a", "+bitexact", "-f", sound_container(preset)),
    ]


def sound_container(preset: Preset) -> str:
    return {"aac": "mp4", "opus": "ogg", "mp3": "mp3", "pcm": "wav"}[preset.sound]


def timescale(rate: Rate) -> int:
    """Ticks a second of a video track in which every frame is a whole number of ticks."""
    ticks = rate.num
    while ticks < 10_000:
        ticks *= 2
    return ticks


def h264_level(width: int, height: int, rate: Rate) -> str:
    """The lowest H.264 level that holds such frames at such a rate."""
    blocks = -(-width // 16) * -(-height // 16)
    return next((name for name, frame, second in _LEVELS if blocks <= frame and blocks * rate.fps <= second), "6.2")


def _codec(preset: Preset, width: int, height: int, rate: Rate, threads: int) -> list[str]:
    quality, gap = str(preset.crf), str(rate.frames(KEYFRAME_S))
    if preset.codec == "hevc":
        private = f"log-level=error:info=0:open-gop=0:keyint={gap}:pools={threads}:frame-threads=1"
        return [
            *("-c:v", "libx265", "-preset", preset.x264_preset, "-crf", quality, "-pix_fmt", "yuv420p"),
            *("-profile:v", "main", "-tag:v", "hvc1", "-x265-params", private),
        ]
    if preset.codec == "av1":
        return [
            *("-c:v", "libsvtav1", "-preset", "8", "-crf", quality, "-pix_fmt", "yuv420p", "-g", gap),
            *("-svtav1-params", f"irefresh-type=2:lp={threads}"),
        ]
    if preset.codec == "vp9":
        return [
            *("-c:v", "libvpx-vp9", "-crf", quality, "-b:v", "0", "-pix_fmt", "yuv420p", "-g", gap),
            *("-deadline", "realtime", "-cpu-used", "6", "-lag-in-frames", "0", "-auto-alt-ref", "0"),
            *("-row-mt", "0", "-threads", str(threads)),
        ]
    if preset.codec == "prores":
        return [
            "-c:v",
            "prores_ks",
            "-profile:v",
            "3",
            "-vendor",
            "apl0",
            "-pix_fmt",
            "yuv422p10le",
            "-threads",
            str(threads),
        ]
    return [
        *("-c:v", "libx264", "-preset", preset.x264_preset, "-crf", quality, "-pix_fmt", "yuv420p"),
        *("-profile:v", "high", "-level:v", h264_level(width, height, rate)),
        *("-g", gap, "-flags", "+cgop", "-threads", str(threads)),
    ]


def gif_filter(rate: Rate, every: int) -> str:
    """One frame of so many, in the 256 colours that suit them best, chosen over the whole film. Source: FFmpeg palettegen."""
    thinned = f"select='not(mod(n\\,{every}))',setpts=N*{every}/({rate}*TB)" if every > 1 else "null"
    return (
        f"[0:v]{thinned},split[a][b];[a]palettegen=stats_mode=diff[p];[b][p]paletteuse=dither=bayer:bayer_scale=4[out]"
    )


def gif_arguments(frames: int, rate: Rate, every: int) -> list[str]:
    """The words for a GIF that plays for ever. How long the last frame stands is said, for ffmpeg 9 would give it no longer
    than one of the film.
    """
    last = (ceil(frames / every) - 1) * every
    stands = round(gif_seconds(frames, rate, every) * 100) - round(last * 100 / rate.fps)
    return ["-loop", "0", "-final_delay", str(stands), "-f", "gif"]


def gif_seconds(frames: int, rate: Rate, every: int) -> float:
    """How long a GIF of a film of so many frames plays."""
    return ceil(frames / every) * every / float(rate.fps)
