"""The style of a board: one act, one job, undone like any other; drawings by hand and old documents are left in peace."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.core.db import reading, unit_of_work
from studio.engine.artist.spec import Style
from studio.providers.port import Picture
from studio.runs import service as runs
from studio.storyboards import repository
from studio.storyboards import service as storyboards
from studio.storyboards.documents import same_panel, spec_from
from studio.storyboards.models import Panel
from studio.storyboards.views import ShotFields
from tests.factories.boards import difference, rows_of, shots_of
from tests.factories.film import Board, make_board, stored_file
from tests.factories.pictures import png

pytestmark = pytest.mark.services
SCRIPT = b"INT. ROOM - DAY\n\nMara opens the door.\n\nMARA\nWho is there?\n\nBEN\nMe.\n"


@pytest.fixture
def board(database: str) -> Board:
    return make_board(SCRIPT)


def restyle(board: Board, style: Style) -> None:
    with unit_of_work() as uow:
        storyboards.change_style(uow, board.actor, board.script_id, style)


def drawn(board: Board, folder: Path) -> None:
    """Give every panel that wants one a picture of what it says now."""
    with reading() as uow:
        wanting = repository.list_wanting(uow, board.script_id)
        briefs = [storyboards.panel_brief(uow, board.actor, panel_id) for panel_id in wanting]
    for brief in briefs:
        file = stored_file(folder, f"{brief.panel_id}.png", f"{brief.number} {brief.spec.style}".encode())
        with unit_of_work() as uow:
            storyboards.add_panel_version(
                uow,
                board.actor,
                brief.panel_id,
                Picture(b"", None, "", 9, 9, "x", "stand-in"),
                file,
                file,
                spec=brief.spec,
            )


def styles(board: Board) -> set[Style]:
    with reading() as uow:
        panels = repository.panels_by_shot(uow, [shot.id for shot in shots_of(board)]).values()
        return {spec_from(panel.spec).style for panel in panels}


def asked(board: Board, kind: str) -> int:
    with reading() as uow:
        return runs.list_asked(uow, board.actor, board.project_id, (kind,), limit=50)[1]


def test_all_panels_change_and_are_drawn_again_as_one_job(board: Board, tmp_path: Path) -> None:
    drawn(board, tmp_path)
    restyle(board, Style.INK)
    assert styles(board) == {Style.INK}
    assert (asked(board, "board"), asked(board, "panel")) == (1, 0)
    with reading() as uow:
        assert len(repository.list_wanting(uow, board.script_id)) == board.shots
        assert storyboards.board_style(uow, board.actor, board.script_id) is Style.INK


def test_an_undrawn_board_only_takes_note(board: Board) -> None:
    restyle(board, Style.PENCIL)
    assert styles(board) == {Style.PENCIL}
    assert asked(board, "board") == 0


def test_undone_the_drawings_there_were_are_shown_again_and_nothing_is_drawn(board: Board, tmp_path: Path) -> None:
    drawn(board, tmp_path)
    before = rows_of(board)
    restyle(board, Style.BLUEPRINT)
    drawn(board, tmp_path)
    with unit_of_work() as uow:
        assert storyboards.undo(uow, board.actor, board.script_id).label == "style blueprint"
    assert difference(before, rows_of(board)) == {}
    with reading() as uow:
        assert repository.list_wanting(uow, board.script_id) == []
    restyle(board, Style.BLUEPRINT)
    with reading() as uow:
        assert repository.list_wanting(uow, board.script_id) == []


def test_what_a_person_brought_in_is_stale_and_not_drawn_over(board: Board, tmp_path: Path) -> None:
    drawn(board, tmp_path)
    shot = shots_of(board)[0]
    mine = storyboards.upload_panel(board.actor, shot.id, data=png(), name="mine.png")
    restyle(board, Style.INK)
    drawn(board, tmp_path)
    with reading() as uow:
        card = storyboards.get_card(uow, board.actor, shot.id)
    assert (card.sha256, card.stale) == (mine.sha256, True)


def test_new_shots_are_in_the_style_of_the_others(board: Board) -> None:
    restyle(board, Style.INK)
    with unit_of_work() as uow:
        storyboards.insert_shot(uow, board.actor, board.script_id, shots_of(board)[0].scene_id)
    assert styles(board) == {Style.INK}


def test_a_panel_kept_before_there_were_styles_is_what_it_was(board: Board, tmp_path: Path) -> None:
    shot = shots_of(board)[0]
    with unit_of_work() as uow:
        panel = repository.panels_by_shot(uow, [shot.id])[shot.id]
        old = {name: value for name, value in panel.spec.items() if name != "style"}
        panel.spec = old
        uow.session.add(panel)
    assert same_panel(old, {**old, "style": "marker", "seed": 4})
    assert not same_panel(old, {**old, "style": "ink"})
    assert not same_panel(old, {"strokes": 3})
    drawn(board, tmp_path)
    with unit_of_work() as uow:
        storyboards.change_shot(uow, board.actor, shot.id, ShotFields(frames=shot.frames + 24))
    with reading() as uow:
        panel_now = uow.session.get(Panel, panel.id)
        assert panel_now is not None
        assert panel_now.stale is False
