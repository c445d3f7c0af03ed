"""Templates people save: which places of a piece of film are filled, and the JSON form of what is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, cast

from studio.core.errors import Invalid
from studio.engine.templates.model import LONGEST, SHORTEST, Parameter, ParameterKind, Template
from studio.engine.timeline import document as timelines
from studio.engine.timeline.curves import Curve
from studio.engine.timeline.looks import Shape, Solid, Text, Transform
from studio.engine.timeline.model import Clip, Timeline
from studio.engine.timeline.plain import Damaged, read, written

SCHEMA, VERSION = "inkreel.template", 1
MOST_PARAMETERS = 200

_LABEL = 40
_END = 0.5
"""Seconds at each end that are never stretched where no key says more."""


def template_of(piece: Timeline, name: str, *, template_id: str = "", about: str = "") -> Template:
    """A template of a piece of film that begins at 0: its words, colours, media and length become parameters.

    Raises:
        Invalid: nothing is seen in it, or there is too much to fill.
    """
    if piece.frames < 1:
        raise Invalid("Choose clips that are seen first.", field="clips")
    tracks = tuple(
        replace(track, clips=tuple(replace(clip, link="", markers=()) for clip in track.clips), captions=())
        for track in piece.tracks
        if track.clips
    )
    piece = replace(piece, name=name, tracks=tracks, markers=())
    clips = [clip for track in tracks for clip in track.clips]
    parameters = [*_words(clips), *_media(clips), *_colours(clips), _length(piece)]
    if len(parameters) > MOST_PARAMETERS:
        raise Invalid(f"A template has at most {MOST_PARAMETERS} things to fill. Choose fewer clips.", field="clips")
    head, tail = _ends(piece, clips)
    seconds = float(piece.rate.seconds(piece.frames))
    return Template(template_id, name, about, seconds, tuple(parameters), piece, head, tail)


def to_document(template: Template) -> dict[str, Any]:
    """The JSON form of a template that was saved.

    Raises:
        Invalid: it is one of the studio's own, which are drawn and have none.
    """
    if not isinstance(template.made, Timeline):
        raise Invalid(f"{template.name} is drawn by Inkreel and cannot be kept as a document.")
    return {
        "schema": SCHEMA,
        "version": VERSION,
        "head": template.head,
        "tail": template.tail,
        "parameters": [_parameter_written(each) for each in template.parameters],
        "timeline": timelines.to_document(template.made),
    }


def from_document(document: dict[str, Any], *, template_id: str, name: str, about: str = "") -> Template:
    """Read what `to_document` wrote.

    Raises:
        Invalid: it is no template, is damaged, or was written by a newer Inkreel.
    """
    if document.get("schema") != SCHEMA:
        raise Invalid("This is not an Inkreel template.")
    if document.get("version") != VERSION:
        raise Invalid("This template was made by a newer Inkreel. Update Inkreel to open it.")
    made = timelines.from_document(document.get("timeline", {}))
    try:
        head, tail = read(document["head"], int), read(document["tail"], int)
        parameters = tuple(_parameter_read(each) for each in document["parameters"])
    except (Damaged, KeyError, TypeError) as e:
        raise Invalid("This template is damaged.") from e
    return Template(template_id, name, about, float(made.rate.seconds(made.frames)), parameters, made, head, tail)


@dataclass(frozen=True, slots=True)
class _Place:
    """A parameter without its default, which is words or a number."""

    name: str
    label: str
    kind: ParameterKind
    of: tuple[str, ...] = ()
    least: float = 0.0
    most: float = 0.0
    choices: tuple[str, ...] = ()
    long: bool = False
    optional: bool = False


def _parameter_written(parameter: Parameter) -> dict[str, Any]:
    place = _Place(**{field.name: getattr(parameter, field.name) for field in fields(_Place)})
    return written(place, _Place) | {"default": parameter.default}


def _parameter_read(said: Any) -> Parameter:
    place = {**cast("dict[str, Any]", said)}
    default = place.pop("default")
    if type(default) not in (str, int, float):
        raise Damaged("is no value", "default")
    held = read(place, _Place)
    return Parameter(default=default, **{field.name: getattr(held, field.name) for field in fields(_Place)})


def _words(clips: Sequence[Clip]) -> list[Parameter]:
    return [
        Parameter(
            f"text_{number}",
            _said(clip.made.text) or f"Text {number}",
            "text",
            clip.made.text,
            (f"{clip.id}.made.text",),
            long="\n" in clip.made.text,
        )
        for number, clip in enumerate((c for c in clips if isinstance(c.made, Text)), start=1)
        if isinstance(clip.made, Text)
    ]


def _media(clips: Sequence[Clip]) -> list[Parameter]:
    """One for each file, wherever it is shown or heard."""
    places: dict[str, list[Clip]] = {}
    for clip in clips:
        if clip.media:
            places.setdefault(clip.media, []).append(clip)
    return [
        Parameter(f"media_{n}", used[0].name or f"Media {n}", "media", media, tuple(f"{c.id}.media" for c in used))
        for n, (media, used) in enumerate(places.items(), start=1)
    ]


def _colours(clips: Sequence[Clip]) -> list[Parameter]:
    """One for each colour, wherever it is; colours that are partly clear stay as they are."""
    places: dict[str, list[str]] = {}
    for clip in clips:
        for path, colour in _coloured(clip):
            if len(colour) == len("#rrggbb"):
                places.setdefault(colour.lower(), []).append(f"{clip.id}.{path}")
    return [
        Parameter(f"colour_{n}", f"Colour {n}", "colour", colour, tuple(where))
        for n, (colour, where) in enumerate(places.items(), start=1)
    ]


def _coloured(clip: Clip) -> list[tuple[str, str]]:
    match clip.made:
        case Text(style=style):
            return [("made.style.colour", style.colour), ("made.style.background", style.background)]
        case Shape(fill=fill, stroke=stroke):
            return [("made.fill", fill), ("made.stroke", stroke)]
        case Solid(colour=colour):
            return [("made.colour", colour)]
        case _:
            return []


def _length(piece: Timeline) -> Parameter:
    seconds = float(piece.rate.seconds(piece.frames))
    return Parameter("length", "Length", "length", seconds, least=min(SHORTEST, seconds), most=max(LONGEST, seconds))


def _ends(piece: Timeline, clips: Sequence[Clip]) -> tuple[int, int]:
    """Frames of coming and going: what keys lie in the first and last third say of it, half a second otherwise."""
    grace = min(piece.rate.frames(_END), piece.frames // 3)
    keys = [clip.start + frame for clip in clips for frame in _keys(clip)]
    head = max((key for key in keys if key <= piece.frames / 3), default=0)
    tail = max((piece.frames - key for key in keys if key >= piece.frames * 2 / 3), default=0)
    return max(head, grace), max(tail, grace)


def _keys(clip: Clip) -> list[int]:
    look = clip.transform or Transform()
    values = (clip.opacity, look.x, look.y, look.scale_x, look.scale_y, look.rotation)
    return [key.frame for value in values if isinstance(value, Curve) for key in value.keys]


def _said(text: str) -> str:
    """A text as a label: its first line, not too long."""
    line = text.strip().partition("\n")[0]
    return line if len(line) <= _LABEL else line[: _LABEL - 1].rstrip() + "…"
