"""The history of a whole project: every change of it is written down with what undoes it, and undone it is the start."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.accounts.views import Actor
from studio.audit import service as audit
from studio.audit.views import EntryView
from studio.core.db import UnitOfWork, reading, unit_of_work
from studio.core.errors import Conflict
from studio.projects import service as projects
from studio.projects.models import Member
from studio.projects.views import ProjectRole
from studio.scripts import service as scripts
from studio.scripts.models import Script
from studio.storyboards import service as storyboards
from studio.storyboards.views import ShotFields
from studio.thread import rewriting
from studio.thread import service as thread
from studio.thread.spans import between, undone
from tests.factories.acts import SMALL
from tests.factories.boards import assert_sound, rows_of, shots_of
from tests.factories.film import Board, draw_all, make_board
from tests.factories.studio import make_stranger

pytestmark = pytest.mark.services
Act = Callable[[UnitOfWork, Board], object]
OTHER_DRAFT = SMALL.decode().replace("A boat passes.", "A boat passes, slowly.") + "\nINT. SHED - DAY\n\nDust.\n"


@pytest.fixture
def board(database: str) -> Board:
    return make_board(SMALL)


def scene(uow: UnitOfWork, board: Board, position: int = 0) -> str:
    return scripts.list_scenes(uow, board.actor, board.script_id)[position].id


def save(uow: UnitOfWork, board: Board, was: str, now: str, actor: Actor | None = None) -> None:
    """Replace words in the first scene that has them."""
    for each in scripts.read_texts(uow, actor or board.actor, board.script_id, 0):
        if was in each.text:
            text = each.text.replace(was, now)
            kept = (board.script_id, each.scene.id)
            rewriting.save_scene(uow, actor or board.actor, *kept, text=text, revision=each.revision)
            return


def newest(board: Board, count: int = 1) -> list[EntryView]:
    with reading() as uow:
        return list(audit.list_entries(uow, board.actor, board.project_id, limit=count).items)


def state_of(board: Board) -> dict[str, Any]:
    """What one sees of the project: its name, members, words, scenes, and shots with what is said and drawn in them."""
    with reading() as uow:
        project = projects.get_project(uow, board.actor, board.project_id)
        members = projects.list_members(uow, board.actor, board.project_id)
        source = uow.session.get_one(Script, board.script_id).source
        scenes = [(s.id, s.number, s.heading) for s in scripts.list_scenes(uow, board.actor, board.script_id)]
    shots = [(s.id, s.number, s.scene_id, s.action, s.start_at, s.end_at) for s in shots_of(board)]
    drawn = {key: row["current"] for key, row in rows_of(board).items() if "current" in row}
    return {
        "project": (project.name, project.away),
        "members": {(m.user_id, m.role) for m in members},
        "source": source,
        "scenes": scenes,
        "shots": shots,
        "drawn": drawn,
    }


ACTS: dict[str, tuple[Act, str]] = {
    "rename": (
        lambda u, b: projects.rename_project(u, b.actor, b.project_id, "Low Water"),
        "rename “",
    ),
    "put away": (lambda u, b: projects.put_away(u, b.actor, b.project_id), "put the project away"),
    "words": (lambda u, b: save(u, b, "A boat passes.", "A boat passes, slowly."), "words of scene 1"),
    "add": (
        lambda u, b: rewriting.add_scene(u, b.actor, b.script_id, after=0, heading="INT. SHED - DAY"),
        "add scene INT. SHED - DAY",
    ),
    "move": (lambda u, b: rewriting.move_scene(u, b.actor, b.script_id, scene(u, b), to=1), "move scene 1"),
    "cut": (lambda u, b: rewriting.cut_scene(u, b.actor, b.script_id, scene(u, b, 1)), "put scene 2 into the drawer"),
    "merge": (
        lambda u, b: rewriting.apply_merge(
            u,
            b.actor,
            b.script_id,
            OTHER_DRAFT,
            {},
            expected_revision=rewriting.plan_merge(u, b.actor, b.script_id, OTHER_DRAFT).revision,
            name="draft two.fountain",
        ),
        "bring in draft two.fountain",
    ),
    "shot": (lambda u, b: storyboards.change_shot(u, b.actor, shots_of(b)[0].id, ShotFields(lens_mm=99)), "lens of 1A"),
}


def test_any_change_and_its_undo_are_the_start(board: Board, tmp_path: Path) -> None:
    draw_all(board, tmp_path)
    for name, (act, told) in ACTS.items():
        before = state_of(board)
        with unit_of_work() as uow:
            act(uow, board)
        entry = newest(board)[0]
        assert (name, entry.label[: len(told)]) == (name, told)
        assert state_of(board) != before or name == "shot"
        with unit_of_work() as uow:
            thread.undo_entry(uow, board.actor, board.project_id, entry.seq)
        assert (name, state_of(board)) == (name, before)
        back = newest(board)[0]
        assert (back.action, back.reverses, back.label) == ("undo", entry.seq, entry.label)
        with pytest.raises(Conflict, match="not something of yours"), unit_of_work() as uow:
            thread.undo_entry(uow, board.actor, board.project_id, entry.seq)
    assert_sound(board)
    with reading() as uow:
        assert audit.verify(uow, board.project_id).broken is None


def test_members_that_came_changed_and_went_are_written_down_and_put_back(board: Board) -> None:
    with unit_of_work() as uow:
        ben = make_stranger(uow)
        uow.session.add(Member(project_id=board.project_id, user_id=ben.user_id, role="viewer"))
    before = state_of(board)
    with unit_of_work() as uow:
        projects.change_member(uow, board.actor, board.project_id, ben.user_id, ProjectRole.EDITOR)
        projects.remove_member(uow, board.actor, board.project_id, ben.user_id)
    out, role = newest(board, 2)
    assert (out.action, role.action, role.label.endswith("editor, not viewer")) == (
        "member_removed",
        "member_role",
        True,
    )
    with pytest.raises(Conflict, match="changed again since"), unit_of_work() as uow:
        thread.undo_entry(uow, board.actor, board.project_id, role.seq)
    with unit_of_work() as uow:
        thread.undo_entry(uow, board.actor, board.project_id, out.seq)
        thread.undo_entry(uow, board.actor, board.project_id, role.seq)
    assert state_of(board) == before


def test_words_are_undone_beside_what_was_written_elsewhere_since_and_not_over_it(board: Board) -> None:
    with unit_of_work() as uow:
        ben = make_stranger(uow)
        uow.session.add(Member(project_id=board.project_id, user_id=ben.user_id, role="editor"))
    with unit_of_work() as uow:
        save(uow, board, "A boat passes.", "A boat passes, slowly.")
        save(uow, board, "MARA waits.", "MARA waits and waits.", ben)
        save(uow, board, "It is cold.", "It is very cold.", ben)
    mine = newest(board, 3)[2]
    with pytest.raises(Conflict, match="not something of yours"), unit_of_work() as uow:
        thread.undo_entry(uow, ben, board.project_id, mine.seq)
    with unit_of_work() as uow:
        thread.undo_entry(uow, board.actor, board.project_id, mine.seq)
    source = state_of(board)["source"]
    assert ("waits and waits" in source, "very cold" in source, "slowly" in source) == (True, True, False)
    with unit_of_work() as uow:
        save(uow, board, "A boat passes.", "A boat turns.")
        save(uow, board, "A boat turns.", "A boat spins.", ben)
    with pytest.raises(Conflict, match="changed again since"), unit_of_work() as uow:
        thread.undo_entry(uow, board.actor, board.project_id, newest(board, 2)[1].seq)


def test_what_changes_nothing_leaves_no_entry_and_the_board_s_undo_is_of_the_board_alone(board: Board) -> None:
    count = len(newest(board, 100))
    with unit_of_work() as uow:
        name = projects.get_project(uow, board.actor, board.project_id).name
        projects.rename_project(uow, board.actor, board.project_id, name)
        save(uow, board, "A boat passes.", "A boat passes.")
    assert len(newest(board, 100)) == count
    with unit_of_work() as uow:
        storyboards.change_shot(uow, board.actor, shots_of(board)[0].id, ShotFields(lens_mm=99))
        save(uow, board, "A boat passes.", "A boat turns.")
        assert storyboards.undo(uow, board.actor, board.script_id).label == "lens of 1A"


@given(st.text("ab\n", max_size=12), st.text("ab\n", max_size=12), st.text("ab\n", max_size=12))
def test_a_change_of_a_text_is_undone_to_the_text_it_was_or_refused(one: str, two: str, three: str) -> None:
    first, second = between(one, two), between(two, three)
    assert undone(first, [], two) == one
    assert undone(second, [], three) == two
    found = undone(first, [second], three)
    assert found is None or undone(between(three, found), [], found) == three
