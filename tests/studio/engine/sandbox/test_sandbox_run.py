"""A child asked apart answers, or ends in one of two ways; it knows nothing of ours and leaves nothing behind."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from studio.core.apart import CameToGrief, TookTooLong, asked_apart

CHILD = "tests.support.child"


def asked(words: str, *arguments: str, limit_s: float = 20, most_bytes: int = 1000) -> Any:
    return json.loads(asked_apart(CHILD, words.encode(), *arguments, limit_s=limit_s, most_bytes=most_bytes))


def test_the_child_has_our_code_and_its_arguments_and_nothing_of_our_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("INKREEL_SECRET", "token")
    answer = asked("tell", "a", "b c")
    assert answer["arguments"] == ["a", "b c"]
    assert set(answer["environment"]) <= {"PYTHONPATH", "LANG", "LC_CTYPE"}
    assert answer["session"]


@pytest.mark.parametrize("words", ["die 11", "die 9", "exit 3", "talk 1001"])
def test_a_child_that_dies_or_says_too_much_came_to_grief(words: str) -> None:
    with pytest.raises(CameToGrief):
        asked(words)


def test_a_child_out_of_processor_time_took_too_long() -> None:
    with pytest.raises(TookTooLong):
        asked("die 24")


def test_a_child_that_is_still_at_it_is_ended() -> None:
    begun = time.monotonic()
    with pytest.raises(TookTooLong):
        asked("sleep", limit_s=1.0)
    assert time.monotonic() - begun < 10
