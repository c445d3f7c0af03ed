"""What panels at 1280x720 cost: every set wide and twenty nearer shots in each style, with a crowd, with Pillow, after an edit."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass, replace

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
LIMIT = 300
"""CPU milliseconds a panel may take: a shot changed in the plan is redrawn before one looks up."""
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


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds from a spec to PNG bytes."""

    wall: float
    cpu: float


def cost(spec: PanelSpec, painted: raster.Painter) -> Cost:
    begun, used = time.perf_counter(), time.process_time()
    drawing = drawn(spec)
    raster.encoded(raster.raster(drawing.ops, drawing.page, drawing.pixels, painted))
    return Cost((time.perf_counter() - begun) * 1000, (time.process_time() - used) * 1000)


def told(name: str, costs: list[Cost]) -> None:
    cpu, wall = sorted(one.cpu for one in costs), sorted(one.wall for one in costs)

    def three(values: list[float]) -> str:
        high = values[min(int(0.95 * len(values)), len(values) - 1)]
        return f"{statistics.median(values):5.0f} {high:5.0f} {values[-1]:5.0f}"

    print(f"{name:18} {len(costs):6} | {three(cpu)} | {three(wall)} | {'within' if cpu[-1] < LIMIT else 'over'}")


def main() -> None:
    for _ in range(2):
        cost(BASE, skia.painted)
    print(f"{'1280x720':18} panels | CPU ms: median, p95, worst | wall ms: same | limit {LIMIT} ms CPU")
    for style in Style:
        told(f"skia {style.value}", [cost(replace(spec, style=style), skia.painted) for spec in specs()])
    told("skia crowd", [cost(replace(spec, crowd="people"), skia.painted) for spec in specs()])
    told("pillow marker", [cost(spec, pillow.painted) for spec in specs()])
    moved = [
        replace(BASE, figures=(replace(TWO[0], x=-0.6 - step * 0.1), TWO[1]), lens_mm=24 + step) for step in range(10)
    ]
    told("redraw on edit", [cost(spec, skia.painted) for spec in moved])


if __name__ == "__main__":
    main()
