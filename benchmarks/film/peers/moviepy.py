"""The film by MoviePy. usage: python -m benchmarks.film.peers.moviepy TIMELINE SECONDS MEDIA OUT"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from benchmarks.film.cost import ready
from benchmarks.film.peers.ffmpeg import TAGS
from benchmarks.film.shots import Inset, Letters, Shot, insets, letters, shots, sounds
from benchmarks.film.timelines import REFERENCES, prefix
from studio.engine.timeline import Timeline


def main() -> None:
    name, seconds, media, out = sys.argv[1:]
    timeline = prefix(REFERENCES[name].make(), int(seconds))
    words = letters(timeline, Path(out).parent / "letters")
    import moviepy  # noqa: F401 - it has read all its parts before the clock starts, as we have ours

    ready()
    _write(timeline, words, Path(media), Path(out))


def _write(timeline: Timeline, words: list[Letters], media: Path, out: Path) -> None:
    from moviepy import (
        AudioFileClip,
        CompositeAudioClip,
        CompositeVideoClip,
        VideoFileClip,
        concatenate_videoclips,
        vfx,
    )

    fps = float(timeline.rate.fps)
    opened: dict[str, object] = {}
    lowest, layered = shots(timeline), bool(timeline.tracks[0].transitions)

    def footage(shot: Shot) -> object:
        if shot.clip.motion:
            return _still(shot, media, timeline)
        if layered:  # two that overlap must not share a reader
            whole = VideoFileClip(str(media / shot.clip.media), audio=False)
        else:
            path = str(media / shot.clip.media)
            whole = opened.setdefault(path, VideoFileClip(path, audio=False))
        begin = (shot.source_in + 0.1) / fps  # it cuts times down to frames
        return whole.subclipped(begin, begin + shot.frames / fps)

    if layered or len(timeline.tracks) > 2:
        parts = []
        for shot in lowest:
            clip = footage(shot).with_start(shot.start / fps)
            parts.append(clip.with_effects([vfx.CrossFadeIn(shot.into / fps)]) if shot.into else clip)
        parts += [_inset(inset, media, fps) for inset in insets(timeline)]
        parts += [_letters(each, fps) for each in words]
        film = CompositeVideoClip(parts, size=(timeline.width, timeline.height))
    else:
        film = concatenate_videoclips([footage(shot) for shot in lowest], method="chain")
    heard = []
    for clip in sounds(timeline):
        whole = AudioFileClip(str(media / clip.media))
        part = whole.subclipped(clip.source_in / fps, (clip.source_in + clip.frames) / fps).with_start(clip.start / fps)
        heard.append(part.with_volume_scaled(10 ** (float(clip.gain_db) / 20)) if clip.gain_db else part)
    # It writes as many whole frames as fit: a hair more, so that rounding does not lose the last one.
    film = film.with_audio(CompositeAudioClip(heard)).with_duration((timeline.frames + 0.1) / fps)
    colours = [
        "-crf",
        "20",
        "-pix_fmt",
        "yuv420p",
        *TAGS,
        "-vf",
        "scale=out_color_matrix=bt709",
        "-movflags",
        "+faststart",
    ]
    sound = {"audio_codec": "aac", "audio_bitrate": "128k", "audio_fps": 48000, "temp_audiofile_path": str(out.parent)}
    film.write_videofile(
        str(out), fps=fps, codec="libx264", preset="veryfast", ffmpeg_params=colours, logger=None, **sound
    )


def _still(shot: Shot, media: Path, timeline: Timeline) -> object:
    """MoviePy's own zoom goes by whole pixels; with its Pillow the same way as everybody: a box of the picture, resized."""
    from moviepy import VideoClip
    from PIL import Image

    picture = Image.open(media / shot.clip.media).convert("RGB")
    fps = float(timeline.rate.fps)

    def frame(t: float) -> np.ndarray:
        seen = shot.window(min(round(t * fps), shot.frames - 1), fps)
        left, top = (seen.x - seen.width / 2) * picture.width, (seen.y - seen.width / 2) * picture.height
        box = (left, top, left + seen.width * picture.width, top + seen.width * picture.height)
        return np.asarray(picture.resize((timeline.width, timeline.height), Image.Resampling.BILINEAR, box))

    return VideoClip(frame, duration=shot.frames / fps)


def _inset(inset: Inset, media: Path, fps: float) -> object:
    from moviepy import VideoFileClip

    begin = (inset.clip.source_in + 0.1) / fps
    size = {"audio": False, "target_resolution": (inset.width, inset.height)}
    clip = VideoFileClip(str(media / inset.clip.media), **size).subclipped(begin, begin + inset.clip.frames / fps)
    return clip.with_start(inset.clip.start / fps).with_position((inset.x, inset.y))


def _letters(words: Letters, fps: float) -> object:
    from moviepy import ImageClip, vfx

    clip = ImageClip(str(words.path), duration=words.clip.frames / fps).with_start(words.clip.start / fps)
    fades = [vfx.CrossFadeIn(words.clip.fade_in / fps), vfx.CrossFadeOut(words.clip.fade_out / fps)]
    moved = clip.with_effects(fades)
    if words.clip.transform is None:
        return moved.with_position((words.x, words.y))
    return moved.with_position(lambda t: (words.left(round(t * fps)), words.y))


if __name__ == "__main__":
    main()
