"""Hand lettering: capital letters as pen strokes, so words look the same in every back end. No fonts."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from studio.engine.artist.sheet import INK, Colour, Sheet

# Each stroke is a run of points, x 0-4 and y 0-6 (down), two digits a point; '|' lifts the pen.
_GLYPHS = {
    "A": "062046|1434",
    "B": "0006|002031320313|033334353606",
    "C": "4130100105163645",
    "D": "00062644422000",
    "E": "40000646|0333",
    "F": "400006|0333",
    "G": "41301001051636454323",
    "H": "0006|4046|0343",
    "I": "2026",
    "J": "4045361605",
    "K": "0006|400346",
    "L": "000646",
    "M": "0600234046",
    "N": "06004640",
    "O": "103041453616050110",
    "P": "06003041423303",
    "Q": "103041453616050110|2446",
    "R": "06003041423303|2346",
    "S": "413010010213334445361605",
    "T": "0040|2026",
    "U": "000516364540",
    "V": "002640",
    "W": "0016233640",
    "X": "0046|4006",
    "Y": "002340|2326",
    "Z": "00400646",
    "0": "103041453616050110",
    "1": "112026",
    "2": "01103041420646",
    "3": "01103041423323|334445361605",
    "4": "36300444",
    "5": "400003334445361605",
    "6": "413010010516364544331304",
    "7": "004016",
    "8": "103041423313020110|1304051636454433",
    "9": "433313020110304145361605",
    "-": "1333",
    "'": "2021",
    ".": "2526",
    ",": "2526",
    "!": "2024|2526",
    "?": "01103041422324|2526",
    ":": "2223|2526",
    "/": "0640",
    "&": "46020110213205163643",
}


def width_of(text: str, size: float) -> float:
    """How wide `text` is in drawing units when its letters are `size` units high."""
    return len(text) * size * 0.86


def letter(
    sheet: Sheet,
    text: str,
    middle: ArrayLike,
    size: float,
    colour: Colour = INK,
    alpha: float = 235,
    along: tuple[float, float] = (1.0, 0.0),
    weight: float = 0.11,
) -> None:
    """Letter one line of words in capitals, centred on `middle` (2,), `size` units high, running in the direction `along`."""
    direction = np.asarray(along, float)
    down = np.array([-direction[1], direction[0]])
    start = np.asarray(middle, float) - direction * width_of(text, size) / 2 - down * size / 2
    for index, character in enumerate(text.upper()):
        for run in _strokes(character):
            points = start + direction * ((run[:, :1] / 6 + index * 0.86 + 0.1) * size) + down * (run[:, 1:] / 6 * size)
            sheet.ink(points, max(size * weight, 0.9), colour=colour, alpha=alpha, jitter=size * 0.012, taper=0.75)


def _strokes(character: str) -> list[np.ndarray]:
    runs: list[np.ndarray] = []
    for run in _GLYPHS.get(character, "").split("|"):
        pairs = [(int(run[i]), int(run[i + 1])) for i in range(0, len(run) - 1, 2)]
        if len(pairs) > 1:
            runs.append(np.array(pairs, float))
    return runs
