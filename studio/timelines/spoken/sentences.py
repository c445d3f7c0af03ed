"""The sentences that are heard in a cut, each in one clip, and the edits that let one be said otherwise. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from studio.core.errors import Conflict, Invalid
from studio.core.text import one_line
from studio.engine.captions import GAP_FRAMES, LINES, WIDTH, Sentence, from_lines, wrapped
from studio.engine.editing import Edit, Stretch, apply
from studio.engine.time import Rate
from studio.engine.timeline import Caption, Timeline, Track
from studio.engine.timeline.reach import Available
from studio.providers.port import SentenceTime
from studio.timelines.transcript import Word

LONGEST = 1_000
"""Letters a sentence may have."""

_LINE = "line-"

_NEAR_S = 1.0
"""Seconds a caption may stand beside what it says."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What one clip lets hear of a sentence: its words from frame `start` of the cut to before `end`.

    `first` and `last` say whether it is that in its clip, `at` how many frames after the clip begins.
    """

    clip: str
    at: int
    speaker: str
    text: str
    start: int
    end: int
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Take:
    """A new recording of a sentence: its media, how long it is in seconds, and when each of its sentences is heard."""

    media: str
    text: str
    seconds: float
    sentences: tuple[SentenceTime, ...]


def sentences_of(words: Sequence[Word], timeline: Timeline) -> tuple[Heard, ...]:
    """The sentences of voices, in order of time; what only captions say is none."""
    begins = {clip.id: clip.start for track in timeline.tracks for clip in track.clips}
    parts: dict[str, dict[int, list[Word]]] = {}
    for word in words:
        if word.clip:
            parts.setdefault(word.clip, {}).setdefault(word.numbered, []).append(word)
    found = [
        Heard(
            clip,
            mine[0].start - begins[clip],
            mine[0].speaker,
            " ".join(word.text for word in mine),
            mine[0].start,
            mine[-1].end,
            number == min(of_clip),
            number == max(of_clip),
        )
        for clip, of_clip in parts.items()
        for number, mine in of_clip.items()
    ]
    return tuple(sorted(found, key=lambda each: (each.start, each.clip)))


def sentence_at(sentences: Iterable[Heard], clip: str, start: int) -> Heard:
    """The sentence of a clip whose words begin at a frame. Raises: Conflict, where there is none any more."""
    found = next((each for each in sentences if each.clip == clip and each.start == start), None)
    if found is None:
        raise Conflict("This sentence has changed since you looked. Look at it again.", code="cut_changed")
    return found


def same_still(sentences: Iterable[Heard], clip: str, text: str) -> Heard | None:
    """The sentence that still says these words, in a clip or in what was cut off it; None where it is gone."""
    alike = [each for each in sentences if root_of(each.clip) == root_of(clip) and bare(each.text) == bare(text)]
    return min(alike, key=lambda each: each.clip != clip, default=None)


def checked_words(text: str, was: str) -> str:
    """What is to be said instead, on one line. Raises: Invalid."""
    new = one_line(text)
    if not re.search(r"\w", new):
        raise Invalid(
            "Say what is to be said. To take the sentence out, mark its words and press Delete.", field="text"
        )
    if len(new) > LONGEST:
        raise Invalid(f"A sentence has at most {LONGEST:,} letters. Make two of it.", field="text")
    if new == one_line(was):
        raise Invalid("That is what is said already.", field="text")
    return new


def said_anew(timeline: Timeline, old: Heard, take: Take, available: Available) -> tuple[Edit, ...]:
    """The edits that put a new recording in the place of a sentence, with its captions.

    The quiet before the first words of a clip and behind its last stays as far as the recording has it.
    """
    rate = timeline.rate
    clip = next(clip for track in timeline.tracks for clip in track.clips if clip.id == old.clip)
    begin, end, length = _sounding(take, rate)
    lead = min(begin, old.start - clip.start) if old.first else 0
    tail = min(length - end, clip.end - old.end) if old.last else 0
    start, stop = clip.start if old.first else old.start, clip.end if old.last else old.end
    source, frames = begin - lead, end - begin + lead + tail
    fields = {"clip": old.clip, "start": start, "end": stop, "media": take.media, "frames": frames}
    spoken = Edit("respeak", {**fields, "source_in": source})
    after = apply(timeline, spoken, available).timeline
    told = [
        Sentence(start - source + rate.frames(s.begin_s), start - source + rate.frames(s.end_s), words, old.speaker)
        for s in take.sentences
        if (words := take.text[s.start : s.end].strip())
    ] or [Sentence(start, start + frames, take.text, old.speaker)]
    captions = _recaptioned(timeline, after, old, Stretch(start, stop, frames), told)
    return (spoken, *captions)


def bare(text: str) -> str:
    """Words to compare: without case, marks and line ends."""
    return " ".join(re.sub(r"[^\w\s]", "", text).casefold().split())


def pattern_of(words: str) -> re.Pattern[str]:
    """What finds these words in a text, whatever case, marks and line ends they stand with, and the marks behind them."""
    return re.compile(r"\W+".join(re.findall(r"\w+", words)) + r"[^\w\s]*", re.IGNORECASE)


def root_of(clip: str) -> str:
    """What a clip was called before it was cut."""
    return clip.split("~")[0]


def line_of(clip: str) -> str:
    """The id of the board's line a clip was made of, also where it was cut since; "" where it was made of none."""
    return root_of(clip).removeprefix(_LINE) if clip.startswith(_LINE) else ""


