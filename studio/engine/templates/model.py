"""A template: a piece of a film to be used again, with parameters that are filled each time. Pure data, and values read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Literal

from studio.core.errors import Invalid, NotFound
from studio.engine.time import Rate
from studio.engine.timeline.model import Timeline

ParameterKind = Literal["text", "colour", "media", "length", "number", "choice"]
Value = str | float
Values = Mapping[str, Value]

MOST_LETTERS = 4_000
SHORTEST, LONGEST = 0.5, 3_600.0
"""Seconds a template can be made to last."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_MEDIA = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something of a template that is filled: its kind says what with.

    `of` are the places it goes to in a document, e.g. "clip-3.made.text"; one that is drawn reads it by name instead. A number
    and a length (seconds) lie within `least` and `most`, a choice is one of `choices`, a `long` text has several lines. Media
    is named by SHA-256, and "" leaves the place empty, which only an `optional` one may be in a film.
    """

    name: str
    label: str
    kind: ParameterKind
    default: Value
    of: tuple[str, ...] = ()
    least: float = 0.0
    most: float = 0.0
    choices: tuple[str, ...] = ()
    long: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """What is to be known of media that fills a template: its size, how many frames of the timeline's rate it has (None is a
    still, which never ends), and whether it can be heard.
    """

    width: int
    height: int
    frames: int | None = None
    sound: bool = False


Sources = Mapping[str, Source]
"""Media by SHA-256."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a template is made for: all its values, the rate and size in pixels of the film, and the media."""

    values: Values
    rate: Rate
    width: int
    height: int
    sources: Sources

    @property
    def length(self) -> float:
        """Seconds, of a template that has a length to fill."""
        return float(self.values["length"])


Draw = Callable[[Order], Timeline]


@dataclass(frozen=True, slots=True)
class Template:
    """`made` draws it anew for every order, or is a document that is filled; `seconds` is its length when nothing else is asked.

    In a document `head` and `tail` are frames at its ends that are never stretched: what comes in and goes out there.
    """

    id: str
    name: str
    about: str
    seconds: float
    parameters: tuple[Parameter, ...]
    made: Draw | Timeline
    head: int = 0
    tail: int = 0

    def parameter(self, name: str) -> Parameter:
        """Raises: NotFound."""
        for each in self.parameters:
            if each.name == name:
                return each
        raise NotFound(f"{self.name} has no parameter “{name}”.", code="no_such_parameter")


def read_values(template: Template, given: Mapping[str, Any], sources: Sources) -> dict[str, Value]:
    """Every parameter's value: what is given where it can be, its default elsewhere.

    Raises:
        Invalid: a value cannot be; the field is the parameter's name.
    """
    known = {each.name: each for each in template.parameters}
    for name in given:
        if name not in known:
            raise Invalid(f"{template.name} has no parameter “{name}”.", field=name)
    return {name: _read(each, given.get(name, each.default), sources) for name, each in known.items()}


def missing_media(template: Template, values: Values) -> Sequence[Parameter]:
    """The places for media that are empty and may not be in a film."""
    return [
        each for each in template.parameters if each.kind == "media" and not each.optional and not values[each.name]
    ]


def _read(of: Parameter, value: Any, sources: Sources) -> Value:
    if of.kind in ("length", "number"):
        return _number(of, value)
    if not isinstance(value, str):
        raise Invalid(f"{of.label} is words, not a number.", field=of.name)
    if of.kind == "text" and len(value) > MOST_LETTERS:
        raise Invalid(f"{of.label} has at most {MOST_LETTERS:,} letters.", field=of.name)
    if of.kind == "colour" and not _COLOUR.fullmatch(value):
        raise Invalid(f"{of.label} is a colour like #ff6b35.", field=of.name)
    if of.kind == "choice" and value not in of.choices:
        raise Invalid(f"{of.label} is one of: {', '.join(of.choices)}.", field=of.name)
    if of.kind == "media" and value and not (_MEDIA.fullmatch(value) and value in sources):
        raise Invalid(f"{of.label}: there is no such picture or film here. Choose another.", field=of.name)
    return value


def _number(of: Parameter, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise Invalid(f"{of.label} is a number.", field=of.name)
    if not of.least <= value <= of.most:
        unit = " seconds" if of.kind == "length" else ""
        raise Invalid(f"{of.label} is {of.least:g} to {of.most:g}{unit}.", field=of.name)
    return float(value)
