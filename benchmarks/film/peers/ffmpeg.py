"""One plain ffmpeg graph of the whole film; the least any encoder can cost; cuts copied without encoding."""

from __future__ import annotations

from pathlib import Path

from benchmarks.film.shots import Inset, Letters, Shot, insets, letters, shots
from studio.engine.timeline import Clip, Curve, Timeline

X264 = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p"]
TAGS = ["-color_range", "tv", "-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709"]
AAC = ["-c:a", "aac", "-b:a", "128k", "-ar", "48000", "-ac", "2"]

REORDERED = 2
"""Frames a packet of x264 veryfast is stored before it is shown; where a copy ends is told in the order of storing."""

_QUIET = ("-nostdin", "-v", "error", "-y")
_SOUND = "aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo"


def limit(ffmpeg: Path, film: Path, out: Path) -> list[str]:
    """Decode the finished film and encode it again: what nobody who encodes can go below."""
    return [str(ffmpeg), *_QUIET, "-i", str(film), *X264, *AAC, *TAGS, str(out)]


def copied(ffmpeg: Path, timeline: Timeline, media: Path, out: Path) -> list[str]:
    """Cuts on keyframes joined as they are; the sound is encoded."""
    listed = out.with_suffix(".ffconcat")
    fps = timeline.rate.fps
    lines = ["ffconcat version 1.0"]
    for shot in shots(timeline):
        begin, end = shot.source_in / fps, (shot.source_in + shot.frames - REORDERED) / fps
        lines += [f"file '{(media / shot.clip.media).absolute()}'", f"inpoint {float(begin):.6f}"]
        lines += [f"outpoint {float(end):.6f}", f"duration {float(shot.frames / fps):.6f}"]
    listed.write_text("\n".join(lines) + "\n")
    graph = _Graph(timeline, media)
    inputs = ["-f", "concat", "-safe", "0", "-i", str(listed)]
    graph.inputs.append(inputs)
    graph.sound()
    every = [word for each in graph.inputs for word in each]
    chosen = ["-map", "0:v", "-map", "[sound]", "-c:v", "copy", *AAC, "-movflags", "+faststart", str(out)]
    return [str(ffmpeg), *_QUIET, *every, "-filter_complex", ";".join(graph.chains), *chosen]


def plain(ffmpeg: Path, timeline: Timeline, media: Path, out: Path) -> list[str]:
    """The film in one graph, as somebody who knows ffmpeg well would write it."""
    graph = _Graph(timeline, media)
    graph.base(shots(timeline))
    for inset in insets(timeline):
        graph.inset(inset)
    for words in letters(timeline, out.parent / "letters"):
        graph.letters(words)
    graph.sound()
    seen = f"[{graph.top}]trim=end_frame={timeline.frames},format=yuv420p[film]"
    every = [word for each in graph.inputs for word in each]
    chosen = ["-map", "[film]", "-map", "[sound]", *X264, *TAGS, *AAC, "-movflags", "+faststart", str(out)]
    return [str(ffmpeg), *_QUIET, *every, "-filter_complex", ";".join([*graph.chains, seen]), *chosen]


