"""Cuts by hand: begun, edited, undone whatever others do, looked back on, and one with their board when asked."""

from __future__ import annotations

import random
import threading
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from studio.accounts.views import Actor
from studio.core.db import reading, unit_of_work
from studio.core.errors import Conflict, Forbidden, Invalid, LimitReached, NotFound, StudioError
from studio.engine.editing import apply, from_json
from studio.engine.editing.patch import patched
from studio.engine.time import Rate
from studio.engine.timeline import from_document
from studio.projects.models import Member
from studio.storyboards import service as storyboards
from studio.storyboards.views import ShotFields
from studio.timelines import service as timelines
from studio.timelines.models import TimelineEditRow, TimelineRow
from studio.timelines.service.hand.acting import patch_from
from tests.factories.boards import shots_of
from tests.factories.hand import Hand, make_hand
from tests.factories.studio import make_stranger

pytestmark = pytest.mark.services


@pytest.fixture
def hand(database: str, tmp_path: Path) -> Hand:
    return make_hand(tmp_path)


CLOSE_UP: dict[str, Any] = {"op": "ripple_delete", "across": ["v1"]}


def trim(clip: str, by: int, **more: Any) -> dict[str, Any]:
    return {"op": "trim", "clip": clip, "edge": "out", "by": by, "ripple": True, "across": ["v1"], **more}


def test_a_cut_begun_from_the_board_is_the_boards_and_then_goes_its_own_way(hand: Hand) -> None:
    with reading() as uow:
        live = timelines.find_cut(uow, hand.owner, hand.board.script_id)
    assert live is not None
    mine = hand.now()
    assert (mine.by_hand, mine.live, mine.revision, mine.script_id) == (True, False, 1, hand.board.script_id)
    assert mine.timeline == replace(live.timeline, name="By hand")
    clip = hand.pictures()[0]
    done = hand.edit(trim(clip.id, -7))
    assert (done.from_revision, done.revision, done.seq, done.label) == (1, 2, 2, f"trim {clip.name}")
    assert (done.frames, done.kept) == (done.frames_before - 7, True)
    assert [(c.clip, c.became) for c in done.changes] == [(clip.id, "length")]
    assert hand.now().timeline == patched(mine.timeline, patch_from(done.patch))
    with reading() as uow:
        assert timelines.find_cut(uow, hand.owner, hand.board.script_id) == live
        cards = timelines.list_timelines(uow, hand.owner, hand.board.project_id)
        assert [(card.name, card.live, card.revision) for card in cards] == [
            ("By hand", False, 2),
            (live.name, True, live.revision),
        ]
        newest = timelines.latest(uow, hand.owner, hand.board.project_id)
    assert newest is not None and newest.id == live.id


def test_a_trial_tells_the_same_and_keeps_nothing(hand: Hand) -> None:
    clip = hand.pictures()[1]
    before = hand.now()
    tried = hand.edit(trim(clip.id, -5), CLOSE_UP | {"clips": [hand.pictures()[0].id]}, dry_run=True)
    assert hand.now() == before
    assert (tried.kept, tried.seq, tried.revision) == (False, None, 1)
    done = hand.edit(trim(clip.id, -5), CLOSE_UP | {"clips": [hand.pictures()[0].id]})
    assert (done.patch, done.changes, done.label) == (tried.patch, tried.changes, tried.label)


def test_an_empty_cut_has_a_picture_and_a_sound_track_and_a_copy_what_it_was_made_of(hand: Hand) -> None:
    project = hand.board.project_id
    with unit_of_work() as uow:
        empty = timelines.create_timeline(
            uow, hand.ben, project, name=" Rough \n cut ", begin="empty", rate=Rate(25), width=1080, height=1920
        )
        copy = timelines.create_timeline(uow, hand.ben, project, name="Copy", begin="copy", timeline_id=hand.id)
    assert (empty.name, [track.name for track in empty.timeline.tracks]) == ("Rough cut", ["Picture", "Sound"])
    assert (empty.timeline.rate, empty.timeline.width, empty.timeline.height) == (Rate(25), 1080, 1920)
    assert (copy.revision, copy.timeline.tracks) == (1, hand.timeline.tracks)
    with unit_of_work() as uow:
        assert timelines.behind_board(uow, hand.ben, copy.id) == 0
        assert timelines.merge_board(uow, hand.ben, copy.id).taken == ()
        with pytest.raises(Conflict) as none:
            timelines.merge_board(uow, hand.ben, empty.id)
    assert none.value.code == "no_board"


