"""What is taken from an uploaded file besides its bytes."""

from __future__ import annotations

import re

_NOT_PRINTED = re.compile(r"[\x00-\x1f\x7f]")


def file_name(given: str | None, otherwise: str = "script.fountain") -> str:
    """The last part of a file's name as sent, without control characters; `otherwise` when there is none."""
    name = _NOT_PRINTED.sub("", (given or "").replace("\\", "/").rsplit("/", 1)[-1]).strip()
    return name[:200] or otherwise
