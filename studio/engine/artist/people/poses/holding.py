"""Where the hands go for what they hold, and the many names of those things."""

from __future__ import annotations

from dataclasses import replace

from studio.engine.artist.people.poses.shapes import Arm, Grip

CARRIED_LOW = Arm((-0.146, -0.034, 0.030), (-0.5, -0.2, -0.8), Grip.FIST, aim=(0.0, -1.0, 0.12), palm=(1.0, 0.0, 0.1))
_READING = Arm((-0.055, 0.130, 0.190), (-0.7, -1.0, -0.2), Grip.PINCHING, aim=(0.25, 0.55, 0.55), palm=(0.2, 0.5, -0.9))
_BOX_RIGHT = Arm((-0.108, 0.085, 0.185), (-0.7, -0.6, -0.6), Grip.FLAT, aim=(0.25, 0.05, 1.0), palm=(1.0, 0.15, 0.0))
_BOX_LEFT = Arm((0.108, 0.085, 0.185), (0.7, -0.6, -0.6), Grip.FLAT, aim=(-0.25, 0.05, 1.0), palm=(-1.0, 0.15, 0.0))
_CUP = Arm((-0.085, 0.195, 0.150), (-0.6, -1.0, -0.3), Grip.HOLDING, aim=(0.45, 0.10, 0.75), palm=(0.85, 0.0, -0.45))

_TRAY = Arm((-0.095, 0.165, 0.185), (-0.6, -1.0, -0.3), Grip.FLAT, aim=(0.25, 0.05, 1.0), palm=(0.0, 1.0, 0.0))
_POINTED = Arm((-0.085, 0.205, 0.190), (-0.6, -1.0, -0.2), Grip.PINCHING, aim=(0.2, 0.35, 0.85), palm=(0.95, 0.1, -0.2))
_UPRIGHT = Arm((-0.095, 0.190, 0.180), (-0.6, -1.0, -0.2), Grip.FIST, aim=(0.55, 0.05, 0.85), palm=(0.8, 0.0, -0.5))

HOLDS: dict[str, Arm] = {
    "phone": Arm(
        (-0.070, 0.200, 0.170), (-0.6, -1.0, -0.2), Grip.HOLDING, aim=(0.30, 0.75, 0.45), palm=(0.35, 0.35, -0.85)
    ),
    "cup": _CUP,
    "glass": _CUP,
    "bottle": _CUP,
    "letter": _READING,
    "paper": _READING,
    "photo": _READING,
    "book": Arm(
        (-0.060, 0.165, 0.175), (-0.7, -1.0, -0.2), Grip.HOLDING, aim=(0.35, 0.45, 0.65), palm=(0.15, 0.75, -0.6)
    ),
    "key": Arm(
        (-0.080, 0.205, 0.200), (-0.6, -1.0, -0.2), Grip.PINCHING, aim=(0.2, 0.35, 0.85), palm=(0.95, 0.1, -0.2)
    ),
    "gun": Arm((-0.035, 0.262, 0.300), (-0.6, -1.0, -0.2), Grip.FIST, aim=(0.05, 0.0, 1.0), palm=(1.0, 0.0, 0.0)),
    "bag": CARRIED_LOW,
    "box": _BOX_RIGHT,
    "crate": _BOX_RIGHT,
    "plate": _TRAY,
    "pen": _POINTED,
    "cigarette": _POINTED,
    "knife": _POINTED,
    "camera": _CUP,
    "microphone": _CUP,
    "flowers": _UPRIGHT,
    "torch": _UPRIGHT,
    "umbrella": _UPRIGHT,
    "sword": _UPRIGHT,
    "hammer": CARRIED_LOW,
    "lantern": CARRIED_LOW,
    "rope": CARRIED_LOW,
    "stick": CARRIED_LOW,
    "suitcase": CARRIED_LOW,
}
OFF_HAND: dict[str, Arm] = {
    "letter": replace(
        _READING, at=(0.055, 0.130, 0.190), elbow=(0.7, -1.0, -0.2), aim=(-0.25, 0.55, 0.55), palm=(-0.2, 0.5, -0.9)
    ),
    "paper": replace(
        _READING, at=(0.055, 0.130, 0.190), elbow=(0.7, -1.0, -0.2), aim=(-0.25, 0.55, 0.55), palm=(-0.2, 0.5, -0.9)
    ),
    "box": _BOX_LEFT,
    "crate": _BOX_LEFT,
}
AT_EAR = Arm((-0.104, 0.330, 0.040), (-0.8, -1.0, 0.25), Grip.HOLDING, aim=(0.20, 0.80, -0.45), palm=(0.9, -0.15, 0.15))

SYNONYMS = {
    "telephone": "phone",
    "cellphone": "phone",
    "mobile": "phone",
    "mug": "cup",
    "coffee": "cup",
    "tea": "cup",
    "wine": "glass",
    "whisky": "glass",
    "drink": "glass",
    "beer": "bottle",
    "note": "paper",
    "map": "paper",
    "ticket": "photo",
    "card": "photo",
    "newspaper": "paper",
    "document": "paper",
    "envelope": "letter",
    "photograph": "photo",
    "picture": "photo",
    "pistol": "gun",
    "revolver": "gun",
    "rifle": "gun",
    "keys": "key",
    "briefcase": "bag",
    "handbag": "bag",
    "purse": "bag",
    "satchel": "bag",
    "backpack": "bag",
    "luggage": "suitcase",
    "package": "box",
    "parcel": "box",
    "gift": "box",
    "tray": "plate",
    "bowl": "plate",
    "pencil": "pen",
    "cigar": "cigarette",
    "dagger": "knife",
    "flashlight": "torch",
    "candle": "torch",
    "lamp": "lantern",
    "bouquet": "flowers",
    "flower": "flowers",
    "rose": "flowers",
    "axe": "hammer",
    "wrench": "hammer",
    "cane": "stick",
    "broom": "stick",
    "bat": "stick",
    "diary": "book",
    "notebook": "book",
}
