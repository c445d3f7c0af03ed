"""OpenTimelineIO in and out. What it has no word for travels in its metadata, so that our own files come back whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import floor
from pathlib import PurePosixPath
from typing import Any

from studio.core.errors import Invalid
from studio.engine.interchange.formats import (
    COLOURS,
    Loss,
    Media,
    Read,
    Shelf,
    Written,
    colour_named,
    known,
    name_of,
    path_of,
)
from studio.engine.interchange.rates import rate_near
from studio.engine.interchange.screening import text_of
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Marker, Speed, Timeline, Track, Transition, plain
from studio.engine.timeline.checks import LONGEST_NOTE, heading_faults, track_faults
from studio.engine.timeline.look_checks import Fault, colour_faults, look_faults
from studio.engine.timeline.looks import Nested

OURS = "inkreel"
_DEEPEST = 6
_STARTS = {"dissolve": "SMPTE_Dissolve", "wipe": "SMPTE_Wipe"}


def written(timeline: Timeline, media: Mapping[str, Media]) -> Written:
    """The timeline as .otio; nothing is lost."""
    import opentimelineio as otio

    whole = _Writing(otio, timeline.rate, media).timeline(timeline)
    return Written(otio.adapters.write_to_string(whole, "otio_json", indent=2).encode())


class _Writing:
    """One timeline being written; a nested one has its own."""

    def __init__(self, otio: Any, rate: Rate, media: Mapping[str, Media]) -> None:
        self.otio, self.rate, self.media = otio, rate, media

    def time(self, frames: int) -> Any:
        return self.otio.opentime.RationalTime(frames, self.rate.num / self.rate.den)

    def span(self, start: int, frames: int) -> Any:
        return self.otio.opentime.TimeRange(self.time(start), self.time(frames))

    def timeline(self, timeline: Timeline) -> Any:
        schema = self.otio.schema
        beside = [t for t in timeline.tracks if t.kind == "captions"]
        order = [t.id for t in timeline.tracks]
        whole = schema.Timeline(timeline.name, global_start_time=self.time(timeline.first_frame))
        whole.tracks.extend([self.track(t) for t in timeline.tracks if t.kind != "captions"])
        whole.tracks.markers.extend([self.marker(m, 0) for m in timeline.markers])
        said = {
            **plain.written(replace(timeline, tracks=(), markers=()), Timeline),
            "beside": plain.written(tuple(beside), tuple[Track, ...]),
            "order": order,
        }
        whole.metadata[OURS] = said
        return whole

    def track(self, track: Track) -> Any:
        schema = self.otio.schema
        kind = schema.TrackKind.Audio if track.kind == "audio" else schema.TrackKind.Video
        made = schema.Track(track.name, kind=kind)
        made.enabled = not track.muted
        made.metadata[OURS] = plain.written(replace(track, clips=(), captions=(), transitions=()), Track)
        cuts = {each.at: each for each in track.transitions}
        at = 0
        for clip in sorted(track.clips, key=lambda each: each.start):
            if clip.start > at:
                self.cut(made, cuts.pop(at, None))
                made.append(schema.Gap(source_range=self.span(0, clip.start - at)))
            self.cut(made, cuts.pop(clip.start, None))
            made.append(self.clip(clip))
            at = clip.end
        self.cut(made, cuts.pop(at, None))
        return made

    def cut(self, track: Any, transition: Transition | None) -> None:
        if transition is None:
            return
        way = _STARTS.get(transition.kind.partition("_")[0], "Custom_Transition")
        made = self.otio.schema.Transition(
            transition.kind, way, self.time(transition.before), self.time(transition.after)
        )
        made.metadata[OURS] = plain.written(transition, Transition)
        track.append(made)

    def clip(self, clip: Clip) -> Any:
        schema = self.otio.schema
        file = known(self.media, clip.media)
        start = file.start + clip.source_in
        if isinstance(clip.made, Nested):
            inner = _Writing(self.otio, clip.made.timeline.rate, self.media).timeline(clip.made.timeline)
            made = inner.tracks
            made.metadata[OURS] = {"timeline": inner.metadata[OURS]}
            made.name, made.source_range = clip.name, self.span(start, clip.frames)
        else:
            made = schema.Clip(clip.name, source_range=self.span(start, clip.frames))
            made.media_reference = self.reference(clip, file)
        made.enabled = clip.enabled
        if clip.speed is not None:
            made.effects.append(self.speed(clip.speed))
        markers = [self.marker(each, start) for each in clip.markers]
        bare = clip if not isinstance(clip.made, Nested) else replace(clip, made=None)
        made.metadata[OURS] = {
            **dict(made.metadata.get(OURS, {})),
            "clip": plain.written(replace(bare, markers=()), Clip),
        }
        if isinstance(clip.made, Nested):
            made.metadata[OURS]["markers"] = [plain.written(each, Marker) for each in clip.markers]
        else:
            made.markers.extend(markers)
        return made

    def reference(self, clip: Clip, file: Media) -> Any:
        schema = self.otio.schema
        if clip.made is not None:
            return schema.GeneratorReference(
                clip.name, generator_kind=clip.made.kind, parameters=plain.written(clip.made, type(clip.made))
            )
        if not clip.media:
            return schema.MissingReference()
        reach = self.span(file.start, file.frames) if file.frames or file.start else None
        made = schema.ExternalReference(file.url, reach)
        made.name = file.name
        made.metadata[OURS] = plain.written(file, Media)
        return made

    def speed(self, speed: Speed) -> Any:
        if speed.ramp is None and speed.factor == 0:
            return self.otio.schema.FreezeFrame()
        factor = float(speed.factor)
        if speed.ramp is not None and len(speed.ramp.keys) > 1:
            first, last = speed.ramp.keys[0], speed.ramp.keys[-1]
            factor = (last.value - first.value) / (last.frame - first.frame)
        return self.otio.schema.LinearTimeWarp("speed", factor)

    def marker(self, marker: Marker, start: int) -> Any:
        made = self.otio.schema.Marker(marker.name, self.span(start + marker.frame, marker.frames))
        if marker.colour:
            made.color = name_of(marker.colour, tuple(COLOURS)).upper()
        made.comment = marker.note
        made.metadata[OURS] = {"colour": marker.colour}
        return made


def read(data: bytes, name: str) -> Read:
    """An .otio file of ours or of anyone.

    Raises: Invalid, LimitReached.
    """
    import opentimelineio as otio

    text = text_of(data)
    try:
        whole = otio.adapters.read_from_string(text, "otio_json")
        return _Reading(otio).read(whole, PurePosixPath(name).stem)
    except (
        otio.exceptions.OTIOError,
        plain.Damaged,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        OverflowError,
    ) as e:
        raise Invalid("This OpenTimelineIO file is damaged. Export the timeline again.") from e


class _Reading:
    """One file being read."""

    def __init__(self, otio: Any) -> None:
        self.otio = otio
        self.shelf = Shelf()
        self.losses: list[Loss] = []
        self.ids = 0

    def read(self, whole: Any, name: str) -> Read:
        schema = self.otio.schema
        if isinstance(whole, schema.SerializableCollection):
            found = list(whole.find_children(descended_from_type=schema.Timeline))
            self.losses.extend(
                Loss(f"Timeline '{each.name}'", "only the first timeline was brought in") for each in found[1:]
            )
            whole = found[0] if found else None
        if isinstance(whole, schema.Clip):
            track = schema.Track()
            track.append(whole)
            whole = track
        if isinstance(whole, schema.Track):
            stack = schema.Stack()
            stack.append(whole)
            whole = stack
        if isinstance(whole, schema.Timeline):
            said = _ours(whole)
            timeline = self.timeline(whole.tracks, whole.name or name, said, whole.global_start_time, 0)
        elif isinstance(whole, schema.Stack):
            timeline = self.timeline(whole, whole.name or name, {}, None, 0)
        else:
            raise Invalid("There is no timeline in this OpenTimelineIO file.")
        return Read("otio", timeline, tuple(self.shelf.found.values()), tuple(self.losses))

    def timeline(self, stack: Any, name: str, said: Mapping[str, Any], start: Any, depth: int) -> Timeline:
        if depth > _DEEPEST:
            raise Invalid("Timelines are nested too deep in this file. Flatten it and export it again.")
        beside: Sequence[Any] = said.get("beside", ())
        order: Sequence[str] = said.get("order", ())
        ours = {key: each for key, each in said.items() if key not in ("beside", "order")}
        rate = Rate.parse(ours["rate"]) if "rate" in ours else self.rate(stack, start)
        ours = {"width": 1920, "height": 1080, **ours, "name": name, "rate": str(rate), "tracks": []}
        bare = plain.read(ours, Timeline)
        _refuse(heading_faults(bare))
        children = [
            each if isinstance(each, self.otio.schema.Track) else self.wrapped(each)
            for each in stack
            if isinstance(each, self.otio.core.Item)
        ]
        alone: tuple[Track, ...] = plain.read(list(beside), tuple[Track, ...])
        for each in alone:
            _refuse(track_faults(each, each.name))
            _refuse(fault for clip in each.clips for fault in look_faults(clip, clip.name))
        tracks = [*(self.track(each, rate, i, depth) for i, each in enumerate(children)), *alone]
        if order:
            tracks.sort(key=lambda t: order.index(t.id) if t.id in order else len(order))
        markers = tuple(self.marker(each, rate, Fraction(0)) for each in stack.markers)
        first = _frame(_seconds(start), rate) if start is not None else bare.first_frame
        return replace(bare, tracks=tuple(tracks), markers=markers, first_frame=first)

    def wrapped(self, item: Any) -> Any:
        track = self.otio.schema.Track()
        track.append(item.deepcopy())
        return track

    def rate(self, stack: Any, start: Any) -> Rate:
        for item in stack.find_children():
            if (
                isinstance(item, self.otio.core.Item)
                and item.source_range is not None
                and item.source_range.duration.rate > 1
            ):
                return rate_near(item.source_range.duration.rate)
        for item in stack.find_children(descended_from_type=self.otio.schema.Clip):
            return rate_near(item.duration().rate)
        return rate_near(start.rate) if start is not None else Rate(24)

    def track(self, track: Any, rate: Rate, index: int, depth: int) -> Track:
        sounds = track.kind == self.otio.schema.TrackKind.Audio
        said = _ours(track)
        ours = said or {
            "id": f"{'a' if sounds else 'v'}{index + 1}",
            "kind": "audio" if sounds else "video",
            "role": "sound" if sounds else "picture",
            "muted": not track.enabled,
        }
        bare: Track = plain.read({**ours, "name": track.name or ours.get("name", f"Track {index + 1}")}, Track)
        _refuse(track_faults(bare, bare.name))
        clips: list[Clip] = []
        transitions: list[Transition] = []
        at = Fraction(0)
        for item in track:
            if isinstance(item, self.otio.schema.Transition):
                transitions.append(self.cut(item, rate, _frame(at, rate)))
                continue
            length = _seconds(item.duration())
            start, end = _frame(at, rate), _frame(at + length, rate)
            at += length
            if not isinstance(item, self.otio.schema.Gap) and end > start:
                clips.append(self.clip(item, rate, start, end - start, depth))
        return replace(bare, clips=tuple(clips), transitions=tuple(transitions))

    def cut(self, item: Any, rate: Rate, at: int) -> Transition:
        said = _ours(item)
        before, after = (_frame(_seconds(each), rate) for each in (item.in_offset, item.out_offset))
        if said:
            bare: Transition = plain.read(said, Transition)
            _refuse(colour_faults(bare.colour, bare.id))
            return replace(bare, at=at, before=before, after=after)
        if item.transition_type != "SMPTE_Dissolve":
            self.losses.append(
                Loss(f"Transition '{item.name}'", f"{item.transition_type} was brought in as a dissolve")
            )
        return Transition(self.new("t"), "dissolve", at, before, after)

    def clip(self, item: Any, rate: Rate, start: int, frames: int, depth: int) -> Clip:
        said = _ours(item)
        ours: Mapping[str, Any] = said.get("clip", {})
        bare = plain.read(
            {"id": self.new("c"), "media": "", **ours, "name": item.name, "start": start, "frames": frames}, Clip
        )
        _refuse(look_faults(bare, bare.name))
        reach = item.trimmed_range()
        begins = _frame(_seconds(reach.start_time), rate)
        if isinstance(item, self.otio.core.Composition):
            stack = item if isinstance(item, self.otio.schema.Stack) else self._stacked(item)
            inner = self.timeline(
                stack, said.get("timeline", {}).get("name", item.name), said.get("timeline", {}), None, depth + 1
            )
            markers = tuple(plain.read(each, Marker) for each in said.get("markers", ()))
            return replace(bare, made=Nested(inner), source_in=begins, markers=markers, enabled=item.enabled)
        reference = item.media_reference
        file = self.file(reference, rate)
        if isinstance(reference, self.otio.schema.MissingReference) and not ours and item.name:
            file = Media("", item.name)
        made = bare.made
        if isinstance(reference, self.otio.schema.GeneratorReference) and made is None:
            self.losses.append(
                Loss(f"Clip '{item.name}'", f"the generator {reference.generator_kind} was not brought in")
            )
        return replace(
            bare,
            media=self.shelf.keep(file) if file else "",
            source_in=begins - (file.start if file else 0),
            enabled=item.enabled,
            speed=self.speed(item, bare.speed),
            markers=tuple(self.marker(each, rate, _seconds(reach.start_time)) for each in item.markers),
        )

    def _stacked(self, track: Any) -> Any:
        stack = self.otio.schema.Stack()
        stack.append(track.deepcopy())
        return stack

    def file(self, reference: Any, rate: Rate) -> Media | None:
        schema = self.otio.schema
        reach = getattr(reference, "available_range", None)
        start = _frame(_seconds(reach.start_time), rate) if reach else 0
        frames = _frame(_seconds(reach.duration), rate) if reach else 0
        if isinstance(reference, schema.ImageSequenceReference):
            path = path_of(f"{reference.target_url_base}{reference.name_prefix}{reference.name_suffix}")
            return Media("", PurePosixPath(path).name, path, start=start, frames=frames, sound=False)
        if not isinstance(reference, schema.ExternalReference):
            return None
        path = path_of(reference.target_url)
        ours = _ours(reference)
        if ours and path_of(plain.read(ours, Media).url) == path:
            return replace(plain.read(ours, Media), start=start, frames=frames)
        return Media("", reference.name or PurePosixPath(path).name, path, start=start, frames=frames)

    def speed(self, item: Any, ours: Speed | None) -> Speed | None:
        found: Speed | None = None
        for effect in item.effects:
            if isinstance(effect, self.otio.schema.LinearTimeWarp):
                factor = Fraction(effect.time_scalar).limit_denominator(10_000)
                found = Speed(factor)
            else:
                what = f"the effect {effect.effect_name or effect.name or type(effect).__name__} was not brought in"
                self.losses.append(Loss(f"Clip '{item.name}'", what))
        if ours is None or found is None:
            return found
        return (
            ours
            if ours.ramp is not None or float(ours.factor) == float(found.factor)
            else replace(ours, factor=found.factor)
        )

    def marker(self, marker: Any, rate: Rate, start: Fraction) -> Marker:
        reach = marker.marked_range
        colour = _ours(marker).get("colour", colour_named(marker.color or ""))
        frame = _frame(_seconds(reach.start_time) - start, rate)
        return Marker(
            frame, marker.name, _frame(_seconds(reach.duration), rate), colour, (marker.comment or "")[:LONGEST_NOTE]
        )

    def new(self, letter: str) -> str:
        self.ids += 1
        return f"{letter}{self.ids}"


def _refuse(faults: Iterable[Fault]) -> None:
    """What our own words in a file say must be sound, for somebody else may have written them. Raises: Invalid."""
    for fault in faults:
        raise Invalid(f"This OpenTimelineIO file is damaged: {fault.sentence} ({fault.place})")


def _ours(item: Any) -> dict[str, Any]:
    """Our own metadata as plain dicts and lists."""
    said = item.metadata.get(OURS)
    return _bare(said) if said is not None else {}


def _bare(said: Any) -> Any:
    if isinstance(said, str | int | float | bool) or said is None:
        return said
    if hasattr(said, "items"):
        return {key: _bare(each) for key, each in said.items()}
    return [_bare(each) for each in said]


def _seconds(time: Any) -> Fraction:
    rate = rate_near(time.rate)
    return Fraction(time.value).limit_denominator(1_000_000) / rate.fps


def _frame(seconds: Fraction, rate: Rate) -> int:
    return floor(seconds * rate.fps + Fraction(1, 2))