def test_what_cannot_be_begun_is_refused(hand: Hand) -> None:
    project = hand.board.project_id
    wrong: tuple[dict[str, Any], ...] = (
        {"name": " ", "begin": "empty"},
        {"name": "x" * 101, "begin": "empty"},
        {"name": "x", "begin": "copy"},
        {"name": "x", "begin": "board", "rate": Rate(25)},
        {"name": "x", "begin": "empty", "width": 0, "height": 99_999},
    )
    for each in wrong:
        with unit_of_work() as uow, pytest.raises(Invalid):
            timelines.create_timeline(uow, hand.owner, project, **each)
    with unit_of_work() as uow:
        stranger = make_stranger(uow)
        with pytest.raises(NotFound):
            timelines.create_timeline(uow, stranger, project, name="x", begin="empty")
        with pytest.raises(NotFound):
            timelines.create_timeline(uow, hand.owner, project, name="x", begin="copy", timeline_id="none")


def test_only_who_may_change_the_project_edits_and_others_see_or_do_not(hand: Hand) -> None:
    with unit_of_work() as uow:
        stranger = make_stranger(uow)
    with pytest.raises(NotFound):
        hand.edit(trim(hand.pictures()[0].id, -1), by=stranger)
    with unit_of_work() as uow:
        uow.session.add(Member(project_id=hand.board.project_id, user_id=stranger.user_id, role="viewer"))
    assert hand.now(stranger).revision == 1
    with pytest.raises(Forbidden):
        hand.edit(trim(hand.pictures()[0].id, -1), by=stranger)
    with reading() as uow:
        view = timelines.view_of(uow, stranger, hand.id)
    assert (view.editable, view.me) == (False, stranger.user_id)


def test_a_page_that_is_behind_is_rebased_where_its_clips_are_as_they_were_and_told_who_did_what_otherwise(
    hand: Hand,
) -> None:
    first, second, *_ = hand.pictures()
    hand.edit(trim(first.id, -6), by=hand.ben)
    done = hand.edit(trim(second.id, -4), revision=1)
    assert (done.from_revision, done.revision) == (2, 3)
    now = {clip.id: clip for clip in hand.pictures()}
    assert (now[first.id].frames, now[second.id].frames) == (first.frames - 6, second.frames - 4)
    assert now[second.id].start == second.start - 6
    with pytest.raises(Conflict, match=f"Ben: trim {first.name}") as refused:
        hand.edit(trim(first.id, -3), revision=1)
    assert refused.value.code == "cut_changed"
    with pytest.raises(Conflict) as ahead:
        hand.edit(trim(first.id, -3), revision=9)
    assert ahead.value.code == "cut_changed"
    assert hand.now().revision == 3


def test_what_is_no_edit_of_a_person_is_refused(hand: Hand) -> None:
    clip = hand.pictures()[0]
    done = hand.edit(trim(clip.id, -1))
    patch = {"op": "patch", "patch": done.patch}
    alien = {"id": "x", "name": "Alien", "media": "9" * 64, "start": 0, "frames": 5}
    for edits in (
        [patch],
        [{"op": "batch", "edits": [patch]}],
        [{"op": "insert", "track": "v1", "at": 0, "clips": [alien]}],
    ):
        with pytest.raises(Invalid):
            hand.edit(*edits)
    with pytest.raises(Invalid, match="Alien is not in this project"):
        hand.edit({"op": "insert", "track": "v1", "at": 0, "clips": [alien]})
    with pytest.raises(Invalid):
        hand.edit({"op": "set_clip", "clip": clip.id, "fields": {"media": "9" * 64}})
    with pytest.raises(Invalid):
        hand.edit()
    with pytest.raises(LimitReached):
        hand.edit({"op": "batch", "edits": [trim(clip.id, -1)] * 1000}, trim(clip.id, -1))
    assert hand.now().revision == 2


