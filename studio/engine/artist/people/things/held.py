"""Things people hold, placed in the hand that holds them: phone, cup, letter, gun, key, book, bag, box. Tools are in `tools.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from studio.engine.artist.people.body import Build, frame_of_hand
from studio.engine.artist.people.hands import HandFrame, grip_point
from studio.engine.artist.people.parts import Colour, Kind, Part
from studio.engine.artist.people.pose import thing_in_hand
from studio.engine.artist.people.skeleton import Skeleton
from studio.engine.artist.people.sweep import (
    UP,
    Array,
    depth_of,
    flat,
    on_page,
    scale_at,
    tube,
    unit,
)
from studio.engine.artist.people.things.solids import box_part, round_part
from studio.engine.artist.people.things.tools import TOOLS

if TYPE_CHECKING:
    from studio.engine.artist.sheet import Sheet

DARK: Colour = (52, 54, 62)
PAPER: Colour = (240, 236, 224)
CHINA: Colour = (234, 228, 216)
GLASS: Colour = (206, 214, 210)
LEATHER: Colour = (122, 84, 58)
CARD: Colour = (190, 154, 110)
BRASS: Colour = (206, 168, 92)
STEEL: Colour = (84, 88, 98)
COVER: Colour = (132, 58, 52)


def holding_hand(skeleton: Skeleton) -> int:
    """Which hand (0 right, 1 left) holds the thing."""
    return 1 if skeleton.actor.mirrored else 0


def held_point(skeleton: Skeleton) -> Array:
    """The middle of what the acting hand holds, or would hold."""
    hand = holding_hand(skeleton)
    return grip_point(frame_of_hand(skeleton, hand), skeleton.grips[hand])


def prop_parts(sheet: Sheet, build: Build, hand_depth: float) -> list[Part]:
    """The thing in an actor's hand as parts round the depth of that hand; [] when nothing is held."""
    skeleton = build.skeleton
    thing = thing_in_hand(skeleton.actor)
    if thing is None:
        return []
    frame = frame_of_hand(skeleton, holding_hand(skeleton))
    at = held_point(skeleton)
    if depth_of(sheet, at) < 0.25:
        return []
    palm_to_camera = float((sheet.camera.position - at) @ frame.face) > 0
    under = hand_depth + 0.004 if not palm_to_camera else hand_depth - 0.004
    parts = _THINGS[thing](sheet, build, frame, at, under)
    for part in parts:
        part.rests_at = float(at[1])
    return parts


def _phone(sheet: Sheet, build: Build, frame: HandFrame, at: Array, depth: float) -> list[Part]:
    axes = (frame.across, frame.aim, frame.face)
    part = box_part(sheet, at + frame.aim * 0.028, axes, (0.036, 0.072, 0.0045), DARK, depth)
    # The screen is on the side away from the palm's skin, towards the holder's face.
    front = at + frame.aim * 0.028 + frame.face * 0.0052
    if float((sheet.camera.position - front) @ frame.face) > 0:
        ring = [
            front + frame.across * i * 0.031 + frame.aim * j * 0.066 for i, j in ((-1, -1), (1, -1), (1, 1), (-1, 1))
        ]
        screen = flat(sheet, ring)
        part.finish = lambda: sheet.fill(screen, (176, 200, 214))
    return [part]


def _cup(sheet: Sheet, build: Build, frame: HandFrame, at: Array, depth: float) -> list[Part]:
    return [round_part(sheet, at, ((-0.052, 0.034), (0.0, 0.044), (0.058, 0.047)), CHINA, depth, (92, 64, 48))]


def _glass(sheet: Sheet, build: Build, frame: HandFrame, at: Array, depth: float) -> list[Part]:
    return [round_part(sheet, at, ((-0.055, 0.029), (0.0, 0.033), (0.060, 0.036)), GLASS, depth, (196, 164, 96))]


def _bottle(sheet: Sheet, build: Build, frame: HandFrame, at: Array, depth: float) -> list[Part]:
    rows = ((-0.095, 0.032), (0.045, 0.033), (0.085, 0.014), (0.150, 0.013))
    return [round_part(sheet, at, rows, (84, 108, 74), depth, None)]


