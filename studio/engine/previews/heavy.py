"""Which parts of a cut a browser cannot play truly, or not without stumbling, and the pieces they are rendered in. Pure.

The browser lays clips one over another as `components/wrapped/cut_layers.jsx` does; what that leaves out is named here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from studio.engine.looks.facts import MediaFacts
from studio.engine.presets import Preset
from studio.engine.previews.proxies import SIDE
from studio.engine.render.keys import segment_keys
from studio.engine.render.layers import Layer, Span, Stretch, stretches
from studio.engine.render.plan import divided
from studio.engine.timeline import PICTURE, Clip, Timeline
from studio.engine.timeline.looks import ChromaKey, Colour, FrameFunction, Grain, Nested, Pixelate, Sharpen

MOST_FILMS = 2
"""Moving pictures that are played one over another."""
FASTEST = 4
"""Times a film's own speed that it is played at."""
LARGEST_SIDE = 1080
"""Pixels of the shorter side of a film that is played as it is."""

_UNSEEN = (Sharpen, Grain, Pixelate, ChromaKey, FrameFunction)
"""Effects the browser has no word for; the others it comes near to."""
_PLAYED = {"h264": ("mov",), "vp8": ("matroska",), "vp9": ("matroska", "mov"), "av1": ("matroska", "mov")}
"""Codecs that browsers play, and in which containers."""
_DEPTHS = ("yuv420p", "yuvj420p")
_PLAIN = Colour()

PREVIEW = Preset("preview", height=SIDE, crf=24, sound="", title="Preview")
"""How pieces are made: as large as a proxy, without sound."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the media of a cut: what they are, which have a proxy, and which are not there.

    What nobody has read yet is in none of them and is taken for something that can be played.
    """

    facts: Mapping[str, MediaFacts] = field(default_factory=dict[str, MediaFacts])
    small: Collection[str] = ()
    gone: Collection[str] = ()


def heavy(timeline: Timeline, known: Known) -> tuple[Span, ...]:
    """Runs of frames only the studio shows truly, in order of time; what has no picture, or lost its file, is in none."""
    if not any(_may_be(timeline, known)):
        return ()
    out: list[Span] = []
    for part in stretches(timeline):
        if not part.layers or not _hard(part, known) or any(_bare(clip, known) for clip in _clips(part)):
            continue
        if out and out[-1].end == part.start:
            out[-1] = Span(out[-1].start, part.end - out[-1].start)
        else:
            out.append(Span(part.start, part.end - part.start))
    return tuple(out)


def pieces(timeline: Timeline, known: Known, *, encoder_version: str) -> tuple[tuple[Span, str], ...]:
    """What is heavy in pieces of 30 to 240 frames (fewer where less is heavy), each with the name of its file.

    A name is that of what is seen: an edit gives other names to the pieces it touches, and to no others.
    """
    runs = heavy(timeline, known)
    if not runs:
        return ()
    spans = divided(timeline, runs)
    keys = segment_keys(timeline, spans, preset(timeline), encoder_version=encoder_version)
    return tuple(zip(spans, keys, strict=True))


def preset(timeline: Timeline) -> Preset:
    """How the pieces of a film are made: no larger than it is designed."""
    return replace(PREVIEW, height=min(SIDE, timeline.width, timeline.height))


def played(facts: MediaFacts) -> bool:
    """Whether browsers play a film as it is, and without stumbling."""
    containers = _PLAYED.get(facts.video_codec, ())
    small = min(facts.width, facts.height) <= LARGEST_SIDE
    plain = facts.pix_fmt in _DEPTHS and not facts.interlaced
    return small and plain and any(name in facts.container for name in containers)


def _may_be(timeline: Timeline, known: Known) -> Iterable[bool]:
    """Whether anything in a cut can make a part of it heavy: most cuts have nothing that does."""
    tracks = [track for track in timeline.tracks if track.kind in PICTURE and not track.muted]
    yield sum(any(_moves(clip, known) for clip in track.clips) for track in tracks) > MOST_FILMS - 1
    for track in tracks:
        yield any(_alone(clip, known) or (track.kind == "effect" and _changes(clip)) for clip in track.clips)


def _hard(part: Stretch, known: Known) -> bool:
    films = sum(_moves(clip, known) for clip in _clips(part))
    return films > MOST_FILMS or any(_layer(layer, known) for layer in part.layers)


def _layer(layer: Layer, known: Known) -> bool:
    if layer.adjusts:
        return _changes(layer.clip)
    return any(_alone(clip, known) for clip in layer.clips)


def _alone(clip: Clip, known: Known) -> bool:
    """Whether a clip is heavy whatever else is seen with it."""
    if clip.blend != "normal" or isinstance(clip.made, Nested) or _unseen(clip):
        return True
    return clip.made is None and _moves(clip, known) and (_timed(clip) or not _shown(clip.media, known))


def _unseen(clip: Clip) -> bool:
    """Whether it has effects or colours the browser does not come near to."""
    colour = clip.colour or _PLAIN
    tinted = (colour.temperature, colour.tint, colour.gamma, colour.lut) != (0.0, 0.0, 1.0, "")
    return tinted or any(isinstance(effect, _UNSEEN) for effect in clip.effects)


def _changes(clip: Clip) -> bool:
    """Whether a clip of an effect track changes what lies below it; the browser lays its filter over all there is."""
    return bool(clip.effects) or clip.colour is not None


def _timed(clip: Clip) -> bool:
    """Whether its pictures come otherwise than a film can be played: a ramp, backwards, very fast."""
    speed = clip.speed
    return speed is not None and (speed.ramp is not None or not 0 <= speed.factor <= FASTEST)


def _moves(clip: Clip, known: Known) -> bool:
    facts = known.facts.get(clip.media) if clip.enabled and clip.media and clip.motion is None else None
    return facts is not None and facts.kind in ("video", "animated")


def _shown(media: str, known: Known) -> bool:
    """Whether the browser shows a film's pictures truly: a proxy has neither clear parts nor the light of HDR."""
    facts = known.facts[media]
    if facts.alpha or facts.hdr:
        return False
    return media in known.small or played(facts)


def _bare(clip: Clip, known: Known) -> bool:
    """Whether there is nothing to render of it."""
    return clip.made is None and (not clip.media or clip.media in known.gone)


def _clips(part: Stretch) -> list[Clip]:
    return [clip for layer in part.layers if not layer.adjusts for clip in layer.clips]
