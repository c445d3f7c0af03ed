"""Board and cut are one: what is edited on the board is in the cut at the next assemble."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.core.db import unit_of_work
from studio.storyboards import service as storyboards
from studio.storyboards.views import ShotFields
from studio.timelines import service as timelines
from studio.timelines.views import TimelineDetail
from tests.factories.boards import shots_of
from tests.factories.film import Board, draw_all, make_board, voice_all

pytestmark = pytest.mark.services


def assembled(board: Board) -> TimelineDetail:
    with unit_of_work() as uow:
        storyboards.retime(uow, board.actor, board.script_id)
        music = tuple((cue, "b" * 64) for cue in timelines.plan_score(uow, board.actor, board.script_id))
        return timelines.build_animatic(uow, board.actor, board.script_id, music=music, card=None)


def clips(detail: TimelineDetail) -> list[tuple[str, str, int]]:
    picture = next(track for track in detail.timeline.tracks if track.id == "v1")
    return [(clip.id, clip.name, clip.frames) for clip in picture.clips]


def test_lengths_order_deletions_copies_and_splits_of_the_board_are_in_the_cut(database: str, tmp_path: Path) -> None:
    board = make_board()
    draw_all(board, tmp_path)
    voice_all(board, tmp_path, 1.5)
    before = clips(assembled(board))
    one, two, three, four = shots_of(board)[:4]
    spoken = max(shots_of(board)[5:], key=lambda shot: len(shot.holds))
    with unit_of_work() as uow:
        storyboards.change_shot(uow, board.actor, one.id, ShotFields(frames=111))
        storyboards.move_shots(uow, board.actor, board.script_id, [four.id], four.scene_id, before_id=one.id)
        storyboards.delete_shots(uow, board.actor, board.script_id, [two.id])
        copy = storyboards.duplicate_shots(uow, board.actor, board.script_id, [three.id]).shots[0]
        parts = storyboards.split_shot(uow, board.actor, spoken.id).shots
    detail = assembled(board)
    after = clips(detail)
    board_now = [(f"shot-{shot.id}", shot.number, shot.frames) for shot in shots_of(board)]
    assert after == board_now
    assert [clip[0] for clip in after[:4]] == [f"shot-{i}" for i in (four.id, one.id, three.id, copy.shot_id)]
    assert after[1][2] == 111
    assert len(after) == len(before) - 1 + 1 + 1
    spans = {name: frames for clip, name, frames in after}
    assert all(spans[part.number] == part.frames or part.speaker for part in parts)
    assert detail.timeline.frames == sum(frames for _, _, frames in after)
    with unit_of_work() as uow:
        for _ in range(5):
            storyboards.undo(uow, board.actor, board.script_id)
    assert clips(assembled(board)) == before
