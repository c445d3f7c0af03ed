"""Names a segment by everything that decides its pixels and nothing else, so that what was rendered once is found again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from fractions import Fraction
from functools import lru_cache
from importlib.metadata import version
from typing import Any

from studio.engine.motion import is_still
from studio.engine.presets import Preset
from studio.engine.presets.encoding import picture_key
from studio.engine.render.layers import Layer, Span, Stretch, stretches, within
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Curve, Timeline
from studio.engine.timeline.looks import FrameFunction, Grain, Nested

ENGINE_VERSION = 5
"""Raised whenever the same timeline would give other pixels: every kept segment is then made anew."""

_ASIDE = {
    "id",
    "name",
    "link",
    "group",
    "enabled",
    "markers",
    "gain_db",
    "pan",
    "start",
    "frames",
    "source_in",
    "fade_in",
    "fade_out",
}
"""Fields of a clip that are not seen, or stand in the key in another form."""


def segment_key(timeline: Timeline, span: Span, preset: Preset, *, encoder_version: str) -> str:
    """SHA-256 (hex) of everything that decides the segment's pixels and of nothing else.

    Positions count from the segment's own start, and names, ids, links and sound stay out, so a segment that was only
    moved or renamed keeps its key.
    """
    return segment_keys(timeline, [span], preset, encoder_version=encoder_version)[0]


def segment_keys(timeline: Timeline, spans: Sequence[Span], preset: Preset, *, encoder_version: str) -> list[str]:
    """The keys of many segments of one timeline."""
    seen = stretches(timeline)
    shared = {
        "engine": ENGINE_VERSION,
        "encoder": [encoder_version, *_libraries()],
        "size": preset.frame_size(timeline.width, timeline.height),
        "quality": picture_key(preset),
    }
    return [_digest({**shared, **_content(timeline, seen, span)}) for span in spans]


@lru_cache(maxsize=1)
def _libraries() -> tuple[str, ...]:
    """The libraries that decode and draw."""
    return tuple(version(name) for name in ("av", "numpy", "pillow"))


def _digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _content(timeline: Timeline, seen: Sequence[Stretch], span: Span) -> dict[str, Any]:
    """A window of a timeline as its pixels depend on it."""
    return {
        "shape": [timeline.width, timeline.height],
        "rate": str(timeline.rate),
        "background": timeline.background,
        "frames": span.frames,
        "shown": [
            [part.end - part.start, [_layer(timeline, layer, part) for layer in part.layers]]
            for part in within(seen, span)
        ],
    }


def _layer(timeline: Timeline, layer: Layer, part: Stretch) -> dict[str, Any]:
    out: dict[str, Any] = {"clips": [_clip(timeline, clip, part) for clip in layer.clips]}
    if layer.adjusts:
        out["adjusts"] = True
    if layer.transition is not None:
        t = layer.transition
        out["transition"] = [t.kind, t.before + t.after, part.start - t.start, t.colour if t.kind == "dip" else ""]
    return out


def _clip(timeline: Timeline, clip: Clip, part: Stretch) -> dict[str, Any]:
    """What of the clip the stretch shows; where it stands within the clip only when that can be seen."""
    first, last = part.start - clip.start, part.end - clip.start
    out = {f.name: plain for f in fields(clip) if f.name not in _ASIDE and (plain := _plain(getattr(clip, f.name)))}
    fades = [clip.fade_in if first < clip.fade_in else 0, clip.fade_out if last > clip.frames - clip.fade_out else 0]
    if any(fades):
        out["fades"] = fades
    changes = not is_still(clip.motion) or any(fades) or _changes(clip)
    if changes:
        out["at"] = [first, clip.frames]
    if isinstance(clip.made, Nested):
        inner = clip.made.timeline
        begun = clip.source_in if clip.speed is not None else clip.source_in + first
        out["made"] = _content(inner, stretches(inner), Span(begun, part.end - part.start))
        if clip.speed is not None or inner.rate != timeline.rate:
            out["made"] = [_content(inner, stretches(inner), Span(0, inner.frames)), begun]
    elif clip.media and clip.motion is None:
        out["source"] = clip.source_in if clip.speed is not None else clip.source_in + first
    return out


def _changes(clip: Clip) -> bool:
    """Whether the clip looks different from one of its frames to the next by itself, its film apart."""
    moving = (clip.transform, clip.colour, clip.opacity, *clip.effects)
    drawn_anew = any(isinstance(effect, Grain | FrameFunction) for effect in clip.effects)
    return clip.speed is not None or drawn_anew or any(_has_curve(each) for each in moving)


def _has_curve(value: Any) -> bool:
    if isinstance(value, Curve):
        return True
    return is_dataclass(value) and any(_has_curve(getattr(value, f.name)) for f in fields(value))


def _plain(value: Any) -> Any:
    """The value as JSON has it, dataclasses by their fields; nothing for what has its own place in the key."""
    if isinstance(value, Nested):
        return None
    if isinstance(value, Fraction | Rate):
        return str(value)
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]  # pyright: ignore[reportUnknownVariableType]
    return value
