"""What our own readers say from inside: the bytes they made, or the error of ours they ended in. No settings are loaded."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

from studio.core.errors import LimitReached, StudioError


def answer(made: Callable[[], bytes], *, too_much: str) -> None:
    """Write what was made to standard output, or {"error", "message"}; `too_much` is the sentence when memory ran out."""
    try:
        out = made()
    except StudioError as error:
        out = json.dumps({"error": error.code, "message": error.message}).encode()
    except MemoryError:
        out = json.dumps({"error": LimitReached.code, "message": too_much}).encode()
    sys.stdout.buffer.write(out)