def _sounding(take: Take, rate: Rate) -> tuple[int, int, int]:
    """The frames of a recording at which its words begin and end, and how many it has."""
    length = max(1, ceil(take.seconds * rate.fps))
    begin = min((rate.frames(each.begin_s) for each in take.sentences), default=0)
    end = max((rate.frames(each.end_s) for each in take.sentences), default=length)
    return min(begin, length - 1), max(min(begin, length - 1) + 1, min(end, length)), length


def _recaptioned(
    before: Timeline, after: Timeline, old: Heard, stretch: Stretch, told: Sequence[Sentence]
) -> Iterator[Edit]:
    """The captions that said the sentence say the new one; those of other languages only keep their place."""
    near, rate = before.rate.frames(_NEAR_S), before.rate
    for was, now in zip(before.tracks, after.tracks, strict=True):
        if was.kind != "captions" or was.locked:
            continue
        there = [c for c in was.captions if c.start < old.end + near and c.end > old.start - near]
        gone = {stretch.at(c.start) for c in there if _part_of(c.text, old.text)}
        around = [c for c in there if not _part_of(c.text, old.text) and _part_of(old.text, c.text)]
        if gone:
            yield from (
                Edit("remove_caption", {"track": was.id, "start": c.start}) for c in now.captions if c.start in gone
            )
            kept = [c for c in now.captions if c.start not in gone]
            yield from (
                Edit("add_caption", {"track": was.id, "caption": c}) for c in _fitted(from_lines(told, rate), kept)
            )
        elif around:
            yield from _around(now, around[0], old.text, stretch, told, rate)


def _part_of(text: str, whole: str) -> bool:
    return bool(bare(text)) and f" {bare(text)} " in f" {bare(whole)} "


def _fitted(captions: Sequence[Caption], kept: Sequence[Caption]) -> Iterator[Caption]:
    """Captions in the room others leave; what finds none is left out."""
    for caption in captions:
        first = max((c.end for c in kept if c.start <= caption.start), default=0)
        start = max(caption.start, first)
        following = min((c.start for c in kept if c.start > caption.start), default=None)
        end = max(caption.end, start + 1)
        if following is not None and end > following - GAP_FRAMES:
            end = max(following - GAP_FRAMES, start + 1)
        if following is None or end <= following:
            yield replace(caption, start=start, frames=end - start)


def _around(
    now: Track, was: Caption, words: str, stretch: Stretch, told: Sequence[Sentence], rate: Rate
) -> Iterator[Edit]:
    """A caption that says more than the sentence says the new one instead; as several, where one does not hold it."""
    caption = next((each for each in now.captions if each.start == stretch.at(was.start)), None)
    whole = " ".join(was.text.split())
    found = pattern_of(words).search(whole)
    if caption is None or found is None:
        return
    before, behind = whole[: found.start()].strip(), whole[found.end() :].strip()
    text = " ".join(filter(None, (before, *(each.text for each in told), behind)))
    if len(wrapped(text, WIDTH, LINES)) == 1:
        fields = {"text": wrapped(text, WIDTH, LINES)[0]}
        yield Edit("set_caption", {"track": now.id, "start": caption.start, "fields": fields})
        return
    first, last = min(each.start_frame for each in told), max(each.end_frame for each in told)
    parts = [
        *([Sentence(caption.start, max(first, caption.start + 1), before, was.speaker)] if before else []),
        *told,
        *([Sentence(last, max(caption.end, last + 1), behind, was.speaker)] if behind else []),
    ]
    yield Edit("remove_caption", {"track": now.id, "start": caption.start})
    kept = [each for each in now.captions if each is not caption]
    yield from (Edit("add_caption", {"track": now.id, "caption": c}) for c in _fitted(from_lines(parts, rate), kept))
