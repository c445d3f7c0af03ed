"""The board's page: what it shows, what arrives while it is open, and who may change it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from state import gate
from state.board.board import BoardState
from state.hub import News
from state.notices import NoticesState
from state.project import ProjectState
from studio.accounts.views import SignedIn
from studio.core.db import reading, unit_of_work
from studio.projects import service as projects
from studio.projects.views import ProjectRole
from studio.providers.port import Picture
from studio.runs import service as runs
from studio.storyboards import service as storyboards
from studio.storyboards.views import PanelCard
from tests.factories.film import Board, draw_all, make_board, stored_file
from tests.state.conftest import Tab, tab

pytestmark = pytest.mark.services
Register = Callable[[str], SignedIn]

LONG = "Title: Long\n\n" + "".join(
    f"INT. ROOM {n} - DAY\n\n" + "".join(f"Mara opens door {i}. She looks at clock {i}.\n\n" for i in range(6))
    for n in range(12)
)


def opened(who: SignedIn, project_id: str, query: str = "", page: Tab | None = None) -> Tab:
    page = page or tab(who.token, f"/p/{project_id}/board", project_id=project_id)
    page.root.router_data = {**page.root.router_data, "asPath": f"/p/{project_id}/board{query}"}
    page.root._update_router_vars(page.root.router_data, {})
    page.call(BoardState, "load")
    return page


def hear(page: Tab, who: SignedIn, news: News) -> None:
    async def heard() -> None:
        with gate.acting(who.session):
            await (await page.root.get_state(BoardState))._hear(news)

    asyncio.run(heard())


def shown(page: Tab) -> list[str]:
    return [card.number for group in page.get(BoardState).groups for card in group.cards]


def states(page: Tab) -> set[str]:
    return {card.state for group in page.get(BoardState).groups for card in group.cards}


def all_cards(board: Board) -> list[PanelCard]:
    with reading() as uow:
        return list(storyboards.list_cards(uow, board.actor, board.script_id, limit=200).items)


def picture(board: Board, card: PanelCard, folder: Path, content: str = "ink") -> None:
    """One more drawing of a panel."""
    png = stored_file(folder, f"{content}.png", f"{card.number} {content}".encode())
    made = Picture(b"", None, "", 1920, 1080, "test artist", "full")
    with unit_of_work() as uow:
        storyboards.add_panel_version(uow, board.actor, card.panel_id, made, png, png)


def run_of(view: Any, **other: Any) -> dict[str, Any]:
    return {**view.plain(), **other}


def test_a_board_opens_with_its_scenes_and_its_first_shot_chosen(person: Register) -> None:
    board = make_board()
    state = (page := opened(person("mara"), board.project_id)).get(BoardState)
    assert (state.loaded, state.missing, state.drawn, state.total) == (True, "", 0, 31)
    assert [(s.number, s.told) for s in state.scenes] == [("1", "To draw"), ("2", "To draw"), ("3", "To draw")]
    assert (state.shot.number, state.shot.count, state.sheet) == ("1A", "1 of 9", False)
    assert states(page) == {"todo"}
    assert len(shown(page)) == 31


def test_an_address_opens_a_scene_or_a_shot(person: Register) -> None:
    board = make_board()
    mara = person("mara")
    page = opened(mara, board.project_id, "?scene=2")
    assert (page.get(BoardState).head.number, shown(page)[0], page.get(BoardState).shot.number) == ("2", "2A", "2A")
    last = all_cards(board)[-1]
    opened(mara, board.project_id, f"?shot={last.shot_id}", page)
    assert (page.get(BoardState).shot.number, page.get(BoardState).sheet) == (last.number, True)
    opened(mara, board.project_id, "", page)
    assert page.get(BoardState).shot.number == last.number


def test_an_address_of_another_board_s_shot_opens_the_first_one(person: Register) -> None:
    board, other = make_board(), make_board()
    page = opened(person("mara"), board.project_id, f"?shot={all_cards(other)[3].shot_id}")
    assert page.get(BoardState).shot.number == "1A"
    opened(person("lena"), board.project_id, "?shot=nowhere")


def test_a_long_board_is_shown_in_parts_and_the_chosen_shot_brings_its_part_along(person: Register) -> None:
    board = make_board(LONG.encode())
    cards = [c.number for c in all_cards(board)]
    page = opened(person("mara"), board.project_id)
    state = page.get(BoardState)
    first = shown(page)
    assert 24 <= len(first) <= 36 < len(cards)
    assert (state.turn.earlier, state.turn.later) == ("", "More panels")
    page.call(BoardState, "later")
    second = shown(page)
    assert first + second == cards[: len(first) + len(second)]
    page.call(BoardState, "earlier")
    assert shown(page) == first
    by_number = {c.number: c.shot_id for c in all_cards(board)}
    page.call(BoardState, "select", shot_id=by_number[first[-1]])
    page.call(BoardState, "select", shot_id=state.shot.next_id)
    assert (state.shot.number, shown(page)) == (second[0], second)
    page.call(BoardState, "select", shot_id=state.shot.previous_id)
    assert state.shot.number == first[-1]
    assert first[-1] in shown(page)


def test_only_undrawn_or_only_drawn_panels_can_be_asked_for(person: Register, tmp_path: Path) -> None:
    board = make_board(LONG.encode())
    cards = all_cards(board)
    picture(board, cards[-1], tmp_path)
    page = opened(person("mara"), board.project_id)
    page.call(BoardState, "show_only", show="drawn")
    assert shown(page) == [cards[-1].number]  # far below what was on view
    page.call(BoardState, "show_only", show="todo")
    assert cards[-1].number not in shown(page)
    page.call(BoardState, "show_only", show="everything")
    assert page.get(BoardState).show == "todo"


def test_panels_that_arrive_show_up_and_come_read_together(person: Register, tmp_path: Path) -> None:
    board = make_board()
    mara = person("mara")
    page = opened(mara, board.project_id)
    state, cards = page.get(BoardState), all_cards(board)
    with unit_of_work() as uow:
        storyboards.request_panels(uow, board.actor, board.script_id, parent_id=None)
        run = next(r for r in runs.list_runs(uow, board.actor, board.project_id, limit=1) if r.kind == "panel")
    picture(board, cards[0], tmp_path)
    arrived = News(runs={run.id: run_of(run, state="completed", parent_id="p", serial=9)})
    state._looked = 0.0
    hear(page, mara, arrived)
    assert (state.drawn, state.groups[0].cards[0].state, state.scenes[0].percent) == (1, "drawn", 11)
    assert state.shot.picture.endswith("size=thumbnail")
    picture(board, cards[1], tmp_path)
    state._looked = time.monotonic() + 60
    hear(page, mara, arrived)  # too soon after the last look
    assert state.drawn == 1
    hear(page, mara, News(all=True))
    assert state.drawn == 2


def test_a_page_that_was_left_reads_nothing_more(person: Register, tmp_path: Path) -> None:
    board = make_board()
    mara = person("mara")
    page = opened(mara, board.project_id)
    page.get(ProjectState).open_id = "another"
    picture(board, all_cards(board)[0], tmp_path)
    hear(page, mara, News(all=True))
    assert page.get(BoardState).drawn == 0


def test_a_panel_at_work_is_marked_until_it_is_there(person: Register, tmp_path: Path) -> None:
    board = make_board()
    mara = person("mara")
    page = opened(mara, board.project_id)
    state = page.get(BoardState)
    page.call(BoardState, "redraw")
    assert (state.shot.state, state.groups[0].cards[0].state) == ("busy", "busy")
    with reading() as uow:
        run = next(r for r in runs.list_runs(uow, board.actor, board.project_id) if r.kind == "panel")
    picture(board, all_cards(board)[0], tmp_path)
    hear(page, mara, News(runs={run.id: run_of(run, state="completed", serial=9)}))
    assert (state.shot.state, state.groups[0].cards[0].state) == ("drawn", "drawn")
    other = next(c for c in all_cards(board) if c.number == "1C")
    page.call(BoardState, "select", shot_id=other.shot_id)
    with unit_of_work() as uow:
        run = storyboards.redraw_panel(uow, board.actor, other.shot_id)
    hear(page, mara, News(runs={run.id: run_of(run, state="processing", serial=9)}))
    assert [c.state for c in state.groups[0].cards[:3]] == ["drawn", "todo", "busy"]


def test_a_panel_whose_picture_came_before_its_job_ended_is_not_left_as_being_drawn(
    person: Register, tmp_path: Path
) -> None:
    board = make_board()
    mara = person("mara")
    page = opened(mara, board.project_id)
    state = page.get(BoardState)
    with unit_of_work() as uow:
        storyboards.request_panels(uow, board.actor, board.script_id, parent_id=None)
        mine = [r for r in runs.list_runs(uow, board.actor, board.project_id) if r.kind == "panel"]
        records = [runs.get_record(uow, board.actor, r.id) for r in mine]
    run = next(r.run for r in records if r.config["panel_id"] == state.shot.panel)
    hear(page, mara, News(runs={run.id: run_of(run, state="processing", parent_id="p", serial=8)}))
    assert state.shot.state == "busy"
    picture(board, all_cards(board)[0], tmp_path)
    hear(page, mara, News(changed={"panel", "board"}))
    assert state.shot.state == "busy"
    state._looked = time.monotonic() + 60
    hear(page, mara, News(runs={run.id: run_of(run, state="completed", parent_id="p", serial=9)}))
    assert (state.shot.state, state.groups[0].cards[0].state) == ("drawn", "drawn")


def test_the_board_is_drawn_once_and_the_film_made_when_it_is_there(person: Register, tmp_path: Path) -> None:
    board = make_board()
    mara = person("mara")
    page = opened(mara, board.project_id)
    page.call(BoardState, "draw")
    page.call(BoardState, "draw")
    assert page.get(BoardState).making == "board"
    with reading() as uow:
        assert [r.kind for r in runs.list_runs(uow, board.actor, board.project_id)] == ["board"]
    draw_all(board, tmp_path)
    sent = page.call(BoardState, "film")
    assert f"/p/{board.project_id}/renders" in str(sent)
    with reading() as uow:
        assert "film" in [r.kind for r in runs.list_runs(uow, board.actor, board.project_id)]


def test_an_earlier_drawing_is_shown_again_and_undone(person: Register, tmp_path: Path) -> None:
    board = make_board()
    card = all_cards(board)[0]
    picture(board, card, tmp_path, "first")
    picture(board, card, tmp_path, "second")
    page = opened(person("mara"), board.project_id)
    state = page.get(BoardState)
    assert [(v.number, v.on) for v in state.shot.versions] == [(2, True), (1, False)]
    page.call(BoardState, "show_version", number=1)
    assert [(v.number, v.on) for v in state.shot.versions] == [(2, False), (1, True)]
    notice = page.get(NoticesState).items[-1]
    assert (notice.kind, notice.text, notice.undo) == ("ok", "1A shows version 1.", "Undo")
    page.call(NoticesState, "undo", notice_id=notice.id)
    assert all_cards(board)[0].version == 2


def test_a_viewer_sees_the_board_and_changes_nothing(person: Register, tmp_path: Path) -> None:
    board = make_board()
    picture(board, all_cards(board)[0], tmp_path, "first")
    picture(board, all_cards(board)[0], tmp_path, "second")
    mara, lena = person("mara"), person("lena")
    with unit_of_work() as uow:
        email, role = "lena@example.com", ProjectRole.VIEWER
        projects.add_member(uow, mara.session.actor, board.project_id, email=email, role=role)
    page = opened(lena, board.project_id)
    assert (page.get(ProjectState).may_edit, len(shown(page))) == (False, 31)
    for told, act in enumerate(("draw", "film", "redraw", "show_version"), 1):
        page.call(BoardState, act, **({"number": 1} if act == "show_version" else {}))
        assert len(page.get(NoticesState).items) == told
    assert all_cards(board)[0].version == 2
    with reading() as uow:
        assert runs.list_runs(uow, board.actor, board.project_id) == []


def test_a_stranger_finds_no_board(person: Register) -> None:
    board = make_board()
    person("mara")
    page = opened(person("lena"), board.project_id)
    assert (page.get(ProjectState).found, page.get(BoardState).total) == (False, 0)


def test_a_project_without_a_script_says_so(person: Register) -> None:
    mara = person("mara")
    with unit_of_work() as uow:
        project = projects.create_project(uow, mara.session.actor, name="Empty")
    state = opened(mara, project.id).get(BoardState)
    assert (state.loaded, state.missing, state.groups) == (True, "script", [])


def test_another_project_s_board_takes_the_place_of_the_first(person: Register) -> None:
    first, second = make_board(), make_board(LONG.encode())
    mara = person("mara")
    page = opened(mara, first.project_id)
    page.call(BoardState, "show_only", show="todo")
    page = opened(mara, second.project_id)
    assert page.get(BoardState).show == "all"
    assert page.get(BoardState).scenes[0].heading == "INT. ROOM 0"
