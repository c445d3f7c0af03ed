"""The picture of a drawing, made by the job itself: what was drawn, over what was there, as a version to look at."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from jobs.steps.storyboards import ink_panel
from jobs.work import Stop, Work
from studio.core.db import reading, unit_of_work
from studio.core.storage import media_key, rendition_key, storage
from studio.drawing import service as drawing
from studio.providers.port import Picture
from studio.runs import service as runs
from studio.storyboards import service as storyboards
from studio.storyboards.views import PanelCard
from tests.factories.film import Board, make_board, stored_file
from tests.factories.strokes import CLIENT, send, stroke

pytestmark = [pytest.mark.services, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]

SCRIPT = b"INT. KITCHEN - DAY\n\nANNA sits at the table.\n"
GREY = 200


def grey_board(folder: Path) -> tuple[Board, str]:
    """A board whose first panel shows plain grey."""
    board = make_board(SCRIPT)
    with reading() as uow:
        panel = storyboards.list_cards(uow, board.actor, board.script_id).items[0].panel_id
    _, png = cv2.imencode(".png", np.full((1080, 1920, 3), GREY, np.uint8))
    files = stored_file(folder, "grey.png", png.tobytes()), stored_file(folder, "grey.svg", b"<svg/>")
    picture = Picture(b"", None, "", 1920, 1080, "test artist", "stand-in")
    with unit_of_work() as uow:
        storyboards.add_panel_version(uow, board.actor, panel, picture, *files)
    return board, panel


def inked(board: Board, panel: str, folder: Path) -> PanelCard:
    with unit_of_work() as uow:
        run = drawing.submit_picture(uow, board.actor, panel)
        assert run is not None
        claim = runs.claim_run(uow, run.id, "here")
        assert claim is not None
    folder.mkdir()
    done = ink_panel(Work(claim, board.actor, folder, Stop()))
    with unit_of_work() as uow:
        runs.complete_run(uow, claim, done.result)
    with reading() as uow:
        return storyboards.list_cards(uow, board.actor, board.script_id).items[0]


def pixels(sha256: str) -> np.ndarray:
    read = cv2.imread(str(storage().fetch(media_key(sha256))))
    assert read is not None
    return read


def test_a_drawing_becomes_the_shown_version_over_what_it_was_drawn_on(database: str, tmp_path: Path) -> None:
    board, panel = grey_board(tmp_path)
    send(board.actor, panel, [stroke(2000, 2000, long=4000) | {"size": 400}])
    card = inked(board, panel, tmp_path / "one")
    assert (card.origin, card.completeness, card.version) == ("drawn", "full", 2)
    assert card.sha256
    seen = pixels(card.sha256)
    assert seen.shape == (1080, 1920, 3)
    assert seen[384, 960].tolist() == [0, 0, 0]
    assert seen[900, 100].tolist() == [GREY] * 3
    assert storage().exists(rendition_key(card.sha256, "thumbnail"))


def test_notes_are_on_the_panel_and_not_in_the_cut(database: str, tmp_path: Path) -> None:
    board, panel = grey_board(tmp_path)
    send(board.actor, panel, [stroke(2000, 2000, long=4000, layer="notes", tool="note") | {"size": 400}])
    inked(board, panel, tmp_path / "one")
    with reading() as uow:
        shot = next(s for s in storyboards.list_board(uow, board.actor, board.script_id) if s.picture)
    assert shot.picture
    assert pixels(shot.picture)[384, 960].tolist() == [GREY] * 3


def test_hiding_the_reference_leaves_paper(database: str, tmp_path: Path) -> None:
    board, panel = grey_board(tmp_path)
    send(board.actor, panel, [{"op": "set_layer", "layer": "reference", "hidden": True}])
    card = inked(board, panel, tmp_path / "one")
    assert card.sha256
    assert pixels(card.sha256)[5, 5].tolist() == [247, 253, 255]


def test_the_same_drawing_again_is_shown_and_not_added(database: str, tmp_path: Path) -> None:
    board, panel = grey_board(tmp_path)
    send(board.actor, panel, [stroke()])
    first = inked(board, panel, tmp_path / "one")
    send(board.actor, panel, [{"op": "undo", "of": f"{CLIENT}.1"}, {"op": "redo", "of": f"{CLIENT}.1"}], first=2)
    again = inked(board, panel, tmp_path / "two")
    assert (again.version, again.sha256) == (first.version, first.sha256)
