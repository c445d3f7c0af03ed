"""Templates filled for a cut: the edits that lay one down, and those that fill one anew where it lies."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from studio.accounts.views import Actor
from studio.core.db import UnitOfWork
from studio.core.errors import Invalid, NotFound
from studio.engine.editing import Edit, batch
from studio.engine.templates import Source, Sources, Template, Values, filled, missing_media, read_values
from studio.engine.time import Rate
from studio.engine.timeline import Timeline
from studio.media import service as media
from studio.storyboards import service as storyboards
from studio.timelines.service.templates.keeping import get_template
from studio.timelines.templates import laying, uses_in
from studio.timelines.wishes import Wished

_SQUARE = Source(1080, 1080)
"""What nobody has measured yet is taken for a square still."""


def laid(
    uow: UnitOfWork, actor: Actor, project_id: str, host: Timeline, template_id: str, values: Mapping[str, Any], at: int
) -> Wished:
    """The edits that lay a template over a cut from a frame on, with tracks where there are none free.

    Raises:
        Invalid: a value cannot be, or a place for a picture is empty; the field is the parameter's name.
        NotFound: there is no such template.
    """
    template = get_template(uow, actor, project_id, template_id)
    piece, read = _filled(uow, project_id, template, values, host)
    if at < 0:
        raise Invalid("A template begins at frame 0 or later.", field="at")
    return laying(host, piece, template.id, secrets.token_hex(4), read, at), f"Lay down {template.name}"


def refilled(
    uow: UnitOfWork, actor: Actor, project_id: str, host: Timeline, use: str, values: Mapping[str, Any]
) -> Wished:
    """The edits that fill a template anew where it lies in a cut. Raises: Invalid; NotFound: there is no such use (any more)."""
    found = uses_in(host).get(use)
    if found is None:
        raise NotFound("There is no such template in this cut.", code="no_such_use")
    template = get_template(uow, actor, project_id, found.template)
    known = {each.name for each in template.parameters}
    kept = {name: value for name, value in found.values.items() if name in known}
    piece, read = _filled(uow, project_id, template, {**kept, **values}, host)
    gone = Edit("lift", {"clips": found.clips, "alone": True})
    bare = batch(host, [gone]).timeline
    return [gone, *laying(bare, piece, template.id, use, read, found.at)], f"Change {template.name}"


def _filled(
    uow: UnitOfWork, project_id: str, template: Template, values: Mapping[str, Any], host: Timeline
) -> tuple[Timeline, Values]:
    sources = sources_of(uow, project_id, template, values, host.rate)
    numbers = {each.name for each in template.parameters if each.kind in ("length", "number")}
    given = {name: _number(value) if name in numbers else value for name, value in values.items()}
    read = read_values(template, given, sources)
    for each in missing_media(template, read):
        raise Invalid(f"Choose what is shown as “{each.label}” first.", field=each.name)
    return filled(template, read, host.rate, (host.width, host.height), sources), read


def sources_of(uow: UnitOfWork, project_id: str, template: Template, values: Mapping[str, Any], rate: Rate) -> Sources:
    """What is known of the media of the project the values name; what is not the project's is not among them."""
    named = [values.get(p.name, p.default) for p in template.parameters if p.kind == "media"]
    hashes = sorted({each for each in named if isinstance(each, str) and each})
    files, facts = media.files_of(uow, project_id, hashes), media.facts_of(uow, hashes)
    drawn = storyboards.picture_sizes(uow, project_id, [each for each in hashes if each not in facts])
    out: dict[str, Source] = {}
    for sha256, file in files.items():
        known = facts.get(sha256)
        if known is None:
            if file.mime.startswith("image/"):
                out[sha256] = Source(*drawn[sha256]) if sha256 in drawn else _SQUARE
            continue
        width = round(known.height * known.shape) if known.height else 0
        still = known.kind == "still"
        if width or isinstance(template.made, Timeline):  # what was saved may be heard alone
            out[sha256] = Source(width, known.height, None if still else known.lasting(rate), bool(known.sounds))
    return out


def _number(value: Any) -> Any:
    """A number as somebody types it; anything else stays words, which are refused by name."""
    try:
        return float(value.strip().replace(",", ".")) if isinstance(value, str) else value
    except ValueError:
        return value