def test_the_cut_of_a_board_and_a_films_copy_are_not_edited_by_hand(hand: Hand) -> None:
    with unit_of_work() as uow:
        live = timelines.find_cut(uow, hand.owner, hand.board.script_id)
        assert live is not None
        kept = timelines.keep_for_film(uow, hand.owner, hand.id)
        again = timelines.keep_for_film(uow, hand.owner, hand.id)
    assert (kept.id == again.id, kept.by_hand, kept.live, kept.id == hand.id) == (True, False, False, False)
    for timeline_id in (live.id, kept.id):
        with unit_of_work() as uow, pytest.raises(Conflict) as refused:
            timelines.edit_timeline(uow, hand.owner, timeline_id, [from_json(trim("a", 1))], revision=1)
        assert refused.value.code == "not_by_hand"
    before = hand.now()
    hand.edit(trim(hand.pictures()[0].id, -2))
    with unit_of_work() as uow:
        later = timelines.keep_for_film(uow, hand.owner, hand.id)
        assert timelines.get_timeline(uow, hand.owner, kept.id).timeline == before.timeline
    assert later.id != kept.id


def test_one_undoes_ones_own_acts_and_does_them_again_past_those_of_others(hand: Hand) -> None:
    first, second, *_ = hand.pictures()
    start = hand.timeline
    hand.edit(trim(first.id, -6))
    hand.edit({"op": "set_clip", "clip": second.id, "fields": {"opacity": 0.5}}, by=hand.ben)
    with reading() as uow:
        assert timelines.undoable(uow, hand.owner, hand.id).undo == f"trim {first.name}"
        assert timelines.undoable(uow, hand.ben, hand.id).undo == f"opacity of {second.name}"
    undone = hand.undo()
    assert undone.label == f"trim {first.name}"
    now = {clip.id: clip for clip in hand.pictures()}
    assert (now[first.id].frames, now[second.id].opacity) == (first.frames, 0.5)
    with pytest.raises(Conflict) as nothing:
        hand.undo()
    assert nothing.value.code == "nothing_to_undo"
    hand.redo()
    assert {clip.id: clip for clip in hand.pictures()}[first.id].frames == first.frames - 6
    hand.undo()
    hand.undo(hand.ben)
    assert hand.timeline == start
    hand.redo(hand.ben)
    hand.redo()
    with pytest.raises(Conflict) as none:
        hand.redo()
    assert none.value.code == "nothing_to_redo"


def test_an_act_somebody_has_built_upon_is_not_undone_and_they_are_named(hand: Hand) -> None:
    first = hand.pictures()[0]
    hand.edit(trim(first.id, -6))
    hand.edit(trim(first.id, -2), by=hand.ben)
    with pytest.raises(Conflict, match=f"{first.name} has been changed .*Ben: trim"):
        hand.undo()
    hand.undo(hand.ben)
    hand.undo()
    assert hand.pictures()[0].frames == first.frames


def test_an_older_act_is_undone_past_later_ones_or_what_stands_in_the_way_is_named(hand: Hand) -> None:
    first, second, third = hand.pictures()[:3]
    hand.edit(trim(first.id, -6))
    hand.edit(trim(second.id, -3))
    hand.edit(trim(third.id, -2), by=hand.ben)
    hand.edit({"op": "set_clip", "clip": second.id, "fields": {"opacity": 0.5}})
    undone = hand.undo(revision=2)
    assert (undone.label, hand.pictures()[0].frames) == (f"trim {first.name}", first.frames)
    assert [clip.frames for clip in hand.pictures()[1:3]] == [second.frames - 3, third.frames - 2]
    assert hand.redo().label == f"trim {first.name}"
    hand.edit(trim(first.id, -1), by=hand.ben)
    hand.edit(trim(third.id, -1))
    with pytest.raises(Conflict, match=f"{first.name} has been changed .*In the way: Ben: trim {first.name}.$"):
        hand.undo(revision=2)
    for not_mine in (4, 6, 99):
        with pytest.raises(Conflict) as none:
            hand.undo(revision=not_mine)
        assert none.value.code == "nothing_to_undo"


