"""An edit of a cut that is sent again with its key: made once, whoever acted since, and answered as it was the first time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from studio.core.errors import Conflict
from tests.factories.hand import Hand, make_hand

pytestmark = pytest.mark.services


@pytest.fixture
def hand(database: str, tmp_path: Path) -> Hand:
    return make_hand(tmp_path)


def shorter(clip: str, by: int) -> dict[str, Any]:
    return {"op": "trim", "clip": clip, "edge": "out", "by": -by, "ripple": True, "across": ["v1"]}


def test_what_is_sent_again_is_made_once_and_answered_the_same(hand: Hand) -> None:
    clip = hand.pictures()[0]
    first = hand.edit(shorter(clip.id, 3), revision=1, key="k1")
    again = hand.edit(shorter(clip.id, 3), revision=1, key="k1")
    assert again == first
    assert (hand.now().revision, hand.pictures()[0].frames) == (2, clip.frames - 3)


def test_it_is_known_after_the_acts_of_others_and_after_it_was_undone(hand: Hand) -> None:
    one, two = hand.pictures()[:2]
    first = hand.edit(shorter(one.id, 3), revision=1, key="k1")
    hand.edit(shorter(two.id, 5), by=hand.ben)
    assert hand.edit(shorter(one.id, 3), revision=1, key="k1") == first
    hand.undo()
    assert hand.edit(shorter(one.id, 3), revision=1, key="k1") == first
    assert hand.pictures()[0].frames == one.frames, "what was undone came back by being sent again"


def test_a_key_is_one_persons_of_one_cut_and_a_trial_or_a_refused_edit_takes_none(hand: Hand) -> None:
    one, two = hand.pictures()[:2]
    hand.edit(shorter(one.id, 3), revision=1, key="k1", dry_run=True)
    with pytest.raises(Conflict):
        hand.edit(shorter("nowhere", 3), revision=9, key="k1")
    assert hand.edit(shorter(one.id, 3), revision=1, key="k1").revision == 2
    assert hand.edit(shorter(two.id, 5), revision=1, by=hand.ben, key="k1").revision == 3
    assert hand.edit(shorter(two.id, 2), revision=3, key="k2").revision == 4
