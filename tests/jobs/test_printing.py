"""Prints made by real workers: page by page, gone when cancelled, and the same file after a worker was killed."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Generator
from pathlib import Path

import pypdfium2
import pytest

from jobs.crew import Crew
from studio.core.db import reading, unit_of_work
from studio.core.settings import Settings
from studio.core.storage import media_key, storage
from studio.media import service as media
from studio.providers.port import Picture
from studio.runs import service as runs
from studio.runs.states import RunState
from studio.runs.views import RunView
from studio.storyboards import service as storyboards
from studio.storyboards.printing.options import PrintOptions
from tests.factories.books import make_picture
from tests.factories.film import Board, make_board
from tests.jobs.test_workers import children_of, seen_until_end

pytestmark = pytest.mark.film
LARGE = PrintOptions(layout="single", scenes=(1,))
"""Too large for thumbnails: it takes some seconds."""


@pytest.fixture
def crew(home: Settings, monkeypatch: pytest.MonkeyPatch) -> Generator[Crew]:
    monkeypatch.setenv("INKREEL_WORKERS", "1")
    made = Crew(home.model_copy(update={"workers": 1}))
    made.start()
    yield made
    made.stop()


@pytest.fixture
def board(crew: Crew, tmp_path: Path) -> Board:
    """Every panel of its second scene has a large picture."""
    made = make_board()
    with reading() as uow:
        cards = storyboards.list_cards(uow, made.actor, made.script_id, scene=1, limit=200).items
    for at, card in enumerate(cards):
        path = make_picture(tmp_path / f"{at}.png", size=(3200, 1800), shade=at)
        file = media.stored(storage(), path, kind="image", mime="image/png", name=path.name)
        picture = Picture(b"", None, "", 3200, 1800, "test artist", "full")
        with unit_of_work() as uow:
            storyboards.add_panel_version(uow, made.actor, card.panel_id, picture, file, file)
    return made


def asked(board: Board, options: PrintOptions) -> RunView:
    with unit_of_work() as uow:
        return storyboards.submit_print(uow, board.actor, board.script_id, options)


def wait_until_at_work(board: Board, run: RunView, limit_s: float = 30) -> None:
    until = time.monotonic() + limit_s
    while time.monotonic() < until:
        with reading() as uow:
            if 0 < runs.get_run(uow, board.actor, run.id).fraction < 1:
                return
        time.sleep(0.02)
    raise AssertionError("it never began")


def test_a_board_is_printed_page_by_page_the_same_when_killed_and_gone_when_cancelled(board: Board, crew: Crew) -> None:
    views = seen_until_end(board.actor, asked(board, LARGE))
    made = views[-1]
    assert made.state is RunState.COMPLETED, made
    assert made.result
    assert made.result["name"] == "The Last Ferry scene 2 board.pdf"
    assert any(", picture " in view.stage for view in views)
    assert any(view.eta_s for view in views)
    path = storage().fetch(media_key(made.result["sha256"]))
    with pypdfium2.PdfDocument(path) as document:
        assert len(document) == made.result["count"] == 15
    again = asked(board, LARGE)
    wait_until_at_work(board, again)
    os.kill(children_of(crew.worker_pids)[0], signal.SIGKILL)
    last = seen_until_end(board.actor, again)[-1]
    assert (last.result, last.attempt) == (made.result, 2)
    check_cancel(board, crew)


def check_cancel(board: Board, crew: Crew) -> None:
    """Nothing works on it three seconds later, there is no file, and the next print is made."""
    run = asked(board, LARGE)
    wait_until_at_work(board, run)
    began = time.monotonic()
    with unit_of_work() as uow:
        runs.cancel_run(uow, board.actor, run.id)
    while children_of(crew.worker_pids):
        assert time.monotonic() - began < 3
        time.sleep(0.02)
    with reading() as uow:
        view = storyboards.get_print(uow, board.actor, run.id)
    assert view.run.state is RunState.CANCELLED
    assert view.sha256 is None
    assert seen_until_end(board.actor, asked(board, PrintOptions("csv")))[-1].state is RunState.COMPLETED
