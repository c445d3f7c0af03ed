"""A template filled: a piece of a film in the film's own rate and shape, ready to be laid down in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studio.engine.templates.model import Order, Sources, Template, read_values
from studio.engine.templates.pouring import poured
from studio.engine.time import Rate
from studio.engine.timeline.checks import checked
from studio.engine.timeline.model import Timeline

_NOTHING: Sources = {}


def filled(
    template: Template, values: Mapping[str, Any], rate: Rate, size: tuple[int, int], sources: Sources = _NOTHING
) -> Timeline:
    """The template with these values, and its own where none are given, in a frame of `size` pixels.

    Raises:
        Invalid: a value cannot be; the field is the parameter's name.
    """
    order = Order(read_values(template, values, sources), rate, *size, sources)
    if isinstance(template.made, Timeline):
        return checked(poured(template, template.made, order))
    return checked(template.made(order))
