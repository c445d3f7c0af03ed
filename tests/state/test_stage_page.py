"""The stage on the board's page: figures and camera put elsewhere, the quick picture, refusals, and the sheet of looks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from state.board.board import BoardState
from state.board.editing import BoardEditState
from state.board.stage.floor import CAMERA, FACES, POSES, StageState
from state.board.stage.looks import LooksState
from state.board.stage.placing import PlacingState
from state.board.undoable import UndoState
from state.notices import NoticesState
from studio.accounts.views import SignedIn
from studio.core.db import reading
from studio.engine.artist.spec import Expression, Pose
from studio.storyboards import service as storyboards
from tests.factories.film import Board, draw_all, make_board
from tests.state.conftest import Tab
from tests.state.test_board_page import opened

pytestmark = [pytest.mark.services, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]
SCRIPT = (
    b"INT. ROOM - DAY\n\nMARA and BEN wait.\n\nMARA\nWho is there? I heard somebody at the door.\n\nBEN\nOnly me, I lost "
    b"my key.\n\nMARA\nYou always lose your keys, every single time.\n\nBEN\nAnd you always let me in all the same.\n"
)
Register = Callable[[str], SignedIn]


@pytest.fixture
def board(database: str, tmp_path: Path) -> Board:
    made = make_board(SCRIPT)
    draw_all(made, tmp_path)
    return made


@pytest.fixture
def page(board: Board, person: Register) -> Tab:
    """The board with the plan of a shot of two people shown."""
    tab = opened(person("mara"), board.project_id)
    with reading() as uow:
        cards = storyboards.list_cards(uow, board.actor, board.script_id, limit=100).items
    tab.call(BoardState, "select", shot_id=next(card.shot_id for card in cards if card.type == "TWO"))
    tab.call(PlacingState, "show")
    return tab


def put(page: Tab, **form: object) -> None:
    page.call(PlacingState, "put", form={key: str(value) for key, value in form.items()})


def test_somebody_dropped_elsewhere_is_shown_at_once_and_kept(page: Tab) -> None:
    stage = page.get(StageState)
    assert [disc.spoken for disc in stage.discs] == ["Mara", "Ben"]
    mara, quick = stage.discs[0], stage.quick
    put(page, name=mara.name, x=-1.5, z=1.25, facing=mara.facing, azimuth=0)
    assert page.get(StageState).quick != quick
    assert page.get(StageState).quick.startswith(f"/api/v1/shots/{page.get(BoardState).shot.id}/preview?v=")
    page.call(PlacingState, "settle")
    stage = page.get(StageState)
    assert (stage.discs[0].x, stage.discs[0].z, stage.discs[0].facing) == (-1.5, 1.25, mara.facing)
    assert (stage.chosen.name, page.get(BoardState).shot.stale) == (mara.name, True)
    assert page.get(UndoState).undo.startswith("Mara's place in")
    page.call(BoardEditState, "undo")
    assert page.get(StageState).discs[0] == mara
    assert page.get(StageState).quick == quick


def test_the_camera_goes_round_and_up_and_down_again(page: Tab) -> None:
    put(page, name=CAMERA, azimuth=31.25)
    page.call(PlacingState, "settle")
    page.call(PlacingState, "film", name="height", value="2,4 m")
    page.call(PlacingState, "settle")
    lens = page.get(StageState).floor.lens
    assert (lens.azimuth, lens.height, lens.stands) == ("31.2", "2.4", "2.4")
    page.call(PlacingState, "film", name="height", value="")
    page.call(PlacingState, "settle")
    assert page.get(StageState).floor.lens.height == ""


def test_fields_of_whoever_is_chosen_are_kept_and_every_value_has_a_word(page: Tab) -> None:
    assert set(POSES) == {pose.value for pose in Pose}
    assert set(FACES) == {face.value for face in Expression}
    page.call(PlacingState, "choose", name="BEN")
    fields = {"pose": "sit", "face": "angry", "prop": "cup", "looks_at": "", "facing": "200"}
    for name, value in fields.items():
        page.call(PlacingState, "change", name=name, value=value)
        page.call(PlacingState, "settle")
    ben = page.get(StageState).chosen
    assert (ben.name, ben.pose, ben.face, ben.prop, ben.looks_at, ben.facing) == ("BEN", "sit", "angry", "cup", "", 200)
    page.call(PlacingState, "choose", name=CAMERA)
    assert page.get(StageState).chosen.name == CAMERA


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("facing", "north", "Type a number"),
        ("pose", "levitate", "no such choice"),
        ("prop", "elephant", "There are: phone"),
        ("looks_at", "NOBODY", "to be looked at"),
    ],
)
def test_a_refused_value_is_told_and_nothing_is_kept(page: Tab, name: str, value: str, told: str) -> None:
    page.call(PlacingState, "change", name=name, value=value)
    assert any(told in notice.text for notice in page.get(NoticesState).items)
    assert page.get(UndoState).undo == ""


def test_the_plan_follows_the_shot_and_tells_what_its_picture_shows_otherwise(page: Tab, board: Board) -> None:
    shot_id = page.get(BoardState).shot.id
    page.call(BoardEditState, "change", name="type", value="OTS")
    notes = page.get(StageState).notes
    assert [note for note in notes if "over their shoulder we look" in note] == notes != []
    with reading() as uow:
        first = storyboards.list_cards(uow, board.actor, board.script_id).items[0]
    page.call(BoardState, "select", shot_id=first.shot_id)
    assert (page.get(StageState).floor.shot_id, page.get(StageState).discs) == (first.shot_id, [])
    page.call(PlacingState, "show")
    page.call(BoardState, "select", shot_id=shot_id)
    assert (page.get(StageState).shown, page.get(StageState).quick) == (False, "")


def test_a_look_is_changed_on_its_sheet_and_the_drawings_are_compared(page: Tab) -> None:
    page.call(LooksState, "show", name="")
    assert [one.spoken for one in page.get(LooksState).people] == ["Mara", "Ben"]
    portrait = page.get(LooksState).open.portrait
    page.call(LooksState, "change", name="stature", value="1,92")
    page.call(LooksState, "change", name="hat", value="yes")
    mara = page.get(LooksState).open
    assert (mara.stature, mara.hat, mara.decided) == ("1.92", "yes", True)
    assert mara.portrait != portrait
    assert page.get(UndoState).undo == "the look of Mara"
    page.call(LooksState, "change", name="build", value="huge")
    assert any("Type a number" in notice.text for notice in page.get(NoticesState).items)
    page.call(LooksState, "compare")
    assert page.get(LooksState).comparing
    page.call(LooksState, "compared")
    looks = page.get(LooksState)
    assert looks.alike.startswith("Drawn in ") and "of 0.45 allowed" in looks.alike
    assert (looks.comparing, looks.apart) == (False, False)
