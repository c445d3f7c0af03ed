"""A board edited by hand: what each act does, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.core.db import reading, unit_of_work
from studio.core.errors import Forbidden, Invalid, NotFound
from studio.engine.artist.spec import Angle, Light, Move, ShotType, Size
from studio.projects.models import Member
from studio.runs import service as runs
from studio.scripts import service as scripts
from studio.storyboards import service as storyboards
from studio.storyboards.documents import spec_from
from studio.storyboards.models import Line, Panel, Shot
from studio.storyboards.views import BoardEdit, ShotFields
from studio.thread import rewriting
from tests.factories.boards import assert_sound, rows_of, shots_of
from tests.factories.film import Board, draw_all, make_board, voice_all
from tests.factories.studio import make_stranger

pytestmark = pytest.mark.services


@pytest.fixture
def board(database: str) -> Board:
    return make_board()


def numbers(board: Board, scene: int = 0) -> list[str]:
    return [shot.number for shot in shots_of(board) if shot.scene_position == scene]


def by_number(board: Board, number: str) -> Shot:
    return next(shot for shot in shots_of(board) if shot.number == number)


def changed(board: Board, number: str, **fields: object) -> BoardEdit:
    with unit_of_work() as uow:
        return storyboards.change_shot(uow, board.actor, by_number(board, number).id, ShotFields(**fields))


def panel_of(shot_id: str) -> Panel:
    with reading() as uow:
        panel = uow.session.query(Panel).filter(Panel.shot_id == shot_id).one()
        uow.session.expunge_all()
        return panel


def test_changed_fields_stand_in_the_shot_and_in_its_panel(board: Board) -> None:
    shot = by_number(board, "1B")
    edit = changed(board, "1B", size=Size.ECU, angle=Angle.LOW, move=Move.PUSH_IN, lens_mm=85.0, light=Light.DAWN)
    assert (edit.label, [card.number for card in edit.shots]) == ("fields of 1B", ["1B"])
    spec = spec_from(panel_of(shot.id).spec)
    assert (spec.size, spec.angle, spec.move, spec.lens_mm, spec.light) == ("ECU", "LOW", "PUSH_IN", 85.0, "dawn")
    now = by_number(board, "1B")
    assert (now.size, now.angle, now.move, now.lens_mm, now.edited) == ("ECU", "LOW", "PUSH_IN", 85.0, True)
    assert_sound(board)


def test_somebody_put_into_a_shot_is_in_its_panel_and_the_framing_fits(board: Board) -> None:
    shot = next(s for s in shots_of(board) if s.cast == ["MARA"] and s.type == "SINGLE")
    with unit_of_work() as uow:
        storyboards.change_shot(uow, board.actor, shot.id, ShotFields(cast=("MARA", "BEN"), type=ShotType.TWO))
    spec = spec_from(panel_of(shot.id).spec)
    assert ([f.name for f in spec.figures], spec.type) == (["MARA", "BEN"], "TWO")
    with unit_of_work() as uow:
        storyboards.change_shot(uow, board.actor, shot.id, ShotFields(cast=()))
    spec = spec_from(panel_of(shot.id).spec)
    assert (spec.figures, spec.type, spec.subject) == ((), "EMPTY", None)


def test_what_cannot_be_is_refused_and_nothing_changes(board: Board) -> None:
    before = rows_of(board)
    wrong: list[dict[str, object]] = [
        {"lens_mm": 3.0},
        {"lens_mm": float("nan")},
        {"frames": 0},
        {"frames": 10**9},
        {"cast": ("NOBODY WE KNOW",)},
        {"description": "x" * 2001},
    ]
    for fields in wrong:
        with pytest.raises(Invalid):
            changed(board, "1B", **fields)
        assert rows_of(board) == before, fields


def test_a_length_set_by_hand_outlives_the_voices_unless_they_need_more(board: Board, tmp_path: Path) -> None:
    shot = next(s for s in shots_of(board) if s.frames > 60)
    changed(board, shot.number, frames=240)
    voice_all(board, tmp_path, 1.5)
    with unit_of_work() as uow:
        storyboards.retime(uow, board.actor, board.script_id)
    assert by_number(board, shot.number).frames == 240
    with unit_of_work() as uow:
        for line in uow.session.query(Line).filter(Line.shot_id == shot.id):
            line.voice_seconds = 30.0
        said = uow.session.query(Line).filter(Line.shot_id == shot.id).count()
    with unit_of_work() as uow:
        storyboards.retime(uow, board.actor, board.script_id)
    assert (by_number(board, shot.number).frames > 240) == bool(said)


def test_a_shot_is_not_made_shorter_than_what_is_said_in_it(board: Board, tmp_path: Path) -> None:
    voice_all(board, tmp_path, 4.0)
    with reading() as uow:
        spoken = uow.session.get_one(Shot, uow.session.query(Line).first().shot_id)
        uow.session.expunge_all()
    with pytest.raises(Invalid, match="cannot be shorter"):
        changed(board, spoken.number, frames=24)


def test_a_new_shot_stands_before_another_and_the_rest_is_numbered_on(board: Board) -> None:
    before = numbers(board)
    target = by_number(board, "1C")
    with unit_of_work() as uow:
        edit = storyboards.insert_shot(uow, board.actor, board.script_id, target.scene_id, before_id=target.id)
    assert [card.number for card in edit.shots] == ["1C"]
    assert numbers(board) == [*before, f"1{'ABCDEFGHJKLMN'[len(before)]}"]
    assert shots_of(board)[3].id == target.id
    assert shots_of(board)[2].frames == 48
    assert_sound(board)


def test_a_locked_scene_keeps_its_numbers_and_new_shots_come_between(board: Board) -> None:
    before = numbers(board)
    scene = by_number(board, "1C").scene_id
    with unit_of_work() as uow:
        storyboards.lock_numbers(uow, board.actor, board.script_id, scene, locked=True)
    for _ in range(2):
        with unit_of_work() as uow:
            target = next(s for s in shots_of(board) if s.number == "1C")
            storyboards.insert_shot(uow, board.actor, board.script_id, scene, before_id=target.id)
    assert numbers(board) == [*before[:2], "1B1", "1B2", *before[2:]]
    with unit_of_work() as uow:
        storyboards.delete_shots(uow, board.actor, board.script_id, [by_number(board, "1D").id])
        storyboards.insert_shot(uow, board.actor, board.script_id, scene)
    assert "1D" not in numbers(board)
    assert numbers(board)[-2:] == [before[-1], f"1{'ABCDEFGHJKLMN'[len(before)]}"]
    assert_sound(board)
    with unit_of_work() as uow:
        storyboards.lock_numbers(uow, board.actor, board.script_id, scene, locked=False)
    assert_sound(board)


def test_a_copy_has_the_picture_and_says_nothing(board: Board, tmp_path: Path) -> None:
    draw_all(board, tmp_path)
    shot = next(s for s in shots_of(board) if s.start_at < s.end_at)
    with unit_of_work() as uow:
        copy = storyboards.duplicate_shots(uow, board.actor, board.script_id, [shot.id]).shots[0]
        original = storyboards.get_card(uow, board.actor, shot.id)
    assert (copy.sha256, copy.speaker, copy.frames) == (original.sha256, None, original.frames)
    assert shots_of(board)[shot.position + 1].id == copy.shot_id
    assert_sound(board)


def test_deleted_shots_are_off_the_board_and_out_of_reach(board: Board) -> None:
    gone = shots_of(board)[:2]
    with unit_of_work() as uow:
        storyboards.delete_shots(uow, board.actor, board.script_id, [shot.id for shot in gone])
    assert len(shots_of(board)) == board.shots - 2
    with pytest.raises(NotFound), reading() as uow:
        storyboards.get_shot(uow, board.actor, gone[0].id)
    with reading() as uow:
        found = storyboards.search_shots(uow, [board.project_id], ("1a",), limit=20)
        assert all(hit.id != gone[0].id for hit in found)
    assert_sound(board)


def test_a_split_shot_is_as_long_as_before_and_its_words_are_said_once(board: Board) -> None:
    with reading() as uow:
        words = sorted(line.text for line in uow.session.query(Line))
    silent = next(s for s in shots_of(board) if len(s.holds) == 1 and s.frames > 30)
    with unit_of_work() as uow:
        edit = storyboards.split_shot(uow, board.actor, silent.id, at=10)
    assert [card.frames for card in edit.shots] == [10, silent.frames - 10]
    talking = max(shots_of(board), key=lambda s: len(s.holds))
    with unit_of_work() as uow:
        storyboards.split_shot(uow, board.actor, talking.id)
    with reading() as uow:
        assert sorted(line.text for line in uow.session.query(Line)) == words
    assert_sound(board)
    with pytest.raises(Invalid), unit_of_work() as uow:
        storyboards.split_shot(uow, board.actor, silent.id, at=10)


def test_merged_shots_hold_everybody_and_all_that_is_said(board: Board) -> None:
    three = shots_of(board)[1:4]
    with unit_of_work() as uow:
        edit = storyboards.merge_shots(uow, board.actor, board.script_id, [shot.id for shot in three])
    whole = by_number(board, edit.shots[0].number)
    assert set(whole.cast) == {name for shot in three for name in shot.cast}
    assert whole.frames >= sum(shot.frames for shot in three) - 1
    assert len(whole.holds) - 1 == sum(len(shot.holds) - 1 for shot in three)
    assert_sound(board)
    apart = [shots_of(board)[0].id, shots_of(board)[2].id]
    with pytest.raises(Invalid, match="side by side"), unit_of_work() as uow:
        storyboards.merge_shots(uow, board.actor, board.script_id, apart)


def test_shots_are_moved_within_a_scene_and_into_another(board: Board) -> None:
    one, two, three = shots_of(board)[:3]
    with unit_of_work() as uow:
        storyboards.move_shots(uow, board.actor, board.script_id, [one.id], one.scene_id, before_id=three.id)
    assert [shot.id for shot in shots_of(board)[:3]] == [two.id, one.id, three.id]
    other = next(shot for shot in shots_of(board) if shot.scene_position == 1)
    with unit_of_work() as uow:
        edit = storyboards.move_shots(
            uow, board.actor, board.script_id, [three.id, two.id], other.scene_id, before_id=other.id
        )
    assert [card.number for card in edit.shots] == ["2A", "2B"]
    assert [card.shot_id for card in edit.shots] == [two.id, three.id]
    assert_sound(board)


def test_an_emptied_scene_takes_a_new_shot(board: Board) -> None:
    mine = [shot for shot in shots_of(board) if shot.scene_position == 1]
    with unit_of_work() as uow:
        storyboards.delete_shots(uow, board.actor, board.script_id, [shot.id for shot in mine])
        storyboards.insert_shot(uow, board.actor, board.script_id, mine[0].scene_id, description="A gull.")
    assert numbers(board, 1) == ["2A"]
    assert by_number(board, "2A").description == "A gull."
    assert_sound(board)


def test_a_picture_from_before_a_change_is_stale_until_the_shot_is_as_it_was(board: Board, tmp_path: Path) -> None:
    draw_all(board, tmp_path)
    size, other = by_number(board, "1B").size, "ECU"
    assert not changed(board, "1B", description="Other words.").shots[0].stale
    assert changed(board, "1B", size=Size(other)).shots[0].stale
    with reading() as uow:
        asked = runs.list_runs(uow, board.actor, board.project_id, limit=500)
        assert len(asked) == board.shots + 1, "what a machine drew is drawn anew"
    assert not changed(board, "1B", size=Size(size)).shots[0].stale


def test_a_viewer_changes_nothing_and_a_stranger_finds_nothing(board: Board) -> None:
    shot = shots_of(board)[0]
    with unit_of_work() as uow:
        other = make_stranger(uow)
    with pytest.raises(NotFound), unit_of_work() as uow:
        storyboards.delete_shots(uow, other, board.script_id, [shot.id])
    with unit_of_work() as uow:
        uow.session.add(Member(project_id=board.project_id, user_id=other.user_id, role="viewer"))
    with pytest.raises(Forbidden), unit_of_work() as uow:
        storyboards.change_shot(uow, other, shot.id, ShotFields(lens_mm=50))
    with pytest.raises(NotFound), unit_of_work() as uow:
        storyboards.delete_shots(uow, board.actor, board.script_id, [shot.id, shot.scene_id])


def test_a_changed_script_leaves_the_order_and_the_locked_numbers_of_a_board_alone(board: Board) -> None:
    shots = [shot for shot in shots_of(board) if shot.scene_position == 0]
    scene_id = shots[0].scene_id
    with unit_of_work() as uow:
        storyboards.move_shots(uow, board.actor, board.script_id, [shots[-1].id], scene_id, before_id=shots[0].id)
        for shot in shots:
            storyboards.change_shot(uow, board.actor, shot.id, ShotFields(description=f"Mine {shot.id}"))
        storyboards.lock_numbers(uow, board.actor, board.script_id, scene_id, locked=True)
        storyboards.delete_shots(uow, board.actor, board.script_id, [shots[1].id])
    before = [(shot.id, shot.number) for shot in shots_of(board) if shot.scene_position == 0]
    assert before[0] == (shots[-1].id, "1A")
    with reading() as uow:
        scene = scripts.read_texts(uow, board.actor, board.script_id, 0)[0]
    with unit_of_work() as uow:
        text = scene.text.replace("rocks against", "rocks and rocks and knocks against")
        assert text != scene.text
        rewriting.save_scene(uow, board.actor, board.script_id, scene_id, text=text, revision=scene.revision)
    after = [(shot.id, shot.number) for shot in shots_of(board) if shot.scene_position == 0]
    assert [each for each in after if each in before] == before
    assert_sound(board)