def _sheet_of(
    sheet: Sheet, frame: HandFrame, at: Array, depth: float, half: tuple[float, float], written: bool
) -> Part:
    """A leaf of paper standing up from the fingers, its words towards the reader."""
    rise = unit(UP * 0.85 + frame.aim * 0.35)
    across = unit(np.cross(frame.face, rise))
    middle = at + rise * half[1] * 0.75 + across * 0.0
    ring = [middle + across * i * half[0] + rise * j * half[1] for i, j in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    part = Part(depth, flat(sheet, ring), PAPER, Kind.PROP, shade=0.08, weight=0.7)
    normal = np.cross(across, rise)
    reader = float(normal @ frame.face)
    if written and float((sheet.camera.position - middle) @ normal) * reader > 0 and scale_at(sheet, middle) > 260:

        def finish() -> None:
            for row in np.linspace(0.65, -0.65, 6):
                ends = [middle + across * i * half[0] * 0.75 + rise * row * half[1] for i in (-1.0, 0.0, 0.9)]
                sheet.ink(on_page(sheet, ends), 0.9, alpha=120, taper=0.5)

        part.finish = finish
    return part


def _letter(sheet: Sheet, build: Build, frame: HandFrame, at: Array, depth: float) -> list[Part]:
    middle = _between_hands(build, at)
    return [_sheet_of(sheet, frame, middle, depth, (0.090, 0.125), True)]


def _photo(sheet: Sheet, build: Build, frame: HandFrame, at: Array, depth: float) -> list[Part]:
    return [_sheet_of(sheet, frame, at, depth, (0.062, 0.048), False)]


def _between_hands(build: Build, at: Array) -> Array:
    """Between both palms when both hold the thing."""
    skeleton = build.skeleton
    other = frame_of_hand(skeleton, 1 - holding_hand(skeleton))
    second = grip_point(other, skeleton.grips[1 - holding_hand(skeleton)])
    return (at + second) / 2 if float(np.linalg.norm(second - at)) < 0.45 else at


def _book(sheet: Sheet, build: Build, frame: HandFrame, at: Array, depth: float) -> list[Part]:
    axes = (frame.across, frame.aim, frame.face)
    return [box_part(sheet, at + frame.aim * 0.02, axes, (0.070, 0.098, 0.013), COVER, depth)]


def _key(sheet: Sheet, build: Build, frame: HandFrame, at: Array, depth: float) -> list[Part]:
    rise = unit(frame.aim * 0.5 - UP * 0.6)
    shaft = tube(sheet, [at, at + rise * 0.095], [0.006, 0.005], 8)
    side = unit(np.cross(rise, frame.face))
    bit = tube(sheet, [at + rise * 0.082, at + rise * 0.082 + side * 0.026], [0.0055, 0.0055], 8)
    bow = tube(sheet, [at - rise * 0.008], [0.022], 14)
    return [Part(depth - 0.006, shapely.union_all([shaft, bit, bow]), BRASS, Kind.PROP, shade=0.2, weight=0.7)]


def _gun(sheet: Sheet, build: Build, frame: HandFrame, at: Array, depth: float) -> list[Part]:
    """A pistol in the fist: barrel along the fingers' direction, grip in the palm, muzzle away from the thumb's root."""
    aim = frame.aim
    top = frame.across
    muzzle = at + top * 0.040 + aim * 0.150
    breech = at + top * 0.040 - aim * 0.020
    axes = (aim, top, frame.face)
    slide = box_part(sheet, (muzzle + breech) / 2, axes, (0.085, 0.015, 0.012), STEEL, depth - 0.002, (0.9, 1.12, 0.75))
    stock = Part(
        depth + 0.03,
        tube(sheet, [at + top * 0.030, at - top * 0.060 - aim * 0.018], [0.016, 0.017], 10),
        DARK,
        Kind.PROP,
        shade=0.2,
        weight=0.6,
    )
    return [slide, stock]


def _bag(sheet: Sheet, build: Build, frame: HandFrame, at: Array, depth: float) -> list[Part]:
    forward = build.skeleton.forward
    side = build.skeleton.left
    centre = at - UP * 0.185
    body = box_part(sheet, centre, (forward, UP, side), (0.19, 0.125, 0.050), LEATHER, depth + 0.012)
    grip = [
        at - UP * 0.062 + forward * 0.055,
        at - UP * 0.012 + forward * 0.045,
        at - UP * 0.012 - forward * 0.045,
        at - UP * 0.062 - forward * 0.055,
    ]
    handle = tube(sheet, grip, np.full(4, 0.009), 8)
    return [body, Part(depth + 0.010, handle, DARK, Kind.PROP, shade=0.1, weight=0.6)]


def _box(sheet: Sheet, build: Build, frame: HandFrame, at: Array, depth: float) -> list[Part]:
    skeleton = build.skeleton
    middle = _between_hands(build, at) + UP * 0.02
    forward = skeleton.chest_forward - UP * float(skeleton.chest_forward @ UP)
    forward = unit(forward)
    width = max(0.13, 0.095 * skeleton.stature)
    front = float((sheet.camera.position - middle) @ forward) > 0
    layer = build.depth - 0.13 * skeleton.stature if front else build.depth + 0.13 * skeleton.stature
    axes = (np.cross(forward, UP), UP, forward)
    return [box_part(sheet, middle + forward * 0.03, axes, (width, 0.11, 0.13), CARD, layer)]


_THINGS = {
    "phone": _phone,
    "cup": _cup,
    "glass": _glass,
    "bottle": _bottle,
    "letter": _letter,
    "paper": _letter,
    "photo": _photo,
    "book": _book,
    "key": _key,
    "gun": _gun,
    "bag": _bag,
    "box": _box,
    "crate": _box,
    "suitcase": _bag,
    **TOOLS,
}
