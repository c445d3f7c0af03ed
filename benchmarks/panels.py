"""CPU time of panels at 1280x720: every set wide and twenty nearer shots in each style, then with Pillow, then after an edit."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace

from studio.engine.artist.backends import pillow, raster, skia
from studio.engine.artist.panel import drawn
from studio.engine.artist.sets.catalogue import INSIDE
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
    Style,
)

TWO = (
    Figure("MARA", -0.6, 2.0, 90, Pose.TALK, Expression.SAD, "BEN", look=Look(feminine=True)),
    Figure("BEN", 0.6, 2.0, 270, Pose.STAND, Expression.NEUTRAL, "MARA", look=Look(feminine=False)),
)
BASE = PanelSpec(
    Size.WS, ShotType.TWO, Angle.EYE, Move.STATIC, 24, SetKind.ROOM, True, Light.DAY, "ROOM", TWO, weather="clear"
)
NEARER = (SetKind.ROOM, SetKind.BAR, SetKind.STREET, SetKind.FOREST, SetKind.WATERFRONT)


def specs() -> list[PanelSpec]:
    """Every set wide, and four sizes in five of them."""
    wide = [replace(BASE, set_kind=kind, interior=kind in INSIDE, place=kind.value) for kind in SetKind]
    places = [one for one in wide if one.set_kind in NEARER]
    near = [
        replace(one, size=size, type=type_, lens_mm=lens, subject="MARA", foreground=over)
        for one in places
        for size, type_, lens, over in (
            (Size.MS, ShotType.SINGLE, 40, None),
            (Size.MCU, ShotType.OTS, 50, "BEN"),
            (Size.CU, ShotType.SINGLE, 75, None),
            (Size.FS, ShotType.SINGLE, 28, None),
        )
    ]
    return wide + near


def cost(spec: PanelSpec, painted: raster.Painter) -> float:
    """CPU milliseconds from a spec to PNG bytes."""
    begun = time.process_time()
    drawing = drawn(spec)
    raster.encoded(raster.raster(drawing.ops, drawing.page, drawing.pixels, painted))
    return (time.process_time() - begun) * 1000


def told(name: str, costs: list[float]) -> None:
    print(f"{name:18} {len(costs)} panels: CPU ms median {statistics.median(costs):.0f}, max {max(costs):.0f}")


def main() -> None:
    for _ in range(2):
        cost(BASE, skia.painted)
    for style in Style:
        told(f"skia {style.value}", [cost(replace(spec, style=style), skia.painted) for spec in specs()])
    told("pillow marker", [cost(spec, pillow.painted) for spec in specs()])
    moved = [
        replace(BASE, figures=(replace(TWO[0], x=-0.6 - step * 0.1), TWO[1]), lens_mm=24 + step) for step in range(10)
    ]
    told("redraw on edit", [cost(spec, skia.painted) for spec in moved])


if __name__ == "__main__":
    main()
