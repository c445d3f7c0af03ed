"""The breakdown's page: the sheet of a scene, chips kept and removed, strips, the chart, and who may do what."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from state import gate
from state.breakdown.breakdown import BreakdownState
from state.breakdown.printed import Chip
from state.hub import News
from state.notices import NoticesState
from state.project import ProjectState
from studio.accounts.views import SignedIn
from studio.core.db import unit_of_work
from studio.projects import service as projects
from studio.projects.views import ProjectRole
from studio.scripts import service as scripts
from studio.scripts.sheet.categories import Category
from tests.factories.film import Board, make_board
from tests.state.conftest import Tab, tab

pytestmark = pytest.mark.services
Register = Callable[[str], SignedIn]

LONG = "Title: Long\n\n" + "".join(
    f"{'INT' if n % 3 else 'EXT'}. ROOM {n} - {'DAY' if n % 2 else 'NIGHT'}\n\nA rope.\n\nMARA\nYes.\n\n"
    for n in range(1, 131)
)


def opened(who: SignedIn, project_id: str, query: str = "") -> Tab:
    page = tab(who.token, f"/p/{project_id}/breakdown", project_id=project_id)
    go(page, project_id, query)
    return page


def go(page: Tab, project_id: str, query: str) -> None:
    page.root.router_data = {**page.root.router_data, "asPath": f"/p/{project_id}/breakdown{query}"}
    page.root._update_router_vars(page.root.router_data, {})
    page.call(BreakdownState, "load")


def broken_down(data: bytes | None = None) -> Board:
    board = make_board(data)
    with unit_of_work() as uow:
        scripts.suggest_tags(uow, board.actor, board.script_id)
    return board


def chips(page: Tab, category: str) -> list[Chip]:
    return next(box.chips for box in page.get(BreakdownState).sheet.boxes if box.category == category)


def names(page: Tab, category: str) -> list[str]:
    return [chip.name for chip in chips(page, category)]


def test_before_the_first_breakdown_the_page_teaches_and_one_click_fills_it(person: Register) -> None:
    board = make_board()
    page = opened(person("mara"), board.project_id)
    state = page.get(BreakdownState)
    assert (state.loaded, state.missing, state.empty) == (True, False, True)
    page.call(BreakdownState, "suggest")
    assert not state.empty
    assert names(page, "props") == ["lamp", "rope", "bag", "ticket"]
    assert page.get(NoticesState).items[-1].text == "25 new suggestions from the script."
    page.call(BreakdownState, "suggest")
    assert page.get(NoticesState).items[-1].text == "Nothing new in the script."


def test_the_sheet_says_scene_set_time_day_and_pages(person: Register) -> None:
    board = broken_down()
    sheet = opened(person("mara"), board.project_id, "?scene=2").get(BreakdownState).sheet
    assert (sheet.number, sheet.place, sheet.set_name, sheet.time) == ("2", "INT", "HARBOUR CAFE", "Night")
    assert (sheet.day, sheet.pages, sheet.colour, sheet.before, sheet.after) == ("N1", "6/8", "blue", "1", "3")
    assert [(c.number, c.name, c.suggested) for c in sheet.boxes[0].chips] == [("1", "Mara", True), ("2", "Ben", True)]
    assert len(sheet.boxes) == len(Category)


def test_chips_are_added_kept_renamed_moved_and_removed_with_undo(person: Register) -> None:
    board = broken_down()
    page = opened(person("mara"), board.project_id)
    state = page.get(BreakdownState)
    page.call(BreakdownState, "add", form={"category": "props", "name": " lantern "})
    page.call(BreakdownState, "add", form={"category": "props", "name": "  "})
    rope = next(chip for chip in chips(page, "props") if chip.name == "rope")
    page.call(BreakdownState, "keep", tag_id=rope.id)
    page.call(BreakdownState, "edit", tag_id=rope.id)
    assert state.editing == rope.id
    page.call(BreakdownState, "change", form={"category": "vehicles", "name": "tug boat"})
    assert state.editing == ""
    assert names(page, "vehicles") == ["small ferry", "tug boat"]
    assert [(c.name, c.suggested) for c in chips(page, "props")] == [
        ("lamp", True),
        ("bag", True),
        ("ticket", True),
        ("lantern", False),
    ]
    lamp = chips(page, "props")[0]
    page.call(BreakdownState, "dismiss", tag_id=lamp.id)
    assert "lamp" not in names(page, "props")
    notice = page.get(NoticesState).items[-1]
    assert (notice.text, notice.undo) == ("lamp is off the sheet of scene 1.", "Undo")
    page.call(NoticesState, "undo", notice_id=notice.id)
    go(page, board.project_id, "?scene=1")
    assert "lamp" in names(page, "props")
    page.call(BreakdownState, "dismiss", tag_id=lamp.id)
    assert "lamp" in [chip.name for chip in state.sheet.aside]
    page.call(BreakdownState, "bring_back", tag_id=lamp.id)
    assert "lamp" in names(page, "props")


def test_all_suggestions_of_the_sheet_are_kept_at_once(person: Register) -> None:
    board = broken_down()
    page = opened(person("mara"), board.project_id)
    state = page.get(BreakdownState)
    assert state.sheet.waiting == 9
    page.call(BreakdownState, "keep_all")
    assert state.sheet.waiting == 0


def test_what_is_refused_is_told_and_the_sheet_stays(person: Register) -> None:
    board = broken_down()
    page = opened(person("mara"), board.project_id)
    before = page.get(BreakdownState).sheet
    page.call(BreakdownState, "add", form={"category": "fish", "name": "gun"})
    assert page.get(NoticesState).items[-1].kind == "warning"
    page.call(BreakdownState, "edit", tag_id=chips(page, "props")[0].id)
    page.call(BreakdownState, "change", form={"category": "props", "name": "rope"})
    assert "already under Props" in page.get(NoticesState).items[-1].text
    go(page, board.project_id, "?scene=1")
    assert page.get(BreakdownState).sheet == before


def test_a_day_by_hand_is_marked_and_emptied_again(person: Register) -> None:
    board = broken_down()
    page = opened(person("mara"), board.project_id, "?scene=3")
    state = page.get(BreakdownState)
    page.call(BreakdownState, "set_day", form={"day": "n7"})
    assert (state.sheet.day, state.sheet.by_hand) == ("N7", True)
    page.call(BreakdownState, "set_day", form={"day": ""})
    assert (state.sheet.day, state.sheet.by_hand) == ("N1", False)


def test_the_board_shows_where_days_end_and_how_much_there_is_of_each_colour(person: Register) -> None:
    board = broken_down()
    state = opened(person("mara"), board.project_id, "?view=strips").get(BreakdownState)
    assert [(s.number, s.colour, s.cast, s.ends, s.day_pages) for s in state.strips] == [
        ("1", "yellow", ["1", "2"], "End of D1", "5/8 pages"),
        ("2", "blue", ["1", "2"], "", ""),
        ("3", "green", ["1", "2"], "End of N1", "1 1/8 pages"),
    ]
    assert [(t.meaning, t.scenes, t.pages) for t in state.tallies] == [
        ("EXT day", "1 scene", "5/8"),
        ("INT night", "1 scene", "6/8"),
        ("EXT night", "1 scene", "3/8"),
    ]
    assert [(mark.number, mark.column) for mark in state.film] == [("1", 5), ("2", 6), ("3", 3)]
    assert state.people == []


def test_the_chart_shows_everybody_from_their_first_scene_to_their_last(person: Register) -> None:
    board = broken_down()
    with unit_of_work() as uow:
        scripts.add_tag(uow, board.actor, board.script_id, 1, Category.CAST, "Cook")
    state = opened(person("mara"), board.project_id, "?view=cast").get(BreakdownState)
    assert [(p.number, p.name, p.first, p.last, [m.column for m in p.marks]) for p in state.people] == [
        ("1", "Mara", 1, 4, [1, 2, 3]),
        ("2", "Ben", 1, 4, [1, 2, 3]),
        ("3", "Cook", 2, 3, [2]),
    ]
    assert state.people[2].marks[0].colour == "blue"


def test_a_long_script_is_listed_in_parts(person: Register) -> None:
    board = broken_down(LONG.encode())
    page = opened(person("mara"), board.project_id, "?scene=130")
    state = page.get(BreakdownState)
    assert (state.strips[0].number, len(state.strips), state.turn.later) == ("121", 10, "")
    page.call(BreakdownState, "turn_strips", by=-1)
    assert (state.strips[0].number, len(state.strips), state.sheet.number) == ("61", 60, "130")
    for _ in range(3):
        page.call(BreakdownState, "turn_strips", by=-1)
    assert (state.strips[0].number, state.turn.earlier) == ("1", "")
    for _ in range(9):
        page.call(BreakdownState, "turn_strips", by=1)
    assert (state.strips[0].number, state.turn.later) == ("121", "")


def test_what_somebody_else_does_shows_up(person: Register) -> None:
    board = broken_down()
    mara = person("mara")
    page = opened(mara, board.project_id)
    with unit_of_work() as uow:
        scripts.add_tag(uow, board.actor, board.script_id, 0, Category.STUNTS, "fall in the water")

    async def heard() -> None:
        with gate.acting(mara.session):
            await (await page.root.get_state(BreakdownState))._hear(News(changed={"breakdown"}))

    asyncio.run(heard())
    assert names(page, "stunts") == ["fall in the water"]


def test_a_viewer_reads_the_sheet_and_changes_nothing(person: Register) -> None:
    board = broken_down()
    person("mara")
    lena = person("lena")
    with unit_of_work() as uow:
        projects.add_member(uow, board.actor, board.project_id, email="lena@example.com", role=ProjectRole.VIEWER)
    page = opened(lena, board.project_id)
    before = page.get(BreakdownState).sheet
    assert before.boxes
    assert not page.get(ProjectState).may_edit
    tag = chips(page, "props")[0].id
    acts: list[tuple[str, dict[str, object]]] = [
        ("suggest", {}),
        ("keep_all", {}),
        ("keep", {"tag_id": tag}),
        ("dismiss", {"tag_id": tag}),
        ("bring_back", {"tag_id": tag}),
        ("add", {"form": {"category": "props", "name": "gun"}}),
        ("set_day", {"form": {"day": "D4"}}),
    ]
    for name, arguments in acts:
        page.call(BreakdownState, name, **arguments)
        assert page.get(NoticesState).items[-1].kind == "warning", name
    go(page, board.project_id, "?scene=1")
    assert page.get(BreakdownState).sheet == before


def test_a_project_without_a_script_says_so_and_a_stranger_finds_nothing(person: Register) -> None:
    mara, lena = person("mara"), person("lena")
    board = broken_down()
    with unit_of_work() as uow:
        project = projects.create_project(uow, mara.session.actor, name="Empty")
    assert opened(mara, project.id).get(BreakdownState).missing
    page = opened(lena, board.project_id)
    assert (page.get(ProjectState).found, page.get(BreakdownState).title) == (False, "")
    page.call(BreakdownState, "suggest")
    assert page.get(BreakdownState).strips == []
