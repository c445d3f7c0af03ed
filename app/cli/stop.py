"""Ctrl+C and its kin: a flag, because an exception from a signal can land where Python throws it away."""

from __future__ import annotations

import signal
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType


class Stop:
    """Raised by a signal; whoever works looks at it often."""

    def __init__(self) -> None:
        self.raised = False

    def __call__(self) -> bool:
        return self.raised

    def heed(self, _number: int, _frame: FrameType | None) -> None:
        self.raised = True


@contextmanager
def stoppable(*signals: signal.Signals) -> Generator[Stop]:
    """A flag that these signals raise for as long as the block lasts; Ctrl+C and SIGTERM when none is named."""
    stop = Stop()
    before = {number: signal.signal(number, stop.heed) for number in signals or (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
