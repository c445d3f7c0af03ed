"""The stored form of a panel's spec: JSON with a schema name and version, and back."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any

from studio.core.errors import Invalid
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

SCHEMA = "inkreel.panel"
VERSION = 1


def spec_document(spec: PanelSpec) -> dict[str, Any]:
    """The JSON form of a spec."""
    return {"schema": SCHEMA, "version": VERSION, **asdict(spec)}


def plain_document(spec: PanelSpec) -> dict[str, Any]:
    """The JSON form of a spec as it comes back from the database: lists for tuples, words for names."""
    return json.loads(json.dumps(spec_document(spec)))


def same_panel(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two stored specs, of whatever age, show the same, drawn from whichever seed; what is no spec shows nothing."""
    if {**one, "seed": 0} == {**other, "seed": 0}:
        return True
    if SCHEMA not in (one.get("schema"), other.get("schema")) or one.get("schema") != other.get("schema"):
        return False
    return replace(spec_from(one), seed=0) == replace(spec_from(other), seed=0)


def spec_from(document: dict[str, Any]) -> PanelSpec:
    """Read a stored spec. Raises: Invalid."""
    if document.get("schema") != SCHEMA or document.get("version") != VERSION:
        raise Invalid("This panel was made by a different Inkreel and cannot be drawn by this one.")
    fields = {k: v for k, v in document.items() if k not in ("schema", "version", "figures")}
    fields |= {
        "size": Size(fields["size"]),
        "type": ShotType(fields["type"]),
        "angle": Angle(fields["angle"]),
        "move": Move(fields["move"]),
        "set_kind": SetKind(fields["set_kind"]),
        "light": Light(fields["light"]),
        "style": Style(fields.get("style", Style.MARKER)),
        "figures": tuple(_figure(f) for f in document["figures"]),
    }
    return PanelSpec(**fields)


def _figure(f: dict[str, Any]) -> Figure:
    made: dict[str, Any] = {
        **f,
        "pose": Pose(f["pose"]),
        "expression": Expression(f["expression"]),
        "look": Look(**f["look"]),
    }
    return Figure(**made)