def random_edit(dice: random.Random, hand: Hand) -> dict[str, Any]:
    clips = hand.pictures()
    clip = dice.choice(clips)
    return dice.choice(
        [
            trim(clip.id, dice.randint(-9, 9)),
            {"op": "split", "clip": clip.id, "at": clip.start + dice.randint(1, max(1, clip.frames - 1))},
            {"op": "move", "clips": [clip.id], "by": dice.randint(-20, 20), "over": True},
            {"op": "set_clip", "clip": clip.id, "fields": {"opacity": dice.randint(1, 9) / 10}},
            {"op": "add_marker", "marker": {"frame": dice.randint(0, 500), "name": f"m{dice.random()}"}},
            {"op": "roll", "clip": clip.id, "by": dice.randint(-3, 3)},
            CLOSE_UP | {"clips": [clip.id]} if len(clips) > 6 else trim(clip.id, 2),
        ]
    )


def test_five_hundred_acts_of_two_people_are_what_their_journal_says_and_every_state_can_be_had_again(
    hand: Hand, database: str
) -> None:
    dice = random.Random(7)
    states = {1: hand.timeline}
    refused = 0
    acts_done = 500 if database.startswith("sqlite") else 100
    for _ in range(acts_done):
        who = dice.choice((hand.owner, hand.ben))
        act = dice.random()
        at = max(1, max(states) - dice.choice((0, 0, 0, 1, 3)))
        try:
            if act < 0.15:
                done = hand.undo(who)
            elif act < 0.22:
                done = hand.redo(who)
            else:
                done = hand.edit(random_edit(dice, hand), by=who, revision=at)
        except StudioError:
            refused += 1
            continue
        if done.seq is not None:
            states[done.revision] = hand.timeline
    assert refused < acts_done / 2 < len(states)
    with reading() as uow:
        row = uow.session.get(TimelineRow, hand.id)
        query = select(TimelineEditRow).where(col(TimelineEditRow.timeline_id) == hand.id)
        acts = sorted(uow.session.scalars(query), key=lambda each: each.revision)
        assert row is not None
        assert [each.revision for each in acts] == list(range(2, row.revision + 1))
        replayed = states[1]
        for each in acts:
            replayed = patched(replayed, patch_from(each.patch))
            assert replayed == states[each.revision]
            assert (
                apply(replayed, from_json({"op": "patch", "patch": each.inverse})).timeline == states[each.revision - 1]
            )
        assert replayed == from_document(row.document) == hand.timeline
        assert [each.revision for each in acts if each.document] == [
            n for n in range(2, row.revision + 1) if n % 200 == 0
        ]
        for revision in {1, 2, 47, min(199, row.revision), min(200, row.revision), row.revision - 1}:
            assert timelines.timeline_at(uow, hand.owner, hand.id, revision).timeline == states[revision]
        with pytest.raises(NotFound):
            timelines.timeline_at(uow, hand.owner, hand.id, row.revision + 1)


