"""Finds flashes that can harm people with photosensitive epilepsy: opposing changes of luminance over much of the screen."""

from __future__ import annotations

from typing import Any

import numpy as np

from studio.engine.report import limits

CELLS = (32, 18)
"""The screen in cells, across and down; a cell changes as a whole."""

_TOGETHER = 3
"""Changes of cells within so many frames are one change of the screen: a flash that is not on one frame for all."""


class Flashes:
    """Follows the luminance of every cell from turning point to turning point."""

    def __init__(self) -> None:
        self._light: Any = _luminance()
        self._low: Any = None
        self._high: Any = None
        self._way: Any = None
        self._turned: list[tuple[Any, Any] | None] = []
        self._last = 0

    def look(self, cells: Any) -> int:
        """The next frame, as luma by cells: +1 when the screen has now gone up by half a flash, -1 down, else 0."""
        now = self._light[cells]
        if self._low is None:
            self._low, self._high, self._way = now.copy(), now.copy(), np.zeros(now.shape, np.int8)
            return 0
        np.minimum(self._low, now, out=self._low)
        np.maximum(self._high, now, out=self._high)
        up = (now - self._low >= limits.FLASH_CD_M2) & (self._low < limits.FLASH_DARKER_CD_M2) & (self._way <= 0)
        down = (self._high - now >= limits.FLASH_CD_M2) & (now < limits.FLASH_DARKER_CD_M2) & (self._way >= 0)
        self._way[up], self._way[down] = 1, -1
        # From here on only the other way counts: the turning point is the extreme since the last change.
        self._high[up | (self._way < 0)] = now[up | (self._way < 0)]
        self._low[down | (self._way > 0)] = now[down | (self._way > 0)]
        self._turned = [*self._turned[1 - _TOGETHER :], (up, down) if (up | down).any() else None]
        return self._screen() if any(self._turned) else 0

    def _screen(self) -> int:
        shares = [np.logical_or.reduce([pair[i] for pair in self._turned if pair]).mean() for i in (0, 1)]
        for way, share in ((1, shares[0]), (-1, shares[1])):
            if share > limits.FLASH_AREA and self._last != way:
                self._last = way
                self._turned = []
                return way
        return 0


def flashes_within(flash: list[int], second: int) -> list[int]:
    """For every frame, how many flashes (pairs of opposing changes) the second that ends with it holds."""
    changes = np.cumsum(np.abs(np.asarray(flash, np.int64))) if flash else np.zeros(0, np.int64)
    before = np.concatenate((np.zeros(min(second, len(changes)), np.int64), changes[:-second] if second else changes))
    return [int(n) // 2 for n in changes - before[: len(changes)]]


def _luminance() -> Any:
    """cd/m² of every luma value. Source: ITU-R BT.1886 at 200 cd/m²."""
    signal = np.clip((np.arange(256) - 16) / 219, 0, 1)
    return (limits.WHITE_CD_M2 * signal**2.4).astype(np.float32)
