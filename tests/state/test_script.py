"""The script's page: scenes with the right lines and panels, held in parts, and what stands beside them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from state import gate
from state.hub import News
from state.project import ProjectState
from state.script.script import ScriptState
from state.script.side import ScriptSideState
from studio.accounts.views import SignedIn
from studio.core.db import reading, unit_of_work
from studio.projects import service as projects
from studio.scripts import service as scripts
from studio.storyboards import service as storyboards
from studio.thread import rewriting
from tests.factories.film import draw_all, make_board, voice_all
from tests.state.conftest import Tab, tab

pytestmark = pytest.mark.services
Register = Callable[[str], SignedIn]

LONG = "Title: Long\nAuthor: A. Writer\n\n" + "".join(
    f"INT. ROOM {n} - DAY\n\n"
    + "".join(f"Mara opens door {i}, and behind it there is another one.\n\n" for i in range(8))
    for n in range(80)
)
NOTED = b"""Title: Noted

INT. HALL - DAY

Mara waits. [[too slow?]] The clock stops.

[[who is the man?]]

/* cut cut cut */

EXT. YARD - NIGHT

A man. [[ask Ben]]
"""


def opened(who: SignedIn, project_id: str, query: str = "") -> Tab:
    page = tab(who.token, f"/p/{project_id}/script", project_id=project_id)
    page.root.router_data = {**page.root.router_data, "asPath": f"/p/{project_id}/script{query}"}
    page.root._update_router_vars(page.root.router_data, {})
    page.call(ScriptState, "load")
    return page


def heard(page: Tab, who: SignedIn, news: News) -> None:
    async def hear() -> None:
        with gate.acting(who.session):
            await (await page.root.get_state(ScriptState))._hear(news)

    asyncio.run(hear())


def numbers(page: Tab) -> list[str]:
    return [scene.number for scene in page.get(ScriptState).pages]


def test_the_script_opens_with_its_pages_cast_and_places(person: Register) -> None:
    board = make_board()
    state = (page := opened(person("mara"), board.project_id)).get(ScriptState)
    assert (state.loaded, state.missing, state.title) == (True, False, "The Last Ferry")
    assert numbers(page) == ["1", "2", "3"]
    first = state.pages[0].lines
    assert [(line["k"], line["t"]) for line in first[0:1] + first[4:6]] == [
        ("scene_heading", "EXT. HARBOUR PIER - DUSK"),
        ("character", "BEN"),
        ("dialogue", "Wait! Please! Is this the last one?"),
    ]
    assert state.pages[0].page == "1."
    side = page.get(ScriptSideState)
    assert [(p.name, p.lines, p.voice) for p in side.people] == [
        ("Mara", "9 lines", "No voice yet"),
        ("Ben", "8 lines", "No voice yet"),
    ]
    assert side.places[0].name == "Harbour Pier"
    assert side.lists["people"] == ["MARA", "BEN"]
    assert state.export.startswith("/api/v1/scripts/")


def test_every_panel_of_a_scene_hangs_at_a_line_or_is_counted_at_one(person: Register) -> None:
    board = make_board()
    state = opened(person("mara"), board.project_id).get(ScriptState)
    with reading() as uow:
        cards = storyboards.list_cards(uow, board.actor, board.script_id, limit=200).items
    marks = [mark for page in state.pages for mark in state.beside[page.id].marks]
    assert sum(1 + int(m.label.partition("+")[2] or 0) for m in marks) == len(cards)
    assert all(mark.line > 0 for mark in marks)
    assert marks[0].label == "1A"
    assert len({m.id for m in marks}) == len(marks)


def test_a_long_script_is_never_held_whole(person: Register) -> None:
    board = make_board(LONG.encode())
    page = opened(person("mara"), board.project_id)
    state = page.get(ScriptState)
    seen = numbers(page)
    assert 0 < len(seen) <= 20
    assert state.turn.later == f"Later scenes, from {int(seen[-1]) + 1}"
    for _ in range(6):
        page.call(ScriptState, "later")
        assert len(state.pages) <= 20
        assert len(state.beside) <= 20
    seen = numbers(page)
    assert int(seen[0]) > 1
    page.call(ScriptState, "earlier")
    assert int(numbers(page)[0]) < int(seen[0])
    assert len(state.scenes) == 60
    page.call(ScriptState, "list_scenes", by=1)
    assert [s.number for s in state.scenes] == [str(n) for n in range(61, 81)]
    page.call(ScriptState, "list_scenes", by=1)
    assert len(state.scenes) == 20


def test_a_scene_is_opened_by_its_number_and_its_coverage_told(person: Register, tmp_path: Path) -> None:
    board = make_board()
    draw_all(board, tmp_path)
    page = opened(person("mara"), board.project_id, "?scene=2")
    state, side = page.get(ScriptState), page.get(ScriptSideState)
    assert state.jump.id == state.pages[1].id
    assert (state.chosen.number, state.chosen.told, len(side.covers)) == ("2", "Boarded", 14)
    assert [c.letter for c in side.covers[:3]] == ["A", "B", "C"]
    assert all(c.picture for c in side.covers)
    assert (side.covered, side.gaps) == (100, 0)


def test_words_go_to_their_line(person: Register) -> None:
    board = make_board()
    page = opened(person("mara"), board.project_id)
    state = page.get(ScriptState)
    third = state.pages[2]
    page.call(ScriptState, "go", scene_id=third.id, words="won't wait")
    line = third.lines[state.jump.line]
    assert (state.jump.id, line["t"][state.jump.left : state.jump.right]) == (third.id, "won't wait")
    assert state.chosen.number == "3"
    before = state.jump.serial
    page.call(ScriptState, "go_to", words="I was")
    assert state.jump.serial == before + 1
    page.call(ScriptState, "go", scene_id="not-a-scene", words="")
    assert state.jump.serial == before + 1


def test_lines_without_a_voice_are_told_once_others_have_one(person: Register, tmp_path: Path) -> None:
    board = make_board()
    page = opened(person("mara"), board.project_id)
    assert page.get(ScriptSideState).silent == []
    voice_all(board, tmp_path, 1.0)
    first = page.get(ScriptState).pages[0]
    lines = [dict(line) for line in first.lines]
    lines[5]["t"] = "Stop, and wait for me."
    with unit_of_work() as uow:
        text = first.raw.replace("Wait! Please! Is this the last one?", "Stop, and wait for me.")
        rewriting.save_scene(uow, board.actor, board.script_id, first.id, text=text, revision=1, base=first.raw)
    page.call(ScriptState, "go", scene_id=first.id, words="")
    assert [(s.speaker, s.words) for s in page.get(ScriptSideState).silent] == [("Ben", "Stop, and wait for me.")]


def test_panels_that_arrive_show_up_beside_their_lines(person: Register, tmp_path: Path) -> None:
    board = make_board()
    mara = person("mara")
    page = opened(mara, board.project_id)
    state = page.get(ScriptState)
    assert state.scenes[0].state == "none"
    draw_all(board, tmp_path)
    heard(page, mara, News(all=True))
    assert {s.state for s in state.scenes} == {"done"}
    assert all(mark.picture for edge in state.beside.values() for mark in edge.marks)


def test_what_somebody_else_writes_comes_by_itself_and_only_that(person: Register) -> None:
    board = make_board()
    mara = person("mara")
    page = opened(mara, board.project_id)
    state = page.get(ScriptState)
    whole, second = list(state.pages), state.pages[1]
    with unit_of_work() as uow:
        text = second.raw.rstrip() + "\n\nA bell.\n\n"
        rewriting.save_scene(uow, board.actor, board.script_id, second.id, text=text, revision=1, base=second.raw)
    heard(page, mara, News(changed={"script"}))
    assert state.pages == whole
    assert [(s.id, s.revision, s.lines[-1]["t"]) for s in state.fresh] == [(second.id, 2, "A bell.")]
    with unit_of_work() as uow:
        rewriting.move_scene(uow, board.actor, board.script_id, second.id, to=0)
    heard(page, mara, News(changed={"script"}))
    assert (state.pages[0].id, state.fresh) == (second.id, [])
    assert state.chosen.position == 1  # the scene one was in, wherever it is now


def test_notes_and_words_are_counted_without_what_was_cut(person: Register) -> None:
    board = make_board(NOTED)
    side = opened(person("mara"), board.project_id).get(ScriptSideState)
    assert [(n.number, n.text) for n in side.notes] == [("1", "too slow?"), ("1", "who is the man?"), ("2", "ask Ben")]
    assert side.words == "15 words"


def test_a_project_without_a_script_says_so_and_a_stranger_finds_nothing(person: Register) -> None:
    mara, lena = person("mara"), person("lena")
    with unit_of_work() as uow:
        project = projects.create_project(uow, mara.session.actor, name="Empty")
    assert opened(mara, project.id).get(ScriptState).missing
    page = opened(lena, project.id)
    assert (page.get(ProjectState).found, page.get(ScriptState).title) == (False, "")


def test_counts_agree_with_the_card(person: Register) -> None:
    board = make_board()
    with reading() as uow:
        card = scripts.get_card(uow, board.actor, board.script_id)
    state = opened(person("mara"), board.project_id).get(ScriptState)
    assert state.facts.endswith(f"{card.scenes} scenes")
