"""Templates of a project: kept, named, laid into cuts as one act, filled anew there, and taken back like any other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from studio.core.db import UnitOfWork, reading, unit_of_work
from studio.core.errors import Conflict, Forbidden, Invalid, LimitReached, NotFound
from studio.engine.timeline import Clip
from studio.engine.timeline.looks import Text
from studio.projects.models import Member
from studio.timelines import service as timelines
from studio.timelines.service.templates import keeping
from studio.timelines.templates import uses_in
from studio.timelines.views import TimelineEdit
from tests.factories.hand import Hand, make_hand
from tests.factories.studio import make_stranger

pytestmark = pytest.mark.services


@pytest.fixture
def hand(database: str, tmp_path: Path) -> Hand:
    return make_hand(tmp_path)


def use(hand: Hand, template: str, values: dict[str, Any], *, at: int = 24, revision: int = 0) -> TimelineEdit:
    with unit_of_work() as uow:
        return timelines.use_template(
            uow, hand.owner, hand.id, template, values, at=at, revision=revision or hand.now().revision
        )


def words(hand: Hand) -> list[str]:
    return [c.made.text for t in hand.timeline.tracks for c in t.clips if isinstance(c.made, Text) and c.group]


def the_use(hand: Hand) -> str:
    return next(iter(uses_in(hand.timeline)))


def picture(hand: Hand) -> Clip:
    return next(clip for clip in hand.pictures() if clip.media)


def test_a_template_is_one_act_that_can_be_taken_back(hand: Hand) -> None:
    before = hand.timeline
    done = use(hand, "lower-third", {"name": "Ann Lee", "role": "Skipper"})
    assert (done.label, done.revision) == ("Lay down Lower third", 2)
    assert sorted(words(hand)) == ["Ann Lee", "Skipper"]
    hand.undo()
    assert hand.timeline == before
    hand.redo()
    assert sorted(words(hand)) == ["Ann Lee", "Skipper"]


def test_a_poster_may_show_pictures_of_the_project_where_a_template_is_empty(hand: Hand) -> None:
    def shown(values: dict[str, str], *, sampled: bool) -> set[str]:
        with reading() as uow:
            _, piece = timelines.poster_piece(
                uow, hand.owner, hand.board.project_id, "split-screen", values, sampled=sampled
            )
        return {clip.media for track in piece.tracks for clip in track.clips if clip.media}

    panels = {clip.media for clip in hand.pictures()}
    assert shown({}, sampled=False) == set()
    found = shown({}, sampled=True)
    assert len(found) == 2
    assert found <= panels
    chosen = min(panels - found, default=min(panels))
    assert chosen in shown({"first": chosen}, sampled=True)


def test_pictures_of_the_project_fill_it_and_others_do_not(hand: Hand) -> None:
    sha = picture(hand).media
    with pytest.raises(Invalid) as empty:
        use(hand, "split-screen", {"first": sha})
    assert empty.value.field == "second"
    with pytest.raises(Invalid) as foreign:
        use(hand, "split-screen", {"first": sha, "second": "e" * 64})
    assert foreign.value.field == "second"
    use(hand, "split-screen", {"first": sha, "second": sha})
    shown = [c for t in hand.timeline.tracks for c in t.clips if c.media == sha and c.link.startswith("template:")]
    assert len(shown) == 2 and all(c.crop for c in shown)


def test_its_values_are_changed_later_where_it_lies(hand: Hand) -> None:
    use(hand, "lower-third", {"name": "Ann Lee", "role": "Skipper"}, at=30)
    name, tracks = the_use(hand), len(hand.timeline.tracks)
    with unit_of_work() as uow:
        done = timelines.change_use(uow, hand.owner, hand.id, name, {"name": "Noa Stern", "length": 8}, revision=2)
    assert done.label == "Change Lower third"
    assert sorted(words(hand)) == ["Noa Stern", "Skipper"]
    now = uses_in(hand.timeline)[name]
    assert (now.at, len(hand.timeline.tracks)) == (30, tracks)
    with reading() as uow:
        found = timelines.find_use(uow, hand.owner, hand.id, now.clips[0])
        assert timelines.find_use(uow, hand.owner, hand.id, hand.pictures()[0].id) is None
    assert found is not None and found.values["name"] == "Noa Stern" and found.values["role"] == "Skipper"
    hand.undo()
    assert sorted(words(hand)) == ["Ann Lee", "Skipper"]
    with unit_of_work() as uow, pytest.raises(NotFound):
        timelines.change_use(uow, hand.owner, hand.id, "nothing", {}, revision=hand.now().revision)


def test_a_page_that_is_a_step_behind_still_lays_it(hand: Hand) -> None:
    hand.edit({"op": "set_track", "track": "v1", "fields": {"name": "Pictures"}}, by=hand.ben)
    use(hand, "lower-third", {"name": "Ann Lee"}, revision=1)
    assert "Ann Lee" in words(hand)
    with pytest.raises(Conflict):
        use(hand, "lower-third", {}, revision=99)


def test_clips_are_kept_as_a_template_and_used_again(hand: Hand) -> None:
    use(hand, "news-strap", {"headline": "Fog"})
    clip = uses_in(hand.timeline)[the_use(hand)].clips[0]
    with unit_of_work() as uow:
        kept = timelines.save_template(uow, hand.owner, hand.id, [clip], name="  Our strap ", about="For the news")
    assert (kept.name, kept.seconds, kept.ours) == ("Our strap", 9.0, False)
    with reading() as uow:
        cards = timelines.list_templates(uow, hand.ben, hand.board.project_id)
        template = timelines.get_template(uow, hand.ben, hand.board.project_id, kept.id)
    assert [card.id for card in cards][-1] == kept.id and sum(card.ours for card in cards) == 12
    headline = next(p for p in template.parameters if p.default == "Fog")
    use(hand, kept.id, {headline.name: "Gale"}, at=400)
    assert words(hand).count("Fog") == 1 and words(hand).count("Gale") == 1


def test_a_shot_with_its_picture_makes_a_template_another_picture_fills(hand: Hand) -> None:
    clip = picture(hand)
    with unit_of_work() as uow:
        kept = timelines.save_template(uow, hand.owner, hand.id, [clip.id], name="A shot")
    with reading() as uow:
        template = timelines.get_template(uow, hand.owner, hand.board.project_id, kept.id)
    slot = next(p for p in template.parameters if p.kind == "media")
    other = next(c.media for c in hand.pictures() if c.media and c.media != clip.media)
    use(hand, kept.id, {slot.name: other})
    new = [c for t in hand.timeline.tracks for c in t.clips if c.link.startswith(f"template:{kept.id}")]
    assert [c.media for c in new] == [other]


def test_names_are_changed_templates_go_and_ours_stay(hand: Hand) -> None:
    with unit_of_work() as uow:
        kept = timelines.save_template(uow, hand.owner, hand.id, [picture(hand).id], name="One")
        assert timelines.change_template(uow, hand.owner, kept.id, name="Two").name == "Two"
        for broken in ("", "x" * 101):
            with pytest.raises(Invalid):
                timelines.change_template(uow, hand.owner, kept.id, name=broken)
        with pytest.raises(Invalid):
            timelines.delete_template(uow, hand.owner, "quote")
        timelines.delete_template(uow, hand.owner, kept.id)
        with pytest.raises(NotFound):
            timelines.change_template(uow, hand.owner, kept.id, name="Three")
    with reading() as uow:
        assert all(card.ours for card in timelines.list_templates(uow, hand.owner, hand.board.project_id))


def test_nothing_chosen_or_too_many_make_no_template(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    with unit_of_work() as uow, pytest.raises(Invalid):
        timelines.save_template(uow, hand.owner, hand.id, [], name="None")
    monkeypatch.setattr(keeping, "MOST", 0)
    with unit_of_work() as uow, pytest.raises(LimitReached):
        timelines.save_template(uow, hand.owner, hand.id, [picture(hand).id], name="One")


def test_strangers_see_none_and_viewers_change_none(hand: Hand) -> None:
    with unit_of_work() as uow:
        kept = timelines.save_template(uow, hand.owner, hand.id, [picture(hand).id], name="One")
        guest = make_stranger(uow)
    changes: list[Callable[[UnitOfWork], object]] = [
        lambda uow: timelines.use_template(uow, guest, hand.id, "quote", {}, at=0, revision=1),
        lambda uow: timelines.save_template(uow, guest, hand.id, [picture(hand).id], name="Two"),
        lambda uow: timelines.change_template(uow, guest, kept.id, name="Two"),
        lambda uow: timelines.delete_template(uow, guest, kept.id),
    ]
    for kind in (NotFound, Forbidden):
        for change in changes:
            with unit_of_work() as uow, pytest.raises(kind):
                change(uow)
        if kind is NotFound:
            with reading() as uow, pytest.raises(NotFound):
                timelines.list_templates(uow, guest, hand.board.project_id)
            with unit_of_work() as uow:
                uow.session.add(Member(project_id=hand.board.project_id, user_id=guest.user_id, role="viewer"))
    with reading() as uow:
        assert len(timelines.list_templates(uow, guest, hand.board.project_id)) == 13


def test_a_drawing_of_the_board_is_cut_to_its_place_by_its_own_shape(hand: Hand) -> None:
    clips = hand.pictures()
    use(hand, "split-screen", {"first": clips[0].media, "second": clips[1].media})
    shown = [
        c for t in hand.timeline.tracks for c in t.clips if c.group and c.media in (clips[0].media, clips[1].media)
    ]
    assert len(shown) == 2
    for clip in shown:  # half the frame shows half of a picture of the frame's shape
        assert clip.crop is not None
        assert 1 - clip.crop.left - clip.crop.right == pytest.approx(0.5, abs=0.02)
