"""Pictures in planes, cut and laid: something is always left of one."""

from __future__ import annotations

import numpy as np
import pytest

from studio.engine.render.picture import Picture, cropped


@pytest.mark.parametrize("side", [2, 4, 128])
@pytest.mark.parametrize(
    "crop", [(0.98, 0.0, 0.01, 0.0), (0.0, 0.98, 0.0, 0.01), (0.5, 0.5, 0.49, 0.49), (0, 0, 0.99, 0.99)]
)
def test_something_is_left_however_much_is_cut_off(side: int, crop: tuple[float, float, float, float]) -> None:
    picture = cropped(Picture.of_rgb(np.zeros((side, side, 4), np.uint8)), *crop)
    assert picture.width >= 2 <= picture.height
    assert picture.u.size >= 1 <= picture.v.size
    assert picture.alpha is not None
    assert picture.alpha.shape == picture.y.shape
