"""Drawn sheets brought in on a board: asked for once, read by the job, kept as versions in one act that can be undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobs.steps.storyboards import print_board, read_scans
from jobs.work import Stop, Work
from studio.core.db import reading, unit_of_work
from studio.core.errors import Forbidden, Invalid, LimitReached, NotFound
from studio.core.storage import media_key, rendition_key, storage
from studio.runs import service as runs
from studio.runs.views import Claim
from studio.storyboards import service as storyboards
from studio.storyboards.printing.options import PrintOptions
from studio.storyboards.printing.worksheet.form import Form
from studio.storyboards.views import PanelCard
from tests.factories.boards import rows_of
from tests.factories.film import Board, make_board
from tests.factories.people import make_cast
from tests.factories.pictures import png
from tests.factories.sheets import drawn_on, jpeg, page_of, photographed

pytestmark = pytest.mark.services
SHORT = b"INT. ROOM - DAY\n\nA man sits.\n\nEXT. PIER - NIGHT\n\nRain falls on the pier.\n\nINT. CAR - DAY\n\nA dog sleeps.\n"
FORM = Form()


def cards(board: Board) -> list[PanelCard]:
    with reading() as uow:
        return list(storyboards.list_cards(uow, board.actor, board.script_id, limit=50).items)


def claimed(run_id: str) -> Claim:
    with unit_of_work() as uow:
        claim = runs.claim_run(uow, run_id, "here")
    assert claim is not None
    return claim


def read(board: Board, run_id: str, folder: Path) -> dict[str, object]:
    folder.mkdir(exist_ok=True)
    claim = claimed(run_id)
    done = read_scans(Work(claim, board.actor, folder, Stop()))
    with unit_of_work() as uow:
        runs.complete_run(uow, claim, done.result)
    return done.result


def test_a_sheet_printed_drawn_on_and_photographed_becomes_the_panels_and_can_be_undone(
    database: str, tmp_path: Path
) -> None:
    board = make_board(SHORT)
    with unit_of_work() as uow:
        storyboards.add_panel(uow, board.actor, cards(board)[0].shot_id)
    before = rows_of(board)
    with unit_of_work() as uow:
        asked = storyboards.submit_print(uow, board.actor, board.script_id, PrintOptions("worksheet"))
    made = print_board(Work(claimed(asked.id), board.actor, tmp_path, Stop())).result
    assert made["name"].endswith(" worksheet.pdf")
    sheet = page_of(storage().fetch(media_key(str(made["sha256"]))))
    photo = jpeg(photographed(drawn_on(sheet, FORM, {1: (20, 20, 20), 3: (20, 20, 20)})))
    files = [("a.jpg", photo), ("b.png", png(300, 200))]
    run = storyboards.submit_scan(board.actor, board.script_id, files)
    assert storyboards.submit_scan(board.actor, board.script_id, files).id == run.id
    result = read(board, run.id, tmp_path / "scan")
    assert result["kept"] == 2
    shots = cards(board)
    with reading() as uow:
        panels = [panel for shot in shots for panel in storyboards.list_panels(uow, board.actor, shot.shot_id)]
    drawn = [panel for panel in panels if panel.version]
    assert drawn == [panels[1], panels[3]]
    assert {(panel.origin, panel.completeness) for panel in drawn} == {("uploaded", "full")}
    assert all(storage().exists(rendition_key(panel.sha256 or "", "thumbnail")) for panel in drawn)
    with reading() as uow:
        scan = storyboards.list_scans(uow, board.actor, board.script_id).items[0]
    assert (scan.kept, scan.names) == (2, ("a.jpg", "b.png"))
    assert scan.sheets[0].told.startswith(f"Drawings for {shots[0].number}/2, {shots[2].number}.")
    assert "no worksheet" in scan.sheets[1].told
    with unit_of_work() as uow:
        assert storyboards.undoable(uow, board.actor, board.script_id).undo.startswith("drawings on paper of")
        storyboards.undo(uow, board.actor, board.script_id)
    assert rows_of(board) == before


def test_the_same_sheet_again_adds_no_version(database: str, tmp_path: Path) -> None:
    board = make_board(SHORT)
    first = cards(board)[0].shot_id
    with unit_of_work() as uow:
        asked = storyboards.submit_print(uow, board.actor, board.script_id, PrintOptions("worksheet", blank=1))
    made = print_board(Work(claimed(asked.id), board.actor, tmp_path, Stop())).result
    sheet = page_of(storage().fetch(media_key(str(made["sha256"]))))
    files = [("a.jpg", jpeg(drawn_on(sheet, FORM, {3: (20, 20, 20)})))]
    for _ in range(2):
        run = storyboards.submit_scan(board.actor, board.script_id, files, first_shot_id=first)
        assert read(board, run.id, tmp_path / "scan")["kept"] == 1
    assert cards(board)[0].version == 1


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_cannot_be_brought_in_is_a_sentence(database: str) -> None:
    cast = make_cast()
    owner = cast.actor("owner")
    with pytest.raises(Invalid, match="Choose a scan"):
        storyboards.submit_scan(owner, cast.script_id, [])
    with pytest.raises(Invalid, match=r"notes\.txt is no scan"):
        storyboards.submit_scan(owner, cast.script_id, [("notes.txt", b"a note")])
    with pytest.raises(LimitReached, match="40 files"):
        storyboards.submit_scan(owner, cast.script_id, [("a.png", png())] * 41)
    with pytest.raises(NotFound):
        storyboards.submit_scan(owner, cast.script_id, [("a.png", png())], first_shot_id=cast.script_id)
    with pytest.raises(Forbidden):
        storyboards.submit_scan(cast.actor("viewer"), cast.script_id, [("a.png", png())])
    with pytest.raises(NotFound):
        storyboards.submit_scan(cast.actor("stranger"), cast.script_id, [("a.png", png())])
