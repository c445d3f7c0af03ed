"""Longer and smaller things in a hand: pen, knife, cigarette, torch, umbrella, flowers, rope, lantern, camera, stick."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import shapely

from studio.engine.artist.geometry import hull_chain
from studio.engine.artist.people.body import Build
from studio.engine.artist.people.hands import HandFrame
from studio.engine.artist.people.parts import Colour, Kind, Part
from studio.engine.artist.people.sweep import UP, Array, circle_of, flat, on_page, tube, unit
from studio.engine.artist.people.things.solids import box_part, round_part

if TYPE_CHECKING:
    from studio.engine.artist.sheet import Sheet

STEEL: Colour = (168, 172, 180)
DARK: Colour = (58, 56, 62)
WOOD: Colour = (140, 104, 72)
CANVAS: Colour = (190, 168, 124)
RED: Colour = (168, 62, 54)

Drawer = Callable[["Sheet", Build, HandFrame, Array, float], list[Part]]


def _rod(sheet: Sheet, points: list[Array], radii: list[float], colour: Colour, depth: float) -> Part:
    return Part(depth, tube(sheet, points, radii, 10), colour, Kind.PROP, shade=0.2, weight=0.7)


def _pen(sheet: Sheet, build: Build, frame: HandFrame, at: Array, depth: float) -> list[Part]:
    along = unit(UP * 0.75 - frame.aim * 0.55)
    return [_rod(sheet, [at - along * 0.055, at + along * 0.085], [0.003, 0.0055], (60, 74, 112), depth - 0.006)]


def _cigarette(sheet: Sheet, build: Build, frame: HandFrame, at: Array, depth: float) -> list[Part]:
    along = unit(frame.face + frame.aim * 0.8)
    end = at + along * 0.075
    return [
        _rod(sheet, [at, end], [0.0045, 0.0045], (238, 234, 224), depth - 0.006),
        _rod(sheet, [end], [0.006], (222, 110, 62), depth - 0.007),
    ]


def _knife(sheet: Sheet, build: Build, frame: HandFrame, at: Array, depth: float) -> list[Part]:
    along = unit(frame.aim + UP * 0.25)
    across = unit(np.cross(along, frame.face))
    blade = [at + along * 0.05 + across * 0.013, at + along * 0.21, at + along * 0.05 - across * 0.013]
    return [
        Part(depth - 0.006, flat(sheet, blade), STEEL, Kind.PROP, shade=0.2, weight=0.7),
        _rod(sheet, [at - along * 0.05, at + along * 0.05], [0.012, 0.011], DARK, depth + 0.01),
    ]


def _torch(sheet: Sheet, build: Build, frame: HandFrame, at: Array, depth: float) -> list[Part]:
    along = frame.aim
    barrel = _rod(sheet, [at - along * 0.09, at + along * 0.08], [0.018, 0.018], DARK, depth + 0.006)
    head = _rod(sheet, [at + along * 0.08, at + along * 0.13], [0.020, 0.032], (96, 98, 104), depth + 0.004)

    def beam() -> None:
        page, seen = sheet.camera.projected([at + along * 0.14])
        if float(seen[0]) > 0.3:
            sheet.glow(page[0], min(0.35 * sheet.camera.scale / float(seen[0]), 400.0), (255, 238, 180), 150)

    head.finish = beam
    return [barrel, head]


def _umbrella(sheet: Sheet, build: Build, frame: HandFrame, at: Array, depth: float) -> list[Part]:
    """Open over the head, its shaft upright in the fist."""
    tip = at + UP * 0.66 - build.skeleton.forward * 0.10
    turn = circle_of(24)
    rings = [
        on_page(sheet, tip + np.stack([np.cos(turn) * r, np.full(24, -d), np.sin(turn) * r], 1))
        for r, d in ((0.01, 0.0), (0.26, 0.05), (0.44, 0.13), (0.54, 0.24))
    ]
    if float(sheet.camera.seen(tip[None])[0, 2]) < 0.8:
        return []
    shaft = _rod(sheet, [at - UP * 0.12, tip], [0.008, 0.007], DARK, build.depth + 0.05)
    canopy = Part(build.depth - 0.32, hull_chain(np.array(rings)), (72, 78, 98), Kind.PROP, shade=0.3, weight=0.8)
    ribs = [np.array([rings[0][k], rings[1][k], rings[2][k], rings[3][k]]) for k in range(0, 24, 4)]
    canopy.folds = ribs
    return [shaft, canopy]


def _flowers(sheet: Sheet, build: Build, frame: HandFrame, at: Array, depth: float) -> list[Part]:
    parts = [_rod(sheet, [at - UP * 0.10, at + UP * 0.10], [0.010, 0.022], (92, 124, 78), depth + 0.01)]
    for k, (colour, up) in enumerate(
        zip((RED, (220, 170, 90), (206, 120, 140), RED, (232, 226, 214)), (0.2, 0.24, 0.18, 0.16, 0.21), strict=True)
    ):
        aside = frame.across * (k - 2) * 0.032
        parts.append(_rod(sheet, [at + UP * up + aside], [0.030], colour, depth - 0.002 * k))
    return parts


def _stick(sheet: Sheet, build: Build, frame: HandFrame, at: Array, depth: float) -> list[Part]:
    foot = at - UP * max(float(at[1]) - float(build.skeleton.base[1]) - 0.02, 0.2) + build.skeleton.forward * 0.08
    return [_rod(sheet, [at + UP * 0.06, foot], [0.014, 0.011], WOOD, depth + 0.012)]


def _sword(sheet: Sheet, build: Build, frame: HandFrame, at: Array, depth: float) -> list[Part]:
    along = unit(UP * 0.8 + frame.aim * 0.6)
    across = unit(np.cross(along, frame.face))
    blade = [at + along * 0.06 + across * 0.018, at + along * 0.80, at + along * 0.06 - across * 0.018]
    guard = _rod(
        sheet, [at + along * 0.05 - across * 0.08, at + along * 0.05 + across * 0.08], [0.011, 0.011], CANVAS, depth
    )
    grip = _rod(sheet, [at - along * 0.09, at + along * 0.05], [0.014, 0.013], DARK, depth + 0.01)
    return [Part(depth - 0.004, flat(sheet, blade), STEEL, Kind.PROP, shade=0.2, weight=0.7), guard, grip]


def _hammer(sheet: Sheet, build: Build, frame: HandFrame, at: Array, depth: float) -> list[Part]:
    along = unit(frame.aim * 0.4 + build.skeleton.forward)
    head = at + along * 0.24
    across = unit(np.cross(along, build.skeleton.left))
    return [
        _rod(sheet, [at - along * 0.06, head], [0.013, 0.012], WOOD, depth + 0.01),
        _rod(sheet, [head - across * 0.055, head + across * 0.055], [0.022, 0.022], DARK, depth),
    ]


def _rope(sheet: Sheet, build: Build, frame: HandFrame, at: Array, depth: float) -> list[Part]:
    """Loops of rope hanging from the fist."""
    turn = circle_of(24)
    forward = build.skeleton.forward
    loops: list[Part] = []
    for k, (wide, long) in enumerate(((0.085, 0.17), (0.11, 0.20), (0.07, 0.14))):
        ring = [at - UP * (long + 0.01) + forward * np.cos(a) * wide + UP * np.sin(a) * long for a in turn]
        outer = tube(sheet, [*ring, ring[0]], np.full(25, 0.013), 8)
        inner = shapely.Polygon(on_page(sheet, ring)).buffer(-0.013 * sheet.camera.scale / max(build.depth, 0.3))
        loops.append(Part(depth + 0.012 + 0.002 * k, outer.difference(inner), CANVAS, Kind.PROP, shade=0.1, weight=0.7))
    return loops


def _lantern(sheet: Sheet, build: Build, frame: HandFrame, at: Array, depth: float) -> list[Part]:
    foot = at - UP * 0.20
    body = round_part(
        sheet, foot, ((-0.09, 0.06), (-0.06, 0.052), (0.06, 0.045), (0.10, 0.02)), (246, 214, 140), depth + 0.012, None
    )
    hoop = _rod(sheet, [foot + UP * 0.10, at], [0.006, 0.006], DARK, depth + 0.014)

    def light() -> None:
        page, seen = sheet.camera.projected([foot])
        if float(seen[0]) > 0.3:
            sheet.glow(page[0], min(0.8 * sheet.camera.scale / float(seen[0]), 500.0), (255, 222, 140), 130)

    body.finish = light
    return [body, hoop]


def _camera(sheet: Sheet, build: Build, frame: HandFrame, at: Array, depth: float) -> list[Part]:
    forward = unit(build.skeleton.chest_forward)
    axes = (np.cross(forward, UP), UP, forward)
    middle = at + UP * 0.02
    body = box_part(sheet, middle, axes, (0.068, 0.045, 0.026), DARK, depth - 0.004)
    lens = _rod(sheet, [middle + forward * 0.02, middle + forward * 0.07], [0.034, 0.032], (84, 86, 94), depth - 0.006)
    return [body, lens]


def _microphone(sheet: Sheet, build: Build, frame: HandFrame, at: Array, depth: float) -> list[Part]:
    along = unit(UP * 0.9 - build.skeleton.forward * 0.3)
    return [
        _rod(sheet, [at - along * 0.08, at + along * 0.06], [0.012, 0.015], DARK, depth + 0.004),
        _rod(sheet, [at + along * 0.09], [0.028], (120, 122, 128), depth),
    ]


def _plate(sheet: Sheet, build: Build, frame: HandFrame, at: Array, depth: float) -> list[Part]:
    rows = ((0.02, 0.07), (0.035, 0.13), (0.045, 0.14))
    return [round_part(sheet, at + build.skeleton.forward * 0.05, rows, (232, 228, 218), depth - 0.01, (206, 176, 128))]


TOOLS: dict[str, Drawer] = {
    "pen": _pen,
    "cigarette": _cigarette,
    "knife": _knife,
    "torch": _torch,
    "umbrella": _umbrella,
    "flowers": _flowers,
    "stick": _stick,
    "sword": _sword,
    "hammer": _hammer,
    "rope": _rope,
    "lantern": _lantern,
    "camera": _camera,
    "microphone": _microphone,
    "plate": _plate,
}
