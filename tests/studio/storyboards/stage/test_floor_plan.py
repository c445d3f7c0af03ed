"""The stage of a panel placed by hand: an act on the board that staging anew leaves alone, told where a picture cannot show it."""

from __future__ import annotations

import io
import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from studio.core.db import reading, unit_of_work
from studio.core.errors import Invalid, NotFound
from studio.engine.artist.camera import FRAMINGS
from studio.engine.artist.compose import composed
from studio.engine.artist.spec import Angle, Expression, Figure, Light, Move, PanelSpec, Pose, SetKind, ShotType, Size
from studio.scripts import service as scripts
from studio.storyboards import repository
from studio.storyboards import service as storyboards
from studio.storyboards.documents import spec_from
from studio.storyboards.stage.floor import floor_of
from studio.storyboards.stage.placing import with_placing
from studio.storyboards.stage.views import CameraPlacing, FigurePlacing, FloorPlan, LookFields
from studio.storyboards.views import BoardEdit, ShotFields
from studio.thread import rewriting
from tests.factories.boards import difference, rows_of, shots_of
from tests.factories.film import Board, make_board
from tests.factories.studio import make_stranger

SCRIPT = b"INT. ROOM - DAY\n\nMara and Ben wait.\n\nMARA\nWho is there?\n\nBEN\nMe.\n\nCLEO\nAnd me.\n"
TWO = PanelSpec(
    Size.MS,
    ShotType.TWO,
    Angle.EYE,
    Move.STATIC,
    35.0,
    SetKind.ROOM,
    True,
    Light.DAY,
    "ROOM",
    (Figure("MARA", -0.6, 0.0, 120.0, looks_at="BEN"), Figure("BEN", 0.6, 0.0, 240.0, looks_at="MARA")),
)


@pytest.fixture
def board(database: str) -> Board:
    return make_board(SCRIPT)


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def plan(board: Board, shot_id: str) -> FloorPlan:
    with reading() as uow:
        return storyboards.get_floor_plan(uow, board.actor, shot_id)


def place(board: Board, shot_id: str, *figures: FigurePlacing, camera: CameraPlacing | None = None) -> BoardEdit:
    with unit_of_work() as uow:
        return storyboards.place_on_floor(uow, board.actor, shot_id, figures, camera)


def shot_of_two(board: Board) -> str:
    """A shot with two people in sight."""
    with reading() as uow:
        panels = repository.panels_by_shot(uow, [shot.id for shot in shots_of(board)])
        return next(shot for shot, panel in panels.items() if len(panel.spec["figures"]) > 1)


@pytest.mark.services
def test_a_figure_put_elsewhere_stays_there_through_other_casts_and_is_undone(board: Board) -> None:
    start = rows_of(board)
    shot = shot_of_two(board)
    who, other = (each.name for each in plan(board, shot).figures[:2])
    edit = place(board, shot, FigurePlacing(who, x=-1.4, z=0.8, facing=450.0))
    assert edit.label == f"{who.title()}'s place in {edit.shots[0].number}"
    place(board, shot, FigurePlacing(who, pose=Pose.POINT, expression=Expression.ANGRY))
    place(board, shot, camera=CameraPlacing(azimuth=190.0, lens_mm=50.0))
    with unit_of_work() as uow:
        storyboards.change_shot(uow, board.actor, shot, ShotFields(cast=(who,), type=ShotType.SINGLE))
    now = plan(board, shot)
    assert [(f.name, f.x, f.z, f.facing, f.pose, f.placed) for f in now.figures] == [
        (who, -1.4, 0.8, 90.0, Pose.POINT, True)
    ]
    assert now.figures[0].looks_at != other
    assert (now.camera.azimuth, now.camera.lens_mm) == (-170.0, 50.0)
    row = next(each for each in shots_of(board) if each.id == shot)
    assert (row.azimuth, row.lens_mm, row.edited) == (-170.0, 50.0, True)
    for _ in range(4):
        with unit_of_work() as uow:
            storyboards.undo(uow, board.actor, board.script_id)
    assert difference(start, rows_of(board)) == {}


