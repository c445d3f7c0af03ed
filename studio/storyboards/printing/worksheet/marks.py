"""The corner marks of a worksheet: four small patterns that say which corner they are, whichever way the page lies.

They are ArUco marks (Garrido-Jurado et al., 2014) of OpenCV's dictionary of 4 x 4 bits; the patterns are written down here so
that printing a page needs no OpenCV.
"""

from __future__ import annotations

from collections.abc import Iterator

IDS = (11, 23, 35, 47)
"""Upper left, upper right, lower right, lower left."""
SIDE = 6
"""Cells on a side, with the black border."""
PATTERNS = (
    ("###.", "###.", ".#.#", "#..."),
    ("..#.", "..#.", ".###", "##.#"),
    ("####", ".##.", "##.#", ".##."),
    ("#.##", ".#..", "#..#", "#.##"),
)
"""What is within the border, mark by mark; # is black."""


def white_cells(at: int) -> Iterator[tuple[int, int]]:
    """Row and column of every white cell of a mark."""
    for row, pattern in enumerate(PATTERNS[at], start=1):
        for column, cell in enumerate(pattern, start=1):
            if cell == ".":
                yield row, column
