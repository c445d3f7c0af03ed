"""Which set is drawn for a kind of place. The sets themselves live beside this file."""

from __future__ import annotations

from collections.abc import Callable

from studio.engine.artist.sets.bar import bar
from studio.engine.artist.sets.car import car_interior
from studio.engine.artist.sets.corridor import corridor
from studio.engine.artist.sets.kit.stage import Piece, Scene
from studio.engine.artist.sets.kitchen import kitchen
from studio.engine.artist.sets.nature import field, forest
from studio.engine.artist.sets.office import office
from studio.engine.artist.sets.rooftop import rooftop
from studio.engine.artist.sets.room import room
from studio.engine.artist.sets.street import street
from studio.engine.artist.sets.waterfront import waterfront
from studio.engine.artist.spec import SetKind

SETS: dict[SetKind, Callable[[Scene], list[Piece]]] = {
    SetKind.ROOM: room,
    SetKind.BAR: bar,
    SetKind.KITCHEN: kitchen,
    SetKind.OFFICE: office,
    SetKind.CORRIDOR: corridor,
    SetKind.CAR: car_interior,
    SetKind.STREET: street,
    SetKind.FIELD: field,
    SetKind.FOREST: forest,
    SetKind.ROOFTOP: rooftop,
    SetKind.WATERFRONT: waterfront,
}

INDOORS = frozenset({SetKind.ROOM, SetKind.BAR, SetKind.KITCHEN, SetKind.OFFICE, SetKind.CORRIDOR, SetKind.CAR})


def built(kind: SetKind, scene: Scene) -> list[Piece]:
    """Draw the backdrop of a place; gives the pieces that stand among the people. Outside an indoor place lies its street."""
    if not scene.interior and kind in INDOORS:
        return street(scene)
    return SETS[kind](scene)
