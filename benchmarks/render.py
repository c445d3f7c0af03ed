"""CPU time of one rendered frame, ours beside one plain ffmpeg zoompan graph of the same film, in the same run.

usage: python benchmarks/render.py [SECONDS_PER_SHOT] [PICTURE ...]      (pictures of 16:9; made up when none are given)
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from studio.engine.artist.spec import Move
from studio.engine.ffmpeg import program
from studio.engine.motion import motion_of
from studio.engine.presets import Preset, preset
from studio.engine.render.footage import Store
from studio.engine.render.join import checked, joined
from studio.engine.render.plan import planned
from studio.engine.render.segments import render_segment
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Timeline, Track

RATE = Rate(24)
MOVES = (Move.STATIC, Move.PUSH_IN, Move.PAN, Move.PULL_OUT)


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds: of CPU here, of CPU in children, of the clock."""

    here: float
    children: float
    wall: float

    @property
    def cpu(self) -> float:
        return self.here + self.children


def cost(work: Callable[[], None]) -> Cost:
    def now() -> tuple[float, float, float]:
        own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
        return own.ru_utime + own.ru_stime, others.ru_utime + others.ru_stime, time.perf_counter()

    before = now()
    work()
    return Cost(*(b - a for a, b in zip(before, now(), strict=True)))


def pictures(folder: Path) -> list[Path]:
    """Ink on paper, 1920 x 1080: hatching, curves and flat tone."""
    out: list[Path] = []
    for seed in range(4):
        random = np.random.default_rng(seed)
        image = Image.new("RGB", (1920, 1080), "#FFFDF7")
        pen = ImageDraw.Draw(image)
        for _ in range(60):
            x, y, r = (int(v) for v in random.integers((0, 0, 20), (1920, 1080, 260)))
            pen.ellipse((x - r, y - r, x + r, y + r), fill=tuple(random.integers(60, 255, 3)), outline="black", width=5)
        for x in range(0, 900, 14):
            pen.line((x, 700, x + 300, 1080), fill="black", width=3)
        image.save(folder / f"{seed}.png")
        out.append(folder / f"{seed}.png")
    return out


def film(stills: list[Path], shot: int) -> Timeline:
    clips = tuple(
        Clip(str(i), str(i), str(path), i * shot, shot, motion=motion_of(MOVES[i % 4])) for i, path in enumerate(stills)
    )
    return Timeline("Bench", RATE, 1920, 1080, (Track("v", "video", "V", "picture", clips),))


def plain(ffmpeg: Path, timeline: Timeline, chosen: Preset, out: Path) -> None:
    """The same film as one ffmpeg graph: zoompan for every still, then concat."""
    width, height = chosen.frame_size(timeline.width, timeline.height)
    inputs: list[str] = []
    chains: list[str] = []
    for i, clip in enumerate(timeline.tracks[0].clips):
        assert clip.motion is not None
        a, b, u = clip.motion.start, clip.motion.end, f"on/{clip.frames - 1}"
        share = f"({a.width}+({b.width - a.width:.6f})*{u})"
        x = f"iw*({a.x}+({b.x - a.x:.6f})*{u}-{share}/2)"
        y = f"ih*({a.y}+({b.y - a.y:.6f})*{u}-{share}/2)"
        inputs += ["-i", clip.media]
        chains.append(
            f"[{i}:v]scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,zoompan=d={clip.frames}:s={width}x{height}"
            f":fps={RATE.num}:z='1/{share}':x='{x}':y='{y}',setsar=1[v{i}]"
        )
    count = len(chains)
    graph = ";".join(chains) + ";" + "".join(f"[v{i}]" for i in range(count)) + f"concat=n={count}:v=1:a=0[v]"
    codec = ["-c:v", "libx264", "-preset", chosen.x264_preset, "-crf", str(chosen.crf), "-pix_fmt", "yuv420p"]
    subprocess.run(
        [str(ffmpeg), "-v", "error", "-y", *inputs, "-filter_complex", graph, "-map", "[v]", *codec, str(out)],
        check=True,
    )


def ours(ffmpeg: Path, timeline: Timeline, chosen: Preset, folder: Path) -> list[tuple[Path, int]]:
    made: list[tuple[Path, int]] = []
    for span in planned(timeline, workers=os.cpu_count() or 1):
        out = folder / f"{chosen.name}-{span.start}.mp4"
        render_segment(timeline, span, chosen, Store(Path), out, ffmpeg=ffmpeg)
        made.append((out, span.frames))
    return made


def limit(ffmpeg: Path, film: Path, chosen: Preset) -> None:
    """Decode and encode the finished film once more: the least any re-encoding engine can cost."""
    codec = ["-c:v", "libx264", "-preset", chosen.x264_preset, "-crf", str(chosen.crf), "-threads", "1"]
    subprocess.run(
        [str(ffmpeg), "-v", "error", "-threads", "1", "-i", str(film), *codec, "-f", "null", "-"], check=True
    )


def measured(ffmpeg: Path, timeline: Timeline, chosen: Preset, folder: Path) -> str:
    """One line of the table."""
    segments: list[tuple[Path, int]] = []
    out, peer = folder / "film.mp4", folder / "plain.mp4"
    rendered = cost(lambda: segments.extend(ours(ffmpeg, timeline, chosen, folder)))
    join = cost(lambda: joined(segments, None, [], [], RATE, out, ffmpeg=ffmpeg, title="Bench"))
    check = cost(lambda: checked(out, timeline.frames, RATE))
    other = cost(lambda: plain(ffmpeg, timeline, chosen, peer))
    least = cost(lambda: limit(ffmpeg, out, chosen))
    per = 1000 / timeline.frames
    times = [
        x * per for x in (rendered.cpu, rendered.here, rendered.children, join.cpu, check.cpu, other.cpu, least.cpu)
    ]
    ratios = [rendered.cpu / other.cpu, rendered.cpu / least.cpu]
    sizes = [path.stat().st_size / timeline.frames for path in (out, peer)]
    return f"{chosen.name:>8}" + "".join([*(f"{x:10.2f}" for x in (*times, *ratios)), *(f"{x:10.0f}" for x in sizes)])


COLUMNS = ("ours", "python", "x264", "join", "check", "zoompan", "limit", "/zoompan", "/limit", "bytes/f", "zoompan")


def main() -> None:
    shot = RATE.frames(float(sys.argv[1])) if len(sys.argv) > 1 else 72
    ffmpeg = program.encoder()
    print(
        f"ffmpeg {program.version(ffmpeg)}, {RATE} frames a second, {shot} frames a shot; milliseconds of CPU a frame"
    )
    print(" " * 8 + "".join(f"{column:>10}" for column in COLUMNS))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        timeline = film([Path(p) for p in sys.argv[2:]] or pictures(folder), shot)
        for chosen in (preset("720p"), preset("1080p")):
            print(measured(ffmpeg, timeline, chosen, folder))


if __name__ == "__main__":
    main()
