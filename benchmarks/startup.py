"""How long it takes until the product is imported, beside the interpreter alone and its heaviest library, in the same run."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

CASES = {
    "python -c pass": "pass",
    "import studio": "import studio",
    "import studio.renders.service (everything)": "import studio.renders.service",
    "import jobs.wiring": "import jobs.wiring",
    "import app.cli.main": "import app.cli.main",
    "import sqlmodel (the library below it)": "import sqlmodel",
}


def seconds(code: str) -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - begun


def main() -> None:
    for name, code in CASES.items():
        seconds(code)
        runs = [seconds(code) for _ in range(5)]
        print(f"{name:45} median {statistics.median(runs):.3f} s  (min {min(runs):.3f}, max {max(runs):.3f})")


if __name__ == "__main__":
    main()
