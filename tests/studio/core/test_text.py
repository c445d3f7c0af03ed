"""Short texts that people type."""

from __future__ import annotations

import pytest

from studio.core.text import one_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  The  Last\n\tFerry ", "The Last Ferry"),
        ("a\x00b\x1b[31mc\ud800", "ab[31mc"),
        ("one\u2028two\x85three", "one two three"),
        ("\u062e\u0627\u0646\u0647\u200c\u0647\u0627", "\u062e\u0627\u0646\u0647\u200c\u0647\u0627"),
        ("👩\u200d🎬", "👩\u200d🎬"),
        (" \x00\n", ""),
    ],
)
def test_one_line_keeps_what_can_be_read(typed: str, kept: str) -> None:
    assert one_line(typed) == kept
