"""Dataclasses as plain JSON and back, by their annotations: defaults are left out, and what does not fit is told by its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from fractions import Fraction
from functools import cache, partial
from itertools import compress, repeat
from math import isfinite
from operator import attrgetter, call, is_not
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from studio.engine.time import Rate
from studio.engine.timeline import looks, model
from studio.engine.timeline.curves import Curve, Key

_call = cast("Any", call)

Writer = Callable[[Any], Any]
Reader = Callable[[Any], Any]

_LARGEST = 2**53
_RATIO = re.compile(r"-?[0-9]{1,12}(/[0-9]{1,12})?")
_NAMES = {**vars(model), **vars(looks)}


class Damaged(Exception):
    """Something in a document is not what it should be; the places are added on the way out."""

    def __init__(self, what: str, *places: str | int) -> None:
        super().__init__(what)
        self.what = what
        self.places = list(places)

    @property
    def place(self) -> str:
        """As one would write it: tracks[1].clips[3].start."""
        said = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in reversed(self.places))
        return said.removeprefix(".")


@dataclass(frozen=True)
class PartOf:
    """Marks a mapping of some fields of a dataclass: `Annotated[Mapping[str, Any], PartOf(Clip, without=("id",))]`."""

    of: type
    without: tuple[str, ...] = ()


def written(value: Any, kind: Any) -> Any:
    """A value of a type as plain JSON."""
    make = writer(kind)
    return value if make is None else make(value)


def read(value: Any, kind: Any) -> Any:
    """A value of a type from plain JSON. Raises: Damaged."""
    return reader(kind)(value)


@cache
def writer(kind: Any) -> Writer | None:
    """How values of a type are written; None where they are plain already."""
    kind, extra = _bare(kind)
    if isinstance(extra, PartOf):
        return _part_writer(extra)
    origin = get_origin(kind)
    if kind in (Fraction, Rate):
        return _ratio
    if kind is Curve:
        return lambda curve: [record_of(Key).write(key) for key in curve.keys]
    if kind is model.Window:
        return lambda window: [window.x, window.y, window.width]
    if origin is tuple:
        one = writer(get_args(kind)[0])
        return list if one is None else lambda values: [one(value) for value in values]
    if origin in (Union, UnionType):
        return _union_writer(kind)
    if is_dataclass(origin or kind):
        return lambda value: record_of(kind).write(value)
    return None


@cache
def reader(kind: Any) -> Reader:
    """How values of a type are read."""
    kind, extra = _bare(kind)
    if isinstance(extra, PartOf):
        return _part_reader(extra)
    origin = get_origin(kind)
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    if origin is Literal:
        return _one_of(get_args(kind))
    if origin is tuple:
        return _tuple_reader(get_args(kind))
    if origin in (Union, UnionType):
        return _union_reader(kind)
    return lambda value: record_of(kind).read(value)


class Record:
    """How one dataclass is written and read, made of its annotations once.

    Its values are gone through as one tuple: a film of hundreds of clips is read with every look at its cut.
    """

    def __init__(self, kind: Any) -> None:
        origin = get_origin(kind) or kind
        hints = get_type_hints(origin, localns=_NAMES, include_extras=True)
        taken = dict(zip(getattr(origin, "__parameters__", ()), get_args(kind), strict=False))
        types = {f.name: _filled(hints[f.name], taken) for f in fields(origin)}
        self.kind = origin
        self.readers = {name: (place, reader(of)) for place, (name, of) in enumerate(types.items())}
        self.needed = {f.name for f in fields(origin) if f.default is MISSING and f.default_factory is MISSING}
        self.defaults = [f.default if f.default_factory is MISSING else f.default_factory() for f in fields(origin)]
        self.unsaid = [
            MISSING if f.name == "kind" else default for f, default in zip(fields(origin), self.defaults, strict=True)
        ]
        self.writers = [(name, default, writer(types[name])) for name, default in zip(types, self.unsaid, strict=True)]
        self.values = _values(list(types))
        self.places = range(len(types))
        self.setters = [getattr(origin, name).__set__ for name in types]

    def write(self, value: Any) -> dict[str, Any]:
        """What differs from its defaults, and always the `kind` that tells it from others."""
        out: dict[str, Any] = {}
        values = self.values(value)
        for place in compress(self.places, map(is_not, values, self.unsaid)):
            name, default, make = self.writers[place]
            held = values[place]
            if held != default:
                out[name] = held if make is None or held is None else make(held)
        return out

    def read(self, value: Any) -> Any:
        """Raises: Damaged."""
        if type(value) is not dict:
            raise Damaged("is not an object")
        given = cast("dict[str, Any]", value)
        if not self.needed <= given.keys():
            raise Damaged("is missing", min(self.needed - given.keys()))
        values = self.defaults.copy()
        for name, raw in given.items():
            if name not in self.readers:
                raise Damaged("is not known here", name)
            place, take = self.readers[name]
            try:
                values[place] = take(raw)
            except Damaged as e:
                e.places.append(name)
                raise
        return self.made(values)

    def made(self, values: Iterable[Any]) -> Any:
        """One of its kind with these values in order of the fields: what `__init__` does, in half the time."""
        made = object.__new__(self.kind)
        any(map(_call, self.setters, repeat(made), values))  # each gives None, so all are called
        return made


@cache
def record_of(kind: Any) -> Record:
    return Record(kind)


def _values(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    one = attrgetter(*names)
    return one if len(names) > 1 else lambda value: (one(value),)


def _bare(kind: Any) -> tuple[Any, Any]:
    if get_origin(kind) is Annotated:
        return kind.__origin__, kind.__metadata__[0]
    return kind, None


def _filled(kind: Any, taken: Mapping[Any, Any]) -> Any:
    """A type with its variables replaced."""
    if isinstance(kind, TypeVar):
        return taken[kind]
    if get_origin(kind) is tuple and any(isinstance(each, TypeVar) for each in get_args(kind)):
        return tuple[tuple(_filled(each, taken) for each in get_args(kind))]  # type: ignore[misc]
    return kind


def _whole(value: Any) -> int:
    if type(value) is not int or not -_LARGEST <= value <= _LARGEST:
        raise Damaged("is not a whole number")
    return value


def _number(value: Any) -> float:
    if type(value) is float and isfinite(value):
        return value
    if type(value) is int and -_LARGEST <= value <= _LARGEST:
        return float(value)
    raise Damaged("is not a number")


def _text(value: Any) -> str:
    if type(value) is not str:
        raise Damaged("is not text")
    return value


def _yes_or_no(value: Any) -> bool:
    if type(value) is not bool:
        raise Damaged("is neither true nor false")
    return value


def _ratio(value: Any) -> str:
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    return str(value)


def _fraction(value: Any) -> Fraction:
    if type(value) is str and _RATIO.fullmatch(value):
        try:
            return Fraction(value)
        except ZeroDivisionError:
            pass
    raise Damaged('is not a ratio like "30000/1001"')


def _rate(value: Any) -> Rate:
    ratio = _fraction(value)
    if ratio <= 0:
        raise Damaged("is not above zero")
    return Rate.parse(value)


def _curve(value: Any) -> Curve:
    keys = tuple(_listed(value, record_of(Key).read))
    if not keys:
        raise Damaged("holds no keys")
    return Curve(keys)


def _window(value: Any) -> model.Window:
    if type(value) is not list or len(cast("list[Any]", value)) != 3:
        raise Damaged("is not x, y and width")
    x, y, width = value
    return model.Window(_number(x), _number(y), _number(width))


_SIMPLE: dict[Any, Reader] = {
    int: _whole,
    float: _number,
    str: _text,
    bool: _yes_or_no,
    Fraction: _fraction,
    Rate: _rate,
    Curve: _curve,
    model.Window: _window,
}


def _one_of(words: tuple[str, ...]) -> Reader:
    known = {word: word for word in words}

    def take(value: Any) -> str:
        if type(value) is str and value in known:
            return known[value]
        raise Damaged(f"is none of {', '.join(words)}")

    return take


def _listed(value: Any, one: Reader) -> list[Any]:
    if type(value) is not list:
        raise Damaged("is not a list")
    out: list[Any] = []
    for raw in cast("list[Any]", value):
        try:
            out.append(one(raw))
        except Damaged as e:
            e.places.append(len(out))
            raise
    return out


def _tuple_reader(kinds: tuple[Any, ...]) -> Reader:
    one = reader(kinds[0])
    if kinds[-1] is Ellipsis:
        return lambda value: tuple(_listed(value, one))

    def take(value: Any) -> tuple[Any, ...]:
        held = _listed(value, one)
        if len(held) != len(kinds):
            raise Damaged(f"is not {len(kinds)} numbers")
        return tuple(held)

    return take


def _kinds(kind: Any) -> dict[str, Any]:
    """Dataclasses of a union by the word in their `kind`."""
    return {each.__dataclass_fields__["kind"].default: each for each in get_args(kind) if hasattr(each, "kind")}


def _union_writer(kind: Any) -> Writer | None:
    by_class = {get_origin(each) or each: writer(each) for each in get_args(kind) if each is not NoneType}
    if not any(by_class.values()):
        return None

    def make(value: Any) -> Any:
        one = by_class.get(type(value))
        return value if one is None else one(value)

    return make


def _union_reader(kind: Any) -> Reader:
    parts = get_args(kind)
    others = [each for each in parts if each is not NoneType]
    by_kind = _kinds(kind) if len(others) > 1 else {}
    if set(others) == {float, Curve}:
        take: Reader = _animated
    elif by_kind:
        take = partial(_read_by_kind, by_kind)
    else:
        assert len(others) == 1, f"one of {others} cannot be told from another"
        take = reader(others[0])
    return (lambda value: None if value is None else take(value)) if NoneType in parts else take


def _animated(value: Any) -> float | Curve:
    return _curve(value) if type(value) is list else _number(value)


def _read_by_kind(by_kind: Mapping[str, Any], value: Any) -> Any:
    said = cast("dict[str, Any]", value).get("kind") if type(value) is dict else None
    if type(said) is not str or said not in by_kind:
        raise Damaged(f"is none of {', '.join(by_kind)}", "kind")
    return record_of(by_kind[said]).read(value)


def _part_writer(part: PartOf) -> Writer:
    makers = {name: make for name, _, make in record_of(part.of).writers}

    def write(values: Mapping[str, Any]) -> dict[str, Any]:
        return {n: v if v is None or (make := makers[n]) is None else make(v) for n, v in values.items()}

    return write


def _part_reader(part: PartOf) -> Reader:
    def take(value: Any) -> dict[str, Any]:
        if type(value) is not dict:
            raise Damaged("is not an object")
        known = {name: take for name, (_, take) in record_of(part.of).readers.items() if name not in part.without}
        held: dict[str, Any] = {}
        for name, raw in cast("dict[str, Any]", value).items():
            if name not in known:
                raise Damaged("cannot be set", name)
            try:
                held[name] = known[name](raw)
            except Damaged as e:
                e.places.append(name)
                raise
        return held

    return take
