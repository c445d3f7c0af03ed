"""The print sheet: what a filled-in one stands for, what is asked for, and the files it shows."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from state import gate
from state.board.board import BoardState
from state.board.printing import FIELDS, PrintState, wished
from state.hub import News
from state.notices import NoticesState
from studio.accounts.views import SignedIn
from studio.core.db import reading, unit_of_work
from studio.core.errors import Invalid
from studio.runs import service as runs
from studio.storyboards.printing.options import PrintOptions
from tests.factories.film import Board, make_board
from tests.state.conftest import Tab, tab

Register = Callable[[str], SignedIn]
SHEET: dict[str, Any] = {
    "what": "pdf",
    "layout": "standard",
    "paper": "letter",
    "cover": "on",
    "part": "film",
    "scene": "2",
    "list": "xlsx",
    "names": "{shot}",
    **{f"field-{name}": "on" for name, _ in FIELDS},
}


@pytest.mark.parametrize(
    ("filled", "options"),
    [
        ({}, PrintOptions()),
        ({"cover": None}, PrintOptions(cover=False)),
        (
            {"layout": "single", "paper": "a4", "turned": "on"},
            PrintOptions(layout="single", paper="a4", landscape=False),
        ),
        ({"layout": "script", "turned": "on"}, PrintOptions(layout="script")),
        ({"what": "contact"}, PrintOptions(layout="contact")),
        ({"part": "scene"}, PrintOptions(scenes=(2,))),
        ({"what": "list", "list": "csv"}, PrintOptions("csv", fields=tuple(name for name, _ in FIELDS))),
        ({"what": "zip"}, PrintOptions("zip", names="{shot}")),
        ({"what": "gif", "part": "scene"}, PrintOptions("gif", scenes=(2,))),
        (
            {"what": "worksheet", "frames": "1x4", "turned": "on", "pages": "9"},
            PrintOptions("worksheet", columns=1, rows=4, landscape=True),
        ),
        (
            {"what": "worksheet", "frames": "2x3", "part": "blank", "pages": "9", "paper": "a4"},
            PrintOptions("worksheet", columns=2, rows=3, landscape=False, paper="a4", blank=9),
        ),
    ],
)
def test_a_filled_in_sheet_stands_for_options(filled: dict[str, Any], options: PrintOptions) -> None:
    assert wished({**SHEET, **filled}) == options


@pytest.mark.parametrize(
    "filled",
    [
        {"what": "docx"},
        {"layout": "poster"},
        {"layout": ["standard"]},
        {"paper": "foolscap"},
        {"part": "scene", "scene": "all"},
        {"what": "zip", "names": "{price}"},
        {"what": "worksheet", "frames": "9x9"},
        {"what": "worksheet", "frames": "many"},
        {"what": "worksheet", "part": "blank", "pages": "1000"},
        {"what": "list", **{f"field-{name}": None for name, _ in FIELDS}},
    ],
)
def test_a_sheet_filled_in_by_another_program_is_refused_with_a_sentence(filled: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        wished({**SHEET, **filled})


def opened(who: SignedIn, board: Board) -> Tab:
    page = tab(who.token, f"/p/{board.project_id}/board", project_id=board.project_id)
    page.call(BoardState, "load")
    page.call(PrintState, "show")
    return page


def hear(page: Tab, who: SignedIn, *views: Any) -> None:
    async def heard() -> None:
        with gate.acting(who.session):
            await (await page.root.get_state(PrintState))._hear(News(runs={view.id: view.plain() for view in views}))

    asyncio.run(heard())


@pytest.mark.services
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_print_shows_how_far_it_is_and_then_where_it_can_be_taken(person: Register) -> None:
    board, mara = make_board(), person("mara")
    page = opened(mara, board)
    state = page.get(PrintState)
    assert state.prints == []
    assert state.shot_list == f"/api/v1/scripts/{board.script_id}/shots.csv"
    page.call(PrintState, "make", form=SHEET)
    page.call(PrintState, "make", form=SHEET)
    assert [(each.label, each.state, each.link) for each in state.prints] == [("Print the board", "waiting", "")]
    with unit_of_work() as uow:
        claim = runs.claim_run(uow, state.prints[0].id, "worker")
        assert claim
        runs.report_progress(uow, claim, "Printing, page 2 of 4", 0.5)
    with reading() as uow:
        view = runs.get_run(uow, board.actor, claim.run_id)
    hear(page, mara, view)
    assert (state.prints[0].told, state.prints[0].percent) == ("Printing, page 2 of 4", 50)
    with unit_of_work() as uow:
        runs.complete_run(uow, claim, {"sha256": "a" * 64, "size": 1_500_000, "name": "A board.pdf", "count": 4})
    hear(page, mara, view)
    made = state.prints[0]
    assert (made.label, made.told, made.state) == ("A board.pdf", "Standard · 1.5 MB · just now", "done")
    assert made.link == f"/api/v1/prints/{claim.run_id}/download"


@pytest.mark.services
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_wrong_choice_is_a_notice_and_nothing_is_asked_for(person: Register) -> None:
    board = make_board()
    page = opened(person("mara"), board)
    page.call(PrintState, "make", form={**SHEET, "what": "zip"})
    assert "Draw the board first" in page.get(NoticesState).items[-1].text
    assert page.get(PrintState).prints == []
