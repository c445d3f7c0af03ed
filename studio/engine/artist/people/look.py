"""Who a person is to the eye: stature, build, hair, clothes and colours, constant over a whole film. No pose, no drawing."""

from __future__ import annotations

import hashlib
import math
import re
from dataclasses import dataclass
from typing import TypeVar

from studio.core.errors import Invalid
from studio.engine.artist.spec import Look

Colour = tuple[float, float, float]
Chosen = TypeVar("Chosen")

HAIR_STYLES = ("short", "side", "curly", "long", "bob", "bun", "pony", "bald")
GARMENTS = ("coat", "jacket", "tshirt", "dress", "skirt")
AGES = ("child", "adult", "old")

MASCULINE_STYLES = ("short", "side", "curly", "side", "short", "bald", "curly", "long")
FEMININE_STYLES = ("long", "bob", "bun", "pony", "curly", "long", "bob", "pony")
MASCULINE_GARMENTS = ("jacket", "coat", "tshirt", "jacket", "tshirt")
FEMININE_GARMENTS = ("dress", "coat", "skirt", "jacket", "tshirt", "dress")
TOPS: tuple[Colour, ...] = (
    (178, 84, 62),
    (74, 106, 142),
    (104, 136, 98),
    (208, 166, 88),
    (126, 96, 142),
    (98, 104, 114),
    (170, 122, 88),
    (66, 126, 126),
    (188, 108, 122),
    (70, 84, 116),
    (150, 156, 104),
    (206, 190, 160),
)
BOTTOMS: tuple[Colour, ...] = (
    (62, 62, 76),
    (74, 88, 110),
    (92, 80, 70),
    (58, 66, 62),
    (104, 98, 92),
    (84, 66, 78),
)
SKINS: tuple[Colour, ...] = ((244, 214, 190), (230, 190, 158), (208, 160, 124), (176, 126, 94), (128, 88, 66))
HAIRS: tuple[Colour, ...] = (
    (46, 40, 44),
    (92, 62, 44),
    (190, 148, 86),
    (134, 64, 40),
    (66, 50, 42),
    (150, 106, 62),
)
GREYS: tuple[Colour, ...] = ((196, 194, 192), (164, 162, 162), (224, 222, 216))
IRISES: tuple[Colour, ...] = ((86, 62, 44), (70, 98, 120), (84, 104, 74), (58, 44, 38))
TIES: tuple[Colour | None, ...] = ((146, 52, 48), None, (62, 78, 116), None, (84, 104, 74))
SHIRTS: tuple[Colour, ...] = ((238, 234, 224), (214, 222, 228), (232, 222, 204))
SHOES: tuple[Colour, ...] = ((50, 44, 44), (84, 58, 44), (64, 62, 66))
HATS: tuple[Colour, ...] = ((74, 66, 62), (92, 80, 66), (58, 60, 70))

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
NEAR_SKIN = 75.0
HAT_RISE = 0.028
HAIR_RISE = {"curly": 0.020, "bun": 0.006, "bald": 0.0}


@dataclass(frozen=True, slots=True)
class Person:
    """One person's constant appearance. `stature` metres without hat; `build` 1 is average girth; colours are 0-255 RGB.

    `jaw`, `nose`, `brow`, `lips`, `eyes` and `width` are -1..1 from the average face.
    """

    name: str
    stature: float
    build: float
    feminine: bool
    age: str
    hair_style: str
    hat: bool
    garment: str
    top: Colour
    bottom: Colour
    skin: Colour
    hair: Colour
    shirt: Colour
    tie: Colour | None
    shoe: Colour
    iris: Colour
    hat_colour: Colour
    beard: bool
    jaw: float
    nose: float
    brow: float
    lips: float
    eyes: float
    width: float

    @property
    def child(self) -> bool:
        return self.age == "child"

    @property
    def old(self) -> bool:
        return self.age == "old"

    @property
    def head_share(self) -> float:
        """Height of the head, chin to crown, in shares of the stature."""
        if self.child:
            return 0.168 if self.stature > 1.1 else 0.180
        return 0.137 if self.feminine else 0.140

    @property
    def hip_share(self) -> float:
        """Height of the hip joints in shares of the stature."""
        return 0.485 if self.child else 0.513


