"""The documents of cuts a process remembers: never one that was not kept, nor one another process has put another in place of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from studio.core import clock
from studio.core.db import reading, unit_of_work
from studio.engine.editing import from_json
from studio.engine.timeline import from_document, to_document
from studio.timelines import repository
from studio.timelines import service as timelines
from studio.timelines.service import documents
from tests.factories.hand import Hand, make_hand

pytestmark = pytest.mark.services


@pytest.fixture
def hand(database: str, tmp_path: Path) -> Hand:
    return make_hand(tmp_path)


def marker(name: str) -> dict[str, Any]:
    return {"op": "add_marker", "marker": {"frame": 3, "name": name}}


def stored(hand: Hand) -> dict[str, Any]:
    with reading() as uow:
        return repository.get_timeline(uow, hand.id).document


def marks(hand: Hand) -> list[str]:
    return [each.name for each in hand.timeline.markers if each.frame == 3]


def test_what_is_stored_is_what_is_remembered_after_acts_of_all_kinds(hand: Hand) -> None:
    one, two = hand.pictures()[:2]
    acts: list[dict[str, Any]] = [
        {"op": "set_clip", "clip": one.id, "fields": {"name": "Ours"}},
        {"op": "trim", "clip": two.id, "edge": "out", "by": -4, "ripple": True},
        {"op": "add_track", "track": {"id": "v9", "kind": "video", "name": "Over", "role": "picture"}},
        {"op": "move_track", "track": "v9", "to": 0},
        {"op": "remove_track", "track": "v9"},
        marker("Mine"),
    ]
    for act in acts:
        hand.edit(act)
        assert stored(hand) == to_document(hand.timeline), f"after {act['op']}"
    hand.undo()
    remembered = hand.timeline
    documents.forget()
    assert hand.timeline == remembered


def test_what_another_process_has_done_is_seen(hand: Hand) -> None:
    hand.edit(marker("Mine"))
    known = hand.timeline
    with unit_of_work() as uow:
        row = repository.get_timeline(uow, hand.id)
        row.revision, row.changed_at = row.revision + 1, clock.now()
        row.document = to_document(replace(known, name="Theirs"))
        uow.session.add(row)
    assert (hand.timeline.name, hand.now().revision) == ("Theirs", 3)
    hand.edit(marker("More"), revision=3)
    assert (stored(hand)["name"], marks(hand)) == ("Theirs", ["Mine", "More"])


def test_what_was_not_kept_is_not_remembered(hand: Hand) -> None:
    with pytest.raises(RuntimeError), unit_of_work() as uow:
        edit = [from_json(marker("Lost"))]
        made = timelines.edit_timeline(uow, hand.owner, hand.id, edit, revision=1)
        assert made.revision == 2
        assert timelines.get_timeline(uow, hand.owner, hand.id).timeline.markers[0].name == "Lost"
        raise RuntimeError
    assert marks(hand) == []
    assert hand.edit(marker("Kept"), revision=1).revision == 2
    assert marks(hand) == ["Kept"]
    assert from_document(stored(hand)) == hand.timeline


def test_what_was_only_tried_is_not_remembered(hand: Hand) -> None:
    with unit_of_work() as uow:
        with uow.trial():
            timelines.edit_timeline(uow, hand.owner, hand.id, [from_json(marker("Tried"))], revision=1)
        assert timelines.get_timeline(uow, hand.owner, hand.id).revision == 1
    assert (marks(hand), stored(hand)) == ([], to_document(hand.timeline))
