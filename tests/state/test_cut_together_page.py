"""Together in the Cut room: where this page is is told, others are shown, clips are held; and the history of a cut in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

import app.pages
from jobs.presence.together import Place
from state.cut.checks import checks_of
from state.cut.past.comparing import CutCompareState, told
from state.cut.past.history import CutHistoryState
from state.cut.room import CutRoomState
from state.cut.together import CutTogetherState
from state.hub import hub
from state.notices import NoticesState
from studio.accounts.models import User
from studio.accounts.service.sessions import begin
from studio.core.db import unit_of_work
from studio.engine.time import Rate
from studio.timelines.views import CheckView, ClipChange
from studio.timelines.views import Place as At
from tests.factories.hand import Hand, make_hand
from tests.state.conftest import Tab, tab

pytestmark = pytest.mark.services


@pytest.fixture
def hand(embedded: str, tmp_path: Path) -> Hand:
    return make_hand(tmp_path)


@pytest.fixture
def stood(monkeypatch: pytest.MonkeyPatch) -> list[Place]:
    """What this page said of itself; "b" is held by somebody else, who is here."""
    said: list[Place] = []

    async def stand(_token: str, _cut: str, place: Place) -> None:
        said.append(place)

    async def hold(_token: str, _cut: str, clips: Sequence[str], _user: str) -> tuple[str, ...]:
        return tuple(clip for clip in clips if clip != "b")

    async def beside(_cut: str) -> list[Place]:
        return [Place("u2", "Noor Kane", 40, ("b",), ("b",), "moving", 7), *said[-1:]]

    monkeypatch.setattr(hub, "stand", stand)
    monkeypatch.setattr(hub, "hold", hold)
    monkeypatch.setattr(hub, "beside", beside)
    return said


def opened(hand: Hand) -> Tab:
    with unit_of_work() as uow:
        user = uow.session.get(User, hand.owner.user_id)
        assert user is not None
        secret = begin(uow, user, agent="test", address="127.0.0.1").token
    assert app.pages.PAGES  # all states are known before a tab has its own
    it = tab(secret, path=f"/p/{hand.board.project_id}/cut", project_id=hand.board.project_id)
    it.call(CutRoomState, "load")
    return it


def test_a_page_tells_where_it_is_and_shows_the_others_but_not_itself(hand: Hand, stood: list[Place]) -> None:
    it = opened(hand)
    it.call(CutTogetherState, "stand", frame=12, clips=["a", "x" * 200])
    assert (stood[-1].user_id, stood[-1].frame, stood[-1].clips) == (hand.owner.user_id, 12, ("a",))
    (other,) = it.get(CutTogetherState).others
    assert (other.name, other.initials, other.frame, other.held) == ("Noor Kane", "NK", 40, ("b",))
    assert other.said == "Noor Kane is moving this"


def test_only_what_nobody_else_holds_is_held_until_it_is_let_go(hand: Hand, stood: list[Place]) -> None:
    it = opened(hand)
    it.call(CutTogetherState, "hold", clips=["a", "b"], doing="moving")
    assert (stood[-1].held, stood[-1].doing, stood[-1].beat > 0) == (("a",), "moving", True)
    it.call(CutTogetherState, "let_go")
    assert (stood[-1].held, stood[-1].doing, stood[-1].beat) == ((), "", 0)


def test_an_edit_lets_go_of_what_was_held_also_when_it_is_refused(hand: Hand, stood: list[Place]) -> None:
    it = opened(hand)
    for ops in (
        [{"op": "add_marker", "marker": {"frame": 3, "name": "Mine"}}],
        [{"op": "remove_track", "track": "no"}],
    ):
        it.call(CutTogetherState, "hold", clips=["a"], doing="moving")
        assert stood[-1].held == ("a",)
        it.call(CutRoomState, "edit", revision=0, ops=ops, label="", ticket=1)
        assert stood[-1].held == ()


def test_what_is_wrong_many_times_is_told_once() -> None:
    gap = CheckView("gap", False, 48, 60, "12 frames show nothing.")
    found = checks_of(
        [gap, replace(gap, start=108), CheckView("missing", True, 9, 20, "A file is missing."), replace(gap, start=168)]
    )
    assert [(each.told, each.times, each.frame) for each in found] == [
        ("12 frames show nothing.", 3, 48),
        ("A file is missing.", 1, 9),
    ]
    bare = CheckView("missing", True, 0, 24, "“1A” has no picture yet.")
    (first,) = checks_of([bare, replace(bare, start=24, told="“1B” has no picture yet.")])
    assert (first.told, first.times, first.frame) == ("“1A” has no picture yet.", 2, 0)


def test_acts_stand_by_the_hour_and_ones_own_can_be_undone(hand: Hand, stood: list[Place]) -> None:
    clip = hand.pictures()[0].id
    hand.edit({"op": "add_marker", "marker": {"frame": 3, "name": "Mine"}})
    hand.edit({"op": "set_clip", "clip": clip, "fields": {"opacity": 0.5}}, by=hand.ben)
    hand.undo(hand.ben)
    it = opened(hand)
    it.call(CutHistoryState, "show")
    lines = it.get(CutHistoryState).lines
    assert [(line.revision, line.by, line.mine, line.off) for line in lines] == [
        (4, "Ben", False, False),
        (3, "Ben", False, True),
        (2, "You", True, False),
    ]
    assert lines[0].told.startswith("Undid: ")
    assert lines[0].hour.startswith(("Today", "Yesterday"))
    it.call(CutHistoryState, "undo", revision=2)
    newest, *_, mine = it.get(CutHistoryState).lines
    assert (newest.told, newest.by, mine.off, mine.mine) == (f"Undid: {mine.told.lower()}", "You", True, False)
    assert "Mine" not in [marker.name for marker in hand.timeline.markers]


def test_the_past_is_seen_kept_compared_put_back_and_opened_as_a_cut_of_its_own(hand: Hand, stood: list[Place]) -> None:
    begun, clip = hand.timeline, hand.pictures()[0]
    it = opened(hand)
    it.call(CutHistoryState, "show")
    it.call(CutHistoryState, "keep", form={"name": "As begun"})
    hand.edit({"op": "trim", "clip": clip.id, "edge": "out", "by": -12, "ripple": True, "across": ["v1"]})
    it.call(CutHistoryState, "show")
    it.call(CutHistoryState, "see", revision=2)
    history = it.get(CutHistoryState)
    assert (history.at, history.told.split(",")[0], history.latest) == (2, f"Trim {clip.name}", 2)
    it.call(CutHistoryState, "see", revision=9)
    assert it.get(NoticesState).items[-1].text == "This cut has no such revision."
    it.call(CutCompareState, "compare", form={"first": "1", "second": "0"})
    found = it.get(CutCompareState)
    assert [(d.name, d.became) for d in found.differences] == [(clip.name, "length")]
    assert found.differences[0].told.startswith("12 fr shorter")
    assert found.differences[0].picture.endswith("size=thumbnail")
    it.call(CutHistoryState, "see", revision=1)
    assert it.get(CutHistoryState).told == "As it was begun"
    it.call(CutHistoryState, "put_back")
    assert (hand.timeline, it.get(CutHistoryState).at, hand.now().revision) == (begun, 0, 3)
    it.call(CutHistoryState, "open_copy", revision=2)
    room = it.get(CutRoomState)
    assert (room.cut != hand.id, room.facts.name) == (True, "By hand, revision 2")


def test_what_became_of_a_clip_is_said_in_words() -> None:
    rate = Rate(24)
    cases: list[tuple[ClipChange, str]] = [
        (ClipChange("a", "A", "came", None, At(48, 36)), "new at 0:02:00, 1.5 s"),
        (ClipChange("a", "A", "went", At(48, 12), None), "gone; it was at 0:02:00, 12 fr"),
        (ClipChange("a", "A", "moved", At(0, 24), At(1450, 24)), "from 0:00:00 to 1:00:10"),
        (ClipChange("a", "A", "length", At(0, 24), At(0, 72)), "2.0 s longer: 1.0 s → 3.0 s"),
        (ClipChange("a", "A", "sound", At(0, 24, 0.0), At(0, 24, -6.0)), "−6.0 dB: 0.0 → −6.0"),
        (ClipChange("a", "A", "changed", At(0, 24), At(0, 24)), "changed, at 0:00:00"),
    ]
    for change, words in cases:
        assert told(change, rate) == words
