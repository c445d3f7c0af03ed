"""What the elements of a scene are sorted into, in the order of a breakdown sheet."""

from __future__ import annotations

from enum import StrEnum


class Category(StrEnum):
    CAST = "cast"
    BACKGROUND = "background"
    STUNTS = "stunts"
    VEHICLES = "vehicles"
    PROPS = "props"
    WARDROBE = "wardrobe"
    MAKEUP = "makeup"
    ANIMALS = "animals"
    SPECIAL_EQUIPMENT = "special_equipment"
    SFX = "sfx"
    VFX = "vfx"
    SOUND = "sound"
    MUSIC = "music"


LABELS: dict[Category, str] = {
    Category.CAST: "Cast",
    Category.BACKGROUND: "Background",
    Category.STUNTS: "Stunts",
    Category.VEHICLES: "Vehicles",
    Category.PROPS: "Props",
    Category.WARDROBE: "Wardrobe",
    Category.MAKEUP: "Makeup and hair",
    Category.ANIMALS: "Animals",
    Category.SPECIAL_EQUIPMENT: "Special equipment",
    Category.SFX: "Special effects",
    Category.VFX: "Visual effects",
    Category.SOUND: "Sound",
    Category.MUSIC: "Music",
}
"""The names printed on a sheet."""
