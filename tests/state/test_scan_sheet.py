"""The sheet of drawn worksheets: what a tab shows of those brought in, and what it says when they have been read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from state import gate
from state.board.board import BoardState
from state.board.scanning import ScanState
from state.hub import News
from state.notices import NoticesState
from studio.accounts.views import SignedIn
from studio.core.db import reading, unit_of_work
from studio.runs import service as runs
from studio.storyboards import service as storyboards
from studio.storyboards.printing.worksheet.placing import FrameReport, SheetReport
from tests.factories.film import make_board
from tests.factories.pictures import png
from tests.state.conftest import Tab, tab

pytestmark = [pytest.mark.services, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]
READ = SheetReport("a.png", 1, "Drawings for 1A. 1 frame is blank.", (FrameReport("kept", "1A"), FrameReport("blank")))
UNREAD = SheetReport("b.png", 1, "There is no worksheet of ours here.")


def hear(page: Tab, who: SignedIn, view: Any) -> None:
    async def heard() -> None:
        with gate.acting(who.session):
            await (await page.root.get_state(ScanState))._hear(News(runs={view.id: view.plain()}))

    asyncio.run(heard())


@pytest.mark.parametrize(
    ("sheets", "kind", "told"),
    [
        ([READ], "ok", "1 drawing taken from paper."),
        ([READ, UNREAD], "warning", "1 drawing taken from paper. 1 page could not be used"),
    ],
)
def test_sheets_are_shown_while_they_are_read_and_then_page_by_page(
    person: Callable[[str], SignedIn], sheets: list[SheetReport], kind: str, told: str
) -> None:
    board, mara = make_board(), person("mara")
    page = tab(mara.token, f"/p/{board.project_id}/board", project_id=board.project_id)
    page.call(BoardState, "load")
    state = page.get(ScanState)
    assert (state.script_id, state.scans) == (board.script_id, [])
    files = [(sheet.file, png(30 + at, 20)) for at, sheet in enumerate(sheets)]
    run = storyboards.submit_scan(board.actor, board.script_id, files)
    page.call(ScanState, "show")
    assert [(scan.state, scan.pages) for scan in state.scans] == [("waiting", [])]
    with unit_of_work() as uow:
        claim = runs.claim_run(uow, run.id, "worker")
        assert claim
        runs.complete_run(uow, claim, {"sheets": [sheet.plain() for sheet in sheets], "kept": 1})
    with reading() as uow:
        hear(page, mara, runs.get_run(uow, board.actor, run.id))
    assert [line.told for line in state.scans[0].pages] == [sheet.told for sheet in sheets]
    notice = page.get(NoticesState).items[-1]
    assert notice.kind == kind
    assert notice.text.startswith(told)


@pytest.mark.parametrize(
    ("problems", "kind", "told"),
    [
        ([], "ok", "2 drawings brought in."),
        (
            [{"board": 2, "told": "The picture b.png is damaged."}, {"board": 4, "told": "So is d.png."}],
            "warning",
            "2 drawings brought in. Without one: board 2, 4. The picture b.png is damaged.",
        ),
    ],
)
def test_when_the_drawings_of_boards_have_come_the_board_says_how_many_and_which_have_none(
    person: Callable[[str], SignedIn], problems: list[dict[str, Any]], kind: str, told: str
) -> None:
    board, mara = make_board(), person("mara")
    page = tab(mara.token, f"/p/{board.project_id}/board", project_id=board.project_id)
    page.call(BoardState, "load")
    with unit_of_work() as uow:
        run = runs.submit_run(
            uow, board.actor, board.project_id, "boards", {"script_id": board.script_id, "panels": []}
        )
    page.call(BoardState, "load")
    assert page.get(BoardState).making == "boards"
    with unit_of_work() as uow:
        claim = runs.claim_run(uow, run.id, "worker")
        assert claim
        runs.complete_run(uow, claim, {"kept": 2, "problems": problems})
    with reading() as uow:
        hear(page, mara, runs.get_run(uow, board.actor, run.id))
    notice = page.get(NoticesState).items[-1]
    assert (notice.kind, notice.text) == (kind, told)
