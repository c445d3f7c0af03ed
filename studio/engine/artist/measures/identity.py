"""How alike two drawings of one person are: the distance of their colours, and of the outline of their heads. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from studio.engine.artist.compose import composed
from studio.engine.artist.light import grade
from studio.engine.artist.people.draw import figure_parts
from studio.engine.artist.people.parts import Kind, Part, in_frame, paint, silhouette
from studio.engine.artist.people.skeleton import Skeleton, posed
from studio.engine.artist.sheet import Fill, Sheet
from studio.engine.artist.spec import PanelSpec
from studio.engine.artist.stagecraft import actor_of

Array = NDArray[np.float64]

HEIGHT = 720.0
ROLES: dict[Kind, str] = {Kind.HAIR: "hair", Kind.HAT: "hat", Kind.HEAD: "skin", Kind.TRUNK: "top", Kind.HIPS: "bottom"}
LEVELS = (0.05, 0.2, 0.35, 0.5, 0.65, 0.8)
"""Where the outline is measured, in head heights under the crown."""
MOST_HIDDEN = 0.05
"""The share of hair in the light, of that behind the neck, from which on it is told by the one in the light."""
COLOUR_SCALE = 50.0
BOUND = 0.45
"""Two drawings of one person are nearer than this, two people of one film farther apart. A hat seen from below comes nearest it."""


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """One person as drawn: the CIELAB colour of hair, hat, skin, top and bottom where they show, and the head's widths in heads."""

    colours: Mapping[str, Array]
    outline: Array


def likeness(spec: PanelSpec, name: str) -> Likeness | None:
    """What a panel shows of a person; None when it does not show them."""
    composition = composed(spec, HEIGHT)
    one = next((each for each in composition.cast if each.figure.name == name), None)
    if one is None:
        return None
    light = grade(spec.light, spec.interior)
    sheet = Sheet(composition.camera, light=light.shadow, gain=light.gain)
    skeleton = posed(actor_of(one, composition))
    parts = in_frame(sheet, figure_parts(sheet, skeleton))
    if not parts:
        return None
    return Likeness(_colours(sheet, parts), _outline(sheet, skeleton, silhouette(parts, [], None)))


def distance(one: Likeness, other: Likeness) -> float:
    """0 for the same person drawn alike. One colour that is wrong is enough to be somebody else."""
    return palette_distance(one, other) / COLOUR_SCALE + outline_distance(one, other) / 2


def palette_distance(one: Likeness, other: Likeness) -> float:
    """The largest difference of a colour that both drawings show (CIE 1976)."""
    shared = one.colours.keys() & other.colours.keys()
    return max((math.dist(one.colours[role], other.colours[role]) for role in shared), default=0.0)


def outline_distance(one: Likeness, other: Likeness) -> float:
    """Mean difference of the widths of both heads, in head heights."""
    return float(np.abs(one.outline - other.outline).mean())


def _colours(sheet: Sheet, parts: Sequence[Part]) -> dict[str, Array]:
    """The flat colour each role is painted with, the light's tint taken out: that of its largest part, of hair of its largest
    part in the light (what hangs behind the neck is painted as shaded)."""
    found: dict[str, tuple[float, Array]] = {}
    for part in sorted(parts, key=lambda part: sum(part.colour), reverse=True):
        role = ROLES.get(part.kind)
        before = len(sheet.ops)
        if role is None or part.shape.area <= found.get(role, (0.0, None))[0]:
            continue
        if role == "hair" and role in found and found[role][0] > MOST_HIDDEN * part.shape.area:
            continue
        paint(sheet, part, [])
        flat = next(op for op in sheet.ops[before:] if isinstance(op, Fill))
        found[role] = part.shape.area, _lab(np.minimum(np.asarray(flat.paint[:3], float) / sheet.gain, 255.0))
    return {role: colour for role, (_, colour) in found.items()}


def _outline(sheet: Sheet, skeleton: Skeleton, whole: BaseGeometry) -> Array:
    """Widths of the figure across its head at LEVELS, in head heights."""
    chin, crown = sheet.camera.projected([skeleton.chin, skeleton.chin + skeleton.head.up * skeleton.head_height])[0]
    head = max(math.dist(chin, crown), 1.0)
    down = (chin - crown) / head
    across = np.array([-down[1], down[0]]) * head * 0.9
    middles = [crown + down * level * head for level in LEVELS]
    cuts = [shapely.LineString([middle - across, middle + across]) for middle in middles]
    return np.array([float(whole.intersection(cut).length) / head for cut in cuts])


def _lab(colour: Array) -> Array:
    """8-bit sRGB to CIELAB under D65. Source: IEC 61966-2-1 and CIE 15."""
    share = colour / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    matrix = np.array([(0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505)])
    x, y, z = matrix @ linear / np.array([0.9505, 1.0, 1.089])
    f = [v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z)]
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])
