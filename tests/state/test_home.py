"""A project's own page: the thread it draws, the next step it proposes, and who may take it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from state import gate
from state.home.home import HomeState, did, provenance
from state.home.thread import Node, Sheet, sheet_of
from state.hub import News
from state.notices import NoticesState
from state.project import ProjectState
from studio.accounts.views import SignedIn
from studio.core.db import reading, unit_of_work
from studio.projects import service as projects
from studio.projects.views import ProjectRole
from studio.runs import service as runs
from studio.storyboards.views import Origin
from studio.thread import service as thread
from studio.timelines import service as timelines
from tests.factories.film import draw_all, make_board, make_timeline
from tests.factories.laid import a_solid
from tests.state.conftest import Tab, tab

services = pytest.mark.services
Register = Callable[[str], SignedIn]


def _home(who: SignedIn, project_id: str) -> Tab:
    it = tab(who.token, f"/p/{project_id}", project_id=project_id)
    it.call(HomeState, "load")
    return it


def _nodes(of: Tab) -> dict[str, Node]:
    return {n.name: n for n in of.get(HomeState).nodes}


def _asked(who: SignedIn, project_id: str) -> list[str]:
    with reading() as uow:
        found = runs.list_runs(uow, who.session.actor, project_id, live_only=True, limit=500)
    return [r.kind for r in found if r.parent_id is None]


@pytest.mark.parametrize(
    ("made", "total", "sheet"),
    [
        (0, 0, Sheet()),
        (1, 9, Sheet(True, 1, 0, 0, 1)),
        (18, 18, Sheet(True, 2, 0, 2, 0)),
        (20, 32, Sheet(False, 1, 15, 1, 3)),
        (1, 1320, Sheet(False, 4, 0, 0, 1)),
        (1319, 1320, Sheet(False, 4, 0, 3, 16)),
        (1320, 1320, Sheet(False, 4, 0, 4, 0)),
    ],
)
def test_a_contact_sheet_is_full_only_when_everything_is_made(made: int, total: int, sheet: Sheet) -> None:
    assert sheet_of(made, total) == sheet


def test_what_was_asked_is_told_as_done() -> None:
    assert [did("Draw 32 panels"), did("Make the film, 1080p"), did("Draw 2 panels", failed=True)] == [
        "Drew 32 panels",
        "Made the film, 1080p",
        "Could not draw 2 panels",
    ]


def test_makers_are_named_in_words() -> None:
    assert provenance(Origin("panel artist", "espeak-ng", "full")) == (
        "Pictures by the built-in artist and voices by the built-in voices."
    )
    assert provenance(None) == ""


@services
def test_a_board_to_draw_is_the_next_step_and_drawing_starts_once(person: Register) -> None:
    board = make_board()
    mara = person("mara")
    page = _home(mara, board.project_id)
    state = page.get(HomeState)
    assert (state.loaded, state.step.act, state.step.label) == (True, "draw", "Draw the board")
    assert [n.state for n in state.nodes] == ["done", "done", "done", "none", "none", "none", "none", "none"]
    page.call(HomeState, "draw")
    page.call(HomeState, "draw")
    assert _asked(mara, board.project_id) == ["board"]
    assert (page.get(HomeState).step.kind, page.get(HomeState).moving) == ("wait", True)
    panels = _nodes(page)["Panels"]
    assert (panels.count, panels.foot, panels.live) == ("0", "Being made", True)


@services
def test_a_project_without_a_script_leads_to_its_cut(person: Register) -> None:
    who = person("mara")
    with unit_of_work() as uow:
        project_id = thread.start_cut(uow, who.session.actor)
        (cut,) = timelines.list_timelines(uow, who.session.actor, project_id)
    step = _home(who, project_id).get(HomeState).step
    assert (step.label, step.more, step.more_href) == (
        "Bring a script",
        "Or cut your own footage",
        f"/p/{project_id}/cut",
    )
    with unit_of_work() as uow:
        timelines.edit_timeline(uow, who.session.actor, cut.id, [a_solid(48)], revision=cut.revision)
    step = _home(who, project_id).get(HomeState).step
    assert (step.label, step.href, step.more) == ("Open the cut", f"/p/{project_id}/cut", "Make the film")


@services
def test_a_drawn_board_leads_to_the_film(person: Register, tmp_path: Path) -> None:
    board = make_board()
    draw_all(board, tmp_path)
    mara = person("mara")
    page = _home(mara, board.project_id)
    with unit_of_work() as uow:
        for run in runs.list_runs(uow, board.actor, board.project_id, live_only=True, limit=500):
            runs.cancel_run(uow, board.actor, run.id)
    assert page.get(HomeState).step.act == "film"
    assert _nodes(page)["Panels"].state == "done"
    assert len(page.get(HomeState).fresh) == 4
    page.call(HomeState, "make_film")
    page.call(HomeState, "make_film")
    assert _asked(mara, board.project_id) == ["film"]
    assert page.get(HomeState).step.text == "The film is being made."
    assert _nodes(page)["Film"].live


@services
def test_voices_music_and_cut_are_counted_from_what_was_made(person: Register, tmp_path: Path) -> None:
    board, detail = make_timeline(tmp_path)
    page = _home(person("mara"), board.project_id)
    nodes = _nodes(page)
    music = [c for t in detail.timeline.tracks if t.role == "music" for c in t.clips]
    assert (nodes["Voices"].state, nodes["Cut"].state) == ("done", "done")
    assert nodes["Music"].count == str(len(music))
    assert page.get(HomeState).tags[1:] == ["24 fps", "16:9"]


@services
def test_a_viewer_is_offered_nothing_to_change_and_may_not(person: Register) -> None:
    board = make_board()
    mara, lena = person("mara"), person("lena")
    with unit_of_work() as uow:
        projects.add_member(
            uow, mara.session.actor, board.project_id, email="lena@example.com", role=ProjectRole.VIEWER
        )
    page = _home(lena, board.project_id)
    assert page.get(HomeState).step.act == ""
    page.call(HomeState, "draw")
    page.call(HomeState, "make_film")
    assert _asked(mara, board.project_id) == []
    assert len(page.get(NoticesState).items) == 2


@services
def test_a_stranger_finds_no_project(person: Register) -> None:
    board = make_board()
    person("mara")
    page = _home(person("tunde"), board.project_id)
    assert (page.get(ProjectState).found, page.get(HomeState).nodes) == (False, [])
    page.call(HomeState, "draw")
    with reading() as uow:
        assert runs.list_runs(uow, board.actor, board.project_id, limit=10) == []


@services
def test_a_project_put_away_is_looked_at_and_brought_back(person: Register) -> None:
    board = make_board()
    mara = person("mara")
    with unit_of_work() as uow:
        projects.put_away(uow, mara.session.actor, board.project_id)
    page = _home(mara, board.project_id)
    assert (page.get(ProjectState).away, page.get(HomeState).step.act) == (True, "")
    page.call(HomeState, "bring_back")
    assert page.get(HomeState).step.act == "draw"


@services
def test_counts_move_while_panels_arrive(person: Register, tmp_path: Path) -> None:
    board = make_board()
    mara = person("mara")
    page = _home(mara, board.project_id)
    drawn = draw_all(board, tmp_path)
    with gate.acting(mara.session):
        asyncio.run(page.get(HomeState)._hear(News(all=True)))
    assert _nodes(page)["Panels"].count == str(drawn)


@services
def test_a_page_that_was_left_reads_nothing_any_more(person: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    board = make_board()
    mara = person("mara")
    page = _home(mara, board.project_id)
    page.get(ProjectState).open_id = "another"

    async def read(*_args: object) -> None:
        raise AssertionError("read after the page was left")

    monkeypatch.setattr("state.home.home.read", read)
    with gate.acting(mara.session):
        asyncio.run(page.get(HomeState)._hear(News(all=True)))


@services
def test_a_film_in_which_nobody_speaks_wants_no_voices(person: Register) -> None:
    board = make_board(b"INT. BATH - NIGHT\n\nA tap drips.\n")
    voices = _nodes(_home(person("mara"), board.project_id))["Voices"]
    assert (voices.state, voices.note, voices.foot) == ("done", "Nobody speaks", "None needed")
