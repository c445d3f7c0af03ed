"""What keeping a job apart costs, from the order to its answer: in an interpreter of its own (cold), forked (warm), or as
a plain child without walls; and what it is of a segment of two seconds of 720p footage. CPU of all processes, least of all rounds.

usage: python benchmarks/sandbox.py [ROUNDS]
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from studio.engine import presets
from studio.engine.ffmpeg import program
from studio.engine.probe import probed
from studio.engine.render.footage import Store
from studio.engine.render.layers import Span
from studio.engine.render.segments import render_segment
from studio.engine.sandbox import ladder, warm
from studio.engine.sandbox.inside import Order, Rung
from studio.engine.sandbox.probing import probed_apart
from studio.engine.sandbox.run import Ears, Limits, Work, run, run_at
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Timeline, Track

JOBS = 8
"""In a round of the warm way, after the one that starts its interpreter."""

_LIMITS = Limits(wall_s=60, cpu_s=30)
_NOTHING = "studio.engine.sandbox.trial"


def taken() -> tuple[float, float]:
    """Seconds of CPU so far, of this process and of those that have ended; seconds on the clock."""
    warm.end()
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used), time.perf_counter()


def cost(work: Callable[[], object], times: int) -> tuple[float, float]:
    """Milliseconds of CPU and of the clock, each time."""
    cpu, wall = taken()
    for _ in range(times):
        work()
    wall_after = time.perf_counter()
    return (taken()[0] - cpu) * 1000 / times, (wall_after - wall) * 1000 / times


def each_more(work: Callable[[], object]) -> tuple[float, float]:
    """What a job more costs where the interpreter is warm."""
    one, all_ = cost(work, 1), cost(work, JOBS + 1)
    cpu, wall = (((JOBS + 1) * a - b) / JOBS for a, b in zip(all_, one, strict=True))
    return cpu, wall


def cold(measure: Callable[[], tuple[float, float]]) -> tuple[float, float]:
    kept = warm.fits
    warm.fits = _never
    try:
        return measure()
    finally:
        warm.fits = kept


def _never(_: Order) -> bool:
    return False


def footage(folder: Path) -> Path:
    """Two seconds of 720p with sound, as a camera would write it."""
    path = folder / "footage.mp4"
    inputs = ["-f", "lavfi", "-i", "testsrc2=s=1280x720:r=24:d=2", "-f", "lavfi", "-i", "sine=d=2"]
    codec = ["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    subprocess.run([str(program.encoder()), "-v", "error", "-y", *inputs, *codec, str(path)], check=True)
    return path


def segment(film: Path, folder: Path) -> None:
    clip = Clip("a", "a", "footage", 0, 48)
    timeline = Timeline("Bench", Rate(24), 1280, 720, (Track("v", "video", "V", "picture", (clip,)),))
    store = Store(lambda _: film, lambda _: probed(film))
    chosen = presets.preset("720p")
    render_segment(timeline, Span(0, 48), chosen, store, folder / "segment.mp4", ffmpeg=program.encoder())


def rows(film: Path, folder: Path) -> dict[str, Callable[[], tuple[float, float]]]:
    plain = [sys.executable, "-P", "-s", "-c", f"import {_NOTHING}"]
    found: dict[str, Callable[[], tuple[float, float]]] = {
        "a plain child": lambda: cost(lambda: subprocess.run(plain, check=True), 1)
    }
    for rung in (Rung.LIMITS, Rung.LANDLOCK, Rung.ISOLATED):
        if rung is Rung.ISOLATED or not ladder.unreadable():
            nothing = Work("module", _NOTHING, (str(folder / "canary"),))
            _both(
                found,
                f"nothing, {rung}",
                lambda rung=rung, work=nothing: run_at(rung, work, b"", limits=_LIMITS, ears=Ears()),
            )
    sound = Work("module", "studio.engine.sound.decoding", files=(film,))
    _both(found, "probe of 2 s of 720p", lambda: probed_apart(film))
    _both(found, "its sound", lambda: run(sound, b"a", limits=_LIMITS, ours=True))
    _both(found, "a segment of it", lambda: segment(film, folder))
    return found


def _both(rows: dict[str, Callable[[], tuple[float, float]]], name: str, work: Callable[[], object]) -> None:
    rows[f"{name}: cold"] = lambda: cold(lambda: cost(work, 1))
    rows[f"{name}: warm"] = lambda: each_more(work)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    least: dict[str, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        film = footage(folder)
        segment(film, folder)  # what this process imports late
        for _ in range(rounds):  # one after the other, so that a busy moment is everybody's
            for what, measure in rows(film, folder).items():
                cpu, wall = measure()
                before = least.get(what, (cpu, wall))
                least[what] = (min(cpu, before[0]), min(wall, before[1]))
        start, _ = min(cost(warm.ready, 1) for _ in range(rounds))
    for what, (cpu, wall) in least.items():
        print(f"{what:32} {cpu:8.1f} ms of CPU {wall:8.1f} ms on the clock")
    print(f"{'the warm interpreter itself':32} {start:8.1f} ms of CPU, once in a process, and what its jobs import")
    print(
        json.dumps(
            {
                "rung": ladder.standing().rung,
                "rounds": rounds,
                "least_cpu_ms": {w: round(c, 1) for w, (c, _) in least.items()},
            }
        )
    )


if __name__ == "__main__":
    main()
