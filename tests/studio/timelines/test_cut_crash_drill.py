"""The server is killed while two people edit a cut: what was acknowledged is there. (200 times: `benchmarks/cutcrash.py`)"""

from __future__ import annotations

import pytest

from benchmarks.cutcrash import drill

pytestmark = pytest.mark.services


def test_no_acknowledged_edit_of_a_cut_is_lost_or_made_twice_when_the_server_is_killed(embedded: str) -> None:
    found = drill(15, seed=7)
    assert found.kills == 15
    assert found.edits > 15
    assert found.panes > 0
    assert found.resent > 0
