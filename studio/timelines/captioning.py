"""Captions of a cut as a list to edit: how well each can be read, and the edits that make, join and bring in captions. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from studio.core.errors import Conflict, Invalid, NotFound
from studio.engine.captions import LINES, READ_CPS, WIDTH
from studio.engine.editing import Edit
from studio.engine.interchange.captions import Form, read
from studio.engine.time import Rate
from studio.engine.timeline import Caption, Timeline, Track

NEW_S = 2.0
"""Seconds a caption stands that is made by hand."""

_FORMS: dict[str, Form] = {"srt": "srt", "vtt": "vtt", "ass": "ass", "ssa": "ass"}


@dataclass(frozen=True, slots=True)
class Readable:
    """A caption and what makes it hard to read, in words; `cps` are its letters a second."""

    caption: Caption
    cps: float
    faults: tuple[str, ...]


def caption_tracks(timeline: Timeline) -> tuple[Track, ...]:
    """The tracks that hold captions, the highest first."""
    return tuple(track for track in reversed(timeline.tracks) if track.kind == "captions")


def caption_track(timeline: Timeline, track_id: str) -> Track:
    """A track of captions by its id. Raises: NotFound."""
    found = next((track for track in caption_tracks(timeline) if track.id == track_id), None)
    if found is None:
        raise NotFound("There are no such captions in this cut.")
    return found


def readable(captions: Sequence[Caption], rate: Rate) -> tuple[Readable, ...]:
    """Captions with what makes them hard to read: more than 17 letters a second, long lines, more than two lines."""
    return tuple(_judged(caption, rate) for caption in captions)


def _judged(caption: Caption, rate: Rate) -> Readable:
    lines = caption.text.splitlines() or [""]
    letters = sum(len(line.strip()) for line in lines)
    cps = letters / float(rate.seconds(caption.frames))
    faults: list[str] = []
    if cps > READ_CPS:
        faults.append(f"{cps:.0f} letters a second, {READ_CPS:.0f} can be read")
    longest = max(len(line) for line in lines)
    if longest > WIDTH:
        faults.append(f"a line of {longest} letters, {WIDTH} fit")
    if len(lines) > LINES:
        faults.append(f"{len(lines)} lines")
    return Readable(caption, cps, tuple(faults))


def added(timeline: Timeline, track_id: str, frame: int) -> tuple[Edit, ...]:
    """A caption at a frame, two seconds long where there is room; its track comes with it when there is none. Raises: Conflict."""
    frames = timeline.rate.frames(NEW_S)
    if not caption_tracks(timeline):
        return (Edit("add_track", {"track": new_track(timeline, (Caption(frame, frames, "New caption"),))}),)
    track = caption_track(timeline, track_id)
    if any(caption.start <= frame < caption.end for caption in track.captions):
        raise Conflict("There is a caption at the playhead. Split it, or put the playhead beside it.", code="no_room")
    following = min((c.start for c in track.captions if c.start > frame), default=frame + frames)
    new = Caption(frame, min(frames, following - frame), "New caption")
    return (Edit("add_caption", {"track": track.id, "caption": new}),)


def retold(track: Track, start: int, text: str) -> tuple[Edit, ...]:
    """A caption with other words; without any it goes. Raises: NotFound."""
    old = caption_at(track, start)
    told = "\n".join(line.strip() for line in text.strip().splitlines() if line.strip())
    if told == old.text:
        return ()
    if not told:
        return (Edit("remove_caption", {"track": track.id, "start": start}),)
    return (Edit("set_caption", {"track": track.id, "start": start, "fields": {"text": told}}),)


def retimed(track: Track, start: int, *, begins: int | None = None, ends: int | None = None) -> tuple[Edit, ...]:
    """A caption that begins or ends at another frame. Raises: NotFound, Invalid."""
    old = caption_at(track, start)
    first, last = old.start if begins is None else begins, old.end if ends is None else ends
    if not 0 <= first < last:
        raise Invalid("A caption ends after it begins.", field="end")
    if (first, last) == (old.start, old.end):
        return ()
    return (
        Edit("set_caption", {"track": track.id, "start": start, "fields": {"start": first, "frames": last - first}}),
    )


def parted(track: Track, start: int, text: str, letter: int) -> tuple[Edit, ...]:
    """A caption with these words, cut in two before a letter of them. Raises: NotFound."""
    return (
        *retold(track, start, text),
        Edit("split_caption", {"track": track.id, "start": start, "letter": _within(text, letter)}),
    )


def brought(timeline: Timeline, track_id: str, name: str, data: bytes) -> tuple[Edit, ...]:
    """The captions of a file in the place of those of a track. Raises: Invalid, LimitReached."""
    form = _FORMS.get(name.rpartition(".")[2].lower())
    if form is None:
        raise Invalid("Choose a file of captions: SRT, VTT or ASS.", field="file")
    captions = _apart(read(data, name, form, rate=timeline.rate).timeline.captions())
    tracks = caption_tracks(timeline)
    if not tracks:
        return (Edit("add_track", {"track": new_track(timeline, captions)}),)
    old = caption_track(timeline, track_id)
    place = timeline.tracks.index(old)
    return (
        Edit("remove_track", {"track": old.id}),
        Edit("add_track", {"track": replace(old, captions=captions), "at": place}),
    )


def new_track(timeline: Timeline, captions: tuple[Caption, ...] = ()) -> Track:
    """A track of captions of an id nobody has."""
    taken = {track.id for track in timeline.tracks} | {clip.id for track in timeline.tracks for clip in track.clips}
    number = next(n for n in range(1, len(taken) + 2) if f"captions-{n}" not in taken)
    words = f"Captions {number}" if number > 1 else "Captions"
    return Track(f"captions-{number}", "captions", words, "captions", captions=captions)


def caption_at(track: Track, start: int) -> Caption:
    """The caption that begins at a frame. Raises: NotFound."""
    found = next((caption for caption in track.captions if caption.start == start), None)
    if found is None:
        raise NotFound("This caption is not there any more.")
    return found


def _within(text: str, letter: int) -> int:
    """The place of a letter once the words are without the blanks around them."""
    return letter - (len(text) - len(text.lstrip()))


def _apart(captions: Sequence[Caption]) -> tuple[Caption, ...]:
    """Captions of which none begins before the last one ends; of several at once the first stays."""
    out: list[Caption] = []
    for caption in sorted(captions, key=lambda each: (each.start, each.end)):
        if out and caption.start < out[-1].end:
            if caption.start <= out[-1].start:
                continue
            out[-1] = replace(out[-1], frames=caption.start - out[-1].start)
        out.append(caption)
    return tuple(out)