def test_two_who_edit_at_once_lose_nothing(hand: Hand) -> None:
    people = (hand.owner, hand.ben)
    failed: list[StudioError] = []

    def work(who: Actor, name: str) -> None:
        try:
            for n in range(15):
                hand.edit({"op": "add_marker", "marker": {"frame": n, "name": f"{name}{n}"}}, by=who, revision=1)
        except StudioError as e:
            failed.append(e)

    threads = [threading.Thread(target=work, args=(who, name)) for who, name in zip(people, "ab", strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    names = {marker.name for marker in hand.timeline.markers}
    assert {f"{name}{n}" for name in "ab" for n in range(15)} <= names
    assert hand.now().revision == 31


def test_pages_follow_by_patches_or_look_anew(hand: Hand) -> None:
    start = hand.timeline
    clip = hand.pictures()[0]
    for n in range(3):
        hand.edit(trim(clip.id, -1 - n), by=hand.ben)
    with reading() as uow:
        found = timelines.edits_since(uow, hand.owner, hand.id, 1)
        assert found is not None
        for each in found:
            start = patched(start, patch_from(each.patch))
        assert start == hand.timeline
        assert [(e.from_revision, e.revision, e.by_name, e.kind) for e in found] == [
            (1, 2, "Ben", "edit"),
            (2, 3, "Ben", "edit"),
            (3, 4, "Ben", "edit"),
        ]
        assert timelines.edits_since(uow, hand.owner, hand.id, 4) == ()
        assert timelines.edits_since(uow, hand.owner, hand.id, 5) is None
        page = timelines.list_edits(uow, hand.owner, hand.id, limit=2)
        assert ([act.revision for act in page.items], page.total) == ([4, 3], 3)
        rest = timelines.list_edits(uow, hand.owner, hand.id, before=3, limit=2)
        assert [(act.revision, act.by_name) for act in rest.items] == [(2, "Ben")]
        live = timelines.find_cut(uow, hand.owner, hand.board.script_id)
        assert live is not None
        assert timelines.edits_since(uow, hand.owner, live.id, live.revision) == ()
        assert timelines.edits_since(uow, hand.owner, live.id, live.revision - 1) is None


def test_versions_are_named_compared_and_gone_back_to(hand: Hand) -> None:
    clip = hand.pictures()[0]
    with unit_of_work() as uow:
        saved = timelines.save_version(uow, hand.ben, hand.id, " First  cut ")
    start = hand.timeline
    hand.edit(trim(clip.id, -5))
    with unit_of_work() as uow:
        assert timelines.list_versions(uow, hand.owner, hand.id) == (saved,)
        assert (saved.name, saved.revision, saved.by_name) == ("First cut", 1, "Ben")
        assert [c.clip for c in timelines.compare(uow, hand.owner, hand.id, 1, 2)] == [clip.id]
        back = timelines.restore_timeline(uow, hand.ben, hand.id, saved.revision)
        assert (back.revision, back.label) == (3, "go back to revision 1")
    assert hand.timeline == start
    with unit_of_work() as uow, pytest.raises(Conflict):
        timelines.restore_timeline(uow, hand.ben, hand.id, 1)
    with unit_of_work() as uow, pytest.raises(Invalid):
        timelines.save_version(uow, hand.ben, hand.id, "  ")
    hand.undo(hand.ben)
    assert hand.pictures()[0].frames == clip.frames - 5


def test_a_cut_is_renamed_deleted_and_brought_back(hand: Hand) -> None:
    with unit_of_work() as uow:
        timelines.rename_timeline(uow, hand.owner, hand.id, "Director's cut")
    assert (hand.now().name, hand.timeline.name) == ("Director's cut", "Director's cut")
    hand.undo()
    assert hand.now().name == "By hand"
    with unit_of_work() as uow:
        timelines.delete_timeline(uow, hand.owner, hand.id)
    with pytest.raises(NotFound):
        hand.now()
    with reading() as uow:
        assert [card.live for card in timelines.list_timelines(uow, hand.owner, hand.board.project_id)] == [True]
    with unit_of_work() as uow:
        assert timelines.bring_back_timeline(uow, hand.ben, hand.id).revision == 3
    assert hand.now().revision == 3


def test_what_is_new_on_the_board_is_laid_on_the_cut_and_what_was_done_by_hand_stays(hand: Hand) -> None:
    first, second, third, *_ = hand.pictures()
    hand.edit(trim(first.id, 11))
    shot = {clip.id: clip.link.removeprefix("shot:") for clip in (first, second, third)}
    with unit_of_work() as uow:
        storyboards.change_shot(uow, hand.ben, shot[first.id], ShotFields(frames=99))
        storyboards.change_shot(uow, hand.ben, shot[second.id], ShotFields(frames=77))
        storyboards.delete_shots(uow, hand.ben, hand.board.script_id, [shot[third.id]])
    with unit_of_work() as uow:
        assert timelines.behind_board(uow, hand.owner, hand.id) == 3
        tried = timelines.merge_board(uow, hand.owner, hand.id, dry_run=True)
    assert hand.now().revision == 2
    with unit_of_work() as uow:
        found = timelines.merge_board(uow, hand.owner, hand.id)
    assert (found.taken, found.conflicts, found.edit.patch) == (tried.taken, tried.conflicts, tried.edit.patch)
    now = {clip.id: clip for clip in hand.pictures()}
    assert (now[first.id].frames, now[second.id].frames, third.id in now) == (first.frames + 11, 77, False)
    assert [note.clip for note in found.conflicts] == [first.id]
    assert found.conflicts[0].sentence.startswith(f"{first.name} is 4:03 on the board, ")
    assert {(note.clip, note.became) for note in found.taken} >= {(second.id, "length"), (third.id, "went")}
    pictures = list(hand.timeline.clips("picture"))
    assert all(a.end == b.start for a, b in pairwise(pictures))
    with unit_of_work() as uow:
        assert timelines.behind_board(uow, hand.owner, hand.id) == 0
        assert timelines.merge_board(uow, hand.owner, hand.id).edit.seq is None
    hand.undo()
    assert {clip.id: clip for clip in hand.pictures()}[second.id].frames == second.frames
    with reading() as uow:
        assert timelines.behind_board(uow, hand.owner, hand.id) == 3
    hand.redo()
    with reading() as uow:
        assert timelines.behind_board(uow, hand.owner, hand.id) == 0
    with unit_of_work() as uow:
        timelines.restore_timeline(uow, hand.owner, hand.id, 2)
        assert timelines.behind_board(uow, hand.owner, hand.id) == 3


def test_a_page_gets_the_document_with_what_is_known_of_its_media(hand: Hand) -> None:
    with reading() as uow:
        view = timelines.view_of(uow, hand.owner, hand.id)
    assert (view.id, view.name, view.revision, view.live, view.editable) == (hand.id, "By hand", 1, False, True)
    assert from_document(view.document) == hand.timeline
    still = view.media[hand.pictures()[0].media]
    assert (still.kind, still.frames, still.sound) == ("image", None, False)
    assert {clip.media for clip in hand.pictures()} <= set(view.media)
    assert len(shots_of(hand.board)) == len({clip.link for clip in hand.pictures()})
    gone = hand.pictures()[0]
    hand.edit({"op": "lift", "clips": [gone.id]})
    with reading() as uow:
        assert gone.media not in timelines.media_of(uow, hand.owner, hand.id)
        assert timelines.media_of(uow, hand.owner, hand.id, revision=1) == view.media


def test_a_cut_of_its_own_is_begun_from_how_one_was(hand: Hand) -> None:
    begun, clip = hand.now(), hand.pictures()[0]
    hand.edit(trim(clip.id, -7))
    then = hand.timeline
    hand.edit(CLOSE_UP | {"clips": [clip.id]})
    with unit_of_work() as uow:
        branch = timelines.branch_timeline(uow, hand.ben, hand.id, 2, name="Longer")
        assert (branch.name, branch.revision, branch.by_hand) == ("Longer", 1, True)
        assert branch.timeline == replace(then, name="Longer")
        assert timelines.behind_board(uow, hand.ben, branch.id) == 0
        assert (
            timelines.branch_timeline(uow, hand.ben, hand.id, 1, name="As begun").timeline.tracks
            == begun.timeline.tracks
        )
        with pytest.raises(NotFound):
            timelines.branch_timeline(uow, hand.ben, hand.id, 9, name="Never")
    with unit_of_work() as uow, pytest.raises(NotFound):
        timelines.branch_timeline(uow, make_stranger(uow), hand.id, 1, name="x")
