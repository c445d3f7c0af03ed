"""How people look: changed in every panel as one act, drawn by themselves, and measured for likeness."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from studio.core.db import reading, unit_of_work
from studio.core.errors import Invalid, NotFound
from studio.engine.artist.spec import Size
from studio.storyboards import repository
from studio.storyboards import service as storyboards
from studio.storyboards.documents import spec_from
from studio.storyboards.stage.views import LookFields, PersonLook
from studio.storyboards.views import ShotFields
from tests.factories.boards import difference, rows_of
from tests.factories.film import Board, draw_all, make_board
from tests.factories.studio import make_stranger

pytestmark = pytest.mark.services
SCRIPT = (
    b"INT. ROOM - DAY\n\nMara and Ben wait.\n\nMARA\nWho is there?\n\nBEN\nMe.\n\n"
    b"INT. HALL - DAY\n\nMara runs.\n\nMARA\nCome!\n"
)


@pytest.fixture
def board(database: str) -> Board:
    return make_board(SCRIPT)


def looks(board: Board) -> dict[str, PersonLook]:
    with reading() as uow:
        return {look.name: look for look in storyboards.list_looks(uow, board.actor, board.script_id)}


def change(board: Board, name: str, fields: LookFields) -> None:
    with unit_of_work() as uow:
        storyboards.change_look(uow, board.actor, board.script_id, name, fields)


def worn(board: Board, name: str) -> set[str | None]:
    with reading() as uow:
        specs = [spec_from(panel.spec) for panel in repository.panels_of_script(uow, board.script_id)]
    return {figure.look.garment for spec in specs for figure in spec.figures if figure.name == name}


def test_a_changed_look_is_in_every_panel_of_the_person_redraws_them_and_is_undone(
    board: Board, tmp_path: Path
) -> None:
    draw_all(board, tmp_path)
    start, ben = rows_of(board), looks(board)["BEN"]
    change(board, "MARA", LookFields(garment="coat", stature=1.9, hat=True, hair="#ff8800"))
    mara = looks(board)["MARA"]
    assert (mara.garment, mara.stature, mara.hat, mara.hair, mara.chosen) == ("coat", 1.9, True, "#ff8800", True)
    assert worn(board, "MARA") == {"coat"}
    assert looks(board)["BEN"] == ben
    with reading() as uow:
        panels = repository.panels_of_script(uow, board.script_id)
        shown = {p.stale for p in panels if any(f["name"] == "MARA" for f in p.spec["figures"])}
        others = {p.stale for p in panels if not any(f["name"] == "MARA" for f in p.spec["figures"])}
        assert (shown, others) == ({True}, {False} if others else set())
    with unit_of_work() as uow:
        edit = storyboards.undo(uow, board.actor, board.script_id)
    assert edit.label == "the look of Mara"
    assert difference(start, rows_of(board)) == {}


def test_somebody_put_into_another_shot_looks_as_was_decided(board: Board) -> None:
    change(board, "BEN", LookFields(garment="dress"))
    with reading() as uow:
        last = storyboards.list_cards(uow, board.actor, board.script_id).items[-1]
    with unit_of_work() as uow:
        storyboards.change_shot(uow, board.actor, last.shot_id, ShotFields(cast=("MARA", "BEN")))
    assert worn(board, "BEN") == {"dress"}


def test_what_cannot_be_drawn_and_who_is_not_there_are_refused(board: Board) -> None:
    start = rows_of(board)
    for fields in (
        LookFields(stature=9.0),
        LookFields(build=0.1),
        LookFields(garment="armour"),
        LookFields(hair="red"),
        LookFields(age="ancient"),
    ):
        with pytest.raises(Invalid):
            change(board, "MARA", fields)
    with pytest.raises(NotFound):
        change(board, "NOBODY", LookFields(hat=True))
    with pytest.raises(NotFound):
        storyboards.portrait(board.actor, board.script_id, "NOBODY")
    with unit_of_work() as uow:
        nobody = make_stranger(uow)
    with pytest.raises(NotFound):
        storyboards.likeness_of(nobody, board.script_id, "MARA")
    assert difference(start, rows_of(board)) == {}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_person_is_measured_over_what_was_drawn_and_a_change_in_one_panel_shows(board: Board, tmp_path: Path) -> None:
    assert storyboards.likeness_of(board.actor, board.script_id, "MARA").panels == 0
    draw_all(board, tmp_path)
    found = storyboards.likeness_of(board.actor, board.script_id, "MARA")
    assert found.panels == looks(board)["MARA"].panels >= found.compared >= 2
    assert found.farthest is not None and found.farthest < found.bound
    with unit_of_work() as uow:
        panels = [p for p in repository.panels_of_script(uow, board.script_id) if p.spec["subject"] == "MARA"]
        panel = next(p for p in panels if p.spec["size"] != Size.INSERT)
        figures = [f | {"look": f["look"] | {"top": "#00ff00", "hair": "#ffffff"}} for f in panel.spec["figures"]]
        panel.spec = panel.spec | {"figures": figures}
        uow.session.add(panel)
    odd = storyboards.likeness_of(board.actor, board.script_id, "MARA")
    assert odd.farthest is not None and odd.farthest > odd.bound
    with reading() as uow:
        number = storyboards.get_panel_place(uow, board.actor, panel.id).number
    assert number in (odd.first_number, odd.second_number)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_portrait_follows_the_look(board: Board) -> None:
    before = storyboards.portrait(board.actor, board.script_id, "MARA")
    assert Image.open(io.BytesIO(before.png)).size == (360, 480)
    change(board, "MARA", LookFields(top="#00ff00"))
    after = storyboards.portrait(board.actor, board.script_id, "MARA")
    assert after.tag != before.tag and after.png != before.png
