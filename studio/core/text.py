"""Short texts that people type, as they are kept."""

from __future__ import annotations

import unicodedata


def one_line(text: str) -> str:
    """The text on one line, single spaces, without control characters and halves of characters."""
    kept = (" " if c in "\r\n\t\x85\u2028\u2029" else c for c in text)
    return " ".join("".join(c for c in kept if unicodedata.category(c) not in ("Cc", "Cs")).split())
