"""Runs everybody in turn on the same timeline, and our engine again after edits."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.film import ours
from benchmarks.film.agreement import Film, compared, heard, looked_at, small, watched
from benchmarks.film.cost import Cost, cost
from benchmarks.film.peers import ffmpeg as peer
from benchmarks.film.peers import melt, remotion
from benchmarks.film.timelines import REFERENCES, prefix
from studio.engine.render.film import drawn
from studio.engine.render.layers import Span
from studio.engine.timeline import Timeline

OURS, LIMIT, PLAIN, MELT, MOVIEPY, COPY = "Inkreel", "limit", "plain ffmpeg", "MLT melt", "MoviePy", "stream copy"
REMOTION, CARD = "Remotion", "Inkreel with its report card"


@dataclass(frozen=True, slots=True)
class Result:
    """What one film cost one of them; `fault` says why it does not count ("" when it does)."""

    reference: str
    seconds: int
    who: str
    cpu_s: float = 0.0
    wall_s: float = 0.0
    peak_mb: float = 0.0
    ssim: float = 1.0
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edit costs on a warm cache: its CPU and the whole film's, which pieces were made, whether the others stayed."""

    reference: str
    seconds: int
    edit: str
    cpu_s: float
    full_cpu_s: float
    wall_s: float
    pieces: int
    made: tuple[int, ...]
    untouched: bool


@dataclass(frozen=True, slots=True)
class _Runner:
    """One of them: how it is run, writing to the path given."""

    who: str
    run: Callable[[Path], Cost]
    missing: str = ""


def raced(name: str, seconds: int, media: Path, folder: Path, ffmpeg: Path, times: int, *, say: bool) -> list[Result]:
    """Render the first seconds of a reference timeline by everybody, one repetition of each in turn."""
    timeline = prefix(REFERENCES[name].make(), seconds)
    best: dict[str, Result] = {}
    expected: Film | None = None
    runners = _runners(name, seconds, timeline, media, folder, ffmpeg)
    for _ in range(times):
        for runner in runners:
            out = folder / runner.who.replace(" ", "-") / "film.mp4"
            shutil.rmtree(out.parent, ignore_errors=True)
            out.parent.mkdir(parents=True)
            if runner.missing:
                result = Result(name, seconds, runner.who, fault=runner.missing)
            else:
                result, expected = _measured(
                    name, seconds, runner, out, expected or partial(_expected, timeline, media, out)
                )
            kept = best.get(runner.who)
            if kept is None or result.fault or (not kept.fault and result.cpu_s < kept.cpu_s):
                best[runner.who] = result
            if say:
                print(
                    f"{name} {result.who:28} {result.cpu_s:8.1f} s CPU {result.wall_s:7.1f} s  {result.fault}",
                    flush=True,
                )
    return list(best.values())


def _runners(name: str, seconds: int, timeline: Timeline, media: Path, folder: Path, ffmpeg: Path) -> list[_Runner]:
    words = [name, str(seconds)]

    def python(module: str, *more: str) -> list[str]:
        return [sys.executable, "-m", f"benchmarks.film.{module}", *words, *more]

    def own(out: Path, *card: str) -> Cost:
        return cost(python("ours", "", str(media), str(out.parent / "cache"), str(out), *card), warm=True)

    def by_moviepy(out: Path) -> Cost:
        return cost(python("peers.moviepy", str(media), str(out)), warm=True)

    no_moviepy = "" if importlib.util.find_spec("moviepy") else "not here: uv sync --group bench"
    no_melt = "" if shutil.which("melt") else "not here: apt-get install melt"
    runners = [
        _Runner(PLAIN, lambda out: cost(peer.plain(ffmpeg, timeline, media, out))),
        _Runner(OURS, own),
        _Runner(CARD, lambda out: own(out, "card")),
        _Runner(LIMIT, lambda out: cost(peer.limit(ffmpeg, folder / OURS / "film.mp4", out))),
        _Runner(MELT, lambda out: cost(melt.command(timeline, media, out), env=melt.SCREENLESS), no_melt),
        _Runner(MOVIEPY, by_moviepy, no_moviepy),
    ]
    if name == "A":
        runners.append(_Runner(REMOTION, lambda out: cost(remotion.command(timeline, media, out)), remotion.missing()))
    if name == "K":
        runners.append(_Runner(COPY, lambda out: cost(peer.copied(ffmpeg, timeline, media, out))))
    return runners


def _measured(
    name: str, seconds: int, runner: _Runner, out: Path, asked: Film | Callable[[], Film]
) -> tuple[Result, Film | None]:
    """Run one of them and hold its film against the one asked for, which is made once the first film is there."""
    try:
        spent = runner.run(out)
    except RuntimeError as error:
        fault = f"failed: {error.args[0].strip().splitlines()[-1][:160]}"
        return Result(name, seconds, runner.who, fault=fault), asked if isinstance(asked, Film) else None
    expected = asked if isinstance(asked, Film) else asked()
    agreed = compared(watched(out, expected.looks), expected, float(seconds))
    return Result(
        name, seconds, runner.who, spent.cpu_s, spent.wall_s, spent.peak_mb, agreed.ssim, agreed.fault
    ), expected


def _expected(timeline: Timeline, media: Path, plain: Path) -> Film:
    """The film as it should be: frames from our compositor, not encoded, and the plain graph's sound, mixed by ffmpeg."""
    store, size = ours.store(media), (timeline.width, timeline.height)
    looks = {}
    for frame in looked_at(timeline.frames):
        with closing(drawn(timeline, Span(frame, 1), size, store)) as frames:
            looks[frame] = small(next(frames).y)
    return Film(timeline.frames, looks, heard(plain))


def incremental(name: str, seconds: int, media: Path, folder: Path, *, say: bool) -> list[Edited]:
    """Export once from nothing, then after each edit on a copy of the cache that left."""
    folder.mkdir(parents=True)
    kept = folder / "cache"

    def export(edit: str, cache: Path) -> Cost:
        words = [name, str(seconds), edit, str(media), str(cache), str(folder / "film.mp4"), "card"]
        return cost([sys.executable, "-m", "benchmarks.film.ours", *words], warm=True)

    full = export("", kept)
    out: list[Edited] = []
    for edit in ("text",) if name == "A" else ("trim", "ripple"):
        cache = folder / edit
        shutil.copytree(kept, cache)
        before = _pieces(cache)
        spent = export(edit, cache)
        made, pieces = set(spent.told["made"]), spent.told["pieces"]
        after = _pieces(cache)
        stayed = all(after.get(path) == content for path, content in before.items())
        numbers = tuple(i for i, key in enumerate(pieces) if key in made)
        out.append(Edited(name, seconds, edit, spent.cpu_s, full.cpu_s, spent.wall_s, len(pieces), numbers, stayed))
        if say:
            print(
                f"{name} {edit}: {spent.cpu_s:.1f} of {full.cpu_s:.1f} s CPU, pieces {numbers} of {len(pieces)}",
                flush=True,
            )
    return out


def _pieces(cache: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in cache.glob("*.mp4")}
