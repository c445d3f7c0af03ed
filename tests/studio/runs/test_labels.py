"""What runs are called where people see them."""

from __future__ import annotations

from typing import Any

import pytest

from studio.runs.labels import label


@pytest.mark.parametrize(
    ("kind", "config", "pieces", "words"),
    [
        ("board", {"script_id": "s", "panels": 32}, 0, "Draw 32 panels"),
        ("board", {"script_id": "s", "panels": 32}, 5, "Draw 5 panels"),
        ("board", {"panels": 1}, 0, "Draw 1 panel"),
        ("film", {"preset": "1080p"}, 60, "Make the film, 1080p"),
        ("render", {"preset": "720p"}, 0, "Render the film, 720p"),
        ("panel", {"panel_id": "p", "seed": 2, "number": "3B"}, 0, "Redraw panel 3B"),
        ("panel", {"panel_id": "p"}, 0, "Draw panel"),
        ("print", {"format": "pdf"}, 0, "Print the board"),
        ("print", {"format": "csv"}, 0, "Write the shot list"),
        ("boards", {"panels": []}, 0, "Bring in drawings"),
        ("music", {}, 0, "Compose music"),
        ("something", {}, 0, "Something"),
    ],
)
def test_a_run_is_named_by_what_it_makes(kind: str, config: dict[str, Any], pieces: int, words: str) -> None:
    assert label(kind, config, pieces) == words