@pytest.mark.services
def test_what_was_placed_and_how_somebody_was_decided_to_look_outlive_a_change_of_the_script(board: Board) -> None:
    shot = shot_of_two(board)
    who = plan(board, shot).figures[0].name
    place(board, shot, FigurePlacing(who, x=2.0))
    with unit_of_work() as uow:
        storyboards.change_look(uow, board.actor, board.script_id, who, LookFields(hat=True, top="#ff0000"))
        scene = scripts.list_scenes(uow, board.actor, board.script_id)[0]
        text = SCRIPT.decode().replace("And me.", "And me. Mara, come.") + "\nMara nods to Ben. Cleo runs to Mara.\n"
        rewriting.save_scene(uow, board.actor, board.script_id, scene.id, text=text, revision=1)
    assert next(f for f in plan(board, shot).figures if f.name == who).x == 2.0
    with reading() as uow:
        specs = [spec_from(panel.spec) for panel in repository.panels_of_script(uow, board.script_id)]
    assert {(f.look.hat, f.look.top) for spec in specs for f in spec.figures if f.name == who} == {(True, "#ff0000")}


@pytest.mark.services
def test_what_does_not_fit_is_refused_and_changes_nothing(board: Board) -> None:
    shot = shot_of_two(board)
    start = rows_of(board)
    who = plan(board, shot).figures[0].name
    for figure, camera in (
        (FigurePlacing("NOBODY", x=1.0), None),
        (FigurePlacing(who, x=math.inf), None),
        (FigurePlacing(who, z=99.0), None),
        (FigurePlacing(who, facing=math.nan), None),
        (FigurePlacing(who, prop="elephant"), None),
        (FigurePlacing(who, looks_at=who), None),
        (FigurePlacing(who), CameraPlacing(height=40.0)),
        (FigurePlacing(who), CameraPlacing(lens_mm=1.0)),
        (FigurePlacing(who), CameraPlacing(azimuth=-9e9)),
    ):
        with pytest.raises(Invalid):
            place(board, shot, figure, camera=camera)
    assert place(board, shot, FigurePlacing(who)).seq is None
    assert difference(start, rows_of(board)) == {}
    with unit_of_work() as uow:
        nobody = make_stranger(uow)
        with pytest.raises(NotFound):
            storyboards.get_floor_plan(uow, nobody, shot)
        with pytest.raises(NotFound):
            storyboards.place_on_floor(uow, nobody, shot, [FigurePlacing(who, x=1.0)])


@pytest.mark.services
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_preview_shows_what_was_just_placed(board: Board) -> None:
    shot = shot_of_two(board)
    before = storyboards.preview_panel(board.actor, shot)
    assert opened(before.png).size == (640, 360)
    place(board, shot, FigurePlacing(plan(board, shot).figures[0].name, x=-2.0, pose=Pose.SIT))
    after = storyboards.preview_panel(board.actor, shot)
    assert before.tag != after.tag and before.png != after.png
    assert opened(storyboards.floor_picture(board.actor, shot, 6).png).size == (640, 640)


