"""The server is killed while strokes stream: what was acknowledged is there. (`benchmarks/crash.py` kills it 200 times.)"""

from __future__ import annotations

import pytest

from benchmarks.crash import drill

pytestmark = pytest.mark.services


def test_no_acknowledged_stroke_is_lost_when_the_server_is_killed(embedded: str) -> None:
    found = drill(25, seed=7)
    assert found.kills == 25
    assert found.strokes > 100
    assert found.resent > 0
    assert found.oldest_missing_s < 1.0
