"""The pure data of a timeline as plain JSON and back, by the types of its fields; what stands at its default is left out."""

from __future__ import annotations

import dataclasses
import types
from fractions import Fraction
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from studio.engine.time import Rate

Kind = TypeVar("Kind")
_SCALARS = (str, int, float, bool)


def plain(value: Any) -> Any:
    """Dataclasses become objects, ratios text, tuples lists."""
    if isinstance(value, Fraction | Rate):
        return str(value)
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = ((field, getattr(value, field.name)) for field in dataclasses.fields(value))
        return {f.name: plain(each) for f, each in fields if f.name == "kind" or each != _default(f)}
    return value


def typed(kind: type[Kind], said: Any) -> Kind:
    """The value of a type that was made plain. Raises: ValueError, TypeError, KeyError for what is no such value."""
    return _typed(kind, said)


def _typed(kind: Any, said: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _one_of(get_args(kind), said)
    if origin is Literal:
        return _checked(said in get_args(kind), said)
    if origin is tuple:
        return _tuple(get_args(kind), said)
    if kind in (Fraction, Rate):
        return Fraction(_checked(isinstance(said, str), said)) if kind is Fraction else Rate.parse(said)
    if kind is float:
        return float(_checked(isinstance(said, int | float) and not isinstance(said, bool), said))
    if kind in _SCALARS:
        return _checked(type(said) is kind, said)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        unknown = set(_checked(isinstance(said, dict), said)) - set(hints)
        _checked(not unknown, unknown)
        return kind(**{name: _typed(hints[name], each) for name, each in said.items()})
    return _checked(said is None and kind is type(None), said)


def _tuple(parts: tuple[Any, ...], said: Any) -> tuple[Any, ...]:
    _checked(isinstance(said, list), said)
    if len(parts) == 2 and parts[1] is Ellipsis:
        return tuple(_typed(parts[0], each) for each in said)
    return tuple(_typed(part, each) for part, each in zip(parts, said, strict=True))


def _one_of(kinds: tuple[Any, ...], said: Any) -> Any:
    """A choice of classes is told by the name in their `kind`, any other by what fits."""
    if isinstance(said, dict) and "kind" in said:
        for kind in kinds:
            if dataclasses.is_dataclass(kind) and said["kind"] in get_args(_hints(kind).get("kind")):
                return _typed(kind, said)
    for kind in kinds:
        if dataclasses.is_dataclass(kind) == isinstance(said, dict):
            try:
                return _typed(kind, said)
            except (TypeError, ValueError):
                continue
    raise ValueError(f"no value: {said!r:.80}")


@cache
def _hints(kind: Any) -> dict[str, Any]:
    from studio.engine.timeline.model import Timeline

    return get_type_hints(kind, localns={"Timeline": Timeline})


def _default(field: dataclasses.Field[Any]) -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


def _checked(fits: bool, said: Any) -> Any:
    if not fits:
        raise ValueError(f"no value: {said!r:.80}")
    return said
