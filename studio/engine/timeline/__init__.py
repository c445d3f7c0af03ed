"""The timeline document: its model (model, looks, curves) and its JSON form (document)."""

from studio.engine.timeline.curves import Animated, Curve, Key
from studio.engine.timeline.document import SCHEMA, VERSION, from_document, to_document
from studio.engine.timeline.model import (
    PICTURE,
    Caption,
    Clip,
    Marker,
    Motion,
    Speed,
    Timeline,
    Track,
    Transition,
    Window,
)

__all__ = [
    "PICTURE",
    "SCHEMA",
    "VERSION",
    "Animated",
    "Caption",
    "Clip",
    "Curve",
    "Key",
    "Marker",
    "Motion",
    "Speed",
    "Timeline",
    "Track",
    "Transition",
    "Window",
    "from_document",
    "to_document",
]
