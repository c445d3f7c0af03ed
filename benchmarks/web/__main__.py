"""usage: python -m benchmarks.web [paint] [events] [routes] [progress] [writing] [board] [cut] [playing] [--home FOLDER]

All parts unless some are said.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import tempfile
from pathlib import Path

from benchmarks.web import board, cast, cut, events, paint, playing, progress, routes, serving, writing
from benchmarks.web.figures import machine

PARTS = {
    "paint": "Pages with a cold cache: medians of five, milliseconds and kB; first paint of each under 1000 ms",
    "routes": "Routes at 200 requests a second for 20 s, one web process: p95 under 100 ms",
    "progress": "Progress while a film renders: p95 under 250 ms; reload under 1000 ms",
    "writing": "Writing in 180 pages: key to paint under 50 ms",
    "board": "A board of 1,000 panels: first screen under 2 MB, p95 of a frame while scrolling 17 ms",
    "cut": "Cuts of 500 and 5,000 clips on 20 tracks: p95 of a frame while dragging, trimming, zooming and scrolling 17 ms",
    "playing": "A film in the Cut room: play start under 500 ms, scrubbing p95 under 150 ms, sound and picture within 40 ms",
    "events": "Events of 50, 200 and 500 people, one web process, state in memory and in Redis",
}

ALONE = {"progress", "writing", "board", "cut", "playing"}
"""Parts that make what they need themselves."""


def main() -> None:
    arguments = argparse.ArgumentParser(prog="benchmarks.web")
    arguments.add_argument("parts", nargs="*", choices=[*PARTS, []], help="all unless said")
    arguments.add_argument("--home", type=Path, help="a data folder that is kept, and used again next time")
    chosen = arguments.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends us ends what we started
    home = (chosen.home or Path(tempfile.mkdtemp(prefix="inkreel-bench-"))).absolute()
    try:
        people = _prepared(home) if set(chosen.parts or PARTS) - ALONE else cast.Cast(())
        for part in chosen.parts or PARTS:
            print(f"\n{PARTS[part]}\n({machine()})", flush=True)
            _measured(part, home, people)
            print(f"(afterwards: {machine()})", flush=True)
    finally:
        if chosen.home is None:
            shutil.rmtree(home, ignore_errors=True)


def _prepared(home: Path) -> cast.Cast:
    """The people and projects of a data folder, made when they are not there; the one board is drawn."""
    home.mkdir(parents=True, exist_ok=True)
    kept = home / "cast.json"
    if kept.exists():
        return cast.read(kept.read_bytes())
    made = cast.made(home)
    me = made.people[0]
    with serving.studio(home) as studio:
        serving.board_drawn(studio, me.script_id, me.token)
    kept.write_bytes(cast.written(made))
    return made


def _measured(part: str, home: Path, people: cast.Cast) -> None:
    match part:
        case "paint":
            paint.measured(home, people)
        case "routes":
            routes.measured(home, people)
        case "progress":
            progress.measured(home)
        case "writing":
            writing.measured(home)
        case "board":
            home.mkdir(parents=True, exist_ok=True)
            board.measured(home)
        case "cut":
            home.mkdir(parents=True, exist_ok=True)
            cut.measured(home)
        case "playing":
            home.mkdir(parents=True, exist_ok=True)
            playing.measured(home)
        case _:
            events.measured(home, people)


if __name__ == "__main__":
    main()
