"""usage: python -m benchmarks.drills [preview] [joins] [fuzz] [edits] [--seed N] [--count N] [--whole] [--media FOLDER]"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.drills.documents import documents
from benchmarks.drills.edits import edits
from benchmarks.drills.fuzz import Ended, films
from benchmarks.drills.joins import joins
from benchmarks.drills.preview import preview
from benchmarks.drills.shelf import shelf
from benchmarks.film import media
from studio.engine.ffmpeg import program

DRILLS = ("preview", "joins", "fuzz", "edits")
COUNT = 500


def main() -> None:
    arguments = argparse.ArgumentParser(prog="benchmarks.drills")
    arguments.add_argument("drills", nargs="*", choices=[*DRILLS, []], help="all unless said")
    arguments.add_argument("--seed", type=int, default=1, help="of the random films and documents")
    arguments.add_argument("--count", type=int, default=COUNT, help="of films, and of documents")
    arguments.add_argument("--whole", action="store_true", help="whole reference timelines (an hour)")
    arguments.add_argument("--media", type=Path, help="a folder for the media of A, B and C that is kept")
    chosen = arguments.parse_args()
    broken = False
    with tempfile.TemporaryDirectory(prefix="inkreel-drills-") as name:
        for drill, faults, told in _drilled(chosen, Path(name)):
            broken = broken or bool(faults)
            print(f"{drill:10} {'BROKEN' if faults else 'kept'}  {told}", *faults, sep="\n    ", flush=True)
    sys.exit(broken)


def _drilled(chosen: argparse.Namespace, folder: Path) -> Iterator[tuple[str, list[str], str]]:
    """Each drill's name, what is wrong, and the figures."""
    ffmpeg, wanted = program.encoder(), chosen.drills or DRILLS
    if "fuzz" in wanted:
        small = shelf(folder / "shelf", ffmpeg)
        yield ("films", *_counted(films(small, ffmpeg, chosen.count, chosen.seed)))
        with warnings.catch_warnings(action="ignore"):  # a parser's, of what it took for a default
            yield ("documents", *_counted(documents(small, chosen.count, chosen.seed)))
    if "joins" in wanted:
        yield ("joins", *joins(folder / "joins", ffmpeg))
    if "preview" in wanted or "edits" in wanted:
        there = media.made((chosen.media or folder / "media").absolute(), ffmpeg)
        if "preview" in wanted:
            yield from ((f"preview {n}", *preview(n, there, ffmpeg, whole=chosen.whole)) for n in "AB")
        if "edits" in wanted:
            yield from (("edits", *each) for each in edits(there, whole=chosen.whole))


def _counted(ended: Iterable[Ended]) -> tuple[list[str], str]:
    begun, how, wrong = time.monotonic(), Counter[str](), list[str]()
    for each in ended:
        how[each.how] += 1
        if each.fault:
            wrong.append(f"{each.number}: {each.fault}")
            print(f"    {wrong[-1]}", file=sys.stderr, flush=True)
    said = ", ".join(f"{count} {words}" for words, count in how.most_common())
    return wrong, f"{said}; {len(wrong)} with a fault; {time.monotonic() - begun:.0f} s"


if __name__ == "__main__":
    main()
