"""The pages of an import without a browser: looked over, re-tagged, kept or put aside; a next draft decided and merged."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from state.importing.importing import ImportState
from state.importing.merging import MergeState
from state.notices import NoticesState
from studio.accounts.views import SignedIn
from studio.core.db import reading, unit_of_work
from studio.projects import service as projects
from studio.projects.views import ProjectRole
from studio.scripts import service as scripts
from tests.factories.film import Board, make_board
from tests.state.conftest import Tab, tab

pytestmark = pytest.mark.services
Register = Callable[[str], SignedIn]

PLAIN = b"INT. MILL - NIGHT\n\nWheels turn.\n\nROSA\n\nWho left the gate open?\n\nEXT. FIELD - DAY\n\nNobody.\n"
LONG = b"INT. HALL - DAY\n\n" + b"".join(b"Door %d opens.\n\n" % n for n in range(140))


def seen(who: SignedIn, import_id: str) -> Tab:
    page = tab(who.token, f"/import/{import_id}", import_id=import_id)
    page.call(ImportState, "load")
    return page


def begun(who: SignedIn, data: bytes, name: str = "mill.txt", project_id: str | None = None) -> str:
    return scripts.begin_import(who.session.actor, data=data, name=name, project_id=project_id).id


def told(page: Tab) -> list[str]:
    return [notice.text for notice in page.get(NoticesState).items]


def test_a_file_is_shown_as_it_was_read_and_counted_again_when_a_type_changes(person: Register) -> None:
    mara = person("mara")
    page = seen(mara, begun(mara, PLAIN))
    state = page.get(ImportState)
    assert (state.loaded, state.missing, state.found.scenes, state.found.project_id) == (True, False, 2, "")
    at = next(line.index for line in state.lines if line.text == "ROSA")
    page.call(ImportState, "retag", index=at, kind="character")
    page.call(ImportState, "retag", index=at + 1, kind="dialogue")
    assert (state.found.cues, state.found.people) == (1, 1)
    assert [line.kind for line in state.lines if line.index in (at, at + 1)] == ["character", "dialogue"]
    page.call(ImportState, "retag", index=at, kind="no such kind")
    assert state.found.cues == 1


def test_a_long_file_comes_a_hundred_paragraphs_at_a_time(person: Register) -> None:
    mara = person("mara")
    page = seen(mara, begun(mara, LONG, "hall.fountain"))
    state = page.get(ImportState)
    assert (len(state.lines), state.pages) == (100, 2)
    page.call(ImportState, "turn", by=1)
    assert (state.page, len(state.lines), state.lines[0].index) == (2, 41, 100)
    page.call(ImportState, "turn", by=1)
    assert state.page == 2


def test_kept_it_is_a_project_and_put_aside_it_is_nothing(person: Register) -> None:
    mara = person("mara")
    page = seen(mara, begun(mara, PLAIN))
    answer = page.call(ImportState, "keep", form={"title": "  The   Mill "})
    assert "/board" in str(answer)
    with reading() as uow:
        assert [p.name for p in projects.list_projects(uow, mara.session.actor).items] == ["The Mill"]
    other = seen(mara, begun(mara, PLAIN))
    other.call(ImportState, "forget")
    assert told(other) == ["Nothing was imported."]
    assert seen(mara, other.get(ImportState)._import).get(ImportState).missing


def test_an_import_is_nothing_to_anybody_else(person: Register) -> None:
    mara, lena = person("mara"), person("lena")
    import_id = begun(mara, PLAIN)
    page = seen(lena, import_id)
    assert page.get(ImportState).missing
    page.call(ImportState, "keep", form={})
    page.call(ImportState, "forget")
    assert not seen(mara, import_id).get(ImportState).missing
    with reading() as uow:
        assert projects.list_projects(uow, lena.session.actor).items == ()


def changed(board: Board) -> bytes:
    """The sample with its second scene first, one scene rewritten out of recognition and a new one."""
    with reading() as uow:
        one, two, three = scripts.read_texts(uow, board.actor, board.script_id, 0)
    new = "EXT. QUAY - NIGHT\n\nA gull lands.\n\n"
    return f"{two.text}{one.text}{new}{three.text}".encode()


def merging(who: SignedIn, import_id: str) -> Tab:
    page = tab(who.token, f"/import/{import_id}/merge", import_id=import_id)
    page.call(MergeState, "load")
    return page


def test_a_next_draft_says_what_becomes_of_each_scene_and_is_merged(person: Register) -> None:
    board = make_board()
    mara = person("mara")
    import_id = begun(mara, changed(board), "next.fountain", board.project_id)
    assert seen(mara, import_id).get(ImportState).found.has_script
    page = merging(mara, import_id)
    state = page.get(MergeState)
    assert {(t.fate, t.count) for t in state.tallies} >= {("new", 1)}
    assert "EXT. QUAY - NIGHT" in [row.heading for row in state.rows]
    assert "/script" in str(page.call(MergeState, "merge"))
    with reading() as uow:
        headings = [scene.heading for scene in scripts.list_scenes(uow, board.actor, board.script_id)]
    assert headings[:3] == ["INT. HARBOUR CAFE - NIGHT", "EXT. HARBOUR PIER - DUSK", "EXT. QUAY - NIGHT"]
    assert merging(mara, import_id).get(MergeState).missing


def test_a_script_changed_meanwhile_is_not_merged_over(person: Register) -> None:
    board = make_board()
    mara = person("mara")
    page = merging(mara, begun(mara, changed(board), "next.fountain", board.project_id))
    other = merging(mara, begun(mara, changed(board) + b"\n\nRain.\n", "third.fountain", board.project_id))
    other.call(MergeState, "merge")
    with reading() as uow:
        after = scripts.export_script(uow, board.actor, board.script_id).data
    page.call(MergeState, "merge")
    with reading() as uow:
        assert scripts.export_script(uow, board.actor, board.script_id).data == after
    assert len(told(page)) == 1


def test_whoever_only_looks_does_not_merge(person: Register) -> None:
    board = make_board()
    mara, vera = person("mara"), person("vera")
    with unit_of_work() as uow:
        projects.add_member(
            uow, mara.session.actor, board.project_id, email="vera@example.com", role=ProjectRole.EDITOR
        )
    import_id = begun(vera, changed(board), "next.fountain", board.project_id)
    with unit_of_work() as uow:
        projects.change_member(uow, mara.session.actor, board.project_id, vera.session.user.id, ProjectRole.VIEWER)
    with reading() as uow:
        before = scripts.export_script(uow, board.actor, board.script_id).data
    page = merging(vera, import_id)
    page.call(MergeState, "merge")
    with reading() as uow:
        assert scripts.export_script(uow, board.actor, board.script_id).data == before
