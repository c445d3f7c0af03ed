"""Which set is drawn for a kind of place. The sets themselves live in the folders beside this file."""

from __future__ import annotations

from collections.abc import Callable

from studio.engine.artist.sets.indoors.bar import bar
from studio.engine.artist.sets.indoors.bathroom import bathroom
from studio.engine.artist.sets.indoors.bedroom import bedroom
from studio.engine.artist.sets.indoors.church import church
from studio.engine.artist.sets.indoors.classroom import classroom
from studio.engine.artist.sets.indoors.corridor import corridor
from studio.engine.artist.sets.indoors.hospital import hospital
from studio.engine.artist.sets.indoors.kitchen import kitchen
from studio.engine.artist.sets.indoors.office import office
from studio.engine.artist.sets.indoors.room import room
from studio.engine.artist.sets.indoors.shop import shop
from studio.engine.artist.sets.indoors.warehouse import warehouse
from studio.engine.artist.sets.kit.stage import Piece, Scene
from studio.engine.artist.sets.outdoors.beach import beach
from studio.engine.artist.sets.outdoors.deck import deck
from studio.engine.artist.sets.outdoors.nature import field, forest
from studio.engine.artist.sets.outdoors.rooftop import rooftop
from studio.engine.artist.sets.outdoors.station import station
from studio.engine.artist.sets.outdoors.street import street
from studio.engine.artist.sets.outdoors.waterfront import waterfront
from studio.engine.artist.sets.outdoors.yard import yard
from studio.engine.artist.sets.vehicles.car import car_interior
from studio.engine.artist.sets.vehicles.train import carriage
from studio.engine.artist.spec import SetKind

INSIDE: dict[SetKind, Callable[[Scene], list[Piece]]] = {
    SetKind.ROOM: room,
    SetKind.BAR: bar,
    SetKind.KITCHEN: kitchen,
    SetKind.BEDROOM: bedroom,
    SetKind.BATHROOM: bathroom,
    SetKind.OFFICE: office,
    SetKind.HOSPITAL: hospital,
    SetKind.CLASSROOM: classroom,
    SetKind.SHOP: shop,
    SetKind.CHURCH: church,
    SetKind.WAREHOUSE: warehouse,
    SetKind.CORRIDOR: corridor,
    SetKind.CAR: car_interior,
    SetKind.TRAIN: carriage,
}
OUTSIDE: dict[SetKind, Callable[[Scene], list[Piece]]] = {
    SetKind.STREET: street,
    SetKind.FIELD: field,
    SetKind.FOREST: forest,
    SetKind.ROOFTOP: rooftop,
    SetKind.WATERFRONT: waterfront,
    SetKind.BEACH: beach,
    SetKind.DECK: deck,
    SetKind.STATION: station,
    SetKind.YARD: yard,
}


def built(kind: SetKind, scene: Scene) -> list[Piece]:
    """Draw the backdrop of a place; gives the pieces that stand among the people. Outside an indoor place lies its street."""
    if not scene.interior and kind in INSIDE:
        return street(scene)
    return (INSIDE | OUTSIDE)[kind](scene)
