"""What keeping a job apart costs: from the order to its answer, at each rung this machine has, beside a plain child."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from studio.engine.sandbox import ladder
from studio.engine.sandbox.inside import Rung
from studio.engine.sandbox.run import Ears, Limits, Work, run_at

ROUNDS = 15
_LIMITS = Limits(wall_s=60, cpu_s=30)
_NOTHING = "pass\n"
_NUMBERS = "import numpy\nprint(numpy.arange(10).sum())\n"


def milliseconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def plain(path: Path) -> object:
    return subprocess.run([sys.executable, "-P", "-s", str(path)], capture_output=True, check=True)


def ways(path: Path) -> dict[str, Callable[[], object]]:
    """One after the other in every round, so that a busy moment is everybody's."""
    found: dict[str, Callable[[], object]] = {"plain child": lambda: plain(path)}
    for rung in (Rung.LIMITS, Rung.LANDLOCK, Rung.ISOLATED):
        if rung is Rung.ISOLATED or not ladder.unreadable():
            found[rung] = lambda rung=rung: run_at(rung, Work("file", str(path)), b"", limits=_LIMITS, ears=Ears())
    return found


def main() -> None:
    told: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        for what, code in {"nothing": _NOTHING, "numpy": _NUMBERS}.items():
            path = Path(folder, f"{what}.py")
            path.write_text(code)
            taken: dict[str, list[float]] = {}
            for _ in range(ROUNDS):
                for name, work in ways(path).items():
                    taken.setdefault(name, []).append(milliseconds(work))
            told[what] = {name: round(statistics.median(each), 1) for name, each in taken.items()}
            for name, each in taken.items():
                print(f"{what:8} {name:12} {min(each):8.1f} ms best {statistics.median(each):8.1f} ms median")
    print(f"the trial {milliseconds(lambda: ladder.tried(Rung.ISOLATED)):8.1f} ms, once in a process")
    print(json.dumps({"rung": ladder.standing().rung, "rounds": ROUNDS, "median_ms": told}))


if __name__ == "__main__":
    main()
