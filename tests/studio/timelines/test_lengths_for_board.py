"""Lengths of shots given back to the board: one, or all that differ; the live cut follows, and it is undone on the board."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.core.db import reading, unit_of_work
from studio.core.errors import Conflict, Forbidden, NotFound
from studio.projects.models import Member
from studio.storyboards import service as storyboards
from studio.timelines import service as timelines
from studio.timelines.views import LengthsGiven, ShotLength
from tests.factories.cuts import seen
from tests.factories.hand import Hand, make_hand
from tests.factories.studio import make_stranger

pytestmark = pytest.mark.services


@pytest.fixture
def hand(database: str, tmp_path: Path) -> Hand:
    return make_hand(tmp_path)


def different(hand: Hand) -> tuple[ShotLength, ...]:
    with reading() as uow:
        return timelines.list_lengths(uow, hand.owner, hand.id)


def on_board(hand: Hand) -> dict[str, int]:
    with reading() as uow:
        found = storyboards.shot_lengths(uow, hand.owner, hand.board.script_id)
        live = {c.link: c.frames for c in seen(uow, hand.board).timeline.clips("picture") if c.link}
    assert live == {f"shot:{shot}": frames for shot, (_, frames) in found.items()}  # the live cut is one with it
    return {shot: frames for shot, (_, frames) in found.items()}


def give(hand: Hand, *shots: str) -> LengthsGiven:
    with unit_of_work() as uow:
        return timelines.give_lengths(uow, hand.owner, hand.id, shots or None)


def trim(hand: Hand, number: int, by: int) -> str:
    clip = hand.pictures()[number]
    hand.edit({"op": "trim", "clip": clip.id, "edge": "out", "by": by, "ripple": True})
    return clip.link.removeprefix("shot:")


def test_a_shot_trimmed_in_the_cut_is_as_long_on_the_board_when_it_is_given(hand: Hand) -> None:
    assert different(hand) == ()
    before = on_board(hand)
    one, two = trim(hand, 0, 20), trim(hand, 1, 11)
    assert [(each.shot_id, each.on_board, each.in_cut) for each in different(hand)] == [
        (one, before[one], before[one] + 20),
        (two, before[two], before[two] + 11),
    ]
    found = give(hand, one)
    assert [each.shot_id for each in found.given] == [one] and found.kept == ()
    assert on_board(hand) == {**before, one: before[one] + 20}
    assert [each.shot_id for each in different(hand)] == [two]
    with reading() as uow:
        assert timelines.behind_board(uow, hand.owner, hand.id) == 0  # what came from this cut is not new to it
    with unit_of_work() as uow:
        storyboards.undo(uow, hand.owner, hand.board.script_id)
    assert on_board(hand) == before


def test_all_that_differ_are_given_as_one_act(hand: Hand) -> None:
    before = on_board(hand)
    shots = [trim(hand, number, 7 + number) for number in range(3)]
    found = give(hand)
    assert (len(found.given), found.label) == (3, "lengths of 3 shots")
    assert on_board(hand) == {**before, **{shot: before[shot] + 7 + n for n, shot in enumerate(shots)}}
    with pytest.raises(Conflict, match="as long on the board already"):
        give(hand)
    with unit_of_work() as uow:
        storyboards.undo(uow, hand.owner, hand.board.script_id)
    assert on_board(hand) == before


def test_a_shot_in_which_more_is_said_keeps_its_length_and_says_why(hand: Hand) -> None:
    clips = {clip.link: n for n, clip in enumerate(hand.pictures())}
    said = next(clip.link for clip in hand.timeline.clips("voice"))
    before = on_board(hand)
    shot = trim(hand, clips[said], 5 - before[said.removeprefix("shot:")])
    found = give(hand, shot)
    assert found.given == () and "cannot be shorter than that" in found.kept[0].problem and found.seq is None
    assert on_board(hand) == before


def test_a_shot_cut_in_two_is_as_long_as_it_stands_in_one_piece(hand: Hand) -> None:
    clip = hand.pictures()[0]
    hand.edit({"op": "split", "clip": clip.id, "at": clip.start + 9})
    assert different(hand) == ()
    hand.edit({"op": "ripple_delete", "clips": [f"{clip.id}~2"]})
    assert [(each.in_cut) for each in different(hand)] == [9]


def test_a_length_the_board_got_meanwhile_still_comes_with_a_merge(hand: Hand) -> None:
    one, two = trim(hand, 0, 20), hand.pictures()[1].link.removeprefix("shot:")
    with unit_of_work() as uow:
        storyboards.time_shots(uow, hand.owner, hand.board.script_id, {two: on_board(hand)[two] + 30})
    give(hand, one)
    with unit_of_work() as uow:
        assert timelines.behind_board(uow, hand.owner, hand.id) > 0
        timelines.merge_board(uow, hand.owner, hand.id)
    assert different(hand) == ()


def test_only_who_may_edit_the_board_gives_it_anything(hand: Hand) -> None:
    trim(hand, 0, 20)
    with unit_of_work() as uow:
        stranger = make_stranger(uow)
    with reading() as uow, pytest.raises(NotFound):
        timelines.list_lengths(uow, stranger, hand.id)
    with unit_of_work() as uow:
        uow.session.add(Member(project_id=hand.board.project_id, user_id=stranger.user_id, role="viewer"))
    with unit_of_work() as uow, pytest.raises(Forbidden):
        timelines.give_lengths(uow, stranger, hand.id)
    with unit_of_work() as uow:
        empty = timelines.create_timeline(uow, hand.owner, hand.board.project_id, name="Empty", begin="empty")
    with unit_of_work() as uow, pytest.raises(Conflict, match="not begun from a board"):
        timelines.give_lengths(uow, hand.owner, empty.id)
