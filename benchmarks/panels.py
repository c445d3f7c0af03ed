"""CPU and wall time of panels: thirty shots of the sample and of every set, with skia and, in the same run, with Pillow."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace

from studio.engine.artist.backends import pillow, raster, skia
from studio.engine.artist.panel import drawn
from studio.engine.artist.spec import (
    Angle,
    Expression,
    Figure,
    Light,
    Look,
    Move,
    PanelSpec,
    Pose,
    SetKind,
    ShotType,
    Size,
)

TWO = (
    Figure("MARA", -0.6, 2.0, 90, Pose.TALK, Expression.SAD, "BEN", look=Look(feminine=True)),
    Figure("BEN", 0.6, 2.0, 270, Pose.STAND, Expression.NEUTRAL, "MARA", look=Look(feminine=False)),
)
BASE = PanelSpec(
    Size.WS, ShotType.TWO, Angle.EYE, Move.STATIC, 24, SetKind.ROOM, True, Light.DAY, "ROOM", TWO, weather="clear"
)


def specs() -> list[PanelSpec]:
    """Eleven sets wide, and four sizes in five of them: thirty-one panels."""
    wide = [replace(BASE, set_kind=kind, place=kind.value) for kind in SetKind]
    near = [
        replace(
            BASE, set_kind=kind, place=kind.value, size=size, type=type_, lens_mm=lens, subject="MARA", foreground=over
        )
        for kind in (SetKind.ROOM, SetKind.BAR, SetKind.STREET, SetKind.FOREST, SetKind.WATERFRONT)
        for size, type_, lens, over in (
            (Size.MS, ShotType.SINGLE, 40, None),
            (Size.MCU, ShotType.OTS, 50, "BEN"),
            (Size.CU, ShotType.SINGLE, 75, None),
            (Size.FS, ShotType.SINGLE, 28, None),
        )
    ]
    return wide + near


def main() -> None:
    drawn(BASE).png()
    for name, painted in (("skia", skia.painted), ("pillow", pillow.painted)):
        costs: list[float] = []
        for spec in specs():
            begun = time.process_time()
            drawing = drawn(spec)
            raster.encoded(raster.raster(drawing.ops, drawing.page, drawing.pixels, painted))
            costs.append((time.process_time() - begun) * 1000)
        print(
            f"{name:8} {len(costs)} panels 1280x720: CPU ms median {statistics.median(costs):.0f}, max {max(costs):.0f}"
        )


if __name__ == "__main__":
    main()
