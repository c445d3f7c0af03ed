"""usage: python -m benchmarks.film [A] [B] [C] [K] [--whole] [--edits] [--times N] [--media FOLDER] [--json] [--write]"""

from __future__ import annotations

import argparse
import json
import tempfile
from dataclasses import asdict
from pathlib import Path

from benchmarks.film import media
from benchmarks.film.race import Edited, Result, incremental, raced
from benchmarks.film.table import page, table
from benchmarks.film.timelines import REFERENCES
from benchmarks.web.figures import machine
from studio.engine.ffmpeg import program

PAGE = Path("docs/figures-render.md")
EDITED_S = {"A": 20, "C": 60}
"""Seconds of the timelines whose edits are measured, unless whole ones are."""


def main() -> None:
    arguments = argparse.ArgumentParser(prog="benchmarks.film")
    arguments.add_argument("names", nargs="*", choices=[*REFERENCES, []], help="all unless said")
    arguments.add_argument("--whole", action="store_true", help="whole timelines, not their first seconds (an hour)")
    arguments.add_argument("--edits", action="store_true", help="what edits cost, and nobody else's films")
    arguments.add_argument("--seconds", type=int, help="of every timeline")
    arguments.add_argument("--times", type=int, default=1, help="repetitions; the least CPU of them counts")
    arguments.add_argument("--media", type=Path, help="a folder for the media that is kept, and used again next time")
    arguments.add_argument("--json", action="store_true", help="one object, and nothing else, on standard output")
    arguments.add_argument("--write", action="store_true", help=f"keep the table in {PAGE}")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="inkreel-film-") as name:
        folder, ffmpeg = Path(name), program.encoder()
        there = media.made((chosen.media or folder / "media").absolute(), ffmpeg)
        before = machine()
        results: list[Result] = []
        edits: list[Edited] = []
        for reference in [] if chosen.edits else chosen.names or REFERENCES:
            whole, first = REFERENCES[reference].seconds, REFERENCES[reference].prefix
            seconds = whole if chosen.whole else min(chosen.seconds or first, whole)
            results += raced(reference, seconds, there, folder / reference, ffmpeg, chosen.times, say=not chosen.json)
        for reference in [name for name in chosen.names or REFERENCES if name in EDITED_S]:
            seconds = REFERENCES[reference].seconds if chosen.whole else max(chosen.seconds or EDITED_S[reference], 10)
            edits += incremental(reference, seconds, there, folder / f"{reference}-edits", say=not chosen.json)
        told = [before, machine()]
    if chosen.json:
        print(json.dumps({"machine": told, "films": [asdict(r) for r in results], "edits": [asdict(e) for e in edits]}))
    else:
        print(f"\n{table(results, edits)}\n{told[0]}; afterwards {told[1]}")
    if chosen.write:
        PAGE.write_text(page(results, edits, told, program.version(ffmpeg)), encoding="utf-8")


if __name__ == "__main__":
    main()
