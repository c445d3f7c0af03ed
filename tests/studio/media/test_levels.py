"""A waveform as a small drawing."""

from __future__ import annotations

import re

from studio.media.levels import COLUMNS, HEIGHT, WIDTH, drawn


def points(levels: bytes) -> list[tuple[float, float]]:
    found = re.search(r'points="([^"]+)"', drawn(levels))
    assert found is not None
    return [(float(x), float(y)) for x, _, y in (pair.partition(",") for pair in found[1].split())]


def test_what_is_loud_is_high_and_what_is_silent_lies_in_the_middle() -> None:
    loud, silent = bytes([129, 127]), bytes([0, 0])
    found = points(silent * 480 + loud * 480)
    upper = found[1 : COLUMNS + 1]
    assert {y for _, y in upper[:24]} == {HEIGHT / 2}
    assert {y for _, y in upper[24:]} == {1.0}
    assert found[0] == (0, 8)
    assert max(x for x, _ in found) == WIDTH
    lower = found[COLUMNS + 2 :]
    assert [y for _, y in lower] == [HEIGHT - y for _, y in reversed(upper)]


def test_few_levels_and_none_are_drawn_all_the_same() -> None:
    assert len(points(bytes([200, 60]))) == 4
    assert {y for _, y in points(b"")} == {8.0}
