"""The film by MLT's melt, told in MLT XML. Letters are pictures: its own text draws nothing where there is no screen."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import quoteattr

from benchmarks.film.shots import Inset, Letters, Shot, insets, letters, shots, tracks
from studio.engine.timeline import Clip, Timeline

SCREENLESS = {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}
"""It asks whether there is a DISPLAY before it lets Qt read a picture; Qt then does without."""

_SETTINGS = (
    "vcodec=libx264 preset=veryfast crf=20 pix_fmt=yuv420p acodec=aac ab=128k ar=48000 channels=2 movflags=+faststart"
)


def command(timeline: Timeline, media: Path, out: Path) -> list[str]:
    """What to run; the XML lies beside `out`."""
    script = out.with_suffix(".mlt")
    script.write_text(_Xml(timeline, media, letters(timeline, out.parent / "letters")).text())
    return [
        "melt",
        str(script),
        "-consumer",
        f"avformat:{out}",
        *_SETTINGS.split(),
        "real_time=-1",
        "terminate_on_pause=1",
    ]


class _Xml:
    """Every lane a playlist, laid over the lowest by transitions."""

    def __init__(self, timeline: Timeline, media: Path, words: list[Letters]) -> None:
        self._timeline, self._media, self._words = timeline, media, words
        self._producers: list[str] = []
        self._playlists: list[tuple[str, str]] = []
        self._transitions: list[str] = []

    def text(self) -> str:
        self._base(shots(self._timeline))
        for inset in insets(self._timeline):
            self._inset(inset)
        for words in self._words:
            self._letters(words)
        seen = len(self._playlists)
        for track in tracks(self._timeline, "audio"):
            self._lane([(c.start, c.frames, c.source_in, self._sound(c)) for c in track.clips], hide="video")
        for lane in range(seen, len(self._playlists)):
            self._transition("mix", 0, lane, 0, self._timeline.frames, {"always_active": "1", "sum": "1"})
        return self._document()

    def _document(self) -> str:
        timeline = self._timeline
        profile = (
            f'<profile width="{timeline.width}" height="{timeline.height}" progressive="1" sample_aspect_num="1" '
            f'sample_aspect_den="1" display_aspect_num="16" display_aspect_den="9" colorspace="709" '
            f'frame_rate_num="{timeline.rate.num}" frame_rate_den="{timeline.rate.den}"/>'
        )
        lists = [f'<playlist id="l{i}">{body}</playlist>' for i, (body, _) in enumerate(self._playlists)]
        lanes = [f'<track producer="l{i}" hide="{hide}"/>' for i, (_, hide) in enumerate(self._playlists)]
        last = timeline.frames - 1
        body = f"<multitrack>{''.join(lanes)}</multitrack>{''.join(self._transitions)}"
        tractor = f'<tractor id="film" in="0" out="{last}">{body}</tractor>'
        return f'<mlt LC_NUMERIC="C" producer="film">{profile}{"".join(self._producers)}{"".join(lists)}{tractor}</mlt>'

    def _lane(self, entries: list[tuple[int, int, int, str]], hide: str = "audio") -> None:
        at, body = 0, ""
        for start, frames, source_in, producer in entries:
            body += f'<blank length="{start - at}"/>' if start > at else ""
            body += f'<entry producer="{producer}" in="{source_in}" out="{source_in + frames - 1}"/>'
            at = start + frames
        self._playlists.append((body, hide))

    def _producer(self, properties: dict[str, str], filters: str = "", length: int = 10**6) -> str:
        name = f"p{len(self._producers)}"
        self._producers.append(
            f'<producer id="{name}" in="0" out="{length - 1}">{_properties(properties)}{filters}</producer>'
        )
        return name

    def _shot(self, shot: Shot) -> str:
        path = str(self._media / shot.clip.media)
        if shot.clip.motion is None:
            return self._producer({"resource": path, "mlt_service": "avformat", "audio_index": "-1"})
        keys = []
        width, height = self._timeline.width, self._timeline.height
        for frame in range(shot.frames):
            seen = shot.window(frame, float(self._timeline.rate.fps))
            left, top = (
                -(seen.x - seen.width / 2) * width / seen.width,
                -(seen.y - seen.width / 2) * height / seen.width,
            )
            keys.append(f"{frame}={left:.4f} {top:.4f} {width / seen.width:.4f} {height / seen.width:.4f} 1")
        moved = {
            "mlt_service": "affine",
            "transition.rect": ";".join(keys),
            "transition.fill": "1",
            "background": "colour:0",
        }
        still = {"resource": path, "mlt_service": "qimage", "length": str(shot.frames)}
        return self._producer(still, f"<filter>{_properties(moved)}</filter>", shot.frames)

    def _base(self, lowest: list[Shot]) -> None:
        """The lowest track: one playlist, every dissolve a little film of its own in it, as melt's -mix makes them."""
        made = [self._shot(shot) for shot in lowest]
        entries: list[tuple[int, int, int, str]] = []
        for i, (shot, producer) in enumerate(zip(lowest, made, strict=True)):
            if shot.into:
                before = lowest[i - 1]
                first = _first(before) + shot.start - before.start
                mixed = self._mixed(made[i - 1], first, producer, _first(shot), shot.into)
                entries.append((shot.start, shot.into, 0, mixed))
            begin = shot.start + shot.into
            after = lowest[i + 1] if i + 1 < len(lowest) else None
            end = after.start if after and after.into else shot.end
            entries.append((begin, end - begin, _first(shot) + shot.into, producer))
        self._lane(entries)

    def _mixed(self, one: str, one_in: int, two: str, two_in: int, frames: int) -> str:
        name = f"p{len(self._producers)}"
        lanes = [
            f'<track producer="{made}" in="{at}" out="{at + frames - 1}"/>'
            for made, at in ((one, one_in), (two, two_in))
        ]
        luma = _properties({"mlt_service": "luma", "a_track": "0", "b_track": "1"})
        body = f'{"".join(lanes)}<transition in="0" out="{frames - 1}">{luma}</transition>'
        self._producers.append(f'<tractor id="{name}" in="0" out="{frames - 1}">{body}</tractor>')
        return name

    def _inset(self, inset: Inset) -> None:
        clip = inset.clip
        made = self._producer(
            {"resource": str(self._media / clip.media), "mlt_service": "avformat", "audio_index": "-1"}
        )
        self._lane([(clip.start, clip.frames, clip.source_in, made)])
        geometry = {"rect": f"{inset.x} {inset.y} {inset.width} {inset.height} 1", "compositing": "0"}
        self._transition("qtblend", 0, len(self._playlists) - 1, clip.start, clip.frames, geometry)

    def _letters(self, words: Letters) -> None:
        from PIL import Image

        clip = words.clip
        made = self._producer(
            {"resource": str(words.path), "mlt_service": "qimage", "length": str(clip.frames)}, "", clip.frames
        )
        self._lane([(clip.start, clip.frames, 0, made)])
        with Image.open(words.path) as picture:
            width, height = picture.size
        keys = []
        for frame in range(clip.frames):
            seen = min(frame / clip.fade_in, (clip.frames - 1 - frame) / clip.fade_out, 1.0)
            keys.append(f"{frame}={words.left(frame):.3f} {words.y} {width} {height} {seen:.4f}")
        moved = {"rect": ";".join(keys), "compositing": "0"}
        self._transition("qtblend", 0, len(self._playlists) - 1, clip.start, clip.frames, moved)

    def _sound(self, clip: Clip) -> str:
        path = str(self._media / clip.media)
        level = (
            f"<filter>{_properties({'mlt_service': 'volume', 'level': str(clip.gain_db)})}</filter>"
            if clip.gain_db
            else ""
        )
        return self._producer({"resource": path, "mlt_service": "avformat", "video_index": "-1"}, level)

    def _transition(self, service: str, below: int, above: int, start: int, frames: int, more: dict[str, str]) -> None:
        named = {"mlt_service": service, "a_track": str(below), "b_track": str(above), **more}
        self._transitions.append(
            f'<transition in="{start}" out="{start + frames - 1}">{_properties(named)}</transition>'
        )


def _first(shot: Shot) -> int:
    """A still's own frames begin at 0; footage's where the shot begins in it."""
    return 0 if shot.clip.motion else shot.source_in


def _properties(values: dict[str, str]) -> str:
    return "".join(f"<property name={quoteattr(name)}>{_text(value)}</property>" for name, value in values.items())


def _text(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;")
