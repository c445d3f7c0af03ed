"""FCP 7 XML (of Premiere, Resolve, Final Cut Pro 7, Hiero) as a timeline."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from studio.core.errors import Invalid
from studio.engine.interchange.final_cut.fcp7_looks import BLENDS, filling, looked, made_by
from studio.engine.interchange.final_cut.fcp7_writing import TICKS, WIPES
from studio.engine.interchange.final_cut.trees import whole, word
from studio.engine.interchange.formats import Loss, Media, Read, Shelf, path_of
from studio.engine.interchange.rates import rate_near
from studio.engine.interchange.screening import xml_of
from studio.engine.time import Rate
from studio.engine.timeline import Clip, Marker, Timeline, Track, Transition
from studio.engine.timeline.looks import Nested
from studio.engine.timeline.model import TransitionKind

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class _Cut:
    """A transition item: from one frame to another, and the cut within."""

    item: Element
    start: int
    end: int
    at: int


@dataclass(slots=True)
class _File:
    """The file being read."""

    whole: Element
    shelf: Shelf = field(default_factory=Shelf)
    losses: list[Loss] = field(default_factory=list[Loss])
    files: dict[str, Element] = field(default_factory=dict[str, "Element"])
    sequences: dict[str, Element] = field(default_factory=dict[str, "Element"])
    links: dict[str, str] = field(default_factory=dict[str, str])
    ids: int = 0

    def new(self, letter: str) -> str:
        self.ids += 1
        return f"{letter}{self.ids}"


def read(data: bytes, name: str) -> Read:
    """The first sequence of an FCP 7 XML file.

    Raises: Invalid, LimitReached.
    """
    root = xml_of(data, "xmeml")
    found = _File(root)
    for element in root.iter("file"):
        if len(element):
            found.files.setdefault(element.get("id", ""), element)
    for element in root.iter("sequence"):
        if element.find("media") is not None:
            found.sequences.setdefault(element.get("id", ""), element)
    nested = {id(inner) for clip in root.iter("clipitem") for inner in clip.iter("sequence")}
    sequences = [each for each in root.iter("sequence") if each.find("media") is not None and id(each) not in nested]
    if not sequences:
        raise Invalid("There is no sequence in this FCP 7 XML file. Export the timeline, not its clips.")
    for other in sequences[1:]:
        found.losses.append(Loss(f"Sequence '{word(other, 'name')}'", "only the first sequence was brought in"))
    timeline = _timeline(found, sequences[0], PurePosixPath(name).stem, 0)
    return Read("fcp7", timeline, tuple(found.shelf.found.values()), tuple(found.losses))


def _rate(element: Element | None, default: Rate) -> Rate:
    base = whole(element, "rate/timebase")
    if base <= 0:
        return default
    slowed = word(element, "rate/ntsc").upper() == "TRUE"
    return rate_near(Fraction(base * 1000, 1001) if slowed else Fraction(base))


def _timeline(found: _File, sequence: Element, name: str, depth: int) -> Timeline:
    if depth > _DEEPEST:
        raise Invalid("Sequences are nested too deep in this file. Flatten it and export it again.")
    rate = _rate(sequence, Rate(24))
    seen = sequence.find("media/video/format/samplecharacteristics")
    size = (whole(seen, "width", 1920), whole(seen, "height", 1080))
    tracks = [
        _track(found, element, kind, index, (rate, size, depth))
        for kind in ("video", "audio")
        for index, element in enumerate(sequence.findall(f"media/{kind}/track"), 1)
    ]
    return Timeline(
        word(sequence, "name", name),
        rate,
        *size,
        tuple(tracks),
        tuple(_marker(each, 0) for each in sequence.findall("marker")),
        drop_frame=word(sequence, "timecode/displayformat").upper() == "DF",
        first_frame=max(0, whole(sequence, "timecode/frame")),
    )


def _marker(element: Element, begins: int) -> Marker:
    start, end = whole(element, "in"), whole(element, "out", -1)
    return Marker(start - begins, word(element, "name") or word(element, "comment"), max(0, end - start))


def _track(found: _File, element: Element, kind: str, index: int, of: tuple[Rate, tuple[int, int], int]) -> Track:
    sounds = kind == "audio"
    items = [each for each in element if each.tag in ("clipitem", "generatoritem", "transitionitem")]
    cuts = {i: _cut(each, of[0]) for i, each in enumerate(items) if each.tag == "transitionitem"}
    clips: list[Clip] = []
    for i, item in enumerate(items):
        if i not in cuts:
            clip = _clip(found, item, cuts.get(i - 1), cuts.get(i + 1), of)
            if clip is not None:
                clips.append(clip)
    starts, ends = {c.start for c in clips}, {c.end for c in clips}
    transitions: list[Transition] = []
    for cut in cuts.values():
        faded = word(cut.item, "alignment").endswith("-black")
        if not faded and cut.at in starts and cut.at in ends:
            transitions.append(_transition(found, cut))
        else:
            clips = [_faded(clip, cut) for clip in clips]
    return Track(
        f"{'a' if sounds else 'v'}{index}",
        "audio" if sounds else "video",
        f"{'A' if sounds else 'V'}{index}",
        "sound" if sounds else "picture",
        clips=tuple(sorted(clips, key=lambda c: c.start)),
        transitions=tuple(transitions),
        muted=word(element, "enabled", "TRUE").upper() == "FALSE",
        locked=word(element, "locked").upper() == "TRUE",
    )


def _cut(item: Element, rate: Rate) -> _Cut:
    """Where a transition lies; the cut is told in ticks by Premiere, else by the alignment."""
    start, end = whole(item, "start"), whole(item, "end")
    alignment = word(item, "alignment", "center")
    if item.find("cutPointTicks") is not None:
        at = start + rate.frames(Fraction(whole(item, "cutPointTicks"), TICKS))
    elif alignment.startswith("start"):
        at = start
    elif alignment.startswith("end"):
        at = end
    else:
        at = (start + end) // 2
    return _Cut(item, start, end, min(max(at, start), end))


def _transition(found: _File, cut: _Cut) -> Transition:
    effect = cut.item.find("effect")
    name = word(effect, "name") or word(effect, "effectid")
    kind: TransitionKind = "dissolve"
    colour = "#000000"
    told = (whole(effect, "wipecode"), word(effect, "reverse").upper() == "TRUE")
    if word(effect, "effectid") == "Edge Wipe" and told in WIPES.values():
        kind = next(each for each, code in WIPES.items() if code == told)  # pyright: ignore[reportAssignmentType]
    elif name.lower().startswith(("dip to", "fade in fade out")):
        kind, colour = "dip", word(effect, "colour", "#ffffff" if "white" in name.lower() else "#000000")
    elif not any(each in name.lower() for each in ("dissolve", "fade", "constant")):
        found.losses.append(Loss(f"Transition at frame {cut.at}", f"{name or 'its kind'} was brought in as a dissolve"))
    return Transition(found.new("t"), kind, cut.at, cut.at - cut.start, cut.end - cut.at, colour)


def _faded(clip: Clip, cut: _Cut) -> Clip:
    """A transition with a clip on one side only is a fade."""
    length = min(cut.end - cut.start, clip.frames)
    if clip.start == cut.start:
        return replace(clip, fade_in=length)
    return replace(clip, fade_out=length) if clip.end == cut.end else clip


def _clip(
    found: _File, item: Element, opening: _Cut | None, closing: _Cut | None, of: tuple[Rate, tuple[int, int], int]
) -> Clip | None:
    rate, size, depth = of
    name, begins, ends = word(item, "name"), whole(item, "in"), whole(item, "out")
    start, end = whole(item, "start", -1), whole(item, "end", -1)
    # beside a transition an edge is -1, and in and out reach through it: cut both back to the cut
    if start == -1 and opening is not None:
        start, begins = opening.at, begins + opening.at - opening.start
    if end == -1 and closing is not None:
        end = closing.at
    if start == -1:
        start = end - (ends - begins)
    if end == -1:
        end = start + (ends - begins)
    if start < 0 or end <= start or end > 100_000_000:
        found.losses.append(Loss(f"Clip '{name}'", "it has no place on its track"))
        return None
    clip = Clip(found.new("c"), name, "", start, end - start, max(0, begins))
    inner, made = item.find("sequence"), None
    fills = 1.0
    if inner is not None:
        inner = inner if inner.find("media") is not None else found.sequences.get(inner.get("id", ""))
        made = Nested(_timeline(found, inner, name, depth + 1)) if inner is not None else None
    elif item.tag == "generatoritem":
        made = made_by(item)
        if made is None:
            found.losses.append(Loss(f"Clip '{name}'", f"the generator {word(item, 'effect/name')} was not brought in"))
    else:
        media = _media(found, item, rate)
        clip = replace(clip, media=found.shelf.keep(media))
        fills = filling(size, media)
    modes = {said: blend for blend, said in BLENDS.items()}
    clip = replace(
        clip,
        made=made,
        enabled=word(item, "enabled", "TRUE").upper() != "FALSE",
        blend=modes.get(word(item, "compositemode", "normal"), "normal"),
        markers=tuple(_marker(each, begins) for each in item.findall("marker")),
        group=_group(found, item),
    )
    for effect in item.findall("filter/effect"):
        shown = looked(clip, effect, begins, fills)
        if shown is None:
            which = " ".join((word(effect, "name") or word(effect, "effectid")).split())[:60]
            found.losses.append(Loss(f"Clip '{name}'", f"the filter {which} was not brought in"))
        else:
            clip = shown
    return clip


def _group(found: _File, item: Element) -> str:
    """Linked clips name each other: the first name of them all is the group's."""
    names = [word(link, "linkclipref") for link in item.findall("link")]
    names = [each for each in names if each]
    if len(names) < 2 and item.get("id", "") in (names or [""]):
        return ""
    group = next((found.links[each] for each in names if each in found.links), f"link-{names[0]}" if names else "")
    found.links.update(dict.fromkeys([*names, item.get("id", "")], group))
    return group


def _media(found: _File, item: Element, rate: Rate) -> Media:
    element = item.find("file")
    if element is not None and not len(element):
        element = found.files.get(element.get("id", ""), element)
    path = path_of(word(element, "pathurl"))
    own = _rate(element, rate)
    start = rate.frames(own.seconds(whole(element, "timecode/frame")))
    seen = element.find("media/video") if element is not None else None
    return Media(
        "",
        word(element, "name") or PurePosixPath(path).name or word(item, "name"),
        path if "/" in path else "",
        word(element, "timecode/reel/name"),
        start,
        rate.frames(own.seconds(whole(element, "duration"))),
        width=whole(seen, "samplecharacteristics/width"),
        height=whole(seen, "samplecharacteristics/height"),
        still=word(item, "stillframe").upper() == "TRUE",
        picture=seen is not None,
        sound=element is not None and element.find("media/audio") is not None,
    )
