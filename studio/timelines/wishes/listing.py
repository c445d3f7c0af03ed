"""Wishes: what somebody asks of a pane beside a cut, in the pane's words; the one list of them, and their JSON. Pure.

An edit says exactly what is to become of the document. A wish says it as a person does ("scale to 112", "these words out"), and
the studio makes the edits of it, on the cut as it was seen. It is written once, with `@wish`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Concatenate, ParamSpec, TypeAlias, cast, get_type_hints

from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from studio.core.errors import Invalid
from studio.engine.editing import Edit, from_json
from studio.engine.timeline import Timeline
from studio.timelines.transcript import Word

P = ParamSpec("P")
Wished: TypeAlias = tuple[Sequence[Edit], str]
"""The edits of a wish, none where all is so already, and what they are called in the history."""

Laying: TypeAlias = Callable[[str, Mapping[str, Any], int], Wished]
Refilling: TypeAlias = Callable[[str, Mapping[str, Any]], Wished]


@dataclass(frozen=True, slots=True)
class Seen:
    """A cut as a pane showed it, and what wishes need to know beside it, each asked when one does."""

    timeline: Timeline
    words: Callable[[], tuple[Word, ...]]
    holds: Callable[[str], bool]  # whether a file is the project's
    laid: Laying  # a template by its id, its values, the frame
    refilled: Refilling  # the use of one by its id, its values


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish by the name of its function and its arguments."""

    op: str
    fields: Mapping[str, Any] = field(default_factory=dict[str, Any])


_WISHES: dict[str, Callable[..., Wished]] = {}


def wish(make: Callable[Concatenate[Seen, P], Wished]) -> Callable[Concatenate[Seen, P], Wished]:
    """Puts a function on the list of wishes, under its name."""
    _WISHES[make.__name__] = make
    return make


def names() -> tuple[str, ...]:
    """The names of all wishes there are."""
    return tuple(sorted(_WISHES))


def granted(asked: Wish, seen: Seen) -> Wished:
    """The edits a wish comes to. Raises: Invalid, NotFound, Conflict, as each says."""
    return _WISHES[asked.op](seen, **asked.fields)


def told(data: Any) -> Edit | Wish:
    """An edit or a wish from its stored form. Raises: Invalid, with the place of what is wrong in `field`."""
    name = cast("dict[str, Any]", data).get("op") if type(data) is dict else None
    if type(name) is not str or name not in _WISHES:
        return from_json(data)
    try:
        read = _form(name).model_validate({n: v for n, v in cast("dict[str, Any]", data).items() if n != "op"})
    except ValidationError as e:
        place = ".".join(str(part) for part in e.errors()[0]["loc"])
        raise Invalid(f"This is no edit: {place} is not what it should be.", field=place) from e
    return Wish(name, {each: getattr(read, each) for each in type(read).model_fields})


@cache
def _form(name: str) -> type[BaseModel]:
    """What a wish is asked with, by the arguments of its function."""
    make = _WISHES[name]
    hints = get_type_hints(make)
    fields: dict[str, Any] = {
        each.name: (hints[each.name], ... if each.default is inspect.Parameter.empty else each.default)
        for each in list(inspect.signature(make).parameters.values())[1:]
    }
    return create_model(name, __config__=ConfigDict(strict=True, extra="forbid", allow_inf_nan=False), **fields)
