"""Writing without a browser: what a page sends is kept, refused or asked about, and the page always hears which."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from state.notices import NoticesState
from state.project import ProjectState
from state.script.printed import PageScene
from state.script.script import ScriptState
from state.script.side import ScriptSideState
from state.script.versions import VersionsState
from state.script.writing import Answer, WritingState
from studio.accounts.views import SignedIn
from studio.core.db import reading, unit_of_work
from studio.projects import service as projects
from studio.projects.views import ProjectRole
from studio.scripts import service as scripts
from studio.storyboards import service as storyboards
from studio.thread import rewriting
from tests.factories.film import Board, make_board
from tests.state.conftest import Tab
from tests.state.test_script import opened

pytestmark = pytest.mark.services
Register = Callable[[str], SignedIn]


def source(board: Board) -> str:
    with reading() as uow:
        return scripts.export_script(uow, board.actor, board.script_id).data.decode()


def send(page: Tab, scene: PageScene, lines: list[dict[str, str]], ticket: str = "t1") -> Answer:
    """Send a scene as a page does; the answer."""
    sent = [dict(line) for line in lines]
    page.call(
        WritingState, "save", scene_id=scene.id, revision=scene.revision, base=scene.raw, lines=sent, ticket=ticket
    )
    return page.get(WritingState).answers[-1]


def line(kind: str, text: str) -> dict[str, str]:
    return {"k": kind, "t": text, "n": "", "s": ""}


def test_a_changed_line_is_kept_and_the_rest_keeps_its_bytes(person: Register) -> None:
    board = make_board()
    before = source(board)
    page = opened(person("mara"), board.project_id)
    scene = page.get(ScriptState).pages[1]
    changed = [*scene.lines, line("character", "BEN"), line("dialogue", "Not *again* ")]
    answer = send(page, scene, changed)
    assert (answer.ticket, answer.state, answer.revision, answer.lines) == ("t1", "ok", 2, [])
    assert answer.raw == scene.raw + "BEN\nNot *again*\n\n"
    assert source(board) == before.replace(scene.raw, answer.raw)
    with reading() as uow:
        spoken = storyboards.list_cards(uow, board.actor, board.script_id, scene=1, limit=60).items
    assert any(card.dialogue == "Not again" for card in spoken)


def test_sending_the_same_again_changes_nothing(person: Register) -> None:
    board = make_board()
    page = opened(person("mara"), board.project_id)
    scene = page.get(ScriptState).pages[0]
    changed = [*scene.lines, line("action", "A gull.")]
    first = send(page, scene, changed, "t1")
    after = source(board)
    again = send(page, scene, changed, "t1")
    assert (again.state, again.raw, again.lines) == ("ok", first.raw, [])
    assert source(board) == after


def test_a_heading_makes_a_scene_and_the_page_hears_where_its_words_are(person: Register) -> None:
    board = make_board()
    page = opened(person("mara"), board.project_id)
    room = page.get(ScriptState)
    scene, others = room.pages[0], [s.id for s in room.pages[1:]]
    answer = send(page, scene, [*scene.lines, line("scene_heading", "INT. FERRY - NIGHT"), line("action", "Engines.")])
    assert answer.state == "ok"
    assert [s.id for s in room.pages] == [*answer.parts, *others]
    assert answer.parts[0] == scene.id
    assert [s.lines[-1]["t"] for s in room.pages[:2]] == [scene.lines[-1]["t"], "Engines."]

    made = room.pages[1]
    joined = send(page, made, [line("action", "Engines.")], "t2")
    assert len(room.pages) == 3
    whole = next(s for s in room.pages if s.id == joined.parts[0])
    assert whole.lines[-1]["t"] == "Engines."
    assert whole.lines[0]["t"] == scene.lines[0]["t"]


def test_two_who_change_other_lines_are_brought_together(person: Register) -> None:
    board = make_board()
    mine, theirs = opened(person("mara"), board.project_id), opened(person("mara2"), board.project_id)
    del theirs
    scene = mine.get(ScriptState).pages[0]
    with unit_of_work() as uow:
        text = scene.raw.rstrip() + "\n\nA gull.\n\n"
        rewriting.save_scene(uow, board.actor, board.script_id, scene.id, text=text, revision=1, base=scene.raw)
    changed = [dict(each) for each in scene.lines]
    changed[1]["t"] += " It is late."
    answer = send(mine, scene, changed)
    assert answer.state == "ok"
    assert (answer.lines[1]["t"].endswith("It is late."), answer.lines[-1]["t"]) == (True, "A gull.")
    assert "A gull." not in answer.sent


@pytest.mark.parametrize("which", ["mine", "theirs", "both"])
def test_two_who_change_the_same_line_choose(person: Register, which: str) -> None:
    board = make_board()
    page = opened(person("mara"), board.project_id)
    scene = page.get(ScriptState).pages[0]
    old = scene.lines[1]["t"]
    with unit_of_work() as uow:
        text = scene.raw.replace(old, "THEIRS stands here.")
        rewriting.save_scene(uow, board.actor, board.script_id, scene.id, text=text, revision=1, base=scene.raw)
    changed = [dict(each) for each in scene.lines]
    changed[1]["t"] = "MINE stands here."
    assert send(page, scene, changed).state == "conflict"
    state = page.get(WritingState)
    assert ("MINE" in state.clash.mine, "THEIRS" in state.clash.theirs) == (True, True)
    assert ("THEIRS" in source(board), "MINE" in source(board)) == (True, False)
    page.call(WritingState, "choose", which=which)
    assert state.clash.scene_id == ""
    answer = state.answers[-1]
    assert (answer.state, answer.force) == ("ok", True)
    assert ("MINE" in source(board), "THEIRS" in source(board)) == (which != "theirs", which != "mine")
    assert [("MINE" in each["t"]) or ("THEIRS" in each["t"]) for each in answer.lines].count(True) == (
        2 if which == "both" else 1
    )


def test_whoever_may_not_write_hears_so_and_changes_nothing(person: Register) -> None:
    board = make_board()
    mara = person("mara")
    viewer = person("vera")
    with unit_of_work() as uow:
        projects.add_member(
            uow, mara.session.actor, board.project_id, email="vera@example.com", role=ProjectRole.VIEWER
        )
    before = source(board)
    page = opened(viewer, board.project_id)
    assert not page.get(ProjectState).may_edit
    scene = page.get(ScriptState).pages[0]
    answer = send(page, scene, [*scene.lines, line("action", "No.")])
    assert answer.state == "refused"
    assert answer.told
    for handler, arguments in (("add", {}), ("move", {"scene_id": scene.id, "to": 1}), ("cut", {"scene_id": scene.id})):
        page.call(WritingState, handler, **arguments)
    assert source(board) == before


@pytest.mark.parametrize(
    "lines",
    [
        [{"k": "title", "t": "x", "n": "", "s": ""}],
        [{"k": "nothing", "t": "x"}],
        [{"t": "x"}],
        [{"k": "action", "t": "x", "s": "up"}],
        [{"k": "action", "t": "x"}] * 5001,
    ],
)
def test_what_no_page_of_ours_sends_is_refused(person: Register, lines: list[dict[str, str]]) -> None:
    board = make_board()
    before = source(board)
    page = opened(person("mara"), board.project_id)
    assert send(page, page.get(ScriptState).pages[0], lines).state == "refused"
    assert source(board) == before


def test_scenes_are_added_moved_cut_and_brought_back_with_their_panels(person: Register) -> None:
    board = make_board()
    page = opened(person("mara"), board.project_id)
    room, side = page.get(ScriptState), page.get(ScriptSideState)
    page.call(WritingState, "add")
    assert [s.heading for s in room.pages][1] == "INT. NEW PLACE - DAY"
    assert (room.jump.id, room.jump.write, room.chosen.position) == (room.pages[1].id, True, 1)
    last = room.pages[-1].id
    page.call(WritingState, "move", scene_id=last, to=0)
    assert room.pages[0].id == last
    shots = room.scenes[0].panels
    page.call(WritingState, "cut", scene_id=last)
    assert [each.id for each in side.drawer] == [last]
    assert last not in [s.id for s in room.pages]
    page.call(NoticesState, "undo", notice_id=page.get(NoticesState).items[-1].id)
    page.call(ScriptState, "load")
    assert (room.pages[0].id, room.scenes[0].panels, side.drawer) == (last, shots, [])
    page.call(WritingState, "cut", scene_id=last)
    page.call(WritingState, "bring_back", scene_id=last)
    assert last in [s.id for s in room.pages]


def test_words_are_found_and_replaced_everywhere_and_that_is_undone(person: Register) -> None:
    board = make_board()
    before = source(board)
    page = opened(person("mara"), board.project_id)
    state = page.get(WritingState)
    page.call(WritingState, "find", words="mara")
    assert state.found_count == f"{before.lower().count('mara')} in the script"
    assert sum(found.times for found in state.found) == before.lower().count("mara")
    page.call(WritingState, "replace_everywhere", form={"words": "Mara", "by": "Ines"})
    after = source(board)
    assert ("mara" in after.lower(), "\nINES\n" in after, "Ines reads the letter." in after) == (False, True, True)
    page.call(NoticesState, "undo", notice_id=page.get(NoticesState).items[-1].id)
    assert source(board) == before
    page.call(WritingState, "find", words="")
    assert (state.found, state.found_count) == ([], "")


def test_drafts_are_listed_named_compared_and_gone_back_to(person: Register) -> None:
    board = make_board()
    before = source(board)
    page = opened(person("mara"), board.project_id)
    scene = page.get(ScriptState).pages[0]
    send(page, scene, [*scene.lines, line("action", "A gull.")])
    versions = page.get(VersionsState)
    page.call(VersionsState, "show")
    oldest = versions.items[-1]
    page.call(VersionsState, "name", form={"version_id": oldest.id, "name": "As it came"})
    assert versions.items[-1].name == "As it came"
    page.call(VersionsState, "compare", version_id=oldest.id)
    assert [(s.fate, [r.text.strip() for r in s.runs if r.kind == "added"]) for s in versions.scenes] == [
        ("edited", ["A gull."])
    ]
    page.call(VersionsState, "close")
    assert (versions.comparing.id, versions.scenes) == ("", [])
    page.call(VersionsState, "restore", version_id=oldest.id)
    assert source(board) == before
    page.call(NoticesState, "undo", notice_id=page.get(NoticesState).items[-1].id)
    assert "A gull." in source(board)


def test_a_first_page_is_made_once(person: Register) -> None:
    mara = person("mara")
    with unit_of_work() as uow:
        project = projects.create_project(uow, mara.session.actor, name="Blank")
    page = opened(mara, project.id)
    room = page.get(ScriptState)
    page.call(WritingState, "begin")
    assert ([s.heading for s in room.pages], room.missing, room.jump.write) == (["INT. NEW PLACE - DAY"], False, True)
    page.call(WritingState, "begin")
    assert "already" in page.get(NoticesState).items[-1].text
    with reading() as uow:
        assert len(scripts.list_scenes(uow, mara.session.actor, room._script_id)) == 1