def test_who_cannot_be_seen_is_told_in_a_sentence() -> None:
    def told(spec: PanelSpec) -> dict[str, str]:
        return {figure.name: figure.told for figure in floor_of(spec, 720.0)[0]}

    assert told(TWO) == {"MARA": "", "BEN": ""}
    alone = replace(TWO, type=ShotType.SINGLE, subject="MARA")
    behind = with_placing(alone, [FigurePlacing("BEN", x=-0.6, z=-6.0)], CameraPlacing(azimuth=0.0))
    assert "behind the camera" in told(behind)["BEN"]
    aside = with_placing(alone, [FigurePlacing("BEN", x=9.0)], CameraPlacing(azimuth=0.0))
    assert "outside the frame" in told(aside)["BEN"]
    before = with_placing(alone, [FigurePlacing("BEN", x=-0.6, z=-0.7)], CameraPlacing(azimuth=0.0))
    assert "would hide Mara" in told(before)["BEN"]
    assert "only" not in told(replace(TWO, size=Size.INSERT))["BEN"]
    assert "a thing" in told(replace(TWO, size=Size.INSERT))["BEN"]
    car = replace(TWO, set_kind=SetKind.CAR)
    assert "seat of the car" in told(car)["MARA"]
    shoulder = replace(TWO, type=ShotType.OTS, subject="MARA", foreground="BEN")
    assert "over their shoulder" in told(shoulder)["BEN"]
    own_eyes = replace(TWO, type=ShotType.POV, subject="MARA", foreground="BEN")
    assert "what they see" in told(own_eyes)["BEN"]
    high = replace(TWO, size=Size.CU, type=ShotType.SINGLE, subject="MARA", camera_height=9.0)
    assert any("from 9 m" in note for note in floor_of(high, 720.0)[2])


def test_who_turns_to_somebody_faces_them_open_to_the_camera_and_walkers_go_where_they_face() -> None:
    turned = with_placing(TWO, [FigurePlacing("MARA", looks_at="BEN")], CameraPlacing()).figures[0]
    assert (turned.facing, turned.looks_at, turned.placed) == (125.0, "BEN", True)
    alone = with_placing(TWO, [FigurePlacing("MARA", looks_at="")], CameraPlacing()).figures[0]
    assert alone.looks_at is None
    walking = with_placing(TWO, [FigurePlacing("BEN", pose=Pose.WALK, facing=10.0)], CameraPlacing())
    assert walking.figures[1].travels == 10.0
    stands = with_placing(walking, [FigurePlacing("BEN", pose=Pose.STAND)], CameraPlacing())
    assert (stands.figures[1].travels, stands.figures[1].facing) == (None, 10.0)
    sits = with_placing(TWO, [FigurePlacing("BEN", pose=Pose.SIT)], CameraPlacing())
    drinks = with_placing(sits, [FigurePlacing("BEN", pose=Pose.DRINK, prop="Phone")], CameraPlacing()).figures[1]
    assert (drinks.seated, drinks.prop) == (True, "phone")
    assert with_placing(TWO, [FigurePlacing("BEN", prop="")], CameraPlacing()) == TWO


@given(
    height=st.floats(0.12, 12.0),
    azimuth=st.floats(-180.0, 180.0),
    lens=st.sampled_from([18.0, 35.0, 85.0, 200.0]),
    size=st.sampled_from([size for size in FRAMINGS if size is not Size.ECU]),
)
@settings(max_examples=25, deadline=None)
def test_a_camera_of_any_height_stands_where_it_was_put_and_keeps_the_size(
    height: float, azimuth: float, lens: float, size: Size
) -> None:
    spec = replace(TWO, size=size, type=ShotType.SINGLE, subject="MARA", lens_mm=lens, angle=Angle.HIGH)
    spec = with_placing(spec, [], CameraPlacing(azimuth=azimuth, height=round(height, 2)))
    composition = composed(spec, 720.0)
    camera, who = composition.camera, composition.focus[0]
    assert camera.position[1] <= height + 0.01 or height < 1.7
    page, depth = camera.projected([[who.x, who.top, who.z], [who.x, who.top * 0.9, who.z]])
    assert float(depth.min()) > 0.1
    assert 0 <= page[0, 1] <= 720 * 0.55
    assert page[0, 1] < page[1, 1]
    away = camera.position[[0, 2]] - [who.x, who.z]
    turned = math.degrees(math.atan2(away[0], -away[1]))
    assert abs((turned - spec.azimuth + 180) % 360 - 180) < 25
