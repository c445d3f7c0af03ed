"""How long a script of 120 pages takes to be read and written, beside other parsers on the same text in the same run.

`PYTHONPATH=. uv run --with screenplain --with screenplay-tools python benchmarks/script.py`; without them only our own figures.
"""

from __future__ import annotations

import importlib.util
import io
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from studio.scripts.formats.fountain_out import draft_of, fountain_of
from studio.scripts.formats.pages.layout import pages_of
from studio.scripts.formats.pdf import read_pdf
from studio.scripts.formats.pdf_out import pdf_of
from studio.scripts.fountain import parse
from studio.scripts.outline import outlined

PAGES = 120
GOAL_S = 0.3
_SAMPLE = Path(__file__).parents[1] / "assets" / "samples" / "the-last-ferry.fountain"
_NAMES = ("MARA", "EWAN", "FINN", "ILSE", "THE KEEPER", "DR. OKORO", "ÉLODIE", "TOM")
_PLACES = ("HARBOUR", "LAMP ROOM", "KITCHEN", "CHURCH", "BOAT", "ROAD", "HALL OF RECORDS", "BEACH")


def script(pages: int) -> str:
    """Scenes with the words of our sample, as dense as a film's: some action, then people talking."""
    words = [word for word in _SAMPLE.read_text(encoding="utf-8").split() if word.isalpha() and not word.isupper()]
    dice = random.Random(1)

    def said(most: int) -> str:
        return " ".join(dice.choices(words, k=dice.randint(3, most))).capitalize() + "."

    parts = ["Title: A Long Night\nAuthor: Nobody\n"]
    screenplay = parse("")
    while len(pages_of(screenplay)) < pages:
        for _ in range(8):
            parts.append(f"{dice.choice(['INT.', 'EXT.'])} {dice.choice(_PLACES)} - {dice.choice(['DAY', 'NIGHT'])}")
            parts.append(said(60))
            for _ in range(dice.randint(4, 12)):
                manner = "(quietly)\n" if dice.random() < 0.2 else ""
                parts.append(f"{dice.choice(_NAMES)}\n{manner}{said(30)}")
                if dice.random() < 0.4:
                    parts.append(f"*{said(5)}* {said(25)}")
        screenplay = parse("\n\n".join(parts) + "\n")
    return screenplay.source


def timed(name: str, work: Callable[[], object], runs: int = 5) -> float:
    """Print the median of some runs in seconds."""
    taken: list[float] = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    median = statistics.median(taken)
    print(f"{name:44} median {median:6.3f} s  (min {min(taken):.3f}, max {max(taken):.3f})", flush=True)
    return median


def main() -> None:
    text = script(PAGES)
    screenplay = parse(text)
    draft = draft_of(screenplay)
    data = pdf_of(screenplay)
    scenes = len(outlined(screenplay).scenes)
    print(
        f"{len(pages_of(screenplay))} pages, {scenes} scenes, {len(text.split()):,} words, {len(text):,} characters\n"
    )
    ours = timed("Inkreel: parse", lambda: parse(text))
    timed("Inkreel: outline of what was parsed", lambda: outlined(screenplay))
    if importlib.util.find_spec("screenplain"):
        from screenplain.parsers import fountain  # pyright: ignore[reportMissingImports]

        timed("screenplain: parse", lambda: list(fountain.parse(io.StringIO(text))))
    if importlib.util.find_spec("screenplay_tools"):
        from screenplay_tools.fountain.parser import Parser  # pyright: ignore[reportMissingImports]

        timed("screenplay-tools: parse", lambda: Parser().add_text(text), runs=3)
    timed("Inkreel: draft of it, and Fountain again", lambda: fountain_of(draft_of(screenplay)), runs=3)
    timed("Inkreel: pages", lambda: pages_of(screenplay), runs=3)
    timed("Inkreel: PDF written", lambda: pdf_of(screenplay), runs=3)
    timed("Inkreel: PDF read", lambda: read_pdf(data), runs=3)
    assert fountain_of(draft) == fountain_of(draft_of(parse(fountain_of(draft))))
    print(f"\nParse: {ours:.3f} s, goal {GOAL_S} s: {'met' if ours < GOAL_S else 'MISSED'}")


if __name__ == "__main__":
    main()
