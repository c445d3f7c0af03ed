"""The floor plan as it is printed: whatever stands beyond it is shown at its edge."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from state.board.stage.floor import floor_of
from studio.engine.artist.spec import Angle, Expression, Pose
from studio.storyboards.stage.views import FloorCamera, FloorFigure, FloorPlan

METRES = st.floats(-80.0, 80.0)


def printed(at: str) -> tuple[float, float]:
    found = re.match(r"translate\((\S+) (\S+)\)", at)
    assert found is not None
    return float(found[1]), float(found[2])


@given(x=METRES, z=METRES, centre_x=st.floats(-15.0, 15.0), centre_z=st.floats(-15.0, 15.0))
def test_figures_and_camera_are_on_the_plan_and_within_it_where_they_stand(
    x: float, z: float, centre_x: float, centre_z: float
) -> None:
    camera = FloorCamera(x, 1.5, z, 0.0, 40.0, 0.0, centre_x, centre_z, 35.0, Angle.EYE, None)
    figure = FloorFigure("MARA", centre_x, centre_z, 90.0, Pose.STAND, Expression.NEUTRAL, None, None, False, False, "")
    plan = FloorPlan("s", "p", "j", "1A", "ROOM", 8.0, (figure,), camera, (), True, "d")
    floor = floor_of(plan)
    for at, (true_x, true_z) in ((floor.lens.at, (x, z)), (floor.discs[0].at, (centre_x, centre_z))):
        shown_x, shown_y = printed(at)
        assert max(abs(shown_x), abs(shown_y)) <= 8.0
        if max(abs(true_x), abs(true_z), abs(centre_x), abs(centre_z)) < 7.6:
            assert abs(shown_x - true_x) < 0.01 and abs(shown_y + true_z) < 0.01
