"""A cut edited: refused when stale with what changed, tried without a trace, kept for its film, honest about its music."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.accounts.views import Actor
from studio.core.db import reading, unit_of_work
from studio.core.errors import Conflict, Invalid, NotFound
from studio.engine.timeline import Clip, Marker, Timeline, Track
from studio.projects.models import Member
from studio.providers.port import SentenceTime, Speech
from studio.renders import service as renders
from studio.storyboards import service as storyboards
from studio.storyboards.models import Line
from studio.storyboards.views import LineBrief, ShotFields
from studio.thread import rewriting
from studio.timelines import service as timelines
from studio.timelines.by_hand import ByHand, hand_document
from studio.timelines.edits import Delete, Edit, FollowVoice, Gain, Move, Split, Trim
from studio.timelines.models import TimelineRow
from studio.timelines.views import CutEdit, TimelineDetail
from tests.factories.acts import SMALL
from tests.factories.boards import difference, rows_of, shots_of
from tests.factories.cuts import RATE, assert_one, cut_of
from tests.factories.film import Board, make_board, stored_file
from tests.factories.studio import make_stranger

pytestmark = pytest.mark.services


@pytest.fixture
def board(embedded: str) -> Board:
    return make_board(SMALL)


def now(board: Board) -> TimelineDetail:
    with reading() as uow:
        found = timelines.find_cut(uow, board.actor, board.script_id)
    assert found is not None
    return found


def picture(cut: TimelineDetail) -> list[Clip]:
    return [clip for clip in cut.timeline.clips("picture") if clip.link]


def edit(board: Board, *edits: Edit, actor: Actor | None = None, dry_run: bool = False, revision: int = 0) -> CutEdit:
    cut = now(board)
    with unit_of_work() as uow:
        return timelines.edit_cut(
            uow, actor or board.actor, cut.id, edits, revision=revision or cut.revision, dry_run=dry_run
        )


def shot_of(clip: Clip) -> str:
    return clip.link.removeprefix("shot:")


def spoken(board: Board) -> Clip:
    """A clip of the picture in which somebody speaks."""
    cut = now(board)
    voices = {clip.link for clip in cut.timeline.clips("voice")}
    return next(clip for clip in picture(cut) if clip.link in voices)


def test_what_is_done_to_the_cut_is_told_clip_by_clip_and_is_on_the_board(board: Board, tmp_path: Path) -> None:
    first, second, third, *_ = picture(cut_of(board, tmp_path))
    found = edit(board, Trim(first.id, 99), Delete((third.id,)), Move((second.id,), before=first.id))
    assert {(c.name, c.became) for c in found.changes if c.clip in (first.id, third.id)} == {
        (now(board).timeline.tracks[0].clips[2].name, "length"),
        (third.name, "went"),
    }
    shots = shots_of(board)
    assert [shot.id for shot in shots[:2]] == [shot_of(second), shot_of(first)]
    assert (shots[1].frames, shots[1].timed) == (99, True)
    assert shot_of(third) not in [shot.id for shot in shots]
    assert found.frames == now(board).timeline.frames != found.frames_before
    assert len(found.seqs) == len(found.labels) == 3
    with reading() as uow:
        assert storyboards.undoable(uow, board.actor, board.script_id).undo == found.labels[-1]
        assert_one(uow, board)


def test_a_trial_tells_the_same_and_changes_nothing(board: Board, tmp_path: Path) -> None:
    clip = picture(cut_of(board, tmp_path))[1]
    rows, before = rows_of(board), now(board)
    tried = edit(board, Split(clip.id), Delete((clip.id,)), dry_run=True)
    assert difference(rows, rows_of(board)) == {}
    assert now(board) == before
    done = edit(board, Split(clip.id), Delete((clip.id,)))
    assert (tried.kept, tried.seqs, done.kept) == (False, (), True)
    assert (tried.frames, [c.became for c in tried.changes]) == (done.frames, [c.became for c in done.changes])
    assert tried.labels == done.labels


def test_a_stale_edit_is_refused_with_what_changed_and_by_whom(board: Board, tmp_path: Path) -> None:
    cut = cut_of(board, tmp_path)
    clip = picture(cut)[0]
    with unit_of_work() as uow:
        ben = make_stranger(uow)
        uow.session.add(Member(project_id=board.project_id, user_id=ben.user_id, role="editor"))
    edit(board, Trim(clip.id, 111), actor=ben)
    with pytest.raises(Conflict, match=f": length of {clip.name}") as refused:
        edit(board, Delete((clip.id,)), revision=cut.revision)
    assert refused.value.code == "cut_changed"
    assert now(board).revision == cut.revision + 1


def test_all_edits_are_made_or_none(board: Board, tmp_path: Path) -> None:
    clip = picture(cut_of(board, tmp_path))[0]
    before = rows_of(board)
    for wrong, error in (
        (Trim(clip.id, 0), Invalid),
        (Split(clip.id, 10_000), Invalid),
        (Gain(clip.id, 3), Invalid),
        (Move((clip.id,), before=clip.id), Invalid),
        (Move((clip.id,)), Invalid),
        (Delete(("shot-none",)), NotFound),
    ):
        with pytest.raises(error):
            edit(board, Trim(clip.id, 111), wrong)
    assert rows_of(board) == before


def test_a_shot_is_trimmed_at_its_head_or_tail_as_far_as_its_voice(board: Board, tmp_path: Path) -> None:
    cut_of(board, tmp_path)
    clip = spoken(board)

    def begins() -> int:
        start = next(c.start for c in picture(now(board)) if c.id == clip.id)
        return next(c.start for c in now(board).timeline.clips("voice") if c.link == clip.link) - start

    was = begins()
    edit(board, Trim(clip.id, clip.frames + 24, "head"))
    assert begins() == was + 24
    edit(board, Trim(clip.id, clip.frames + 48, "tail"))
    assert begins() == was + 24
    with pytest.raises(Invalid, match="cannot be shorter"):
        edit(board, Trim(clip.id, 20, "tail"))


def test_a_length_set_by_hand_follows_its_voice_again_and_then_every_new_one(board: Board, tmp_path: Path) -> None:
    cut_of(board, tmp_path)
    clip = spoken(board)
    shot = shot_of(clip)
    edit(board, Trim(clip.id, 400))
    revoiced(board, shot, tmp_path, 2.0)
    assert length(board, shot) == 400
    edit(board, FollowVoice(clip.id))
    short = length(board, shot)
    revoiced(board, shot, tmp_path, 3.0)
    assert length(board, shot) == short + RATE.frames(1.0)
    with reading() as uow:
        assert_one(uow, board)
    with unit_of_work() as uow:
        mute = next(s for s in shots_of(board) if len(s.holds) == 1)
        with pytest.raises(Invalid, match="no voice"):
            storyboards.change_shot(uow, board.actor, mute.id, ShotFields(timed=False))


def length(board: Board, shot_id: str) -> int:
    return next(shot.frames for shot in shots_of(board) if shot.id == shot_id)


def revoiced(board: Board, shot_id: str, folder: Path, seconds: float) -> None:
    """The first line of a shot recorded anew."""
    wav = stored_file(folder, "again.wav", f"sound {seconds}".encode())
    with unit_of_work() as uow:
        line = uow.session.query(Line).filter_by(shot_id=shot_id, position=0).one()
        speech = Speech(folder / "again.wav", seconds, (SentenceTime(0, len(line.text), 0.0, seconds),), "s", "full")
        brief = LineBrief(line.id, line.text, "", None)
        assert storyboards.add_voice(uow, board.actor, board.project_id, brief, speech, wav)


def test_loudness_stays_with_its_line_through_everything_and_is_undone(board: Board, tmp_path: Path) -> None:
    voice = next(cut_of(board, tmp_path).timeline.clips("voice"))

    def gain() -> float:
        return next(c.gain_db for c in now(board).timeline.clips("voice") if c.id == voice.id)

    edit(board, Gain(voice.id, -6.5))
    assert gain() == -6.5
    shot = voice.link.removeprefix("shot:")
    with unit_of_work() as uow:
        storyboards.delete_shots(uow, board.actor, board.script_id, [shot])
    assert voice.id not in [c.id for c in now(board).timeline.clips("voice")]
    with unit_of_work() as uow:
        storyboards.undo(uow, board.actor, board.script_id)
    assert gain() == -6.5
    with unit_of_work() as uow:
        assert storyboards.undo(uow, board.actor, board.script_id).label.startswith("loudness of")
    assert gain() == 0


def test_tracks_and_markers_of_people_stay_when_the_board_changes(board: Board, tmp_path: Path) -> None:
    cut = cut_of(board, tmp_path)
    sea = Track("t-sea", "audio", "Sea", "effects", clips=(Clip("sea", "Sea", "c" * 64, 10, 500),))
    hand = ByHand({picture(cut)[0].id: {"fade_in": 9}}, (sea,), (Marker(33, "Look here"),))
    with unit_of_work() as uow:
        row = uow.session.get_one(TimelineRow, cut.id)
        row.by_hand = hand_document(hand, cut.timeline)
    with unit_of_work() as uow:
        storyboards.delete_shots(uow, board.actor, board.script_id, [shot_of(picture(cut)[2])])
    after: Timeline = now(board).timeline
    assert after.tracks[-1] == sea
    assert Marker(33, "Look here") in after.markers
    assert picture(now(board))[0].fade_in == 9
    assert after.frames < cut.timeline.frames


def test_music_ends_where_it_was_made_to_and_the_cut_says_what_it_lacks(board: Board, tmp_path: Path) -> None:
    cut = cut_of(board, tmp_path)
    made = [clip.frames for clip in cut.timeline.clips("music")]
    assert (cut.without_music, sum(made)) == (0, cut.timeline.frames)
    clip = picture(cut)[0]
    edit(board, Trim(clip.id, clip.frames + 100))
    longer = now(board)
    assert longer.without_music == 100
    assert max(c.frames for c in longer.timeline.clips("music")) <= max(made)
    edit(board, Trim(clip.id, clip.frames))
    assert now(board).without_music == 0


def test_a_film_keeps_the_cut_it_was_made_of_and_needs_every_picture(board: Board, tmp_path: Path) -> None:
    cut = cut_of(board, tmp_path)
    with unit_of_work() as uow:
        render = renders.submit_render(uow, board.actor, cut.id, "720p")
        again = renders.submit_render(uow, board.actor, cut.id, "1080p")
    assert render.timeline_id == again.timeline_id != cut.id
    edit(board, Delete((picture(cut)[0].id,)))
    with reading() as uow:
        kept = timelines.get_timeline(uow, board.actor, render.timeline_id)
        card = timelines.latest(uow, board.actor, board.project_id)
    assert (kept.timeline, kept.live) == (cut.timeline, False)
    assert card is not None
    assert (card.id, card.frames) == (cut.id, now(board).timeline.frames)
    with pytest.raises(Conflict, match="stays as it was filmed"), unit_of_work() as uow:
        timelines.edit_cut(uow, board.actor, kept.id, [Trim(picture(kept)[0].id, 50)], revision=kept.revision)
    with unit_of_work() as uow:
        shot = shots_of(board)[0]
        storyboards.insert_shot(uow, board.actor, board.script_id, shot.scene_id)
    assert len(now(board).undrawn) == 1
    with pytest.raises(Conflict, match="no picture yet"), unit_of_work() as uow:
        renders.submit_render(uow, board.actor, cut.id, "720p")


def test_a_changed_script_changes_the_cut_in_the_same_moment(board: Board, tmp_path: Path) -> None:
    cut = cut_of(board, tmp_path)
    scene = shots_of(board)[-1].scene_id
    with unit_of_work() as uow:
        rewriting.cut_scene(uow, board.actor, board.script_id, scene)
    gone = {shot_of(clip) for clip in picture(cut)} - {shot_of(clip) for clip in picture(now(board))}
    assert gone
    with reading() as uow:
        assert_one(uow, board)
    with unit_of_work() as uow:
        rewriting.restore_scene(uow, board.actor, board.script_id, scene, to=1)
    assert now(board).timeline == cut.timeline


def test_a_cut_is_begun_once_and_without_one_nothing_is_made(board: Board) -> None:
    with unit_of_work() as uow:
        storyboards.delete_shots(uow, board.actor, board.script_id, [shots_of(board)[0].id])
        assert timelines.find_cut(uow, board.actor, board.script_id) is None
    with unit_of_work() as uow:
        one = timelines.start_cut(uow, board.actor, board.script_id)
        assert timelines.start_cut(uow, board.actor, board.script_id) == one
    assert len(one.undrawn) == len(shots_of(board))


def test_the_printed_board_has_the_lengths_of_the_cut(board: Board, tmp_path: Path) -> None:
    clip = picture(cut_of(board, tmp_path))[0]
    edit(board, Trim(clip.id, 123))
    with reading() as uow:
        book = storyboards.board_book(uow, board.actor, board.script_id)
    printed = [RATE.frames(panel.seconds) for panel in book.panels]
    assert printed == [c.frames for c in picture(now(board))]
    assert printed[0] == 123