class _Graph:
    def __init__(self, timeline: Timeline, media: Path) -> None:
        self._timeline, self._media, self._fps = timeline, media, timeline.rate.fps
        self.inputs: list[list[str]] = []
        self.chains: list[str] = []
        self.top = ""
        self._heard: dict[tuple[str, int, int, int], int] = {}

    def base(self, lowest: list[Shot]) -> None:
        """The lowest track: dissolves by xfade, which needs its frames numbered anew, then hard cuts by concat."""
        runs: list[str] = []
        now, length = "", 0
        for i, shot in enumerate(lowest):
            name = f"v{i}"
            self._still(shot, name) if shot.clip.motion else self._footage(shot, name)
            if shot.into:
                at = f"duration={shot.into / self._fps}:offset={(length - shot.into) / self._fps}"
                self.chains.append(f"[{now}][{name}]xfade=transition=fade:{_seconds(at)},{self._numbered}[x{i}]")
                now, length = f"x{i}", length + shot.frames - shot.into
                continue
            runs += [now] if now else []
            now, length = name, shot.frames
        runs.append(now)
        self.chains.append("".join(f"[{run}]" for run in runs) + f"concat=n={len(runs)}:v=1:a=0[base]")
        self.top = "base"

    def inset(self, inset: Inset) -> None:
        clip, i = inset.clip, len(self.inputs)
        self._open(clip.media, clip.source_in, clip.frames)
        size = f"scale={inset.width}:{inset.height}:flags=bicubic"
        self.chains.append(f"[{i}:v]trim=end_frame={clip.frames},{size},{self._numbered},setpts=PTS+{clip.start}[i{i}]")
        self._over(f"i{i}", f"x={inset.x}:y={inset.y}")

    def letters(self, words: Letters) -> None:
        clip, i = words.clip, len(self.inputs)
        self.inputs.append(["-i", str(words.path)])
        fades = f"fade=t=in:s=0:n={clip.fade_in}:alpha=1,fade=t=out:s={clip.frames - clip.fade_out}:n={clip.fade_out}:alpha=1"
        looped = (
            f"scale=out_color_matrix=bt709,format=yuva420p,loop=loop={clip.frames}:size=1,trim=end_frame={clip.frames}"
        )
        self.chains.append(f"[{i}:v]{looped},{self._numbered},{fades},setpts=PTS+{clip.start}[t{i}]")
        x = str(words.x)
        if clip.transform is not None and isinstance(clip.transform.x, Curve):
            last = clip.transform.x.keys[-1]
            x = f"'{words.left(0)}+{words.left(last.frame) - words.left(0)}*clip((n-{clip.start})/{last.frame},0,1)'"
        self._over(f"t{i}", f"x={x}:y={words.y}")

    def sound(self) -> None:
        """Every track's clips one after another with silence between, then the tracks mixed."""
        lanes = [t for t in self._timeline.tracks if t.kind == "audio"]
        for n, track in enumerate(lanes):
            names = [self._clip_sound(clip, f"s{n}_{i}") for i, clip in enumerate(track.clips)]
            self.chains.append("".join(f"[{name}]" for name in names) + f"concat=n={len(names)}:v=0:a=1[lane{n}]")
        mixed = "".join(f"[lane{n}]" for n in range(len(lanes)))
        self.chains.append(f"{mixed}amix=inputs={len(lanes)}:normalize=0[sound]")

    def _clip_sound(self, clip: Clip, name: str) -> str:
        place = (clip.media, clip.start, clip.source_in, clip.frames)
        late = 0.5 / float(self._fps) if clip.source_in else 0.0
        if place not in self._heard:
            self._heard[place] = len(self.inputs)
            self._open(clip.media, clip.source_in, clip.frames)
        length = f"{float(clip.frames / self._fps):.6f}"
        cut = f"{_SOUND},atrim=start={late:.6f}:duration={length},asetpts=PTS-STARTPTS"
        self.chains.append(
            f"[{self._heard[place]}:a]{cut},volume={clip.gain_db}dB,apad,atrim=duration={length}[{name}]"
        )
        return name

    @property
    def _numbered(self) -> str:
        return f"settb=1/{self._fps},setpts=N,fps={self._fps}"

    def _open(self, media: str, source_in: int, frames: int) -> None:
        """Half a frame early: exact frames however the file rounds its times."""
        early = max(0.0, float((source_in - 0.5) / self._fps))
        seek = ["-ss", f"{early:.6f}"] if source_in else []
        self.inputs.append([*seek, "-t", f"{float((frames + 1) / self._fps):.6f}", "-i", str(self._media / media)])

    def _footage(self, shot: Shot, name: str) -> None:
        clip, i = shot.clip, len(self.inputs)
        self._open(clip.media, shot.source_in, shot.frames)
        if not shot.into and shot.start == clip.start:
            self._heard[clip.media, clip.start, clip.source_in, clip.frames] = i
        self.chains.append(f"[{i}:v]trim=end_frame={shot.frames},{self._numbered},format=yuv420p,setsar=1[{name}]")

    def _still(self, shot: Shot, name: str) -> None:
        clip, i = shot.clip, len(self.inputs)
        assert clip.motion is not None
        self.inputs.append(["-i", str(self._media / clip.media)])
        a, b = clip.motion.start, clip.motion.end
        ld = f"st(0,clip((on+{shot.start - clip.start})/{clip.frames - 1},0,1));st(1,ld(0)*ld(0)*(3-2*ld(0)))"
        share = f"({a.width}+({b.width - a.width:.6f})*ld(1))"
        x = f"iw*({a.x}+({b.x - a.x:.6f})*ld(1)-{share}/2)"
        y = f"ih*({a.y}+({b.y - a.y:.6f})*ld(1)-{share}/2)"
        yuv = "scale=in_color_matrix=bt601:out_color_matrix=bt709:in_range=pc:out_range=tv,format=yuv420p"
        size = f"s={self._timeline.width}x{self._timeline.height}"
        zoom = f"zoompan=d={shot.frames}:{size}:fps={self._fps}:z='{ld};1/{share}':x='{ld};{x}':y='{ld};{y}'"
        self.chains.append(f"[{i}:v]{yuv},{zoom},{self._numbered},setsar=1[{name}]")

    def _over(self, name: str, where: str) -> None:
        moving = "frame" if "'" in where else "init"
        self.chains.append(f"[{self.top}][{name}]overlay={where}:eval={moving}:eof_action=pass:format=yuv420[o{name}]")
        self.top = f"o{name}"


def _seconds(text: str) -> str:
    """Fractions in a filter's options as decimals."""
    pairs = (part.split("=") for part in text.split(":"))
    out: list[str] = []
    for name, value in pairs:
        above, _, below = value.partition("/")
        out.append(f"{name}={int(above) / int(below or 1):.6f}")
    return ":".join(out)
