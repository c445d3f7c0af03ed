"""What the panes beside a cut ask for: made of the cut as it was seen, once for a key, whoever has acted since."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from studio.core.db import reading, unit_of_work
from studio.core.errors import Conflict, Invalid, NotFound
from studio.engine.editing import ops
from studio.engine.timeline import Clip
from studio.timelines import service as timelines
from studio.timelines.views import TimelineEdit
from studio.timelines.wishes import Wish, names, told
from tests.factories.hand import Hand, make_hand

pytestmark = pytest.mark.services


@pytest.fixture
def hand(database: str, tmp_path: Path) -> Hand:
    return make_hand(tmp_path)


def ask(hand: Hand, op: str, *, revision: int = 0, key: str = "", by: Any = None, **fields: Any) -> TimelineEdit:
    asked = [told({"op": op, **fields})]
    with unit_of_work() as uow:
        seen = revision or hand.now().revision
        return timelines.edit_timeline(uow, by or hand.owner, hand.id, asked, revision=seen, key=key)


def scale(hand: Hand, value: float, **more: Any) -> TimelineEdit:
    fields: dict[str, Any] = {"group": "transform", "name": "scale", "value": value, "frame": 0}
    return ask(hand, "set_property", clips=[hand.pictures()[0].id], **fields, **more)


def shot(hand: Hand) -> Clip:
    return hand.pictures()[0]


def width(hand: Hand) -> object:
    transform = shot(hand).transform
    return transform and transform.scale_x


def test_no_wish_is_called_as_an_edit_is() -> None:
    assert not set(names()) & set(ops())


def test_a_wish_that_is_sent_again_is_granted_once(hand: Hand) -> None:
    first = scale(hand, 120, revision=1, key="k1")
    assert (first.revision, first.label) == (2, f"scale of {shot(hand).name}")
    assert scale(hand, 120, revision=1, key="k1") == first
    assert (hand.now().revision, width(hand)) == (2, 1.2)


def test_of_what_one_sets_twice_before_one_saw_the_first_the_last_holds(hand: Hand) -> None:
    scale(hand, 120, revision=1, key="k1")
    scale(hand, 140, revision=1, key="k2")
    assert (hand.now().revision, width(hand)) == (3, 1.4)
    hand.undo()
    assert width(hand) == 1.2


def test_what_somebody_else_has_set_meanwhile_is_not_overridden(hand: Hand) -> None:
    scale(hand, 120, revision=1, by=hand.ben)
    with pytest.raises(Conflict, match="has been changed") as refused:
        scale(hand, 140, revision=1)
    assert (refused.value.code, width(hand)) == ("cut_changed", 1.2)
    ask(
        hand,
        "set_property",
        revision=1,
        clips=[shot(hand).id],
        group="transform",
        name="transform.rotation",
        value=9,
        frame=0,
    )
    transform = shot(hand).transform
    assert transform is not None and (transform.scale_x, transform.rotation) == (1.2, 9.0)


def test_words_are_those_that_were_seen(hand: Hand) -> None:
    with reading() as uow:
        first, *_, last = timelines.words_of(uow, hand.owner, hand.id)
    frames = hand.timeline.frames
    ask(hand, "take_words", revision=1, ranges=[[first.start, first.end]], ripple=True)
    ask(hand, "take_words", revision=1, ranges=[[last.start, last.end]], ripple=True)
    assert hand.timeline.frames == frames - (first.end - first.start) - (last.end - last.start)
    with pytest.raises(Conflict):
        ask(hand, "take_words", ranges=[[last.start, last.end]], ripple=True)


def test_what_is_so_already_is_no_act(hand: Hand) -> None:
    scale(hand, 100)
    ask(hand, "set_time", clips=[shot(hand).id], which="length", value=" ")
    assert hand.now().revision == 1


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ({"op": "set_property", "clips": ["a"], "group": "g", "name": "n", "frame": 0}, "value"),
        ({"op": "set_property", "clips": "a", "group": "g", "name": "n", "frame": 0, "value": 1}, "clips"),
        ({"op": "take_words", "ranges": [[1, "2"]], "ripple": True}, "ranges.0.1"),
        ({"op": "take_fillers", "all": True}, "all"),
        ({"op": "set_time", "clips": ["a"], "which": "middle", "value": "1"}, "which"),
        ({"op": "nothing there is"}, "op"),
    ],
)
def test_what_is_no_wish_is_refused_by_its_place(asked: dict[str, Any], place: str) -> None:
    with pytest.raises(Invalid) as refused:
        told(asked)
    assert refused.value.field == place


def test_a_wish_stands_alone_and_names_what_is_there(hand: Hand) -> None:
    wish = Wish("take_fillers")
    with pytest.raises(Invalid, match="alone"), unit_of_work() as uow:
        timelines.edit_timeline(uow, hand.owner, hand.id, [wish, wish], revision=1)
    with pytest.raises(Invalid, match="Choose a clip first"):
        ask(hand, "add_effect", clips=["nowhere"], code="blur")
    with pytest.raises(Invalid, match="no such LUT"):
        ask(hand, "lay_lut", clips=[shot(hand).id], sha256="0" * 64)
    with pytest.raises(NotFound):
        ask(hand, "choose_transition", track="nowhere", at=3, kind="dissolve")
    assert hand.now().revision == 1
