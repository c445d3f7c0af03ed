"""The script's page: sheets with the right lines and panels, held in parts, and what stands beside them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from state import gate
from state.hub import News
from state.project import ProjectState
from state.script.printed import sheets_of
from state.script.script import ScriptState
from studio.accounts.views import SignedIn
from studio.core.db import reading, unit_of_work
from studio.projects import service as projects
from studio.scripts import service as scripts
from studio.storyboards import service as storyboards
from tests.factories.film import draw_all, make_board
from tests.state.conftest import Tab, tab

pytestmark = pytest.mark.services
Register = Callable[[str], SignedIn]

LONG = "Title: Long\nAuthor: A. Writer\n\n" + "".join(
    f"INT. ROOM {n} - DAY\n\n"
    + "".join(f"Mara opens door {i}, and behind it there is another one.\n\n" for i in range(8))
    for n in range(60)
)


def opened(who: SignedIn, project_id: str, query: str = "") -> Tab:
    page = tab(who.token, f"/p/{project_id}/script", project_id=project_id)
    page.root.router_data = {**page.root.router_data, "asPath": f"/p/{project_id}/script{query}"}
    page.root._update_router_vars(page.root.router_data, {})
    page.call(ScriptState, "load")
    return page


def headings(page: Tab) -> list[str]:
    return [line.number for sheet in page.get(ScriptState).sheets for line in sheet.lines if line.kind == "heading"]


def test_the_script_opens_with_its_pages_cast_and_places(person: Register) -> None:
    board = make_board()
    state = (page := opened(person("mara"), board.project_id)).get(ScriptState)
    assert (state.loaded, state.missing, state.title) == (True, False, "The Last Ferry")
    assert headings(page) == ["1", "2", "3"]
    first = state.sheets[0].lines
    assert [(line.kind, line.text) for line in first[3:6]] == [
        ("action", first[3].text),
        ("character", "BEN"),
        ("dialogue", "Wait! Please! Is this the last one?"),
    ]
    assert [(p.name, p.lines, p.voice) for p in state.people] == [
        ("Mara", "9 lines", "No voice yet"),
        ("Ben", "8 lines", "No voice yet"),
    ]
    assert state.places[0].name == "Harbour Pier"
    assert state.export.startswith("/api/v1/scripts/")


def test_every_panel_of_a_scene_hangs_at_a_line_or_is_counted_at_one(person: Register) -> None:
    board = make_board()
    with reading() as uow:
        pages = scripts.read_scenes(uow, board.actor, board.script_id, 0, 20)
        cards = storyboards.list_cards(uow, board.actor, board.script_id, limit=200).items
    lines = [line for sheet in sheets_of(board.project_id, pages, cards, 0) for line in sheet.lines]
    marks = [line.mark for line in lines if line.mark.id]
    assert sum(1 + int(m.label.partition("+")[2] or 0) for m in marks) == len(cards)
    assert all(not line.mark.id for line in lines if line.kind == "heading")
    assert marks[0].label == "1A"
    assert len({m.id for m in marks}) == len(marks)


def test_a_long_script_is_never_held_whole(person: Register) -> None:
    board = make_board(LONG.encode())
    page = opened(person("mara"), board.project_id)
    state = page.get(ScriptState)
    seen = headings(page)
    assert seen[0] == "1"
    assert len(seen) < 20
    for _ in range(60):
        if not state.turn.later:
            break
        page.call(ScriptState, "later")
        held = headings(page)
        assert len(held) <= 20
        assert set(held) & set(seen) or int(held[0]) == int(seen[-1]) + 1  # nothing is skipped
        seen = held
    assert seen[-1] == "60"
    assert state.turn.earlier != ""
    page.call(ScriptState, "earlier")
    assert int(headings(page)[0]) < int(seen[0])
    assert len(state.scenes) == 40
    page.call(ScriptState, "list_scenes", by=1)
    assert [s.number for s in state.scenes] == [str(n) for n in range(41, 61)]
    page.call(ScriptState, "list_scenes", by=1)
    assert len(state.scenes) == 20


def test_a_scene_is_opened_by_its_number_and_its_coverage_told(person: Register, tmp_path: Path) -> None:
    board = make_board()
    draw_all(board, tmp_path)
    state = (page := opened(person("mara"), board.project_id, "?scene=2")).get(ScriptState)
    assert headings(page)[0] == "2"
    assert (state.chosen.number, state.chosen.told, len(state.covers)) == ("2", "Boarded", 15)
    assert [c.letter for c in state.covers[:3]] == ["A", "B", "C"]
    assert all(c.picture for c in state.covers)


def test_panels_that_arrive_show_up_beside_their_lines(person: Register, tmp_path: Path) -> None:
    board = make_board()
    mara = person("mara")
    page = opened(mara, board.project_id)
    state = page.get(ScriptState)
    assert state.scenes[0].state == "none"
    draw_all(board, tmp_path)

    async def heard() -> None:
        with gate.acting(mara.session):
            await (await page.root.get_state(ScriptState))._hear(News(all=True))

    asyncio.run(heard())
    assert {s.state for s in state.scenes} == {"done"}
    assert all(line.mark.picture for sheet in state.sheets for line in sheet.lines if line.mark.id)


def test_a_project_without_a_script_says_so_and_a_stranger_finds_nothing(person: Register) -> None:
    mara, lena = person("mara"), person("lena")
    with unit_of_work() as uow:
        project = projects.create_project(uow, mara.session.actor, name="Empty")
    assert opened(mara, project.id).get(ScriptState).missing
    page = opened(lena, project.id)
    assert (page.get(ProjectState).found, page.get(ScriptState).title) == (False, "")