def person(name: str, look: Look) -> Person:
    """The person a name and a look stand for; what the look leaves open comes from a hash of the name, always the same.

    Raises: Invalid when the look names a colour, hair style, garment or age that cannot be drawn.
    """
    dice = hashlib.sha256(name.strip().casefold().encode()).digest()
    age = _one_of(look.age, AGES, "age")
    feminine = bool(dice[0] % 2) if look.feminine is None else look.feminine
    garment = _chosen(dice[1], FEMININE_GARMENTS if feminine else MASCULINE_GARMENTS)
    if age == "child" and garment in ("coat", "jacket"):
        garment = "tshirt"
    style = _chosen(dice[2], FEMININE_STYLES if feminine else MASCULINE_STYLES)
    if age == "child" and style == "bald":
        style = "short"
    skin = _colour(look.skin, _chosen(dice[8], SKINS), "skin")
    face = [(byte / 127.5) - 1 for byte in dice[20:26]]
    grown_man = not feminine and age != "child"
    return Person(
        name=name,
        stature=_stature(dice[3], feminine, age) if look.stature is None else min(max(look.stature, 0.6), 2.4),
        build=0.93 + 0.20 * dice[4] / 255 if look.build is None else min(max(look.build, 0.75), 1.5),
        feminine=feminine,
        age=age,
        hair_style=style if look.hair_style is None else _one_of(look.hair_style, HAIR_STYLES, "hair_style"),
        hat=(grown_man and dice[5] % 9 == 0) if look.hat is None else look.hat,
        garment=garment if look.garment is None else _one_of(look.garment, GARMENTS, "garment"),
        top=_colour(look.top, _apart(dice[6], skin), "top"),
        bottom=_colour(look.bottom, _chosen(dice[7], BOTTOMS), "bottom"),
        skin=skin,
        hair=_colour(look.hair, _chosen(dice[9], GREYS if age == "old" else HAIRS), "hair"),
        shirt=_chosen(dice[10], SHIRTS),
        tie=_chosen(dice[11], TIES) if grown_man else None,
        shoe=_chosen(dice[12], SHOES),
        iris=_chosen(dice[13], IRISES),
        hat_colour=_chosen(dice[14], HATS),
        beard=grown_man and dice[15] % 4 == 0,
        jaw=face[0],
        nose=face[1],
        brow=face[2],
        lips=face[3],
        eyes=face[4],
        width=face[5],
    )


def standing_height(of: Person) -> float:
    """Metres from the floor to the top of the standing person, hair and hat included."""
    rise = HAT_RISE if of.hat else HAIR_RISE.get(of.hair_style, 0.006)
    return of.stature * (1.0 + rise)


def _stature(byte: int, feminine: bool, age: str) -> float:
    share = byte / 255
    if age == "child":
        return 1.12 + 0.26 * share
    tall = 1.60 + 0.14 * share if feminine else 1.70 + 0.18 * share
    return tall - 0.05 if age == "old" else tall


def _chosen(byte: int, among: tuple[Chosen, ...]) -> Chosen:
    return among[byte % len(among)]


def _apart(byte: int, skin: Colour) -> Colour:
    """A top that does not look like bare skin: the chosen one or the next far enough from it."""
    ordered = [TOPS[(byte + step) % len(TOPS)] for step in range(len(TOPS))]
    return next((top for top in ordered if math.dist(top, skin) > NEAR_SKIN), ordered[0])


def _one_of(value: str, among: tuple[str, ...], field: str) -> str:
    if value not in among:
        raise Invalid(
            f"A person cannot have {field.replace('_', ' ')} '{value}': choose {', '.join(among)}.", field=field
        )
    return value


def _colour(value: str | None, otherwise: Colour, field: str) -> Colour:
    if value is None:
        return otherwise
    if not _HEX.fullmatch(value):
        raise Invalid(f"The colour of {field} must look like #a1b2c3, not '{value}'.", field=field)
    red, green, blue = bytes.fromhex(value[1:])
    return float(red), float(green), float(blue)
